"""Whether the copies of what was handed over still lie in `udleveret` as they were kept.

No build makes one again, so one that is gone or changed must be told while somebody still has a backup. A folder is
looked at by its own entry, file by file when the day changes and in a small workspace always; contents are read only
where an entry is another than when they were last found right.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.delivered import FOLDER, copies_in, count_by_folder
from hopdocs.freshness.file_stats import list_file_stats
from hopdocs.freshness.fingerprint import digest_plain
from hopdocs.workspace import source_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hopdocs.freshness.cache import Cache

_NOTHING: Final = ["", ""]
SMALL: Final = 50
"""Folders whose files are all looked at in each cycle."""


@dataclass(frozen=True, slots=True)
class LostCopies:
    """What is not as it was kept, and by path the families of which the last look said something else."""

    diagnostics: list[Diagnostic]
    changed: frozenset[str] = frozenset()


def find_lost_copies(ledger: Path, output: Path, cache: Cache, today: date, *, keeps: bool = False) -> LostCopies:
    """Look at all folders; with `keeps` what was found right is remembered for the next look."""
    remembered = json.loads(cache.meta(MetaKey.KEPT_COPIES) or "{}")
    counts, known = count_by_folder(ledger), remembered.get("folders", {})
    reads_files = len(counts) <= SMALL or remembered.get("day") != today.isoformat()
    lost: dict[str, tuple[Diagnostic, ...]] = {}
    seen: dict[str, list[str]] = {}
    for folder, count in counts.items():
        before = known.get(folder, _NOTHING)
        look = _look(f"{output}/{folder}/{FOLDER}", count, before, reads_files=reads_files)
        found = _check(ledger, output, folder) if look == _NOTHING or look != before else ()
        if found:
            lost[folder] = found
        else:
            seen[folder] = look
    kept = {"day": today.isoformat(), "folders": seen, "lost": sorted(lost)}
    if keeps and kept != remembered:
        cache.set_meta(MetaKey.KEPT_COPIES, json.dumps(kept))
    changed = frozenset(map(source_of, lost.keys() ^ set(remembered.get("lost", ()))))
    return LostCopies([item for folder in sorted(lost) for item in lost[folder]], changed)


def _look(path: str, count: int, known: list[str], *, reads_files: bool) -> list[str]:
    """How a folder looks: its own entry, and its files' entries, which are those known while its own is as it was."""
    try:
        entry = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - ten thousand times
        mark = f"{count} {entry.st_ino} {entry.st_mtime_ns} {entry.st_ctime_ns}"
        if mark == known[0] and not reads_files:
            return known
        return [mark, digest_plain([sorted(list_file_stats(path).items())])]
    except OSError:
        return _NOTHING


def _check(ledger: Path, output: Path, folder: str) -> tuple[Diagnostic, ...]:
    """Each copy in a folder against the digest that the ledger has of it."""
    from hopdocs.freshness.publish import read_digest  # noqa: PLC0415 - whoever finds all in order reads no model

    kept = {name: digest for copy in copies_in(ledger, folder) for name, digest in copy.files}
    found = []
    for name, digest in sorted(kept.items()):
        there = read_digest(output / folder / FOLDER / name)
        if there != digest:
            code = "HD336" if there is None else "HD337"
            params = {"file": f"{output.name}/{folder}/{FOLDER}/{name}"}
            found.append(Diagnostic(source_of(folder), 0, 0, code, params, Severity.WARNING, Blocks.NOTHING))
    return tuple(found)
