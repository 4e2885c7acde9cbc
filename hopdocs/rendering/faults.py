"""What is wrong with a template, said at its place in Word.

A Word template has no line numbers. A place is the part (body, header, footnotes), the table it stands in, and
a little of the paragraph's text: enough to find it with Word's own search.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Mapping
from html import unescape
from typing import TYPE_CHECKING, Final

from jinja2 import StrictUndefined, UndefinedError
from jinja2.utils import missing

from hopdocs.diagnostics import Blocks, Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

EXCERPT_CHARACTERS: Final = 60
_TAG: Final = re.compile(r"<w:instrText\b[^>]*>.*?</w:instrText>|<[^>]+>", re.DOTALL)
"""Markup, and what a field asks for: neither is seen in Word."""
_LANGUAGE: Final = re.compile(r"{{.*?}}|{%.*?%}|{[{%].*", re.DOTALL)
_STRUCTURE: Final = re.compile(r"<(/?)w:(tbl|txbxContent)[ >]")
_SPACES: Final = re.compile(r"\s+")


class UnknownNameError(UndefinedError):
    """A template asked for a name that the data does not have."""

    def __init__(self, message: str | None = None, *, obj: object = missing, name: object = "") -> None:
        super().__init__(message)
        self.obj = obj
        self.name = str(name)


class FaithfulUndefined(StrictUndefined):
    """Jinja2's strict undefined, whose error remembers what was asked of what."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        if exc is UndefinedError:

            def remember(message: str | None = None) -> UnknownNameError:
                return UnknownNameError(message, obj=obj, name=name)

            super().__init__(hint, obj, name, remember)  # type: ignore[arg-type]  # it is only ever called
        else:
            super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]


class EmptyValueError(Exception):
    """A value that is None would have been printed."""


class RefusedOperationError(Exception):
    """An expression that would need more memory than any letter does."""


def template_fault(code: str, template: str, *, place: str = "", **params: str) -> Diagnostic:
    """A diagnostic about a template: it stops the documents made from it, not the family."""
    return Diagnostic(template, 0, 0, code, params, Severity.ERROR, Blocks.DOCUMENTS, place=place)


def suggest_name(name: str, known: Iterable[str]) -> str:
    """The nearest known name, or nothing when none is near."""
    choices = sorted({item for item in known if not item.startswith("_")})
    folded = {item.casefold(): item for item in choices}
    if name.casefold() in folded:
        return folded[name.casefold()]
    near = difflib.get_close_matches(name, choices, n=1, cutoff=0.6)
    return near[0] if near else ""


def known_names(obj: object) -> list[str]:
    """What can be asked of a value in a template: keys of a mapping, fields and properties of an object."""
    if isinstance(obj, Mapping):
        return [str(key) for key in obj]
    if dataclasses.is_dataclass(obj):
        fields = [item.name for item in dataclasses.fields(obj)]
        return fields + [name for name in dir(type(obj)) if isinstance(getattr(type(obj), name, None), property)]
    return [name for name in dir(obj) if not name.startswith("_")]


def locate_line(part: str, source: str, line: int, *, about: str = "") -> str:
    """Where a line of a prepared part stands in Word: part, table, a little of the text, `about` among it."""
    lines = source.split("\n")
    index = min(max(line - 1, 0), len(lines) - 1)
    before = "\n".join(lines[:index]) + "\n"
    return describe_place(part, before, lines[index], about=about)


def tags_of(markup: str, *, about: str = "") -> str:
    """The tags in a paragraph as its writer sees them: those that hold `about`, where any does."""
    tags = [" ".join(unescape(tag).split()) for tag in _LANGUAGE.findall(_TAG.sub("", markup))]
    return shorten_excerpt(" ".join([tag for tag in tags if about and about in tag][:1] or tags)) or "{{ … }}"


def describe_place(part: str, before: str, paragraph: str, *, about: str = "") -> str:
    """Part, table and excerpt, from what stands before a paragraph and the paragraph itself."""
    tables = boxes = 0
    open_tables: list[int] = []
    for match in _STRUCTURE.finditer(before):
        if match[2] == "tbl":
            if match[1]:
                open_tables[-1:] = []
            else:
                tables += 1
                open_tables.append(tables)
        else:
            boxes += -1 if match[1] else 1
    words = [part]
    if boxes > 0:
        words.append("text box")
    if open_tables:
        words.append(f"table {open_tables[-1]}")
    text = excerpt(paragraph, about=about)
    if text:
        words.append(f'"{text}"')
    return ", ".join(words)


def excerpt(markup: str, *, about: str = "") -> str:
    """The visible text of a piece of WordprocessingML, cut short around what it is about."""
    return shorten_excerpt(unescape(_TAG.sub("", markup)), about=about)


def shorten_excerpt(text: str, *, about: str = "") -> str:
    """Text as a place quotes it: on one line, cut short; cut before `about` too where that stands far behind."""
    text = _SPACES.sub(" ", text).strip()
    found = re.search(rf"{{[{{%][^{{}}]*?\b{re.escape(about)}\b", text) if about else None
    if found is not None and found.end() >= EXCERPT_CHARACTERS:
        return "…" + shorten_excerpt(text[found.start() :])
    return text if len(text) <= EXCERPT_CHARACTERS else text[: EXCERPT_CHARACTERS - 1].rstrip() + "…"
