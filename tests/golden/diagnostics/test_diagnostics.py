"""What people really mistype, and what they are told: a folder a case, input beside expected output.

`HOPDOCS_REWRITE_GOLDEN=1 pytest tests/golden/diagnostics` writes the expected files anew; read the difference.
A case whose name begins with `config_` or `project_` is such a file, every other one a family's.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hopdocs.catalogue.report import render_text
from hopdocs.sources.config import parse_config, parse_project
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.catalogue import Language
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.sources.yaml_text import ParsedYaml

HERE = Path(__file__).parent
CASES = sorted(folder.parent.name for folder in HERE.glob("*/input.yaml"))


@pytest.fixture(scope="module")
def config() -> Config:
    read = parse_config((HERE / "config.yaml").read_bytes(), "config.yaml")
    assert read.config is not None, read.diagnostics
    return read.config


@pytest.fixture(scope="module")
def rewritten() -> Iterator[dict[Path, str] | None]:
    """What shall be written anew; None where the files are to be compared. Written when no test runs any more."""
    texts: dict[Path, str] | None = {} if os.environ.get("HOPDOCS_REWRITE_GOLDEN") else None
    yield texts
    for path, text in (texts or {}).items():
        path.write_text(text, encoding="utf-8", newline="\n")


def _read_case(case: str, config: Config) -> tuple[ParsedYaml, list[Diagnostic]]:
    data = (HERE / case / "input.yaml").read_bytes()
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
    case: str, language: Language, config: Config, rewritten: dict[Path, str] | None
) -> None:
    source, diagnostics = _read_case(case, config)
    shown = render_text(diagnostics, {source.path: source.lines}, language)
    expected = HERE / case / f"expected.{language}.txt"
    if rewritten is not None:
        rewritten[expected] = shown
        return
    assert shown == expected.read_bytes().decode("utf-8")


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 40
