"""The looks of what a chart shows, told apart without any colour: by dash, marker or hatch as well.

The colours are apart for the colour-blind too, and stand out from white by 3 to 1 at least (WCAG 2.2, 1.4.11); fillings
have a dark edge that does so for them. Neighbours differ in how dark they are, so that a copy in grey can be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INK: Final = "#1F2933"
"""Words and edges."""
SOFT: Final = "#4A5560"
"""Words that matter less: 7 to 1 on white."""
GRID: Final = "#D5DCE0"
"""Thin lines that help the eye, and say nothing of their own."""


@dataclass(frozen=True, slots=True)
class LineLook:
    """How one line is drawn. Lengths of dash and gap in widths of the line; none is a whole line."""

    colour: str
    dashes: tuple[float, ...]
    marker: str


@dataclass(frozen=True, slots=True)
class FillLook:
    """How a bar is filled: a colour, and lines across it in the slope that the hatch says."""

    colour: str
    hatch: str = ""
    """`/`, `\\`, `-`, `|`, `x`, or nothing."""


LINES: Final = (
    LineLook("#1B5161", (), "circle"),
    LineLook("#C2410C", (4, 2), "square"),
    LineLook("#0072B2", (1.2, 1.6), "triangle"),
    LineLook("#7A5C00", (6, 2, 1.2, 2), "diamond"),
    LineLook("#8E3B8A", (8, 3), "circle-open"),
    LineLook("#111827", (3, 1.5, 1.2, 1.5, 1.2, 1.5), "square-open"),
    LineLook("#2A7D4F", (2, 3), "triangle-open"),
    LineLook("#6B6B6B", (10, 2, 2, 2), "diamond-open"),
)

FILLS: Final = (
    FillLook("#1B5161"),
    FillLook("#F6C8A0", "/"),
    FillLook("#5B9BB8", "|"),
    FillLook("#F4E3A1", "-"),
    FillLook("#8E3B8A", "\\"),
    FillLook("#DDE7EA", "x"),
    FillLook("#2A7D4F"),
    FillLook("#FFFFFF", "\\"),
)


def line_look(number: int) -> LineLook:
    """The look of a chart's line by its place in the chart."""
    return LINES[number % len(LINES)]


def fill_look(number: int) -> FillLook:
    """The same for bars."""
    return FILLS[number % len(FILLS)]
