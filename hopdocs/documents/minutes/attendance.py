"""Who came to a meeting that was held, who did not, and which of the children took part and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.documents.audience import MemberReader
from hopdocs.documents.meeting_facts import guest_views, participants, reasoned_line
from hopdocs.documents.minutes.reading import is_at_table
from hopdocs.domain.tasks import find_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.audience import Reader
    from hopdocs.documents.meeting_facts import MeetingFacts, Seat
    from hopdocs.documents.views import ChildLine, GuestView, Participant
    from hopdocs.domain.tasks import NamedPerson


@dataclass(frozen=True, slots=True)
class Attended:
    """Who was there. Everybody who was asked came, unless somebody wrote otherwise."""

    participants: tuple[Participant, ...]
    guests: tuple[GuestView, ...]
    family: tuple[str, ...]
    """By whole name, the children who took part last."""
    absent: tuple[str, ...]
    excused: tuple[str, ...]
    children: tuple[ChildLine, ...]
    """With the reason: to a parent about the children she has custody of, to an area about those it may know of."""


def attended_by(gathering: MeetingFacts, reader: Reader) -> Attended:
    """Who was there, as one reader may know it."""
    names, missing = gathering.audience.full_names, _missing(gathering)
    away = {person.member for person in missing if person.member is not None}
    children = [key for key, entry in gathering.children.items() if entry.attends and key not in gathering.invited]
    attendance = gathering.meeting.attendance
    seats = zip(gathering.seats, participants(gathering, (reader,)), strict=True)
    return Attended(
        participants=tuple(line for seat, line in seats if not _stayed_away(gathering, seat, missing)),
        guests=tuple(
            guest
            for guest in guest_views(gathering.meeting)
            if guest.name.casefold() not in {person.name.casefold() for person in missing}
        ),
        family=tuple(names[key] for key in (*gathering.invited, *children) if key not in away),
        absent=_known_names(gathering, attendance.absent if attendance is not None else ()),
        excused=_known_names(gathering, attendance.excused if attendance is not None else ()),
        children=_children(gathering, reader, missing),
    )


def _missing(gathering: MeetingFacts) -> tuple[NamedPerson, ...]:
    attendance = gathering.meeting.attendance
    if attendance is None:
        return ()
    family, config = gathering.audience.family, gathering.audience.config
    return tuple(find_person(family, config, text) for text in (*attendance.absent, *attendance.excused))


def _stayed_away(gathering: MeetingFacts, seat: Seat, missing: Iterable[NamedPerson]) -> bool:
    staff = gathering.audience.config.staff
    return any(person.staff is not None and staff[person.staff] is seat.person for person in missing)


def _known_names(gathering: MeetingFacts, texts: Iterable[str]) -> tuple[str, ...]:
    """Their names, but of nobody who was never asked: a professional whose area was taken back is named nowhere."""
    audience = gathering.audience
    people = [find_person(audience.family, audience.config, text) for text in texts]
    asked = {*gathering.invited, *gathering.children}
    return tuple(
        audience.full_names[person.member] if person.member is not None else person.name
        for person in people
        if (person.member is None or person.member in asked)
        and (person.staff is None or is_at_table(audience, gathering.meeting, person.staff))
    )


def _children(gathering: MeetingFacts, reader: Reader, missing: Iterable[NamedPerson]) -> tuple[ChildLine, ...]:
    """A youth was there herself: her own line would tell her nothing."""
    audience = gathering.audience
    away = {person.member for person in missing if person.member is not None}
    lines = []
    for child, entry in gathering.children.items():
        is_family = isinstance(reader, MemberReader)
        if isinstance(reader, MemberReader) and not audience.has_custody_of(reader.member, child):
            continue
        line = reasoned_line(audience, child, entry, (reader,))
        if child in away and line.attends:
            line = replace(line, attends=False, part="", reason="")
        lines.append(replace(line, view="") if is_family else line)
    return tuple(lines)
