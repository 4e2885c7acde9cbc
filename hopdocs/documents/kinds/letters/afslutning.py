"""The letters that end a course: one that looks back on it, and the short one after a consent was taken back.

After a withdrawal nothing of the plan is told any more: what it says is that the work has stopped, and what each
person's own areas go on with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience, MemberReader
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import (
    THINKING_TIME,
    coordinator_box,
    document_info,
    member_recipient,
    municipality_box,
    tovholder_box,
)
from hopdocs.documents.plan_goals import visible_parts
from hopdocs.documents.sector_plans import continuing_plans
from hopdocs.documents.told_reasons import reason_for
from hopdocs.documents.views import Context
from hopdocs.domain.consent import ConsentAnswer
from hopdocs.domain.course.stop import stopped_on
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import State
from hopdocs.model.plan import Plan
from hopdocs.model.scalars.values import MemberKey

_LETTER: Final = "afslutningsbrev"
_NOTE: Final = "afslutningsnotat"
_CLOSED: Final = frozenset({State.AFSLUTTET, State.FRAFLYTTET, State.UDGAAET_AF_MAALGRUPPE})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalOutcome:
    """What became of one goal."""

    goal: str
    progress: str
    """"nået", "på vej", "ikke begyndt" or "opgivet"; empty if nobody has said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfslutningsbrevContext(Context):
    """The closing letter to one person, with its evaluation."""

    ended: date | None
    """The last day; None where only the target group was left."""
    reason: str
    """A kind of reason that tells of nobody; empty if none is given."""
    goals: tuple[GoalOutcome, ...]
    """The goals that this person may read, as they stood in the end."""
    continues: tuple[str, ...]
    """"Barnets plan (Børn og Familie)": what lives on, as far as she may know of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfslutningsnotatContext(Context):
    """The note that the work on the plan has stopped. `tovholder` is the projektkoordinator."""

    ended: date
    continues: tuple[str, ...]


def _letters(audience: Audience) -> Iterator[Paper]:
    """One for each of the family who took part."""
    if audience.day.state not in _CLOSED:
        return
    ended = audience.family.last_day_of_course(audience.today)
    for member in audience.family.members:
        if audience.reads_plan(member):
            yield Paper(context=_fill_letter(audience, member, ended), recipient=member, date=ended)


def _fill_letter(audience: Audience, member: MemberKey, ended: date | None) -> AfslutningsbrevContext:
    family, closing, reader = audience.family, audience.family.closing, MemberReader(member)
    last = ended or audience.today
    is_by_closing = closing is not None and closing.date == ended
    return AfslutningsbrevContext(
        document=document_info(_LETTER, "Planen er slut"),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(last), member),
        tovholder=tovholder_box(audience, last, (reader,), last, last + THINKING_TIME),
        ended=ended,
        reason=reason_for(audience, reader, closing, closing.date) if closing is not None and is_by_closing else "",
        goals=tuple(
            GoalOutcome(
                goal=part.goal.goal,
                progress=part.readings[-1].progress.value if part.readings else "",
            )
            for part in visible_parts(audience, family.plan or Plan(), reader)
            if part.goal.ended is None and not part.is_withheld
        ),
        continues=continuing_plans(audience, reader),
    )


def _notes(audience: Audience) -> Iterator[Paper]:
    """One for each who had said yes, once the last consent was taken back."""
    ended = stopped_on(audience.day)
    for member in audience.family.members:
        took_part = audience.day.consents.standing(member).answer not in (ConsentAnswer.NONE, ConsentAnswer.REFUSED)
        if ended is not None and took_part and audience.gets_letters(member):
            yield Paper(context=_fill_note(audience, member, ended), recipient=member, date=ended)


def _fill_note(audience: Audience, member: MemberKey, ended: date) -> AfslutningsnotatContext:
    return AfslutningsnotatContext(
        document=document_info(_NOTE, "Arbejdet med planen er stoppet"),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(ended), member),
        tovholder=coordinator_box(audience.config, ended, ended + THINKING_TIME),
        ended=ended,
        continues=continuing_plans(audience, MemberReader(member)),
    )


def _is_called_for(_day: FamilyDay, _meeting: str, _recipient: str) -> bool:
    """As long as it stands: nothing comes after it."""
    return True


AFSLUTNINGSBREV: Final = DocumentKind(
    name=_LETTER,
    title="Afslutningsbrev",
    template=_LETTER,
    context=AfslutningsbrevContext,
    needs_consent=True,
    for_family=_letters,
    is_called_for=_is_called_for,
)

AFSLUTNINGSNOTAT: Final = DocumentKind(
    name=_NOTE,
    title="Afslutningsnotat",
    template=_NOTE,
    context=AfslutningsnotatContext,
    needs_consent=False,
    for_family=_notes,
    is_called_for=_is_called_for,
)
