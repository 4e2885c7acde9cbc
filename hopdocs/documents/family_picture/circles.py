"""The network as a drawing: rings around the family, and the professionals below, apart from them.

Lengths are millimetres. A ring takes as many as have room beside each other; the table, which is the whole of it,
says who the others are. The same people give the same drawing.
"""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, join
from hopdocs.documents.family_picture.network import is_in
from hopdocs.documents.plan_people import CIRCLE_WORDS
from hopdocs.documents.views import Drawing, DrawnShape, ShapeKind
from hopdocs.model.people import Circle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hopdocs.documents.views import CircleLine, TeamLine

_WIDTH = 164.0
_CORE = (12.5, 8.5)
_EDGES: Mapping[Circle, tuple[float, float]] = {
    Circle.CLOSE: (35.5, 30.0),
    Circle.NEAR: (58.5, 50.0),
    Circle.FAR: (82.0, 68.0),
}
"""Where each ring ends to the side and upwards: as wide as the page, so that names fit between two rings."""
_ROOM: Mapping[Circle, int] = {Circle.CLOSE: 6, Circle.NEAR: 12, Circle.FAR: 18}
"""How many names fit beside each other in each."""
_PERSON = (20.0, 10.0)
_PROFESSIONAL = (31.0, 11.0)
_ACROSS = 5
_ROWS = 2
"""More would leave no room for it on the first page, below the title."""
_GAP = 2.0
_LABEL = (36.0, 5.0)
_LONGEST = 34
"""Letters of a name that fit in a shape; the table has all of it."""


def draw_circles(family_name: str, network: tuple[CircleLine, ...], team: tuple[TeamLine, ...]) -> Drawing:
    """The drawing for one reader, from what the tables of her card say."""
    names = {circle: [line.name for line in network if is_in(line, circle)] for circle in Circle}
    said = {circle: f"{capitalise(CIRCLE_WORDS[circle])}: {join(names[circle]) or 'ingen'}." for circle in Circle}
    workers = f"Fagpersoner: {join(person.name for person in team) or 'ingen'}."
    shapes = [*_rings(said), _core(family_name)]
    for circle in Circle:
        shapes += _people(circle, names[circle])
    shapes += _professionals(team, workers)
    return Drawing(
        name="Netværkskort",
        width=_WIDTH,
        height=max(shape.y + shape.height for shape in shapes) + 1,
        shapes=tuple(shapes),
        description=" ".join(("Familien står i midten.", *said.values(), workers)),
    )


def _around_centre(kind: ShapeKind, at: tuple[float, float], size: tuple[float, float], **words: str) -> DrawnShape:
    """A shape whose middle stands so far from the middle of the rings."""
    (x, y), (width, height) = at, size
    middle = (_WIDTH / 2 + x, _EDGES[Circle.FAR][1] + y)
    return DrawnShape(
        kind=kind,
        x=middle[0] - width / 2,
        y=middle[1] - height / 2,
        width=width,
        height=height,
        text=words["text"],
        description=words["description"],
    )


def _rings(said: Mapping[Circle, str]) -> Iterator[DrawnShape]:
    """From the outermost in, each with its name at the top, since what is drawn later lies above."""
    for circle in reversed(list(Circle)):
        (across, up), name = _EDGES[circle], capitalise(CIRCLE_WORDS[circle])
        yield _around_centre(ShapeKind.RING, (0, 0), (2 * across, 2 * up), text="", description=said[circle])
        yield _around_centre(ShapeKind.LABEL, (0, 3.5 - up), _LABEL, text=name, description=name)


def _core(name: str) -> DrawnShape:
    size = (2 * _CORE[0], 2 * _CORE[1])
    return _around_centre(ShapeKind.CORE, (0, 0), size, text=_shorten(name), description=name)


def _people(circle: Circle, names: list[str]) -> Iterator[DrawnShape]:
    """Those of one ring, evenly around it between its edge and the next one inside."""
    shown = names[: _ROOM[circle]]
    if len(names) > len(shown):
        shown[-1] = f"og {len(names) - len(shown) + 1} til"
    rings = list(Circle)
    inner = _EDGES[rings[rings.index(circle) - 1]] if circle is not Circle.CLOSE else _CORE
    across, up = ((one + other) / 2 for one, other in zip(inner, _EDGES[circle], strict=True))
    for index, name in enumerate(shown):
        angle = 2 * pi * (index + 0.5) / len(shown)
        at = (across * sin(angle), -up * cos(angle))
        yield _around_centre(ShapeKind.PERSON, at, _PERSON, text=_shorten(name), description=name)


def _professionals(team: tuple[TeamLine, ...], said: str) -> Iterator[DrawnShape]:
    """In rows below the rings."""
    if not team:
        return
    top = 2 * _EDGES[Circle.FAR][1] + _GAP
    yield DrawnShape(
        kind=ShapeKind.LABEL, x=0, y=top, width=_LABEL[0], height=_LABEL[1], text="Fagpersoner", description=said
    )
    width, height = _PROFESSIONAL
    named = [f"{person.name}, {person.title}" for person in team]
    if len(named) > _ROWS * _ACROSS:
        named[_ROWS * _ACROSS - 1 :] = [f"og {len(named) - _ROWS * _ACROSS + 1} til"]
    for index, name in enumerate(named):
        row, column = divmod(index, _ACROSS)
        yield DrawnShape(
            kind=ShapeKind.PROFESSIONAL,
            x=column * (width + _GAP),
            y=top + _LABEL[1] + 1 + row * (height + _GAP),
            width=width,
            height=height,
            text=_shorten(name, 2 * _LONGEST),
            description=name,
        )


def _shorten(text: str, longest: int = _LONGEST) -> str:
    return capitalise(text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…")
