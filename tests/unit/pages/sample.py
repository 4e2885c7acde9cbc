"""The sample families as values, for tests of what the pages make of them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from hopdocs.domain.family_day import FamilyDay
from hopdocs.package_data import shipped_path
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

TODAY = date(2026, 11, 21)


@cache
def config() -> Config:
    found = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml")
    assert found.config is not None, found.diagnostics
    return found.config


def today(family: Family) -> FamilyDay:
    """A family on the day of the tests."""
    return FamilyDay.on(family, config(), TODAY)


@cache
def family(number: str) -> Family:
    """`2026-007` and its like."""
    path = shipped_path("families") / f"hop-{number}.yaml"
    return _read(path.read_text(encoding="utf-8"))


def edited(number: str, old: str, new: str) -> Family:
    """A sample family with one edit."""
    text = (shipped_path("families") / f"hop-{number}.yaml").read_text(encoding="utf-8")
    assert old in text
    return _read(text.replace(old, new))


def _read(text: str) -> Family:
    found = parse_family(text.encode(), "families/f.yaml", config())
    assert found.family is not None, found.diagnostics
    return found.family
