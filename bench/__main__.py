"""`python -m bench [NAME…] [--beside DIR | --against DIR]`: measures, and prints one table."""

from __future__ import annotations

import argparse
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.against import PAIRS, Checkout, compare, format_comparison
from bench.figure import Figure, at_least
from bench.machine import describe_machine
from bench.table import format_amount, format_table, read_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.table import Before

MEASURES: Final = {
    "document": "bench.one_document",
    "engines": "bench.engines",
    "families": "bench.many_families",
    "large": "bench.large_families",
    "watch": "bench.one_edit",
    "pdf": "bench.pdfs",
    "warm": "bench.warm_pdfs",
    "bytes": "bench.same_bytes",
    "cluster": "bench.cluster",
    "notices": "bench.thousand_notices",
    "candidates": "bench.candidates",
    "editor": "bench.editor",
}
"""By name: the module whose `measure` yields figures."""
SCALE: Final = ("large", "watch", "bytes", "candidates")
"""What takes its time: measured where it is named, or with `--scale`."""


def main(arguments: list[str] | None = None) -> int:
    """Measure all, or what is named; exit code 0 also where a target is missed, since that is a result."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--scale", action="store_true", help=f"only what takes long: {', '.join(SCALE)}")
    parser.add_argument("--beside", type=Path, metavar="DIR", help="another checkout, whose own figures stand beside")
    parser.add_argument("--against", type=Path, metavar="DIR", help="another checkout, each figure measured in turns")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how often with --against (%(default)s)")
    chosen = parser.parse_args(arguments)
    # As installed, so with bytecode, which each library has: else each command would compile five hundred modules anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    names = chosen.names or [name for name in MEASURES if (name in SCALE) == chosen.scale]
    machine, begun = describe_machine(), time.monotonic()
    for other in filter(None, (chosen.against, chosen.beside)):
        if not (other / "bench" / "__main__.py").is_file() or chosen.pairs < 1:
            parser.error("wanted is a checkout that has a bench folder, and at least one pair")
    if chosen.against:
        compared, notes = compare(names, chosen.against.resolve(), _say, pairs=chosen.pairs)
        sys.stdout.write(
            f"\n{machine}\nThis checkout by the other, pair by pair ({time.monotonic() - begun:.0f} s).\n\n"
        )
        sys.stdout.write(format_comparison(compared, notes) + "\n")
        return 0
    figures: list[Figure] = []
    before: Before | None = {} if chosen.beside else None
    unknown: list[str] = []
    for name in names:
        _say(f"… {name}")
        measured = _measured(name)
        if before is not None:
            measured = _measured_beside(name, chosen.beside.resolve(), before, unknown)
        for figure in measured:
            figures.append(figure)
            _say(f"  {figure.what}: {format_amount(figure.measured, figure.unit)}")
    sys.stdout.write(f"\n{machine}\nMedians and ratios of this run alone ({time.monotonic() - begun:.0f} s).\n\n")
    sys.stdout.write("\n".join([format_table(figures, before), *unknown]) + "\n")
    return 0


def _measured_beside(name: str, other: Path, before: Before, unknown: list[str]) -> Iterator[Figure]:
    """The same, and what the other checkout measures of itself, asked in turns: a slow minute is slow for both.

    Why the other one could not measure all of it is added to `unknown`.
    """
    with Checkout(other, name) as there:
        for figure in _measured(name):
            _ask(there, before)
            yield figure
        while not there.is_over:
            _ask(there, before)
        if there.end:
            unknown.append(f"Not measured before: {there.end}")


def _ask(there: Checkout, before: Before) -> None:
    told = there.next_figure()
    amount = read_amount(told[1]) if told is not None else None
    if told is not None and amount is not None:
        before[told[0]] = amount


def _measured(name: str) -> Iterator[Figure]:
    """One group's figures. What fails is a missed target with its reason, and the other groups are still measured."""
    try:
        yield from import_module(MEASURES[name]).measure()
    except Exception as err:  # noqa: BLE001 - a rival's program, a full disk: whatever stops one stops no other
        note = f"{name}: {type(err).__name__}: {err}".splitlines()[0][:300]
        yield Figure(f"{name}, cut short", "–", "–", None, target=at_least(1), notes=(note,))


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
