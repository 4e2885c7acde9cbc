"""PDFs while people open and save what they are made of, or what lies in their place."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.rendering.pdf import worker_pool
from hopdocs.rendering.pdf.binder import Told
from tests.unit.cycle.test_run_pdf import PLAN, FakeBinder, FakeConverter, Shop
from tests.unit.cycling import OUT, Desk, actions, copy_example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hopdocs.cycle.report import CycleReport

BOUND = f"{OUT}/samlet-familieplan-nadira.pdf"
LETTER = f"{OUT}/informationsbrev-nadira"
CARD = f"{OUT}/netvaerkskort-yasmin"
"""Among the last to be made."""


class PlanBinder(FakeBinder):
    """Binds nothing to a plan, so that one sees which it was."""

    def ask(self, *given: Any, **more: Any) -> Told:
        told = super().ask(*given, **more)
        _, files = given
        return Told(told.said + files[0], told.code)


@pytest.fixture(autouse=True, scope="module")
def _office() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker_pool, "missing", lambda: None)
        patch.setattr(worker_pool, "version", lambda: "LibreOffice 7.4")
        yield


@pytest.fixture(scope="module")
def made(_office: None, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A family with a plan that is bound, all of whose papers are made."""
    desk = copy_example(tmp_path_factory.mktemp("made") / "workspace")
    (desk.root / "families/hop-2026-002.yaml").unlink()
    desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
    cycle(desk)
    return desk


@pytest.fixture
def desk(made: Desk, tmp_path: Path) -> Desk:
    """A copy of it."""
    shutil.copytree(made.root, tmp_path / "workspace")
    return replace(made, root=tmp_path / "workspace")


def cycle(desk: Desk, converter: FakeConverter | None = None) -> CycleReport:
    with Shop(desk, converter or FakeConverter(), PlanBinder()) as shop:
        return desk.cycle(None, shop)


def is_bound_of_what_stands(desk: Desk) -> bool:
    return (desk.root / BOUND).read_bytes().endswith((desk.root / f"{PLAN}.pdf").read_bytes())


def lock(desk: Desk, name: str) -> Path:
    path = desk.root / name
    lock = path.with_name(f".~lock.{path.name}#")
    lock.touch()
    return lock


def test_a_plan_is_not_bound_of_an_older_pdf_that_somebody_has_open(desk: Desk) -> None:
    held = lock(desk, f"{PLAN}.pdf")
    desk.edit("Nadira", "Nadirah")
    assert not actions(cycle(desk), "failed")
    assert not (desk.root / BOUND).exists()
    held.unlink()
    cycle(desk)
    assert is_bound_of_what_stands(desk)


def test_a_plan_is_not_bound_of_an_older_pdf_where_a_new_one_fails(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 24.8")
    before = (desk.root / BOUND).read_bytes()
    converter = FakeConverter()
    converter.refuses = "amilieplan"
    failed = actions(cycle(desk, converter), "failed")
    assert {BOUND, f"{PLAN}.pdf"} <= failed
    assert (desk.root / BOUND).read_bytes() == before
    assert BOUND in actions(cycle(desk), "made")


def test_a_pdf_that_somebody_has_open_follows_although_others_were_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = lock(desk, f"{LETTER}.pdf")
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 24.8")
    report = cycle(desk)
    assert f"{PLAN}.pdf" in actions(report, "made")
    assert f"{LETTER}.pdf" not in actions(report, "made")
    assert report.must_retry
    held.unlink()
    assert actions(cycle(desk), "made") == {f"{LETTER}.pdf"}


def test_what_somebody_saves_over_an_older_word_file_before_its_turn_is_not_taken_for_ours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 24.8")
    word = desk.root / f"{CARD}.docx"
    ours = f" {word.stat().st_size}".encode()
    converter = FakeConverter()
    converter.size = 1
    converter.at_work = lambda: word.write_bytes(b"with my own words")
    assert actions(cycle(desk, converter), "failed") == {f"{CARD}.pdf"}
    cycle(desk)
    assert (desk.root / f"{CARD}.pdf").read_bytes().endswith(ours)


def test_what_somebody_saves_in_a_pdfs_place_while_it_is_made_is_kept_aside(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 24.8")
    pdf, gone = desk.root / f"{CARD}.pdf", desk.root / f"{LETTER}.pdf"
    gone.unlink()

    def save() -> None:
        pdf.write_bytes(b"%PDF with my notes")
        gone.write_bytes(b"%PDF of another")

    converter = FakeConverter()
    converter.size = 1
    converter.at_work = save
    cycle(desk, converter)
    assert pdf.with_suffix(".rettet-1.pdf").read_bytes() == b"%PDF with my notes"
    assert gone.with_suffix(".rettet-1.pdf").read_bytes() == b"%PDF of another"


def test_what_somebody_saves_over_a_pdf_while_others_are_made_is_not_taken_for_ours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 24.8")
    plan, converter = desk.root / f"{PLAN}.pdf", FakeConverter()
    converter.size = 1

    def save() -> None:
        if converter.converted[-1] == "Interviewguide":
            plan.write_bytes(b"%PDF with my notes")

    converter.at_work = save
    cycle(desk, converter)
    cycle(desk)
    assert plan.with_suffix(".rettet-1.pdf").read_bytes() == b"%PDF with my notes"
    assert is_bound_of_what_stands(desk)


def test_what_was_changed_meanwhile_is_made_as_soon_as_it_is_right_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 24.8")
    saved = {"Netværkskort": desk.root / f"{CARD}.docx", "Interviewguide": desk.root / f"{PLAN}.pdf"}
    converter = FakeConverter()
    converter.size = 1

    def save() -> None:
        path = saved.pop(converter.converted[-1], None)
        if path is not None:
            path.write_bytes(b"my own words")

    converter.at_work = save
    with Shop(desk, converter, PlanBinder()) as shop:
        assert actions(desk.cycle(None, shop), "failed") == {f"{CARD}.pdf", BOUND}
        assert {f"{CARD}.pdf", BOUND} <= actions(desk.cycle(None, shop), "made")


def test_what_somebody_wrote_into_a_paper_that_stays_while_a_consent_has_run_out_stands_in_its_pdf(desk: Desk) -> None:
    signed = "areas: [BF, BES, DU], received_by: iik}"
    desk.edit(signed, signed.replace("received_by", "until: 2026-11-18, received_by"))
    desk.clock.moment = datetime(2026, 11, 17, 9, tzinfo=UTC)
    cycle(desk)
    word, pdf = desk.root / f"{PLAN}.docx", desk.root / f"{PLAN}.pdf"
    word.write_bytes(b"with my own words")
    pdf.unlink()
    desk.clock.moment = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert f"{PLAN}.pdf" in actions(cycle(desk), "made")
    assert word.read_bytes() == b"with my own words"
    assert pdf.read_bytes().endswith(f" {len(word.read_bytes())}".encode())
