"""Every text that somebody wrote into a family's file, with its place: what a rule about words looks through."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from hopdocs.model.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath

_NOT_FOR_PAPERS = frozenset({"contact"})
"""Addresses stand on their own envelope alone."""


def written_texts(value: object, at: DataPath = ()) -> Iterator[tuple[DataPath, str]]:
    """Each text below `value`, in the file's order, but for the places where an address belongs."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield at, value
    elif isinstance(value, Entry):
        for name, field in type(value).model_fields.items():
            if name not in _NOT_FOR_PAPERS:
                yield from written_texts(getattr(value, name), (*at, field.alias or name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from written_texts(item, (*at, str(key)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from written_texts(item, (*at, index))
