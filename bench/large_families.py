"""Ten thousand families: the memory that a build takes, nothing changed, and one edited and checked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.commands import build
from bench.figure import Figure, at_most
from bench.large_workspace import FAMILIES, NOTE, large_workspace
from bench.many_families import MEGABYTE, MEMORY_NOTE, SMALL, measure_check, measure_nothing_changed
from bench.table import format_seconds
from bench.workspaces import Standing, write_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_MORE: Final = 1.0


def measure() -> Iterator[Figure]:
    """All of them; a small workspace is built for its memory."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        write_workspace(Path(name) / "small", SMALL, Standing())
        _, peak = build(Path(name) / "small")
    large = large_workspace()
    yield Figure(
        what=f"the same, peak memory at {FAMILIES:,} families",
        ours=f"{large.peak_bytes / MEGABYTE:.0f} MB in {format_seconds(large.seconds)}",
        theirs=f"at {SMALL:,}: {peak / MEGABYTE:.0f} MB",
        measured=large.peak_bytes / peak,
        target=at_most(NO_MORE),
        notes=(MEMORY_NOTE, NOTE),
    )
    yield measure_nothing_changed(large.path, FAMILIES, NOTE)
    yield from measure_check(large.path, FAMILIES, NOTE)
