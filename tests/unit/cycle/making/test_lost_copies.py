"""A kept copy that is gone or changed is told by whoever looks, until it lies there again; none is made up anew."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.making.kept import lost_copies
from hopdocs.cycle.run import CycleOptions
from tests.unit.cli.running import run
from tests.unit.cycle.making.test_archive import COPY, TO_NADIRA, built, deliver, desk  # noqa: F401 - fixtures
from tests.unit.cycling import FAMILY

if TYPE_CHECKING:
    from tests.unit.cycling import Desk

DAY = ("--today", "2026-11-21")


@pytest.fixture
def kept(desk: Desk) -> Desk:  # noqa: F811
    """A plan was handed over, and its copy found right."""
    deliver(desk, TO_NADIRA)
    desk.cycle()
    return desk


def told(desk: Desk, options: CycleOptions | None = None) -> list[tuple[str, str]]:  # noqa: F811
    found = desk.cycle(options).diagnostics
    return [(item.code, item.path) for item in found if item.code in {"HD336", "HD337"}]


def test_a_copy_that_is_gone_is_told_each_time_and_not_made_anew(kept: Desk) -> None:
    (kept.root / COPY).unlink()
    assert told(kept) == [("HD336", FAMILY)]
    assert told(kept, CycleOptions(writes=False)) == [("HD336", FAMILY)]
    assert told(kept) == [("HD336", FAMILY)]
    assert COPY not in kept.files()
    assert "HD336" in (kept.root / "out/hop-2026-007/overblik.html").read_text("utf-8")


def test_one_that_was_changed_where_it_lies_is_told_until_it_is_put_back(kept: Desk) -> None:
    path = kept.root / COPY
    before = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"other words")
    assert told(kept) == [("HD337", FAMILY)]
    path.write_bytes(before)
    assert told(kept) == []
    assert "HD337" not in (kept.root / "out/hop-2026-007/overblik.html").read_text("utf-8")


def test_the_whole_folder_may_be_gone(kept: Desk) -> None:
    copies = list((kept.root / COPY).parent.iterdir())
    shutil.rmtree((kept.root / COPY).parent)
    assert told(kept) == [("HD336", FAMILY)] * len(copies)


def test_copies_that_were_found_right_are_not_read_again(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    told(kept)
    monkeypatch.setattr(lost_copies, "_check", lambda *_: pytest.fail("read again"))
    assert told(kept) == []
    monkeypatch.setattr(lost_copies, "SMALL", 0)
    assert told(kept) == []
    kept.clock.pass_days(1)
    assert told(kept) == []


def test_build_and_status_say_so_also_where_nothing_else_has_changed(kept: Desk) -> None:
    for _ in range(2):
        run("-w", kept.root, *DAY, "build")
    (kept.root / COPY).unlink()
    built_again = run("-w", kept.root, *DAY, "build")
    assert "HD336" in built_again.out + built_again.err
    assert "HD336" in run("-w", kept.root, *DAY, "status").err
    assert "HD336" in run("-w", kept.root, *DAY, "status", "HOP-2026-007").err
    assert "HD336" not in run("-w", kept.root, *DAY, "status", "HOP-2026-002").err
