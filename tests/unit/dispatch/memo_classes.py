"""Reads a message into the classes that a municipality's sender has of the format (python-serviceplatformen).

That library only writes; so its classes say here what may stand where, and in which order.
"""

from __future__ import annotations

import dataclasses
import typing
from types import NoneType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET


def read_into(kind: type[Any], element: ET.Element) -> Any:
    """An element as one of the library's classes; a `ValueError` if anything of it has no place there."""
    types = typing.get_type_hints(kind)
    left = list(element)
    values: dict[str, Any] = {}
    for field in dataclasses.fields(kind):
        inner, is_list = _inner_type(types[field.name])
        is_class = dataclasses.is_dataclass(inner)
        tag = f"{{{(inner if is_class else kind).__namespace__}}}{inner.__name__ if is_class else field.name}"
        found: list[Any] = []
        while left and left[0].tag == tag and (is_list or not found):
            child = left.pop(0)
            found.append(read_into(inner, child) if is_class else child.text)
        if found:
            values[field.name] = tuple(found) if is_list else found[0]
    if left:
        msg = f"no place for {left[0].tag} in {kind.__name__}"
        raise ValueError(msg)
    return kind(**values)


def _inner_type(hint: Any) -> tuple[Any, bool]:
    """What a field holds, and whether it holds many of them."""
    if typing.get_origin(hint) is typing.Union:
        (hint,) = (part for part in typing.get_args(hint) if part is not NoneType)
    is_list = typing.get_origin(hint) is tuple
    return (typing.get_args(hint)[0] if is_list else hint), is_list
