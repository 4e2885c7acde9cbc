"""Numbers of families as everybody may read them: small ones are hidden, and whatever would give them away.

In each row three ways add up to a total, and several municipalities to all of them. What is to be hidden together
follows from all tables of a report (`hopdocs.figures.suppression`). Of few families no row is told, and none in which
all went one way: "skjult, 0, 0" says of each of them how it went.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, join
from hopdocs.documents.kinds.project.reports.parts.effects import SHOWN
from hopdocs.documents.kinds.project.reports.parts.work import NOTHING
from hopdocs.documents.kinds.project.reports.views import TextRow
from hopdocs.documents.views.chart import BarChart, ChartBars
from hopdocs.domain.project.numbers import SMALLEST_TOLD
from hopdocs.figures.suppression.protection import HIDDEN, protect_tables
from hopdocs.figures.suppression.tables import Cell, PublishedTable, Sum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow

_TOTAL = "i alt"
_FEWEST_IN_A_SUM = 3


def tell_effects(*tables: Sequence[EffectRow]) -> tuple[tuple[TextRow, ...], ...]:
    """Each table's rows as they may be read: better, same, worse, and how many families that is."""
    return tuple(tuple(_tell([row])[0] for row in rows) for rows in tables)


def tell_side_by_side(
    tables: Sequence[Sequence[EffectRow]], whole: Sequence[EffectRow]
) -> tuple[tuple[TextRow, ...], ...]:
    """Tables with the same rows, and last the one that they add up to: at least the sum is told where it can be.

    Each municipality knows its own numbers. So of two the sum is told only where both parts are, too.
    """
    rows = [_tell_one_of_all(parts, total) for *parts, total in zip(*tables, whole, strict=True)]
    return tuple(zip(*rows, strict=True))


def _tell_one_of_all(parts: Sequence[EffectRow], whole: EffectRow) -> tuple[TextRow, ...]:
    told, [alone] = _tell([*parts, whole], is_sum_last=True), _tell([whole])
    is_of_few = sum(row.families > 0 for row in parts) < _FEWEST_IN_A_SUM
    if is_of_few and any(HIDDEN in row.cells for row in told):
        return (*told[:-1], _hide(whole))
    if told[-1] == alone:
        return told
    # What of the sum is hidden for the parts' sake helps nobody: without any of these it gives none of them away.
    return (*map(_hide, parts), alone)


def _hide(row: EffectRow) -> TextRow:
    return TextRow(cells=(row.name, *[HIDDEN] * (len(SHOWN) + 1)))


def tell_parts(numbers: Sequence[int]) -> tuple[str, ...]:
    """Numbers whose sum is told somewhere too."""
    if _is_withheld(numbers):
        return tuple(HIDDEN for _ in numbers)
    keys = tuple(str(at) for at in range(len(numbers)))
    cells = (_cell(key, number) for key, number in zip(keys, numbers, strict=True))
    table = PublishedTable("", (*cells, _cell(_TOTAL, sum(numbers))), (Sum(_TOTAL, keys),))
    hidden = protect_tables([table]).hidden
    return tuple(HIDDEN if key in hidden else str(number) for key, number in zip(keys, numbers, strict=True))


def _tell(rows: Sequence[EffectRow], *, is_sum_last: bool = False) -> tuple[TextRow, ...]:
    """One row of each of several tables. Other rows have other families, so that no row has to do with another."""
    last = len(rows) - 1
    cells = (_cell(_key(at, column), number) for at, row in enumerate(rows) for column, number in _numbers(row))
    across = (Sum(_key(at, _TOTAL), tuple(_key(at, way) for way in SHOWN)) for at in range(len(rows)))
    down = (
        Sum(_key(last, column), tuple(_key(at, column) for at in range(last)))
        for column in ((*SHOWN, _TOTAL) if is_sum_last else ())
    )
    withheld = (
        _key(at, column)
        for at, row in enumerate(rows)
        if row.is_untold or _is_withheld(row.counts_shown)
        for column in (*SHOWN, _TOTAL)
    )
    hidden = protect_tables([PublishedTable("", tuple(cells), (*across, *down))], withheld).hidden

    def tell(at: int, row: EffectRow) -> Iterator[str]:
        for column, number in _numbers(row):
            text = NOTHING if not row.families and column != _TOTAL else str(number)
            yield HIDDEN if _key(at, column) in hidden else text

    return tuple(TextRow(cells=(row.name, *tell(at, row))) for at, row in enumerate(rows))


def _is_withheld(numbers: Sequence[int]) -> bool:
    """Whether a group is so small, or so much alike, that telling how it divides tells of each in it."""
    return sum(numbers) > 0 and (sum(numbers) < SMALLEST_TOLD or max(numbers) == sum(numbers))


def _numbers(row: EffectRow) -> Iterator[tuple[str, int]]:
    yield from zip(SHOWN, row.counts_shown, strict=True)
    yield _TOTAL, row.families


def _cell(key: str, number: int) -> Cell:
    return Cell(key, Decimal(number), number)


def _key(at: int, column: str) -> str:
    return f"{at}|{column}"


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
