"""Numbers of families as everybody may read them: a small one is hidden, and one more with it that would give it away.

In each row three ways add up to a total. If one of the three is hidden, a reader could take the others from the total;
so a second one is hidden too, the smallest that is no small group itself, or all three where there is none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise, join
from hopdocs.documents.kinds.project.reports.parts.effects import SHOWN
from hopdocs.documents.kinds.project.reports.parts.work import NOTHING
from hopdocs.documents.kinds.project.reports.views import TextRow
from hopdocs.documents.views.chart import BarChart, ChartBars
from hopdocs.domain.project.numbers import SMALLEST_TOLD, say_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow

HIDDEN: Final = "skjult"


def tell_effects(*tables: Sequence[EffectRow]) -> tuple[tuple[TextRow, ...], ...]:
    """Each table's rows as they may be read: better, same, worse, and how many families that is."""
    return tuple(tuple(TextRow(cells=(row.name, *_tell(row))) for row in table) for table in tables)


def tell_side_by_side(
    tables: Sequence[Sequence[EffectRow]], whole: Sequence[EffectRow]
) -> tuple[tuple[TextRow, ...], ...]:
    """Tables with the same rows, and last the one that they add up to.

    What is hidden in one could be taken from the sum and the others: where anything is, only the sum is told.
    """
    told = tell_effects(*tables)
    is_hidden = [any(HIDDEN in table[at].cells or _is_small(table[at]) for table in told) for at in range(len(whole))]
    parts = tuple(
        tuple(
            TextRow(cells=(row.cells[0], *[HIDDEN] * (len(row.cells) - 1))) if is_hidden[at] else row
            for at, row in enumerate(table)
        )
        for table in told
    )
    return (*parts, *tell_effects(whole))


def _is_small(row: TextRow) -> bool:
    return not row.cells[-1].isdecimal()


def _tell(row: EffectRow) -> tuple[str, ...]:
    if not row.families:
        return (*[NOTHING] * len(SHOWN), "0")
    numbers = [row.counts.get(verdict, 0) for verdict in SHOWN]
    hidden = find_hidden(numbers)
    return (*(HIDDEN if at in hidden else str(number) for at, number in enumerate(numbers)), say_count(row.families))


def find_hidden(numbers: Sequence[int]) -> frozenset[int]:
    """Which of some numbers that add up to a told total are not told; nothing of a total that is small itself."""
    if 0 < sum(numbers) < SMALLEST_TOLD:
        return frozenset(range(len(numbers)))
    small = [at for at, number in enumerate(numbers) if 0 < number < SMALLEST_TOLD]
    if not small:
        return frozenset()
    large = sorted((number, at) for at, number in enumerate(numbers) if number >= SMALLEST_TOLD)
    if len(small) == 1 and large:
        return frozenset({small[0], large[0][1]})
    return frozenset(range(len(numbers)))


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
