"""What the editor's schema says of a place in a file: its name, its words, what may be chosen, which keys it has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hopdocs.sources.editor.schema import config_schema, family_schema, indicators_schema, project_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath
    from hopdocs.model.indicators import IndicatorCatalogue
    from hopdocs.sources.editor.schema import Schema

_SCALARS: Final = frozenset({"string", "number", "integer", "boolean"})


class SourceKind(StrEnum):
    """Which of a workspace's files is meant."""

    FAMILY = "family"
    CONFIG = "config"
    PROJECT = "project"
    INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class KeyWords:
    """A key as it is offered and explained."""

    key: str
    title: str
    about: str
    holds: str
    """`mapping`, `list` or `text`: what follows its colon."""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """One place: what it is called, and what may be written there."""

    title: str = ""
    about: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Each word with what it says, where that is known."""
    keys: tuple[KeyWords, ...] = ()
    is_list: bool = False
    takes_text: bool = True


NOTHING: Final = Described()


@lru_cache(16)
def schema_of(kind: SourceKind, catalogue: IndicatorCatalogue | None = None) -> Schema:
    """What is written in a file of a kind, with the municipality's own indicators."""
    if kind is SourceKind.CONFIG:
        return config_schema(catalogue)
    if kind is SourceKind.FAMILY:
        return family_schema(catalogue)
    return project_schema() if kind is SourceKind.PROJECT else indicators_schema()


def describe(schema: Schema, at: DataPath) -> Described:
    """What a schema says of the place that a path leads to; nothing where no file has such a place."""
    parts = schema["$defs"]
    found: list[Schema] = [schema]
    for step in at:
        found = [inner for node in found for inner in _inside(node, step, parts)]
    if not found:
        return NOTHING
    variants = [variant for node in found for variant in _variants(node, parts)]
    return Described(
        title=next((str(node["title"]) for node in found if "title" in node), ""),
        about=next((str(node["description"]) for node in found if node.get("description")), ""),
        choices=tuple(dict.fromkeys(choice for node in variants for choice in _choices(node))),
        keys=tuple(key for node in variants for key in _keys(node, parts)),
        is_list=any("items" in node for node in variants),
        takes_text=any(_takes_text(node) for node in variants),
    )


def _variants(node: Schema, parts: Schema) -> Iterator[Schema]:
    """A node and all that may stand in its place."""
    if "$ref" in node:
        yield from _variants(parts[node["$ref"].rpartition("/")[2]], parts)
        return
    yield node
    for variant in node.get("anyOf", ()):
        yield from _variants(variant, parts)


def _inside(node: Schema, step: str | int, parts: Schema) -> Iterator[Schema]:
    for variant in _variants(node, parts):
        if isinstance(step, int):
            if "items" in variant:
                yield variant["items"]
        elif step in variant.get("properties", {}):
            yield variant["properties"][step]
        elif isinstance(variant.get("additionalProperties"), dict):
            yield variant["additionalProperties"]


def _choices(node: Schema) -> Iterator[tuple[str, str]]:
    for word in node.get("enum", ()):
        yield str(word), ""
    if "const" in node:
        yield str(node["const"]), str(node.get("title", ""))


def _keys(node: Schema, parts: Schema) -> Iterator[KeyWords]:
    required = node.get("required", ())
    for key, value in node.get("properties", {}).items():
        yield KeyWords(
            key, str(value.get("title", key)), str(value.get("description", "")), _holds(value, parts), key in required
        )


def _holds(node: Schema, parts: Schema) -> str:
    variants = list(_variants(node, parts))
    if any("items" in variant for variant in variants):
        return "list"
    is_mapping = any("properties" in variant or "additionalProperties" in variant for variant in variants)
    return "mapping" if is_mapping else "text"


def _takes_text(node: Schema) -> bool:
    kinds = node.get("type", ())
    return (
        "enum" in node or "const" in node or bool(_SCALARS.intersection([kinds] if isinstance(kinds, str) else kinds))
    )
