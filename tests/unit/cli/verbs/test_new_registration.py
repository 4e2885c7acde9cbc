"""`hopdocs new registration`: a month's lines come in, nothing else changes, and a person fills in the values."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.domain.course.registration import is_registered
from hopdocs.domain.family_day import FamilyDay
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.running import Run

FILE = "families/hop-2026-007.yaml"
SECTION = """
measurements:
  baseline_interview: 2026-10-20
  indicators:
    - key: skolefravær
      for: [sami]
      month: 2026-10
      value: 31    # skolens eget tal
    - key: sdq
      for: [lina]
      month: 2026-04
      value: 12
      informant: forælder
"""
ADDED = """\
    - key: skolefravær  # Fravær fra skole eller dagtilbud (%)
      for: [sami]
      month: 2026-11
      value:
      source: register
    - key: sdq  # SDQ, samlet score (point (0-40))
      for: [lina]
      month: 2026-11
      value:
      source: indtastet
      informant:
"""


def workspace(folder: Path, section: str) -> Path:
    """The sample family with that for everything from its measurements on."""
    root = make_workspace(folder, "hop-2026-007")
    text = (root / FILE).read_text("utf-8")
    (root / FILE).write_text(text[: text.index("\nmeasurements:")] + section, "utf-8")
    return root


def register(root: Path, *more: str) -> Run:
    return run("-w", root, "--today", "2026-12-03", "new", "registration", "HOP-2026-007", *more)


def test_a_line_comes_for_each_figure_and_filling_it_in_is_all_that_is_left(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", SECTION)
    before = (root / FILE).read_text("utf-8")
    assert register(root).code == 0
    text = (root / FILE).read_text("utf-8")
    assert text == before + ADDED
    assert run("-w", root, "--today", "2026-12-03", "check").code == 0
    filled = text.replace("value:\n", "value: 12\n").replace("informant:\n", "informant: forælder\n")
    config = parse_config((root / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    for found, is_done in ((text, False), (filled, True)):
        family = parse_family(found.encode(), FILE, config).family
        assert family is not None
        assert is_registered(FamilyDay.on(family, config, date(2026, 12, 3)), date(2026, 11, 1)) is is_done


def test_a_second_time_nothing_is_written(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", SECTION)
    register(root, "--month", "november 2026")
    before = (root / FILE).read_bytes()
    assert register(root).out.strip().endswith("every figure has its line already")
    assert (root / FILE).read_bytes() == before


def test_what_all_families_are_measured_on_is_asked_also_where_nothing_was_measured_yet(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", "\npauses: []\n")
    assert "nothing is asked for" in register(root).out
    with (root / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("indicators_used: [a_job]\n")
    assert register(root).code == 0
    text = (root / FILE).read_text("utf-8")
    assert text.count("- key: a_job") == 2
    assert text.index("\nmeasurements:") < text.index("\npauses:")


def test_who_has_not_said_yes_is_asked_for_nothing(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2026-009")
    with (root / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("indicators_used: [a_job]\n")
    before = (root / "families/hop-2026-009.yaml").read_bytes()
    said = run("-w", root, "--today", "2026-12-03", "new", "registration", "HOP-2026-009").out
    assert "nobody is measured" in said
    assert (root / "families/hop-2026-009.yaml").read_bytes() == before


def test_a_list_that_has_no_room_and_a_word_that_is_no_month_are_refused(tmp_path: Path) -> None:
    short = "\nmeasurements: {indicators: [{key: skolefravær, for: [sami], month: 2026-10, value: 31}]}\n"
    root = workspace(tmp_path / "ws", short)
    before = (root / FILE).read_bytes()
    assert register(root).code == 3
    assert register(root, "--month", "nov").code == 2
    assert (root / FILE).read_bytes() == before


def test_a_month_that_has_not_come_is_asked_for_by_nobody(tmp_path: Path) -> None:
    root = workspace(tmp_path / "ws", SECTION)
    before = (root / FILE).read_bytes()
    assert register(root, "--month", "2027-01").code == 2
    assert (root / FILE).read_bytes() == before
    assert register(root, "--month", "2026-12").code == 0
