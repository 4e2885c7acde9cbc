"""A sheet in millimetres, from its lower left corner: lines, boxes, marks and words, written as SVG or PNG.

The library's own axes lay themselves out by what they find; here each thing stands where its chart has put it.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from hopdocs.charts.library import font, load_library
from hopdocs.charts.palette import INK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hopdocs.charts.palette import FillLook

MM_PER_INCH: Final = 25.4
MM_PER_POINT: Final = MM_PER_INCH / 72
SMALL: Final = 7.5
"""Points of the words on an axis."""
NORMAL: Final = 8.5
PNG_DPI: Final = 150
_HATCH_MM: Final = 1.6
_LEAST_CUT: Final = 4
"""So many letters of a word stand together, however narrow the room is."""
_SHAPES: Final = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D"}

Side = Literal["left", "center", "right"]
Level = Literal["baseline", "center", "top"]
_RISE: Final[Mapping[Level, float]] = MappingProxyType({"baseline": 0.0, "center": 0.36, "top": 0.76})
"""How far below a place the words' line is, in their size."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of a sheet, from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.bottom + self.height


class Canvas:
    """One chart's sheet. Used within `own_settings` alone."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        library = load_library()
        self._library = library
        self._figure: Any = library.figure.Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH))
        self._millimetres: Any = library.transforms.Affine2D().scale(1 / MM_PER_INCH) + self._figure.dpi_scale_trans

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str = INK,
        *,
        width: float = 0.25,
        dashes: Sequence[float] = (),
    ) -> None:
        """Through all the points."""
        self._add(
            self._library.lines.Line2D(
                [x for x, _ in points],
                [y for _, y in points],
                color=colour,
                linewidth=width / MM_PER_POINT,
                dashes=tuple(dashes) if dashes else (None, None),
                solid_capstyle="round",
                dash_capstyle="butt",
                solid_joinstyle="round",
                dash_joinstyle="round",
            )
        )

    def mark(self, x: float, y: float, shape: str, colour: str = INK, *, size: float = 1.7) -> None:
        """A small shape around a place; an open one is white inside."""
        self.marks([(x, y)], shape, colour, size=size)

    def marks(self, places: Sequence[tuple[float, float]], shape: str, colour: str = INK, *, size: float = 1.7) -> None:
        """The same around several: much quicker than one by one."""
        name, _, is_open = shape.partition("-")
        self._add(
            self._library.lines.Line2D(
                [x for x, _ in places],
                [y for _, y in places],
                linestyle="none",
                marker=_SHAPES[name],
                markersize=size / MM_PER_POINT * (0.85 if name == "diamond" else 1),
                markerfacecolor="#FFFFFF" if is_open else colour,
                markeredgecolor=colour,
                markeredgewidth=0.3 / MM_PER_POINT,
            )
        )

    def box(  # noqa: PLR0913 - a place, a size and a look
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        edge: str = "none",
        edge_width: float = 0.2,
        dashes: Sequence[float] = (),
    ) -> None:
        """A rectangle."""
        self._add(
            self._library.patches.Rectangle(
                (x, y),
                width,
                height,
                facecolor=fill,
                edgecolor=edge,
                linewidth=edge_width / MM_PER_POINT,
                linestyle=(0, tuple(dashes)) if dashes else "solid",
            )
        )

    def bar(self, x: float, y: float, width: float, height: float, look: FillLook) -> None:
        """A rectangle with its hatch, whose lines are lines: not every program that shows SVG knows patterns."""
        self.box(x, y, width, height, look.colour)
        for line in _hatch(x, y, width, height, look.hatch):
            self.line(line, width=0.18)
        self.box(x, y, width, height, "none", edge=INK)

    def words(  # noqa: PLR0913 - a place and a look
        self,
        x: float,
        y: float,
        text: str,
        *,
        points: float = SMALL,
        side: Side = "left",
        level: Level = "baseline",
        colour: str = INK,
        is_bold: bool = False,
        slope: float = 0,
    ) -> None:
        """Words beside a place: on its right (`left`), around it, or on its left; on it, around it or below it.

        Where they stand depends on the size of the letters, and never on which these are: "år" stands beside "mar".
        """
        shift = _RISE[level] * points * MM_PER_POINT
        self._add(
            self._library.text.Text(
                x + (shift if slope else 0),
                y - (0 if slope else shift),
                text,
                fontproperties=font(points, is_bold=is_bold),
                color=colour,
                horizontalalignment=side,
                verticalalignment="baseline",
                rotation=slope,
                rotation_mode="anchor",
                parse_math=False,
            )
        )

    def width_of(self, text: str, points: float = SMALL, *, is_bold: bool = False) -> float:
        """How wide words are."""
        return measure(text, points, is_bold=is_bold)

    def svg(self) -> bytes:
        """As vectors, with nothing of when and by what."""
        stream = BytesIO()
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        self._figure.savefig(stream, format="svg", transparent=True, metadata=nothing)
        return stream.getvalue()

    def png(self) -> bytes:
        """As dots on white, for programs that know no SVG."""
        stream = BytesIO()
        self._figure.savefig(stream, format="png", dpi=PNG_DPI, facecolor="#FFFFFF", metadata={"Software": None})
        return stream.getvalue()

    def _add(self, artist: Any) -> None:
        artist.set_transform(self._millimetres)
        artist.set_figure(self._figure)
        artist.set_zorder(1)  # as they come: the library would put every line above every box
        self._figure.add_artist(artist)


def measure(text: str, points: float = SMALL, *, is_bold: bool = False) -> float:
    """How wide words are, in millimetres."""
    library = load_library()
    width, _, _ = library.textpath.text_to_path.get_text_width_height_descent(
        text, font(points, is_bold=is_bold), ismath=False
    )
    return float(width) * MM_PER_POINT


def break_words(text: str, width: float, points: float = SMALL, *, is_bold: bool = False) -> list[str]:
    """Words in rows that have room; a word that is too long for any row is cut with a hyphen."""

    def fits(words: str) -> bool:
        return measure(words, points, is_bold=is_bold) <= width

    rows: list[str] = []
    for word in text.split():
        if rows and fits(f"{rows[-1]} {word}"):
            rows[-1] += f" {word}"
            continue
        rest = word
        while len(rest) > _LEAST_CUT and not fits(rest):
            most = max((at for at in range(_LEAST_CUT, len(rest) - 1) if fits(f"{rest[:at]}-")), default=_LEAST_CUT)
            rows.append(f"{rest[:most].rstrip('-')}-")
            rest = rest[most:]
        rows.append(rest)
    return rows


def _hatch(x: float, y: float, width: float, height: float, hatch: str) -> list[tuple[tuple[float, float], ...]]:
    """The lines across a rectangle, cut at its edges; the same distance apart in every bar."""
    lines: list[tuple[tuple[float, float], ...]] = []
    if hatch == "-":
        rows = int(height / _HATCH_MM)
        lines += [((x, y + row * _HATCH_MM), (x + width, y + row * _HATCH_MM)) for row in range(1, rows + 1)]
    if hatch == "|":
        columns = int(width / _HATCH_MM)
        lines += [((x + col * _HATCH_MM, y), (x + col * _HATCH_MM, y + height)) for col in range(1, columns + 1)]
    step = _HATCH_MM * 1.4
    for number in range(1, int((width + height) / step) + 1):
        reach = number * step  # the line that leaves the lower edge `reach` from the corner
        low, high = max(0.0, reach - height), min(width, reach)
        if hatch in ("\\", "x"):
            lines.append(((x + low, y + reach - low), (x + high, y + reach - high)))
        if hatch in ("/", "x"):
            lines.append(((x + width - low, y + reach - low), (x + width - high, y + reach - high)))
    return lines
