"""The escalation of a wait that holds the plan up, to the steering group through the coordinator.

It holds case number, area, activity, days and what the wait costs, and nobody's name. The steering group is in no
consent: what a health area does, and what is kept to some readers, is told as "en indsats".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hopdocs.documents.audience import EVERYBODY, Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import (
    THINKING_TIME,
    coordinator_box,
    document_info,
    municipality_box,
    table_recipient,
)
from hopdocs.documents.views import Context
from hopdocs.domain.delicate_reasons import delicacy_of
from hopdocs.model.measurement import WaitingTime
from hopdocs.model.plan import Activity
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "ventetid"
_STEERING_GROUP: Final = "Styregruppen"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """One wait."""

    area: str
    activity: str
    """What is waited for; empty if the steering group may not know it."""
    applied: date
    expected: date | None
    """The day that was promised; None if none was."""
    days: int
    """How many days it took in the end; 0 while it goes on, since a number that grows would be wrong the next day."""
    consequence: str
    """What it costs, in words that name nobody; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VentetidContext(Context):
    """The note. `tovholder` is the projektkoordinator, who brings it to the steering group."""

    waits: tuple[WaitLine, ...]
    limit_days: int
    """From how many days on a wait is told of."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """One for the family, once a wait has gone on for too long. It stays as what happened when the wait is over."""
    limit = timedelta(days=audience.config.deadlines.waiting_time)
    waits = [line for line in audience.family.waiting_times if _is_too_long(line, audience.today, limit)]
    told = [line for line in waits if audience.is_covered(frozenset((line.area,)), _served(audience, line))]
    if told:
        day = max(line.applied for line in told) + limit + timedelta(days=1)
        yield Paper(context=_fill(audience, told, day), date=day)


def _is_too_long(wait: WaitingTime, today: date, limit: timedelta) -> bool:
    until = wait.granted if wait.granted is not None and wait.granted <= today else today
    return until > wait.applied + limit


def _served(audience: Audience, wait: WaitingTime) -> tuple[MemberKey, ...]:
    activity = _activity(audience, wait)
    return tuple(key for key in activity.for_ if key in audience.family.members) if activity is not None else ()


def _fill(audience: Audience, waits: list[WaitingTime], day: date) -> VentetidContext:
    config = audience.config
    return VentetidContext(
        document=document_info(_NAME, "Ventetid, der rammer en familieplan"),
        municipality=municipality_box(config),
        case_number=audience.family.case_number or "",
        recipient=table_recipient(_STEERING_GROUP),
        tovholder=coordinator_box(config, day, day + THINKING_TIME),
        waits=tuple(_line(audience, wait) for wait in waits),
        limit_days=config.deadlines.waiting_time,
    )


def _line(audience: Audience, wait: WaitingTime) -> WaitLine:
    areas, activity = audience.config.areas, _activity(audience, wait)
    is_open = not audience.config.is_health(wait.area) and (activity is None or _is_for_all(activity))
    return WaitLine(
        area=areas[wait.area].name if wait.area in areas else wait.area,
        activity=_without_names(audience, activity.what) if is_open and activity is not None else "",
        applied=wait.applied,
        expected=wait.expected,
        days=(wait.granted - wait.applied).days if wait.granted is not None and wait.granted <= audience.today else 0,
        consequence=_without_names(audience, wait.consequence or "") if is_open else "",
    )


def _activity(audience: Audience, wait: WaitingTime) -> Activity | None:
    plan = audience.family.plan
    return next((line for line in plan.activities if line.id == wait.activity), None) if plan is not None else None


def _is_for_all(activity: Activity) -> bool:
    return activity.visible_to is None or EVERYBODY in activity.visible_to


def _without_names(audience: Audience, text: str) -> str:
    """The text, unless it names one of the family or speaks of a consent."""
    return text if delicacy_of(audience.family, text, None) is None else ""


VENTETID: Final = DocumentKind(
    name=_NAME,
    title="Eskalering af ventetid",
    template=_NAME,
    context=VentetidContext,
    needs_consent=True,
    for_family=_papers,
)
