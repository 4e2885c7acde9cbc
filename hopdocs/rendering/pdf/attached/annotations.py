"""An attachment's marks, drawn into the page: a box over a name covers it in every viewer and on every printer.

What draws is kept, what acts is dropped. A mark's words (a comment) stay behind it as a mark that draws nothing. What
is hidden stays away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from hopdocs.rendering.pdf.attached.drawings import empty_form, make_form
from hopdocs.rendering.pdf.attached.field_text import FieldText, can_draw, draw_text, parse_default_look
from hopdocs.rendering.pdf.attached.objects import (
    add_object,
    box_of,
    dictionary_of,
    items_of,
    number_of,
    numbers_of,
    raw,
    resolve,
    text_of,
)
from hopdocs.rendering.pdf.attached.removal import find_areas
from hopdocs.rendering.pdf.attached.shapes import (
    SHAPES,
    border_width,
    colour,
    draw_covers,
    draw_shape,
    stamp_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PageObject, PdfWriter

    from hopdocs.rendering.pdf.attached.fields import Fields
    from hopdocs.rendering.pdf.attached.layers import Layers
    from hopdocs.rendering.pdf.attached.removal import Box

_UNKNOWN_HIDDEN, _HIDDEN, _PRINTED, _NOT_TURNED, _NOT_ON_SCREEN = 1, 2, 4, 16, 32
_CARRIES: Final = {"/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia"}
_COMMENTED: Final = SHAPES | {"/Text"}
_KNOWN: Final = (
    _COMMENTED | _CARRIES | {"/Link", "/Widget", "/FreeText", "/Redact", "/Watermark", "/PrinterMark", "/TrapNet"}
)
_LOOK: Final = ("/Subtype", "/Rect", "/F", "/AP", "/AS", "/OC")


@dataclass
class Findings:
    """What somebody is to be told of one attachment's marks."""

    carried: list[str] = field(default_factory=list)
    """Files, films and sounds that are not brought along."""
    redacted: list[int] = field(default_factory=list)
    """Pages on which something is marked for removal and not removed."""
    covered: list[int] = field(default_factory=list)
    """Pages on which a mark covers words that are still there."""
    unlike: list[int] = field(default_factory=list)
    """Pages that differ between screen and paper, or between viewers."""
    untold: list[str] = field(default_factory=list)
    """Fields whose words cannot be drawn."""


@dataclass
class Drawing:
    """What is drawn over one page."""

    operators: list[bytes] = field(default_factory=list)
    forms: dict[str, Any] = field(default_factory=dict)
    turned: int = 0
    """How far the page is turned to be read."""
    comments: list[DictionaryObject] = field(default_factory=list)


def look_alone(mark: DictionaryObject) -> DictionaryObject:
    """Of a link what is drawn, without where it leads: that may be a page of the file that it came from."""
    return DictionaryObject({NameObject(key): mark.raw_get(key) for key in _LOOK if key in mark})


class Annotations:
    """The marks of one attachment."""

    def __init__(self, writer: PdfWriter, layers: Layers, fields: Fields, findings: Findings) -> None:
        self._writer = writer
        self._layers = layers
        self._fields = fields
        self._findings = findings

    def draw(self, page: PageObject, number: int) -> Drawing:
        """All that is seen on a page besides its own content, in its order; where links lead is another's business."""
        drawing = Drawing(turned=int(number_of(page.get("/Rotate"))) % 360)
        areas = find_areas(items_of(page.get("/Annots")))
        for reference in items_of(page.get("/Annots")):
            mark = dictionary_of(reference)
            is_removed = mark.get("/Subtype") != "/Redact" and _touches(box_of(mark.get("/Rect")), areas)
            if mark.get("/Subtype") not in ("/Popup", None) and not is_removed:
                self._draw_mark(mark, number, drawing)
        return drawing

    def _draw_mark(self, mark: DictionaryObject, number: int, drawing: Drawing) -> None:
        kind = str(mark.get("/Subtype"))
        if kind in _CARRIES:
            self._findings.carried.append(_name_carried(mark))
        if kind == "/Redact":  # drawn even where it is hidden: what it covers is meant to go
            self._findings.redacted.append(number)
        elif not self._is_seen(mark, kind, number):
            return
        stream, drawn = self._look_of(mark, kind, number)
        if stream is not None:
            self._place(stream, mark, drawing, is_multiplied=kind == "/Highlight")
        elif drawn:
            opacity = number_of(mark.get("/CA"), 1)
            state = _state_of(opacity, is_multiplied=kind == "/Highlight")
            self._add_form(drawn, state, drawing)
        if kind == "/Redact":
            self._add_form(draw_covers(mark), {}, drawing)
        if kind in _COMMENTED and text_of(mark.get("/Contents")).strip():
            drawing.comments.append(self._copy_comment(mark, is_drawn=stream is None and not drawn))

    def _is_seen(self, mark: DictionaryObject, kind: str, number: int) -> bool:
        flags = int(number_of(mark.get("/F")))
        if flags & _HIDDEN or (kind not in _KNOWN and flags & _UNKNOWN_HIDDEN):
            return False
        if flags & _NOT_ON_SCREEN and flags & _PRINTED:
            self._findings.unlike.append(number)
        return not flags & _NOT_ON_SCREEN and self._layers.is_seen(raw(mark, "/OC"))

    def _look_of(self, mark: DictionaryObject, kind: str, number: int) -> tuple[StreamObject | None, bytes]:
        if kind == "/Widget":
            look = self._fields.look_of(mark)
            if look.unlike:
                self._findings.unlike.append(number)
            if look.untold:
                self._findings.untold.append(look.untold)
            return look.stream, look.drawn
        found = resolve(dictionary_of(mark.get("/AP")).get("/N"))
        if isinstance(found, DictionaryObject) and not isinstance(found, StreamObject):
            found = resolve(found.get(str(resolve(mark.get("/AS")))))
        if isinstance(found, StreamObject):
            return found, b""
        if kind == "/FreeText":
            return None, self._write_free_text(mark, number)
        if kind not in SHAPES:
            return None, b""
        drawn = draw_shape(mark)
        if kind == "/Stamp":
            drawn += _write_in(mark, stamp_words(mark), 0, colour(mark.get("/C"), "rg") or "0.7 0 0 rg", align=1)
        return None, drawn

    def _write_free_text(self, mark: DictionaryObject, number: int) -> bytes:
        text = text_of(mark.get("/Contents"))
        if not can_draw(text):
            self._findings.untold.append(str(number))
            return b""
        box = box_of(mark.get("/Rect"))
        if box is None:
            return b""
        ground, width = colour(mark.get("/C"), "rg"), border_width(mark)
        left, bottom, right, top = box
        path = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re"
        frame = f"{ground} 0 G {width:.2f} w {path} {'B' if ground and width else 'S' if width else 'n'}\n"
        size, ink = parse_default_look(text_of(mark.get("/DA")))
        return frame.encode() + _write_in(mark, text, size, ink, align=int(number_of(mark.get("/Q"))), is_lines=True)

    def _place(self, stream: StreamObject, mark: DictionaryObject, drawing: Drawing, *, is_multiplied: bool) -> None:
        """A look is stretched from its own box to the mark's (ISO 32000-1, 12.5.5, algorithm 8.1)."""
        own, target = box_of(stream.get("/BBox")), box_of(mark.get("/Rect"))
        if own is None or target is None:
            return
        matrix = numbers_of(stream.get("/Matrix"))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1, 0, 0, 1, 0, 0)  # noqa: PLR2004 - a matrix
        corners = [(x, y) for x in (own[0], own[2]) for y in (own[1], own[3])]
        xs, ys = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if not wide or not high:
            return
        across, up = (target[2] - target[0]) / wide, (target[3] - target[1]) / high
        shift = f"{target[0] - min(xs) * across:.4f} {target[1] - min(ys) * up:.4f}"
        stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        if "/Resources" not in stream and self._fields.resources:
            stream[NameObject("/Resources")] = self._fields.resources
        name = f"/HopdocsMark{len(drawing.forms)}"
        drawing.forms[name] = stream.indirect_reference or add_object(self._writer, stream)
        state = "/HopdocsMultiply gs " if is_multiplied else ""
        state += _turn_back(mark, target, drawing.turned)
        drawing.operators.append(f"q {state}{across:.6f} 0 0 {up:.6f} {shift} cm {name} Do Q\n".encode())

    def _add_form(self, drawn: bytes, state: dict[str, Any], drawing: Drawing) -> None:
        """Operators in the page's own coordinates, with a font and a state of their own."""
        form = make_form((b"/S0 gs\n" if state else b"") + drawn, (-32000, -32000, 32000, 32000))
        resources = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/HopdocsField"): _helvetica()})}
        )
        if state:
            own = DictionaryObject({NameObject(key): value for key, value in state.items()})
            resources[NameObject("/ExtGState")] = DictionaryObject({NameObject("/S0"): own})
        form[NameObject("/Resources")] = resources
        name = f"/HopdocsMark{len(drawing.forms)}"
        drawing.forms[name] = add_object(self._writer, form)
        drawing.operators.append(f"q {name} Do Q\n".encode())

    def _copy_comment(self, mark: DictionaryObject, *, is_drawn: bool) -> DictionaryObject:
        """The words alone; drawn by the viewer only where nothing is drawn yet (a note's icon)."""
        copy = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/F"): NumberObject(4)})
        copy[NameObject("/Subtype")] = NameObject(str(mark["/Subtype"]) if is_drawn else "/Text")
        for key in ("/Rect", "/C"):
            if numbers := numbers_of(mark.get(key)):
                copy[NameObject(key)] = ArrayObject([FloatObject(number) for number in numbers])
        for key in ("/Contents", "/T"):
            if words := text_of(mark.get(key)):
                copy[NameObject(key)] = TextStringObject(words)
        if is_drawn and (icon := text_of(mark.get("/Name"))):
            copy[NameObject("/Name")] = NameObject(f"/{icon}")
        if not is_drawn:
            look = DictionaryObject({NameObject("/N"): add_object(self._writer, empty_form())})
            copy[NameObject("/AP")] = look
        return copy


def _turn_back(mark: DictionaryObject, box: Box, turned: int) -> str:
    """What keeps a mark upright on a page that is turned, around its upper left corner (ISO 32000-1, 12.5.3)."""
    if turned not in (90, 180, 270) or not int(number_of(mark.get("/F"))) & _NOT_TURNED:
        return ""
    (cosine, sine), left, top = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turned], box[0], box[3]
    shift = f"{left - cosine * left + sine * top:.4f} {top - sine * left - cosine * top:.4f}"
    return f"{cosine} {sine} {-sine} {cosine} {shift} cm "


def _touches(box: Box | None, areas: Sequence[Box]) -> bool:
    """What stands under a place that is marked for removal goes as a whole: its look is not taken apart."""
    return box is not None and any(
        box[0] < right and box[2] > left and box[1] < top and box[3] > bottom for left, bottom, right, top in areas
    )


def _name_carried(mark: DictionaryObject) -> str:
    file = dictionary_of(mark.get("/FS"))
    return text_of(file.get("/UF")) or text_of(file.get("/F")) or text_of(mark.get("/T")) or text_of(mark["/Subtype"])


def _state_of(opacity: float, *, is_multiplied: bool) -> dict[str, Any]:
    state: dict[str, Any] = {"/BM": NameObject("/Multiply")} if is_multiplied else {}
    if 0 <= opacity < 1:
        state |= {"/ca": FloatObject(opacity), "/CA": FloatObject(opacity)}
    return state


def _write_in(  # noqa: PLR0913 - where, what, and how
    mark: DictionaryObject, text: str, size: float, ink: str, *, align: int, is_lines: bool = False
) -> bytes:
    box = box_of(mark.get("/Rect"))
    if box is None or not can_draw(text):
        return b""
    left, bottom, right, top = box
    words = draw_text(FieldText(text, right - left, top - bottom, size, ink, align, is_lines))
    return f"q 1 0 0 1 {left:.2f} {bottom:.2f} cm\n".encode() + words + b"Q\n"


def _helvetica() -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
