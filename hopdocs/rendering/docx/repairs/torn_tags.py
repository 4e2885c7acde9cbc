"""Tags as they come out of Word: with characters in them that nobody sees, and cut in two by a link or a control.

Copied from a mail or a page, a tag brings soft hyphens, zero-width spaces and byte-order marks along. They belong to no
name and show nothing, so what is wrong could never be seen: they are dropped. And where a tag begins inside a link, a
smart tag or a content control and ends outside, docxtpl would take the end of that element with it. Where it ends in
a run that is hidden or struck out, docxtpl would give what stands behind it there the looks of where it begins. The tag
then moves to where it begins, and the rest stays where it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.stories import W

if TYPE_CHECKING:
    from lxml import etree

_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
_UNSEEN_CHARACTERS: Final = re.compile(f"[{_UNSEEN}]")
_JOINERS: Final = "\u200c\u200d"
"""Characters that shape the letters beside them: in a quoted text they may be meant."""
_TAG: Final = re.compile(
    rf"\{{[{_UNSEEN}]*(?:"
    rf"\{{(?:(?!\}}[{_UNSEEN}]*\}}).)*\}}[{_UNSEEN}]*\}}|"
    rf"%(?:(?!%[{_UNSEEN}]*\}}).)*%[{_UNSEEN}]*\}}|"
    rf"\#(?:(?!\#[{_UNSEEN}]*\}}).)*\#[{_UNSEEN}]*\}})",
    re.DOTALL,
)
_QUOTED: Final = re.compile("""("[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)""")
_PARAGRAPH: Final = f"{W}p"
_RUN: Final = f"{W}r"
_TEXT: Final = f"{W}t"
_WITHDRAWING: Final = tuple(f"{W}{name}" for name in ("vanish", "webHidden", "strike", "dstrike"))
_OFF: Final = ("0", "false", "off")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def settle_tags(root: etree._Element) -> bool:
    """Make each paragraph's tags whole and free of what nobody sees; whether anything was to be done."""
    changed = False
    for paragraph in root.iter(_PARAGRAPH):
        nodes = [node for node in paragraph.iter(_TEXT) if _paragraph_of(node) is paragraph]
        texts = [node.text or "" for node in nodes]
        whole = "".join(texts)
        if "{" in whole and _settle(nodes, texts, whole):
            changed = True
    return changed


def _paragraph_of(node: etree._Element) -> etree._Element | None:
    return next(node.iterancestors(_PARAGRAPH), None)


def _settle(nodes: list[etree._Element], texts: list[str], whole: str) -> bool:
    """Work from the last tag to the first, so that places before it stay right."""
    changed = False
    for match in reversed(list(_TAG.finditer(whole))):
        tag = match[0]
        clean = _drop_unseen(tag) if _UNSEEN_CHARACTERS.search(tag) else tag
        first, last = _node_at(texts, match.start()), _node_at(texts, match.end() - 1)
        if clean == tag and not _is_torn(nodes[first : last + 1]):
            continue
        start = match.start() - sum(map(len, texts[:first]))
        end = match.end() - sum(map(len, texts[:last]))
        rest = texts[last][end:]
        if first == last:
            texts[first] = texts[first][:start] + clean + rest
        else:
            texts[first] = texts[first][:start] + clean
            texts[first + 1 : last] = [""] * (last - first - 1)
            texts[last] = rest
        changed = True
    if changed:
        for node, text in zip(nodes, texts, strict=True):
            if (node.text or "") != text:
                node.text = text
                node.set(_SPACE, "preserve")
    return changed


def _node_at(texts: list[str], place: int) -> int:
    for number, text in enumerate(texts):
        if place < len(text):
            return number
        place -= len(text)
    raise IndexError(place)


def _is_torn(nodes: list[etree._Element]) -> bool:
    """Whether a tag's runs stand in different elements, or some are hidden or struck out and others not."""
    return len({(_home_of(node), _is_withdrawn(node)) for node in nodes}) > 1


def _is_withdrawn(node: etree._Element) -> bool:
    """Whether somebody has hidden a run or struck it out."""
    run = next(node.iterancestors(_RUN), None)
    looks = None if run is None else run.find(f"{W}rPr")
    return looks is not None and any(mark.get(f"{W}val") not in _OFF for mark in looks.iter(*_WITHDRAWING))


def _home_of(node: etree._Element) -> etree._Element | None:
    run = next(node.iterancestors(_RUN), None)
    return run.getparent() if run is not None else node.getparent()


def _drop_unseen(tag: str) -> str:
    pieces = _QUOTED.split(tag)
    return "".join(
        "".join(letter for letter in piece if letter in _JOINERS or not _UNSEEN_CHARACTERS.match(letter))
        if index % 2
        else _UNSEEN_CHARACTERS.sub("", piece)
        for index, piece in enumerate(pieces)
    )
