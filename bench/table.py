"""The one table: figures as lines of text, and what was missed said plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.figure import Figure

_HEAD = ("figure", "hopdocs", "against", "result", "target", "reached")


def format_table(figures: Iterable[Figure]) -> str:
    """The table with aligned columns, the notes below it by number, and a line that says what was missed."""
    figures = list(figures)
    notes: list[str] = []
    lines = [_HEAD]
    for figure in figures:
        marks = []
        for note in figure.notes:
            if note not in notes:
                notes.append(note)
            marks.append(f"[{notes.index(note) + 1}]")
        lines.append(
            (
                " ".join([figure.what, *marks]),
                figure.ours,
                figure.theirs,
                format_amount(figure.measured, figure.unit),
                f"{figure.target.bound.value} {format_amount(figure.target.value, figure.unit)}"
                if figure.target
                else "",
                ("NO" if figure.is_missed else "yes") if figure.target else "",
            )
        )
    table = align(lines)
    table += [f"[{number}] {note}" for number, note in enumerate(notes, 1)]
    return "\n".join([*table, "", summarise(figures)])


def summarise(figures: Sequence[Figure]) -> str:
    """How many targets were reached, and by name and number those that were not."""
    aimed = [figure for figure in figures if figure.target is not None]
    missed = [figure for figure in aimed if figure.is_missed]
    if not aimed:
        return "No targets here."
    if not missed:
        return f"All {len(aimed)} targets reached."
    told = "; ".join(
        f"{figure.what}: {format_amount(figure.measured, figure.unit)} instead of "
        f"{figure.target.bound.value} {format_amount(figure.target.value, figure.unit)}"
        for figure in missed
        if figure.target is not None
    )
    return f"{len(missed)} of {len(aimed)} targets MISSED: {told}."


def format_amount(value: float | None, unit: str) -> str:
    """`62.4×`, `1.07×`, `412 MB`; a dash where nothing could be measured."""
    if value is None:
        return "–"
    if unit != "×":
        return f"{value:,.0f} {unit}" if value >= 10 or value == int(value) else f"{value:.2f} {unit}"  # noqa: PLR2004
    return f"{value:.1f}×" if value >= 10 else f"{value:.2f}×"  # noqa: PLR2004 - two decimals matter below ten


def format_seconds(seconds: float) -> str:
    """`0.74 ms`, `41 ms`, `12.3 s`: three digits that say something."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    milliseconds = seconds * 1000
    return f"{milliseconds:.2f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"  # noqa: PLR2004 - as above


def align(lines: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns as wide as their widest cell, the first line underlined as their head."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    aligned = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    ]
    return [aligned[0], "  ".join("-" * width for width in widths), *aligned[1:]]
