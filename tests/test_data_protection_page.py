"""What `docs/databeskyttelse.md` says of the workspace is so: every file has its row, and is its owner's alone."""

from __future__ import annotations

import re
import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

import pytest

from hopdocs.cycle.run import CycleOptions
from hopdocs.package_data import shipped_path
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY
from tests.unit.cycling import Desk, SetClock

PAGE: Final = Path(__file__).parents[1] / "docs" / "databeskyttelse.md"
NEEDS_LIBREOFFICE: Final = {"out/<familie>/*.pdf", "out/<familie>/udsendelse/*", "out/_udsendelse/papir-*.pdf"}
NAMES: Final = ("Stjernekast", "Bodil", "Viggo", "Sejr")
WRITTEN_BY_PEOPLE: Final = (
    "families/",
    "config.yaml",
    "project.yaml",
    "indikatorer.yaml",
    "templates/",
    ".gitignore",
    ".vscode/",
    "README.md",
)


def rows() -> dict[str, str]:
    """By pattern of the table of what lies where: the column that says which personal data are in it."""
    text = PAGE.read_text("utf-8").partition("## Hvad ligger hvor")[2].partition("Andre steder")[0]
    cells = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| `")]
    return {pattern: row[2].strip() for row in cells for pattern in re.findall(r"`([^`]+)`", row[0])}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which everything was done once, but for what LibreOffice makes."""
    root = tmp_path_factory.mktemp("protection") / "ws"
    assert run("init", root, "--sample").code == 0
    for sample in (root / "families").iterdir():
        shutil.rmtree(sample) if sample.is_dir() else sample.unlink()
    config = root / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("pdf: auto ", "pdf: none "), "utf-8")
    for name in ("project.yaml", "indikatorer.yaml"):
        shutil.copy(shipped_path(name), root)
    text = (shipped_path("families") / "hop-2026-009.yaml").read_text("utf-8")
    given = "\ndeliveries:\n  - {document: informationsbrev, to: [bodil], date: 2026-11-21, how: paper}\n"
    (root / "families" / "hop-2026-009.yaml").write_text(text + given, "utf-8")
    (root / "families" / "hop-2026-009").mkdir()
    (root / "families" / "hop-2026-009" / "samtykke-bodil.pdf").write_bytes(b"%PDF")
    Desk(root, SetClock()).cycle(CycleOptions(plans_notices=True))
    assert run("-w", root, *TODAY, "build").code == 0
    run("-w", root, *TODAY, "dispatch")
    run("-w", root, *TODAY, "dispatch", "journal")
    return root


def test_every_file_has_a_row_and_every_row_a_file(root: Path) -> None:
    files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    used = {name: [pattern for pattern in rows() if fnmatch(name, pattern.replace("<familie>", "*"))] for name in files}
    assert [name for name, patterns in used.items() if not patterns] == []
    assert rows().keys() - {pattern for patterns in used.values() for pattern in patterns} == NEEDS_LIBREOFFICE


def test_what_hopdocs_writes_is_its_owners_alone(root: Path) -> None:
    open_ones = [
        path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.stat().st_mode & 0o077 != 0
    ]
    assert [
        name for name in open_ones if not f"{name}/".startswith(WRITTEN_BY_PEOPLE) and name not in WRITTEN_BY_PEOPLE
    ] == []


def test_where_it_says_that_there_is_no_family_there_is_no_name_of_one(root: Path) -> None:
    silent = [pattern for pattern, what in rows().items() if what == "ingen" or "ingen familier" in what]
    assert {"project.yaml", "templates/*", ".hopdocs/*lock"} <= set(silent)
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        if path.is_file() and any(fnmatch(name, pattern) for pattern in silent):
            assert not [word for word in NAMES if word.encode() in path.read_bytes()], name


def test_the_settings_that_it_shows_are_read(root: Path) -> None:
    shown = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert shown is not None
    config = root / "config.yaml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("records:\n", shown[1], 1), "utf-8")
    assert "retention_days" in config.read_text("utf-8")
    assert run("-w", root, *TODAY, "check").code == 0
