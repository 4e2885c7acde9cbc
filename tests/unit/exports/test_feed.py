"""A colleague's calendar: read back by the library, and held against what invitations and her list go by."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from hopdocs.domain.family_day import FamilyDay
from hopdocs.exports.feed import FeedEntry, feed_entries
from hopdocs.exports.ics_file import write_feed
from hopdocs.model.scalars.values import StaffId
from hopdocs.notices.planning.invitations import wanted_meetings
from hopdocs.pages.status import family_status
from hopdocs.pages.todo import todo_lines
from hopdocs.sources.config import parse_config, parse_project
from hopdocs.sources.families import parse_family
from tests.unit.documents.example import on_day, zamirandi
from tests.unit.figures.test_gathering import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.model.project import Project

TODAY = date(2026, 11, 21)
FAMILIES = ("hop-2025-003", "hop-2026-002", "hop-2026-007", "hop-2026-009")


def day_of(name: str, *changes: tuple[str, str]) -> FamilyDay:
    config = parse_config((ROOT / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    text = (ROOT / "families" / f"{name}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    family = parse_family(text.encode(), f"{name}.yaml", config).family
    assert family is not None
    return FamilyDay.on(family, config, TODAY)


def project() -> Project:
    config = day_of(FAMILIES[0]).config
    found = parse_project((ROOT / "project.yaml").read_bytes(), "project.yaml", config).project
    assert found is not None
    return found


def at(year: int, month: int, day: int, hour: int) -> datetime:
    return datetime.combine(date(year, month, day), time(hour))


def entries_of(staff: str, days: Iterable[FamilyDay] | None = None) -> tuple[FeedEntry, ...]:
    every = tuple(days) if days is not None else tuple(map(day_of, FAMILIES))
    return feed_entries(every, project(), StaffId(staff), every[0].config, TODAY)


def events(entries: Iterable[FeedEntry], zone: str = "Europe/Copenhagen") -> list[Any]:
    data = write_feed(entries, "Prøve", zone, TODAY)
    return list(Calendar.from_ical(data).walk("VEVENT"))


def meetings(entries: Iterable[FeedEntry]) -> list[FeedEntry]:
    return [entry for entry in entries if isinstance(entry.starts, datetime)]


@pytest.mark.parametrize("staff", ["iik", "rri", "mmo", "ppa", "ssk", "kko"])
def test_her_meetings_are_those_that_she_is_invited_to(staff: str) -> None:
    days = tuple(map(day_of, FAMILIES))
    address = days[0].config.staff[StaffId(staff)].email
    invited = {
        (f"{wanted.title}, sag {wanted.case_number}", wanted.starts)
        for day in days
        for wanted in wanted_meetings(day)
        if wanted.status == "confirmed" and wanted.starts.date() >= TODAY - timedelta(days=31)
        if address in {attendee.email for attendee in wanted.attendees}
    }
    found = meetings(feed_entries(days, None, StaffId(staff), days[0].config, TODAY))
    assert {(entry.summary, entry.starts) for entry in found} == invited


def test_it_has_case_numbers_and_nobody_s_name() -> None:
    for staff in ("iik", "mmo", "kko", "rri"):
        text = write_feed(entries_of(staff), "Prøve", "Europe/Copenhagen", TODAY).decode().replace("\r\n ", "")
        for day in map(day_of, FAMILIES):
            names = [person.name.split()[0] for person in day.family.members.values()]
            assert [name for name in (*names, day.family.name.split()[-1]) if name in text] == []
            assert day.family.id not in text or day.family.case_number is None


def test_a_family_that_took_its_consents_back_is_in_nobody_s_calendar_with_a_meeting() -> None:
    agreed = on_day(zamirandi())
    lines = (f"areas: [BF, BES, DU{more}], received_by: iik" for more in ("", ", SO"))
    taken_back = on_day(zamirandi(*((line, f"{line}, withdrawn: [{{date: 2026-11-20}}]") for line in lines)))
    for day, has_some in ((agreed, True), (taken_back, False)):
        found = meetings(feed_entries((day,), None, StaffId("rri"), day.config, day.today))
        assert bool(found) is has_some


def test_what_was_agreed_is_a_day_without_its_words() -> None:
    found = [entry for entry in entries_of("ppa") + entries_of("iik") + entries_of("mmo") if "Aftale" in entry.summary]
    assert found
    assert all(entry.summary.startswith("Frist: Aftale (aftalt ved ") for entry in found)


def test_that_a_month_is_to_be_measured_is_a_day_without_what_is_measured_of_whom() -> None:
    day = day_of("hop-2026-007")
    monthly = day.config.deadlines.model_copy(update={"monthly_registration": True})
    config = day.config.model_copy(update={"deadlines": monthly, "indicators_used": ("skolefravær", "a_behandling")})
    measured = FamilyDay.on(day.family, config, date(2026, 11, 25))
    own = " ".join(line.what for line in todo_lines(measured, family_status(measured)))
    said = [entry.summary for entry in entries_of("iik", [measured]) if "Månedens tal" in entry.summary]
    assert "Voksen 2: helbred" in own
    assert said == ["Frist: Månedens tal skrives (11-2026), sag 26-012345"]


def test_a_moved_meeting_keeps_its_uid() -> None:
    before = {entry.uid for entry in meetings(entries_of("iik", [day_of("hop-2026-007")]))}
    moved = day_of("hop-2026-007", ("date: 2026-11-24\n    start:", "date: 2026-11-25\n    start:"))
    after = meetings(entries_of("iik", [moved]))
    assert {entry.uid for entry in after} == before
    assert at(2026, 11, 25, 10) in {entry.starts for entry in after}


def test_every_entry_has_a_uid_of_its_own_and_no_invitation_s() -> None:
    uids = [entry.uid for entry in entries_of("iik")]
    assert len(uids) == len(set(uids))
    assert not set(uids) & {item.uid for day in map(day_of, FAMILIES) for item in wanted_meetings(day)}


def test_her_meetings_about_the_project_are_there() -> None:
    assert "Møde i arbejdsgruppen" in {entry.summary for entry in entries_of("iik")}
    assert "Styregruppemøde" not in {entry.summary for entry in entries_of("iik")}


def test_meetings_keep_the_clock_s_time_over_the_change_of_summer_time() -> None:
    entry = FeedEntry("a@b.example", "Møde", at(2026, 7, 1, 10), at(2026, 7, 1, 11))
    [event] = events([entry])
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
    assert event["dtstart"].dt.replace(tzinfo=None) == at(2026, 7, 1, 10)
    assert event["dtstart"].dt.astimezone(UTC) == datetime(2026, 7, 1, 8, tzinfo=UTC)


def test_in_another_zone_meetings_stand_in_utc() -> None:
    entry = FeedEntry("a@b.example", "Møde", at(2026, 7, 1, 10), at(2026, 7, 1, 11))
    assert events([entry], "Atlantic/Faroe")[0]["dtstart"].dt == datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_a_deadline_is_a_whole_day_that_keeps_nobody_busy() -> None:
    [event] = events([FeedEntry("a@b.example", "Frist", date(2026, 12, 1), date(2026, 12, 2))])
    assert (event["dtstart"].dt, event["dtend"].dt, event["transp"]) == (
        date(2026, 12, 1),
        date(2026, 12, 2),
        "TRANSPARENT",
    )


def test_lines_are_folded_ended_and_the_same_each_time() -> None:
    data = write_feed(entries_of("iik"), "Prøve", "Europe/Copenhagen", TODAY)
    assert data == write_feed(entries_of("iik"), "Prøve", "Europe/Copenhagen", TODAY)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)
