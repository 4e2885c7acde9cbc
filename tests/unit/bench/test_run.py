"""A run measures what was named and prints one table, whatever happens to one group."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bench import __main__ as run
from bench import engines, one_document
from bench.figure import Figure, at_least
from tests.unit.bench.test_against import make_checkout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest


def _measure_one() -> Iterator[Figure]:
    yield Figure("one letter", "1 ms", "docxtpl 40 ms", 40.0, target=at_least(20))


def _measure_half() -> Iterator[Figure]:
    yield Figure("simple letter", "1 ms", "best 9 ms", 9.0, target=at_least(8))
    raise ValueError("docxtemplater makes another letter")


def test_the_table_is_built_from_what_was_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(one_document, "measure", _measure_one)
    assert run.main(["document"]) == 0
    said = capsys.readouterr().out
    assert "one letter" in said
    assert "40.0×" in said
    assert "Python 3." in said
    assert said.rstrip().endswith("All 1 targets reached.")


def test_the_figures_of_another_checkout_stand_beside_in_the_same_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = make_checkout(tmp_path, "old", [("one letter", 0.003), ("only there", 1.0)])
    (other / "bench" / "one_document.py").write_text((other / "bench" / "old.py").read_text("utf-8"), "utf-8")
    (other / "bench" / "__main__.py").write_text("MEASURES = {'document': 'bench.one_document'}", "utf-8")
    monkeypatch.setattr(one_document, "measure", _measure_one)
    assert run.main(["document", "--beside", str(other)]) == 0
    said = capsys.readouterr().out
    (line,) = (line for line in said.splitlines() if line.startswith("one letter"))
    assert line.split()[-3:] == ["3.00", "ms", "3.00×"]
    assert "Not measured before" not in said


def test_why_another_checkout_was_not_measured_is_said_below_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = make_checkout(tmp_path, "document", [], ending="raise ImportError('no cluster')")
    monkeypatch.setattr(one_document, "measure", _measure_one)
    (other / "bench" / "__main__.py").write_text("MEASURES = {'document': 'bench.document'}", "utf-8")
    assert run.main(["document", "--beside", str(other)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Not measured before: document: ImportError: no cluster"


def test_what_takes_long_is_measured_only_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def note(name: str) -> Iterator[Figure]:
        measured.append(name)
        yield from ()

    monkeypatch.setattr(run, "_measured", note)
    run.main([])
    quick, measured = measured, []
    run.main(["--scale"])
    assert sorted([*quick, *measured]) == sorted(run.MEASURES)
    assert tuple(measured) == run.SCALE


def test_commands_are_measured_with_their_bytecode_as_an_installed_program_has_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    seen: list[str | None] = []

    def measure() -> Iterator[Figure]:
        seen.append(os.environ.get("PYTHONDONTWRITEBYTECODE"))
        yield from ()

    monkeypatch.setattr(one_document, "measure", measure)
    run.main(["document"])
    assert seen == [None]


def test_a_group_that_fails_is_a_missed_target_and_the_others_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(one_document, "measure", _measure_one)
    monkeypatch.setattr(engines, "measure", _measure_half)
    assert run.main(["engines", "document"]) == 0
    said = capsys.readouterr().out
    assert "simple letter" in said
    assert "one letter" in said
    assert "engines: ValueError: docxtemplater makes another letter" in said
    assert "1 of 3 targets MISSED: engines, cut short" in said
