"""What people really mistype, and what they are told: a folder a case, input beside expected output.

`HOPDOCS_REWRITE_GOLDEN=1 pytest tests/golden/diagnostics` writes the expected files anew; read the difference.
A case whose name begins with `config_` or `project_` is such a file, every other one a family's.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hopdocs.catalogue.report import render_text
from hopdocs.sources.config import parse_config, parse_project
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from hopdocs.catalogue import Language
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.sources.yaml.yaml_text import ParsedYaml
    from tests.golden.conftest import Compare

HERE = Path(__file__).parent
SPLIT = "¤".encode()
"""Keeps apart the digits of a case about CPR numbers, so that no kept file holds something shaped like one."""
CASES = sorted(folder.parent.name for folder in HERE.glob("*/input.yaml"))


@pytest.fixture(scope="module")
def config() -> Config:
    read = parse_config((HERE / "config.yaml").read_bytes(), "config.yaml")
    assert read.config is not None, read.diagnostics
    return read.config


def _read_case(case: str, config: Config) -> tuple[ParsedYaml, list[Diagnostic]]:
    data = (HERE / case / "input.yaml").read_bytes().replace(SPLIT, b"")
    if case.startswith("config_"):
        settings = parse_config(data, "config.yaml")
        return settings.source, settings.diagnostics
    if case.startswith("project_"):
        project = parse_project(data, "project.yaml", config)
        return project.source, project.diagnostics
    family = parse_family(data, "families/hop-2026-007.yaml", config)
    return family.source, family.diagnostics


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("case", CASES)
def test_a_mistyped_file_is_explained_at_its_place(
    case: str, language: Language, config: Config, compare_with: Compare
) -> None:
    source, diagnostics = _read_case(case, config)
    shown = render_text(diagnostics, {source.path: source.lines}, language)
    compare_with(shown, HERE / case / f"expected.{language}.txt")


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 40
