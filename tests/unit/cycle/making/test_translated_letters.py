"""A letter in the reader's language is made beside the Danish one, and goes wherever that goes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cycle.making.test_archive import copies, deliver, kept, not_kept
from tests.unit.cycling import OUT, Desk, SetClock, actions, copy_example
from tests.unit.letters.word_text import all_text, parts_of
from tools.letters.build import TEMPLATES, build_template

if TYPE_CHECKING:
    from pathlib import Path

READS = ("    language: dari\n    interpreter: true\n    post: digital\n", "    post: digital\n    reads: engelsk\n")
DANISH = f"{OUT}/invitation-familieplan-nadira.docx"
ENGLISH = f"{OUT}/invitation-familieplan-nadira-oversat.docx"
PAGE = f"{OUT}/overblik.html"
TO_NADIRA = "{document: invitation, meeting: familieplan, to: [nadira], date: 2026-11-21, how: digital_post}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    (desk.root / "families/hop-2026-002.yaml").unlink()
    (desk.root / "templates").mkdir()
    desk.edit(*READS)
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    """A workspace in which Nadira reads English, on the day on which everything was made."""
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


def translated(desk: Desk) -> set[str]:
    return {path for path in desk.files() if path.endswith("-oversat.docx")}


def test_only_the_letters_of_who_reads_another_language_have_a_translation(desk: Desk) -> None:
    assert ENGLISH in translated(desk)
    assert {path.split("-")[-2] for path in translated(desk)} == {"nadira"}
    text = all_text(desk.files()[ENGLISH])
    assert "You are invited to a family plan meeting" in text
    assert "Tuesday, 24 November 2026" in text
    assert b"<dc:language>en-GB</dc:language>" in parts_of(desk.files()[ENGLISH])["docProps/core.xml"]
    assert b"<dc:language>da-DK</dc:language>" in parts_of(desk.files()[DANISH])["docProps/core.xml"]


def test_a_translation_comes_and_goes_and_bears_the_number_and_the_day_of_its_danish_letter(desk: Desk) -> None:
    before = desk.files()
    desk.edit("reads: engelsk", "reads: dansk")
    desk.cycle()
    assert desk.files() == {path: data for path, data in before.items() if "-oversat" not in path}
    desk.clock.pass_days(1)
    desk.edit('start: "10.00"', 'start: "10.30"')
    desk.cycle()
    desk.clock.pass_days(1)
    desk.edit("reads: dansk", "reads: engelsk")
    desk.cycle()
    assert "22.\u00a0november 2026  ·  Sagsnr. 26-012345  ·  Udgave 2" in all_text(desk.files()[DANISH])
    assert "22 November 2026  ·  Case no. 26-012345  ·  Edition 2" in all_text(desk.files()[ENGLISH])
    assert actions(desk.cycle(), "made") == set()


def test_a_template_that_is_laid_in_later_is_found_without_an_edit_of_the_family(desk: Desk) -> None:
    desk.edit("reads: engelsk", "reads: dari")
    desk.edit("    language: dari\n", "    language: persisk\n")
    report = desk.cycle()
    assert translated(desk) == set()
    assert [item.params["language"] for item in report.diagnostics if item.code == "HD691"] == ["dari"]
    (desk.root / "templates/invitation.fa.docx").write_bytes(build_template("invitation.en"))
    report = desk.cycle()
    assert {path.rpartition("/")[2].partition("-")[0] for path in translated(desk)} == {"invitation"}
    assert not [item for item in report.diagnostics if item.code == "HD691"]
    assert "نومبر" in all_text(desk.files()[ENGLISH])
    assert "نوامبر" in all_text(desk.files()[ENGLISH.replace("nadira", "tariq")])
    (desk.root / "templates/invitation.fa.docx").unlink()
    desk.cycle()
    assert translated(desk) == set()


def test_another_language_in_the_same_template_is_another_translation(desk: Desk) -> None:
    (desk.root / "templates/invitation.fa.docx").write_bytes(build_template("invitation.en"))
    for word, november in (("dari", "نومبر"), ("persisk", "نوامبر")):
        desk.edit("reads: " + ("engelsk" if word == "dari" else "dari"), f"reads: {word}")
        desk.cycle()
        assert november in all_text(desk.files()[ENGLISH])


def test_no_translation_is_begun_of_an_invitation_to_a_meeting_that_is_over(desk: Desk) -> None:
    desk.edit("    language: dari\n", "    language: engelsk\n")
    desk.clock.pass_days(5)
    (desk.root / ENGLISH).unlink()
    desk.cycle()
    tariqs = {path.rpartition("/")[2] for path in translated(desk)}
    assert "invitation-opfoelgning-1-tariq-oversat.docx" in tariqs
    assert "informationsbrev-tariq-oversat.docx" in tariqs
    assert "invitation-familieplan-tariq-oversat.docx" not in tariqs
    assert ENGLISH in translated(desk)  # begun in time, and made again where it was lost


def test_without_the_danish_letter_there_is_no_translation(desk: Desk, tmp_path: Path) -> None:
    fresh = copy_example(tmp_path / "fresh")
    fresh.edit(*READS)
    (fresh.root / "templates").mkdir()
    (fresh.root / "templates/invitation.docx").write_bytes(b"no Word file")
    report = fresh.cycle()
    assert DANISH not in fresh.files()
    assert ENGLISH not in fresh.files()
    assert "HD692" in {item.code for item in report.diagnostics}
    assert f"{OUT}/informationsbrev-nadira-oversat.docx" in fresh.files()
    assert ENGLISH in desk.files()


def test_what_keeps_a_letter_as_it_was_keeps_its_translation_so_too(desk: Desk) -> None:
    before = desk.files()
    template = desk.root / "templates/invitation.docx"
    template.write_bytes(b"no Word file")
    desk.edit('start: "10.00"', 'start: "10.30"')
    report = desk.cycle()
    assert (desk.files()[DANISH], desk.files()[ENGLISH]) == (before[DANISH], before[ENGLISH])
    assert "HD692" in {item.code for item in report.diagnostics}
    template.unlink()
    desk.cycle()
    assert "10.30" in all_text(desk.files()[DANISH])
    assert "10:30" in all_text(desk.files()[ENGLISH])


def test_an_address_that_is_written_later_is_in_no_translation_of_a_letter_that_was_given(desk: Desk) -> None:
    known, unknown = "contact: {address: Opdigtvej 44, postcode: 9999,", "contact: {postcode: 9999,"
    desk.edit(known, unknown)
    desk.cycle()
    before = desk.files()
    desk.edit(unknown, known)
    desk.cycle()
    for letter in (f"{OUT}/informationsbrev-nadira.docx", f"{OUT}/informationsbrev-nadira-oversat.docx"):
        assert desk.files()[letter] == before[letter], letter


def test_a_letter_that_is_open_in_word_is_not_run_ahead_of_by_its_translation(desk: Desk) -> None:
    before = desk.files()
    lock = desk.root / f"{OUT}/.~lock.invitation-familieplan-nadira.docx#"
    lock.write_text("open", "utf-8")
    desk.edit('start: "10.00"', 'start: "10.30"')
    desk.cycle()
    assert (desk.files()[DANISH], desk.files()[ENGLISH]) == (before[DANISH], before[ENGLISH])
    lock.unlink()
    desk.cycle()
    assert "10.30" in all_text(desk.files()[DANISH])
    assert "10:30" in all_text(desk.files()[ENGLISH])


def test_a_delivery_of_the_letter_keeps_its_translation_with_it(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    report = desk.cycle()
    begin = f"{OUT}/udleveret/2026-11-21-invitation-familieplan-nadira"
    assert copies(desk) == {f"{begin}.docx": desk.files()[DANISH], f"{begin}-oversat.docx": desk.files()[ENGLISH]}
    assert [(copy.kind, copy.edition) for copy in kept(desk)] == [("invitation", 1), ("invitation-oversat", 1)]
    assert not not_kept(report)
    desk.cycle()
    assert len(kept(desk)) == 2


def test_who_names_the_file_of_a_translation_has_delivered_the_letter(desk: Desk) -> None:
    shown = run(
        *("-w", desk.root, "--today", "2026-11-21", "delivered", "HOP-2026-007"),
        *("invitation-familieplan-nadira-oversat.pdf", "nadira", "--how", "paper"),
    )
    assert shown.code == 0, shown.err
    assert "invitation (familieplan) to nadira, 2026-11-21, paper" in shown.out


def test_a_new_wording_leaves_both_as_they_were_handed_over(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    before = desk.files()
    (desk.root / "templates/invitation.en.docx").write_bytes((TEMPLATES / "invitation.docx").read_bytes())
    desk.cycle()
    assert desk.files()[ENGLISH] == before[ENGLISH]
    assert desk.files()[DANISH] == before[DANISH]


def test_a_letter_handed_over_before_anybody_wrote_what_she_reads_has_no_translation_kept_and_no_fault(
    desk: Desk,
) -> None:
    desk.edit("reads: engelsk", "reads: dansk")
    desk.cycle()
    deliver(desk, TO_NADIRA)
    desk.cycle()
    desk.clock.pass_days(1)
    desk.edit("reads: dansk", "reads: engelsk")
    report = desk.cycle()
    assert [copy.kind for copy in kept(desk)] == ["invitation"]
    assert not not_kept(report)


def test_the_page_shows_the_translation_in_the_line_of_its_letter(desk: Desk) -> None:
    page = (desk.root / PAGE).read_text("utf-8")
    line = next(row for row in page.split("<tr>") if "sammen med: Invitation to a family plan meeting (engelsk)" in row)
    assert 'href="invitation-familieplan-nadira.docx"' in line
    assert 'href="invitation-familieplan-nadira-oversat.docx"' in line
