"""Which numbers of all reports of one run are told, so that taking one from another leaves no small group.

Numbers that can be taken from each other are in one chain: how many said yes in 2025, in 2026, and by the end. What the
told numbers of a chain cannot tell apart is one class. Whatever is added and subtracted, the result is made of whole
classes, and none is allowed to be of one to four families. A number that would make such a class is not told at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from hopdocs.domain.project.numbers import SMALLEST_TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Atom: TypeAlias = tuple[str, str]
"""A family, and which part of it: a month of its costs. Empty where the family itself is counted."""


@dataclass(frozen=True, slots=True)
class RunNumber:
    """One number of one report: what it is made of in each chain that it is part of."""

    key: str
    made_of: tuple[tuple[str, frozenset[Atom]], ...]


def find_untold(numbers: Sequence[RunNumber], fixed: Iterable[RunNumber] = ()) -> frozenset[str]:
    """The keys of the numbers that are not told, where those first in the order go first.

    `fixed` are published already: they are told whatever they give away, and nothing may give away more.
    """
    chains: dict[str, _Chain] = {}
    for number in fixed:
        for name, atoms in number.made_of:
            chains.setdefault(name, _Chain()).tell(atoms)
    untold = set()
    for number in numbers:
        copies = {name: chains.get(name, _Chain()).copy() for name, _ in number.made_of}
        if all(copies[name].tell(atoms) for name, atoms in number.made_of):
            chains |= copies
        else:
            untold.add(number.key)
    return frozenset(untold)


class _Chain:
    """The classes that the told numbers of a chain make."""

    def __init__(self, classes: Iterable[frozenset[Atom]] = ()) -> None:
        self._classes = list(classes)

    def copy(self) -> _Chain:
        return _Chain(self._classes)

    def tell(self, atoms: frozenset[Atom]) -> bool:
        """Divide the classes by one more number; False where a piece that is new is too small."""
        made = [atoms.difference(*self._classes)]
        whole = []
        for one in self._classes:
            inside = one & atoms
            if inside and inside != one:
                made += [inside, one - inside]
            else:
                whole.append(one)
        self._classes = [*whole, *filter(None, made)]
        return not any(0 < len({family for family, _ in piece}) < SMALLEST_TOLD for piece in made)
