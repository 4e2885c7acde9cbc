"""`docs/foerste-familie.md` does what it says: every command, every edit, and the words that it shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final
from unittest.mock import Mock

import pytest

from hatch_build import SHIPPED, ShippedFiles
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.workspace import PROJECT_NAME
from tests.unit.cli.running import run

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "foerste-familie.md"


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The page, followed from its first line to its last."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.first_family", tmp_path_factory.mktemp("guide")],
        cwd=ROOT,
        env={**os.environ, "HOPDOCS_LANG": "da"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_command_does_what_it_is_there_for(followed: Any) -> None:
    assert [item for item in followed["told"] if item["code"] != 0] == []
    assert {item["command"].split()[1] for item in followed["told"]} == {
        "init", "check", "new", "build", "status", "notices", "watch", "who", "delivered"
    }  # fmt: skip


def test_what_the_page_shows_is_said(followed: Any) -> None:
    assert followed["unsaid"] == []


def test_nothing_is_wrong_along_the_way(followed: Any) -> None:
    assert [item for item in followed["told"] if " fejl HD" in item["out"] + item["err"]] == []


def test_the_guide_is_the_page_with_its_commands_as_they_are_copied() -> None:
    shown = run("guide")
    assert (shown.code, shown.out) == (0, PAGE.read_text("utf-8"))


@pytest.mark.parametrize(("version", "is_whole"), [("standard", True), ("editable", False)])
def test_the_wheel_has_the_guide_and_the_other_single_files_inside_the_package(version: str, *, is_whole: bool) -> None:
    data: dict[str, Any] = {"force_include": {}}
    ShippedFiles.initialize(Mock(), version, data)
    assert data["force_include"] == {name: f"hopdocs/shipped/{name}" for name in SHIPPED if is_whole}
    assert {PAGE.relative_to(ROOT).as_posix(), "config.yaml", PROJECT_NAME, CATALOGUE_NAME} == {*SHIPPED}
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "custom" in wheel["hooks"]
