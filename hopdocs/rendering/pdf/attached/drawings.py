"""What a page draws with, however deep: forms, patterns, masks, the letters of drawn fonts, and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, StreamObject

from hopdocs.rendering.pdf.attached.objects import dictionary_of, key_of, make_stream, raw, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ASIDES: Final = ("/Metadata", "/PieceInfo", "/OPI", "/Alternates", "/Ref", "/AF", "/StructParent", "/StructParents")
"""What a drawing has beside its look: an editor's own copy, other versions, tags that are not brought along."""


def streams_in(resources: DictionaryObject) -> Iterator[tuple[Any, StreamObject, DictionaryObject | None]]:
    """Each with its reference and what it draws with; None for a picture, which draws with nothing."""
    for kind in ("/XObject", "/Pattern"):
        holder = dictionary_of(resources.get(kind))
        for name in holder:
            stream = resolve(holder[name])
            if isinstance(stream, StreamObject):
                is_drawn = kind == "/Pattern" or stream.get("/Subtype") == "/Form"
                yield raw(holder, name), stream, _resources_of(stream, resources) if is_drawn else None
    for state in dictionary_of(resources.get("/ExtGState")).values():
        mask = dictionary_of(dictionary_of(state).get("/SMask"))
        if isinstance(stream := resolve(mask.get("/G")), StreamObject):
            yield raw(mask, "/G"), stream, _resources_of(stream, resources)
    for item in dictionary_of(resources.get("/Font")).values():
        font = dictionary_of(item)
        letters = dictionary_of(font.get("/CharProcs")) if font.get("/Subtype") == "/Type3" else DictionaryObject()
        for name in letters:
            if isinstance(stream := resolve(letters[name]), StreamObject):
                yield raw(letters, name), stream, _resources_of(font, resources)


def walk_streams(resources: DictionaryObject, seen: set[int]) -> Iterator[tuple[StreamObject, bool]]:
    """Each once, and whether it draws with operators; `seen` grows over a whole file."""
    left = [resources]
    while left:
        for reference, stream, inner in streams_in(left.pop()):
            if key_of(reference) not in seen:
                seen.add(key_of(reference))
                yield stream, inner is not None
                if inner is not None:
                    left.append(inner)


def drop_asides(stream: StreamObject) -> None:
    """Take off what is not part of the look. Its layer goes too: what is left is what is seen."""
    for key in (*_ASIDES, "/OC"):
        stream.pop(key, None)


def _resources_of(holder: DictionaryObject, above: DictionaryObject) -> DictionaryObject:
    """Its own, or those of whoever draws it: older programs left them out."""
    return dictionary_of(holder.get("/Resources")) if "/Resources" in holder else above


def make_form(data: bytes, box: Sequence[float]) -> DecodedStreamObject:
    """A drawing of its own, whose state never reaches what is drawn after it."""
    form = make_stream(data)
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([FloatObject(side) for side in box])
    return form


def empty_form() -> DecodedStreamObject:
    """A drawing of nothing."""
    return make_form(b"", (0, 0, 0, 0))
