"""The picture of the service at work, as values, and how it is laid out on a terminal of any size. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from hopdocs.catalogue.masking import mask_cpr_shapes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType


class Look(StrEnum):
    """How a line looks; without colours it says the same."""

    PLAIN = ""
    GOOD = "green"
    CHANGED = "yellow"
    BAD = "red"
    QUIET = "dim"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section: when, whose, and what. Only `what` is cut where there is no room."""

    what: str
    whose: str = ""
    when: str = ""
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one sort, the most important first; one without lines is not shown."""

    title: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """How far something has come that takes its time."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is seen. `news` takes the room that the sections under it leave."""

    where: str
    day: str
    clock: str
    state: Line
    work: Work | None
    news: Section
    sections: tuple[Section, ...]
    foot: str


_FRAME: Final = 3
"""Lines for where we are, the state and the foot."""
_OVER_A_SECTION: Final = 2
"""A blank line and its title."""
_FIRST: Final = 2
"""Lines that each section gets, if it has so many, before any gets more."""
_MOST: Final = 8
_WIDEST_BAR: Final = 40
_GAP: Final = "  "


def lay_out(picture: Picture, width: int, height: int) -> list[RenderableType]:
    """The lines of the terminal from the top, `height` of them, each to be cut at `width`."""
    rows: list[RenderableType] = [_head(picture, width), _state(picture)]
    sections = (picture.news, *picture.sections)
    for section, most in zip(sections, _share_out(sections, height - _FRAME), strict=True):
        if most:
            rows += [Text(), Text(_safe(section.title), style="bold"), *_lines(section.lines[:most])]
    rows = rows[: max(height - 1, 1)]
    rows += [Text()] * (height - len(rows) - 1)
    return [*rows, Text(_safe(picture.foot), style=Look.QUIET)][:height]


def _share_out(sections: Sequence[Section], room: int) -> list[int]:
    """How many lines each gets: a few, in their order; then one more each in turn; what is left is for the news."""
    shares = [0] * len(sections)
    for index, section in enumerate(sections):
        fits = min(len(section.lines), _FIRST, room - _OVER_A_SECTION)
        if fits > 0:
            shares[index] = fits
            room -= fits + _OVER_A_SECTION
    for most in range(_FIRST + 1, _MOST + 1):
        for index, section in enumerate(sections):
            if room > 0 and 0 < shares[index] < min(len(section.lines), most):
                shares[index] += 1
                room -= 1
    if room > 0 and shares[0]:
        shares[0] = min(len(sections[0].lines), shares[0] + room)
    return shares


def _head(picture: Picture, width: int) -> Text:
    """Where we are on the left, and on the right what there is room for of day and clock."""
    text = Text.assemble(("hopdocs", "bold"), _GAP, _safe(picture.where))
    for moment in (f"{picture.day} {picture.clock}", picture.clock):
        gap = width - text.cell_len - cell_len(moment)
        if gap >= len(_GAP):
            return text.append(" " * gap + moment, style=Look.QUIET)
    return text


def _state(picture: Picture) -> RenderableType:
    work = picture.work
    if work is None:
        return Text(_safe(picture.state.what), style=picture.state.look)
    row = Table.grid(padding=(0, 1))
    row.add_column(no_wrap=True)
    row.add_column()
    row.add_column(no_wrap=True)
    bar = ProgressBar(work.total, work.done, width=_WIDEST_BAR, complete_style="green", finished_style="green")
    row.add_row(Text(_safe(work.what)), bar, Text(f"{work.done}/{work.total}"))
    return row


def _lines(lines: Sequence[Line]) -> list[RenderableType]:
    """Their first two columns as wide as the widest of each."""
    times, names = [_safe(line.when) for line in lines], [_safe(line.whose) for line in lines]
    when_width, whose_width = max(map(cell_len, times)), max(map(cell_len, names))
    return [
        Text.assemble(
            (_column(when, when_width), Look.QUIET),
            (_column(whose, whose_width), "bold"),
            (_safe(line.what), line.look),
        )
        for line, when, whose in zip(lines, times, names, strict=True)
    ]


def _column(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text)) + _GAP if width else ""


def _safe(text: str) -> str:
    """What people wrote may steer no terminal, and shows nobody's number."""
    shown = mask_cpr_shapes(text)
    return shown if shown.isprintable() else "".join(sign if sign.isprintable() else " " for sign in shown)
