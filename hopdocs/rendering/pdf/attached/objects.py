"""Reading what a PDF's dictionaries hold without trusting that it is there, or of the kind it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NullObject,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfWriter

_DEEPEST: Final = 32
"""Parents that are followed: a form with more is a loop."""


def resolve(value: Any) -> Any:
    """The object itself; None for what is not there."""
    found = value.get_object() if value is not None else None
    return None if isinstance(found, NullObject) else found


def dictionary_of(value: Any) -> DictionaryObject:
    """The dictionary, or an empty one where there is none."""
    found = resolve(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def items_of(value: Any) -> list[Any]:
    """The array's items as they stand there, or none where it is no array."""
    found = resolve(value)
    return list(found) if isinstance(found, ArrayObject) else []


def numbers_of(value: Any) -> list[float]:
    """An array's numbers; empty where anything in it is none."""
    try:
        return [float(resolve(item)) for item in items_of(value)]
    except (TypeError, ValueError):
        return []


def number_of(value: Any, default: float = 0) -> float:
    """The number, or the default where it is none."""
    try:
        return float(resolve(value))
    except (TypeError, ValueError):
        return default


def box_of(value: Any) -> tuple[float, float, float, float] | None:
    """A rectangle with its corners in order, whichever two stand there (ISO 32000-1, 7.9.5)."""
    numbers = numbers_of(value)
    if len(numbers) != 4:  # noqa: PLR2004 - a rectangle has two corners
        return None
    left, bottom, right, top = numbers
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def text_of(value: Any) -> str:
    """A string or a name without its slash; empty for anything else."""
    found = resolve(value)
    if isinstance(found, bytes):
        return found.decode("cp1252", "replace")
    return found.removeprefix("/") if isinstance(found, str) else ""


def key_of(value: Any) -> int:
    """What tells one object from another: its number in the file, or its place in memory where it has none."""
    return value.idnum if isinstance(value, IndirectObject) else -id(value)


def raw(holder: DictionaryObject, key: str) -> Any:
    """The entry as it stands there, a reference unresolved; None where there is none."""
    return holder.raw_get(key) if key in holder else None


def inherited(holder: DictionaryObject, key: str) -> Any:
    """The entry of a form's field, or of the nearest field above that has it."""
    for one in lineage(holder):
        found = resolve(one.get(key))
        if found is not None:
            return found
    return None


def lineage(holder: DictionaryObject) -> Iterator[DictionaryObject]:
    """A field and those above it."""
    for _ in range(_DEEPEST):
        yield holder
        if not isinstance(above := resolve(holder.get("/Parent")), DictionaryObject):
            return
        holder = above


def make_stream(data: bytes) -> DecodedStreamObject:
    """A stream of this content."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    return stream


def add_object(writer: PdfWriter, thing: Any) -> IndirectObject:
    """Give it a number in this file."""
    return writer._add_object(thing)  # noqa: SLF001 - pypdf has no public way to add an object
