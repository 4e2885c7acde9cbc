"""What a worker still has in memory of a family when nothing more comes."""

from __future__ import annotations

import gc
from types import CodeType, FrameType
from typing import TYPE_CHECKING

from hopdocs.cycle.making import workers
from hopdocs.cycle.making.elsewhere.work import BENCH
from hopdocs.cycle.run import CycleOptions, Session
from hopdocs.workspace import open_workspace
from tests.unit.cycle.making.elsewhere.executors import Blindfolded, elsewhere
from tests.unit.cycling import copy_example

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PARTS = ("HOP", "-2031-", "981")
"""A number that no other family has, put together where it is looked for: the search does not find itself."""


def test_of_a_family_nothing_stays_with_a_worker_that_has_nothing_more_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WORTH_A_WORKER", 1)
    desk = copy_example(tmp_path / "workspace")
    for path in (desk.root / "families").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("HOP-2026-007", "".join(PARTS)), "utf-8")
    with elsewhere(Blindfolded(desk.root)) as place:
        with Session(open_workspace(desk.root), desk.clock, elsewhere=place) as session:
            desk.cycle(CycleOptions(jobs=1), session)
        del session
        assert _find_number()
        BENCH.forget()
        assert not _find_number()


def _find_number() -> list[str]:
    """In what kind of thing that is still there the number stands."""
    gc.collect()
    number = "".join(PARTS)
    found, waiting, seen = [], [item for item in gc.get_objects() if not isinstance(item, (FrameType, CodeType))], set()
    while waiting:
        item = waiting.pop()
        for value in gc.get_referents(item):
            if isinstance(value, (str, bytes)):
                text = value if isinstance(value, str) else value.decode("latin-1")
                if number in text:
                    found.append(f"{type(item).__name__}: {text[:200]}")
            elif not gc.is_tracked(value) and id(value) not in seen:
                seen.add(id(value))
                waiting.append(value)
    return found
