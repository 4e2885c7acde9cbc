"""Generators in a context, which can be gone through once only.

Where the quick path finds on its way that only docxtpl can place a value, the document is rendered from its beginning.
What a generator gave until then is given again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Held(Iterator[object]):
    """An iterator that remembers what it gave."""

    def __init__(self, source: Iterator[object]) -> None:
        self._source = source
        self._given: list[object] = []

    def __next__(self) -> object:
        item = next(self._source)
        self._given.append(item)
        return item

    def rewind(self) -> _Held:
        """The same items again, from the first."""
        return _Held(chain(self._given, self._source))


def hold_iterators(context: Mapping[str, object]) -> dict[str, object]:
    """The context with its iterators able to begin again; those inside other values are left as they are."""
    return {name: _Held(value) if isinstance(value, Iterator) else value for name, value in context.items()}


def rewind_iterators(data: Mapping[str, object]) -> dict[str, object]:
    """The same context as before anything was taken from it."""
    return {name: value.rewind() if isinstance(value, _Held) else value for name, value in data.items()}
