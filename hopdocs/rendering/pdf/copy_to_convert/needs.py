"""What is to be looked for in a loaded document: a search of LibreOffice's costs a tenth of a plan's conversion.

Most letters have no link and no symbol. Where it is not plain that a document has none, it is searched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SYMBOLS: Final = (re.compile(rb"\xe2[\x86-\xaf]"), re.compile(rb"\xf0\x9f[\x80-\xab]"))
"""Arrows, boxes, signs and emoji as they begin in UTF-8: the blocks that `part_symbols` of `uno_worker` parts."""
_FONTS_SYMBOL: Final = b"<w:sym "
_NUMBERED: Final = re.compile(rb"&#(?!3[49];)")
"""A character by its number, other than a quote or an apostrophe, which are written so wherever data stand."""
_ENCODING: Final = re.compile(rb"<\?xml[^>]*\sencoding\s*=\s*[\"'](?!(?i:utf-8)[\"'])")
_LINKS: Final = (b"hyperlink", b"hlink", b"altchunk", b"<w:object")
_FIELDS: Final = (
    re.compile(rb"<w:instrText\b[^>]*>([^<]*)<"),
    re.compile(rb"\bw:instr\s*=\s*[\"']([^\"']*)[\"']"),
)
_COUNTS_PAGES: Final = re.compile(rb"\s*(?:PAGE|NUMPAGES)\s*(?:\\\*\s*\w+\s*)*")
"""The fields that lead nowhere; others may be links (HYPERLINK, REF, TOC), and may stand in pieces."""
_NO_TEXT: Final = re.compile(
    r"word/(?:theme/.*|(?:styles\w*|settings|webSettings|fontTable|numbering)\.xml)|.*\.rels|\[Content_Types\]\.xml"
)
"""Where nothing stands that is shown as text; a style called Hyperlink is no link, and a point of a list no symbol."""
_NO_STORY: Final = re.compile(rf"(?!word/).*|{_NO_TEXT.pattern}")
"""Where no link can be."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a document may have that is put right after loading."""

    links: bool
    symbols: bool


ALL_NEEDS: Final = Needs(links=True, symbols=True)


def find_needs(texts: Mapping[str, bytes]) -> Needs:
    """Of all a file's XML, by its name in the package: a field may fetch its words from anywhere."""
    if hides_words(texts):
        return ALL_NEEDS
    return Needs(
        links=any(_has_link(text) for name, text in texts.items() if not _NO_STORY.fullmatch(name)),
        symbols=bool(find_symbols(texts)),
    )


def hides_words(texts: Mapping[str, bytes]) -> bool:
    """Whether there is a part in which bytes do not say what the text says."""
    return any(map(_hides, texts.values()))


def find_symbols(texts: Mapping[str, bytes]) -> frozenset[str]:
    """The parts in which there may be one."""
    return frozenset(name for name, text in texts.items() if not _NO_TEXT.fullmatch(name) and _has_symbol(text))


def _hides(text: bytes) -> bool:
    """Whether its bytes do not say what it says: an encoding of its own, a document type, characters by number."""
    begins = text.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
    return (
        not begins
        or b"\0" in text
        or b"<!" in text
        or (b"&#" in text and _NUMBERED.search(text) is not None)
        or _ENCODING.search(text[:200]) is not None
    )


def _has_symbol(text: bytes) -> bool:
    return _FONTS_SYMBOL in text or any(symbol.search(text) for symbol in _SYMBOLS)


def _has_link(text: bytes) -> bool:
    lowered = text.lower()
    if any(link in lowered for link in _LINKS):
        return True
    return b"instr" in text and any(
        not _COUNTS_PAGES.fullmatch(said) for field in _FIELDS for said in field.findall(text)
    )
