"""Files that change without showing it, or while they are read: contents decide, and nothing half seen is made."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from docx import Document

from hopdocs.cycle import run
from hopdocs.cycle.making.publishing import Publisher
from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.cycle.scanning import list_family_files
from hopdocs.freshness.publish import OutputFault, OutputFolder
from hopdocs.workspace import open_workspace
from tests.service.watched import text_of
from tests.unit.cycling import FAMILY, OUT, Desk, actions, copy_example, reasons

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.cycle.run import CycleReport
    from hopdocs.diagnostics import Diagnostic

AGENDA = f"{OUT}/dagsorden-familieplan.docx"


def codes(report: CycleReport) -> set[str]:
    return {item.code for item in report.diagnostics}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copy_example(tmp_path / "ws")
    desk.cycle()
    return desk


def test_other_contents_of_the_same_size_and_time_are_seen(desk: Desk) -> None:
    file = desk.root / FAMILY
    before = file.stat()
    desk.edit('start: "10.00"', 'start: "10.40"')
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert AGENDA in actions(desk.cycle(), "made")


def test_another_reason_why_an_attachment_cannot_be_used_is_told(desk: Desk) -> None:
    file = desk.root / "families/hop-2026-007/min-plan-tariq.pdf"
    file.unlink()
    assert "HD509" in codes(desk.cycle())
    file.write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    assert codes(desk.cycle(CycleOptions(writes=False))) & {"HD509", "HD518"} == {"HD518"}
    desk.cycle()
    file.write_bytes(b"")
    assert codes(desk.cycle()) & {"HD509", "HD518", "HD519"} == {"HD519"}


def test_a_municipality_s_new_name_is_that_of_each_letter_s_author_also_where_none_shows_it(desk: Desk) -> None:
    letter = Document()
    letter.add_paragraph("Kære {{ recipient.name }}")
    (desk.root / "templates").mkdir(exist_ok=True)
    letter.save(str(desk.root / "templates/informationsbrev.docx"))
    desk.cycle()
    desk.edit("name: Vesterlyng Kommune", "name: Østerlyng Kommune", "config.yaml")
    report = desk.cycle()
    path = f"{OUT}/informationsbrev-nadira.docx"
    assert reasons(report)[path] == "HD553"
    assert Document(str(desk.root / path)).core_properties.author == "Østerlyng Kommune"


def test_another_time_and_other_rights_on_the_same_contents_make_nothing(desk: Desk) -> None:
    file = desk.root / FAMILY
    os.utime(file, (0, 0))
    file.chmod(0o600)
    assert actions(desk.cycle(), "made") == set()


def test_an_edit_while_documents_are_made_is_seen_by_the_next_look(desk: Desk) -> None:
    desk.edit('start: "10.00"', 'start: "10.20"')
    publish = Publisher._act_in

    def edit_meanwhile(self: Publisher, folder: str, results: Any) -> Any:
        if "10.20" in (desk.root / FAMILY).read_text("utf-8"):
            desk.edit('start: "10.20"', 'start: "10.30"')
        return publish(self, folder, results)

    with patch.object(Publisher, "_act_in", edit_meanwhile):
        desk.cycle()
    assert "10.20" in text_of(desk.root / AGENDA), "made of what was read, as a whole"
    assert AGENDA in actions(desk.cycle(), "made")
    assert "10.30" in text_of(desk.root / AGENDA)


def test_a_folder_that_refuses_for_a_moment_keeps_no_half_made_files(desk: Desk) -> None:
    """What was written beside its place is not looked for again: it would lie there, with a family's words in it."""
    desk.edit('start: "10.00"', 'start: "10.50"')
    enter = OutputFolder.__enter__
    is_staged = False

    def refuse_once(self: OutputFolder) -> OutputFolder:
        nonlocal is_staged
        if list(self.path.glob(".hopdocs-*")) and not is_staged:
            is_staged = True
            raise OutputFault("HD511", path=self.path.name, detail="no space left")
        return enter(self)

    with Session(open_workspace(desk.root), desk.clock) as session:
        with patch.object(OutputFolder, "__enter__", refuse_once):
            report = desk.cycle(CycleOptions(jobs=1), session)
        assert is_staged
        assert report.must_retry
        assert not list((desk.root / OUT).glob(".hopdocs-*"))
        desk.cycle(CycleOptions(jobs=1), session)
    assert "10.50" in text_of(desk.root / AGENDA)


def test_of_two_names_that_look_the_same_the_one_in_pieces_is_told(tmp_path: Path) -> None:
    whole = unicodedata.normalize("NFC", "hop-å.yaml")
    for name in (whole, unicodedata.normalize("NFD", whole)):
        (tmp_path / name).touch()
    found: list[Diagnostic] = []
    assert list(list_family_files(tmp_path, found)) == [f"families/{whole}"]
    assert len(found) == 1


def test_what_a_cycle_made_before_it_broke_off_is_told_by_the_next(desk: Desk) -> None:
    with Session(open_workspace(desk.root), desk.clock) as session:
        desk.edit('start: "10.00"', 'start: "10.20"')
        with patch.object(run, "remove_gone", side_effect=OSError("Input/output error")), pytest.raises(OSError):  # noqa: PT011 - the machine's own
            desk.cycle(session=session)
        assert "10.20" in text_of(desk.root / AGENDA)
        assert AGENDA in actions(desk.cycle(session=session), "made")
        assert AGENDA not in actions(desk.cycle(session=session), "made")
