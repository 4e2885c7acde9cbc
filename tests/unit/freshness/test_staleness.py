"""What is stale, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hopdocs.freshness.fingerprint import Digest
from hopdocs.freshness.staleness import (
    NEW,
    Change,
    DocumentKey,
    FileState,
    Format,
    Reason,
    Record,
    Want,
    kept_reason,
    may_remove,
    why_pdf_stale,
    why_stale,
)
from hopdocs.freshness.versions import Version, number_version

KEY = DocumentKey("HOP-2026-007", "invitation", "familieplan", "nadira")
DAY = date(2026, 11, 21)
EDIT = Change(family=True, config=False)
NOTHING = Change(family=False, config=False)
WANT = Want(
    key=KEY,
    name="invitation-familieplan-nadira.docx",
    title="Invitation",
    template="invitation.docx",
    template_digest=Digest("t1"),
    software="hopdocs 1",
    fields={"meeting": Digest("m1"), "recipient": Digest("r1")},
    content=Digest("c1"),
    whole=Digest("w1"),
    version=1,
    day=DAY,
)
RECORD = Record(
    key=KEY,
    format=Format.DOCX,
    name=WANT.name,
    title=WANT.title,
    template=WANT.template,
    template_digest=WANT.template_digest,
    software=WANT.software,
    fields=WANT.fields,
    whole=WANT.whole,
    version=1,
    day=DAY,
    digest="d1",
    source="",
    reason=NEW,
    made_at="",
)
MOVED = {"meeting": Digest("m2"), "recipient": Digest("r1")}


@pytest.mark.parametrize(
    ("want", "file_state", "change", "code"),
    [
        (WANT, FileState.OURS, EDIT, None),
        (WANT, FileState.MISSING, NOTHING, "HD555"),
        (WANT, FileState.BY_HAND, NOTHING, "HD556"),
        (replace(WANT, fields=MOVED, whole=Digest("w2")), FileState.OURS, EDIT, "HD551"),
        (replace(WANT, fields=MOVED, whole=Digest("w2")), FileState.BY_HAND, EDIT, "HD551"),
        (replace(WANT, fields=MOVED, whole=Digest("w2")), FileState.OURS, Change(family=False, config=True), "HD553"),
        (replace(WANT, fields=MOVED, whole=Digest("w2")), FileState.OURS, NOTHING, "HD572"),
        (replace(WANT, whole=Digest("w2")), FileState.OURS, EDIT, None),
        (replace(WANT, template_digest=Digest("t2")), FileState.OURS, NOTHING, "HD552"),
        (replace(WANT, template_digest=Digest("t2"), fields={}), FileState.OURS, NOTHING, "HD552"),
        (replace(WANT, software="hopdocs 2"), FileState.OURS, NOTHING, "HD554"),
        (replace(WANT, version=2), FileState.OURS, NOTHING, "HD570"),
    ],
)
def test_each_cause_has_its_reason(want: Want, file_state: FileState, change: Change, code: str | None) -> None:
    found = why_stale(want, RECORD, file_state, change)
    assert (found.code if found else None) == code


def test_a_document_without_a_record_is_new() -> None:
    assert why_stale(WANT, None, FileState.MISSING, EDIT) == NEW


def test_a_document_whose_file_is_called_otherwise_now_is_made_anew() -> None:
    renamed = replace(RECORD, name="invitation-familieplan-nadira-2.docx")
    assert why_stale(WANT, renamed, FileState.OURS, NOTHING) == NEW


def test_a_changed_field_is_named() -> None:
    want = replace(WANT, fields=MOVED, whole=Digest("w2"))
    assert why_stale(want, RECORD, FileState.OURS, EDIT) == Reason("HD551", {"fields": "meeting"})


@pytest.mark.parametrize(
    "changed", [{"template_digest": Digest("t2")}, {"software": "hopdocs 2"}, {"version": 2}, {"template": "x.docx"}]
)
def test_what_is_final_is_not_remade_by_template_or_version(changed: dict[str, object]) -> None:
    want = replace(WANT, is_final=True, **changed)  # type: ignore[arg-type]
    assert why_stale(want, RECORD, FileState.OURS, EDIT) is None
    moved = replace(want, fields=MOVED, whole=Digest("w2"))
    assert why_stale(moved, RECORD, FileState.OURS, Change(family=False, config=True)) is None
    assert why_stale(moved, RECORD, FileState.OURS, NOTHING) is None
    assert why_stale(moved, RECORD, FileState.OURS, EDIT) is not None


def test_being_kept_says_whether_it_is_final() -> None:
    want = replace(WANT, is_final=True, template_digest=Digest("t2"))
    assert kept_reason(want, replace(RECORD, is_final=True)).code == "HD561"
    assert kept_reason(WANT, RECORD).code == "HD559"


def test_the_same_word_file_needs_no_pdf() -> None:
    pdf = replace(RECORD, format=Format.PDF, source="s1", software="LibreOffice 7")
    ours, same = FileState.OURS, "LibreOffice 7"
    assert why_pdf_stale("s1", pdf, ours, same, is_final=False) is None
    assert why_pdf_stale("s2", pdf, ours, same, is_final=False) == Reason("HD567")
    assert why_pdf_stale("s1", pdf, FileState.MISSING, same, is_final=False) == Reason("HD555")
    assert why_pdf_stale("s1", pdf, ours, "LibreOffice 8", is_final=False) is not None
    assert why_pdf_stale("s1", pdf, ours, "LibreOffice 8", is_final=True) is None


def test_only_an_edit_or_a_withdrawal_removes() -> None:
    assert not may_remove(NOTHING, is_withdrawn=False)
    assert may_remove(NOTHING, is_withdrawn=True)
    assert may_remove(EDIT, is_withdrawn=False)


def test_versions_count_contents_and_keep_their_day() -> None:
    first = number_version(None, Digest("c1"), Digest("w1"), DAY)
    later = date(2026, 12, 1)
    assert first == Version(1, DAY, "c1", "w1")
    assert number_version(first, Digest("c1"), Digest("w2"), later) == first
    assert number_version(first, Digest("c2"), Digest("w1"), later) == first  # another template, the same data
    assert number_version(first, Digest("c2"), Digest("w2"), later) == Version(2, later, "c2", "w2")


def test_a_paper_is_made_on_the_day_that_it_is_where_the_municipality_is() -> None:
    at_night = replace(RECORD, made_at="2026-11-20T23:30:00+00:00")
    assert at_night.made_on("Europe/Copenhagen") == date(2026, 11, 21)
    assert at_night.made_on("America/Nuuk") == date(2026, 11, 20)
