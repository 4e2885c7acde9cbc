"""Two checkouts are asked in turns, each by its own benchmarks, and only what every pair says is called worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench import __main__ as run
from bench import against
from bench.against import Compared, compare, format_comparison
from bench.table import read_amount

if TYPE_CHECKING:
    from pathlib import Path

MODULE = """
from pathlib import Path
from bench.figure import Figure
from bench.table import format_seconds
LOG = Path(__file__).parents[2] / "order"
def measure():
    for what, seconds in {figures}:
        with LOG.open("a") as log:
            log.write("{name} " + what + ", ")
        yield Figure(what, format_seconds(seconds))
    {ending}
"""
FIGURE = "class Figure:\n    def __init__(self, what, ours):\n        self.what, self.ours = what, ours\n"
TABLE = "def format_seconds(seconds):\n    return f'{seconds:.0f} s'\n"


def make_checkout(home: Path, name: str, figures: list[tuple[str, float]], ending: str = "") -> Path:
    """One whose measuring module is called after it, since names inside may differ."""
    bench = home / name / "bench"
    bench.mkdir(parents=True)
    (home / name / "hopdocs").mkdir()
    files = {
        "../hopdocs/__init__.py": "",
        "__init__.py": "",
        "__main__.py": f"MEASURES = {{'letter': 'bench.{name}'}}",
        "figure.py": FIGURE,
        "table.py": TABLE,
        f"{name}.py": MODULE.format(figures=figures, name=name, ending=ending),
    }
    for file, text in files.items():
        (bench / file).write_text(text, "utf-8")
    return home / name


def say_nothing(_: str) -> None:
    """Progress is for a person."""


def test_both_checkouts_are_measured_in_turns_with_all_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(against, "HOME", make_checkout(tmp_path, "new", [("one", 0.0123), ("two", 4.0)]))
    other = make_checkout(tmp_path, "old", [("one", 0.0120), ("two", 5.0)])
    compared, notes = compare(["letter"], other, say_nothing, pairs=2)
    assert (tmp_path / "order").read_text("utf-8") == "new one, old one, new two, old two, " * 2
    assert [(it.what, it.pairs) for it in compared] == [("one", [(0.0123, 0.012)] * 2), ("two", [(4.0, 5.0)] * 2)]
    assert [it.is_worse for it in compared] == [True, False]
    assert notes == []


def test_what_only_one_has_and_what_stops_one_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(against, "HOME", make_checkout(tmp_path, "new", [("one", 1.0), ("new", 1.0)]))
    other = make_checkout(tmp_path, "old", [("one", 1.0)], ending="raise ValueError('no rival')")
    compared, notes = compare(["letter", "watch"], other, say_nothing, pairs=1)
    assert notes == [
        "there: letter: ValueError: no rival",
        "new: 1.0 s here, none there",
        "here: watch: no such benchmark there",
        "there: watch: no such benchmark there",
    ]
    assert format_comparison(compared, notes).endswith(
        "\nNone of 1 figures is worse in every pair. 1 could not be compared."
    )


def test_a_checkout_that_would_measure_an_installed_package_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(against, "HOME", make_checkout(tmp_path, "new", [("one", 1.0)]))
    other = make_checkout(tmp_path, "old", [("one", 1.0)])
    (other / "hopdocs" / "__init__.py").unlink()
    (other / "hopdocs").rmdir()
    _, [note, _] = compare(["letter"], other, say_nothing, pairs=1)
    assert note.startswith("there: letter: ImportError: hopdocs comes from ")


def test_a_figure_is_worse_only_where_every_pair_says_so() -> None:
    noise = Compared("noise", "s", [(1.2, 1.0), (1.1, 1.0), (0.99, 1.0)])
    worse = Compared("slower", "s", [(1.02, 1.0), (1.05, 1.0), (1.01, 1.0)])
    memory = Compared("memory", "MB", [(400.0, 410.0)])
    table = format_comparison([noise, worse, memory], [])
    assert [line.split() for line in table.splitlines()[2:5]] == [
        ["noise", "1.1", "s", "1.0", "s", "0.990", "1.100", "1.200", "no"],
        ["slower", "1.0", "s", "1.0", "s", "1.010", "1.020", "1.050", "YES"],
        ["memory", "400", "MB", "410", "MB", "0.976", "0.976", "0.976", "no"],
    ]
    assert table.endswith(
        "\n1 of 3 figures WORSE in every pair: slower. Equal code is worse in all 3 pairs 1 time in 8."
    )


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ("0.74 ms", (0.00074, "s")),
        ("1.5e-05 s", (1.5e-05, "s")),
        ("412 MB in 12.3 s", (412.0, "MB")),
        ("1,250 MB", (1250.0, "MB")),
        ("250/s", (0.004, "s")),
        ("–", None),
        ("-0.2 s", None),
        ("0.0 s", None),
    ],
)
def test_what_a_checkout_prints_is_read_so_that_less_is_better(told: str, amount: tuple[float, str] | None) -> None:
    assert read_amount(told) == amount


def test_the_flag_prints_the_comparison_in_place_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(against, "HOME", make_checkout(tmp_path, "new", [("one", 1.0)]))
    other = make_checkout(tmp_path, "old", [("one", 2.0)])
    monkeypatch.setitem(run.MEASURES, "letter", "bench.new")
    assert run.main(["letter", "--against", str(other), "--pairs", "1"]) == 0
    assert capsys.readouterr().out.endswith("None of 1 figures is worse in every pair.\n")
    with pytest.raises(SystemExit):
        run.main(["--against", str(tmp_path / "nowhere")])
