"""What can be asked of a value, from its type alone: fields of data classes, elements of lists, parts of unions."""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any, Final, TypeAlias

ValueType: TypeAlias = Any
"""An annotation: a class, `list[X]`, `X | None`. `UNKNOWN` if nothing can be said, and then nothing is faulted."""

UNKNOWN: Final[ValueType] = Any
NOTHING: Final[ValueType] = type(None)


@dataclasses.dataclass(frozen=True, slots=True)
class ListOf:
    """Any sequence of such elements; what filters and slices give."""

    element: ValueType


@dataclasses.dataclass(frozen=True, slots=True)
class Either:
    """One of several types."""

    choices: tuple[ValueType, ...]


def _origin(annotation: ValueType) -> Any:
    """`list` of `list[str]`."""
    return typing.get_origin(annotation)


def plain(annotation: ValueType) -> ValueType:
    """Without the wrappers that do not matter here: NewType, Annotated, Literal, Final."""
    while True:
        if hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
            continue
        if isinstance(annotation, typing.TypeVar | str):
            return UNKNOWN
        origin = _origin(annotation)
        if origin in {typing.Annotated, typing.Final, typing.ClassVar}:
            annotation = typing.get_args(annotation)[0]
        elif origin is typing.Literal:
            return unite(type(value) for value in typing.get_args(annotation))
        elif origin in {typing.Union, types.UnionType}:
            return unite(plain(choice) for choice in typing.get_args(annotation))
        else:
            return annotation


def unite(choices: Iterable[ValueType]) -> ValueType:
    """The union of several types, as small as it can be said."""
    found: list[ValueType] = []
    for choice in choices:
        for one in choice.choices if isinstance(choice, Either) else (choice,):
            if one is UNKNOWN:
                return UNKNOWN
            if one not in found:
                found.append(one)
    return found[0] if len(found) == 1 else Either(tuple(found)) if found else UNKNOWN


def choices_of(annotation: ValueType) -> tuple[ValueType, ...]:
    """The types of a union; of any other, itself."""
    annotation = plain(annotation)
    return annotation.choices if isinstance(annotation, Either) else (annotation,)


def may_be_nothing(annotation: ValueType) -> bool:
    """Whether None is among its values."""
    return any(choice in (NOTHING, None) for choice in choices_of(annotation))


def without_nothing(annotation: ValueType) -> ValueType:
    """The same, once it has been asked for."""
    left = [choice for choice in choices_of(annotation) if choice not in (NOTHING, None)]
    return unite(left) if left else UNKNOWN


def fields_of(kind: Any) -> Mapping[str, ValueType]:
    """Fields, properties and methods of a data class, with the types of what they give."""
    return _fields_of(kind)


@cache
def _fields_of(kind: Any) -> Mapping[str, ValueType]:
    found: dict[str, ValueType] = {}
    for name, value in inspect.getmembers(kind):
        if name.startswith("_"):
            continue
        if isinstance(value, property):
            found[name] = _returned(value.fget)
        elif hasattr(value, "func"):  # functools.cached_property
            found[name] = _returned(value.func)
        else:
            found[name] = UNKNOWN
    with_hints = _hints(kind)
    names = [field.name for field in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else list(with_hints)
    found.update({name: plain(with_hints.get(name, UNKNOWN)) for name in names})
    return found


def _hints(thing: object) -> Mapping[str, ValueType]:
    try:
        return typing.get_type_hints(thing)
    except (NameError, TypeError, AttributeError):
        return {}


def _returned(function: object) -> ValueType:
    return plain(_hints(function).get("return", UNKNOWN))


def returned_by(function: object) -> ValueType:
    """What a function says that it gives; unknown where it says nothing."""
    return _returned(function)


def first_taken_by(function: Any) -> ValueType:
    """What a filter says that it works on; unknown where it says nothing, or is handed the context first."""
    if hasattr(function, "jinja_pass_arg"):
        return UNKNOWN
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return UNKNOWN
    return plain(_hints(function).get(names[0], UNKNOWN)) if names else UNKNOWN


def attribute_of(annotation: ValueType, name: str) -> ValueType | None:
    """The type of what stands after the dot; None if there is no such thing."""
    found = [_attribute_of_one(choice, name) for choice in choices_of(without_nothing(annotation))]
    known = [item for item in found if item is not None]
    return unite(known) if known else None


def _attribute_of_one(kind: ValueType, name: str) -> ValueType | None:  # noqa: PLR0911 - one a kind of type
    if kind is UNKNOWN or isinstance(kind, ListOf):
        return UNKNOWN if kind is UNKNOWN or hasattr(list, name) else None
    origin = _origin(kind) or kind
    if not isinstance(origin, type):
        return UNKNOWN
    if issubclass(origin, Mapping):
        arguments = typing.get_args(kind)
        return UNKNOWN if hasattr(dict, name) or len(arguments) != 2 else plain(arguments[1])  # noqa: PLR2004 - key, value
    if dataclasses.is_dataclass(origin) or typing.is_typeddict(origin):
        return fields_of(origin).get(name)
    if issubclass(origin, Enum) and name in {"value", "name"}:
        return str
    if origin.__module__ in {"builtins", "datetime", "decimal", "enum"} or issubclass(origin, Enum):
        return UNKNOWN if hasattr(origin, name) else None
    return fields_of(origin).get(name, UNKNOWN if not _hints(origin) else None)


def element_of(annotation: ValueType) -> ValueType | None:
    """What a loop takes one by one; None if it cannot loop."""
    found = [_element_of_one(choice) for choice in choices_of(without_nothing(annotation))]
    known = [item for item in found if item is not None]
    return unite(known) if known else None


def _element_of_one(kind: ValueType) -> ValueType | None:  # noqa: PLR0911 - one a kind of type
    if kind is UNKNOWN:
        return UNKNOWN
    if isinstance(kind, ListOf):
        return kind.element
    origin, arguments = _origin(kind) or kind, typing.get_args(kind)
    if not isinstance(origin, type):
        return UNKNOWN
    if not issubclass(origin, Iterable):
        return None
    if issubclass(origin, str):
        return str
    if not arguments:
        return UNKNOWN
    if issubclass(origin, tuple) and arguments[-1] is not Ellipsis:
        return unite(plain(argument) for argument in arguments)
    return plain(arguments[0])


def names_in(annotation: ValueType) -> list[str]:
    """What may stand after the dot, for suggestions."""
    found: list[str] = []
    for choice in choices_of(without_nothing(annotation)):
        origin = _origin(choice) or choice
        if isinstance(origin, type):
            found += [name for name in fields_of(origin) if not name.startswith("_")]
    return found


def name_of(annotation: ValueType) -> str:
    """What diagnostics call a type."""
    words = []
    for choice in choices_of(without_nothing(annotation)):
        if isinstance(choice, ListOf):
            words.append("list")
        else:
            origin = _origin(choice) or choice
            words.append(getattr(origin, "__name__", str(origin)))
    return " | ".join(words)


def is_surely_not(annotation: ValueType, wanted: ValueType) -> bool:
    """Whether no value of the one type can be of the other, as far as classes tell."""
    left, right = choices_of(without_nothing(annotation)), choices_of(without_nothing(wanted))
    if UNKNOWN in left or UNKNOWN in right:
        return False
    return all(_are_apart(one, other) for one in left for other in right)


def _are_apart(one: ValueType, other: ValueType) -> bool:
    left = list if isinstance(one, ListOf) else _origin(one) or one
    right = _origin(other) or other
    if not (isinstance(left, type) and isinstance(right, type)) or object in {left, right}:
        return False
    if left in {list, tuple} or right in {list, tuple}:
        is_sequence = issubclass(left, Iterable) and issubclass(right, Iterable)
        return not is_sequence or str in {left, right}
    if {left, right} <= {int, float, complex, bool}:
        return False
    return not (issubclass(left, right) or issubclass(right, left))
