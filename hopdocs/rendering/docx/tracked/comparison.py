"""Two finished Word files side by side: whether a reader would see a difference, and in which paragraphs.

Bytes may differ where the documents do not (a zip packed otherwise), so each part is compared as canonical XML. And
Word writes down in every part when it was open (`rsid`), where the cursor stood and what it thought of the spelling,
and cuts the text there. None of that is to be seen.
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
_NOTES: Final = tuple(f"{_W}{tag}" for tag in ("proofErr", "lastRenderedPageBreak", "rsid", "rsids"))
_NOTED: Final = ("rsid", "paraId", "textId", "space")
"""Attributes that Word writes for itself; `xml:space` only says how to read the text."""
_CURSOR: Final = "_GoBack"


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """What a paragraph said and says; '' if there was none, or is none any more."""

    was: str
    now: str

    @property
    def core(self) -> tuple[str, str]:
        """What is different in it, without the words around: the same change in another family's letter."""
        was, now = self.was.split(), self.now.split()
        start = _count_shared(was, now)
        was, now = was[start:], now[start:]
        end = _count_shared(was[::-1], now[::-1])
        return " ".join(was[: len(was) - end]), " ".join(now[: len(now) - end])


@dataclass(frozen=True, slots=True)
class Difference:
    """How two documents differ. With no paragraphs they read the same and look otherwise."""

    paragraphs: tuple[ParagraphChange, ...]
    parts: tuple[str, ...]

    @property
    def core(self) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """What two documents share that differ in the same way from what they were, each change once."""
        return tuple(dict.fromkeys(change.core for change in self.paragraphs)), self.parts


def _count_shared(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (was, now) in pairs if was != now), min(len(old), len(new)))


def compare_documents(before: bytes, after: bytes) -> Difference | None:
    """What a reader of both would see; None if it is nothing."""
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


def paragraphs_of(docx: bytes) -> list[str]:
    """The text of every paragraph that has any, in body, headers, footers and notes."""
    parts = _read_parts(docx)
    return [text for name in sorted(parts) if name.startswith(_TEXT_PARTS) for text in _paragraphs(parts[name])]


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
    root = _parse(part)
    _drop_notes_of_word(root)
    for paragraph in root.iter(f"{_W}p"):
        _join_runs(paragraph)
    return bytes(etree.tostring(root, method="c14n", exclusive=True))


def _drop_notes_of_word(root: etree._Element) -> None:
    cursors = [mark for mark in root.iter(f"{_W}bookmarkStart") if mark.get(f"{_W}name") == _CURSOR]
    numbers = {mark.get(f"{_W}id") for mark in cursors}
    cursors += [mark for mark in root.iter(f"{_W}bookmarkEnd") if mark.get(f"{_W}id") in numbers]
    for mark in cursors:
        mark.tag = _NOTES[0]
    etree.strip_elements(root, *_NOTES, with_tail=False)
    for element in root.iter("*"):
        for name in element.keys():  # noqa: SIM118 - an element is no mapping
            if etree.QName(name).localname.startswith(_NOTED):
                del element.attrib[name]


def _join_runs(paragraph: etree._Element) -> None:
    """Neighbouring runs that look alike become one, as they were before Word cut them."""
    before: etree._Element | None = None
    for run in list(paragraph.iter(f"{_W}r")):
        text = _lone_text(run)
        if (
            before is not None
            and text is not None
            and run.getprevious() is before
            and _looks(run) == _looks(before)
            and (joined := _lone_text(before)) is not None
        ):
            joined.text = (joined.text or "") + (text.text or "")
            paragraph_part = run.getparent()
            if paragraph_part is not None:
                paragraph_part.remove(run)
            continue
        before = run


def _lone_text(run: etree._Element) -> etree._Element | None:
    """The run's only text, where it has nothing else to show."""
    shown = [child for child in run if child.tag != f"{_W}rPr"]
    return shown[0] if len(shown) == 1 and shown[0].tag == f"{_W}t" else None


def _looks(run: etree._Element) -> bytes:
    looks = run.find(f"{_W}rPr")
    return b"" if looks is None else bytes(etree.tostring(looks, method="c14n", exclusive=True, with_tail=False))


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
