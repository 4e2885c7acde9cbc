"""The one table: figures as lines of text, and what was missed said plainly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from bench.figure import Figure

    Before: TypeAlias = dict[str, tuple[float, str]]
    """By figure: what another checkout measured of itself, as an amount and its unit."""

_HEAD = ("figure", "hopdocs", "against", "result", "target", "reached")
_HEAD_BEFORE = ("before", "as fast", "wanted", "reached")
_AMOUNT: Final = re.compile(r"(?P<number>[\d,]+(?:\.\d+)?(?:e-?\d+)?) ?(?P<unit>ms|s|MB|/s)(?![\w/])")


def format_table(figures: Iterable[Figure], before: Before | None = None) -> str:
    """The table with aligned columns, the notes below it by number, and a line that says what was missed.

    With `before`, each line also has what another checkout took, how many times as fast this one is, and should be.
    """
    figures = list(figures)
    notes: list[str] = []
    lines: list[tuple[str, ...]] = [(*_HEAD, *(_HEAD_BEFORE if before is not None else ()))]
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
                *(_format_before(figure, before) if before is not None else ()),
            )
        )
    table = align(lines)
    table += [f"[{number}] {note}" for number, note in enumerate(notes, 1)]
    return "\n".join([*table, "", summarise(figures, before)])


def _format_before(figure: Figure, before: Before) -> tuple[str, ...]:
    theirs, times = before.get(figure.what), times_as_fast(figure, before)
    cells = ("–", "–")
    if theirs is not None and times is not None:
        amount, unit = theirs
        cells = (format_seconds(amount) if unit == "s" else f"{amount:.0f} {unit}", format_amount(times, "×"))
    wanted = figure.faster
    if wanted is None:
        return (*cells, "", "")
    return (*cells, f"≥ {format_amount(wanted, '×')}", "yes" if times is not None and times >= wanted else "NO")


def times_as_fast(figure: Figure, before: Before) -> float | None:
    """What another checkout took by what this one takes, in time or memory; None where one of them told nothing."""
    theirs, ours = before.get(figure.what), read_amount(figure.ours)
    return theirs[0] / ours[0] if theirs and ours and theirs[1] == ours[1] else None


def read_amount(told: str) -> tuple[float, str] | None:
    """What a cell of the table begins with, in seconds or megabytes; a rate is the seconds that one of them takes.

    So less is better in every figure, and a ratio above 1 always means that this checkout costs more.
    """
    found = _AMOUNT.match(told)
    number = float(found["number"].replace(",", "")) if found else 0.0
    if found is None or number <= 0:
        return None
    match found["unit"]:
        case "ms":
            return number / 1000, "s"
        case "/s":
            return 1 / number, "s"
        case unit:
            return number, unit


def summarise(figures: Sequence[Figure], before: Before | None = None) -> str:
    """How many targets were reached, and by name and number those that were not."""
    aimed = [figure for figure in figures if figure.target is not None]
    told = [
        f"{figure.what}: {format_amount(figure.measured, figure.unit)} instead of "
        f"{figure.target.bound.value} {format_amount(figure.target.value, figure.unit)}"
        for figure in aimed
        if figure.target is not None and figure.is_missed
    ]
    beside = [figure for figure in figures if figure.faster is not None] if before is not None else []
    for figure in beside:
        times = times_as_fast(figure, before or {})
        if figure.faster is not None and (times is None or times < figure.faster):
            told.append(
                f"{figure.what}: {format_amount(times, '×')} as fast as before instead of "
                f"≥ {format_amount(figure.faster, '×')}"
            )
    count = len(aimed) + len(beside)
    if not count:
        return "No targets here."
    return f"{len(told)} of {count} targets MISSED: {'; '.join(told)}." if told else f"All {count} targets reached."


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
