"""What hopdocs knows, in the shapes of the Language Server Protocol (3.17)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from lsprotocol import types

from hopdocs.catalogue.report import as_json
from hopdocs.diagnostics import Severity
from hopdocs.editor.buffer import Point, Span
from hopdocs.editor.completion import OfferKind
from hopdocs.editor.opened import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.catalogue import Language
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.editor.buffer import Buffer
    from hopdocs.editor.completion import Offer
    from hopdocs.editor.opened import Located
    from hopdocs.editor.place import Place

_WORD: Final = re.compile(r"\w+")
_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.ADVICE: types.DiagnosticSeverity.Information,
}
_KINDS: Final = {
    OfferKind.KEY: types.CompletionItemKind.Property,
    OfferKind.WORD: types.CompletionItemKind.EnumMember,
    OfferKind.NAME: types.CompletionItemKind.Reference,
}


def file_of(uri: str) -> Located | None:
    """Which workspace's file an editor means; None for all that is no file of ours."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or "\0" in unquote(parts.path):
        return None
    return locate(Path(unquote(parts.path)))


def uri_of(root: Path, path: str) -> str:
    """A workspace's file as an editor names it."""
    return (root / path).as_uri()


def range_of(span: Span) -> types.Range:
    """A piece of a text."""
    return types.Range(*(types.Position(point.line, point.column) for point in span))


def diagnostic_of(item: Diagnostic, buffer: Buffer, language: Language) -> types.Diagnostic:
    """A fault as an editor underlines it; one of the whole file stands under its first line."""
    [said] = as_json([item], language)
    text = f"{said['message']}\n{said['hint']}" if said["hint"] else said["message"]
    span = buffer.span(item.line, item.column, item.length) if item.line else buffer.span(1, 1, len(buffer.lines[0]))
    return types.Diagnostic(
        range=range_of(span),
        message=text,
        severity=_SEVERITIES[item.severity],
        code=item.code,
        source="hopdocs",
    )


def items_of(offers: Sequence[Offer], place: Place, buffer: Buffer, line: int) -> list[types.CompletionItem]:
    """What may be written, each taking the place of the word that is there."""
    span = word_of(place, buffer, line)
    width = len(str(len(offers)))
    return [
        types.CompletionItem(
            label=item.label,
            kind=_KINDS[item.kind],
            detail=item.beside or None,
            label_details=types.CompletionItemLabelDetails(description=item.beside) if item.beside else None,
            documentation=item.about or None,
            filter_text=_found_by(item, place.typed),
            sort_text=f"{number:0{width}}",
            text_edit=types.TextEdit(span, item.text),
        )
        for number, item in enumerate(sorted(offers, key=lambda item: item.is_last))
    ]


def _found_by(item: Offer, typed: str) -> str:
    """What an editor compares with what is typed. Many keep only what begins so: a name that does is put first."""
    sought = item.sought_by or item.label
    starts = (word.start() for word in _WORD.finditer(sought))
    begin = next((start for start in starts if sought[start : start + len(typed)].lower() == typed.lower()), 0)
    return f"{typed}{sought[begin + len(typed) :]} {sought}" if begin else sought


def word_of(place: Place, buffer: Buffer, line: int) -> types.Range:
    """The word at a place."""
    return range_of(Span(buffer.point(line, place.start), buffer.point(line, place.end)))


def point_of(position: types.Position) -> Point:
    """A place that the editor names."""
    return Point(position.line, position.character)
