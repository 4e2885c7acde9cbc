"""`python -m bench [NAME…] [--against DIR]`: measures, and prints one table."""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.against import PAIRS, compare, format_comparison
from bench.figure import Figure, at_least
from bench.machine import describe_machine
from bench.table import format_amount, format_table

if TYPE_CHECKING:
    from collections.abc import Iterator

MEASURES: Final = {
    "document": "bench.one_document",
    "engines": "bench.engines",
    "families": "bench.many_families",
    "watch": "bench.one_edit",
    "pdf": "bench.pdfs",
    "bytes": "bench.same_bytes",
    "cluster": "bench.cluster",
    "notices": "bench.thousand_notices",
    "candidates": "bench.candidates",
    "editor": "bench.editor",
}
"""By name: the module whose `measure` yields figures."""


def main(arguments: list[str] | None = None) -> int:
    """Measure all, or what is named; exit code 0 also where a target is missed, since that is a result."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--against", type=Path, metavar="DIR", help="another checkout, each figure measured in turns")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how often with --against (%(default)s)")
    chosen = parser.parse_args(arguments)
    names = chosen.names or list(MEASURES)
    machine, begun = describe_machine(), time.monotonic()
    if chosen.against:
        if not (chosen.against / "bench" / "__main__.py").is_file() or chosen.pairs < 1:
            parser.error("--against wants a checkout that has a bench folder, and at least one pair")
        compared, notes = compare(names, chosen.against.resolve(), _say, pairs=chosen.pairs)
        sys.stdout.write(
            f"\n{machine}\nThis checkout by the other, pair by pair ({time.monotonic() - begun:.0f} s).\n\n"
        )
        sys.stdout.write(format_comparison(compared, notes) + "\n")
        return 0
    figures: list[Figure] = []
    for name in names:
        _say(f"… {name}")
        for figure in _measured(name):
            figures.append(figure)
            _say(f"  {figure.what}: {format_amount(figure.measured, figure.unit)}")
    sys.stdout.write(f"\n{machine}\nMedians and ratios of this run alone ({time.monotonic() - begun:.0f} s).\n\n")
    sys.stdout.write(format_table(figures) + "\n")
    return 0


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
