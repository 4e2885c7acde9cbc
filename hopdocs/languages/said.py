"""Text that was put together in Danish, and remembers of what: so another language can put it together in its own way.

It is a text like any other to a template, a digest and whoever compares it; nothing is asked twice, and nobody takes a
sentence apart again.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, TypeAlias

from hopdocs.danish import long_date, period, time_range

if TYPE_CHECKING:
    from collections.abc import Mapping


class Days(tuple[date, date]):
    """From a day to a day, both included."""

    __slots__ = ()


class Hours(tuple[time, time]):
    """From a time to a time of the same day."""

    __slots__ = ()


Part: TypeAlias = "str | date | Days | Hours"


class Said(str):
    """A Danish text made of a pattern (`"Hjemme hos {name}"`) and what stands in it."""

    __slots__ = ("parts", "pattern")
    pattern: str
    parts: Mapping[str, Part]

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Another process gets the text: it is translated where it is put together."""
        return str, (str(self),)


def say(pattern: str, **parts: Part) -> Said:
    """The pattern with its parts, in Danish."""
    said = Said(pattern.format(**{name: _in_danish(part) for name, part in parts.items()}))
    said.pattern, said.parts = pattern, parts
    return said


def _in_danish(part: Part) -> str:
    match part:
        case Days():
            return period(*part)
        case Hours():
            return time_range(*part)
        case date():
            return long_date(part)
    return part
