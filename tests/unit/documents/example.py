"""The example workspace as values, and small changes to it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from hopdocs.documents.kinds import WantedDocument, wanted_documents
from hopdocs.model.config import Config
from hopdocs.model.family import Family
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

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


def wanted(family: Family, config: Config | None = None, today: date = TODAY) -> dict[str, WantedDocument]:
    return {document.stem: document for document in wanted_documents(family, config or load_config(), today)}
