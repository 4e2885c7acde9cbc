"""That two builds are compared in all that they made, and not in the minute in which they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.cluster import _assert_same
from tests.unit.cycling import Desk, copy_example

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def builds(tmp_path: Path) -> tuple[Desk, Desk]:
    """The same families, built in two minutes."""
    first, later = copy_example(tmp_path / "first"), copy_example(tmp_path / "later")
    for minutes, desk in enumerate((first, later)):
        desk.clock.moment = desk.clock.moment.replace(minute=minutes)
        desk.cycle()
    return first, later


def test_builds_of_another_minute_are_the_same(builds: tuple[Desk, Desk]) -> None:
    first, later = builds
    assert _assert_same(first.root, later.root) == len(first.files())


@pytest.mark.parametrize("name", ["hop-2026-007/*.html", "hop-2026-007/*.docx", "overblik.html"])
def test_a_page_or_paper_that_differs_or_is_not_there_is_found(builds: tuple[Desk, Desk], name: str) -> None:
    first, later = builds
    other = next((later.root / "out").glob(name))
    other.write_bytes(other.read_bytes() + b" ")
    with pytest.raises(ValueError, match=other.name):
        _assert_same(first.root, later.root)
    other.unlink()
    with pytest.raises(ValueError, match=other.name):
        _assert_same(first.root, later.root)
