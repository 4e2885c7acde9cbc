"""Styles that nothing in a document names stay out of its copy: LibreOffice makes each one, used or not.

A letter names two thirds of its template's styles. What LibreOffice brings in by itself (a look for links, notes, page
numbers) may be said in a style that nobody names, so those stay, and all styles of a document with fields or links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_STYLE: Final = re.compile(rb"<w:style\s[^>]*[^>/]>.*?</w:style>", re.DOTALL)
_ID: Final = re.compile(rb'\sw:styleId="([^"]*)"')
_NAME: Final = re.compile(rb'<w:name w:val="([^"]*)"')
_VALUE: Final = rb"\s[^<>]*?val\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
_NEEDS: Final = re.compile(rb"<w:(?:basedOn|next|link)" + _VALUE)
_USED: Final = re.compile(rb"tyle(?:Link)?" + _VALUE)
"""Whatever names a style: `pStyle`, `rStyle`, `tblStyle`, `styleLink`, the `defaultTableStyle` of the settings."""
_OF_ITSELF: Final = re.compile(
    rb"(?i:header|footer|hyperlink|followedhyperlink|footnote .*|endnote .*|annotation .*|line number|page number"
    rb"|caption|toc .*|index .*|table of .*|macro.*|envelope .*|normal|default paragraph font|normal table|no list)"
)
"""The names of styles that LibreOffice may use though nothing names them."""
_OF_CHART: Final = re.compile(rb"\d+")
"""A chart names its style by a number."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one file as they are written, which many files have in common."""

    written: Mapping[bytes, bytes]
    """By their id."""
    needed: Mapping[bytes, frozenset[bytes]]
    """What each is based on or goes with, by its id."""
    always: frozenset[bytes]

    @classmethod
    @lru_cache(maxsize=8)
    def read(cls, styles: bytes) -> Self:
        """None are known of a file that is not written as Word writes it."""
        written: dict[bytes, bytes] = {}
        for style in _STYLE.findall(styles):
            own = _ID.search(style)
            if own is None or own[1] in written:
                return cls({}, {}, frozenset())
            written[own[1]] = style
        needed = {own: _named_in(style, _NEEDS) for own, style in written.items()}
        always = frozenset(own for own, style in written.items() if _stays(style))
        return cls(written, needed, always)

    def find_unused(self, used: Iterable[bytes]) -> list[bytes]:
        """Those that neither a document nor a style of it names."""
        found: set[bytes] = set()
        todo = [*self.always, *used]
        while todo:
            own = todo.pop()
            if own in self.written and own not in found:
                found.add(own)
                todo += self.needed[own]
        return [style for own, style in self.written.items() if own not in found]


def leave_out_unused(styles: bytes, others: Iterable[bytes]) -> bytes:
    """The part of the styles without those that none of the other parts names."""
    known = Styles.read(styles)
    used = frozenset[bytes]().union(*(_named_in(text, _USED) for text in others))
    if any(own not in known.written and not _OF_CHART.fullmatch(own) for own in used):
        return styles  # there is none of that id, and LibreOffice looks for one of that name
    for style in known.find_unused(used):
        styles = styles.replace(style, b"", 1)
    return styles


def _named_in(text: bytes, pattern: re.Pattern[bytes]) -> frozenset[bytes]:
    return frozenset(double or single for double, single in pattern.findall(text))


def _stays(style: bytes) -> bool:
    name = _NAME.search(style)
    return name is None or b"w:default=" in style.partition(b">")[0] or _OF_ITSELF.fullmatch(name[1]) is not None
