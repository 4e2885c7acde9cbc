"""One simple letter through every template engine that a user would pick instead, each in a process of its own."""

from __future__ import annotations

import json
import tempfile
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.figure import Figure, at_least
from bench.memory import memory_folder
from bench.plain_letter import DATA, make_template, read_text
from bench.processes import Driven
from bench.rivals.installation import Rival, install_rivals
from bench.table import format_seconds
from bench.turns import clock
from hopdocs.rendering.template import Template, compile_template_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS: Final = 7
THEIRS_A_ROUND: Final = 5
OURS_A_ROUND: Final = 50
LEAST: Final = 8.0
_NOTE: Final = (
    "The same letter (5 fields, a table of 20 rows) as a template in each engine's own syntax; each writes new files "
    "(in memory, as above), in a process of its own that has made some before the clock starts; the text was found "
    "equal in this run"
)


def measure() -> Iterator[Figure]:
    """Our letter against the quickest of the others, and each of those by itself."""
    rivals, missing = install_rivals()
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-", dir=memory_folder()) as name:
        folder = Path(name)
        ours = compile_template_bytes(make_template("jinja"), "letter.docx")
        expected = read_text(ours.render(DATA))
        runners = [Runner(rival, folder) for rival in rivals]
        try:
            for runner in runners:
                runner.check(expected)
            medians = _take_turns(ours, runners, folder)
        finally:
            for runner in runners:
                runner.close()
    own = medians.pop("hopdocs")
    best = min(medians, key=lambda item: medians[item], default=None)
    others = tuple(f"{name}: {format_seconds(seconds)}" for name, seconds in sorted(medians.items()))
    yield Figure(
        what="one DOCX, simple letter, as shipped",
        ours=format_seconds(own),
        theirs=f"best of others {format_seconds(medians[best])} ({best})" if best else "nothing to compare with",
        measured=medians[best] / own if best else None,
        target=at_least(LEAST),
        notes=(_NOTE, "Simple letter, each: " + "; ".join(others), *missing),
    )


class Runner(Driven):
    """A rival's process, that makes letters when asked."""

    def __init__(self, rival: Rival, folder: Path) -> None:
        self.name = rival.name
        home = folder / rival.name.replace(" ", "-")
        self._out = home / "out"
        self._out.mkdir(parents=True)
        template, data = home / "template.docx", home / "data.json"
        template.write_bytes(make_template(rival.syntax))
        data.write_text(json.dumps(DATA), encoding="utf-8")
        super().__init__([*rival.command, template, data, self._out])

    def check(self, expected: str) -> None:
        """Raise ValueError unless its letter says what ours says."""
        self.ask(1)
        if _words(read_text((self._out / "1.docx").read_bytes())) != _words(expected):
            raise ValueError(f"{self.name} makes another letter")


def _take_turns(ours: Template, runners: list[Runner], folder: Path) -> dict[str, float]:
    numbers = count()

    def make_ours() -> None:
        for _ in range(OURS_A_ROUND):
            (folder / f"ours-{next(numbers)}.docx").write_bytes(ours.render(DATA))

    seconds: dict[str, list[float]] = {"hopdocs": [], **{runner.name: [] for runner in runners}}
    for _ in range(ROUNDS):
        seconds["hopdocs"].append(clock(make_ours) / OURS_A_ROUND)
        for runner in runners:
            seconds[runner.name].append(runner.ask(THEIRS_A_ROUND) / THEIRS_A_ROUND)
    return {name: median(values) for name, values in seconds.items()}


def _words(text: str) -> list[str]:
    return text.split()
