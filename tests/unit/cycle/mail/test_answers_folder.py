"""The folder of answers, as a cycle finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.run import CycleOptions
from hopdocs.diagnostics import Severity
from tests.unit.cycling import Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.diagnostics import Diagnostic


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copy_example(tmp_path / "ws")
    desk.edit("  reply_to: tovholder", "  answers: svar\n  reply_to: tovholder", "config.yaml")
    return desk


def told(desk: Desk) -> list[Diagnostic]:
    return [item for item in desk.cycle(CycleOptions(plans_notices=True)).diagnostics if item.code == "HD525"]


def test_a_folder_that_is_not_there_is_told_at_its_line(desk: Desk) -> None:
    """Else everybody seems not to have answered, and no mail seems to have come back."""
    (found,) = told(desk)
    line = (desk.root / "config.yaml").read_text("utf-8").splitlines().index("  answers: svar") + 1
    assert (found.path, found.line, found.severity) == ("config.yaml", line, Severity.WARNING)
    (desk.root / "svar").mkdir()
    assert told(desk) == []


def test_a_file_in_its_place_is_told_too(desk: Desk) -> None:
    (desk.root / "svar").write_text("", "utf-8")
    assert len(told(desk)) == 1


def test_where_no_answers_are_read_nothing_is_missing(desk: Desk) -> None:
    desk.edit("  answers: svar\n", "", "config.yaml")
    assert told(desk) == []
