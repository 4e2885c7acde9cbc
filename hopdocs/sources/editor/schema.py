"""The JSON Schema that an editor completes and checks with, written from the model (draft 2020-12).

It accepts whatever the loader accepts, so that the editor never underlines what is right; where a rule cannot be
said in a schema (does this day exist? is this id known?) it says nothing, and `hopdocs check` does. Titles and
descriptions are Danish, on every key. YAML 1.2 types what the editor sees (`10.00` is a number, `ja` a text).
"""

from __future__ import annotations

from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from hopdocs.model.config import Config
from hopdocs.model.entry import TimedEntry, Visibility
from hopdocs.model.family import Family
from hopdocs.model.meeting import AgendaPoint, FamilyPoint
from hopdocs.model.operator import Operator
from hopdocs.model.plan import Remark
from hopdocs.model.project import Project
from hopdocs.model.scalars.values import Reader
from hopdocs.sources.editor.forms import describe_form
from hopdocs.sources.editor.words import DESCRIPTIONS
from hopdocs.sources.indicators import CatalogueFile, shipped_catalogue

if TYPE_CHECKING:
    from hopdocs.model.indicators import IndicatorCatalogue

Schema: TypeAlias = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_TEXT_OR_ENTRY: Final = (AgendaPoint, FamilyPoint, Remark)
"""Entries that may be written as one line of text (`hopdocs.model.meeting`)."""


def family_schema(catalogue: IndicatorCatalogue | None = None) -> Schema:
    """For `families/*.yaml`, with the keys of a catalogue of indicators; else those that hopdocs comes with."""
    document = _document(Family, "En families fil i hopdocs")
    for part, key in (("Indicator", "key"), ("Goal", "indicator")):
        properties = document["$defs"][part]["properties"]
        properties[key] = _offering(properties[key], catalogue)
    return document


def config_schema(catalogue: IndicatorCatalogue | None = None) -> Schema:
    """For `config.yaml`, with the keys of a catalogue of indicators."""
    document = _document(Config, "Kommunens indstillinger til hopdocs")
    used = document["properties"]["indicators_used"]
    used["items"] = _offering(used["items"], catalogue)
    return document


def indicators_schema() -> Schema:
    """For `indikatorer.yaml`."""
    return _document(CatalogueFile, "Det, der kan måles")


def operator_schema() -> Schema:
    """For the operator's file."""
    return _document(Operator, "Det, der hører maskinen til, i driftens fil")


def project_schema() -> Schema:
    """For `project.yaml`."""
    return _document(Project, "Det, der ikke hører til en enkelt familie")


def _offering(value: Schema, catalogue: IndicatorCatalogue | None) -> Schema:
    """A text for which the editor offers each indicator by its name; any other stays right, as one's own may be."""
    about = {key: value.pop(key) for key in ("title", "description") if key in value}
    offers = [
        {"const": kind.key, "title": kind.label, "description": f"{kind.label}: {kind.who.value}, {kind.unit}."}
        for kind in (catalogue or shipped_catalogue()).kinds
    ]
    return about | {"anyOf": [*offers, value]}


def _document(model: type[BaseModel], title: str) -> Schema:
    parts: dict[str, Schema] = {}
    _add_model(model, parts)
    root = parts.pop(model.__name__)
    return {"$schema": _DIALECT, "title": title, **root, "$defs": dict(sorted(parts.items()))}


def _add_model(model: type[BaseModel], parts: dict[str, Schema]) -> None:
    """One mapping: its keys in the model's order, closed to others."""
    if model.__name__ in parts:
        return
    part: Schema = {"type": "object", "additionalProperties": False, "properties": {}, "required": []}
    parts[model.__name__] = part
    for name, field in model.model_fields.items():
        key = field.alias or name
        is_required = field.default is PydanticUndefined and field.default_factory is None
        is_required &= not (key == "end" and issubclass(model, TimedEntry))  # it may stand in the line above
        kind: Any = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        value = _describe(kind, parts)
        if is_required:
            part["required"].append(key)
        else:
            value = _or_nothing(value)
        words = field.description or DESCRIPTIONS.get(f"{model.__name__}.{key}", "")
        description = " ".join(text for text in (_as_sentence(words), value.pop("description", "")) if text)
        part["properties"][key] = {"title": field.title or key, "description": description, **value}
    if not part["required"]:
        del part["required"]


def _describe(kind: Any, parts: dict[str, Schema]) -> Schema:
    """The schema of one type, with a `description` where its form needs words."""
    if kind == Visibility:
        return {
            "anyOf": [{"enum": ["all", "alle"]}, {"type": "array", "items": _plain_text()}],
            "description": "all, eller en liste med personer og fagområder.",
        }
    origin = get_origin(kind)
    if origin is Annotated:
        bare, *marks = get_args(kind)
        reader = next((mark for mark in marks if isinstance(mark, Reader)), None)
        return describe_form(bare, reader) if reader else _describe(bare, parts)
    if origin in (Union, UnionType):
        kinds = [argument for argument in get_args(kind) if argument is not NoneType]
        return _describe(kinds[0], parts)
    if origin is tuple:
        return _list_of(_describe(get_args(kind)[0], parts))
    if origin is dict:
        key, value = (_describe(argument, parts) for argument in get_args(kind))
        return _mapping_of(key, value)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        _add_model(kind, parts)
        reference: Schema = {"$ref": f"#/$defs/{kind.__name__}"}
        return {"anyOf": [_plain_text(), reference]} if kind in _TEXT_OR_ENTRY else reference
    raise TypeError(f"no schema for {kind!r}")


def _list_of(item: Schema) -> Schema:
    description = item.pop("description", "")
    found: Schema = {"type": "array", "items": item}
    return found | {"description": f"Liste. {description}"} if description else found


def _mapping_of(key: Schema, value: Schema) -> Schema:
    key.pop("description", None)
    value.pop("description", None)
    names = {"pattern": key["pattern"]} if "pattern" in key else {}
    found: Schema = {"type": "object", "additionalProperties": value}
    return found | {"propertyNames": names} if names else found


def _as_sentence(words: str) -> str:
    """With a full stop, since the form's own words may follow."""
    return words if not words or words.endswith((".", "…")) else f"{words}."


def _plain_text() -> Schema:
    return {"type": ["string", "number", "boolean"]}


def _or_nothing(value: Schema) -> Schema:
    """A key without a value counts as not written, unless it must be."""
    description = value.pop("description", "")
    if "anyOf" in value:
        value = value | {"anyOf": [*value["anyOf"], {"type": "null"}]}
    elif isinstance(value.get("type"), list):
        value = value | {"type": [*value["type"], "null"]}
    elif isinstance(value.get("type"), str):
        value = value | {"type": [value["type"], "null"]}
    else:
        value = {"anyOf": [value, {"type": "null"}]}
    return value | {"description": description} if description else value
