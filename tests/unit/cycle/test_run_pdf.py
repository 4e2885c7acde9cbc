"""PDFs in a cycle: only where the Word file changed, and whatever LibreOffice does."""

from __future__ import annotations

import errno
import os
import threading
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from hopdocs.cycle.making import conversion
from hopdocs.cycle.making.unrendered import list_pdfs
from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.cycle.tasks import PdfJob
from hopdocs.errors import ConverterFault
from hopdocs.freshness.fingerprint import Digest
from hopdocs.freshness.staleness import UNCHANGED, DocumentKey, FileState
from hopdocs.rendering.pdf import worker_pool
from hopdocs.rendering.pdf.binder import Binder, Told
from hopdocs.rendering.pdf.worker_pool import DocumentFault
from hopdocs.workspace import open_workspace
from tests.unit.cycling import OUT, Desk, actions, copy_example, reasons
from tests.unit.documents.example import on_day, zamirandi
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hopdocs.cycle.report import Progress

LETTER = "out/hop-2026-002/informationsbrev-karla"
OTHER = "out/hop-2026-002/samtykkeerklaering-karla.pdf"
PLAN = f"{OUT}/familieplan-nadira"


class FakeConverter:
    """Makes a PDF that is only its title, and remembers what it was asked for."""

    size = 2

    def __init__(self) -> None:
        self.converted: list[str] = []
        self.refuses = ""
        self.fault: ConverterFault | None = None
        self.hangs = ""
        self.is_hanging = threading.Event()
        self.at_work: Callable[[], object] = list
        self.is_closed = False
        self._interrupted = threading.Event()

    def convert(self, docx: bytes, title: str) -> bytes:
        self.converted.append(title)
        self.at_work()
        if self.fault is not None:
            raise self.fault
        if self.hangs and self.hangs in title:
            self.is_hanging.set()
            assert self._interrupted.wait(PATIENCE_SECONDS)
            raise ConverterFault("HD333", title=title, reason="the worker died")
        if self.refuses and self.refuses in title:
            raise ConverterFault("HD333", title=title, reason="took too long")
        return f"%PDF-1.7 {title} {len(docx)}".encode()

    def interrupt(self) -> None:
        self._interrupted.set()

    def resume(self) -> None:
        self._interrupted.clear()
        self.is_hanging.clear()

    def close(self) -> None:
        self.is_closed = True


class FakeBinder(Binder):
    """Binds nothing to anything, and says that it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked = threading.Event()

    def ask(self, *_: object, **__: object) -> Told:
        self.is_asked.set()
        return Told(b'{"pages": 1, "faults": []}\n%PDF-1.7 samlet', 0)


class Shop(Session):
    """A session without LibreOffice."""

    def __init__(self, desk: Desk, converter: FakeConverter, binder: Binder | None = None) -> None:
        super().__init__(open_workspace(desk.root), desk.clock)
        self._converter = converter
        self.binder = binder or self.binder


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


def test_a_pdf_that_somebody_has_just_looked_at_is_made_first(desk: Desk) -> None:
    converter = FakeConverter()
    converter.size = 1
    _cycle(desk, converter)
    usual, last = converter.converted[0], converter.converted[-1]
    looked_at = desk.root / "out/hop-2026-002/afslutningsnotat-karla.pdf"
    for minutes, first in ((9, last), (-1, usual), (20, usual)):
        made = looked_at.stat().st_mtime
        os.utime(looked_at, (made + 60 * minutes, made))
        desk.clock.moment = datetime.fromtimestamp(made, UTC) + timedelta(minutes=9 if minutes < 20 else 36)
        converter.converted.clear()
        desk.edit("Karla Regnbue", "Karla Regnbuen", "families/hop-2026-002.yaml")
        _cycle(desk, converter)
        assert last in converter.converted
        assert converter.converted[0] == first


def test_a_plan_is_bound_while_other_papers_are_still_being_made(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
    converter, binder, the_last = FakeConverter(), FakeBinder(), threading.Lock()
    with Shop(desk, converter, binder) as shop:
        desk.cycle(None, shop)
        count = len(converter.converted)
        for pdf in (desk.root / "out").rglob("*.pdf"):
            pdf.unlink()
        converter.converted.clear()
        binder.is_asked.clear()

        def wait_for_the_binder() -> None:
            if len(converter.converted) == count and the_last.acquire(blocking=False):
                assert binder.is_asked.wait(PATIENCE_SECONDS)

        converter.at_work = wait_for_the_binder
        report = desk.cycle(None, shop)
    assert len(converter.converted) == count
    assert the_last.locked()
    assert not actions(report, "failed")
    assert f"{OUT}/samlet-familieplan-nadira.pdf" in actions(report, "made")


@pytest.mark.parametrize("is_removed", [False, True])
def test_of_a_letter_that_is_removed_or_saved_before_its_turn_that_is_said_and_nothing_of_a_plan(
    desk: Desk, *, is_removed: bool
) -> None:
    converter, letter = FakeConverter(), (desk.root / OTHER).with_suffix(".docx")
    converter.size = 1
    converter.at_work = lambda: letter.unlink(missing_ok=True) if is_removed else letter.write_bytes(b"my own words")
    with Shop(desk, converter) as shop:
        report = desk.cycle(None, shop)
    [found] = [item for item in report.diagnostics if item.path == OTHER]
    assert (found.code, found.params) == ("HD517", {"name": "samtykkeerklaering-karla.pdf"})


@pytest.fixture
def saved_over(tmp_path: Path) -> Desk:
    """A family whose plan somebody has saved over while PDFs were made."""
    desk = copy_example(tmp_path / "workspace")
    desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
    converter = FakeConverter()
    converter.size = 1
    converter.at_work = lambda: (desk.root / f"{PLAN}.docx").write_bytes(b"with my own words")
    assert f"{PLAN}.docx" in _cycle(desk, converter)[0]
    return desk


def test_what_somebody_saves_while_pdfs_are_made_is_kept_aside(saved_over: Desk) -> None:
    _cycle(saved_over, FakeConverter())
    assert (saved_over.root / f"{PLAN}.rettet-1.docx").read_bytes() == b"with my own words"


def test_what_somebody_saves_over_a_word_file_before_its_turn_is_not_taken_for_ours(saved_over: Desk) -> None:
    """Its PDF would stand beside the letter that is made anew, say something else, and be up to date."""
    assert not (saved_over.root / f"{PLAN}.pdf").exists()
    _cycle(saved_over, FakeConverter())
    ours = len((saved_over.root / f"{PLAN}.docx").read_bytes())
    assert (saved_over.root / f"{PLAN}.pdf").read_bytes().endswith(f" {ours}".encode())


def test_the_papers_of_the_next_meeting_come_before_those_of_later_ones() -> None:
    day = on_day(zamirandi())
    outcome = SimpleNamespace(day=day, documents=())
    record = SimpleNamespace(title="", is_final=False)
    names = {"": "familieplan", "intro": "past", "opfoelgning-1": "later", "familieplan": "next"}
    results = [
        SimpleNamespace(key=DocumentKey(day.family.id, "x", meeting), name=f"{name}.docx", record=record)
        for meeting, name in names.items()
    ]
    pdfs = list_pdfs(cast("Any", outcome), cast("Any", results))  # as much of both as is asked for
    assert [want.needed_on for want in pdfs] == [None, None, None, date(2026, 11, 24)]
    jobs = [PdfJob(want, Digest(""), UNCHANGED, FileState.MISSING, want.name == "later.pdf") for want in pdfs]
    assert [job.want.name for job in sorted(jobs, key=lambda job: job.turn)] == [
        "later.pdf",  # somebody looks at it
        "next.pdf",
        "familieplan.pdf",
        "past.pdf",
    ]


def test_no_pdf_stands_beside_a_word_file_that_says_something_else(desk: Desk) -> None:
    converter = FakeConverter()
    _cycle(desk, converter)
    (desk.root / OTHER).write_bytes(b"%PDF by hand")
    desk.edit("Karla Regnbuehøj", "Karla Regnbue", "families/hop-2026-002.yaml")
    converter.refuses = "nformation"
    converter.at_work = lambda: stood.append((desk.root / OTHER).exists())
    stood: list[bool] = []
    with Shop(desk, converter) as shop:
        report = desk.cycle(None, shop)
    assert f"{LETTER}.pdf" in actions(report, "failed")
    assert not (desk.root / f"{LETTER}.pdf").exists()
    assert not stood[0]
    assert (desk.root / OTHER).with_suffix(".rettet-1.pdf").read_bytes() == b"%PDF by hand"
    assert "HD333" in {item.code for item in report.diagnostics}
    assert "PDF på vej" in (desk.root / "out/hop-2026-002/overblik.html").read_text("utf-8")
    converter.refuses = ""
    assert f"{LETTER}.pdf" in _cycle(desk, converter)[0]
    assert "PDF på vej" not in (desk.root / "out/hop-2026-002/overblik.html").read_text("utf-8")


def test_a_libreoffice_that_is_away_is_asked_again_in_seconds_and_once_for_all(desk: Desk) -> None:
    converter = FakeConverter()
    converter.fault = ConverterFault("HD332", reason="No such file or directory")
    with Shop(desk, converter) as shop:
        waits, asked = [], []
        for _ in range(4):
            report = desk.cycle(None, shop)
            assert report.next_look is not None
            waits.append(report.next_look)
            asked.append(len(converter.converted))
            assert desk.cycle(None, shop).next_look == report.next_look
            assert len(converter.converted) == asked[-1]
            desk.clock.seconds += report.next_look
        assert waits == [2, 4, 8, 15]
        assert asked[0] <= 2 * converter.size < len(actions(report, "failed"))
        converter.fault = None
        report = desk.cycle(None, shop)
    assert f"{LETTER}.pdf" in actions(report, "made")
    assert report.next_look is None


def test_what_the_disk_refuses_is_tried_again_in_seconds(desk: Desk) -> None:
    (desk.root / f"{LETTER}.pdf" / "in the way").mkdir(parents=True)
    _, failed, must_retry = _cycle(desk, FakeConverter())
    assert failed == {f"{LETTER}.pdf"}
    assert must_retry


def test_what_libreoffice_says_of_a_document_itself_is_asked_again_after_a_quarter(desk: Desk) -> None:
    converter = FakeConverter()
    converter.fault = DocumentFault("HD333", title="Brev", reason="could not read the document")
    with Shop(desk, converter) as shop:
        assert desk.cycle(None, shop).next_look == 900


def test_a_conversion_that_hangs_is_broken_off_when_somebody_saves(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "GRACE_SECONDS", 0.05)
    converter = FakeConverter()
    converter.hangs = "nformation"
    with Shop(desk, converter) as shop:
        report = desk.cycle(CycleOptions(should_stop=converter.is_hanging.is_set), shop)
        made = {path for path in actions(report, "made") if path.endswith(".docx")}
        assert f"{LETTER}.docx" in made
        assert report.must_retry
        assert report.next_look == 2
        desk.clock.seconds += 2
        converter.resume()
        assert desk.cycle(CycleOptions(should_stop=converter.is_hanging.is_set), shop).next_look == 2
        converter.hangs = ""
        desk.cycle(None, shop)
        assert not (desk.root / f"{LETTER}.pdf").exists()
        desk.clock.seconds += 2
        desk.cycle(None, shop)
    assert {path.removesuffix(".docx") for path in made} == {
        path.removesuffix(".pdf") for path in desk.files() if path.endswith(".pdf")
    }


def test_after_a_cycle_that_broke_off_among_its_pdfs_the_next_one_makes_them(desk: Desk) -> None:
    def break_off(progress: Progress) -> None:
        if progress.what == "pdf":
            raise OSError(errno.ENOSPC, "No space left on device")

    converter = FakeConverter()
    with Shop(desk, converter) as shop:
        with pytest.raises(OSError, match="No space left"):
            desk.cycle(CycleOptions(progress=break_off), shop)
        assert not converter.is_closed
        made = actions(desk.cycle(None, shop), "made")
    assert {f"{LETTER}.pdf", OTHER} & made
    assert {f"{LETTER}.pdf", OTHER} <= desk.files().keys()


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


def test_where_libreoffice_is_away_at_first_pdfs_stay_that_say_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _cycle(desk, FakeConverter())
    before = {path for path in desk.files() if path.endswith(".pdf")}
    monkeypatch.setattr(worker_pool, "missing", lambda: ConverterFault("HD330"))
    desk.edit("Karla Regnbuehøj", "Karla Regnbue", "families/hop-2026-002.yaml")
    changed = {path.replace(".docx", ".pdf") for path in _cycle(desk, FakeConverter())[0]}
    assert changed
    assert {path for path in desk.files() if path.endswith(".pdf")} == before - changed


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
