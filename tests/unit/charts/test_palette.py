"""What a copy in grey shows, and what somebody sees who tells red from green by nothing but how dark they are."""

from __future__ import annotations

from itertools import pairwise

from hopdocs.charts.palette import FILLS, INK, LINES, SOFT


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str = "#FFFFFF") -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_line_stands_out_from_the_paper_and_words_can_be_read() -> None:
    assert all(_contrast(look.colour) >= 3 for look in LINES)
    assert all(_contrast(colour) >= 7 for colour in (INK, SOFT))


def test_no_two_lines_have_the_same_dash_or_the_same_mark() -> None:
    assert len({look.dashes for look in LINES}) == len(LINES)
    assert len({look.marker for look in LINES}) == len(LINES)


def test_neighbouring_bars_differ_in_grey_as_much_as_an_edge_needs() -> None:
    assert all(_contrast(one.colour, other.colour) >= 1.5 for one, other in pairwise(FILLS))
    assert all(one.hatch != other.hatch for one, other in pairwise(FILLS))
    assert len({(look.colour, look.hatch) for look in FILLS}) == len(FILLS)
