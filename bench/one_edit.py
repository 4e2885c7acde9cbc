"""One family edited while the service runs: from the file's rename to its last document, few families or many."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, Self

from bench.commands import build, hopdocs_command
from bench.figure import Figure, at_most
from bench.large_workspace import FAMILIES, FULL, NOTE, STANDING, large_workspace
from bench.table import format_seconds
from bench.workspaces import write_workspace
from hopdocs.watching.changes import QUIET_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

ROUNDS: Final = 11
WITHIN: Final = 1.5
EDITED: Final = "hop-2026-1003"
PAUSE_SECONDS: Final = 0.5
_CASE_NUMBER: Final = re.compile(r'^case_number: "[^"]+"', re.MULTILINE)
_NOTE: Final = (
    "Median over edits in turns, two `hopdocs watch` at a time: from the rename of the saved file to the youngest "
    "change of a DOCX in the family's folder, as the file system tells it (every letter that is not final shows the "
    f"edited case number), less the {QUIET_SECONDS * 1000:.0f} ms for which the service waits until a save has settled"
)


def measure() -> Iterator[Figure]:
    """Both services live while the edits take turns."""
    with ExitStack() as until_done:
        home = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="hopdocs-bench-")))
        few = home / "few"
        write_workspace(few, FULL, STANDING)
        build(few)
        many = large_workspace().path
        services = {path: until_done.enter_context(Service(path)) for path in (few, many)}
        seconds: dict[Path, list[float]] = {few: [], many: []}
        for number in range(ROUNDS + 1):
            for path, service in services.items():
                time.sleep(PAUSE_SECONDS)
                taken = service.edit(number)
                if number:  # the first edit compiles the templates
                    seconds[path].append(taken - QUIET_SECONDS)
    ours, base = median(seconds[many]), median(seconds[few])
    yield Figure(
        what=f"one family edited of {FAMILIES:,}, all its DOCX",
        ours=format_seconds(ours),
        theirs=f"of {FULL}: {format_seconds(base)}",
        measured=ours / base,
        target=at_most(WITHIN),
        notes=(_NOTE, NOTE),
    )


class Service:
    """A `hopdocs watch` that has looked at everything once."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            hopdocs_command(workspace, "watch", "--format", "json"), stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        self._wait_for_cycle()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.communicate()

    def edit(self, number: int) -> float:
        """Seconds from the rename of an edited file to the last of its documents."""
        source = self._workspace / "families" / f"{EDITED}.yaml"
        text = _CASE_NUMBER.sub(f'case_number: "26-{700000 + number}"', source.read_text(encoding="utf-8"))
        saved = source.with_name(".saved.tmp")
        saved.write_text(text, encoding="utf-8")
        begun = time.time_ns()
        os.replace(saved, source)  # noqa: PTH105 - the call that an editor makes
        self.wait_for_work()
        folder = self._workspace / "out" / EDITED
        changed = [path.stat().st_ctime_ns for path in folder.glob("*.docx")]
        if sum(moment > begun for moment in changed) < len(changed) // 2:
            raise ValueError("the edit did not reach the documents")
        return (max(changed) - begun) / 1e9

    def wait_for_work(self) -> None:
        """Until a cycle has looked at a family."""
        while not self._wait_for_cycle()["evaluated"]:
            pass

    def _wait_for_cycle(self) -> Mapping[str, object]:
        """The next cycle's report."""
        if self._process.stdout is None:
            raise RuntimeError("the service has no output")
        for line in self._process.stdout:
            event: Mapping[str, object] = json.loads(line)
            if event["event"] == "cycle":
                return event
            if event["event"] == "diagnostics":
                raise ValueError(f"the service says {line}")
        raise ValueError("the service ended")
