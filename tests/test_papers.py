"""The papers for those who answer for hopdocs say what is so today."""

from __future__ import annotations

import hashlib
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from hopdocs import __version__

ROOT: Final = Path(__file__).parents[1]
PAPERS: Final = (
    "README.md",
    "ARCHITECTURE.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "docs/databeskyttelse.md",
    "docs/foerste-familie.md",
)
MPL: Final = "fab3dd6bdab226f1c08630b1dd917e11fcb4ec5e1e020e2c16f83a0a13863e85"
STATUSES: Final = {"concept", "development", "beta", "stable", "obsolete"}


@pytest.fixture(scope="module")
def public() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    return found


def test_the_licence_is_the_one_that_the_package_names_word_for_word(public: dict[str, Any]) -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == MPL
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {project["license"], public["legal"]["license"]} == {"MPL-2.0"}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_test_and_target_that_a_paper_names_is_there(paper: str) -> None:
    text = (ROOT / paper).read_text("utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+)", text) if "://" not in target]
    named = re.findall(r"\b(tests/[\w/]+(?:\.py)?)", text)
    missing = [item for item in links if not (ROOT / paper).parent.joinpath(item).exists()]
    assert missing + [item for item in named if not (ROOT / item).exists()] == []
    rules = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"(?:`|^)(?:UPGRADE=1 )?make ([a-z-]+)", text, re.MULTILINE)
    there = {name for rule in re.findall(r"^([a-z][a-z -]*):", rules, re.MULTILINE) for name in rule.split()}
    assert [name for name in targets if name not in there] == []


def test_publiccode_has_what_the_standard_demands(public: dict[str, Any]) -> None:
    assert public["publiccodeYmlVersion"] == "0.4"
    assert public["softwareVersion"] == __version__
    assert {"name", "url", "platforms", "categories", "softwareType", "localisation"} <= public.keys()
    assert date.fromisoformat(public["releaseDate"])
    assert public["developmentStatus"] in STATUSES
    assert public["maintenance"]["type"] == "internal"
    assert all(line["name"] and line["email"].endswith(".example") for line in public["maintenance"]["contacts"])
    assert set(public["localisation"]["availableLanguages"]) == set(public["description"])
    for words in public["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 500 <= len(words["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in words["features"])


def test_the_readmes_pictures_are_there_small_and_described() -> None:
    pictures = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', (ROOT / "README.md").read_text("utf-8"))
    assert {Path(name).name for name, _ in pictures} == {"brev.png", "side.png", "vagt.png"}
    assert not [name for name, _ in pictures if (ROOT / name).stat().st_size > 64 * 1024]


def test_the_map_names_each_room_once_and_none_that_is_not_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    table = text.partition("\n## The map\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(named) == len(set(named))
    places = [ROOT / name for name in named], [ROOT / "hopdocs" / name for name in named]
    assert all(a.exists() or b.exists() or b.with_suffix(".py").is_file() for a, b in zip(*places, strict=True))
    rooms = {f"{path.name}/" for path in (ROOT / "hopdocs").iterdir() if (path / "__init__.py").is_file()}
    assert not rooms - set(named)


def test_the_readme_names_each_way_to_call_make_once() -> None:
    calls = re.findall(r"^make [^#]+?(?= +#|$)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert calls
    assert len(calls) == len(set(calls))
