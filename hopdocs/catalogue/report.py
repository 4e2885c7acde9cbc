"""Diagnostics as people and programs read them: text with carets, JSON, and GitHub's workflow commands.

Pure: the caller hands in the lines of the files. Whatever comes from a file is masked (CPR-shaped numbers) and
freed of control characters before it is shown, since a terminal obeys those.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hopdocs.catalogue import Language, fill_hint, fill_message
from hopdocs.catalogue.masking import mask_cpr_shapes
from hopdocs.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SEVERITIES: Final[dict[Language, dict[Severity, str]]] = {
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "advice"},
    "da": {Severity.ERROR: "fejl", Severity.WARNING: "advarsel", Severity.ADVICE: "råd"},
}
_HINT: Final[dict[Language, str]] = {"en": "hint", "da": "løsning"}
_WITHHELD: Final[dict[Language, str]] = {
    "en": "something that not everybody may see is to be looked at",
    "da": "noget, som ikke alle må se, skal ses efter",
}
_GITHUB_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_TAB_WIDTH: Final = 4
_WINDOW: Final = 110
_LEAD: Final = 40


def render_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, Sequence[str]], language: Language) -> str:
    """One block a diagnostic, in the given order, a blank line between them; empty if there is none.

    `sources` holds the lines of each file by its path; a file that is not there is shown without its line.
    """
    return "\n".join(_render_block(item, sources.get(item.path, ()), language) for item in diagnostics)


def render_headline(diagnostic: Diagnostic, language: Language) -> str:
    """The one line of a diagnostic: place, severity, code, message."""
    return f"{_render_place(diagnostic)}: {render_code(diagnostic, language)}: {_message(diagnostic, language)}"


def render_code(diagnostic: Diagnostic, language: Language) -> str:
    """`error HD203`."""
    return f"{_SEVERITIES[language][diagnostic.severity]} {diagnostic.code}"


def as_json(
    diagnostics: Iterable[Diagnostic], language: Language, *, names_withheld: bool = True
) -> list[dict[str, Any]]:
    """The shape of `check --format json`; `place` only where a Word template is meant.

    A log is read by others than those who have the files: without `names_withheld` it says no more than the family's
    page of what not everybody may see.
    """
    rows = []
    for item in diagnostics:
        is_named = names_withheld or not item.is_withheld
        row: dict[str, Any] = {
            "path": item.path,
            "line": item.line,
            "column": item.column,
            "severity": item.severity.value,
            "code": item.code,
            "blocks": item.blocks.value,
            "message": _message(item, language) if is_named else _WITHHELD[language],
            "hint": _hint(item, language) if is_named else "",
        }
        rows.append(row | {"place": mask_cpr_shapes(item.place)} if item.place else row)
    return rows


def render_github(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """Workflow commands, one a line: GitHub shows them beside the changed lines.

    Escaped as the runner's own toolkit does it: `%`, CR and LF everywhere, `:` and `,` in properties too.
    """
    lines = []
    for item in diagnostics:
        properties = [f"file={_escape_property(item.path)}"]
        if item.line:
            properties += [f"line={item.line}", f"col={item.column}"]
        properties.append(f"title={item.code}")
        parts = (mask_cpr_shapes(item.place), _message(item, language), _hint(item, language))
        text = " – ".join(part for part in parts if part)
        lines.append(f"::{_GITHUB_LEVELS[item.severity]} {','.join(properties)}::{_escape_data(text)}\n")
    return "".join(lines)


def _render_block(item: Diagnostic, lines: Sequence[str], language: Language) -> str:
    block = [render_headline(item, language)]
    if 0 < item.line <= len(lines):
        snippet = _cut_snippet(lines[item.line - 1], item.column, item.length)
        block += [f"{item.line:>5} | {snippet.text}".rstrip(), f"      | {' ' * snippet.start}{'^' * snippet.width}"]
    hint = _hint(item, language)
    more = f"(hopdocs explain {item.code})"
    block.append(f"  {_HINT[language]}: {hint}   {more}" if hint else f"  {more}")
    return "\n".join(block) + "\n"


def _render_place(item: Diagnostic) -> str:
    path = _clean(mask_cpr_shapes(item.path))  # a family's file is called what somebody typed as its id
    if item.place:
        return f"{path}: {_clean(mask_cpr_shapes(item.place))}"
    return f"{path}:{item.line}:{item.column}" if item.line else path


def _message(item: Diagnostic, language: Language) -> str:
    return _clean(mask_cpr_shapes(fill_message(item.code, item.params, language)))


def _hint(item: Diagnostic, language: Language) -> str:
    return _clean(mask_cpr_shapes(fill_hint(item.code, item.params, language)))


@dataclass(frozen=True, slots=True)
class _Snippet:
    """A line as shown, and where the caret stands under it, in columns of the terminal."""

    text: str
    start: int
    width: int


def _cut_snippet(line: str, column: int, length: int) -> _Snippet:
    """The part of a line around the caret, tabs and wide characters counted as a terminal shows them."""
    line = mask_cpr_shapes(line)
    first = column - 1
    begin = max(0, first - _LEAD) if len(line) > _WINDOW and first > _LEAD else 0
    end = min(len(line), begin + _WINDOW)
    before, under, after = line[begin:first], line[first : min(first + length, end)], line[first + length : end]
    lead = "…" if begin else ""
    shown_before = lead + _show(before)
    shown_under = _show(under)
    tail = "…" if end < len(line) else ""
    text = shown_before + shown_under + _show(after) + tail
    return _Snippet(text, _columns(shown_before), max(1, _columns(shown_under)))


def _show(text: str) -> str:
    return _clean(text.replace("\t", " " * _TAB_WIDTH))


def _clean(text: str) -> str:
    """Control and direction characters made harmless: they could rewrite what a terminal shows."""
    if text.isprintable():
        return text
    return "".join(
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else _plain(character) for character in text
    )


def _plain(character: str) -> str:
    is_direction = unicodedata.category(character) == "Cf" and character not in "\u200c\u200d\u00ad"
    return "" if is_direction else character


def _columns(text: str) -> int:
    """How many columns a terminal gives a text: two for wide characters, none for marks that combine."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
