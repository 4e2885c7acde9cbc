"""`python -m tests.endurance.cluster [FAMILIES] [SEED]`: a build on other machines, some of which die at it.

Three workers make Word files and PDFs, encrypted, on loopback. At moments by chance one is killed, one is stopped as a
hung machine is, and a new one comes. Then every file must be there once, with the bytes that this machine alone makes.
"""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.cluster_parts import DOCUMENTS, add_worker, make_certificates, read_output, running_cluster
from bench.commands import JOBS, hopdocs_command
from bench.workspaces import Standing, write_workspace
from tests.endurance.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.cluster_parts import Parts

_FAMILIES: Final = 200
_SEED: Final = 20261129
_PLANS: Final = 20
"""Of so many families one is in the middle of its course, with all its papers."""
_LOOK_SECONDS: Final = 0.5
_MADE: Final = re.compile(r"^\+ (\S+)\.docx\+pdf", re.MULTILINE)


def write_families(folder: Path, count: int) -> None:
    """A workspace that makes PDFs."""
    write_workspace(folder, count, Standing(in_course=max(count // _PLANS, 1)))
    config = folder / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("  pdf: none", "  pdf: auto"), "utf-8")


class Build:
    """`hopdocs build --cluster`, and what is done to the workers meanwhile."""

    def __init__(self, workspace: Path, cluster: Parts, seed: int, tally: Tally) -> None:
        self._workspace = workspace
        self._cluster = cluster
        self._tally = tally
        self._chance = random.Random(seed)  # noqa: S311 - moments, not secrets

    def run(self, expected: int) -> str:
        """What it said; each harm is done once so many of the documents stand, by chance."""
        harms: list[Callable[[], None]] = [self._kill, self._stop, self._add]
        moments = sorted(self._chance.uniform(0.05, 0.8) * expected for _ in harms)
        where = ["--cluster", self._cluster.address, "--certificates", str(self._cluster.certificates)]
        command = hopdocs_command(self._workspace, "build", *where)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            while process.poll() is None and moments:
                if self._count() >= moments[0]:
                    moments.pop(0)
                    harms.pop(0)()
                time.sleep(_LOOK_SECONDS)
            said, _ = process.communicate()
        self._tally.check(process.returncode in (0, 1), f"the build ended with {process.returncode}: {said[-2000:]}")
        self._tally.check(not harms, f"the build was over before {len(harms)} of the harms")
        return said

    def _count(self) -> int:
        return sum(1 for path in (self._workspace / "out").rglob("*") if path.suffix in DOCUMENTS)

    def _kill(self) -> None:
        self._harm(signal.SIGKILL, "killed")

    def _stop(self) -> None:
        self._harm(signal.SIGSTOP, "stopped")

    def _harm(self, number: signal.Signals, word: str) -> None:
        victim = self._cluster.workers.pop(0)
        victim.process.send_signal(number)
        self._tally.say(f"a worker is {word} with {self._count()} files there")

    def _add(self) -> None:
        add_worker(self._cluster)
        self._tally.say(f"a worker comes with {self._count()} files there")


def main(families: int = _FAMILIES, seed: int = _SEED) -> int:
    """Both builds, and the comparison."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="hopdocs-cluster-") as name:
        home = Path(name)
        alone, helped = home / "alone", home / "helped"
        for each in (alone, helped):
            write_families(each, families)
        begun = time.monotonic()
        subprocess.run(hopdocs_command(alone, "build", "--jobs", str(JOBS)), check=False, capture_output=True)
        expected = read_output(alone)
        tally.say(f"this machine alone: {len(expected)} files in {time.monotonic() - begun:.0f} s")
        with running_cluster(make_certificates(home / "certificates"), 3) as cluster:
            begun = time.monotonic()
            said = Build(helped, cluster, seed, tally).run(sum(name.endswith(DOCUMENTS) for name in expected))
            tally.say(f"with others, seed {seed}: {time.monotonic() - begun:.0f} s")
        found = read_output(helped)
        tally.check(not expected.keys() - found.keys(), f"{len(expected.keys() - found.keys())} files are missing")
        tally.check(not found.keys() - expected.keys(), f"{len(found.keys() - expected.keys())} files are too many")
        other = [path for path, data in expected.items() if found.get(path, data) != data]
        tally.check(not other, f"{len(other)} files have other bytes: {other[:3]}")
        twice = [path for path, times in Counter(_MADE.findall(said)).items() if times > 1]
        tally.check(not twice, f"{len(twice)} files were made twice")
        tally.check(not list((helped / "out").rglob(".hopdocs-*")), "half files are left")
        again = subprocess.run(hopdocs_command(helped, "build"), check=False, capture_output=True, text=True)
        tally.check(not re.search(r"(?m)^[+-] ", again.stdout), f"a second build does something: {again.stdout[:500]}")
    return tally.end()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
