"""The calendar part: what clients read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.kinds.cancellation import CANCELLATION
from hopdocs.notices.mail.calendar import TIMEZONE_BLOCK, _write, compose_calendar
from hopdocs.notices.planning.revisions import plan_revisions
from hopdocs.notices.record import Answer
from hopdocs.notices.wanted import Attendee, WantedFamily
from tests.unit.notices.samples import FAMILY, NOW, RIGMOR, World, read_calendar, sample_meeting

if TYPE_CHECKING:
    from hopdocs.notices.record import NewNotice
    from hopdocs.notices.wanted import WantedMeeting


def invitation(meeting: WantedMeeting) -> NewNotice:
    return plan_revisions([WantedFamily(FAMILY, (meeting,))], World().ledger.view(), NOW).notices[0]


def test_lines_end_in_crlf_and_hold_at_most_75_octets() -> None:
    """Acceptance case 1."""
    data = compose_calendar(invitation(sample_meeting(place="Æ" * 200)))
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


@given(st.lists(st.sampled_from(["a", "æ", "😀", "\\", "^", "€", " ", "abcdefghij"]), max_size=90).map("".join))
def test_lines_are_folded_as_the_library_folds_them(line: str) -> None:
    event = icalendar.Event()
    event.add("description", line)
    event.add("attendee", icalendar.vCalAddress("mailto:x@vesterlyng.example", params={"CN": line}))
    assert _write(event) == event.to_ical()


def test_the_same_notice_gives_the_same_bytes() -> None:
    notice = invitation(sample_meeting())
    assert compose_calendar(notice) == compose_calendar(notice)


def test_danish_letters_and_marks_survive() -> None:
    """Acceptance case 3."""
    who = Attendee("aa@vesterlyng.example", 'Åge "Æble" Ørsted; med, tegn: og ^')
    meeting = sample_meeting(place='Ærø; lokale 1, "2" \\ n', title="Møde, æøå; 😀", attendees=(who,))
    event = icalendar.Calendar.from_ical(compose_calendar(invitation(meeting))).walk("VEVENT")[0]
    assert str(event["LOCATION"]) == meeting.place
    assert str(event["SUMMARY"]) == "Møde, æøå; 😀, sag 26-012345"
    assert event["ATTENDEE"].params["CN"] == "Åge 'Æble' Ørsted; med, tegn: og ^"


@pytest.mark.parametrize("text", [r"S:\Nadira\Net", r"C:\\Nord; \n, \N", "\\N", "Slutter med \\"])
def test_a_backslash_before_a_letter_is_no_line_break(text: str) -> None:
    event = icalendar.Calendar.from_ical(compose_calendar(invitation(sample_meeting(place=text, title=text))))
    (meeting,) = event.walk("VEVENT")
    assert (str(meeting["LOCATION"]), str(meeting["SUMMARY"])) == (text, f"{text}, sag 26-012345")
    assert text in str(meeting["DESCRIPTION"])


@pytest.mark.parametrize("text", ["Møde\r\nATTENDEE:mailto:x@y.example", "Møde\nX-A:1", "Møde\u2028X", "Møde\x00"])
def test_a_line_break_in_a_text_starts_no_property(text: str) -> None:
    """Acceptance case 37."""
    who = replace(RIGMOR, name=text)
    meeting = sample_meeting(title=text, place=text, case_number=text, contact=text, attendees=(who,))
    calendar = icalendar.Calendar.from_ical(compose_calendar(invitation(meeting)))
    event = calendar.walk("VEVENT")[0]
    assert "X-A" not in event
    assert not isinstance(event["ATTENDEE"], list)


def test_the_zone_is_rules_only() -> None:
    """Acceptance case 4: Outlook ignores a list of dates."""
    assert b"RDATE" not in TIMEZONE_BLOCK
    assert TIMEZONE_BLOCK.count(b"RRULE") == 2


@pytest.mark.parametrize(
    "day",
    ["2026-03-28", "2026-03-30", "2026-10-24", "2026-10-26", "2027-03-27", "2027-03-29", "2027-10-30", "2027-11-01"],
)
def test_meetings_on_both_sides_of_a_clock_change_are_at_the_right_moment(day: str) -> None:
    """Acceptance case 4, by the zone's own rules and not by the zone's name."""
    local = datetime.fromisoformat(f"{day}T10:00:00")
    meeting = sample_meeting(starts=local, ends=local + timedelta(hours=1))
    notice = replace(invitation(sample_meeting()), facts=meeting)
    calendar = icalendar.Calendar.from_ical(compose_calendar(notice))
    zone = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)  # type: ignore[attr-defined]
    by_rules = local.replace(tzinfo=zone).astimezone(UTC)
    assert by_rules == local.replace(tzinfo=ZoneInfo("Europe/Copenhagen")).astimezone(UTC) == meeting.starts_at


def test_a_new_place_keeps_the_answers_and_a_new_time_asks_again() -> None:
    """Acceptance cases 6 and 7."""
    world = World()
    meeting = sample_meeting()
    world.tell(meeting)
    answer = Answer(meeting.uid, RIGMOR.email, "ACCEPTED", 0, meeting.time_key, NOW)
    Inbox(world.ledger).keep_answer(answer, world.ledger.of_uid(meeting.uid)[0].id, NOW, "<a@b.example>")
    in_place = world.event(world.save(replace(meeting, place="Et andet sted"))[0])
    assert sorted(person.params["PARTSTAT"] for person in in_place["ATTENDEE"]) == ["ACCEPTED", "NEEDS-ACTION"]
    assert in_place["SEQUENCE"] == 1
    later = meeting.starts + timedelta(days=1)
    in_time = world.event(world.save(replace(meeting, starts=later, ends=later + timedelta(hours=1)))[0])
    assert {person.params["PARTSTAT"] for person in in_time["ATTENDEE"]} == {"NEEDS-ACTION"}


def test_the_organizer_is_the_sender() -> None:
    world = World()
    record = world.save(sample_meeting())[0]
    assert str(world.event(record)["ORGANIZER"]) == "mailto:hop@vesterlyng.example"
    assert b'From: "Vesterlyng Kommune, helhedsorienterede planer" <hop@vesterlyng.example>' in world.ledger.mime(
        record.id
    )


def test_no_alarm_no_attachment_no_html() -> None:
    world = World()
    data = read_calendar(world.ledger.mime(world.save(sample_meeting())[0].id))
    assert not any(word in data for word in (b"VALARM", b"ATTACH", b"X-ALT-DESC"))


def test_a_whole_cancellation_lists_everybody_who_holds_it() -> None:
    world = World()
    world.tell(sample_meeting())
    record = world.save(sample_meeting(status="cancelled"))[0]
    event = world.event(record)
    assert record.kind is CANCELLATION
    assert sorted(map(str, event["ATTENDEE"])) == ["mailto:ppa@vesterlyng.example", "mailto:rri@vesterlyng.example"]


def test_a_trial_makes_entries_of_its_own() -> None:
    """Whoever looks at the trial box may be invited herself: the real invitation must not look out of date to her."""
    world, real = World(channel="prove@vesterlyng.example"), World()
    for place in ("Salen", "Ternen", "Havørnen"):
        world.tell(sample_meeting(place=place))
    trial = [world.event(item) for item in world.ledger.of_family(FAMILY)]
    (invitation, _) = real.save(sample_meeting())
    uids = [str(event["UID"]) for event in trial]
    assert len(set(uids)) == 2
    assert str(real.event(invitation)["UID"]) not in uids
    assert all(uid.endswith("@vesterlyng.example") for uid in uids)
    assert {str(event["SUMMARY"]) for event in trial} == {"[Prøve] Familieplansmøde, sag 26-012345"}
