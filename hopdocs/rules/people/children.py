"""Children are part of it unless there is a reason, and they are heard either way (barnets lov § 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks
from hopdocs.domain.ages import OWN_VIEW_AGE
from hopdocs.model.meeting import FAMILY_MEETINGS, MeetingStatus
from hopdocs.model.people import Role
from hopdocs.rules.context import advise, error, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import ChildEntry, Meeting
    from hopdocs.model.scalars.values import MemberKey

_GENERATION: Final = 12
"""Fewer years than this lie between no parent and child."""


def check_births(day: FamilyDay) -> Iterator[Finding]:
    """Nobody of the family is born on a day to come: a slip of the year would make a child of nobody's age."""
    for key, person in day.family.members.items():
        if person.born > day.today:
            at = ("members", key, "born")
            yield error("HD609", at, blocks=Blocks.DOCUMENTS, member=key, date=person.born.isoformat())


def check_generations(day: FamilyDay) -> Iterator[Finding]:
    """A parent is years older than a child: where not, one of the two has a slip in the year. Told once for a child."""
    people = day.family.members
    parents = [key for key, person in people.items() if person.role is Role.PARENT]
    for child, person in people.items():
        too_young = next((key for key in parents if people[key].age_on(person.born) < _GENERATION), None)
        if person.is_child and too_young is not None:
            at = ("members", child, "born")
            yield warn("HD695", at, parent=too_young, child=child)


def check_participation(day: FamilyDay) -> Iterator[Finding]:
    """Each child has an entry with a reason. For a meeting already held it is too late to stop anything."""
    for index, meeting in enumerate(day.family.meetings):
        if meeting.type not in FAMILY_MEETINGS or day.status(meeting) in (
            MeetingStatus.CANCELLED,
            MeetingStatus.NO_SHOW,
        ):
            continue
        entries = day.children_of(meeting)
        for child in day.children_to_assess(meeting):
            yield from _check_entry(day, meeting, _place(meeting, index, child), child, entries.get(child))


def _place(meeting: Meeting, index: int, child: MemberKey) -> DataPath:
    """Where the entry stands: the meeting's own line, or the one that brings another meeting's lines along."""
    is_inherited = meeting.children_as is not None and child not in meeting.children
    return ("meetings", index, "children_as") if is_inherited else ("meetings", index, "children", child)


def _check_entry(
    day: FamilyDay, meeting: Meeting, at: DataPath, child: MemberKey, entry: ChildEntry | None
) -> Iterator[Finding]:
    is_ahead = day.is_planned(meeting)
    if entry is None or entry.attends is None:
        if is_ahead:
            yield error("HD261", at, blocks=Blocks.DOCUMENTS, missing=True, child=child, meeting=meeting.id)
        else:
            yield warn("HD261", at, missing=True, child=child, meeting=meeting.id)
        return
    if entry.reason is None:
        if not entry.attends and is_ahead:
            place: DataPath = (*at, "reason")
            yield error("HD262", place, blocks=Blocks.DOCUMENTS, missing=True, child=child, meeting=meeting.id)
        else:
            yield warn("HD263", (*at, "reason"), missing=True, child=child, meeting=meeting.id)
    if not entry.attends and entry.view is None:
        age = day.family.members[child].age_on(meeting.date)
        if is_ahead and age >= OWN_VIEW_AGE:
            place = (*at, "view")
            yield error("HD264", place, blocks=Blocks.DOCUMENTS, missing=True, child=child, meeting=meeting.id)
        else:
            yield warn("HD264", (*at, "view"), missing=True, child=child, meeting=meeting.id)
    if is_ahead and entry.assessed_by is None:
        yield advise("HD265", (*at, "assessed_by"), missing=True, child=child, meeting=meeting.id)
