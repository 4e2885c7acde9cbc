"""What is installed is what the lock files say, and they say what `pyproject.toml` allows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[1]
LOCKS: Final = ("run", "dev", "lock", "audit", "accessibility")
PYTHONS: Final = ("3.11", "3.12", "3.13")
HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}\Z")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _asked_for(lock: str) -> list[str]:
    """What `make lock` writes this file for."""
    project = _project()
    groups: dict[str, list[str]] = project["dependency-groups"]
    run = [*project["project"]["dependencies"], *groups["build"]]
    more = [text for extra in project["project"]["optional-dependencies"].values() for text in extra]
    return {"run": run, "dev": [*run, *more, *groups["dev"]]}.get(lock) or groups[lock]


def _text(lock: str) -> str:
    return (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")


def _entries(lock: str) -> dict[str, tuple[Requirement, list[str]]]:
    """By name: what is locked, and its options."""
    lines = [line for line in _text(lock).splitlines() if not line.lstrip().startswith("#")]
    found: dict[str, tuple[Requirement, list[str]]] = {}
    for entry in "\n".join(lines).replace("\\\n", " ").splitlines():
        wanted, *options = re.split(r"\s+(?=--)", entry.strip())
        requirement = Requirement(wanted)
        found[canonicalize_name(requirement.name)] = (requirement, options)
    return found


def _version(requirement: Requirement) -> str:
    (pin,) = requirement.specifier
    assert pin.operator == "=="
    return pin.version


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_one_version_with_hashes_and_nothing_else(lock: str) -> None:
    for requirement, options in _entries(lock).values():
        assert _version(requirement)
        assert options, requirement.name
        assert all(HASH.match(option) for option in options), requirement.name


@pytest.mark.parametrize("lock", LOCKS)
def test_whatever_the_project_asks_for_is_locked_within_its_range_on_every_python(lock: str) -> None:
    locked = _entries(lock)
    for text in _asked_for(lock):
        wanted = Requirement(text)
        requirement, _ = locked[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(_version(requirement)), text
        for python in PYTHONS:
            here = {"python_version": python, "python_full_version": f"{python}.0"}
            if wanted.marker is not None and not wanted.marker.evaluate(here):
                continue
            assert requirement.marker is None or requirement.marker.evaluate(here), text


def test_tests_run_on_the_versions_that_are_shipped() -> None:
    run, dev = _entries("run"), _entries("dev")
    assert {name: dev[name] for name in run} == run


def test_what_builds_the_project_is_locked_too() -> None:
    project = _project()
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_says_how_it_is_made_and_not_where_from(lock: str) -> None:
    assert "make lock" in _text(lock).splitlines()[1]
    assert "://" not in _text(lock)
    assert not re.search(r"^\s*(--(?!hash)|-[a-z])", _text(lock), re.MULTILINE)


def test_whatever_make_installs_is_held_to_its_hash_and_never_built_here() -> None:
    rules = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    installs = [line for line in rules.splitlines() if re.search(r"PIP_INSTALL\)|pip install", line) and "\t" in line]
    assert len(installs) >= len(LOCKS)
    for line in installs:
        from_lock = "--require-hashes" in line and "--only-binary :all:" in line
        assert from_lock or ("--no-deps" in line and "--no-build-isolation" in line), line
