"""Two calendar programs that know nothing of hopdocs take its mails, and end with the right entries.

One is ours by its rules (RFC 5546, in JavaScript over ical.js), the other leaves every decision to libical.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import pytest

from tests.interop.client import Job, open_calendars
from tests.interop.conftest import address_of
from tests.interop.libical import LibicalCalendar
from tests.interop.story import AROUND_THE_CHANGES, HARD_PLACE
from tests.unit.notices.samples import PELLE, RIGMOR, World, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hopdocs.notices.wanted import WantedMeeting
    from tests.interop.story import Story

TEAM: Final = [address_of(staff) for staff in ("bbl", "iik", "ppa", "rri", "ssk", "yym")]
ROOM: Final = "Mødelokale Ternen, Opdigtvej 1, 9999 Vesterlyng"
EAGLE: Final = "Mødelokale Havørnen, Opdigtvej 1, 9999 Vesterlyng"
ELSEWHERE: Final = " ".join(HARD_PLACE.split())

SHOULD_SHOW: Final = {
    ("Familieplansmøde, sag 26-012345", "2026-11-24T12:30:00", "2026-11-24T14:30:00", ELSEWHERE),
    ("Opfølgningsmøde, sag 26-012345", "2027-01-19T10:00:00", "2027-01-19T11:30:00", EAGLE),
    ("Opfølgningsmøde, sag 26-012345", "2027-03-24T08:00:00", "2027-03-24T09:30:00", ROOM),
    ("Opfølgningsmøde, sag 26-012345", "2027-03-30T07:45:00", "2027-03-30T09:30:00", ROOM),
    ("Opfølgningsmøde, sag 26-012345", "2027-10-29T15:15:00", "2027-10-29T16:00:00", ROOM),
}
"""What the files say at the story's end: the meeting of 1 November is off, all others stand."""

IN_UTC: Final = {
    "2026-11-24T12:30:00": "2026-11-24T11:30:00.000Z",
    "2027-01-19T10:00:00": "2027-01-19T09:00:00.000Z",
    "2027-03-24T08:00:00": "2027-03-24T07:00:00.000Z",
    "2027-03-30T07:45:00": "2027-03-30T05:45:00.000Z",
    "2027-10-29T15:15:00": "2027-10-29T13:15:00.000Z",
    "2027-11-01T15:15:00": "2027-11-01T14:15:00.000Z",
}
"""Summer time ends and begins between them: an hour from UTC in winter, two in summer."""


def shown(entries: Iterable[dict[str, Any]]) -> set[tuple[str, str, str, str]]:
    return {
        (entry["summary"], entry["starts"]["shownInCopenhagen"], entry["ends"]["shownInCopenhagen"], entry["location"])
        for entry in entries
    }


@pytest.fixture(scope="module")
def calendars(story: Story) -> dict[str, dict[str, Any]]:
    jobs = [Job(person, tuple(arrival.path for arrival in story.inbox(person))) for person in TEAM]
    return dict(zip(TEAM, open_calendars(jobs), strict=True))


def test_everybody_ends_with_the_meetings_that_stand_in_the_file(calendars: dict[str, dict[str, Any]]) -> None:
    assert {person: shown(found["entries"]) for person, found in calendars.items()} == dict.fromkeys(TEAM, SHOULD_SHOW)


def test_local_times_are_right_on_both_sides_of_both_changes(calendars: dict[str, dict[str, Any]]) -> None:
    """Acceptance case 4. The mail's own rules and this machine's time zone database agree."""
    for found in calendars.values():
        for entry in found["entries"]:
            starts = entry["starts"]
            assert starts["zone"] == "Europe/Copenhagen"
            assert starts["wall"] == starts["shownInCopenhagen"]
            assert starts["utc"] == IN_UTC[starts["wall"]]


def test_every_entry_shows_the_same_people_and_none_has_answered(calendars: dict[str, dict[str, Any]]) -> None:
    for found in calendars.values():
        for entry in found["entries"]:
            assert sorted(who["email"] for who in entry["attendees"]) == TEAM
            assert {who["partstat"] for who in entry["attendees"]} == {"NEEDS-ACTION"}
            assert {who["name"] for who in entry["attendees"]} >= {"Pelle Pærevang", "Birthe Blåbærris"}


def test_no_mail_was_refused_or_overlooked(calendars: dict[str, dict[str, Any]]) -> None:
    invited = ["added"] * (2 + len(AROUND_THE_CHANGES))
    changes = ["updated", "updated", "removed", "added", "removed", "updated"]
    for person, found in calendars.items():
        extra = ["removed", "added"] if person == address_of("ppa") else []
        assert sorted(found["log"]) == sorted(invited + changes + extra)


def test_mails_that_come_in_any_order_and_twice_make_the_same_calendar(story: Story) -> None:
    """Relays may reorder and repeat: SEQUENCE and DTSTAMP must say what is newest (RFC 5546, 2.1.5)."""
    chance = Random(20261121)  # noqa: S311 - a fixed shuffle
    jobs = []
    for person in TEAM:
        for _ in range(15):
            mails = [arrival.path for arrival in story.inbox(person)] * 2
            chance.shuffle(mails)
            jobs.append(Job(person, tuple(mails)))
    assert all(shown(found["entries"]) == SHOULD_SHOW for found in open_calendars(jobs))


def test_libical_takes_every_mail_and_ends_with_the_same_meetings(story: Story) -> None:
    """Its `icalrestriction_check` also holds each mail against RFC 5546's tables of what a method must have."""
    for person in TEAM:
        calendar = LibicalCalendar(person)
        for arrival in story.inbox(person):
            calendar.take(arrival.data)
        found = {
            (item.summary, local(item.starts), local(item.ends), item.location) for item in calendar.shown().values()
        }
        assert found == SHOULD_SHOW
        assert {tuple(sorted(item.attendees)) for item in calendar.shown().values()} == {tuple(TEAM)}
        assert set(calendar.log) == {"REQUESTNEW", "REQUESTRESCHEDULE", "REQUESTUPDATE", "CANCELEVENT"}


def local(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("Europe/Copenhagen")).strftime("%Y-%m-%dT%H:%M:%S")


# Lives that the story doesn't tell


def lives(folder: Path, *edits: WantedMeeting | None) -> dict[str, list[Path]]:
    """The mails of one meeting's edits, by recipient; None: the meeting is gone from the file."""
    world = World()
    boxes: dict[str, list[Path]] = {}
    for edit in edits:
        for record in world.save(*([] if edit is None else [edit])):
            path = folder / f"{record.id}.eml"
            path.write_bytes(world.ledger.mime(record.id))
            boxes.setdefault(record.email, []).append(path)
        world.deliver()
        world.pass_time(minutes=1)
    return boxes


def test_a_meeting_that_is_gone_from_the_file_is_gone_from_every_calendar(tmp_path: Path) -> None:
    boxes = lives(tmp_path, sample_meeting(), sample_meeting(place="Salen"), None)
    found = open_calendars([Job(person, tuple(mails)) for person, mails in boxes.items()])
    assert [calendar["entries"] for calendar in found] == [[], []]


def test_the_last_one_to_leave_is_told_too(tmp_path: Path) -> None:
    """Acceptance case 11."""
    boxes = lives(tmp_path, sample_meeting(), sample_meeting(attendees=(RIGMOR,)), sample_meeting(attendees=()))
    found = open_calendars([Job(person, tuple(mails)) for person, mails in boxes.items()])
    assert [calendar["entries"] for calendar in found] == [[], []]


def test_a_corrected_address_moves_the_entry(tmp_path: Path) -> None:
    """Acceptance case 15."""
    right = replace(RIGMOR, email="rigmor.rimfrost@vesterlyng.example")
    boxes = lives(tmp_path, sample_meeting(), sample_meeting(attendees=(right, PELLE)))
    old, new = open_calendars([Job(who.email, tuple(boxes[who.email])) for who in (RIGMOR, right)])
    assert old["entries"] == []
    assert len(new["entries"]) == 1


def test_a_corrected_address_that_leads_to_the_same_mailbox_keeps_the_entry(tmp_path: Path) -> None:
    """The old address lives on as an alias: one calendar gets the cancellation and the invitation, in any order."""
    right = replace(RIGMOR, email="rigmor.rimfrost@vesterlyng.example")
    boxes = lives(tmp_path, sample_meeting(), sample_meeting(attendees=(right, PELLE)))
    both = [*boxes[RIGMOR.email], *boxes[right.email]]
    for found in open_calendars([Job(RIGMOR.email, order, aliases=(right.email,)) for order in permutations(both)]):
        assert [entry["sequence"] for entry in found["entries"]] == [2]


def test_every_order_of_a_removal_and_a_return_ends_with_the_return(tmp_path: Path) -> None:
    """Acceptance cases 13 and 14."""
    without, off = sample_meeting(attendees=(RIGMOR,)), sample_meeting(status="cancelled")
    boxes = lives(tmp_path, sample_meeting(), without, sample_meeting(), off, sample_meeting(place="Salen"))
    jobs = [Job(PELLE.email, order) for order in permutations(boxes[PELLE.email])]
    assert len(jobs) == 120
    for found in open_calendars(jobs):
        assert [entry["location"] for entry in found["entries"]] == ["Salen"]


@pytest.mark.parametrize("day", ["2027-03-27", "2027-03-28", "2027-03-29", "2027-10-30", "2027-10-31", "2027-11-01"])
def test_every_hour_of_the_days_of_change_means_the_same_everywhere(tmp_path: Path, day: str) -> None:
    """But for the hour that comes twice or never: there, programs differ."""
    hours = [hour for hour in range(24) if (day, hour) not in {("2027-03-28", 2), ("2027-10-31", 2)}]
    starts = [datetime.fromisoformat(f"{day}T{hour:02}:15:00") for hour in hours]
    paths, expected = [], []
    for start in starts:
        meeting = sample_meeting(meeting=f"m{start.hour}", starts=start, ends=start + timedelta(minutes=30))
        folder = tmp_path / str(start.hour)
        folder.mkdir()
        paths += lives(folder, replace(meeting, attendees=(RIGMOR,)))[RIGMOR.email]
        expected.append(start.replace(tzinfo=ZoneInfo("Europe/Copenhagen")).astimezone(UTC))
    (found,) = open_calendars([Job(RIGMOR.email, tuple(paths))])
    assert [datetime.fromisoformat(entry["starts"]["utc"]) for entry in found["entries"]] == expected
    calendar = LibicalCalendar(RIGMOR.email)
    for path in paths:
        calendar.take(path.read_bytes())
    assert [entry.starts for entry in calendar.shown().values()] == expected
