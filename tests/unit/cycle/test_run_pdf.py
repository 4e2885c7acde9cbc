"""PDFs in a cycle: only where the Word file changed, and whatever LibreOffice does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf import worker_pool
from hopdocs.workspace import open_workspace
from tests.unit.cycling import Desk, actions, copy_example, reasons

if TYPE_CHECKING:
    from pathlib import Path

LETTER = "out/hop-2026-002/informationsbrev-karla"


class FakeConverter:
    """Makes a PDF that is only its title, and remembers what it was asked for."""

    size = 2

    def __init__(self) -> None:
        self.converted: list[str] = []
        self.refuses = ""
        self.is_closed = False

    def convert(self, docx: bytes, title: str) -> bytes:
        self.converted.append(title)
        if self.refuses and self.refuses in title:
            raise ConverterFault("HD333", title=title, reason="took too long")
        return f"%PDF-1.7 {title} {len(docx)}".encode()

    def close(self) -> None:
        self.is_closed = True


class Shop(Session):
    """A session without LibreOffice."""

    def __init__(self, desk: Desk, converter: FakeConverter) -> None:
        super().__init__(open_workspace(desk.root), desk.clock)
        self._converter = converter  # type: ignore[assignment]


@pytest.fixture(autouse=True)
def _office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "missing", lambda: None)
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 7.4")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One family with letters only: nothing is bound."""
    desk = copy_example(tmp_path / "workspace")
    (desk.root / "families/hop-2026-007.yaml").unlink()
    desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
    return desk


def _cycle(
    desk: Desk, converter: FakeConverter, options: CycleOptions | None = None
) -> tuple[set[str], set[str], bool]:
    with Shop(desk, converter) as shop:
        report = desk.cycle(options, shop)
    return actions(report, "made"), actions(report, "failed"), report.must_retry


def test_the_same_word_file_needs_no_new_pdf(desk: Desk) -> None:
    converter = FakeConverter()
    made, _, _ = _cycle(desk, converter)
    assert f"{LETTER}.docx" in made
    assert f"{LETTER}.pdf" in made
    count = len(converter.converted)
    desk.edit("Karla Regnbuehøj", "Karla Regnbue", "families/hop-2026-002.yaml")
    made, _, _ = _cycle(desk, converter)
    word_files = {path for path in made if path.endswith(".docx")}
    assert {path.removesuffix(".docx") for path in word_files} == {
        path.removesuffix(".pdf") for path in made if path.endswith(".pdf")
    }
    assert len(converter.converted) == count + len(word_files)
    assert _cycle(desk, converter)[0] == set()


def test_a_pdf_that_fails_keeps_the_last_one_and_is_tried_again(desk: Desk) -> None:
    converter = FakeConverter()
    _cycle(desk, converter)
    before = (desk.root / f"{LETTER}.pdf").read_bytes()
    desk.edit("Karla Regnbuehøj", "Karla Regnbue", "families/hop-2026-002.yaml")
    converter.refuses = "nformation"
    with Shop(desk, converter) as shop:
        report = desk.cycle(None, shop)
    assert f"{LETTER}.pdf" in actions(report, "failed")
    assert (desk.root / f"{LETTER}.pdf").read_bytes() == before
    assert "HD333" in {item.code for item in report.diagnostics}
    converter.refuses = ""
    assert f"{LETTER}.pdf" in _cycle(desk, converter)[0]


def test_without_libreoffice_word_files_are_made_and_one_line_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_pool, "missing", lambda: ConverterFault("HD330"))
    converter = FakeConverter()
    with Shop(desk, converter) as shop:
        report = desk.cycle(None, shop)
    assert f"{LETTER}.docx" in actions(report, "made")
    assert not [path for path in reasons(report) if path.endswith(".pdf")]
    assert [item.code for item in report.diagnostics if item.code.startswith("HD33")] == ["HD330"]
    monkeypatch.setattr(worker_pool, "missing", lambda: None)
    made, _, _ = _cycle(desk, converter)
    assert {path for path in made if path.endswith(".pdf")} == made


def test_another_libreoffice_remakes_pdfs_and_no_word_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    converter = FakeConverter()
    _cycle(desk, converter)
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 24.8")
    made, _, _ = _cycle(desk, converter)
    assert made
    assert all(path.endswith(".pdf") for path in made)


def test_who_asks_to_stop_gets_word_files_now_and_pdfs_later(desk: Desk) -> None:
    converter = FakeConverter()
    made, _, must_retry = _cycle(desk, converter, CycleOptions(should_stop=lambda: True))
    assert f"{LETTER}.docx" in made
    assert must_retry
    assert converter.converted == []
    made, _, must_retry = _cycle(desk, converter)
    assert f"{LETTER}.pdf" in made
    assert not must_retry


def test_turning_pdfs_off_removes_them(desk: Desk) -> None:
    converter = FakeConverter()
    _cycle(desk, converter)
    desk.edit("pdf: auto ", "pdf: none ", "config.yaml")
    with Shop(desk, converter) as shop:
        report = desk.cycle(None, shop)
    assert actions(report, "removed") == {path for path in reasons(report) if path.endswith(".pdf")}
    assert not list((desk.root / "out").rglob("*.pdf"))


def test_a_family_that_came_first_is_converted_once(desk: Desk) -> None:
    converter = FakeConverter()
    _cycle(desk, converter)
    converter.converted.clear()
    path = "families/hop-2026-002.yaml"
    desk.edit("Karla Regnbuehøj", "Karla Regnbue", path)
    with Shop(desk, converter) as shop:
        report = desk.cycle(CycleOptions(first=(path,)), shop)
    told = [line.path for line in report.documents if line.action == "made"]
    assert told == sorted(set(told))
    assert len(converter.converted) == sum(name.endswith(".pdf") for name in told) > 0
