"""Killed at any moment, started again: the documents are those of a clean build, and nothing is left lying about."""

from __future__ import annotations

import random
import re
import signal
import sqlite3
import time
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hopdocs.clock import ShiftedClock
from hopdocs.cycle.run import run_cycle
from hopdocs.workspace import open_workspace
from tests.service.watched import FAMILY, TODAY, Watched, documents_of, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

_ROUNDS = 4


def _edit(folder: Path, number: int) -> None:
    path = folder / FAMILY
    text = re.sub(r'start: "10[.]\d\d"', f'start: "10.{number:02d}"', path.read_text("utf-8"))
    beside = path.with_name(".edit.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def test_killed_at_random_moments_it_ends_as_a_clean_build(tmp_path: Path) -> None:
    chance = random.Random(20261121)  # noqa: S311 - moments, not secrets
    folder = make_workspace(tmp_path / "killed")
    for number in range(_ROUNDS):
        watched = Watched(folder)
        watched.start(is_ready=number % 2 == 1)
        if number % 2 == 1:
            _edit(folder, 10 + number)
            time.sleep(chance.uniform(0.05, 0.35))
        else:  # in the middle of its start, which takes about as long
            time.sleep(chance.uniform(0.8, 2.2))
        watched.stop(signal.SIGKILL)
    _build(folder)
    found = documents_of(folder)
    clean = make_workspace(tmp_path / "clean")
    (clean / FAMILY).write_bytes((folder / FAMILY).read_bytes())
    _build(clean)
    expected = documents_of(clean)
    assert found.keys() == expected.keys()
    differing = {name for name in expected if found[name] != expected[name]}
    # The versions count the edits that were built: a document that was made again says which version it is.
    assert differing <= _versioned(folder)
    for database in ("ledger.db", "cache.db"):
        with sqlite3.connect(folder / ".hopdocs" / database) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()


def test_a_crash_between_two_steps_leaves_no_temporary_file_behind(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "workspace")
    left = folder / "out/hop-2026-007/.hopdocs-0123456789abcdef.tmp"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a letter")
    foreign = left.with_name("somebodys-notes.txt")
    foreign.write_bytes(b"keep")
    _build(folder)
    assert not left.exists()
    assert foreign.read_bytes() == b"keep"


def _build(folder: Path) -> None:
    clock = ShiftedClock.as_of(date.fromisoformat(TODAY), ZoneInfo("Europe/Copenhagen"))
    run_cycle(open_workspace(folder), clock)


def _versioned(folder: Path) -> set[str]:
    """The documents that the ledger knows more than one version of."""
    with sqlite3.connect(folder / ".hopdocs/ledger.db") as connection:
        rows = connection.execute("SELECT kind, meeting, recipient FROM document_version WHERE version > 1").fetchall()
    connection.close()
    return {f"hop-2026-007/{'-'.join(part for part in row if part)}.docx" for row in rows}
