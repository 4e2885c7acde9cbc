"""A second calendar program: libical, the C library behind GNOME's and KDE's calendars, with its own iTIP classifier.

Debian's `libical3` alone is enough: the few functions that are needed are called through ctypes. Prototypes:
`libical/ical.h` and `libical/icalss.h`, version 3.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from functools import cache
from typing import Any, Final, TypeAlias

_ATTENDEE: Final = 5
_EVENT: Final = 4
_CLASSES: Final = {
    11104: "REQUESTNEW",
    11105: "REQUESTUPDATE",
    11106: "REQUESTRESCHEDULE",
    11118: "CANCELEVENT",
    11119: "CANCELINSTANCE",
    11120: "CANCELALL",
    11124: "MALFORMED",
    11125: "OBSOLETE",
    11126: "MISSEQUENCED",
    11127: "UNKNOWN",
}
"""`icalproperty_xlicclass`: what libical takes a message for, against the entry that is there already."""

Component: TypeAlias = int
"""An `icalcomponent *`."""


class Time(ctypes.Structure):
    """`struct icaltimetype`."""

    _fields_ = [
        *(
            (name, ctypes.c_int)
            for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")
        ),
        ("zone", ctypes.c_void_p),
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """What libical's calendar shows."""

    uid: str
    sequence: int
    summary: str
    location: str
    starts: datetime
    ends: datetime
    attendees: tuple[str, ...]


@dataclass
class LibicalCalendar:
    """One person's calendar; every decision about a mail is libical's."""

    owner: str
    entries: dict[str, Component] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    def take(self, mail: bytes) -> None:
        component = parse_calendar(calendar_part(mail))
        uid = _text("icalcomponent_get_uid", component)
        known = self.entries.get(uid)
        found = _CLASSES.get(_call("icalclassify", component, known, self.owner.encode()), "something else")
        self.log.append(found)
        if found.startswith("REQUEST"):
            self.entries[uid] = component
        elif found.startswith("CANCEL"):
            self.entries.pop(uid, None)

    def shown(self) -> dict[str, Entry]:
        return {uid: read_entry(component) for uid, component in self.entries.items()}


def calendar_part(mail: bytes) -> bytes:
    """The calendar part of a mail, decoded."""
    (part,) = (
        part
        for part in message_from_bytes(mail, policy=policy.default).walk()
        if part.get_content_type() == "text/calendar"
    )
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload


def parse_calendar(text: bytes) -> Component:
    """Parsed without one complaint, and within what RFC 5546 asks of the method (`icalrestriction_check`)."""
    component = int(_call("icalparser_parse_string", text) or 0)
    assert component, "libical can't read this calendar"
    is_allowed = _call("icalrestriction_check", component)
    complaints = _call("icalcomponent_count_errors", component)
    assert is_allowed, f"libical: {_text('icalcomponent_as_ical_string', component)}"
    assert not complaints, f"libical: {_text('icalcomponent_as_ical_string', component)}"
    return component


def read_entry(calendar: Component) -> Entry:
    event = _call("icalcomponent_get_first_component", calendar, _EVENT)
    attendees = []
    prop = _call("icalcomponent_get_first_property", event, _ATTENDEE)
    while prop:
        attendees.append(_text("icalproperty_get_attendee", prop).removeprefix("mailto:"))
        prop = _call("icalcomponent_get_next_property", event, _ATTENDEE)
    return Entry(
        uid=_text("icalcomponent_get_uid", event),
        sequence=_call("icalcomponent_get_sequence", event),
        summary=_text("icalcomponent_get_summary", event),
        location=_text("icalcomponent_get_location", event),
        starts=_moment("icalcomponent_get_dtstart", event),
        ends=_moment("icalcomponent_get_dtend", event),
        attendees=tuple(attendees),
    )


def _moment(name: str, event: Component) -> datetime:
    """In UTC, by the time zone rules that the mail itself brought."""
    time = _call(name, event)
    assert time.zone, "libical found no time zone"
    return datetime.fromtimestamp(_call("icaltime_as_timet_with_zone", time, time.zone), UTC)


def _text(name: str, *arguments: object) -> str:
    return (_call(name, *arguments) or b"").decode("utf-8")


_C = ctypes
_PROTOTYPES: Final = {
    "icalparser_parse_string": (_C.c_void_p, [_C.c_char_p]),
    "icalrestriction_check": (_C.c_int, [_C.c_void_p]),
    "icalcomponent_count_errors": (_C.c_int, [_C.c_void_p]),
    "icalcomponent_as_ical_string": (_C.c_char_p, [_C.c_void_p]),
    "icalcomponent_get_first_component": (_C.c_void_p, [_C.c_void_p, _C.c_int]),
    "icalcomponent_get_first_property": (_C.c_void_p, [_C.c_void_p, _C.c_int]),
    "icalcomponent_get_next_property": (_C.c_void_p, [_C.c_void_p, _C.c_int]),
    "icalcomponent_get_uid": (_C.c_char_p, [_C.c_void_p]),
    "icalcomponent_get_summary": (_C.c_char_p, [_C.c_void_p]),
    "icalcomponent_get_location": (_C.c_char_p, [_C.c_void_p]),
    "icalcomponent_get_sequence": (_C.c_int, [_C.c_void_p]),
    "icalcomponent_get_dtstart": (Time, [_C.c_void_p]),
    "icalcomponent_get_dtend": (Time, [_C.c_void_p]),
    "icalproperty_get_attendee": (_C.c_char_p, [_C.c_void_p]),
    "icaltime_as_timet_with_zone": (_C.c_long, [Time, _C.c_void_p]),
    "icalclassify": (_C.c_int, [_C.c_void_p, _C.c_void_p, _C.c_char_p]),
}


@cache
def _libraries() -> tuple[ctypes.CDLL, ...]:
    return ctypes.CDLL("libical.so.3"), ctypes.CDLL("libicalss.so.3")


def _call(name: str, *arguments: object) -> Any:
    library = _libraries()[name == "icalclassify"]
    function = getattr(library, name)
    function.restype, function.argtypes = _PROTOTYPES[name]
    return function(*arguments)
