"""Takes the words out from under places that are marked for removal, so that nobody copies them from under the box.

Whoever marks a place and saves has decided that its words are to go, though the program has yet to do it. Each
letter's place is followed as a viewer follows it (ISO 32000-1, 9.4.4); one that stands under a mark gives way to a step
of its own width. Pictures stay: the box alone covers them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from hopdocs.rendering.pdf.attached.drawings import make_form
from hopdocs.rendering.pdf.attached.objects import (
    add_object,
    box_of,
    dictionary_of,
    make_stream,
    number_of,
    numbers_of,
    resolve,
)
from hopdocs.rendering.pdf.attached.shapes import border_width, quads_of
from hopdocs.rendering.pdf.attached.text_widths import widths_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pypdf import PdfWriter

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]
_SAME: Final[Matrix] = (1, 0, 0, 1, 0, 0)
_DEEPEST: Final = 12
_STROKES: Final = {"/Line", "/PolyLine", "/Ink"}
_COVERING: Final = _STROKES | {"/Square", "/Circle", "/Polygon", "/FreeText", "/Highlight"}
_FILLS: Final = re.compile(rb"(?<![\w/.])[fFbB]\*?(?!\w)")
_THICK: Final = 6.0
"""A line of this width hides small print."""
_DARK: Final = 0.3
"""What is highlighted in a colour whose lightest part is darker hides what it is laid over."""
_POINTS: Final = tuple((along, up) for along in (0.25, 0.5, 0.75) for up in (0.05, 0.45))
"""Where a letter is looked at: parts of its width, and of its size above the line."""


@dataclass(frozen=True)
class _State:
    """What places a letter, besides the line's own matrix."""

    page: Matrix
    font: DictionaryObject = field(default_factory=DictionaryObject)
    size: float = 0
    letters: float = 0
    words: float = 0
    stretch: float = 1
    rise: float = 0
    leading: float = 0


def find_areas(marks: Sequence[Any]) -> list[Box]:
    """The boxes around all that is marked for removal on a page."""
    found = [dictionary_of(item) for item in marks]
    quads = [quad for mark in found if mark.get("/Subtype") == "/Redact" for quad in quads_of(mark)]
    return [(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])) for quad in quads]


def find_covers(marks: Sequence[Any]) -> list[Box]:
    """The boxes of marks that look as if they were to hide what is under them: filled, and not shone through."""
    found = [dictionary_of(item) for item in marks]
    return [
        box
        for mark in found
        if str(mark.get("/Subtype")) in _COVERING and number_of(mark.get("/CA"), 1) == 1
        if _is_filled(mark) and (box := box_of(mark.get("/Rect"))) is not None
    ]


def _is_filled(mark: DictionaryObject) -> bool:
    if mark.get("/Subtype") == "/FreeText":
        return bool(numbers_of(mark.get("/C")))
    if mark.get("/Subtype") == "/Highlight":
        return _is_dark(numbers_of(mark.get("/C")))
    if mark.get("/Subtype") in _STROKES:
        return border_width(mark) >= _THICK or "/AP" in mark
    look = resolve(dictionary_of(mark.get("/AP")).get("/N"))
    if isinstance(look, StreamObject):
        return bool(_FILLS.search(look.get_data()))
    return bool(numbers_of(mark.get("/IC")))


def _is_dark(parts: list[float]) -> bool:
    """A shade of grey, or so much red, green and blue; or of ink, of which black is the last."""
    return bool(parts) and (1 - parts[-1] if len(parts) == 4 else max(parts)) < _DARK  # noqa: PLR2004 - CMYK


def has_words(content: bytes, resources: DictionaryObject, areas: Sequence[Box], writer: PdfWriter) -> bool:
    """Whether any letter stands in the areas."""
    cutting = _Cutting(resources, areas, writer, place=_SAME, depth=0, is_trial=True)
    return any(cutting.has_cut for _ in cutting.run(ContentStream(make_stream(content), writer).operations))


def cut_words(  # noqa: PLR0913 - what, with what, where, and how deep
    content: bytes,
    resources: DictionaryObject,
    areas: Sequence[Box],
    writer: PdfWriter,
    *,
    place: Matrix = _SAME,
    depth: int = 0,
) -> bytes:
    """The content without the letters that stand in the areas; areas are in the page's own coordinates."""
    stream = ContentStream(make_stream(content), writer)
    stream.operations = list(_Cutting(resources, areas, writer, place=place, depth=depth).run(stream.operations))
    return stream.get_data()


class _Cutting:
    def __init__(  # noqa: PLR0913 - as above, and whether it is only asked
        self,
        resources: DictionaryObject,
        areas: Sequence[Box],
        writer: PdfWriter,
        *,
        place: Matrix,
        depth: int,
        is_trial: bool = False,
    ) -> None:
        self._resources = resources
        self._areas = areas
        self._writer = writer
        self._depth = depth
        self._is_trial = is_trial
        self.has_cut = False
        self._state = _State(place)
        self._saved: list[_State] = []
        self._line = self._letter = _SAME

    def run(self, operations: Sequence[Any]) -> Iterator[tuple[Any, bytes]]:
        for operands, operator in operations:
            if operator in (b"Tj", b"TJ", b"'", b'"'):
                yield from self._show(operands, operator)
            elif operator == b"Do" and operands:
                yield [self._draw(operands[0])], operator
            elif operator == b"INLINE IMAGE":  # whose operands are no list
                yield operands, operator
            elif operator == b"BDC" and operands and operands[0] != "/OC":
                yield operands[:1], b"BMC"  # a mark may say its words once more (/ActualText, /Alt)
            else:
                self._follow([number_of(item) for item in operands], operands, operator)
                yield operands, operator

    def _follow(self, numbers: list[float], operands: Any, operator: bytes) -> None:
        state = self._state
        if operator == b"q":
            self._saved.append(state)
        elif operator == b"Q" and self._saved:
            self._state = self._saved.pop()
        elif operator == b"cm" and len(numbers) == 6:  # noqa: PLR2004 - a matrix
            self._state = replace(state, page=_after(_matrix(numbers), state.page))
        elif operator == b"Tf" and len(numbers) > 1:
            font = dictionary_of(dictionary_of(self._resources.get("/Font")).get(str(operands[0])))
            self._state = replace(state, font=font, size=numbers[1])
        elif operator in _SETTINGS and numbers:
            setting: dict[str, Any] = {_SETTINGS[operator]: numbers[0] / (100 if operator == b"Tz" else 1)}
            self._state = replace(state, **setting)
        else:
            self._follow_line(numbers, operator)

    def _follow_line(self, numbers: list[float], operator: bytes) -> None:
        if operator == b"BT":
            self._line = self._letter = _SAME
        elif operator == b"Tm" and len(numbers) == 6:  # noqa: PLR2004 - a matrix
            self._line = self._letter = _matrix(numbers)
        elif operator in (b"Td", b"TD") and len(numbers) > 1:
            if operator == b"TD":
                self._state = replace(self._state, leading=-numbers[1])
            self._step_line(numbers[0], numbers[1])
        elif operator == b"T*":
            self._step_line(0, -self._state.leading)

    def _step_line(self, across: float, up: float) -> None:
        self._line = self._letter = _after((1, 0, 0, 1, across, up), self._line)

    def _show(self, operands: Any, operator: bytes) -> Iterator[tuple[Any, bytes]]:
        if operator == b'"' and len(operands) > 2:  # noqa: PLR2004 - two spacings and a string
            words, letters = operands[0], operands[1]
            self._state = replace(self._state, words=number_of(words), letters=number_of(letters))
            yield [words], b"Tw"
            yield [letters], b"Tc"
        if operator in (b"'", b'"'):
            self._step_line(0, -self._state.leading)
            yield [], b"T*"
        kept = ArrayObject()
        for item in operands[0] if operator == b"TJ" else operands[-1:]:
            string = item if isinstance(item, bytes) else getattr(item, "original_bytes", None)
            if string is None:
                kept.append(FloatObject(number_of(item)))
                self._advance(-number_of(item) * self._state.size / 1000)
            else:
                kept += self._cut(string)
        yield [kept], b"TJ"

    def _cut(self, string: bytes) -> list[Any]:
        state, pieces = self._state, list[Any]()
        length = 2 if state.font.get("/Subtype") == "/Type0" else 1
        for at, width in enumerate(widths_in(state.font, string)):
            code = string[at * length : (at + 1) * length]
            spacing = state.letters + (state.words if code == b" " else 0)
            wide = width * state.size / 1000
            if not self._is_under(wide):
                if pieces and isinstance(pieces[-1], bytes):
                    pieces[-1] += code
                else:
                    pieces.append(code)
            elif state.size:
                self.has_cut = True
                pieces.append(-(wide + spacing) * 1000 / state.size)
            self._advance(wide + spacing)
        return [ByteStringObject(one) if isinstance(one, bytes) else FloatObject(one) for one in pieces]

    def _advance(self, across: float) -> None:
        self._letter = _after((1, 0, 0, 1, across * self._state.stretch, 0), self._letter)

    def _is_under(self, wide: float) -> bool:
        state = self._state
        place = _after(self._letter, state.page)
        for along, up in _POINTS:
            x, y = _move(wide * along * state.stretch, state.size * up + state.rise, place)
            if any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self._areas):
                return True
        return False

    def _draw(self, name: Any) -> Any:
        """The drawing of that name, or a copy without what is to go: the same may be drawn elsewhere."""
        drawings = dictionary_of(self._resources.get("/XObject"))
        form = resolve(drawings.get(str(name)))
        if not isinstance(form, StreamObject) or form.get("/Subtype") != "/Form":
            return name
        if self._depth > _DEEPEST:
            if self._is_trial:
                return name
            raise PyPdfError("drawings inside each other without end")
        own = numbers_of(form.get("/Matrix"))
        place = _after(_matrix(own), self._state.page) if len(own) == 6 else self._state.page  # noqa: PLR2004 - a matrix
        inner = dictionary_of(form.get("/Resources")) if "/Resources" in form else self._resources
        if self._is_trial:
            cutting = _Cutting(inner, self._areas, self._writer, place=place, depth=self._depth + 1, is_trial=True)
            self.has_cut |= any(cutting.has_cut for _ in cutting.run(ContentStream(form, self._writer).operations))
            return name
        copy = make_form(
            cut_words(form.get_data(), inner, self._areas, self._writer, place=place, depth=self._depth + 1),
            box_of(form.get("/BBox")) or (0, 0, 0, 0),
        )
        for key in ("/Matrix", "/Group", "/OC"):
            if key in form:
                copy[NameObject(key)] = form.raw_get(key)
        copy[NameObject("/Resources")] = inner
        fresh = NameObject(f"/HopdocsCut{len(drawings)}")
        drawings[fresh] = add_object(self._writer, copy)
        return fresh


_SETTINGS: Final = {b"Tc": "letters", b"Tw": "words", b"Tz": "stretch", b"Ts": "rise", b"TL": "leading"}


def _matrix(numbers: Sequence[float]) -> Matrix:
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _after(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    x, y = _move(e, f, then)
    return (
        a * then[0] + b * then[2],
        a * then[1] + b * then[3],
        c * then[0] + d * then[2],
        c * then[1] + d * then[3],
        x,
        y,
    )


def _move(x: float, y: float, place: Matrix) -> tuple[float, float]:
    return x * place[0] + y * place[2] + place[4], x * place[1] + y * place[3] + place[5]
