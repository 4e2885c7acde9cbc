"""What may still happen when a course has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.state import State
from hopdocs.rules.context import error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay


def check_order(day: FamilyDay) -> Iterator[Finding]:
    """A course ends after it began."""
    closing = day.family.closing
    if closing is not None and closing.date < day.family.start_date:
        yield error("HD286", ("closing", "date"), blocks=Blocks.FAMILY, start=day.family.start_date.isoformat())


def check_activities(day: FamilyDay) -> Iterator[Finding]:
    """No activity begins after the end; one that goes on says where it lives on."""
    closing, plan = day.family.closing, day.family.plan
    if closing is None or plan is None:
        return
    for index, activity in enumerate(plan.activities):
        if activity.start > closing.date:
            at = ("plan", "activities", index, "start")
            yield error("HD283", at, activity=activity.id, date=closing.date.isoformat())
        elif (activity.last_day is None or activity.last_day > closing.date) and activity.continues_in is None:
            at = ("plan", "activities", index, "continues_in")
            yield warn("HD284", at, missing=True, activity=activity.id, date=closing.date.isoformat())


def check_meetings(day: FamilyDay) -> Iterator[Finding]:
    """No meeting is planned after the end or the move; a withdrawn consent has its own rule."""
    closing, moved = day.family.closing, day.family.moved_away
    days = [end for end in (closing.date if closing is not None else None, moved) if end is not None]
    if not days or day.state is State.SAMTYKKE_TRUKKET:
        return
    last = min(days)
    for index, meeting in enumerate(day.family.meetings):
        if day.is_planned(meeting) and meeting.date > last:
            yield warn("HD287", ("meetings", index, "date"), meeting=meeting.id, date=last.isoformat())


def check_case_number(day: FamilyDay) -> Iterator[Finding]:
    """The shared case in the records system has a number, at the latest when the plan is no draft any more."""
    if day.family.case_number is None:
        say = error if day.state in (State.AKTIV, State.AFSLUTTET) else warn
        yield say("HD299", ("case_number",), missing=True, system=day.config.records.name)
