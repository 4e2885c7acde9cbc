"""How much work one part of a document may cause: rounds, characters, values looked at.

Each single operation is bounded already (`bounds`); a loop does many. And some are quick to write and endless to do:
two lists that hold another one twice, which holds a third one twice, take longer to compare than any building stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from threading import local
from typing import Final

from markupsafe import Markup

from hopdocs.rendering.faults import RefusedOperationError

LONGEST_PART: Final = 32_000_000
"""How many characters one part of a document may come to."""
MOST_ROUNDS: Final = 250_000
"""How often the loops and macros of one part may go round, all together."""
MOST_VALUES: Final = 250_000
"""How many values a list that is written out or compared may hold, with the lists in it."""
MOST_WORK: Final = 32_000_000
"""How many characters and values the operations of one part may look at or make, all together."""
LONG_VALUE: Final = 1_000
"""From this length on, values count towards a part's length when they are printed; rounds bound the shorter ones."""

CONTAINERS: Final = (list, tuple, dict, AbstractSet, Mapping)
_WORK_OF_LOOKING: Final = 30
"""Walking through a list value by value takes so much longer than copying it."""
_SCALARS: Final = frozenset({str, int, bool, float, type(None), Markup})
_SIZED: Final = frozenset({str, Markup, bytes, list, tuple, dict, set, frozenset, range})


class _Spent(local):
    """What the part at hand has used; a thread makes one part at a time."""

    rounds = 0
    characters = 0
    work = 0


_SPENT: Final = _Spent()


def refuse(what: str) -> RefusedOperationError:
    """The fault for something beyond its bound."""
    return RefusedOperationError(what)


def begin_part() -> None:
    """Count from nothing."""
    _SPENT.rounds = _SPENT.characters = _SPENT.work = 0


def count_round() -> None:
    """One round of a loop, or one call of a macro."""
    _SPENT.rounds += 1
    if _SPENT.rounds > MOST_ROUNDS:
        raise refuse(f"for > {MOST_ROUNDS}")


def count_long_value(value: str) -> None:
    """A long value is printed; a macro would gather as many as fill the machine before anybody sees them."""
    _SPENT.characters += len(value)
    if _SPENT.characters > LONGEST_PART:
        raise refuse(f"> {LONGEST_PART}")


def count_work(amount: int) -> None:
    """So many characters or values are looked at or made."""
    _SPENT.work += amount
    if _SPENT.work > MOST_WORK:
        raise refuse(f"for > {MOST_WORK}")


def count_size(value: object) -> None:
    """A value is gone through once, or made."""
    if type(value) in _SIZED:
        count_work(len(value))  # type: ignore[arg-type]  # all of those have a length


def count_comparison(value: object) -> None:
    """A value is compared or hashed, with all that it holds; raises where that never ends."""
    if type(value) in _SCALARS:
        return
    waiting = [value]
    count = 0
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, CONTAINERS):
            waiting.extend(item)
        count += 1
        if count + len(waiting) > MOST_VALUES:
            raise refuse(f"== > {MOST_VALUES}")
    count_work(count * _WORK_OF_LOOKING)
