from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions
from hopdocs.freshness.cache import Cache, CacheDamaged
from hopdocs.operator_file import read_config_text
from hopdocs.serving.lines import paper
from hopdocs.serving.lines.paper import PaperDesk, PaperView
from hopdocs.serving.request import Refused
from hopdocs.workspace import open_workspace
from tests.unit.cycling import FAMILY, copy_example
from tests.unit.serving.lines.built import FOLDER, build_with_pdfs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.unit.cycling import Desk

NAME = "invitation-familieplan-nadira.pdf"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return build_with_pdfs(tmp_path_factory.mktemp("papers") / "workspace")


@pytest.fixture
def desk(built: Desk) -> Iterator[Desk]:
    """The same workspace for each test, its family's file put back behind it."""
    before = (built.root / FAMILY).read_bytes()
    config = (built.root / "config.yaml").read_bytes()
    yield built
    (built.root / FAMILY).write_bytes(before)
    (built.root / "config.yaml").write_bytes(config)


@pytest.fixture(scope="module")
def papers(built: Desk) -> PaperDesk:
    workspace = open_workspace(built.root)
    return PaperDesk(workspace, built.clock, read_config_text(workspace))


def said(view: PaperView) -> str:
    return "\n".join(line.text for block in view.blocks for line in block.lines)


def test_a_paper_is_told_with_its_name_its_file_and_its_lines(desk: Desk, papers: PaperDesk) -> None:
    view = papers.look_up(FOLDER, NAME)
    assert view.title == "Invitation til familieplansmøde 24.11.2026, Nadira Zamirandi"
    assert (view.source, view.template, view.note) == (FAMILY, "templates/invitation.docx", "")
    assert "    name: Nadira Zamirandi" in said(view)
    lines = (desk.root / FAMILY).read_text("utf-8").split("\n")
    for block in view.blocks:
        for line in block.lines:
            assert lines[line.number - 1].startswith(line.text.partition("…")[0])
    assert NAME not in {other.file for other in view.others}
    assert {other.file for other in view.others} >= {"invitation-familieplan-tariq.pdf", "familieplan-nadira.pdf"}


def test_beside_a_translation_stand_the_lines_of_its_danish_letter(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit("    name: Nadira Zamirandi\n", "    name: Nadira Zamirandi\n    reads: engelsk\n")
    desk.cycle(CycleOptions(families=(FAMILY,), jobs=1))
    workspace = open_workspace(desk.root)
    papers = PaperDesk(workspace, desk.clock, read_config_text(workspace))
    view = papers.look_up(FOLDER, NAME.replace(".pdf", "-oversat.pdf"))
    assert (view.template, view.note) == ("templates/invitation.en.docx", "")
    assert view.blocks == papers.look_up(FOLDER, NAME).blocks
    assert "    name: Nadira Zamirandi" in said(view)
    desk.edit("Vi vil gerne tale om Samis skole.", "Vi vil gerne tale om Samis fritid.")
    assert papers.look_up(FOLDER, NAME.replace(".pdf", "-oversat.pdf")).note.startswith("Filen er ændret")


def test_a_file_that_says_something_else_by_now_is_told_and_one_that_does_not_is_not(
    desk: Desk, papers: PaperDesk
) -> None:
    desk.edit("Vi vil gerne tale om Samis skole.", "Vi vil gerne tale om Samis fritid.")
    view = papers.look_up(FOLDER, NAME)
    assert view.note.startswith("Filen er ændret")
    assert "Samis fritid" in said(view)
    assert papers.look_up(FOLDER, "samtykkeerklaering-nadira.pdf").note == ""


def test_of_a_file_with_faults_and_of_a_paper_that_is_no_longer_asked_for_there_are_no_lines(
    desk: Desk, papers: PaperDesk
) -> None:
    desk.edit("  - id: opfoelgning-1\n", "  - id: opfoelgning\n")
    assert papers.look_up(FOLDER, "invitation-opfoelgning-1-nadira.pdf").note.startswith("Filen siger ikke længere")
    desk.edit("members:\n", "medlemmer:\n")
    view = papers.look_up(FOLDER, NAME)
    assert view.note.startswith("Filen har fejl")
    assert view.blocks == ()


def test_a_fault_that_only_a_rule_finds_is_told_as_one_and_not_as_a_paper_that_nobody_asks_for(
    desk: Desk, papers: PaperDesk
) -> None:
    desk.edit("date: 2026-11-24", "date: 2026-12-25")  # Christmas Day
    assert papers.look_up(FOLDER, NAME).note.startswith("Filen har fejl")
    assert papers.look_up(FOLDER, "familieplan-nadira.pdf").note.startswith("Filen har fejl")


def test_while_the_settings_have_a_fault_the_last_good_ones_are_gone_on_with(desk: Desk, papers: PaperDesk) -> None:
    (desk.root / "config.yaml").write_text("areas: [", "utf-8")
    assert "name: Nadira Zamirandi" in said(papers.look_up(FOLDER, NAME))


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (FOLDER, "nothing.pdf"),
        (FOLDER, "overblik.html"),
        ("_projekt", NAME),
        ("hop-2026-999", NAME),
        ("x", "x.pdf"),
        ("config", "config.pdf"),
    ],
)
def test_of_what_hopdocs_did_not_make_nothing_is_told(desk: Desk, papers: PaperDesk, folder: str, name: str) -> None:
    assert desk.root.is_dir()
    with pytest.raises(Refused):
        papers.look_up(folder, name)


def test_while_the_cache_cannot_be_read_there_are_no_lines_yet(
    desk: Desk, papers: PaperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.root.is_dir()

    def refuse(*_: object) -> None:
        raise CacheDamaged

    monkeypatch.setattr(Cache, "records", refuse)
    with pytest.raises(Refused):
        papers.look_up(FOLDER, NAME)


def test_while_the_workspace_is_gone_there_are_no_lines_yet(desk: Desk, papers: PaperDesk) -> None:
    (desk.root / "config.yaml").unlink()
    with pytest.raises(Refused):
        papers.look_up(FOLDER, NAME)


def test_nothing_is_looked_for_twice_while_nothing_changes(
    desk: Desk, papers: PaperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.root.is_dir()
    first = papers.look_up(FOLDER, "familieplan-nadira.pdf")
    monkeypatch.delattr(paper, "PaperTrial")
    assert papers.look_up(FOLDER, "familieplan-nadira.pdf") == first


def test_a_plan_that_others_are_bound_behind_comes_from_the_lines_of_the_plan(desk: Desk, papers: PaperDesk) -> None:
    assert desk.root.is_dir()
    bound, plan = (papers.look_up(FOLDER, f"{stem}familieplan-tariq.pdf") for stem in ("samlet-", ""))
    assert bound.blocks == plan.blocks != ()
    assert (bound.title, bound.note, bound.template) == ("Samlet familieplan, Tariq Zamirandi", "", plan.template)


def test_a_pdf_that_was_taken_away_is_on_its_way_and_its_lines_are_there(desk: Desk, papers: PaperDesk) -> None:
    assert papers.look_up(FOLDER, NAME).is_there
    pdf = desk.root / "out" / FOLDER / NAME
    data = pdf.read_bytes()
    pdf.unlink()
    try:
        view = papers.look_up(FOLDER, NAME)
    finally:
        pdf.write_bytes(data)
    assert not view.is_there
    assert view.blocks


def test_a_search_that_takes_too_long_is_ended_and_says_so(
    desk: Desk, papers: PaperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.edit("Vi vil gerne tale om Samis skole.", "Vi vil gerne tale om Samis ferie.")
    monkeypatch.setattr(paper, "_MOST_SECONDS", 0)
    assert "ikke alt er prøvet" in papers.look_up(FOLDER, NAME).note


def test_nothing_is_written(desk: Desk, papers: PaperDesk) -> None:
    before = {path: path.stat().st_mtime_ns for path in desk.root.rglob("*")}
    papers.look_up(FOLDER, "netvaerkskort-nadira.pdf")
    assert {path: path.stat().st_mtime_ns for path in desk.root.rglob("*")} == before
