"""One paragraph that says something else: the words that went and those that came, each in its own looks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from hopdocs.rendering.docx.tracked.marks import W, taken_along, text_run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.rendering.docx.tracked.marks import Change, Marker

_WORDS: Final = re.compile(r"\s|[^\s]+")
_BREAKS: Final = {f"{W}tab": "\t", f"{W}br": "\n"}
_PLAIN: Final = frozenset({f"{W}rPr", f"{W}t", *_BREAKS})
_NO_TEXT: Final = frozenset({f"{W}pPr", f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr"})


class _Word(NamedTuple):
    text: str
    looks: etree._Element | None


def merge_paragraph(old: etree._Element, new: etree._Element, marker: Marker) -> None:
    """Make `new` show what became of `old`.

    If there is more in it than words (a field, a picture), all that it said goes and all that it says comes.
    """
    was = taken_along(old)
    if _is_plain(was) and _is_plain(new):
        _merge_words(list(_words(was)), new, marker)
        return
    marker.runs_in(new, "ins")
    properties = new.find(f"{W}pPr")
    place = 0 if properties is None else 1
    for number, run in enumerate(list(was.iter(f"{W}r"))):
        new.insert(place + number, marker.run("del", run))


def _is_plain(paragraph: etree._Element) -> bool:
    return all(
        child.tag in _NO_TEXT or (child.tag == f"{W}r" and all(part.tag in _PLAIN for part in child))
        for child in paragraph
    )


def _words(paragraph: etree._Element) -> Iterator[_Word]:
    for run in paragraph.findall(f"{W}r"):
        looks = run.find(f"{W}rPr")
        for part in run:
            if part.tag == f"{W}t":
                yield from (_Word(text, looks) for text in _WORDS.findall(part.text or ""))
            elif part.tag in _BREAKS:
                yield _Word(_BREAKS[str(part.tag)], looks)


def _merge_words(was: list[_Word], new: etree._Element, marker: Marker) -> None:
    now = list(_words(new))
    for run in new.findall(f"{W}r"):
        new.remove(run)
    matcher = SequenceMatcher(None, [word.text for word in was], [word.text for word in now], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            new.extend(_runs(now[j1:j2]))
            continue
        for change, words in _changes(was[i1:i2], now[j1:j2]):
            new.extend(marker.run(change, run) for run in _runs(words))


def _changes(was: list[_Word], now: list[_Word]) -> Iterator[tuple[Change, list[_Word]]]:
    yield "del", was
    yield "ins", now


def _runs(words: list[_Word]) -> Iterator[etree._Element]:
    """Runs that say these words: as many together as look alike."""
    said: list[str] = []
    for number, word in enumerate(words):
        said.append(word.text)
        following = words[number + 1] if number + 1 < len(words) else None
        is_break = word.text in _BREAKS.values() or (following is not None and following.text in _BREAKS.values())
        if following is None or is_break or _key(following.looks) != _key(word.looks):
            yield text_run("".join(said), word.looks)
            said = []


def _key(looks: etree._Element | None) -> bytes:
    return b"" if looks is None else bytes(etree.tostring(looks, method="c14n", with_tail=False))
