"""Two finished Word files side by side: whether a reader would see a difference, and in which paragraphs.

Bytes may differ where the documents do not (a zip packed otherwise), so each part is compared as canonical XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT_PARTS: Final = ("word/document", "word/header", "word/footer", "word/footnotes")
_NO_READER: Final = ("docProps/", "word/settings.xml", "word/webSettings.xml", "word/rsids")
"""Parts that tell about the file: its author, the window it was saved in."""


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What a paragraph said and says; '' where there was none, or is none any more."""

    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How two documents differ. With no paragraphs they read the same and look otherwise."""

    paragraphs: tuple[ParagraphChange, ...]
    parts: tuple[str, ...]


def compare_documents(before: bytes, after: bytes) -> Difference | None:
    """What a reader of both would see; None where it is nothing."""
    if before == after:
        return None
    old, new = _read_parts(before), _read_parts(after)
    differing = tuple(name for name in sorted(old.keys() | new.keys()) if not _is_same(old.get(name), new.get(name)))
    if not differing:
        return None
    paragraphs: list[ParagraphChange] = []
    for name in differing:
        if name.startswith(_TEXT_PARTS):
            paragraphs += _changed_paragraphs(_paragraphs(old.get(name)), _paragraphs(new.get(name)))
    return Difference(tuple(paragraphs), differing)


def _read_parts(docx: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.startswith(_NO_READER)}


def _is_same(old: bytes | None, new: bytes | None) -> bool:
    if old == new or old is None or new is None:
        return old == new
    try:
        return _canonical(old) == _canonical(new)
    except etree.XMLSyntaxError:  # a picture or a font
        return False


def _canonical(part: bytes) -> bytes:
    return bytes(etree.tostring(_parse(part), method="c14n", exclusive=True))


def _parse(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _paragraphs(part: bytes | None) -> list[str]:
    if part is None:
        return []
    texts = []
    for paragraph in _parse(part).iter(f"{_W}p"):
        text = " ".join("".join(_pieces(paragraph)).split())
        if text:
            texts.append(text)
    return texts


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        yield (node.text or "") if node.tag == f"{_W}t" else " "


def _changed_paragraphs(old: list[str], new: list[str]) -> Iterator[ParagraphChange]:
    for kind, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            for was, now in zip_longest(old[old_start:old_end], new[new_start:new_end], fillvalue=""):
                yield ParagraphChange(was, now)
