"""A workspace through months of edits, days and faults: after each build it is what a clean build would make."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import quick
from tests.unit.cli.verbs.test_templates import edited

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STEPS = 10


@dataclass
class World:
    root: Path
    day: date = date(2026, 11, 2)
    texts: dict[str, str] = field(default_factory=dict)

    def rewrite(self, name: str, old: str, new: str) -> None:
        """Replace a text where it stands, else put it back: each edit undoes itself the next time."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        old, new = (old, new) if old in text else (new, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def words(self) -> tuple[str | Path, ...]:
        return ("-w", self.root, "--today", self.day.isoformat())


FAMILY = "families/hop-2026-007.yaml"
CONFIG = "config.yaml"


def _family(old: str, new: str) -> Callable[[World], None]:
    return lambda world: world.rewrite(FAMILY, old, new)


def _pass_days(number: int) -> Callable[[World], None]:
    def step(world: World) -> None:
        world.day += timedelta(days=number)

    return step


def _swap_template(world: World) -> None:
    path = world.root / "templates/invitation.docx"
    if path.exists():
        path.unlink()
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(edited("invitation", ("Sig til, hvis", "Sig endelig til, hvis")))


def _lose_cache(world: World) -> None:
    (world.root / ".hopdocs/cache.db").unlink(missing_ok=True)


EDITS: dict[str, Callable[[World], None]] = {
    "a day passes": _pass_days(1),
    "three weeks pass": _pass_days(21),
    "a wish is put otherwise": _family("wishes: Ro om morgenen.", "wishes: Fred om morgenen."),
    "a note that nothing shows": _family("# Hvorfor familien er i målgruppen.", "# Hvorfor dog det."),
    "another substitute": _family("substitute: rri", "substitute: ssk"),
    "the time of a meeting": _family('end: "12.00"', 'end: "12.30"'),
    "consent of one area withdrawn": _family("areas: [BF, BES, DU, SO]", "areas: [BF, BES, DU]"),
    "a broken file": _family("criteria: [", "criteria: [["),
    "another telephone": lambda world: world.rewrite(CONFIG, '"00 00 12 00"', '"00 00 12 99"'),
    "another template": _swap_template,
    "the cache is lost": _lose_cache,
}


@pytest.mark.parametrize("seed", [1, 2])
def test_after_each_build_everything_is_as_a_clean_build_makes_it(tmp_path: Path, seed: int) -> None:
    world = World(quick(tmp_path / "ws", "hop-2026-007"))
    names = random.Random(seed).sample([*EDITS], k=STEPS)  # noqa: S311 - any order will do
    for name in names:
        EDITS[name](world)
        run(*world.words(), "build")
        shown = run(*world.words(), "verify", "--jobs", "1", "--format", "json")
        assert shown.shape["differences"] == [], (name, names)
        again = run(*world.words(), "build", "--format", "json").shape["documents"]
        assert {row["action"] for row in again} <= {"kept"}, name
