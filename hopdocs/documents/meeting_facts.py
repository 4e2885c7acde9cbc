"""What the papers of one meeting share: when and where it is, and who sits at the table. Worked out once a meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hopdocs.documents.agendas import agenda_lines
from hopdocs.documents.at_work import coming_staff, may_know_at_table, served_by
from hopdocs.documents.audience import AreaReader, Concern, MemberReader
from hopdocs.documents.letterhead import (
    PLAIN_TITLE,
    coordinator_box,
    tovholder_box,
)
from hopdocs.documents.told_reasons import reason_for
from hopdocs.documents.views import ChildLine, GuestView, InterpreterView, MeetingView, MovedView, Participant
from hopdocs.domain.ages import LETTER_AGE
from hopdocs.domain.tovholder import leader_on
from hopdocs.languages.said import Hours, say
from hopdocs.model.meeting import MeetingStatus, MeetingType
from hopdocs.model.scalars.places import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.changes.news import PlanNews
    from hopdocs.documents.views import AgendaLine, ContactBox
    from hopdocs.model.config import Staff
    from hopdocs.model.meeting import ChildEntry, Meeting
    from hopdocs.model.scalars.values import MemberKey


@dataclass(frozen=True, slots=True)
class Seat:
    """A professional at the table, whom she serves in the family, and whom she stands in for."""

    person: Staff
    served: tuple[MemberKey, ...]
    replaced: Staff | None
    is_tovholder: bool


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting, and everybody it gathers. Ages are those of its day."""

    audience: Audience
    meeting: Meeting
    view: MeetingView
    """As a reader sees it who does not live where it is held."""
    seats: tuple[Seat, ...]
    invited: tuple[MemberKey, ...]
    """Those of the family who get a letter of their own about it."""
    children: Mapping[MemberKey, ChildEntry]
    """Those considered, with an answer to whether they take part."""
    agenda: tuple[AgendaLine, ...]
    areas: tuple[AreaReader, ...]
    """The areas of the professionals, as readers."""
    table: tuple[Reader, ...]
    """Everybody who must be allowed to see what stands in a paper for all, the children who come along too."""
    news: PlanNews | None = None
    """What is new in the plan, for the minutes."""


def gather(audience: Audience, meeting: Meeting) -> MeetingFacts:
    """Everything about a meeting that does not depend on whose paper it is."""
    audience = audience.with_ages_on(meeting.date)
    members = audience.family.members
    family = audience.day.family_invited(meeting)
    entries = audience.day.children_of(meeting) if meeting.type.is_for_family else {}
    seats = _seats(audience, meeting)
    areas = tuple(AreaReader(area) for area in dict.fromkeys(seat.person.area for seat in seats))
    return MeetingFacts(
        audience=audience,
        meeting=meeting,
        view=meeting_view(audience, meeting),
        seats=seats,
        invited=tuple(member for member in family if audience.takes_part(member)),
        children={key: entry for key, entry in entries.items() if key in members and entry.attends is not None},
        agenda=agenda_lines(audience.family, audience.config, meeting),
        areas=areas,
        table=(*areas, *(MemberReader(member) for member in (*family, *_children_who_may_come(audience, meeting)))),
    )


def _children_who_may_come(audience: Audience, meeting: Meeting) -> tuple[MemberKey, ...]:
    """The children too young for a letter of their own, unless it is written that they stay away: they read, too."""
    if not meeting.type.is_for_family:
        return ()
    entries = audience.day.children_of(meeting)
    return tuple(
        key
        for key, person in audience.family.members.items()
        if person.is_child
        and audience.is_under(key, LETTER_AGE)
        and (key not in entries or entries[key].attends is not False)
    )


def has_papers_for_all(meeting: Meeting) -> bool:
    """Whether a meeting has a summons and an agenda: not one that is off, nor a talk with the tovholder."""
    return meeting.status is not MeetingStatus.CANCELLED and meeting.type is not MeetingType.INTERVIEW


def _seats(audience: Audience, meeting: Meeting) -> tuple[Seat, ...]:
    staff = audience.config.staff
    absent = {stand_in: away for away, stand_in in meeting.stand_ins.items()}
    leader = leader_on(audience.family, meeting.date)
    return tuple(
        Seat(
            person=staff[key],
            served=served_by(audience, absent.get(key, key), meeting.date),
            replaced=staff.get(absent[key]) if key in absent else None,
            is_tovholder=leader is not None and key == leader.staff,
        )
        for key in coming_staff(audience, meeting)
        if key in staff
    )


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
        when=say("{day} {hours}", day=meeting.date, hours=Hours((meeting.start, meeting.end))),
        place=place,
        directions=directions,
    )


def view_for(gathering: MeetingFacts, member: MemberKey) -> MeetingView:
    """The same for one of the family, who may live where it is held."""
    place, directions = _place_words(gathering.audience, gathering.meeting, MemberReader(member))
    return replace(gathering.view, place=place, directions=directions)


def _place_words(audience: Audience, meeting: Meeting, reader: Reader | None) -> tuple[str, str]:
    """A home is named by who lives there, never by its address: it may be protected."""
    location = locate(meeting.place, audience.config.places)
    if location.room is not None:
        place = audience.config.places[location.room]
        return place.text, place.directions or ""
    host = location.host
    if host is None or host not in audience.family.members:
        return location.text, ""
    if isinstance(reader, MemberReader) and _is_at_home(audience, reader.member, host):
        return "Hjemme hos jer", ""
    return say("Hjemme hos {name}", name=audience.family.members[host].name), ""


def _is_at_home(audience: Audience, reader: MemberKey, host: MemberKey) -> bool:
    """Whether "hjemme hos jer" says where: to a child with two homes only the name does."""
    return audience.share_household(reader, host) and (reader == host or len(audience.homes[reader]) == 1)


def moved_view(gathering: MeetingFacts, reader: Reader | None = None) -> MovedView | None:
    """The latest move, as one reader may know it, or a table of professionals."""
    if not gathering.meeting.moved:
        return None
    latest = max(gathering.meeting.moved, key=lambda move: move.on)
    return MovedView(from_=latest.from_, reason=reason_for(gathering.audience, reader, latest, latest.on))


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


def contact_box(gathering: MeetingFacts, readers: Iterable[Reader]) -> ContactBox:
    """Whom to call about a meeting: the tovholder of that day, or the coordinator, who calls the introduktionsmøde.

    Absences count from one follow-up's length before the meeting: from when its letters are about.
    """
    audience, day = gathering.audience, gathering.meeting.date
    first = day - timedelta(days=audience.config.deadlines.follow_up_target)
    if gathering.meeting.type is MeetingType.INTRODUKTIONSMØDE:
        return coordinator_box(audience.config, first, day)
    return tovholder_box(audience, day, readers, first, day, is_meeting=True)


def participants(gathering: MeetingFacts, readers: Iterable[Reader]) -> tuple[Participant, ...]:
    """The professionals who come, with title and area where these readers may know them."""
    readers = tuple(readers)
    audience, areas = gathering.audience, gathering.audience.config.areas
    lines = []
    for seat in gathering.seats:
        person, replaced = seat.person, seat.replaced
        is_open = all(
            may_know_at_table(audience, worker.area, seat.served, readers)
            for worker in (person, replaced)
            if worker is not None
        )
        lines.append(
            Participant(
                name=person.name,
                title=person.title if is_open else PLAIN_TITLE,
                area=areas[person.area].name if is_open and person.area in areas else "",
                function=("myndighed" if person.authority else "udfører") if is_open else "",
                stands_in_for=replaced.name if replaced is not None else "",
                is_tovholder=seat.is_tovholder,
            )
        )
    return tuple(lines)


def family_names(gathering: MeetingFacts, besides: MemberKey | None = None) -> tuple[str, ...]:
    """Those of the family who are invited; `besides` is the reader."""
    names = gathering.audience.full_names
    return tuple(names[member] for member in gathering.invited if member != besides)


def family_points(gathering: MeetingFacts, readers: Iterable[Reader]) -> tuple[str, ...]:
    """What the family wants to talk about, as far as all these readers may see it."""
    readers = tuple(readers)
    return tuple(
        line.point
        for line in gathering.meeting.family_points
        if gathering.audience.all_may_see(readers, Concern(visible_to=line.visible_to))
    )


def child_concern(audience: Audience, child: MemberKey, entry: ChildEntry) -> Concern:
    """Why a child comes or not, and what it has said, is knowledge of the area that considered it."""
    return Concern((child,), audience.area_of(entry.assessed_by))


def attendance_line(audience: Audience, child: MemberKey, entry: ChildEntry, readers: Iterable[Reader]) -> ChildLine:
    """Whether a child comes is no secret at the table; which part it comes to is for those who may know of the child.

    That part is nobody's treatment, so it is no knowledge of the area that considered the child.
    """
    may_know = audience.all_may_see(readers, Concern((child,)))
    return ChildLine(
        name=audience.full_names[child],
        first_name=audience.short_names[child],
        attends=entry.attends is True,
        part=entry.part or "" if entry.attends and may_know else "",
        reason="",
        view="",
        is_reader=False,
    )


def reasoned_line(audience: Audience, child: MemberKey, entry: ChildEntry, readers: Iterable[Reader]) -> ChildLine:
    """The same with the reason and the child's view, where all these readers may know them."""
    readers = tuple(readers)
    line = attendance_line(audience, child, entry, readers)
    if not audience.all_may_see(readers, child_concern(audience, child, entry)):
        return line
    return replace(line, reason=entry.reason or "", view=entry.view or "")
