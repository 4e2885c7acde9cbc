"""Two workers of a cluster on this machine, encrypted, against our own two processes: the same families, PDFs and all.

`python -m bench.cluster 1000` measures so many families, once each way; `make bench` some of them, in turns.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.cluster_parts import DOCUMENTS, make_certificates, read_output, running_cluster
from bench.commands import JOBS, hopdocs_command
from bench.figure import Figure, at_least
from bench.table import format_seconds, format_table
from bench.workspaces import Standing, write_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

FEW: Final = 32
IN_COURSE: Final = 16
"""Of so many families one is in the middle of its course, with all its papers."""
PAIRS: Final = 2
OF_OURS: Final = 0.9
_CLEAN_OR_DIAGNOSTICS: Final = (0, 1)
_NOTE: Final = (
    "`hopdocs build` as a whole, in turns: with `--jobs 2`, and with `--cluster` and two workers of a scheduler here "
    "(TLS on loopback; their start is left out, the owner's own LibreOffice for the probe is not). The rate of "
    "the cluster by ours; Word files, PDFs and pages are compared byte by byte"
)


def measure() -> Iterator[Figure]:
    """A few families, as often as it takes to see that the machine was quiet."""
    yield compare(FEW, PAIRS)


def compare(families: int, pairs: int) -> Figure:
    """Both ways by turns."""
    own, helped = [], []
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        home = Path(name)
        with running_cluster(make_certificates(home / "certificates"), JOBS) as cluster:
            there = ("--cluster", cluster.address, "--certificates", str(cluster.certificates))
            build(home / "warm", FEW, there)  # workers compile templates once in their lives
            for pair in range(pairs):
                ours, theirs = home / f"own-{pair}", home / f"helped-{pair}"
                own.append(build(ours, families, ("--jobs", str(JOBS))))
                helped.append(build(theirs, families, there))
                count = _assert_same(ours, theirs)
    return Figure(
        what=f"{families:,} families, {count:,} files with PDFs, two workers of a cluster",
        ours=format_seconds(median(helped)),
        theirs=f"our own two processes {format_seconds(median(own))}",
        measured=median(mine / others for mine, others in zip(own, helped, strict=True)),
        target=at_least(OF_OURS),
        notes=(_NOTE,),
    )


def build(workspace: Path, families: int, words: tuple[str, ...]) -> float:
    """Seconds of a first build."""
    write_workspace(workspace, families, Standing(in_course=max(families // IN_COURSE, 1)))
    config = workspace / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("  pdf: none", "  pdf: auto"), "utf-8")
    begun = time.perf_counter()
    done = subprocess.run(hopdocs_command(workspace, "build", *words), check=False, capture_output=True)  # noqa: S603
    seconds = time.perf_counter() - begun
    if done.returncode not in _CLEAN_OR_DIAGNOSTICS or b"HD77" in done.stderr + done.stdout:
        raise ValueError(f"hopdocs build ended with {done.returncode}: {done.stderr[-2000:].decode()}")
    return seconds


def _assert_same(ours: Path, theirs: Path) -> int:
    """How many Word files and PDFs both have, with the same bytes and the same pages beside them."""
    own, helped = read_output(ours), read_output(theirs)
    other = [name for name in sorted(own.keys() | helped.keys()) if own.get(name) != helped.get(name)]
    if other:
        raise ValueError(f"the cluster made other files: {len(other)}, such as {other[:3]}")
    return sum(name.endswith(DOCUMENTS) for name in own)


if __name__ == "__main__":
    sys.stdout.write(format_table([compare(int(sys.argv[1]), 1)]) + "\n")
