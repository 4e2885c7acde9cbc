"""Who is asked to a meeting, which children take part, and where it stands (samarbejdsaftale 2023, Mødestruktur)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.ages import ADULT_AGE, LETTER_AGE
from hopdocs.domain.consent import ConsentAnswer
from hopdocs.domain.team import is_area_open
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.meeting import ChildEntry, MeetingStatus, MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.domain.consent import Consents
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import MemberKey, StaffId

PLAN_MEETINGS = (MeetingType.FAMILIEPLANSMØDE, MeetingType.OPFØLGNINGSMØDE)
"""The meetings that the rhythm of follow-ups is counted between."""

PAST = frozenset({MeetingStatus.HELD, MeetingStatus.NO_SHOW})
"""What a meeting is once its day has come and it was not called off."""


def status_of(meeting: Meeting, today: date) -> MeetingStatus:
    """Where a meeting stands on `today`.

    A past one that nobody has said anything about counts as held. One still to come cannot have been held yet,
    whatever the file says; so a look back to an earlier day shows the course as it was.
    """
    if meeting.status is MeetingStatus.CANCELLED:
        return MeetingStatus.CANCELLED
    if meeting.date > today:
        return MeetingStatus.PLANNED
    if meeting.status in (MeetingStatus.HELD, MeetingStatus.NO_SHOW):
        return meeting.status
    return MeetingStatus.HELD if meeting.date < today else MeetingStatus.PLANNED


def is_planned(meeting: Meeting, today: date) -> bool:
    """Whether the meeting is still to come."""
    return status_of(meeting, today) is MeetingStatus.PLANNED


def list_invited_staff(consents: Consents, config: Config, meeting: Meeting) -> tuple[StaffId, ...]:
    """The professionals asked to a meeting: the whole team of that day, unless `invited` names fewer.

    An interview is the tovholder's alone; whoever calls a meeting comes to it. A stand-in comes instead of whom she
    stands in for. Who works in an area that nobody whom she works with lets share any more is left out: she could be
    told nothing, and would hear of the others. `consents` are those of the meeting's day.
    """
    family = consents.family
    if meeting.invited is not None:
        asked: tuple[StaffId, ...] = meeting.invited
    elif meeting.type is MeetingType.INTERVIEW:
        tovholder = tovholder_of(family, meeting.date)
        asked = (tovholder,) if tovholder is not None else ()
    else:
        asked = tuple(line.staff for line in family.team_on(meeting.date))
    caller = caller_of(meeting, config)
    coming = pair_stand_ins(meeting, asked if caller is None else (*asked, caller))
    if not consents.signed_areas:
        return tuple(coming)  # no consent at all: the gate decides, not the guest list
    return tuple(
        staff
        for staff, instead_of in coming.items()
        if staff not in config.staff
        or instead_of == caller
        or is_area_open(consents, config.staff[staff].area, instead_of, meeting.date)
    )


def caller_of(meeting: Meeting, config: Config) -> StaffId | None:
    """Who calls a meeting without being on the team: the coordinator does the introduktionsmøde, for every area."""
    coordinator = config.project_coordinator
    is_hers = meeting.type is MeetingType.INTRODUKTIONSMØDE and coordinator in config.staff
    return coordinator if is_hers else None


def pair_stand_ins(meeting: Meeting, asked: Iterable[StaffId]) -> dict[StaffId, StaffId]:
    """Who comes, each with whom she comes for: mostly herself."""
    found: dict[StaffId, StaffId] = {}
    for staff in asked:
        found.setdefault(meeting.stand_ins.get(staff, staff), staff)
    return found


def list_family_invited(consents: Consents, meeting: Meeting) -> tuple[MemberKey, ...]:
    """The adults and youth from 15 who get an invitation of their own, in the file's order.

    Not those who have stepped out or said no, and not the youth whose entry says that she is not to take part.
    `consents` are those of the meeting's day.
    """
    if not meeting.type.is_for_family:
        return ()
    children = children_of(consents.family, meeting)
    return tuple(
        key
        for key, person in consents.family.members.items()
        if (not person.is_child or person.age_on(meeting.date) >= LETTER_AGE)
        and not (key in children and children[key].attends is False)
        and consents.standing(key).answer is not ConsentAnswer.REFUSED
        and not consents.has_stepped_out(key)
    )


def children_to_assess(family: Family, meeting: Meeting) -> tuple[MemberKey, ...]:
    """The children that somebody must consider for a meeting: under 18 on the day."""
    if not meeting.type.is_for_family:
        return ()
    return tuple(
        key for key, person in family.members.items() if person.is_child and person.age_on(meeting.date) < ADULT_AGE
    )


def children_of(family: Family, meeting: Meeting) -> dict[MemberKey, ChildEntry]:
    """Each child's entry, with what `children_as` brings along; the meeting's own words win.

    If a child now comes who did not (or the other way), the old reason and part no longer fit and stay behind.
    """
    return _resolve_children(family, meeting, seen=frozenset())


def _resolve_children(family: Family, meeting: Meeting, *, seen: frozenset[str]) -> dict[MemberKey, ChildEntry]:
    origin = family.meeting(meeting.children_as) if meeting.children_as is not None else None
    if origin is None or origin.id in seen | {meeting.id}:
        return dict(meeting.children)
    entries = _resolve_children(family, origin, seen=seen | {meeting.id})
    for key, own in meeting.children.items():
        entries[key] = _merge_entries(entries[key], own) if key in entries else own
    return entries


def _merge_entries(inherited: ChildEntry, own: ChildEntry) -> ChildEntry:
    changes = {name: getattr(own, name) for name in own.model_fields_set}
    if own.attends is not None and own.attends != inherited.attends:
        changes = {"reason": None, "part": None} | changes
    return inherited.model_copy(update=changes)


def held_meetings(family: Family, today: date, *types: MeetingType) -> tuple[Meeting, ...]:
    """The meetings of these types that took place, oldest first."""
    return _in_order(
        meeting
        for meeting in family.meetings
        if meeting.type in types and meeting.date <= today and status_of(meeting, today) is MeetingStatus.HELD
    )


def planned_meetings(family: Family, today: date, *types: MeetingType) -> tuple[Meeting, ...]:
    """The meetings of these types that are still to come, soonest first; all types if none is named."""
    return _in_order(
        meeting for meeting in family.meetings if (not types or meeting.type in types) and is_planned(meeting, today)
    )


def _in_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    return tuple(sorted(meetings, key=lambda meeting: (meeting.date, meeting.start, meeting.id)))
