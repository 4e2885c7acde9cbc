"""A meeting that was moved is told, whatever has become of the folder in which its papers should stand."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions, CycleReport
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from tests.unit.cycling import OUT, Desk, copy_example

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def a_file_in_its_place(folder: Path) -> None:
    folder.write_text("a file")


def a_link_to_nowhere(folder: Path) -> None:
    folder.symlink_to(folder.with_name("nowhere"))


def a_file_for_all_documents(folder: Path) -> None:
    shutil.rmtree(folder.parent)
    folder.parent.write_text("a file")


def plan(desk: Desk) -> CycleReport:
    return desk.cycle(CycleOptions(plans_notices=True))


@pytest.mark.parametrize("spoil", [a_file_in_its_place, a_link_to_nowhere, a_file_for_all_documents])
def test_an_output_folder_that_cannot_be_used_stops_no_notice(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    desk = copy_example(tmp_path / "ws")
    for path in (desk.root / "families").glob("hop-*.yaml"):
        if path.stem != "hop-2026-007":
            path.unlink()
    (desk.root / OUT).parent.mkdir()
    spoil(desk.root / OUT)
    report = plan(desk)
    assert report.queued
    assert {item.code for item in report.diagnostics} & {"HD511", "HD513", "HD516", "HD517"}
    desk.edit('start: "10.00"', 'start: "10.30"')
    assert plan(desk).queued
    with closing(Ledger(connect_ledger(desk.root / ".hopdocs" / "ledger.db"))) as ledger:
        facts = [item.facts for item in ledger.in_state(State.PENDING) if item.kind.calendar is not None]
        assert {fact.starts.strftime("%H.%M") for fact in facts} == {"10.30"}  # type: ignore[union-attr]
