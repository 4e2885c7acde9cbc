"""The example workspace as values, and small changes to it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hopdocs.documents.desired import wanted_documents
from hopdocs.domain.family_day import FamilyDay
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

FOLDER = Path(__file__).parents[2] / "data" / "example"
TODAY = date(2026, 11, 21)


@cache
def load_config() -> Config:
    config = parse_config((FOLDER / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    return config


def load_family(stem: str, *changes: tuple[str, str]) -> Family:
    text = (FOLDER / "families" / f"{stem}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    source = parse_family(text.encode(), f"families/{stem}.yaml", load_config())
    assert source.family is not None, source.diagnostics
    return source.family


def zamirandi(*changes: tuple[str, str]) -> Family:
    return load_family("hop-2026-007", *changes)


def regnbuehoej(*changes: tuple[str, str]) -> Family:
    return load_family("hop-2026-002", *changes)


def on_day(family: Family, today: date = TODAY, config: Config | None = None) -> FamilyDay:
    return FamilyDay.on(family, config or load_config(), today)


def wanted(family: Family, config: Config | None = None, today: date = TODAY) -> dict[str, WantedDocument]:
    return {document.stem: document for document in wanted_documents(on_day(family, today, config))}


def words_of(value: object) -> list[str]:
    """Every text that a context holds, whole depth."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [text for field in fields(value) for text in words_of(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [text for item in value for text in words_of(item)]
    return []
