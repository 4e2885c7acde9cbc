"""A checkout's own benchmarks, a figure at a time: a line in, that figure as one line of JSON out.

It runs with that checkout's folder as its own, and uses nothing of it but `bench.__main__.MEASURES` and what the
modules named there yield, so that either checkout may have moved everything else.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def tell_figures(name: str) -> Iterator[dict[str, str | None]]:
    """Each figure's name and what the checkout measured of itself; at last why there is no more."""
    try:
        table = import_module("bench.table")
        table.format_seconds = format_seconds  # type: ignore[attr-defined]  # before a measuring module takes it
        module = import_module("bench.__main__").MEASURES.get(name)
        if module is None:
            yield {"end": f"{name}: no such benchmark there"}
            return
        assert_own_package()
        for figure in import_module(module).measure():
            yield {"what": figure.what, "own": figure.ours}
    except Exception as err:  # noqa: BLE001 - whatever stops this checkout's benchmark is told of it
        yield {"end": f"{name}: {type(err).__name__}: {err}".splitlines()[0][:300]}
    else:
        yield {"end": None}


def format_seconds(seconds: float) -> str:
    """All the digits: what a person reads is too coarse for a ratio near one."""
    return f"{seconds!r} s"


def assert_own_package() -> None:
    """Raise ImportError where an installed hopdocs would be measured in place of the checkout's."""
    found = import_module("hopdocs").__file__ or ""
    if not os.path.realpath(found).startswith(os.path.join(os.path.realpath("."), "")):  # noqa: PTH118
        raise ImportError(f"hopdocs comes from {found}")


if __name__ == "__main__":
    figures = tell_figures(sys.argv[1])
    for _ in sys.stdin:
        sys.stdout.write(json.dumps(next(figures)) + "\n")
        sys.stdout.flush()
