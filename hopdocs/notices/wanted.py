"""Who should hold which calendar entry: the wanted state, as plain values.

Nothing here knows what anybody was told before; `hopdocs.notices.planning.revisions` compares these values with the
ledger and closes the difference. Every value is JSON-able, since the build cache keeps a family's wanted
meetings and doesn't evaluate an unchanged family again.

A wanted meeting holds all that a calendar entry may hold, and never a family member's name.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

MeetingStatus: TypeAlias = Literal["confirmed", "cancelled"]
BarCause: TypeAlias = Literal["withdrawn", "missing", "expired"]
"""Why consent keeps somebody out: taken back, not there (or deleted), or run out by the passing of time."""

SHORT_MAIL: Final = "paamindelse"
"""What short mails have been called in the ledger since the first: also those that were written without a kind."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, so that it can't start a header or a property of its own."""
    return (text if text.isprintable() else _CONTROL.sub(" ", text)).strip()  # forty times a mail


def derive_uid(family: str, meeting: str, mail_domain: str) -> str:
    """The calendar UID of a meeting: the same in every clone, and telling nothing about the family."""
    digest = hashlib.sha256(f"{family}|{meeting}".encode()).hexdigest()
    return f"{digest[:32]}@{mail_domain}"


def normalise_address(address: str) -> str:
    """The form in which addresses are compared: mail servers don't tell case apart, in practice."""
    return address.strip().lower()


def say_time_key(starts: datetime, ends: datetime, zone: str) -> str:
    """A meeting's time as one text, to compare: local clock times, and where."""
    return f"{starts.isoformat()}/{ends.isoformat()}/{zone}"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is invited: always a member of staff or a named guest, never a member of the family."""

    email: str
    name: str
    staff: str = ""
    role: str = "REQ-PARTICIPANT"


@dataclass(frozen=True, slots=True)
class Barred:
    """Somebody who would be invited, were it not for consent."""

    email: str
    cause: BarCause


@dataclass(frozen=True, slots=True)
class WantedMeeting:
    """One meeting as everybody's calendar should show it.

    `starts` and `ends` are local wall-clock times in `zone`: what people agreed on, also across a change of
    daylight saving.
    """

    family: str
    meeting: str
    uid: str
    kind: str
    title: str
    starts: datetime
    ends: datetime
    zone: str
    place: str
    case_number: str
    organizer: str
    organizer_name: str
    reply_to: str
    attendees: tuple[Attendee, ...]
    status: MeetingStatus = "confirmed"
    contact: str = ""
    case_url: str = ""
    signature: str = ""
    barred: tuple[Barred, ...] = ()

    @property
    def starts_at(self) -> datetime:
        """The start as a moment in UTC."""
        return self.starts.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def time_key(self) -> str:
        """The meeting's time as text: an answer (yes, no) holds only as long as this stays the same."""
        return say_time_key(self.starts, self.ends, self.zone)

    @property
    def announced(self) -> str:
        """A digest of what is worth a mail when it changes: time, place, title, case.

        The list of the others, the contact line and links travel with the next mail, but are no reason for one:
        nobody wants a message because a colleague was added.
        """
        return _announced(self)

    @property
    def content(self) -> str:
        """A digest of all that the mail shows: a notice that has not left is made again when it changes."""
        return _content(self)

    def as_json(self) -> dict[str, Any]:
        """Plain values for the cache and the ledger."""
        return {
            **_fields(self),
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
            "attendees": [_fields(item) for item in self.attendees],
            "barred": [_fields(item) for item in self.barred],
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> WantedMeeting:
        """The inverse of `as_json`."""
        return cls(
            **{
                **raw,
                "starts": datetime.fromisoformat(raw["starts"]),
                "ends": datetime.fromisoformat(raw["ends"]),
                "attendees": tuple(Attendee(**item) for item in raw["attendees"]),
                "barred": tuple(Barred(**item) for item in raw["barred"]),
            }
        )


@lru_cache(maxsize=16)
def _announced(meeting: WantedMeeting) -> str:
    """Asked for each who is invited to a meeting."""
    return _digest([meeting.time_key, meeting.place, meeting.title, meeting.case_number])


@lru_cache(maxsize=16)
def _content(meeting: WantedMeeting) -> str:
    return _digest({key: value for key, value in meeting.as_json().items() if key != "barred"})


@dataclass(frozen=True, slots=True)
class WantedReminder:
    """A short mail without a calendar part: `key` tells two about the same meeting apart.

    `kind` is the name of its kind, and where several kinds share that, the key's beginning says which it is. `rows`
    stand in its table beside the case. `tells` names each thing that it tells, if it tells what has happened instead
    of reminding of a day: who has been told each of them is not told again, whatever else changes. A thing is one word,
    and behind it the id and address of the person whom it happened to, if there is one.
    """

    family: str
    meeting: str
    key: str
    recipient: Attendee
    due: date
    expires: datetime
    case_number: str
    subject: str
    lines: tuple[str, ...]
    organizer: str
    organizer_name: str
    reply_to: str
    signature: str = ""
    kind: str = SHORT_MAIL
    rows: tuple[tuple[str, str], ...] = ()
    tells: tuple[str, ...] = ()

    @property
    def announced(self) -> str:
        """A reminder is wanted once for each due day; a moved meeting moves its reminder. News is news once."""
        if self.tells:
            return _digest([self.key, *sorted(self.tells)])
        return _digest([self.key, self.due.isoformat(), self.expires.isoformat()])

    @property
    def content(self) -> str:
        """A digest of all that the mail shows: news that has not left is written anew when it changes."""
        return _digest(self.as_json()) if self.tells else self.announced

    def as_json(self) -> dict[str, Any]:
        """Plain values for the cache and the ledger."""
        return {
            **_fields(self),
            "due": self.due.isoformat(),
            "expires": self.expires.isoformat(),
            "recipient": _fields(self.recipient),
            "lines": list(self.lines),
            "rows": [list(row) for row in self.rows],
            "tells": list(self.tells),
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> WantedReminder:
        """The inverse of `as_json`."""
        return cls(
            **{
                **raw,
                "due": date.fromisoformat(raw["due"]),
                "expires": datetime.fromisoformat(raw["expires"]),
                "recipient": Attendee(**raw["recipient"]),
                "lines": tuple(raw["lines"]),
                "rows": tuple((label, value) for label, value in raw.get("rows", ())),
                "tells": tuple(raw.get("tells", ())),
            }
        )


@dataclass(frozen=True, slots=True)
class PrivateWords:
    """What must not stand in a mail about this family, and what looks like it but may.

    `allowed` holds staff names and configured places: a tovholder who shares a surname with the family, or a
    meeting room on the family's road, is no leak.
    """

    full_names: tuple[str, ...] = ()
    first_names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> PrivateWords:
        """From plain values; what an earlier version kept besides is left out."""
        return cls(**{key: tuple(values) for key, values in raw.items() if key in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class WantedFamily:
    """All notices that one family's data ask for, and what holds them.

    `blocked` lists the codes of diagnostics that stop new invitations; updates and cancellations of what people
    already hold leave even then. `zone` is where the municipality is: a day begins at its midnight.
    """

    family: str
    meetings: tuple[WantedMeeting, ...] = ()
    reminders: tuple[WantedReminder, ...] = ()
    hold: bool = False
    held_meetings: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    private: PrivateWords = field(default_factory=PrivateWords)
    zone: str = "UTC"

    def as_json(self) -> dict[str, Any]:
        """Plain values for the cache."""
        return {
            "family": self.family,
            "meetings": [item.as_json() for item in self.meetings],
            "reminders": [item.as_json() for item in self.reminders],
            "hold": self.hold,
            "held_meetings": list(self.held_meetings),
            "blocked": list(self.blocked),
            "private": {key: list(values) for key, values in _fields(self.private).items()},
            "zone": self.zone,
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> WantedFamily:
        """The inverse of `as_json`."""
        return cls(
            family=raw["family"],
            meetings=tuple(WantedMeeting.from_json(item) for item in raw["meetings"]),
            reminders=tuple(WantedReminder.from_json(item) for item in raw["reminders"]),
            hold=raw["hold"],
            held_meetings=tuple(raw["held_meetings"]),
            blocked=tuple(raw["blocked"]),
            private=PrivateWords.from_json(raw["private"]),
            zone=raw.get("zone", "UTC"),
        )


def _fields(value: Attendee | Barred | WantedMeeting | WantedReminder | PrivateWords) -> dict[str, Any]:
    """Its fields as they are: `dataclasses.asdict` copies every value, and took longer than sending the mail."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
