"""What is compared does the same work, and what cannot be compared is left out with a word."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bench.one_document import MEASURED, assert_equal, render, render_with_docxtpl
from bench.plain_letter import DATA, SYNTAXES, make_template, read_text
from bench.rivals import installation
from bench.samples import sample_documents
from bench.sender import ATTENDEES, MEETINGS_A_FAMILY, make_families, send
from bench.thousand_notices import mail_server, read_mails, send_with_smtplib
from hopdocs.clock import SystemClock
from hopdocs.rendering.template import compile_template_bytes

if TYPE_CHECKING:
    from pathlib import Path


def test_the_measured_documents_equal_those_of_docxtpl() -> None:
    documents = {document.stem: document for document in sample_documents()}
    for stem in MEASURED.values():
        assert_equal(render_with_docxtpl(documents[stem]), render(documents[stem]))


def test_unequal_documents_are_not_compared() -> None:
    one, other, *_ = sample_documents()
    with pytest.raises(ValueError, match="differ"):
        assert_equal(render(one), render(other))


def test_the_plain_letter_has_the_same_words_in_every_syntax() -> None:
    texts = [read_text(make_template(syntax)) for syntax in SYNTAXES]
    assert all("Plan for det næste halve år" in text for text in texts)
    letter = read_text(compile_template_bytes(make_template("jinja"), "letter.docx").render(DATA))
    assert all(row["what"] in letter for row in DATA["rows"])
    assert "Nadira Zamirandi & Tariq Zamirandi" in letter


def test_without_node_docxtemplater_is_left_out_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(installation, "_install_mailmerge", lambda: installation.Rival("m", (), "mailmerge"))
    monkeypatch.setattr(installation, "_install_rust_docxtpl", lambda: installation.Rival("r", (), "jinja"))
    found, missing = installation.install_rivals()
    assert [rival.name for rival in found] == ["m", "r"]
    assert missing == ["Left out: docxtemplater, since there is no Node.js on this machine"]


def test_the_notices_families_ask_for_as_many_as_are_counted() -> None:
    families = list(make_families(100, SystemClock().now()))
    assert sum(len(meeting.attendees) for family in families for meeting in family.meetings) == 100
    assert len(families) == 100 // (ATTENDEES * MEETINGS_A_FAMILY)


def test_smtplib_sends_the_very_bytes_that_hopdocs_sent(tmp_path: Path) -> None:
    with mail_server() as port:
        answer = send(port, ATTENDEES * MEETINGS_A_FAMILY, tmp_path / "ledger.db")
        mails = read_mails(tmp_path / "ledger.db")
        send_with_smtplib(port, mails)
    assert answer.keys() == {"plan", "deliver", "peak"}
    assert len(mails) == ATTENDEES * MEETINGS_A_FAMILY
    assert all(mime.startswith(b"From:") for _, mime in mails)
