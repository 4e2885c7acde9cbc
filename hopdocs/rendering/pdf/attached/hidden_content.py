"""Takes what stands in hidden layers out of the pages: words and pictures, not only their look.

What a hidden passage does to the state of the drawing still counts for what follows it (ISO 32000-1, 8.11.3.2), so
only the operators that paint go; a string gives way to a step of its own width.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from hopdocs.rendering.pdf.attached.drawings import empty_form, streams_in
from hopdocs.rendering.pdf.attached.objects import add_object, dictionary_of, key_of, make_stream, number_of, raw
from hopdocs.rendering.pdf.attached.text_widths import widths_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfWriter

    from hopdocs.rendering.pdf.attached.layers import Layers

_PAINTS_PATH: Final = frozenset(b"S s f F f* B B* b b*".split())
_PAINTS_ELSE: Final = frozenset((b"Do", b"sh", b"INLINE IMAGE", b"EI", b"BI"))
_SHOWS_TEXT: Final = frozenset((b"Tj", b"TJ", b"'", b'"'))
_SPACE: Final = 32


@dataclass(frozen=True)
class _TextState:
    """What a string's width takes: the font, its size, and what stands between letters and words."""

    font: DictionaryObject
    size: float = 0.0
    letters: float = 0.0
    words: float = 0.0


class HiddenContent:
    """Goes once through all that a page draws with."""

    def __init__(self, writer: PdfWriter, layers: Layers) -> None:
        self._writer = writer
        self._layers = layers
        self._seen: set[int] = set()
        self._names: list[DictionaryObject] = []

    def forget_layers(self) -> None:
        """Take off the layers' names, once nothing says any more that it belongs to one."""
        for names in self._names:
            for name in [name for name in names if dictionary_of(names[name]).get("/Type") in ("/OCG", "/OCMD")]:
                del names[name]

    def leave_out(self, resources: DictionaryObject) -> None:
        """Clear every drawing that is reached from here."""
        left = [resources]
        while left:
            own = left.pop()
            self._names.append(dictionary_of(own.get("/Properties")))
            self._clear_hidden_objects(own)
            for reference, stream, inner in streams_in(own):
                if key_of(reference) not in self._seen:
                    self._seen.add(key_of(reference))
                    if inner is not None:
                        self._clear(stream, inner)
                        left.append(inner)

    def _clear_hidden_objects(self, resources: DictionaryObject) -> None:
        """A picture or drawing that belongs to a hidden layer as a whole."""
        drawings = dictionary_of(resources.get("/XObject"))
        for name in list(drawings):
            if self._layers.is_seen(raw(dictionary_of(drawings[name]), "/OC")):
                continue
            drawings[NameObject(name)] = add_object(self._writer, empty_form())

    def _clear(self, stream: StreamObject, resources: DictionaryObject) -> None:
        content = ContentStream(stream, self._writer)
        content.operations = list(self._filter(content.operations, resources))
        data = content.get_data()
        for key in ("/Filter", "/DecodeParms", "/Length"):
            stream.pop(key, None)
        fresh = make_stream(data).flate_encode()
        stream._data = fresh._data  # noqa: SLF001 - an encoded stream takes no new content in pypdf's public way
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        stream.pop("/OC", None)
        if hasattr(stream, "decoded_self"):
            stream.decoded_self = None

    def _filter(self, operations: list[Any], resources: DictionaryObject) -> Iterator[tuple[Any, bytes]]:
        marks: list[tuple[bool, bool]] = []  # of each open mark: is it a layer's, and is it hidden?
        state, saved = _TextState(DictionaryObject()), []
        for operands, operator in operations:
            if operator in (b"BDC", b"BMC"):
                is_layer = bool(operands) and operands[0] == "/OC"
                is_hidden = is_layer and len(operands) > 1 and not self._is_seen(operands[1], resources)
                marks.append((is_layer, is_hidden))
                if is_layer:
                    continue
            elif operator == b"EMC":
                if marks and marks.pop()[0]:
                    continue
            elif operator == b"q":
                saved.append(state)
            elif operator == b"Q" and saved:
                state = saved.pop()
            else:
                state = _follow(state, operands, operator, resources)
            if any(hidden for _, hidden in marks):
                yield from _without_paint(operands, operator, state)
            else:
                yield operands, operator

    def _is_seen(self, operand: Any, resources: DictionaryObject) -> bool:
        if isinstance(operand, NameObject):
            return self._layers.is_seen(raw(dictionary_of(resources.get("/Properties")), operand))
        return self._layers.is_seen(operand)


def _follow(state: _TextState, operands: Any, operator: bytes, resources: DictionaryObject) -> _TextState:
    if operator == b"Tf" and len(operands) == 2:  # noqa: PLR2004 - name and size
        font = dictionary_of(dictionary_of(resources.get("/Font")).get(str(operands[0])))
        return replace(state, font=font, size=number_of(operands[1]))
    if operator == b"Tc" and operands:
        return replace(state, letters=number_of(operands[0]))
    if operator == b"Tw" and operands:
        return replace(state, words=number_of(operands[0]))
    if operator == b'"' and len(operands) > 1:
        return replace(state, words=number_of(operands[0]), letters=number_of(operands[1]))
    return state


def _without_paint(operands: Any, operator: bytes, state: _TextState) -> Iterator[tuple[Any, bytes]]:
    if operator in _PAINTS_ELSE or operator in (b"MP", b"DP"):
        return
    if operator in _PAINTS_PATH:
        yield [], b"n"
    elif operator in _SHOWS_TEXT:
        if operator == b'"' and len(operands) > 1:
            yield [operands[0]], b"Tw"
            yield [operands[1]], b"Tc"
        if operator in (b"'", b'"'):
            yield [], b"T*"
        step = sum(_step(item, state) for item in (operands[0] if operator == b"TJ" else operands[-1:]))
        yield [ArrayObject([FloatObject(-step)])], b"TJ"
    else:
        # marks that stand inside carry the words again (/ActualText, /Alt)
        yield (operands[:1], b"BMC") if operator == b"BDC" else (operands, operator)


def _step(item: Any, state: _TextState) -> float:
    """In thousandths of the size."""
    string = item if isinstance(item, bytes) else getattr(item, "original_bytes", None)
    if string is None:
        return -number_of(item)
    step = sum(widths_in(state.font, string))
    if state.size:
        step += 1000 / state.size * (len(string) * state.letters + string.count(_SPACE) * state.words)
    return step
