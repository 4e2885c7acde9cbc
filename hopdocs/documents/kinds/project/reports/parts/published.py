"""Numbers of families as everybody may read them: small ones are hidden, and whatever would give them away.

In each row three ways add up to a total, and several municipalities to all of them. What is to be hidden together
follows from all tables of a report (`hopdocs.figures.suppression`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, join
from hopdocs.documents.kinds.project.reports.parts.effects import SHOWN
from hopdocs.documents.kinds.project.reports.parts.work import NOTHING
from hopdocs.documents.kinds.project.reports.views import TextRow
from hopdocs.documents.views.chart import BarChart, ChartBars
from hopdocs.figures.suppression.protection import HIDDEN, protect_tables
from hopdocs.figures.suppression.tables import Cell, PublishedTable, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow

_TOTAL = "i alt"


def tell_effects(*tables: Sequence[EffectRow]) -> tuple[tuple[TextRow, ...], ...]:
    """Each table's rows as they may be read: better, same, worse, and how many families that is."""
    return _tell(tables, ())


def tell_side_by_side(
    tables: Sequence[Sequence[EffectRow]], whole: Sequence[EffectRow]
) -> tuple[tuple[TextRow, ...], ...]:
    """Tables with the same rows, and last the one that they add up to."""
    last = len(tables)
    sums = (
        Sum(_key(last, row.name, column), tuple(_key(at, row.name, column) for at in range(last)))
        for row in whole
        for column in (*SHOWN, _TOTAL)
    )
    return _tell((*tables, whole), tuple(sums))


def tell_parts(numbers: Sequence[int]) -> tuple[str, ...]:
    """Numbers whose sum is told somewhere too."""
    keys = tuple(str(at) for at in range(len(numbers)))
    cells = (_cell(key, number) for key, number in zip(keys, numbers, strict=True))
    table = PublishedTable("", (*cells, _cell(_TOTAL, sum(numbers))), (Sum(_TOTAL, keys),))
    hidden = protect_tables([table]).hidden
    return tuple(HIDDEN if key in hidden else str(number) for key, number in zip(keys, numbers, strict=True))


def _tell(tables: Sequence[Sequence[EffectRow]], sums: tuple[Sum, ...]) -> tuple[tuple[TextRow, ...], ...]:
    published = [
        PublishedTable(str(at), tuple(_cells(at, rows)), tuple(_sums(at, rows))) for at, rows in enumerate(tables)
    ]
    hidden = protect_tables([*published, PublishedTable("", (), sums)]).hidden

    def tell(at: int, row: EffectRow) -> Iterator[str]:
        for column, number in _numbers(row):
            text = NOTHING if not row.families and column != _TOTAL else str(number)
            yield HIDDEN if _key(at, row.name, column) in hidden else text

    return tuple(tuple(TextRow(cells=(row.name, *tell(at, row))) for row in rows) for at, rows in enumerate(tables))


def _numbers(row: EffectRow) -> Iterator[tuple[str, int]]:
    yield from ((way, row.counts.get(way, 0)) for way in SHOWN)
    yield _TOTAL, row.families


def _cells(at: int, rows: Sequence[EffectRow]) -> Iterator[Cell]:
    return (_cell(_key(at, row.name, column), number) for row in rows for column, number in _numbers(row))


def _sums(at: int, rows: Sequence[EffectRow]) -> Iterator[Sum]:
    return (Sum(_key(at, row.name, _TOTAL), tuple(_key(at, row.name, way) for way in SHOWN)) for row in rows)


def _cell(key: str, number: int) -> Cell:
    return Cell(key, Decimal(number), number)


def _key(at: int, row: str, column: str) -> str:
    return f"{at}|{row}|{column}"


def draw_effects(about: str, rows: Sequence[TextRow]) -> BarChart | None:
    """The rows in which nothing is hidden, in families; None if there are none. `about` begins what is read aloud."""
    told = [row for row in rows if all(cell.isdecimal() for cell in row.cells[1:]) and int(row.cells[-1])]
    if not told:
        return None
    return BarChart(
        title="",
        description=_say(about, told),
        width=166,
        height=20 + 11.0 * len(told),
        categories=tuple(row.cells[0] for row in told),
        rows=tuple(
            ChartBars(name=capitalise(way.value), values=tuple(Decimal(row.cells[at]) for row in told))
            for at, way in enumerate(SHOWN, start=1)
        ),
        unit="familier",
        is_stacked=True,
        is_lying=True,
    )


def _say(about: str, rows: Sequence[TextRow]) -> str:
    said = (
        f"{row.cells[0]}: {join(f'{way.value} for {row.cells[at]}' for at, way in enumerate(SHOWN, start=1))}"
        for row in rows
    )
    return f"{about}, i antal familier. {'. '.join(said)}."
