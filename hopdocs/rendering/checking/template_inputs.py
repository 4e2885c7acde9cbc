"""The part of a context that a template can read, as plain data for a fingerprint.

Every document's data pass through here twice, so what depends only on a template's names or on a value's type is worked
out once and kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hopdocs.rendering.checking.names import COUNT, EACH, TRUTH, NamePath

if TYPE_CHECKING:
    from collections.abc import Callable

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"
_Branches: TypeAlias = "tuple[tuple[str, _Branches], ...] | None"
"""Names in alphabetical order, each with those below it; None if everything below is read."""

_ABSENT: Final = {"~": "absent"}
_PLAIN_TYPES: Final = frozenset({str, int, float, bool, type(None)})
_MOST_TEMPLATES: Final = 256


def narrow_context(names: Iterable[NamePath], context: Mapping[str, object]) -> Plain:
    """What the paths reach, in a canonical form: `json.dumps(…, sort_keys=True)` of it is the same for equal data.

    A path that does not exist is told apart from one that holds nothing, since a template can see the difference.
    """
    paths = names if isinstance(names, frozenset) else frozenset(map(tuple, names))
    return _narrow(context, _grow(paths))


@lru_cache(_MOST_TEMPLATES)
def _grow(paths: frozenset[NamePath]) -> _Branches:
    """The paths as a tree."""
    if any(not path for path in paths):
        return None
    heads: dict[str, set[NamePath]] = {}
    for path in paths:
        heads.setdefault(path[0], set()).add(path[1:])
    return tuple((head, _grow(frozenset(heads[head]))) for head in sorted(heads))


def _narrow(value: object, branches: _Branches) -> Plain:
    if branches is None:
        return to_plain(value)
    narrowed: dict[str, Plain] = {}
    kind: type = type(value)
    for head, below in branches:
        if head == COUNT:
            narrowed[COUNT] = _count(value)
        elif head == TRUTH:
            narrowed[TRUTH] = bool(value)
        elif head == EACH:
            narrowed[EACH] = _narrow_each(value, below)
        else:  # as Jinja2 looks a name up: the item, else the attribute
            try:
                inner = value[head] if _is_mapping(kind) and head in value else getattr(value, head)  # type: ignore[index, operator]
            except AttributeError:
                narrowed[head] = dict(_ABSENT)
            else:
                narrowed[head] = _narrow(inner, below)
    return narrowed


def _narrow_each(value: object, branches: _Branches) -> Plain:
    if isinstance(value, Mapping):
        # A loop takes the keys in their order, a place in it (`a[0]`) a value: all are told.
        return [[to_plain(key), _narrow(item, branches)] for key, item in value.items()]
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return [_narrow(item, branches) for item in value]
    return to_plain(value)


def _count(value: object) -> Plain:
    try:
        return len(value)  # type: ignore[arg-type]  # whatever has no length is asked for what it is
    except TypeError:
        return to_plain(value)


@cache
def _is_mapping(kind: type) -> bool:
    return issubclass(kind, Mapping)


def to_plain(value: object) -> Plain:
    """Plain data for any value that a context may hold, types told apart where a template could.

    Names stand in alphabetical order, so that nobody has to sort them who digests it.
    """
    kind: type = type(value)
    return value if kind in _PLAIN_TYPES else _way_to_plain(kind)(value)  # type: ignore[return-value]


@cache
def _way_to_plain(kind: type) -> Callable[[Any], Plain]:
    """How values of a type become plain data."""
    if issubclass(kind, bool | int | float) or kind in _PLAIN_TYPES:
        return lambda value: value
    if issubclass(kind, Enum):
        return lambda value: {"v": str(value.value), "~": kind.__name__}
    if issubclass(kind, str):
        return str
    if issubclass(kind, datetime | date | time):
        return lambda value: {"v": value.isoformat(), "~": kind.__name__}
    if issubclass(kind, Decimal):
        return lambda value: {"v": str(value), "~": "Decimal"}
    return _way_of_structure(kind)


def _way_of_structure(kind: type) -> Callable[[Any], Plain]:
    if issubclass(kind, Mapping):
        # Order is visible in a loop, so it is part of the value.
        return lambda value: {"v": [[to_plain(key), to_plain(item)] for key, item in value.items()], "~": "mapping"}
    if dataclasses.is_dataclass(kind):
        names = sorted(field.name for field in dataclasses.fields(kind))
        return lambda value: {name: to_plain(getattr(value, name)) for name in names}
    if issubclass(kind, AbstractSet):
        return lambda value: {"v": sorted(repr(to_plain(item)) for item in value), "~": "set"}  # type: ignore[dict-item]
    if issubclass(kind, Iterable):
        return lambda value: [to_plain(item) for item in value]
    return _way_of_object(kind)


def _way_of_object(kind: type) -> Callable[[Any], Plain]:
    if hasattr(kind, "__html__"):
        return lambda value: {"v": str(value.__html__()), "~": kind.__name__}
    if any("__call__" in base.__dict__ for base in kind.__mro__):
        return lambda value: {"v": getattr(value, "__qualname__", kind.__qualname__), "~": "callable"}
    return _refuse


def _refuse(value: object) -> Plain:
    raise TypeError(f"a context holds plain data, not {type(value).__name__}")
