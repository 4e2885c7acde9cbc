"""Files whose pages are not what their owner sees: a cover that says "please wait", or one in front of other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pypdf.generic import DictionaryObject, StreamObject

from hopdocs.rendering.pdf.attached.objects import dictionary_of, items_of, key_of, raw, resolve, text_of

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_FILES: Final = 1000
_LONGEST: Final = 200
"""Of all their names together: no more than a line holds."""
_RENDERED_BY_VIEWER: Final = b"<dynamicRender>required"


class StandInError(Exception):
    """The pages stand in for something else; `code` says for what."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def refuse_stand_in(reader: PdfReader) -> None:
    """Raise for a form that only Adobe's viewers draw (XFA), and for a portfolio."""
    root = reader.root_object
    if dictionary_of(root.get("/Collection")):
        raise StandInError("HD345", files=", ".join(list_files(root))[:_LONGEST] or "?")
    form = dictionary_of(root.get("/AcroForm"))
    if resolve(form.get("/XFA")) is None:
        return
    needs_rendering = resolve(root.get("/NeedsRendering")) == True  # noqa: E712 - pypdf's own boolean object
    if needs_rendering or not _has_fields(reader) or _is_dynamic(form):
        raise StandInError("HD344")


def _has_fields(reader: PdfReader) -> bool:
    return any(
        dictionary_of(mark).get("/Subtype") == "/Widget"
        for page in reader.pages
        for mark in items_of(page.get("/Annots"))
    )


def _is_dynamic(form: DictionaryObject) -> bool:
    """What the form's own configuration says; its parts stand as name and stream by turns, or as one stream."""
    found = resolve(form.get("/XFA"))
    parts = [found] if isinstance(found, StreamObject) else [resolve(item) for item in items_of(found)]
    return any(
        _RENDERED_BY_VIEWER in part.get_data().replace(b" ", b"") for part in parts if isinstance(part, StreamObject)
    )


def list_files(root: DictionaryObject) -> list[str]:
    """The names of the files that are attached to the whole PDF."""
    found: list[str] = []
    left, seen = [raw(dictionary_of(root.get("/Names")), "/EmbeddedFiles")], set[int]()
    while left and len(found) < _MOST_FILES:
        node = left.pop(0)
        if key_of(node) in seen:
            continue
        seen.add(key_of(node))
        left += items_of(dictionary_of(node).get("/Kids"))
        pairs = items_of(dictionary_of(node).get("/Names"))
        for name, file in zip(pairs[::2], pairs[1::2], strict=False):
            own = dictionary_of(file)
            found.append(text_of(own.get("/UF")) or text_of(own.get("/F")) or text_of(name))
    return found
