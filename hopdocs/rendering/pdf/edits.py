"""Changes to a PDF that leave it LibreOffice's own: pieces of its text are replaced, and the offsets counted anew.

LibreOffice 7.4 writes one table of offsets at the end of the file, with every object in it. A file that ends in any
other way has no table here, and is changed by nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_TABLE: Final = re.compile(
    rb"\nxref\n0 (\d+)\n((?:\d{10} \d{5} [fn] \n)+)trailer\n(.*?)startxref\n(\d+)\n%%EOF\n$", re.DOTALL
)
_ROW_BYTES: Final = 20

Edit = tuple[int, int, bytes]
"""From where to where in the file, and what comes there."""


def find_table(pdf: bytes) -> re.Match[bytes] | None:
    """The table of offsets, or None if there is none that can be trusted."""
    table = _TABLE.search(pdf)
    if table is None or int(table[1]) * _ROW_BYTES != len(table[2]) or int(table[4]) != table.start() + 1:
        return None
    return table


def read_offsets(table: re.Match[bytes]) -> list[int]:
    """Where each object begins, by its number; 0 for the head of the free ones, which is no object."""
    return [int(row[:10]) for row in _rows(table)]


def find_object(pdf: bytes, offsets: Sequence[int], number: int, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
    """An object that is written as this pattern says, which begins with its number, without a look at the others."""
    if not 0 < number < len(offsets):
        return None
    found = pattern.match(pdf, offsets[number])
    return found if found is not None and int(found[1]) == number else None


def apply_edits(pdf: bytes, edits: Sequence[Edit], table: re.Match[bytes]) -> bytes:
    """The file with its edits, which are in order and apart, and a table of offsets that holds."""
    ends, shifts, shift, made, done = [], [0], 0, [], 0
    for start, end, new in edits:
        made += [pdf[done:start], new]
        done = end
        shift += len(new) - (end - start)
        ends.append(end)
        shifts.append(shift)

    def move(offset: int) -> int:
        return offset + shifts[bisect_right(ends, offset)]

    moved = [b"%010d%s" % (move(int(row[:10])), row[10:]) if row[17:18] == b"n" else row for row in _rows(table)]
    made += [
        pdf[done : table.start(2)],
        *moved,
        pdf[table.end(2) : table.start(4)],
        b"%d" % move(int(table[4])),
        pdf[table.end(4) :],
    ]
    return b"".join(made)


def _rows(table: re.Match[bytes]) -> list[bytes]:
    rows = table[2]  # a copy each time it is asked for
    return [rows[place : place + _ROW_BYTES] for place in range(0, len(rows), _ROW_BYTES)]
