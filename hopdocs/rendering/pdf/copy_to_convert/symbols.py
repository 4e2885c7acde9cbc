"""Symbols kept where they stand among the words, so that a box to tick is heard before its "Ja".

`part_symbols` of `uno_worker` says why, and does it in the loaded document: that has LibreOffice lay out every page for
its search, and again for what it changed, a tenth of a plan's conversion for two boxes. Where all of a document's
symbols stand in plain runs, its copy parts them beforehand, by the same property that nobody sees.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.rendering.pdf.copy_to_convert.reading import W

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SYMBOLS: Final = re.compile("([\u2190-\u2bff\U0001f000-\U0001faff]+[\ufe0e\ufe0f\u200d]*)")
_IN_BYTES: Final = (
    re.compile(rb"\xe2(?:\x86[\x90-\xbf]|[\x87-\xaf][\x80-\xbf])"),
    re.compile(rb"\xf0\x9f[\x80-\xab][\x80-\xbf]"),
)
"""One of them in UTF-8."""
_JOINS_ON: Final = ("\ufe0e", "\ufe0f", "\u200d")
_RUN: Final = frozenset({f"{W}rPr", f"{W}t"})
_AROUND: Final = frozenset(W + name for name in ("p", "ins", "hyperlink", "smartTag", "sdtContent"))
"""Where several runs are as good as one."""
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def find_plain(tree: etree._Element, story: bytes) -> list[etree._Element] | None:
    """The texts in which a story's symbols stand; None unless all are of plain runs, and each has its own marks."""
    written = [one.decode() for symbol in _IN_BYTES for one in symbol.findall(story)]
    different = set(written)
    found = []
    for text in tree.iter(f"{W}t", f"{W}sym"):
        words = text.text or ""
        if words.startswith(_JOINS_ON) or text.tag == f"{W}sym":
            return None
        if any(one in words for one in different):
            found.append(text)
    within = sum((text.text or "").count(one) for text in found for one in different)
    return found if within == len(written) and all(map(_is_plain, found)) else None


def part_symbols(texts: Iterable[etree._Element]) -> None:
    """Give each symbol, with its own marks, a run of its own that is kerned, which no run of this file is."""
    for text in texts:
        run = text.getparent()
        above = run.getparent() if run is not None else None
        if run is not None and above is not None:
            place = above.index(run)
            above[place : place + 1] = list(_split(run, text.text or ""))


def _split(run: etree._Element, words: str) -> Iterator[etree._Element]:
    for number, part in enumerate(_SYMBOLS.split(words)):
        if not part:
            continue
        one = deepcopy(run)
        one.tail = None
        [text] = one.iterchildren(f"{W}t")
        text.text = part
        text.set(_SPACE, "preserve")
        if number % 2:  # what the pattern caught
            properties = one.find(f"{W}rPr")
            if properties is None:
                properties = etree.Element(f"{W}rPr")
                one.insert(0, properties)
            etree.SubElement(properties, f"{W}kern", {f"{W}val": "1"})
        yield one


def _is_plain(text: etree._Element) -> bool:
    """Whether it may be parted; one with spaces at its ends that do not count would get them back."""
    run, words = text.getparent(), text.text or ""
    above = run.getparent() if run is not None else None
    return (
        run is not None
        and above is not None
        and above.tag in _AROUND
        and (words == words.strip() or text.get(_SPACE) == "preserve")
        and run.tag == f"{W}r"
        and all(one.tag in _RUN for one in run)
        and len(run.findall(f"{W}t")) == 1
    )
