"""What somebody got, and the papers of held meetings, outlive the course: marked as historic, and never made anew."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docx import Document

from hopdocs.freshness.staleness import DocumentKey
from hopdocs.freshness.versions import VersionBook
from hopdocs.rendering.docx.tracked.comparison import paragraphs_of
from hopdocs.rendering.pdf import worker_pool
from tests.unit.cycle.making.test_archive import COPY, PLAN, TO_NADIRA, copies, deliver
from tests.unit.cycle.test_run_pdf import Shop
from tests.unit.cycling import OUT, Desk, SetClock, copy_example, reasons
from tests.unit.dispatch.office import DrawnPdf

if TYPE_CHECKING:
    from pathlib import Path

HELD = {
    f"{OUT}/{name}.docx"
    for name in ("dagsorden-formoede", "dagsorden-intro", "indkaldelse-formoede", "indkaldelse-intro")
}
PLAN_KEY = ("HOP-2026-007", "familieplan", "", "nadira")
PLANNED = f"{OUT}/dagsorden-familieplan.docx"
GIVEN, TAKEN_BACK = "received_by: iik}", "received_by: iik, withdrawn: [{date: 2026-11-20}]}"
STOPPED = "Historisk. Samarbejdet er stoppet den 20. november 2026. Papiret gælder ikke længere."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = copy_example(tmp_path_factory.mktemp("built") / "workspace")
    desk.cycle()
    return desk.root


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Desk:
    shutil.copytree(built, tmp_path / "workspace")
    return Desk(tmp_path / "workspace", SetClock())


def words(data: bytes) -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in paragraphs_of(data)]


def is_marked(data: bytes) -> bool:
    headers = [section.first_page_header for section in Document(BytesIO(data)).sections]
    return all('string="Historisk"' in header._element.xml for header in headers)


def team_papers(desk: Desk) -> set[str]:
    of_consent = ("informationsbrev", "samtykkeerklaering", "kvittering", "afslutningsnotat", "dataanmodning")
    kinds = (*of_consent, "udleveret")
    return {path for path in desk.files() if path.startswith(OUT) and not path.split("/")[2].startswith(kinds)}


def test_a_withdrawal_freezes_what_was_delivered_and_held_and_removes_the_rest(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    before, kept = desk.files(), copies(desk)
    desk.edit(GIVEN, TAKEN_BACK)
    report = desk.cycle()
    assert team_papers(desk) == HELD | {PLAN}
    assert copies(desk) == kept
    for path in HELD | {PLAN}:
        after = desk.files()[path]
        assert words(after)[0] == STOPPED
        assert words(after)[1:] == words(before[path])
        assert is_marked(after)
        assert reasons(report)[path] == "HD392"


def test_a_frozen_paper_is_never_touched_again(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    desk.edit(GIVEN, TAKEN_BACK)
    desk.cycle()
    frozen = desk.files()
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.clock.pass_days(30)
    desk.cycle()
    desk.cycle()
    assert {path: data for path, data in desk.files().items() if path in HELD | {PLAN}} == {
        path: frozen[path] for path in HELD | {PLAN}
    }


def test_nor_without_the_cache(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    desk.edit(GIVEN, TAKEN_BACK)
    desk.cycle()
    frozen = {path: data for path, data in desk.files().items() if path in HELD | {PLAN}}
    (desk.root / ".hopdocs/cache.db").unlink()
    desk.cycle()
    assert {path: data for path, data in desk.files().items() if path in HELD | {PLAN}} == frozen


def test_the_edition_that_was_delivered_is_frozen_and_not_a_later_one(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    desk.cycle()
    desk.edit(GIVEN, TAKEN_BACK)
    desk.cycle()
    assert words(desk.files()[PLAN])[1:] == words(desk.files()[COPY])
    assert all("Nyhavn" not in text for text in words(desk.files()[PLAN]))


def test_what_is_delivered_in_the_edit_that_takes_back_is_kept_and_frozen(desk: Desk) -> None:
    before = desk.files()[PLAN]
    deliver(desk, TO_NADIRA)
    desk.edit(GIVEN, TAKEN_BACK)
    desk.cycle()
    assert copies(desk) == {COPY: before}
    assert words(desk.files()[PLAN])[0] == STOPPED


def test_a_paper_that_was_not_there_is_not_made_for_the_freezing(desk: Desk) -> None:
    (desk.root / f"{OUT}/dagsorden-intro.docx").unlink()
    desk.edit(GIVEN, TAKEN_BACK)
    desk.cycle()
    assert team_papers(desk) == HELD - {f"{OUT}/dagsorden-intro.docx"}


def test_what_counts_again_loses_the_mark(desk: Desk) -> None:
    before = desk.files()
    desk.edit(GIVEN, TAKEN_BACK)
    desk.cycle()
    desk.edit(TAKEN_BACK, GIVEN)
    report = desk.cycle()
    for path in HELD:
        assert words(desk.files()[path]) == words(before[path])
        assert reasons(report)[path] == "HD394"


def test_a_closing_marks_with_the_day_and_the_reason_that_may_be_told(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    before, kept = desk.files(), copies(desk)
    file = desk.root / "families/hop-2026-007.yaml"
    closing = "\nclosing:\n  date: 2026-11-21\n  reason: Nadira er syg\n  told_as: sygdom\n"
    file.write_text(file.read_text("utf-8") + closing, "utf-8")
    report = desk.cycle()
    ended = "Historisk. Forløbet sluttede den 21. november 2026: sygdom. Papiret gælder ikke længere."
    for path in HELD:
        assert words(desk.files()[path]) == [ended, *words(before[path])]
        assert reasons(report)[path] == "HD393"
    assert words(desk.files()[PLAN]) == [ended, *words(before[PLAN])]
    assert reasons(report)[PLAN] == "HD393"
    assert copies(desk) == kept
    again = desk.files()
    desk.clock.pass_days(40)
    desk.cycle()
    assert {path: desk.files()[path] for path in HELD | {PLAN}} == {path: again[path] for path in HELD | {PLAN}}


def test_a_closing_is_no_new_edition_of_a_plan_that_was_delivered_whenever_it_is_written(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    before = desk.files()[PLAN]
    desk.clock.pass_days(20)  # the meeting that stands in the plan as the next one is over meanwhile
    close(desk, "2026-12-05")
    desk.cycle()
    assert words(desk.files()[PLAN])[1:] == words(before)
    assert editions(desk) == [1]


def test_an_edit_of_the_plan_beside_the_closing_is_an_edition(desk: Desk) -> None:
    deliver(desk, TO_NADIRA)
    desk.cycle()
    desk.edit("name: Nadira Zamirandi", "name: Nadira Nyhavn")
    close(desk, "2026-11-21")
    desk.cycle()
    after = words(desk.files()[PLAN])
    assert after[0].startswith("Historisk. Forløbet sluttede")
    assert any("Nyhavn" in text for text in after)
    assert editions(desk) == [1, 2]


def close(desk: Desk, day: str) -> None:
    file = desk.root / "families/hop-2026-007.yaml"
    file.write_text(file.read_text("utf-8") + f"\nclosing:\n  date: {day}\n  reason: Nadira er syg\n", "utf-8")


def editions(desk: Desk) -> list[int]:
    with closing(sqlite3.connect(desk.root / ".hopdocs/ledger.db")) as connection:
        return sorted(VersionBook(connection).editions("HOP-2026-007")[DocumentKey(*PLAN_KEY)])


def test_who_got_the_plan_bound_keeps_the_plan_that_it_was_bound_from(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_pool, "missing", lambda: None)
    monkeypatch.setattr(worker_pool, "version", lambda: "LibreOffice 7.4")
    desk.edit("pdf: none ", "pdf: auto ", "config.yaml")
    with Shop(desk, DrawnPdf()) as session:  # type: ignore[arg-type]
        desk.cycle(session=session)
        deliver(desk, TO_NADIRA.replace("familieplan", "samlet-familieplan"))
        desk.cycle(session=session)
        kept = copies(desk)
        desk.edit(GIVEN, TAKEN_BACK)
        desk.cycle(session=session)
    assert kept.keys() == {f"{OUT}/udleveret/2026-11-21-samlet-familieplan-nadira.pdf"}
    assert copies(desk) == kept
    assert words(desk.files()[PLAN])[0] == STOPPED
