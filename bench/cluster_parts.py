"""A real scheduler and real workers, on loopback, encrypted."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.cluster.worker import MEMORY, PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTS: Final = (".docx", ".pdf")
_PAGE = Path(__file__).parents[1] / "docs" / "cluster.md"
_MADE_AT: Final = re.compile(rb"(?<=\d{4} )kl\.\xc2\xa0\d\d\.\d\d")
"""When a page or paper was made, as pages tell it: in two builds it is another minute."""


def read_output(workspace: Path) -> dict[str, bytes]:
    """All that a build made and that another one makes alike: Word files, PDFs and pages."""
    out = workspace / "out"
    found = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.suffix in (*DOCUMENTS, ".html")
    }
    return {name: _MADE_AT.sub(b"", data) if name.endswith(".html") else data for name, data in found.items()}


def make_certificates(folder: Path) -> Path:
    """As docs/cluster.md says, command by command; gives the folder of the one machine."""
    folder.mkdir(parents=True)
    text = _PAGE.read_text("utf-8")
    commands = text.partition("```sh\n")[2].partition("```")[0]
    if "openssl" not in commands:
        raise ValueError("docs/cluster.md says no more how certificates are made")
    subprocess.run(["sh", "-eu", "-c", commands], cwd=folder, check=True, capture_output=True)  # noqa: S603, S607
    return folder / "hub"


@dataclass
class Part:
    """One process of the cluster."""

    process: subprocess.Popen[str]
    address: str = ""

    def written_bytes(self) -> int:
        """What it has handed to a disk, by the system's own account."""
        lines = Path(f"/proc/{self.process.pid}/io").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))

    def end(self) -> None:
        """Gone, with all that it had."""
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        for left in self.folders():
            shutil.rmtree(left)

    def folders(self) -> list[Path]:
        """What it has in memory as files."""
        return list(MEMORY.glob(f"{PREFIX}{self.process.pid}-*"))


@dataclass
class Parts:
    """The scheduler, and who works."""

    certificates: Path
    scheduler: Part
    workers: list[Part] = field(default_factory=list)
    started: list[Part] = field(default_factory=list)
    """All that ever were."""

    @property
    def address(self) -> str:
        """The scheduler's."""
        return self.scheduler.address


@contextmanager
def running_cluster(certificates: Path, workers: int) -> Iterator[Parts]:
    """All of them up, and each worker known to the scheduler."""
    parts: list[Part] = []
    try:
        scheduler = _start(certificates, "scheduler", "tls://127.0.0.1:0")
        parts.append(scheduler)
        _await(scheduler)
        cluster = Parts(certificates, scheduler)
        cluster.workers += [_start(certificates, "worker", scheduler.address) for _ in range(workers)]
        cluster.started = parts
        parts += cluster.workers
        for worker in cluster.workers:
            _await(worker)
        yield cluster
    finally:
        for part in parts:
            part.end()


def add_worker(cluster: Parts) -> None:
    """One more; nobody waits until it is known."""
    cluster.workers.append(_start(cluster.certificates, "worker", cluster.address))
    cluster.started.append(cluster.workers[-1])


def _start(certificates: Path, *words: str) -> Part:
    command = [sys.executable, "-m", "hopdocs", "cluster", *words, "--certificates", str(certificates)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return Part(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment))  # noqa: S603 - ours


def _await(part: Part) -> None:
    """Its first line is its address."""
    if part.process.stdout is not None:
        part.address = part.process.stdout.readline().strip()
    if not part.address.startswith("tls://"):
        raise ValueError(f"a part of the cluster did not start: {part.address!r}")
