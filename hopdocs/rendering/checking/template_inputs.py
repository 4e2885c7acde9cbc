"""The part of a context that a template can read, as plain data for a fingerprint.

Every document's data pass through here twice, so what depends only on a template's names or on a value's type is worked
out once and kept, and what is plain already is not asked how it becomes so.
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
_Way: TypeAlias = "Callable[[Any], Plain]"
_Branches: TypeAlias = "tuple[tuple[str, _Branches], ...] | None"
"""Names in alphabetical order, each with those below it; None if everything below is read."""

_ABSENT: Final = {"~": "absent"}
_PLAIN_TYPES: Final = frozenset({str, int, float, bool, type(None)})
_ASKED: Final = frozenset({COUNT, TRUTH, EACH})
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


def _narrow(value: Any, branches: _Branches) -> Plain:
    if branches is None:
        return to_plain(value)
    narrowed: dict[str, Plain] = {}
    kind: type = type(value)
    is_mapping = _is_mapping(kind)
    for head, below in branches:
        if head in _ASKED:
            narrowed[head] = _ask(value, head, below)
            continue
        try:  # as Jinja2 looks a name up: the item, else the attribute
            inner = value[head] if is_mapping and head in value else getattr(value, head)
        except AttributeError:
            narrowed[head] = dict(_ABSENT)
            continue
        is_plain = below is None and type(inner) in _PLAIN_TYPES
        narrowed[head] = inner if is_plain else _narrow(inner, below)
    return narrowed


def _ask(value: object, what: str, branches: _Branches) -> Plain:
    if what == EACH:
        return _narrow_each(value, branches)
    return bool(value) if what == TRUTH else _count(value)


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
    return value if type(value) in _PLAIN_TYPES else _WAYS[type(value)](value)  # type: ignore[return-value]


class _Ways(dict[type, _Way]):
    """How values of each type become plain data, found out when the first one comes."""

    def __missing__(self, kind: type) -> _Way:
        way = self[kind] = _way_to_plain(kind)
        return way


_WAYS: Final = _Ways()


def _way_to_plain(kind: type) -> _Way:
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


def _way_of_structure(kind: type) -> _Way:
    if issubclass(kind, Mapping):
        # Order is visible in a loop, so it is part of the value.
        return lambda value: {"v": [[to_plain(key), to_plain(item)] for key, item in value.items()], "~": "mapping"}
    if dataclasses.is_dataclass(kind):
        return _way_of_fields(sorted(field.name for field in dataclasses.fields(kind)))
    if issubclass(kind, AbstractSet):
        return lambda value: {"v": sorted(repr(to_plain(item)) for item in value), "~": "set"}  # type: ignore[dict-item]
    if issubclass(kind, Iterable):
        return _items_to_plain
    return _way_of_object(kind)


def _way_of_fields(names: list[str]) -> _Way:
    def to_dict(value: object) -> Plain:
        plain: dict[str, Plain] = {}
        for name in names:
            inner = getattr(value, name)
            kind = type(inner)
            plain[name] = inner if kind in _PLAIN_TYPES else _WAYS[kind](inner)
        return plain

    return to_dict


def _items_to_plain(value: Iterable[object]) -> Plain:
    plain: list[Plain] = []
    for item in value:
        kind = type(item)
        plain.append(item if kind in _PLAIN_TYPES else _WAYS[kind](item))  # type: ignore[arg-type]
    return plain


def _way_of_object(kind: type) -> _Way:
    if hasattr(kind, "__html__"):
        return lambda value: {"v": str(value.__html__()), "~": kind.__name__}
    if any("__call__" in base.__dict__ for base in kind.__mro__):
        return lambda value: {"v": getattr(value, "__qualname__", kind.__qualname__), "~": "callable"}
    return _refuse


def _refuse(value: object) -> Plain:
    raise TypeError(f"a context holds plain data, not {type(value).__name__}")
