"""The names of files that a person had changed and that were kept aside: `familieplan-nadira.rettet-1.docx`."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_ASIDE: Final = re.compile(r".*\.rettet-\d+\.[a-z]+")
_ASIDE_MARK: Final = re.compile(r"\.rettet-\d+(?=\.[a-z]+\Z)")


def aside_names(name: str) -> Iterator[str]:
    """The names that a changed file may be kept aside under, in turn."""
    stem, dot, ending = name.rpartition(".")
    return (f"{stem}.rettet-{number}{dot}{ending}" for number in count(1))


def next_aside(name: str, taken: Collection[str]) -> str:
    """The name that a changed file will be kept aside under, where these names are taken."""
    return next(aside for aside in aside_names(name) if aside not in taken)


def aside_of(name: str) -> str:
    """The document that a file was kept aside from; the very name of a file that was not."""
    return _ASIDE_MARK.sub("", name)


def is_aside(name: str) -> bool:
    """Whether a file was kept aside."""
    return _ASIDE.fullmatch(name) is not None
