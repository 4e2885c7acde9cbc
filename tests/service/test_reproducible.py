"""Two clean builds of one workspace, on as good as two machines: the same bytes for every document.

Same ledger (none yet) and same `--today`; another folder, time zone, locale, hash seed, umask, order and number of
processes, another user's home and other dates on every file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.cli.test_verbs import quick

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
CHECKOUT = Path(__file__).parents[2]
MANY = 26
"""Families enough that they are spread over processes."""


@dataclass(frozen=True)
class Machine:
    environment: Mapping[str, str]
    umask: int
    touched: float
    """The date on every file, in seconds since 1970."""


HERE = Machine({"TZ": "Europe/Copenhagen", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, 0o022, 1_500_000_000)
THERE = Machine(
    {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "da_DK.UTF-8", "PYTHONHASHSEED": "4711", "HOPDOCS_LANG": "da"},
    0o077,
    1_700_000_000,
)


def build(root: Path, machine: Machine, *words: str) -> None:
    """`hopdocs build` in a process of its own."""
    home = root.parent / f"home-{root.name}"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "hopdocs", "-w", root, "--today", "2026-11-21", "build", *words],
        env={**kept, "HOME": str(home), "PYTHONPATH": str(CHECKOUT), **machine.environment},
        umask=machine.umask,
        capture_output=True,
        check=False,
        cwd=home,
    )
    assert done.returncode == 0, done.stderr.decode()


def place(root: Path, machine: Machine) -> Path:
    """Every file with the machine's date."""
    for path in root.rglob("*"):
        os.utime(path, (machine.touched, machine.touched))
    return root


def digests(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.suffix in {".docx", ".pdf"}
    }


def test_every_word_file_and_pdf_of_the_example_is_the_same_on_another_machine(tmp_path: Path) -> None:
    one = place(Path(shutil.copytree(EXAMPLE, tmp_path / "a")), HERE)
    other = place(Path(shutil.copytree(EXAMPLE, tmp_path / "en anden mappe æøå")), THERE)
    build(one, HERE)
    for family in ("HOP-2026-007", "HOP-2026-002"):  # the other way round
        build(other, THERE, family, "--jobs", "1")
    made = digests(one / "out")
    assert made == digests(other / "out")
    endings = [Path(name).suffix for name in made]
    assert endings.count(".pdf") > endings.count(".docx") > 20  # bound plans are PDFs alone


def test_families_spread_over_processes_come_out_the_same(tmp_path: Path) -> None:
    one = quick(tmp_path / "a", "hop-2026-002")
    text = (one / "families/hop-2026-002.yaml").read_text(encoding="utf-8")
    for number in range(MANY):
        copy = text.replace("HOP-2026-002", f"HOP-2027-{number:03}")
        (one / f"families/hop-2027-{number:03}.yaml").write_text(copy, encoding="utf-8")
    other = place(Path(shutil.copytree(one, tmp_path / "b")), THERE)
    build(place(one, HERE), HERE, "--jobs", "2")
    build(other, THERE, "--jobs", "1")
    made = digests(one / "out")
    assert made == digests(other / "out")
    assert len(made) >= MANY
