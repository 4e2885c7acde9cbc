"""The køreplan: the tovholder's one page with every step of the course, when it is due and when it was done.

The dates are the deadlines that pages and reminders count from. What is done comes from the file, so nobody ticks it
twice. A day that passes changes the page only where a step becomes overdue on it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience
from hopdocs.documents.kinds.course.dates import CourseDate
from hopdocs.documents.kinds.course.phases import Step, list_steps
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import (
    area_recipient,
    coordinator_box,
    document_info,
    municipality_box,
)
from hopdocs.documents.views import Context
from hopdocs.domain.state import State
from hopdocs.model.scalars.values import AreaCode

_NAME: Final = "koereplan"
_STATES: Final = frozenset({State.OPSTART, State.AKTIV, State.PAUSE, State.AFSLUTTET})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of the course."""

    phase: str
    """"Introduktionsmøde"."""
    is_first: bool
    """True for the first step of its phase."""
    text: str
    is_done: bool
    due: date | None
    """The working day to keep; None for a step without one."""
    done: date | None
    """When it was done; None while it isn't, and if no day is written down."""
    is_overdue: bool
    who: str
    """A name; empty if it is nobody's in particular, or the reader may not know who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KoereplanContext(Context):
    """The tovholder's page. Recipient: the tovholder's area. `tovholder` is the coordinator, whom she can ask."""

    family_name: str
    tovholder_name: str
    """Whose page it is: the tovholder, or the coordinator while there is none."""
    steps: tuple[StepLine, ...]
    overdue_count: int


def _papers(audience: Audience, dates: tuple[CourseDate, ...]) -> Iterator[Paper]:
    """One for the tovholder, and kept to what her own area may know."""
    area = audience.area_of(audience.day.contact.staff)
    if audience.day.state in _STATES and area is not None:
        yield Paper(context=_fill(audience.without_birthdays(), area, dates), recipient=area)


def _fill(audience: Audience, area: AreaCode, dates: tuple[CourseDate, ...]) -> KoereplanContext:
    family, config = audience.family, audience.config
    lines = tuple(_lines(audience, list_steps(audience, area, dates)))
    return KoereplanContext(
        document=document_info(_NAME, "Køreplan for tovholderen"),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=area_recipient(config, area),
        tovholder=replace(coordinator_box(config, family.start_date, family.start_date), absences=()),
        family_name=family.name,
        tovholder_name=config.staff[audience.day.contact.staff].name,
        steps=lines,
        overdue_count=sum(line.is_overdue for line in lines),
    )


def _lines(audience: Audience, steps: Iterator[Step]) -> Iterator[StepLine]:
    phase = ""
    for step in steps:
        yield StepLine(
            phase=step.phase,
            is_first=step.phase != phase,
            text=step.text,
            is_done=step.is_done,
            due=step.due,
            done=step.done,
            is_overdue=step.due is not None and not step.is_done and step.due < audience.today,
            who=step.who,
        )
        phase = step.phase


KOEREPLAN: Final = DocumentKind(
    name=_NAME,
    title="Køreplan",
    template="koereplan",
    context=KoereplanContext,
    needs_consent=True,
    for_tovholder=_papers,
    stays_with_staff=True,
)
