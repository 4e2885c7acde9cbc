"""A value for any type in a template's context, so that real templates can be rendered without a family."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

LISTED = 3
"""How many elements every list gets."""
CELLS = 6
"""How many texts: as many as the widest row of a table has."""


def sample_context(kind: type, *, text: str = "Æble & <pære> «{name}»") -> dict[str, Any]:
    """Every field of a context, filled in."""
    value = sample(kind, kind.__name__, text)
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def sample(kind: Any, name: str, text: str) -> Any:  # noqa: PLR0911 - one a kind of type
    if hasattr(kind, "__supertype__"):
        return sample(kind.__supertype__, name, text)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return arguments[0]
    if origin in {typing.Union, types.UnionType}:
        return sample(next(item for item in arguments if item is not type(None)), name, text)
    if origin in {list, tuple}:
        repeated = origin is list or arguments[-1] is Ellipsis
        chosen = [arguments[0]] * (CELLS if arguments[0] is str else LISTED) if repeated else list(arguments)
        return origin(sample(item, f"{name} {number}", text) for number, item in enumerate(chosen, 1))
    if origin is not None and issubclass(origin, Mapping):
        return {sample(arguments[0], f"{name} nøgle", text): sample(arguments[1], f"{name} værdi", text)}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        fields = [field for field in dataclasses.fields(kind) if field.init]
        return kind(**{field.name: sample(hints[field.name], field.name, text) for field in fields})
    return _sample_plain(kind, name, text)


def _sample_plain(kind: type, name: str, text: str) -> Any:
    if issubclass(kind, Enum):
        return next(iter(kind))
    plain: dict[type, Any] = {
        bool: True,
        int: 7,
        float: 1.5,
        Decimal: Decimal("1234.5"),
        datetime: datetime(2026, 11, 24, 10, 0),  # noqa: DTZ001 - a meeting's own time
        date: date(2026, 11, 24),
        time: time(10, 0),
        str: text.format(name=name),
    }
    return plain[kind]
