"""How a form's field looks: as the file says, or made where the file leaves it to the viewer.

What is written in a field stands in the field, its look beside it. Many programs write the one and not the other
(ISO 32000-1, 12.7.2, `/NeedAppearances`): then every viewer makes the look anew, and so does this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject, create_string_object

from hopdocs.rendering.pdf.attached.field_text import FieldText, can_draw, draw_text, fits, parse_default_look
from hopdocs.rendering.pdf.attached.objects import (
    box_of,
    dictionary_of,
    inherited,
    items_of,
    key_of,
    lineage,
    number_of,
    resolve,
    text_of,
)
from hopdocs.rendering.pdf.attached.shapes import border_width, colour, ellipse

if TYPE_CHECKING:
    from pypdf import PdfWriter

_MULTILINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
_RADIO, _PUSH = 1 << 15, 1 << 16
_OFF: Final = "/Off"
_TICKS: Final = {
    "4": (0.15, 0.5, 0.4, 0.2, 0.85, 0.85),
    "8": (0.2, 0.2, 0.8, 0.8, None, None, 0.2, 0.8, 0.8, 0.2),
}
"""Points of a tick and a cross, as parts of the box; None lifts the pen. The names are letters of ZapfDingbats."""


@dataclass(frozen=True)
class Look:
    """A field's look: a stream of the file's own, or operators in a box of this width and height."""

    stream: Any = None
    drawn: bytes = b""
    unlike: bool = False
    """Whether viewers disagree on it."""
    untold: str = ""
    """The field's name, where what is written in it cannot be drawn."""


class Fields:
    """The form of one attachment."""

    def __init__(self, writer: PdfWriter, form: DictionaryObject) -> None:
        self._writer = writer
        self._form = form
        self._is_made_anew = resolve(form.get("/NeedAppearances")) == True  # noqa: E712 - pypdf's own boolean object

    @property
    def resources(self) -> DictionaryObject:
        """What looks may draw with that name no resources of their own."""
        return dictionary_of(self._form.get("/DR"))

    def look_of(self, widget: DictionaryObject) -> Look:
        """What a viewer shows in the widget's box."""
        kind = inherited(widget, "/FT")
        flags = int(number_of(inherited(widget, "/Ff")))
        if kind == "/Btn" and not flags & _PUSH:
            return self._ticked(widget, is_radio=bool(flags & _RADIO))
        stream = _normal_stream(widget)
        if kind not in ("/Tx", "/Ch"):
            caption = text_of(dictionary_of(widget.get("/MK")).get("/CA"))
            if stream is None and caption and can_draw(caption):
                return Look(drawn=_boxed(widget, draw_text(self._lay_out(widget, caption, align=1))))
            return Look(stream) if stream is not None else Look(drawn=_boxed(widget, b""))
        text = _shown_text(widget, is_choice=kind == "/Ch")
        if flags & _PASSWORD:
            text = "*" * len(text)
        if stream is not None and (not text or not self._is_made_anew) and (not text or self._has_words(stream)):
            return Look(stream)
        if not can_draw(text):
            has_words = stream is not None and self._has_words(stream)
            return Look(stream, untold="" if has_words else _name_of(widget))
        is_lines = bool(flags & _MULTILINE) and kind == "/Tx"
        cells = max(int(number_of(inherited(widget, "/MaxLen"))), 0) if flags & _COMB and kind == "/Tx" else 0
        laid_out = self._lay_out(widget, text, is_lines=is_lines, cells=cells)
        drawn = draw_text(laid_out) if text else b""
        return Look(drawn=_boxed(widget, drawn), untold="" if fits(laid_out) else _name_of(widget))

    def _has_words(self, stream: StreamObject) -> bool:
        content = ContentStream(stream, self._writer)
        return any(operator in (b"Tj", b"TJ", b"'", b'"', b"Do", b"INLINE IMAGE") for _, operator in content.operations)

    def _ticked(self, widget: DictionaryObject, *, is_radio: bool) -> Look:
        looks = dictionary_of(dictionary_of(widget.get("/AP")).get("/N"))
        if isinstance(looks, StreamObject):
            return self._ticked_alike(widget, looks, is_radio=is_radio)
        on = next((name for name in looks if name != _OFF), "")
        shown = resolve(widget.get("/AS"))
        value = resolve(inherited(widget, "/V"))
        chosen = _chosen_state(widget, value, on, is_radio=is_radio)
        state = str(shown) if isinstance(shown, str) else None
        unlike = state is not None and chosen is not None and state != chosen and not self._is_made_anew
        if chosen is not None and (state is None or self._is_made_anew):
            state = chosen
        if state is None or state == _OFF:
            stream = resolve(looks.get(_OFF))
            if isinstance(stream, StreamObject):
                return Look(stream, unlike=unlike)
            lost = state is None and isinstance(value, str) and value not in ("", _OFF)
            return Look(drawn=_boxed(widget, b""), unlike=unlike, untold=_name_of(widget) if lost else "")
        stream = resolve(looks.get(state))
        if isinstance(stream, StreamObject):
            return Look(stream, unlike=unlike)
        return Look(drawn=_boxed(widget, _tick(widget, is_radio=is_radio)), unlike=unlike)

    def _ticked_alike(self, widget: DictionaryObject, look: StreamObject, *, is_radio: bool) -> Look:
        """One look for every state; an empty one for a box that is ticked has no meaning that viewers agree on."""
        is_ticked = text_of(inherited(widget, "/V")) not in ("", "Off")
        if is_ticked and not ContentStream(look, self._writer).operations:
            return Look(drawn=_boxed(widget, _tick(widget, is_radio=is_radio)), unlike=True)
        return Look(look)

    def _lay_out(
        self, widget: DictionaryObject, text: str, *, align: int | None = None, is_lines: bool = False, cells: int = 0
    ) -> FieldText:
        width, height = _size_of(widget)
        size, ink = parse_default_look(text_of(inherited(widget, "/DA")) or text_of(self._form.get("/DA")))
        if align is None:
            align = int(number_of(inherited(widget, "/Q"), number_of(self._form.get("/Q"))))
        return FieldText(text, width, height, size, ink, align, is_lines, cells)


def is_signed(form: DictionaryObject) -> bool:
    """Whether anybody has signed the file itself: a signature holds for its bytes as they are, and for no copy."""
    left, seen = items_of(form.get("/Fields")), set[int]()
    while left:
        field = dictionary_of(left.pop())
        if id(field) in seen:
            continue
        seen.add(id(field))
        if inherited(field, "/FT") == "/Sig" and dictionary_of(inherited(field, "/V")):
            return True
        left += items_of(field.get("/Kids"))
    return False


def _normal_stream(widget: DictionaryObject) -> StreamObject | None:
    look = resolve(dictionary_of(widget.get("/AP")).get("/N"))
    return look if isinstance(look, StreamObject) else None


def _chosen_state(widget: DictionaryObject, value: Any, on: str, *, is_radio: bool) -> str | None:
    """What the field's value makes of this button; None where it cannot be told."""
    if value is None:
        return None
    said = text_of(value)
    if said in ("", "Off"):
        return _OFF
    if not on:
        return None if is_radio else f"/{said}"
    names = {on.removeprefix("/")}
    options = items_of(inherited(widget, "/Opt"))
    above = dictionary_of(widget.get("/Parent"))
    kids = [key_of(item) for item in items_of(above.get("/Kids"))]
    own = widget.indirect_reference
    place = kids.index(key_of(own)) if own is not None and key_of(own) in kids else 0
    if place < len(options):
        names |= {text_of(options[place])} | ({str(place)} if on == f"/{place}" else set())
    return on if said in names else _OFF


def _shown_text(widget: DictionaryObject, *, is_choice: bool) -> str:
    value = resolve(inherited(widget, "/V"))
    if isinstance(value, StreamObject):
        value = create_string_object(value.get_data())
    values = [text_of(item) for item in value] if isinstance(value, ArrayObject) else [text_of(value)]
    if is_choice:
        pairs = [items_of(item) for item in items_of(inherited(widget, "/Opt"))]
        shown = {text_of(pair[0]): text_of(pair[1]) for pair in pairs if len(pair) > 1}
        values = [shown.get(one, one) for one in values]
    return ", ".join(values)


def _name_of(widget: DictionaryObject) -> str:
    names = [text_of(one.get("/T")) for one in lineage(widget)]
    return ".".join(name for name in reversed(names) if name) or "?"


def _turn_of(widget: DictionaryObject) -> int:
    return int(number_of(dictionary_of(widget.get("/MK")).get("/R"))) % 360


def _size_of(widget: DictionaryObject) -> tuple[float, float]:
    left, bottom, right, top = box_of(widget.get("/Rect")) or (0.0, 0.0, 0.0, 0.0)
    width, height = right - left, top - bottom
    return (height, width) if _turn_of(widget) in (90, 270) else (width, height)


def _boxed(widget: DictionaryObject, drawn: bytes) -> bytes:
    """Ground, border and content, moved to the widget's place on the page and turned as it says."""
    left, bottom, right, top = box_of(widget.get("/Rect")) or (0.0, 0.0, 0.0, 0.0)
    width, height = _size_of(widget)
    marks = dictionary_of(widget.get("/MK"))
    ground, edge, thick = colour(marks.get("/BG"), "rg"), colour(marks.get("/BC"), "RG"), border_width(widget)
    ops = f"{ground} 0 0 {width:.2f} {height:.2f} re f\n" if ground else ""
    if edge and thick:
        inner = f"{thick / 2:.2f} {thick / 2:.2f} {width - thick:.2f} {height - thick:.2f}"
        ops += f"{edge} {thick:.2f} w {inner} re S\n"
    if not ops and not drawn:
        return b""
    matrix = {
        90: f"0 1 -1 0 {right:.2f} {bottom:.2f}",
        180: f"-1 0 0 -1 {right:.2f} {top:.2f}",
        270: f"0 -1 1 0 {left:.2f} {top:.2f}",
    }.get(_turn_of(widget), f"1 0 0 1 {left:.2f} {bottom:.2f}")
    return f"q {matrix} cm\n".encode() + ops.encode() + drawn + b"Q\n"


def _tick(widget: DictionaryObject, *, is_radio: bool) -> bytes:
    width, height = _size_of(widget)
    side = min(width, height)
    x, y = (width - side) / 2, (height - side) / 2
    style = text_of(dictionary_of(widget.get("/MK")).get("/CA")) or ("l" if is_radio else "4")
    if style in ("l", "n", "u", "H"):
        low, high = side * 0.25, side * 0.75
        return f"0 g {ellipse(x + low, y + low, x + high, y + high)} f\n".encode()
    points = _TICKS.get(style, _TICKS["4"])
    ops, is_new = [f"0 G {side / 10:.2f} w"], True
    for across, up in zip(points[::2], points[1::2], strict=True):
        if across is None or up is None:
            is_new = True
            continue
        ops.append(f"{x + across * side:.2f} {y + up * side:.2f} {'m' if is_new else 'l'}")
        is_new = False
    return (" ".join(ops) + " S\n").encode()
