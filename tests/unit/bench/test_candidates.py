"""hopdocs and pandas rank the same extracts, and another list is not compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench import candidates

if TYPE_CHECKING:
    from pathlib import Path


def test_both_rank_the_same_extracts_and_the_figures_come_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("COSTS", 7_000), ("CONTACTS", 3_000), ("_ROUNDS", 1)):
        monkeypatch.setattr(candidates, name, value)
    times, seconds, memory = candidates.measure()
    assert times.what == "candidates of 10,000 rows, by pandas"
    assert (times.unit, seconds.unit, memory.unit) == ("×", "s", "MB")
    assert times.measured


def test_another_list_is_not_compared(tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    (tmp_path / "list/kandidater.csv").write_text("Husstand;Udgift i alt\nbcdf;10,50\n", "utf-8-sig")
    with pytest.raises(ValueError, match="different lists"):
        candidates.check_same(tmp_path, "H1 1050\n")
