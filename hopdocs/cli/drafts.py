"""YAML that hopdocs writes into people's files: block style, their comments and order kept, nothing rewritten.

Text is only ever added. Nothing is parsed and dumped again, since that would lose comments, quotes and blank lines,
which are the writer's own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.cli.family_edit.entries import add_entry
from hopdocs.danish import first_name
from hopdocs.domain.ages import LETTER_AGE, SIGNING_AGE
from hopdocs.domain.calendar import birthday
from hopdocs.model.meeting import MeetingType
from hopdocs.model.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

# Plain YAML that no loader reads as anything else: begins with a letter, no ': ' and no ' #' inside.
_PLAIN = re.compile(r"[A-Za-zÆØÅæøåÉéÄäÖöÜü](?:[^:#\n\t]|:(?=\S)|(?<=\S)#)*(?<![\s:])")
_WORDS_WITH_MEANING: Final = {"ja", "nej", "yes", "no", "true", "false", "null", "on", "off", "y", "n"}
NOT_FOR_KEYS: Final = frozenset({"null"})
"""What YAML reads as nothing at all, also where a key or an id is meant."""
_LONGEST_KEY: Final = 48
_STEMS: Final = {
    MeetingType.INTRODUKTIONSMØDE: "intro",
    MeetingType.FAGLIGT_FORMØDE: "formoede",
    MeetingType.FAMILIEPLANSMØDE: "familieplan",
    MeetingType.OPFØLGNINGSMØDE: "opfoelgning",
    MeetingType.AFSLUTNINGSMØDE: "afslutning",
    MeetingType.INTERVIEW: "interview",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is to be written among a family's members."""

    name: str
    born: date
    role: Role = Role.PARENT
    custody: bool = False

    def signs_on(self, day: date) -> bool:
        """Whether her own signature counts on a day: adults', and that of a youth of 16."""
        return self.role is not Role.CHILD or birthday(self.born, SIGNING_AGE) <= day

    def has_mailbox_on(self, day: date) -> bool:
        """Whether she may have Digital Post on a day, so that somebody must find out."""
        return birthday(self.born, LETTER_AGE) <= day


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to be written into a family's file."""

    id: str
    type: MeetingType
    day: date
    start: time
    end: time
    place: str
    language: str = ""  # the interpreter's, where somebody needs one
    children_as: str = ""
    children: tuple[str, ...] = ()  # members whose part nobody has considered yet


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """What was handed over, to be written into a family's file."""

    document: str
    meeting: str
    to: tuple[str, ...]
    day: date
    how: str


def scalar(text: str) -> str:
    """`text` as YAML: plain where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_WITH_MEANING:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def next_family_id(taken: Iterable[str], year: int) -> str:
    """The first free `HOP-<year>-<number>` after the highest of that year."""
    numbers = [int(found[1]) for item in taken if (found := re.fullmatch(rf"HOP-{year}-(\d+)", item, re.IGNORECASE))]
    return f"HOP-{year}-{max(numbers, default=0) + 1:03d}"


def member_key(name: str, taken: Iterable[str]) -> str:
    """A short key from a first name: `åse` for Åse Prøve, `ida-2` for the second Ida."""
    first = first_name(name).lower()
    plain = "".join(sign if sign in "æøå" else unicodedata.normalize("NFKD", sign) for sign in first)
    first = re.sub(r"[^a-z0-9æøå-]", "", plain).strip("-")[:_LONGEST_KEY] or "person"
    keys, number, key = {*taken, *NOT_FOR_KEYS}, 2, first
    while key in keys:
        key, number = f"{first}-{number}", number + 1
    return key


def draft_member(key: str, person: Person, today: date) -> list[str]:
    """The lines of one person of the family; how post reaches her stands open where she may have a mailbox."""
    return [
        f"{key}:",
        f"  name: {scalar(person.name)}",
        f"  role: {person.role}",
        f"  born: {person.born.isoformat()}",
        *(["  custody: true"] if person.custody else []),
        *(["  post:                   # digital eller paper, når I ved det"] if person.has_mailbox_on(today) else []),
    ]


def draft_consent(key: str) -> list[str]:
    """The lines of a consent that waits for its form and its answer."""
    return [f"- member: {key}", "  form_given:", "  given:", "  areas:"]


def quoted(text: str) -> str:
    """A text that looks like a number or a time stays a text."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def next_meeting_id(family: Family, kind: MeetingType) -> str:
    """`familieplan` for the first of its kind, `opfoelgning-3` for the third follow-up."""
    stem, taken = _STEMS[kind], {str(meeting.id) for meeting in family.meetings}
    if kind is not MeetingType.OPFØLGNINGSMØDE and stem not in taken:
        return stem
    number = 1 + sum(1 for meeting in family.meetings if meeting.type is kind)
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def usual_place(family: Family, config: Config) -> str:
    """Where the family met last, else the first place that the municipality has."""
    places = [meeting.place for meeting in sorted(family.meetings, key=lambda item: item.date)]
    return places[-1] if places else next(iter(config.places), "")


def draft_meeting(meeting: NewMeeting) -> list[str]:
    """The lines of one meeting."""
    lines = [
        f"- id: {meeting.id}",
        f"  type: {meeting.type.value}",
        f"  date: {meeting.day.isoformat()}",
        f'  start: "{meeting.start:%H.%M}"',
        f'  end: "{meeting.end:%H.%M}"',
        f"  place: {scalar(meeting.place)}",
    ]
    if meeting.language:
        lines += ["  interpreter:", f"    language: {scalar(meeting.language)}", "    booked:"]
    if meeting.children_as:
        lines.append(f"  children_as: {meeting.children_as}")
    elif meeting.children:
        lines.append("  children:                # om hvert barn er med, og hvorfor")
        for key in meeting.children:
            lines += [f"    {key}:", "      attends:", "      reason:"]
    return lines


def add_meeting(text: str, meeting: NewMeeting) -> str:
    """`text` with the meeting at the end of its list of meetings; every other character stays as it is."""
    return add_entry(text, ("meetings",), draft_meeting(meeting))


def add_delivery(text: str, delivery: NewDelivery) -> str:
    """`text` with a line about what was handed over at the end of `deliveries`, all else as it is."""
    return add_entry(text, ("deliveries",), draft_delivery(delivery))


def draft_delivery(delivery: NewDelivery) -> list[str]:
    """The lines of one delivery."""
    return [
        f"- document: {delivery.document}",
        *([f"  meeting: {delivery.meeting}"] if delivery.meeting else []),
        f"  to: [{', '.join(delivery.to)}]",
        f"  date: {delivery.day.isoformat()}",
        f"  how: {delivery.how}",
    ]
