"""Which part of the earlier file is which of the later one: paragraphs, tables, rows."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, TypeAlias

from hopdocs.rendering.docx.tracked.marks import W

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

Pair: TypeAlias = "tuple[etree._Element | None, etree._Element | None]"  # noqa: SLF001 - it has no other name
"""What stood and what stands; None where there is nothing."""
_ALIKE: Final = 0.5
"""From here on two are the same one, with other words."""


def text_of(element: etree._Element) -> str:
    """All that a reader reads in it."""
    return "".join(
        (node.text or "") if node.tag == f"{W}t" else "\t" if node.tag == f"{W}tab" else "\n"
        for node in element.iter(f"{W}t", f"{W}tab", f"{W}br")
        if node.tag != f"{W}tab" or not _is_a_stop(node)
    )


def _is_a_stop(node: etree._Element) -> bool:
    """A tab stop in a paragraph's properties has the name of a tab in its text."""
    parent = node.getparent()
    return parent is not None and parent.tag == f"{W}tabs"


def align(old: Sequence[etree._Element], new: Sequence[etree._Element]) -> Iterator[Pair]:
    """All of both, in order."""
    was, is_ = ([(item.tag, text_of(item)) for item in items] for items in (old, new))
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, was, is_, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _align_changed(old[i1:i2], new[j1:j2])


def _align_changed(old: Sequence[etree._Element], new: Sequence[etree._Element]) -> Iterator[Pair]:
    """The two most alike are the same one, and so on before and after them; the rest came or went."""
    best = max(
        ((_likeness(was, now), -i, -j) for i, was in enumerate(old) for j, now in enumerate(new)), default=(0.0, 0, 0)
    )
    if best[0] < _ALIKE:
        yield from ((was, None) for was in old)
        yield from ((None, now) for now in new)
        return
    i, j = -best[1], -best[2]
    yield from _align_changed(old[:i], new[:j])
    yield old[i], new[j]
    yield from _align_changed(old[i + 1 :], new[j + 1 :])


def _likeness(was: etree._Element, now: etree._Element) -> float:
    if was.tag != now.tag:
        return 0.0
    one, other = text_of(was).split(), text_of(now).split()
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one or other else 1.0


def with_one_end(pairs: list[Pair]) -> list[Pair]:
    """The same, with the two last paragraphs as one where both came and went there.

    The end of a cell, and of the text, can neither come nor go.
    """
    tail = tail_of(pairs)
    olds = [was for was, now in tail if now is None]
    news = [now for was, now in tail if was is None]
    if not (olds and news and is_paragraph(olds[-1]) and is_paragraph(news[-1])):
        return pairs
    one_sided: list[Pair] = [*((was, None) for was in olds[:-1]), *((None, now) for now in news[:-1])]
    return [*pairs[: len(pairs) - len(tail)], *one_sided, (olds[-1], news[-1])]


def tail_of(pairs: list[Pair]) -> list[Pair]:
    """What came or went at the very end."""
    both = [number for number, (was, now) in enumerate(pairs) if was is not None and now is not None]
    return pairs[both[-1] + 1 :] if both else pairs


def is_paragraph(element: etree._Element | None) -> bool:
    """Whether it is one, and no table."""
    return element is not None and element.tag == f"{W}p"
