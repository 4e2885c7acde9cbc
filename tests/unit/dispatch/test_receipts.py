"""What the sender writes back counts once, changes the way of a letter, and is never dropped in silence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.dispatch.office import FAMILY, number_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.running import Run
    from tests.unit.dispatch.office import Office

AT = "2026-11-22T10:15:00Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "receipts"
    path.mkdir()
    return path


def _write(folder: Path, name: str, identity: str, status: str, at: str = AT) -> None:
    text = json.dumps({"id": identity, "status": status, "at": at})
    if name.endswith(".xml"):
        text = f"<receipt><id>{identity}</id><status>{status}</status><at>{at}</at></receipt>"
    (folder / name).write_text(text, "utf-8")


def _read(office: Office, folder: Path) -> Run:
    return office.dispatch("receipts", str(folder), "--format", "json")


def _told(ended: Run) -> list[tuple[str, str]]:
    return [(item["code"], item["path"]) for item in ended.shape["diagnostics"]]


@pytest.mark.parametrize("name", ["a.json", "a.xml"])
def test_a_letter_that_was_delivered_is_laid_ready_no_more(office: Office, folder: Path, name: str) -> None:
    office.dispatch()
    _write(folder, name, office.letter("yasmin")["id"], "delivered")
    ended = _read(office, folder)
    assert ended.code == 0
    (row,) = ended.shape["receipts"]
    assert (row["recipient"], row["status"], row["route"]) == ("yasmin", "delivered", "digital_post")
    office.dispatch()
    assert not any("invitation-familieplan-yasmin" in item for item in office.names())


def test_who_has_no_mailbox_gets_this_letter_on_paper(office: Office, folder: Path) -> None:
    office.know_numbers()
    office.dispatch()
    _write(folder, "a.json", office.letter("yasmin")["id"], "no_mailbox")
    _read(office, folder)
    ended = office.dispatch("--format", "json")
    letter = office.letter("yasmin")
    assert (letter["route"], letter["memo"], letter["address"][0]) == ("paper", None, "Yasmin Zamirandi")
    assert office.letter("yasmin", "opfoelgning-1")["route"] == "digital_post"
    assert "HD549" in {item["code"] for item in ended.shape["diagnostics"]}


def test_a_letter_that_could_not_be_sent_stays_and_is_told(office: Office, folder: Path) -> None:
    office.dispatch()
    _write(folder, "a.json", office.letter("yasmin")["id"], "failed")
    _read(office, folder)
    ended = office.dispatch("--format", "json")
    assert office.letter("yasmin")["route"] == "digital_post"
    assert "HD547" in {item["code"] for item in ended.shape["diagnostics"]}


def test_an_edition_made_anew_is_another_letter(office: Office, folder: Path) -> None:
    office.dispatch()
    _write(folder, "a.json", office.letter("yasmin")["id"], "delivered")
    _read(office, folder)
    office.desk.edit('start: "10.00"\n    end: "12.00"', 'start: "10.30"\n    end: "12.00"')
    office.build()
    office.dispatch()
    assert office.letter("yasmin")["edition"] == 2


def test_the_same_file_counts_once(office: Office, folder: Path) -> None:
    office.dispatch()
    _write(folder, "a.json", office.letter("yasmin")["id"], "delivered")
    _read(office, folder)
    again = _read(office, folder)
    assert (again.code, again.shape["receipts"], again.shape["known"]) == (0, [], 1)


def test_a_doubled_receipt_and_one_that_denies_are_told_and_the_later_counts(office: Office, folder: Path) -> None:
    office.dispatch()
    identity = office.letter("yasmin")["id"]
    _write(folder, "a.json", identity, "delivered")
    _write(folder, "b.json", identity, "delivered", "2026-11-22T10:16:00Z")
    _write(folder, "c.json", identity, "no_mailbox", "2026-11-22T10:17:00+01:00")
    ended = _read(office, folder)
    assert ended.code == 1
    assert _told(ended) == [("HD548", "b.json"), ("HD548", "c.json")]
    office.dispatch()
    assert not any("invitation-familieplan-yasmin" in item for item in office.names())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "[]"),
        ("a.json", '{"receipts": []}'),
        ("a.json", '{"id": 1, "status": "delivered", "at": "2026-11-22T10:15:00Z"}'),
        ("a.json", '{"id": "1", "status": "sent", "at": "2026-11-22T10:15:00Z"}'),
        ("a.json", '{"id": "1", "status": "delivered", "at": "2026-11-22T10:15:00"}'),
        (
            "a.json",
            '{"id": "00000000-0000-5000-8000-000000000000", "status": "delivered", "at": "2026-11-22T10:15:00Z"}',
        ),
        ("a.json", '{"id": "1", "status": "delivered", "at": "0001-01-01T00:00:00+01:00"}'),
        ("a.xml", "<receipts/>"),
        ("a.xml", "<receipt><id>1</id></receipt>"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><receipt><id>&b;</id></receipt>'),
        ("a.txt", "delivered"),
    ],
)
def test_what_is_of_no_use_is_told(office: Office, folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")
    ended = _read(office, folder)
    assert (ended.code, _told(ended)) == (1, [("HD649", name)])


def test_a_receipt_of_a_day_still_to_come_is_told_and_changes_nothing(office: Office, folder: Path) -> None:
    office.dispatch()
    _write(folder, "a.json", office.letter("yasmin")["id"], "delivered", "2036-11-22T10:15:00Z")
    ended = _read(office, folder)
    assert (ended.code, ended.shape["receipts"], _told(ended)) == (1, [], [("HD649", "a.json")])


def test_a_link_to_somewhere_else_is_not_followed(office: Office, folder: Path, tmp_path: Path) -> None:
    _write(tmp_path, "elsewhere.json", "1", "delivered")
    (folder / "a.json").symlink_to(tmp_path / "elsewhere.json")
    assert _told(_read(office, folder)) == [("HD649", "a.json")]


def test_a_number_in_a_files_name_is_not_repeated(office: Office, folder: Path) -> None:
    number = number_of("yasmin")
    office.dispatch()
    _write(folder, f"{number}.json", office.letter("yasmin")["id"], "delivered")
    ended = _read(office, folder)
    assert number not in ended.out
    assert number.encode() not in (office.root / ".hopdocs/ledger.db").read_bytes()


def test_the_log_and_the_status_tell_what_came_of_a_letter(office: Office, folder: Path) -> None:
    office.dispatch()
    _write(folder, "a.json", office.letter("yasmin")["id"], "no_mailbox")
    _read(office, folder)
    assert "invitation familieplan, yasmin: no mailbox, goes on paper" in office.look("log", FAMILY).out
    assert "invitation familieplan, yasmin: no mailbox, goes on paper" in office.look("status").out
    (row,) = office.look("status", "--format", "json").shape["families"]
    assert row["receipts"] == [
        {
            "document": "invitation",
            "meeting": "familieplan",
            "recipient": "yasmin",
            "edition": 1,
            "route": "digital_post",
            "status": "no_mailbox",
            "at": "2026-11-22T10:15:00+00:00",
        }
    ]


def test_the_line_that_belongs_under_deliveries_is_shown_and_takes_the_letter_off_the_list(
    office: Office, folder: Path
) -> None:
    office.dispatch()
    _write(folder, "a.json", office.letter("yasmin")["id"], "delivered", "2026-11-20T23:30:00Z")
    line = office.dispatch("receipts", str(folder)).out.splitlines()[2].strip()
    assert line == "- {document: invitation, meeting: familieplan, to: [yasmin], date: 2026-11-21, how: digital_post}"
    path = office.root / f"families/{FAMILY}.yaml"
    path.write_text(f"{path.read_text('utf-8')}\ndeliveries:\n  {line}\n", "utf-8")
    assert office.look("check").code == 0
