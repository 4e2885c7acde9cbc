"""`hopdocs network-status` on what two municipalities exported."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from hopdocs.exports.courses import courses_as_json
from hopdocs.figures.pseudonyms import hide_people
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace
from tests.unit.documents.reports.many_courses import TODAY, many_courses
from tests.unit.figures.courses import sample_config

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.running import Run


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("network") / "ws", "hop-2026-009")


def export(folder: Path, name: str, first: int, last: int, **changes: Any) -> Path:
    courses = hide_people(many_courses()[first:last], sample_config().catalogue)
    raw = courses_as_json(courses, sample_config(), TODAY, publishable=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps({**raw, "municipality": f"{name} Kommune", **changes}), "utf-8")
    return path


def gather(root: Path, target: Path, *exports: Path) -> Run:
    return run("-w", root, "--today", "2026-12-15", "network-status", *exports, "--year", "2026", "--out", target)


def text_of(path: Path) -> str:
    document = Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_municipalities_stand_side_by_side_and_together(root: Path, tmp_path: Path) -> None:
    exports = export(tmp_path, "Vesterlyng", 0, 35), export(tmp_path, "Østermarken", 35, 60)
    result = gather(root, tmp_path / "status.docx", *exports)
    assert result.code == 0, result.err
    text = text_of(tmp_path / "status.docx")
    assert "Netværkets status 2026" in text
    assert "Vesterlyng Kommune og Østermarken Kommune" in text
    assert "Tallene er fra alle kommuner tilsammen." in text
    assert not [course.case for course in many_courses() if course.case in text]


def test_reasons_that_no_export_has_are_not_said_to_be_missing(root: Path, tmp_path: Path) -> None:
    gather(root, tmp_path / "status.docx", export(tmp_path, "Vesterlyng", 0, 35))
    text = text_of(tmp_path / "status.docx")
    assert "Børn var ikke med" in text
    assert "ikke oplyst" not in text


def test_the_same_exports_in_another_order_give_the_same_file(root: Path, tmp_path: Path) -> None:
    exports = export(tmp_path, "Vesterlyng", 0, 35), export(tmp_path, "Østermarken", 35, 60)
    gather(root, tmp_path / "one.docx", *exports)
    gather(root, tmp_path / "other.docx", *reversed(exports))
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "other.docx").read_bytes()


def test_what_is_no_export_is_told_and_the_rest_is_gathered(root: Path, tmp_path: Path) -> None:
    good = export(tmp_path, "Vesterlyng", 0, 35)
    cut = tmp_path / "cut.json"
    cut.write_bytes(good.read_bytes()[:1000])
    newer = export(tmp_path, "Østermarken", 35, 60, schema=99)
    result = gather(root, tmp_path / "status.docx", good, cut, newer, tmp_path / "none.json")
    assert result.code == 1
    assert result.err.count("HD880") >= 3
    assert "schema 99" in result.err
    assert "Vesterlyng Kommune" in text_of(tmp_path / "status.docx")


def test_a_municipality_counts_once(root: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    result = gather(
        root,
        tmp_path / "status.docx",
        export(tmp_path, "Vesterlyng", 0, 9),
        export(tmp_path / "again", "Vesterlyng", 9, 60),
    )
    assert (result.code, "HD881" in result.err) == (1, True)


def test_a_key_that_the_catalogue_does_not_know_is_told(root: Path, tmp_path: Path) -> None:
    path = export(tmp_path, "Vesterlyng", 0, 9)
    path.write_text(path.read_text("utf-8").replace("b_trivsel", "kommunens_egen"), "utf-8")
    result = gather(root, tmp_path / "status.docx", path)
    assert result.code == 0
    assert "HD882" in result.err
    assert "kommunens_egen" in result.err


def test_nothing_is_written_over(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "status.docx"
    target.write_bytes(b"mine")
    assert gather(root, target, export(tmp_path, "Vesterlyng", 0, 9)).code != 0
    assert target.read_bytes() == b"mine"
