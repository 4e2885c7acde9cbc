"""Pages that only say that mail has left make way for a save, and none of them is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.cycle.run import CycleOptions
from tests.unit.cycling import FAMILY, OUT, copy_example

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cycling import Desk

SAVED = f"{OUT}/overblik.html"
ONE, OTHERS = "hop-2026-002", ("hop-2026-003", "hop-2026-004", "hop-2026-005")


def make_old(desk: Desk) -> frozenset[str]:
    """Put another text in the place of each family's page; the families' ids."""
    pages = [*desk.root.glob("out/hop-*/overblik.html")]
    for page in pages:
        page.write_text("old", "utf-8")
    return frozenset(page.parent.name.upper() for page in pages)


def old_pages(desk: Desk) -> set[str]:
    pages = desk.root.glob("out/hop-*/overblik.html")
    return {page.relative_to(desk.root).as_posix() for page in pages if page.read_text("utf-8") == "old"}


def test_a_save_waits_for_one_page_and_the_rest_is_written_later_by_whoever_runs_then(tmp_path: Path) -> None:
    desk = copy_example(tmp_path / "workspace")
    text = (desk.root / f"families/{ONE}.yaml").read_text("utf-8")
    for name in OTHERS:
        (desk.root / f"families/{name}.yaml").write_text(text.replace(ONE.upper(), name.upper()), "utf-8")
    desk.cycle()
    mailed = make_old(desk)
    assert desk.cycle(CycleOptions(mailed=mailed, makes_way=lambda: True)).must_retry
    left = old_pages(desk)
    assert len(left) == len(mailed) - 1
    assert SAVED in left

    assert desk.cycle(CycleOptions(first=(FAMILY,), makes_way=lambda: True)).must_retry
    assert len(old_pages(desk)) == len(left) - 2
    assert SAVED not in old_pages(desk)

    assert not desk.cycle().must_retry  # a process of its own, which nobody told what had left
    assert not old_pages(desk)
    make_old(desk)
    desk.cycle()
    assert old_pages(desk) == {f"out/{family.lower()}/overblik.html" for family in mailed}
