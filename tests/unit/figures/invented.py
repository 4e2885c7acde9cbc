"""The invented project as its YAML files say it, for tests that work its numbers out again without our code."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, Final

import duckdb
import pandas as pd
import yaml

from hopdocs.cli.verbs.demo.large_project import SEEN_ON, large_families
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.project.periods import Period
from hopdocs.sources.families import parse_family
from tests.unit.figures.courses import sample_config

CONFIG: Final = sample_config()
PERIOD: Final = Period(date(2024, 5, 1), date(2026, 10, 31))


@cache
def files() -> dict[str, str]:
    """Names and texts; made when a test first asks, and not by everybody who collects tests."""
    return dict(large_families(CONFIG))


@cache
def plain() -> list[dict[str, Any]]:
    """What stands in them."""
    return [yaml.load(text, Loader=yaml.CSafeLoader) for text in files().values()]


@cache
def told() -> list[dict[str, Any]]:
    """The families that may be told of."""
    return [it for it in plain() if (yes := said_yes(it)) and yes <= PERIOD.last and not has_withdrawn(it)]


def read_days() -> list[FamilyDay]:
    """The families as our code reads them."""
    found = []
    for name, text in files().items():
        family = parse_family(text.encode(), name, CONFIG).family
        assert family is not None, name
        found.append(FamilyDay.on(family, CONFIG, SEEN_ON))
    return found


def said_yes(family: dict[str, Any]) -> date | None:
    """The day that the last of the parents signed for the first time; None while one of them has not."""
    first: dict[str, date] = {}
    for line in family["consents"]:
        if "given" not in line:
            return None
        first.setdefault(line["member"], line["given"])
    return max(first.values())


def has_withdrawn(family: dict[str, Any]) -> bool:
    return any(line.get("withdrawn") for line in family["consents"])


def end_of(family: dict[str, Any]) -> date | None:
    end: date | None = family.get("moved_away") or family.get("closing", {}).get("date")
    return end


def lines_of(name: str) -> pd.DataFrame:
    """All lines of one kind under `measurements` of the families that may be told of."""
    rows = [{"family": it["id"], **line} for it in told() for line in it["measurements"][name]]
    return pd.DataFrame(rows)


def meetings() -> pd.DataFrame:
    rows = [{"family": it["id"], **line} for it in told() for line in it["meetings"]]
    return pd.DataFrame(rows)


def ask(question: str, lines: pd.DataFrame) -> list[tuple[Any, ...]]:
    """What SQL says of the lines."""
    with duckdb.connect() as database:
        database.register("lines", lines)
        return database.execute(question).fetchall()
