"""What belongs on the shared case is listed with its files, and once: what is marked as filed comes never again."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.dispatch.journal_files import safe_cell
from hopdocs.freshness.delivered import DeliveredCopies, DeliveredCopy
from hopdocs.freshness.fingerprint import digest_bytes
from tests.unit.dispatch.office import FAMILY

if TYPE_CHECKING:
    from tests.unit.cli.running import Run
    from tests.unit.dispatch.office import Office

PLAN = b"%PDF-1.7 the plan that was handed over"


@pytest.fixture
def filed(office: Office) -> Office:
    """An office where two have got a plan, and one has signed."""
    kept = office.root / f"out/{FAMILY}/udleveret"
    kept.mkdir()
    (kept / "2026-11-20-familieplan.pdf").write_bytes(PLAN)
    (kept / "2026-11-20-familieplan.docx").write_bytes(b"the same in Word")
    attachments = office.root / f"families/{FAMILY}"
    attachments.mkdir(exist_ok=True)
    (attachments / "samtykke.pdf").write_bytes(b"%PDF-1.7 signed")
    office.desk.edit("received_by: yym}", "received_by: yym, form: samtykke.pdf}")
    hand_over(office, "nadira", "yasmin")
    return office


def hand_over(office: Office, *members: str, day: date = date(2026, 11, 20)) -> None:
    files = (
        ("2026-11-20-familieplan.docx", digest_bytes(b"the same in Word")),
        ("2026-11-20-familieplan.pdf", digest_bytes(PLAN)),
    )
    with closing(sqlite3.connect(office.root / ".hopdocs/ledger.db", isolation_level=None)) as connection:
        copies = DeliveredCopies(connection)
        copies.prepare()
        copies.keep(
            DeliveredCopy("HOP-2026-007", "familieplan", "familieplan", "", 2, day, "paper", who, FAMILY, files)
            for who in members
        )


def _list(office: Office, *words: str) -> Run:
    return office.dispatch("journal", *words, "--format", "json")


def _table(office: Office) -> list[dict[str, str]]:
    data = (office.root / "out/_journal/journal.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_what_went_out_and_what_came_in_is_listed_by_day_with_its_file(filed: Office) -> None:
    assert _list(filed).code == 0
    signed, plan = _table(filed)
    assert signed["Titel"] == "Underskrevet samtykkeerklæring"
    assert (signed["Retning"], signed["Parter"], signed["Dato"]) == ("ind", "barn yasmin", "2026-09-22")
    assert plan["Titel"] == "Familieplan, familieplansmøde"
    assert (plan["Retning"], plan["Parter"]) == ("ud", "forælder nadira, barn yasmin")
    assert (plan["Sagsnummer"], plan["KLE"], plan["Udgave"]) == ("26-012345", "27.06.00 G01", "2")
    assert plan["SHA-256"] == hashlib.sha256(PLAN).hexdigest()
    assert (filed.root / "out/_journal" / plan["Fil"]).read_bytes() == PLAN


def test_listing_twice_gives_the_same_list(filed: Office) -> None:
    first, second = _list(filed), _list(filed)
    assert first.shape == second.shape
    assert len(second.shape["rows"]) == 2


def test_what_is_marked_is_listed_no_more_and_its_copies_go(filed: Office) -> None:
    _list(filed)
    marked = _list(filed, "--mark")
    assert (marked.shape["marked"], marked.shape["rows"]) == (2, [])
    assert not [path for path in (filed.root / "out/_journal").rglob("*") if path.is_file()]
    assert (filed.root / f"out/{FAMILY}/udleveret/2026-11-20-familieplan.pdf").is_file()


def test_only_what_the_list_named_is_marked(filed: Office) -> None:
    _list(filed)
    hand_over(filed, "tariq")
    marked = _list(filed, "--mark")
    (row,) = marked.shape["rows"]
    assert (marked.shape["marked"], row["parties"]) == (2, ["forælder tariq"])


def test_a_mark_without_a_list_marks_nothing(filed: Office) -> None:
    marked = _list(filed, "--mark")
    assert (marked.shape["marked"], len(marked.shape["rows"])) == (0, 2)


def test_a_list_that_is_not_ours_is_refused(filed: Office) -> None:
    _list(filed)
    (filed.root / "out/_journal/journal.json").write_text('{"rows": 1}', "utf-8")
    assert _list(filed, "--mark").code == 2


def test_a_copy_that_is_not_what_was_handed_over_is_told_and_left_out(filed: Office) -> None:
    (filed.root / f"out/{FAMILY}/udleveret/2026-11-20-familieplan.pdf").write_bytes(b"%PDF-1.7 another")
    ended = filed.dispatch("journal")
    assert "2026-11-20-familieplan.pdf" in ended.err
    assert [row["Retning"] for row in _table(filed)] == ["ind"]


def test_drafts_are_listed_only_if_asked_for_and_never_marked(filed: Office) -> None:
    _list(filed)
    _list(filed, "--mark")
    drafts = _list(filed, "--drafts").shape["rows"]
    assert drafts
    assert {row["status"] for row in drafts} == {"kladde"}
    assert _list(filed, "--mark").shape["marked"] == 0
    assert len(_list(filed, "--drafts").shape["rows"]) == len(drafts)


def test_a_listed_draft_goes_with_its_paper_and_what_was_handed_over_stays(filed: Office) -> None:
    _list(filed, "--drafts")
    copies = filed.root / f"out/_journal/filer/{FAMILY}"
    assert (copies / "invitation-familieplan-nadira.pdf").is_file()
    filed.desk.edit('start: "10.00"\n    end: "12.00"', 'start: "10.30"\n    end: "12.00"')
    filed.build()
    assert not (copies / "invitation-familieplan-nadira.pdf").exists()
    assert {"2026-11-20-familieplan.pdf", "samtykke.pdf"} <= {path.name for path in copies.iterdir()}


@pytest.mark.parametrize("text", ["=1+1", "+45", "-1", "@SUM(A1)", " =1+1", "\t=1", "|calc"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_the_list_says_the_same_to_programs(filed: Office) -> None:
    ended = _list(filed)
    shape = json.loads((filed.root / "out/_journal/journal.json").read_text("utf-8"))
    assert shape["rows"] == ended.shape["rows"]
    assert shape["version"] == 1
