"""hopdocs' own commands as an operator gives them, timed from start to end."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from bench.memory import PeakMemory
from bench.samples import TODAY

JOBS: Final = 2
HOME: Final = Path(__file__).parents[1]
_CLEAN_OR_DIAGNOSTICS: Final = (0, 1)
_MODULES: Final = (
    "hopdocs.cli.exits",
    "hopdocs.cli.program",
    "hopdocs.cli.verbs.build",
    "hopdocs.cli.build_summary",
    "hopdocs.cycle.up_to_date",
)


def build(workspace: Path) -> tuple[float, int]:
    """Seconds and peak memory of `hopdocs build`, from its start to its end."""
    begun = time.perf_counter()
    command = hopdocs_command(workspace, "build", "--jobs", str(JOBS))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - ours
        with PeakMemory(process.pid) as memory:
            _, said = process.communicate()
        seconds = time.perf_counter() - begun
    if process.returncode not in _CLEAN_OR_DIAGNOSTICS:
        raise ValueError(f"hopdocs build ended with {process.returncode}: {said[-2000:].decode()}")
    return seconds, memory.peak_bytes


def build_without_change(workspace: Path) -> float:
    """Seconds of a build that must find nothing to do."""
    command = hopdocs_command(workspace, "build", "--jobs", str(JOBS))
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    seconds = time.perf_counter() - begun
    did = any(line.startswith(("+", "-")) for line in done.stdout.splitlines())
    if did or done.returncode not in _CLEAN_OR_DIAGNOSTICS:
        raise ValueError(f"hopdocs build did something: {done.stdout[-500:]}{done.stderr[-500:]}")
    return seconds


def check(workspace: Path, *families: str) -> float:
    """Seconds of `hopdocs check`, of all families or of some."""
    command = hopdocs_command(workspace, "check", *families)
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    seconds = time.perf_counter() - begun
    if done.returncode not in _CLEAN_OR_DIAGNOSTICS:
        raise ValueError(f"hopdocs check ended with {done.returncode}: {done.stderr[-500:]}")
    return seconds


def start_pydantic() -> None:
    """What anybody pays who validates YAML with these libraries, before the first line is read."""
    command = [sys.executable, "-c", "import pydantic, yaml"]
    subprocess.run(command, check=True, capture_output=True, cwd=HOME)  # noqa: S603 - this Python


def start_interpreter() -> None:
    """What a build pays before it does anything: an interpreter, and the modules that it uses when nothing changed."""
    command = [sys.executable, "-c", f"import {', '.join(_MODULES)}"]
    subprocess.run(command, check=True, capture_output=True, cwd=HOME)  # noqa: S603 - this Python


def hopdocs_command(workspace: Path, *verb: str) -> list[str]:
    """The command, as of the day that the sample families are written for."""
    return [sys.executable, "-m", "hopdocs", "-w", str(workspace), "--today", TODAY.isoformat(), *verb]
