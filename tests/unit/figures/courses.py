"""Courses for tests of figures: one of the samples as it is, and ones that a test writes line by line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hopdocs.domain.family_day import FamilyDay
from hopdocs.figures.course import ChildAtMeeting, CostLine, CourseFigures, CourseMember, Measured, Place
from hopdocs.figures.gathering import gather_figures
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.indicators import IndicatorCatalogue

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 29)
START = date(2025, 5, 13)
FJORDGLIMT = "hop-2025-003.yaml"


def sample_config() -> Config:
    config = parse_config((ROOT / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    return config


def shipped_catalogue() -> IndicatorCatalogue:
    return sample_config().catalogue


def sample_course(name: str, today: date = TODAY) -> CourseFigures:
    config = sample_config()
    path = ROOT / "families" / name
    family = parse_family(path.read_bytes(), path.name, config).family
    assert family is not None
    return gather_figures(FamilyDay.on(family, config, today))


def course(**facts: Any) -> CourseFigures:
    base: dict[str, Any] = {
        "family": "HOP-2025-001",
        "case": "25-000001",
        "group": "active",
        "state": "aktiv",
        "start": START,
        "areas": ("BF", "BES"),
        "members": (CourseMember("mor", is_child=False), CourseMember("barn", is_child=True)),
        "follow_up_days": 56,
    }
    return CourseFigures(**(base | facts))


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def cost(on: str, area: str, amount: int | str) -> CostLine:
    return CostLine(month(on), area, Decimal(amount), Place(f"costs.{area}.{on}"))


def measured(key: str, on: str, value: int | str, member: str = "barn", informant: str = "") -> Measured:
    place = Place(f"indicators.{key}.{member}.{on}")
    return Measured(key, member, month(on), Decimal(value), "indtastet", place, informant)


def child_entry(attended: bool | None) -> ChildAtMeeting:  # noqa: FBT001 - it is what the entry says
    return ChildAtMeeting("barn", attended, "", Place(f"children.{attended}"))
