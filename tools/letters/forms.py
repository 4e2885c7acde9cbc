"""What people fill in by hand: ticks, and fields with their label inside.

A tick is a table cell with a box character and its words beside it, a field a cell with a frame: no underscores,
no drawings, so that a screen reader hears what is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tools.letters.wordml import TEXT_WIDTH_MM, Cell, paragraph, row, row_tag, table

if TYPE_CHECKING:
    from collections.abc import Sequence

UNTICKED: Final = "☐"
_FIELD_MM: Final = 12
_TICK_MM: Final = 10
_BESIDE_MM: Final = 40


def tick_rows(*lines: str, description: str) -> str:
    """One tick and its words a row."""
    widths = [_TICK_MM, TEXT_WIDTH_MM - _TICK_MM]
    rows = "".join(row([Cell(UNTICKED, "Kryds"), line], widths) for line in lines)
    return table(rows, widths, style="Felter", description=description, heads=False)


def tick_or_write(line: str, answer: str, label: str, *, description: str) -> str:
    """A tick, and another with room for words below it, each with a field beside it; on one page."""
    widths = [_TICK_MM, TEXT_WIDTH_MM - _TICK_MM - _BESIDE_MM, _BESIDE_MM]
    said = ((UNTICKED, "Kryds"), (line, "Tabeltekst"), (label, "Felt"))
    rows = row([Cell(paragraph(words, style, keep_next=True)) for words, style in said], widths)
    rows += row([Cell(UNTICKED, "Kryds"), answer, Cell(label, "Felt")], widths, height_mm=2 * _FIELD_MM)
    return table(rows, widths, style="Felter", description=description, heads=False)


def tick_pairs(*lines: str, description: str) -> str:
    """Ticks two and two, for an even number of short words."""
    half = TEXT_WIDTH_MM / 2 - _TICK_MM
    widths = [_TICK_MM, half] * 2
    cells = [cell for line in lines for cell in (Cell(UNTICKED, "Kryds"), line)]
    rows = "".join(row(cells[start : start + 4], widths) for start in range(0, len(cells), 4))
    return table(rows, widths, style="Felter", description=description, heads=False)


def tick_each(loop: str, line: str, *more: str, description: str) -> str:
    """One tick for each item of a list, then one for each further line."""
    widths = [_TICK_MM, TEXT_WIDTH_MM - _TICK_MM]
    rows = (
        row_tag(f"{{%tr for {loop} %}}", widths)
        + row([Cell(UNTICKED, "Kryds"), line], widths)
        + row_tag("{%tr endfor %}", widths)
        + "".join(row([Cell(UNTICKED, "Kryds"), other], widths) for other in more)
    )
    return table(rows, widths, style="Felter", description=description, heads=False)


def answer_fields(*labels: str, description: str, widths: Sequence[float] = (), height_mm: float = _FIELD_MM) -> str:
    """Fields to write in, as many a row as there are widths; on one page, so that no row is alone on the next."""
    across = list(widths) or [TEXT_WIDTH_MM / len(labels)] * len(labels)
    starts = range(0, len(labels), len(across))
    cells = [Cell(paragraph(label, "Felt", keep_next=place < starts[-1])) for place, label in enumerate(labels)]
    rows = "".join(row(cells[start : start + len(across)], across, height_mm=height_mm) for start in starts)
    return table(rows, across, style="Felter", description=description, heads=False)
