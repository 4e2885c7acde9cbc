"""The example families as values, with a line or two changed; days of the example's own calendar."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from hopdocs.model.config import Config
from hopdocs.model.family import Family
from hopdocs.sources.indicators import shipped_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "data" / "example"
TODAY = date(2026, 11, 21)

Raw: TypeAlias = dict[str, Any]


@cache
def _load(path: Path) -> Any:
    return yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 - text only, as the sources read it


def _change(path: Path, edit: Callable[[Raw], object] | None) -> Raw:
    raw: Raw = deepcopy(_load(path))
    if edit is not None:
        edit(raw)
    return raw


def config(edit: Callable[[Raw], object] | None = None) -> Config:
    return Config.model_validate(_change(EXAMPLE / "config.yaml", edit)).with_catalogue(shipped_catalogue())


def zamirandi(edit: Callable[[Raw], object] | None = None) -> Family:
    """HOP-2026-007: two parents, a youth of 17, three children; the familieplansmøde is three days ahead."""
    return Family.model_validate(_change(EXAMPLE / "families" / "hop-2026-007.yaml", edit))


def regnbuehoej(edit: Callable[[Raw], object] | None = None) -> Family:
    """HOP-2026-002: two households; withdrew in part on 18 August and wholly on 8 September 2026."""
    return Family.model_validate(_change(EXAMPLE / "families" / "hop-2026-002.yaml", edit))


def consent(raw: Raw, member: str) -> Raw:
    """The first consent line of a member."""
    line: Raw = next(line for line in raw["consents"] if line["member"] == member)
    return line


def meeting(raw: Raw, meeting_id: str) -> Raw:
    """A meeting's entry."""
    entry: Raw = next(entry for entry in raw["meetings"] if entry["id"] == meeting_id)
    return entry
