"""What a condition or a loop has left empty that Word must find something in.

docxtpl takes out whole paragraphs and rows. Where they were all that a cell, a table or a header had, Word calls the
file damaged: a cell ends in a paragraph (ECMA-376, part 1, 17.4.65), a table has rows and a row cells (17.4.37,
17.4.78), and a header, footer, note or text box holds at least one block (17.10). A paragraph without text stands in
for them. A table without rows is left out, and so are a content control and a link around nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAY_BE_HOLLOW: Final = re.compile(
    r"(?<!</w:p>)(?<!<w:p/>)</w:(?:tc|hdr|ftr|footnote|txbxContent)>|<w:(?:tc|hdr|ftr|footnote|txbxContent|tbl|tr)/>|"
    r"(?<!</w:tr>)</w:tbl>|(?<!</w:tc>)</w:tr>|<w:sdtContent></w:sdtContent>|"
    r"<w:hyperlink(?: [^>]*)?(?<!/)></w:hyperlink>"
)
"""What ends so is looked at, and may be found sound."""
_BLOCK_TAG: Final = re.compile(r"{%-?\+?\s*(?P<word>\w+).*?%}", re.DOTALL)
_OPENING: Final = frozenset({"for", "if", "macro", "call", "filter", "with", "set", "block", "autoescape", "raw"})
_BRANCHES: Final = frozenset({"else", "elif"})
_EMPTIED: Final = re.compile(rb"(<w:(?:sdtContent|hyperlink)(?: [^>]*)?(?<!/)>)(</w:)")
_MARKED: Final = rb"\1<?hopdocs emptied?>\2"
"""What was empty in the template already is written without an end of its own, and stays; the rest is marked."""
_BLOCKS: Final = frozenset({f"{_W}p", f"{_W}tbl", f"{_W}sdt", f"{_W}customXml", f"{_W}altChunk"})
_WRAPPERS: Final = frozenset({f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml"})
_HOLDERS: Final = tuple(f"{_W}{name}" for name in ("hdr", "ftr", "footnote", "txbxContent"))
_TABLE: Final = f"{_W}tbl"
_CELL: Final = f"{_W}tc"
_PARAGRAPH: Final = f"{_W}p"


@lru_cache(maxsize=256)
def can_be_hollow(source: str) -> bool:
    """Whether any data could leave something hollow: asked once of a template's part, before anything is rendered.

    Each branch and body is looked at with those inside it left out. What holds enough then, holds enough whatever is
    shown; a block whose end is not found may leave out anything.
    """
    open_texts: list[list[str]] = [[]]
    at = 0
    for tag in _BLOCK_TAG.finditer(source):
        open_texts[-1].append(source[at : tag.start()])
        at, word = tag.end(), tag["word"]
        if word in _OPENING and not (word == "set" and "=" in tag[0]):
            open_texts.append([])
        elif word in _BRANCHES or word.startswith("end"):
            if len(open_texts) == 1 or may_be_hollow("".join(open_texts.pop())):
                return True
            if word in _BRANCHES:
                open_texts.append([])
    open_texts[-1].append(source[at:])
    return len(open_texts) > 1 or may_be_hollow("".join(open_texts[0]))


def may_be_hollow(text: str) -> bool:
    """Whether rendered text must be parsed to tell."""
    return bool(_MAY_BE_HOLLOW.search(text))


def fill_hollow(data: bytes) -> bytes:
    """The part with nothing hollow in it; the very same bytes where all is sound."""
    marked = _EMPTIED.sub(_MARKED, data)
    tree = etree.fromstring(marked, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    kept = {item for item in tree.iter(f"{_W}sdtContent", f"{_W}hyperlink") if len(item) == 0}
    # What is inside comes first: it may empty what is around.
    changes = [_settle(element, kept) for element in reversed(list(tree.iter("{*}*")))]
    return bytes(etree.tostring(tree, encoding="UTF-8", standalone=True)) if any(changes) else data


def _settle(element: etree._Element, kept: set[etree._Element]) -> bool:
    """Whether it was hollow."""
    tag = element.tag
    if tag == _TABLE:
        return not _has(element, f"{_W}tr") and _leave_out_table(element)
    if tag == f"{_W}tr":
        return not _has(element, _CELL) and _leave_out(element)
    if tag == f"{_W}sdt":
        content = element.find(f"{_W}sdtContent")
        return content is not None and content not in kept and _is_empty(content) and _leave_out(element)
    if tag == f"{_W}hyperlink":
        return element not in kept and _is_empty(element) and _leave_out(element)
    needs_paragraph = not _ends_in_paragraph(element) if tag == _CELL else tag in _HOLDERS and not _has_block(element)
    if needs_paragraph:
        etree.SubElement(element, _PARAGRAPH)
    return needs_paragraph


def _is_empty(element: etree._Element) -> bool:
    return next(element.iterchildren("*"), None) is None


def _has(element: etree._Element, tag: str) -> bool:
    """Whether such an element stands in it, in a content control or not."""
    return any(child.tag == tag or (child.tag in _WRAPPERS and _has(child, tag)) for child in element)


def _has_block(element: etree._Element) -> bool:
    return any(child.tag in _BLOCKS for child in element)


def _ends_in_paragraph(element: etree._Element) -> bool:
    blocks = [child for child in element if child.tag in _BLOCKS or child.tag in _WRAPPERS]
    if not blocks:
        return False
    last = blocks[-1]
    return last.tag == _PARAGRAPH or (last.tag in _WRAPPERS and _ends_in_paragraph(last))


def _leave_out_table(table: etree._Element) -> bool:
    """Between two tables a paragraph takes its place, or Word would show them as one."""
    before, after = table.getprevious(), table.getnext()
    if before is not None and after is not None and before.tag == after.tag == _TABLE:
        table.addprevious(etree.Element(_PARAGRAPH))
    return _leave_out(table)


def _leave_out(element: etree._Element) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    parent.remove(element)
    return True
