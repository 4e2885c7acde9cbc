"""What the papers of one meeting share: when and where it is, and who sits at the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Concern, MemberReader
from hopdocs.documents.danish import long_date, time_range
from hopdocs.documents.letterhead import (
    PLAIN_TITLE,
    coordinator_box,
    first_name,
    may_see_area_at_work,
    served_by,
    tovholder_box,
)
from hopdocs.documents.views import ChildLine, GuestView, InterpreterView, MeetingView, MovedView, Participant
from hopdocs.model.meeting import MeetingType
from hopdocs.rules.meetings import children_of, family_invited, invited_staff
from hopdocs.rules.tovholder import tovholder_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.views import ContactBox
    from hopdocs.model.meeting import ChildEntry, Meeting
    from hopdocs.model.values import MemberKey, StaffId

HOME = "home:"
"""A place that is somebody's home: `home:nadira`."""


def meeting_view(audience: Audience, meeting: Meeting, reader: Reader | None = None) -> MeetingView:
    """When and where, for one reader, or for a table."""
    place, directions = _place_words(audience, meeting, reader)
    begins, ends = (datetime.combine(meeting.date, clock) for clock in (meeting.start, meeting.end))
    return MeetingView(
        id=meeting.id,
        type=meeting.type.value,
        date=meeting.date,
        start=meeting.start,
        end=meeting.end,
        minutes=max(0, int((ends - begins).total_seconds()) // 60),
        when=f"{long_date(meeting.date)} {time_range(meeting.start, meeting.end)}",
        place=place,
        directions=directions,
    )


def _place_words(audience: Audience, meeting: Meeting, reader: Reader | None) -> tuple[str, str]:
    """A home is named by who lives there, never by its address: it may be protected."""
    if meeting.place in audience.config.places:
        place = audience.config.places[meeting.place]
        return place.text, place.directions or ""
    host = next((key for key in audience.family.members if f"{HOME}{key}" == meeting.place), None)
    if host is None:
        return meeting.place, ""
    if isinstance(reader, MemberReader) and audience.share_household(reader.member, host):
        return "Hjemme hos jer", ""
    return f"Hjemme hos {audience.family.members[host].name}", ""


def moved_view(meeting: Meeting) -> MovedView | None:
    """The latest move."""
    if not meeting.moved:
        return None
    latest = max(meeting.moved, key=lambda move: move.on)
    return MovedView(from_=latest.from_, reason=latest.reason or "")


def interpreter_view(meeting: Meeting) -> InterpreterView | None:
    """The interpreter, unless cancelled."""
    interpreter = meeting.interpreter
    if interpreter is None or interpreter.cancelled is not None:
        return None
    return InterpreterView(
        language=interpreter.language, name=interpreter.name or "", is_booked=interpreter.booked is not None
    )


def guest_views(meeting: Meeting) -> tuple[GuestView, ...]:
    """Those from outside."""
    return tuple(GuestView(name=guest.name, role=guest.role or "") for guest in meeting.guests)


def contact_box(audience: Audience, meeting: Meeting, readers: Iterable[Reader]) -> ContactBox:
    """Whom to call about a meeting: the tovholder of that day, or the coordinator, who calls the introduktionsmøde.

    Absences count from one follow-up's length before the meeting: from when its letters are about.
    """
    first = meeting.date - timedelta(days=audience.config.deadlines.follow_up_target)
    if meeting.type is MeetingType.INTRODUKTIONSMØDE:
        return coordinator_box(audience.config, first, meeting.date)
    return tovholder_box(audience, meeting.date, readers, first, meeting.date)


def table_readers(audience: Audience, meeting: Meeting) -> tuple[Reader, ...]:
    """Everybody at the table who must be allowed to see what stands in its papers."""
    areas = dict.fromkeys(audience.config.staff[staff].area for staff in _known_staff(audience, meeting))
    members = (MemberReader(member) for member in family_invited(audience.family, meeting))
    return (*(AreaReader(area) for area in areas), *members)


def _known_staff(audience: Audience, meeting: Meeting) -> list[StaffId]:
    return [
        staff for staff in invited_staff(audience.family, audience.config, meeting) if staff in audience.config.staff
    ]


def participants(audience: Audience, meeting: Meeting, readers: Iterable[Reader]) -> tuple[Participant, ...]:
    """The professionals who come, with title and area where these readers may know them."""
    readers = tuple(readers)
    config = audience.config
    absent = {stand_in: staff for staff, stand_in in meeting.stand_ins.items()}
    tovholder = tovholder_of(audience.family, meeting.date)
    lines = []
    for staff in invited_staff(audience.family, config, meeting):
        person = config.staff.get(staff)
        if person is None:
            continue
        replaced = config.staff.get(absent[staff]) if staff in absent else None
        served = served_by(audience, absent.get(staff, staff), meeting.date)
        is_open = all(
            may_see_area_at_work(audience, worker.area, served, readers)
            for worker in (person, replaced)
            if worker is not None
        )
        lines.append(
            Participant(
                name=person.name,
                title=person.title if is_open else PLAIN_TITLE,
                area=config.areas[person.area].name if is_open and person.area in config.areas else "",
                function=_function_word(authority=person.authority) if is_open else "",
                stands_in_for=replaced.name if replaced is not None else "",
                is_tovholder=staff == tovholder,
            )
        )
    return tuple(lines)


def _function_word(*, authority: bool) -> str:
    return "myndighed" if authority else "udfører"


def family_names(audience: Audience, meeting: Meeting, besides: MemberKey | None = None) -> tuple[str, ...]:
    """Those of the family who are invited; `besides` is the reader."""
    return tuple(
        audience.family.members[member].name
        for member in family_invited(audience.family, meeting)
        if member != besides and audience.takes_part(member)
    )


def family_points(audience: Audience, meeting: Meeting, readers: Iterable[Reader]) -> tuple[str, ...]:
    """What the family wants to talk about, as far as all these readers may see it."""
    readers = tuple(readers)
    return tuple(
        line.point
        for line in meeting.family_points
        if audience.all_may_see(readers, Concern(visible_to=line.visible_to))
    )


def child_concern(audience: Audience, child: MemberKey, entry: ChildEntry) -> Concern:
    """Why a child comes or not, and what it has said, is knowledge of the area that considered it."""
    return Concern((child,), audience.area_of(entry.assessed_by))


def child_entries(audience: Audience, meeting: Meeting) -> dict[MemberKey, ChildEntry]:
    """The children considered for a meeting of the family, with an answer to whether they take part."""
    if not meeting.type.is_for_family:
        return {}
    entries = children_of(audience.family, meeting)
    return {
        key: entry for key, entry in entries.items() if key in audience.family.members and entry.attends is not None
    }


def attendance_line(audience: Audience, child: MemberKey, entry: ChildEntry) -> ChildLine:
    """Whether a child comes: no secret at the table, and all that an agenda says."""
    person = audience.family.members[child]
    return ChildLine(
        name=person.name,
        first_name=first_name(person.name),
        attends=entry.attends is True,
        part=entry.part or "" if entry.attends else "",
        reason="",
        view="",
        is_reader=False,
    )


def reasoned_line(audience: Audience, child: MemberKey, entry: ChildEntry, readers: Iterable[Reader]) -> ChildLine:
    """The same with the reason and the child's view, where all these readers may know them."""
    line = attendance_line(audience, child, entry)
    if not audience.all_may_see(readers, child_concern(audience, child, entry)):
        return line
    return replace(line, reason=entry.reason or "", view=entry.view or "")
