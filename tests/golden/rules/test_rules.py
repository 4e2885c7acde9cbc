"""What the rules say about a family that was right until somebody changed a line: a folder a case.

`case.yaml` names one of the sample families, the day, and what is replaced in its file (and in `config.yaml`);
beside it stands what is shown. `HOPDOCS_REWRITE_GOLDEN=1 pytest tests/golden/rules` writes the expected files anew;
read the difference.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from hopdocs.catalogue import load_wordings
from hopdocs.catalogue.report import render_text
from hopdocs.diagnostics import sort_diagnostics
from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules import check_family
from hopdocs.rules.project import check_project, find_named_families
from hopdocs.sources.config import parse_config, parse_project
from hopdocs.sources.families import parse_family, place_findings

if TYPE_CHECKING:
    from hopdocs.catalogue import Language
    from tests.golden.conftest import Compare

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "data" / "example"
CASES = sorted(folder.parent.name for folder in HERE.glob("*/case.yaml"))
PROJECTS = sorted(folder.parent.name for folder in HERE.glob("*/project.yaml"))
TODAY = date(2026, 11, 21)
OF_CONFIG = {"HD661", "HD662", "HD663"}
"""Codes of `check_references`, which asks no family: tested in `tests.unit.rules.test_law`."""
ACROSS_FAMILIES = {"HD200", "HD259", "HD610"}
"""Codes of `check_across`: tested where two families are at hand."""
OF_DISPATCH = {"HD645", "HD646", "HD647", "HD648", "HD649"}
"""Codes of letters that are laid ready, of their settings and receipts: tested where finished letters are at hand."""
OF_TRANSLATIONS = {"HD690", "HD691", "HD692", "HD693"}
"""Codes of languages that letters are in: tested where templates are at hand."""


@dataclass(frozen=True)
class Case:
    family: str
    today: date
    text: str
    config: str


def _read_case(name: str) -> Case:
    raw = yaml.safe_load((HERE / name / "case.yaml").read_text(encoding="utf-8"))
    text = (EXAMPLE / "families" / f"{raw['family']}.yaml").read_text(encoding="utf-8")
    config = (EXAMPLE / "config.yaml").read_text(encoding="utf-8")
    for old, new in raw.get("replace", []):
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    for old, new in raw.get("replace_in_config", []):
        assert config.count(old) >= 1, old
        config = config.replace(old, new, 1)
    return Case(raw["family"], raw["today"], text, config)


def _show(case: Case, language: Language) -> str:
    config = parse_config(case.config.encode(), "config.yaml").config
    assert config is not None
    path = f"families/{case.family}.yaml"
    read = parse_family(case.text.encode(), path, config)
    assert read.family is not None, read.diagnostics
    found = sort_diagnostics(place_findings(check_family(FamilyDay.on(read.family, config, case.today)), read.source))
    return render_text(found, {path: read.source.lines}, language)


def _show_project(name: str, language: Language) -> str:
    """A case with a `project.yaml` of its own, in the sample workspace."""
    config = parse_config((EXAMPLE / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    read = parse_project((HERE / name / "project.yaml").read_bytes(), "project.yaml", config)
    assert read.project is not None, read.diagnostics
    findings = [*check_project(read.project, config, TODAY), *find_named_families(read.source.tree, {"zamirandi"})]
    found = sort_diagnostics(place_findings(findings, read.source))
    return render_text(found, {"project.yaml": read.source.lines}, language)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("name", CASES)
def test_a_changed_family_is_explained_at_its_place(name: str, language: Language, compare_with: Compare) -> None:
    shown = _show(_read_case(name), language)
    compare_with(shown, HERE / name / f"expected.{language}.txt")


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("name", PROJECTS)
def test_a_project_is_explained_at_its_place(name: str, language: Language, compare_with: Compare) -> None:
    compare_with(_show_project(name, language), HERE / name / f"expected.{language}.txt")


def test_every_rule_has_a_case() -> None:
    shown = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("*/expected.en.txt"))
    codes = {code for code in load_wordings("en") if code.startswith(("HD2", "HD6"))}
    assert (
        set(re.findall(r"HD[26]\d\d(?=:)", shown))
        == codes - ACROSS_FAMILIES - OF_DISPATCH - OF_CONFIG - OF_TRANSLATIONS
    )
