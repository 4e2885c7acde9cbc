"""The part of a context that a template can read, as plain data for a fingerprint."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

from hopdocs.rendering.names import COUNT, EACH, TRUTH, NamePath

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

_ABSENT: Final = {"~": "absent"}


def narrow_context(names: Iterable[NamePath], context: Mapping[str, object]) -> Plain:
    """What the paths reach, in a canonical form: `json.dumps(…, sort_keys=True)` of it is the same for equal data.

    A path that does not exist is told apart from one that holds nothing, since a template can see the difference.
    """
    return _narrow(context, [tuple(path) for path in names])


def _narrow(value: object, paths: list[NamePath]) -> Plain:
    if any(not path for path in paths):
        return to_plain(value)
    heads: dict[str, list[NamePath]] = {}
    for path in paths:
        heads.setdefault(path[0], []).append(path[1:])
    narrowed: dict[str, Plain] = {}
    for head in sorted(heads):
        if head == COUNT:
            narrowed[COUNT] = _count(value)
        elif head == TRUTH:
            narrowed[TRUTH] = bool(value)
        elif head == EACH:
            narrowed[EACH] = _narrow_each(value, heads[head])
        else:
            found, inner = _get(value, head)
            narrowed[head] = _narrow(inner, heads[head]) if found else dict(_ABSENT)
    return narrowed


def _narrow_each(value: object, paths: list[NamePath]) -> Plain:
    if isinstance(value, Mapping):
        # A loop takes the keys in their order, a place in it (`a[0]`) a value: all are told.
        return [[to_plain(key), _narrow(item, paths)] for key, item in value.items()]
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_narrow(item, paths) for item in value]
    return to_plain(value)


def _count(value: object) -> Plain:
    try:
        return len(value)  # type: ignore[arg-type]  # whatever has no length is asked for what it is
    except TypeError:
        return to_plain(value)


def _get(value: object, name: str) -> tuple[bool, object]:
    """As Jinja2 looks a name up: the attribute, else the item."""
    if isinstance(value, Mapping) and name in value:
        return True, value[name]
    try:
        return True, getattr(value, name)
    except AttributeError:
        return False, None


def to_plain(value: object) -> Plain:
    """Plain data for any value that a context may hold, types told apart where a template could."""
    if value is None or isinstance(value, bool | int | float) or type(value) is str:
        return value
    if isinstance(value, Enum):
        return {"~": type(value).__name__, "v": str(value.value)}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime | date | time):
        return {"~": type(value).__name__, "v": value.isoformat()}
    if isinstance(value, Decimal):
        return {"~": "Decimal", "v": str(value)}
    return _structure_to_plain(value)


def _structure_to_plain(value: object) -> Plain:
    if isinstance(value, Mapping):
        # Order is visible in a loop, so it is part of the value.
        return {"~": "mapping", "v": [[to_plain(key), to_plain(item)] for key, item in value.items()]}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, AbstractSet):
        ordered: list[Plain] = []
        ordered.extend(sorted(repr(to_plain(item)) for item in value))
        return {"~": "set", "v": ordered}
    if isinstance(value, Iterable):
        return [to_plain(item) for item in value]
    if hasattr(value, "__html__"):
        return {"~": type(value).__name__, "v": str(value.__html__())}
    if callable(value):
        return {"~": "callable", "v": getattr(value, "__qualname__", type(value).__qualname__)}
    raise TypeError(f"a context holds plain data, not {type(value).__name__}")
