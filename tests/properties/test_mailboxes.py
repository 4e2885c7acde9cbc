"""Mailboxes that several addresses lead to: whatever is edited, and in whatever order mails come, calendars end right.

A corrected address often lives on as an alias. Its owner then has one calendar for both, and gets the cancellation of
the old address and the invitation of the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeAlias

import icalendar
import pytest

from hopdocs.notices.wanted import Attendee, WantedMeeting
from tests.unit.notices.samples import World, read_calendar, sample_meeting

Entry: TypeAlias = tuple[int, str]
PEOPLE = "abcd"
STEPS = 20


@dataclass
class Calendar:
    """One mailbox's calendar, by RFC 5546 2.1.5: what is not newer than what is known changes nothing."""

    newest: tuple[int, datetime] = (-1, datetime.min.replace(tzinfo=UTC))
    entry: Entry | None = None

    def take(self, mime: bytes) -> None:
        calendar: Any = icalendar.Calendar.from_ical(read_calendar(mime))
        (event,) = calendar.walk("VEVENT")
        number = (int(event["SEQUENCE"]), event["DTSTAMP"].dt)
        if number > self.newest:
            self.newest = number
            is_on = str(calendar["METHOD"]) == "REQUEST"
            self.entry = (event["DTSTART"].dt.hour, str(event["LOCATION"])) if is_on else None


@dataclass
class File:
    """What the family's file says of the one meeting; `spelling` numbers each person's present address."""

    present: set[str] = field(default_factory=lambda: {"a", "b", "c"})
    spelling: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PEOPLE, 0))
    hour: int = 10
    place: str = "Salen"
    is_off: bool = False
    is_gone: bool = False

    def edit(self, chance: Random) -> None:
        who = chance.choice(PEOPLE)
        match chance.choice(["move", "place", "address", "address", "add", "remove", "off", "gone"]):
            case "move":
                self.hour = chance.choice([9, 10, 11])
            case "place":
                self.place = chance.choice(["Salen", "Ternen"])
            case "address":
                self.spelling[who] = chance.randint(0, 2)
            case "add":
                self.present.add(who)
            case "remove":
                self.present.discard(who)
            case "off":
                self.is_off = not self.is_off
            case _:
                self.is_gone = not self.is_gone

    def meetings(self) -> list[WantedMeeting]:
        starts = sample_meeting().starts.replace(hour=self.hour)
        people = tuple(
            Attendee(f"{who}.{self.spelling[who]}@vesterlyng.example", f"Navn {who}", "" if who == "d" else who)
            for who in sorted(self.present)
        )
        status = "cancelled" if self.is_off else "confirmed"
        times = {"starts": starts, "ends": starts + timedelta(hours=1)}
        meeting = sample_meeting(**times, place=self.place, status=status, attendees=people)
        return [] if self.is_gone else [meeting]

    def should_show(self) -> dict[str, Entry | None]:
        shown = set() if self.is_off or self.is_gone else self.present
        return {who: (self.hour, self.place) if who in shown else None for who in PEOPLE}


@pytest.mark.parametrize("seed", range(8))
def test_one_calendar_behind_several_addresses_shows_what_the_file_says(seed: int) -> None:
    """Acceptance cases 13, 14, 15 and 18. One of the four is a guest, whom only the name tells."""
    chance = Random(seed)  # noqa: S311 - a fixed walk
    world, file, calendars = World(), File(), {who: Calendar() for who in PEOPLE}
    for _ in range(STEPS):
        for _ in range(chance.randint(1, 3)):
            file.edit(chance)
        mails = [(record.email[0], world.ledger.mime(record.id)) for record in world.save(*file.meetings())]
        world.deliver()
        world.pass_time(seconds=chance.choice([0, 30, 600]))
        chance.shuffle(mails)
        for who, mime in mails:
            calendars[who].take(mime)
        assert {who: calendar.entry for who, calendar in calendars.items()} == file.should_show()
