"""Texts with a `|` where the cursor stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.editor.completion import Offer, offer
from hopdocs.editor.keys import SourceKind, schema_of
from hopdocs.editor.names import Directory
from hopdocs.editor.place import Place, find_place
from hopdocs.package_data import shipped_path
from hopdocs.sources.config import parse_config
from hopdocs.sources.yaml.yaml_text import parse_yaml

if TYPE_CHECKING:
    from hopdocs.model.config import Config

TODAY = date(2026, 11, 21)


def shipped_config() -> Config:
    config = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    return config


def cut(marked: str) -> tuple[str, int, int]:
    """The text without its mark, and the mark's line and column."""
    before, _, after = marked.partition("|")
    return before + after, before.count("\n"), len(before) - before.rfind("\n") - 1


def place_in(marked: str) -> Place | None:
    text, line, column = cut(marked)
    return find_place(text.split("\n"), line, column)


def offers_in(marked: str, kind: SourceKind = SourceKind.FAMILY) -> list[Offer]:
    place = place_in(marked)
    assert place is not None
    tree = parse_yaml(cut(marked)[0].encode(), "families/x.yaml").tree
    return offer(place, kind, schema_of(kind), Directory(tree, shipped_config(), TODAY))
