"""A message of Digital Post says what the format's elements say, in their order, and nothing more."""

from __future__ import annotations

import base64
from datetime import date, time
from typing import TYPE_CHECKING

from hopdocs.dispatch.message import reservation_id, utc_moment
from hopdocs.notices.wanted import derive_uid
from tests.unit.dispatch.memo_format import find_leftovers
from tests.unit.dispatch.office import FAMILY, MEMO, READY, read_message

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from tests.unit.dispatch.office import Office


def _texts(root: ET.Element, name: str) -> list[str]:
    return [item.text or "" for item in root.iter(f"{MEMO}{name}")]


def test_every_message_is_of_the_format_with_nothing_left_over(office: Office) -> None:
    office.configure('survey: {url: "https://survey.example/a?b=1&c=2"}')
    office.know_numbers()
    office.dispatch()
    found = list((office.root / READY).rglob("besked.xml"))
    assert len(found) == 4
    assert [leftover for path in found for leftover in find_leftovers(read_message(path))] == []


def test_every_element_has_a_prefix(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    text = (office.root / READY / office.letter("nadira")["memo"]).read_text("utf-8")
    assert "<memo:Message xmlns:memo=" in text
    assert "xmlns=" not in text


def test_the_subject_names_nobody(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    header = office.message("nadira").find(f"{MEMO}MessageHeader")
    assert header is not None
    assert header.findtext(f"{MEMO}label") == "Invitation til familieplansmøde"


def test_the_documents_are_those_of_the_output_folder(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    message = office.message("nadira")
    assert _texts(message, "filename") == ["invitation-familieplan-nadira.pdf", "dagsorden-familieplan.pdf"]
    contents = [base64.b64decode(text) for text in _texts(message, "content")]
    folder = office.root / "out" / FAMILY
    assert contents == [(folder / name).read_bytes() for name in _texts(message, "filename")]


def test_the_meeting_goes_along_in_utc(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    reservation = office.message("nadira").find(f".//{MEMO}Reservation")
    assert reservation is not None
    assert reservation.findtext(f"{MEMO}startDateTime") == "2026-11-24T09:00:00Z"
    assert reservation.findtext(f"{MEMO}endDateTime") == "2026-11-24T11:00:00Z"
    assert reservation.findtext(f"{MEMO}abstract") == "Familieplansmøde"


def test_summer_time_is_counted() -> None:
    assert utc_moment(date(2026, 6, 30), time(10), "Europe/Copenhagen") == "2026-06-30T08:00:00Z"


def test_a_moved_meeting_keeps_its_place_in_the_calendar_and_is_another_message(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    before = office.message("nadira")
    office.desk.edit('start: "10.00"\n    end: "12.00"', 'start: "10.30"\n    end: "12.00"')
    office.build()
    office.dispatch()
    after = office.message("nadira")
    assert _texts(before, "reservationUUID") == _texts(after, "reservationUUID")
    assert _texts(before, "messageUUID") != _texts(after, "messageUUID")
    assert _texts(after, "startDateTime")[0] == "2026-11-24T09:30:00Z"


def test_the_calendar_entry_is_known_by_the_one_that_the_team_has() -> None:
    uid = derive_uid("HOP-2026-007", "familieplan", "vesterlyng.example")
    assert reservation_id(uid) == reservation_id(derive_uid("HOP-2026-007", "familieplan", "andet.example"))
    assert reservation_id(uid) != reservation_id(derive_uid("HOP-2026-007", "formoede", "vesterlyng.example"))


def test_a_letter_that_calls_a_meeting_off_puts_nothing_in_the_calendar(office: Office) -> None:
    office.know_numbers()
    office.desk.edit("  - id: familieplan\n", "  - id: familieplan\n    status: cancelled\n    reason: Sygdom\n")
    office.build()
    office.dispatch()
    message = office.message("nadira")
    assert _texts(message, "actionCode") == []
    assert _texts(message, "filename") == ["invitation-familieplan-nadira.pdf"]
    assert "aflyst" in _texts(message, "label")[0]
