"""One simple letter through every template engine that a user would pick instead, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import tempfile
from itertools import count
from pathlib import Path
from statistics import median
from typing import IO, TYPE_CHECKING, Final, Self

from bench.figure import Figure, at_least
from bench.plain_letter import DATA, make_template, read_text
from bench.rivals.installation import Rival, install_rivals
from bench.table import format_seconds
from bench.turns import clock
from hopdocs.rendering.template import Template, compile_template_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

ROUNDS: Final = 7
THEIRS_A_ROUND: Final = 5
OURS_A_ROUND: Final = 50
LEAST: Final = 8.0
_NOTE: Final = (
    "The same letter (5 fields, a table of 20 rows) as a template in each engine's own syntax; each writes new files, "
    "in a process of its own that has made some before the clock starts; the text was found equal in this run"
)


def measure() -> Iterator[Figure]:
    """Our letter against the quickest of the others, and each of those by itself."""
    rivals, missing = install_rivals()
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
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


class Runner:
    """A rival's process, that makes documents when asked."""

    def __init__(self, rival: Rival, folder: Path) -> None:
        self.name = rival.name
        self.folder = folder / rival.name.replace(" ", "-")
        self.folder.mkdir()
        template, data = self.folder / "template.docx", self.folder / "data.json"
        template.write_bytes(make_template(rival.syntax))
        data.write_text(json.dumps(DATA), encoding="utf-8")
        out = self.folder / "out"
        out.mkdir()
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [*rival.command, str(template), str(data), str(out)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def make(self, documents: int) -> float:
        """Seconds for so many documents."""
        stdin, stdout = _pipes(self._process)
        stdin.write(f"{documents}\n")
        stdin.flush()
        answer = stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} ended")
        return float(answer)

    def check(self, expected: str) -> None:
        """Raise ValueError unless its letter says what ours says."""
        self.make(1)
        if _words(read_text((self.folder / "out" / "1.docx").read_bytes())) != _words(expected):
            raise ValueError(f"{self.name} makes another letter")

    def close(self) -> None:
        """End the process."""
        stdin, stdout = _pipes(self._process)
        stdin.close()
        self._process.wait(10)
        stdout.close()


def _take_turns(ours: Template, runners: list[Runner], folder: Path) -> dict[str, float]:
    numbers = count()

    def make_ours() -> None:
        for _ in range(OURS_A_ROUND):
            (folder / f"ours-{next(numbers)}.docx").write_bytes(ours.render(DATA))

    seconds: dict[str, list[float]] = {"hopdocs": [], **{runner.name: [] for runner in runners}}
    for _ in range(ROUNDS):
        seconds["hopdocs"].append(clock(make_ours) / OURS_A_ROUND)
        for runner in runners:
            seconds[runner.name].append(runner.make(THEIRS_A_ROUND) / THEIRS_A_ROUND)
    return {name: median(values) for name, values in seconds.items()}


def _words(text: str) -> list[str]:
    return text.split()


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process has no pipes")
    return process.stdin, process.stdout
