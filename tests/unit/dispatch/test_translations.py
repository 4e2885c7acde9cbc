"""A letter and its translation leave in one envelope, the letter that applies first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.dispatch.office import FAMILY, MEMO

if TYPE_CHECKING:
    from tests.unit.dispatch.office import Office

READS = ("    language: dari\n", "    language: dari\n    reads: engelsk\n")


@pytest.fixture
def english(office: Office) -> Office:
    """Nadira and Tariq read English."""
    office.desk.edit(*READS, f"families/{FAMILY}.yaml")
    office.build()
    return office


def test_the_translation_lies_behind_the_letter_in_its_envelope(english: Office) -> None:
    english.dispatch()
    files = [file["file"].rpartition("/")[2] for file in english.letter("nadira")["attachments"]]
    assert files[0] == "invitation-familieplan-nadira-oversat.pdf"
    assert english.letter("nadira")["document"] == "invitation"
    assert "invitation-oversat" not in {item["document"] for item in english.manifest()["letters"]}


def test_the_message_says_of_each_file_what_it_is_written_in(english: Office) -> None:
    english.know_numbers()
    english.dispatch()
    files = english.message("nadira").iter(f"{MEMO}File")
    languages = {file.findtext(f"{MEMO}filename"): file.findtext(f"{MEMO}language") for file in files}
    assert languages["invitation-familieplan-nadira.pdf"] == "da"
    assert languages["invitation-familieplan-nadira-oversat.pdf"] == "en"


def test_no_letter_leaves_without_its_translation(english: Office) -> None:
    (english.root / f"out/{FAMILY}/invitation-familieplan-nadira-oversat.pdf").unlink()
    told = english.dispatch()
    assert "invitation-familieplan-nadira-oversat" in told.out + told.err
    assert "HD544" in told.out + told.err
    waiting = {
        item["recipient"]
        for item in english.manifest()["letters"]
        if (item["document"], item["meeting"]) == ("invitation", "familieplan")
    }
    assert waiting == {"tariq", "yasmin"}


def titles(office: Office, *words: str) -> dict[str, str]:
    """What the journal calls each paper, and which way that went."""
    rows = office.dispatch("journal", *words, "--format", "json").shape["rows"]
    return {row["title"]: row["direction"] for row in rows}


def test_the_journal_has_both_in_danish(english: Office) -> None:
    drafts = titles(english, "--drafts")
    assert {"Invitation til familieplansmøde", "Invitation, oversat, familieplansmøde"} <= drafts.keys()
    assert "Invitation to a family plan meeting (engelsk)" not in drafts
    path = english.root / f"families/{FAMILY}.yaml"
    line = "{document: invitation, meeting: familieplan, to: [nadira], date: 2026-11-21, how: paper}"
    path.write_text(f"{path.read_text('utf-8')}\ndeliveries:\n  - {line}\n", "utf-8")
    english.build()
    sent = [title for title, direction in titles(english).items() if direction == "ud"]
    assert sent == ["Invitation, familieplansmøde", "Invitation, oversat, familieplansmøde"]
