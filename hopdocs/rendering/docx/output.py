"""From rendered text to a part's bytes: docxtpl's rules after rendering, each only where it has something to do."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from lxml import etree

from hopdocs.rendering.docx.hollow import can_be_hollow, fill_hollow, may_be_hollow
from hopdocs.rendering.docx.package import SMALL_BYTES
from hopdocs.rendering.docx.tables import repair_tables
from hopdocs.rendering.faults import EXCERPT_CHARACTERS, RefusedOperationError
from hopdocs.rendering.sandbox.work_limits import LONGEST_PART

if TYPE_CHECKING:
    from re import Match

    from hopdocs.rendering.docx.preparation import PartSource

FIRST_DRAWING_ID: Final = 1001
"""Where docxtpl begins to number drawings anew (a loop would repeat their ids)."""

_ANY_TAG: Final = re.compile(r"<[^>]*>?")
_PARAGRAPH: Final = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BOX_END: Final = "</w:txbxContent>"
_BOX: Final = re.compile(r"<w:txbxContent>(?:(?!<w:txbxContent>).)*?</w:txbxContent>", re.DOTALL)
_BOX_PLACE: Final = re.compile(r"<hopdocs-box(\d+)/>")
_LAYOUT_CHARACTERS: Final = ("\n", "\t", "\a", "\f")
_LOOKS: Final = re.compile(r"<w:[pr]Pr>.*?</w:[pr]Pr>", re.DOTALL)
_MANY_BREAKS: Final = 100
"""From here on it is asked how much a paragraph's breaks come to: each repeats the looks of its run or paragraph."""
_DRAWING_ID: Final = re.compile(r'(<wp:docPr\b(?:\s[^>]*?)?\sid=")[^"]*(")')
_DRAWING: Final = re.compile(r"<[\w.-]+:docPr\b")
_BLANKS_BETWEEN_TAGS: Final = re.compile(r">[ \t\r\n]+<(?!/w:t>)")
_DRAWING_TAG: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TAG_OR_BLOCK: Final = re.compile(
    r"<(?P<close>/?)w:(?P<tag>tbl|tr|tc)(?=[ >/])[^>]*?(?P<empty>/?)>|<w:gridCol\b|"
    r'<w:gridSpan\b[^>]*?w:val="(?P<span>[^"]*)"|{%-?\+?\s*(?P<word>\w+)'
)
_OPENING: Final = frozenset({"for", "if", "macro", "call", "filter", "with", "set", "block", "autoescape", "raw"})


class BrokenMarkupError(Exception):
    """Rendering gave something that is not XML. `after` is the text just before the place."""

    def __init__(self, reason: str, after: str = "") -> None:
        super().__init__(reason)
        self.after = after


def finish_text(part: PartSource, text: str) -> str:
    """Apply docxtpl's rules on text: line breaks, tabs and page breaks in values, and drawing ids."""
    text = resolve_layout(text)
    if part.is_body and "<wp:docPr" in text:
        text = _renumber_drawings(text)
    return text


def resolve_layout(text: str) -> str:
    """Line breaks, tabs and page breaks in values as Word has them.

    docxtpl takes the first end of a paragraph for its own, so what stands behind a text box would be passed over: the
    innermost boxes are put aside, resolved for themselves, and put back.
    """
    if not any(character in text for character in _LAYOUT_CHARACTERS):
        return text
    boxes: list[str] = []

    def put_aside(match: Match[str]) -> str:
        boxes.append(_PARAGRAPH.sub(_resolve_paragraph, match[0]))
        return f"<hopdocs-box{len(boxes) - 1}/>"

    count = 1 if _BOX_END in text else 0
    while count:
        text, count = _BOX.subn(put_aside, text)
    text = _PARAGRAPH.sub(_resolve_paragraph, text)
    while boxes and _BOX_PLACE.search(text):
        text = _BOX_PLACE.sub(lambda match: boxes[int(match[1])], text)
    return text


def _resolve_paragraph(match: Match[str]) -> str:
    paragraph = match[0]
    count = sum(map(paragraph.count, _LAYOUT_CHARACTERS))
    if not count:
        return paragraph
    if count > _MANY_BREAKS:
        looks = max((len(look) for look in _LOOKS.findall(paragraph)), default=0)
        if count * (looks + _MANY_BREAKS) > LONGEST_PART:
            raise RefusedOperationError(f"> {count} \\n, \\t")
    return str(DocxTemplate.resolve_listing(None, paragraph))


def _renumber_drawings(text: str) -> str:
    number = FIRST_DRAWING_ID - 1

    def renumber(match: Match[str]) -> str:
        nonlocal number
        number += 1
        return f"{match[1]}{number}{match[2]}"

    return _DRAWING_ID.sub(renumber, text)


def serialize_part(part: PartSource, text: str, *, repair_tree: bool, check_output: bool) -> bytes:
    """The part's bytes, well-formed for certain unless the caller has switched the check off.

    Raises BrokenMarkupError.
    """
    if part.drops_blanks and _BLANKS_BETWEEN_TAGS.search(text):
        try:  # docxtpl loads headers with a parser that drops blanks between tags
            text = etree.tostring(parse_xml(text.encode()), encoding="unicode")
        except etree.XMLSyntaxError as err:
            raise BrokenMarkupError(str(err)) from err
    data = f"{part.prefix}{text}{part.suffix}".encode("utf-8", "ignore")
    is_hollow = can_be_hollow(part.source) and may_be_hollow(text)
    if check_output or repair_tree or is_hollow:
        check_well_formed(data)
    if is_hollow:
        data = fill_hollow(data)
    return repair_structure(data) if repair_tree else data


def repair_structure(data: bytes) -> bytes:
    """What docxtpl repairs in the parsed document: column counts of tables, ids of drawings."""
    tree = repair_tables(data)
    for number, drawing in enumerate(tree.iterfind(f".//{_DRAWING_TAG}"), FIRST_DRAWING_ID):
        drawing.set("id", str(number))
    return bytes(etree.tostring(tree, encoding="UTF-8", standalone=True))


def _parse(data: bytes) -> None:
    expat.ParserCreate(namespace_separator=" ").Parse(data, True)  # noqa: FBT003 - expat takes it by position only


_parse_small = lru_cache(256)(_parse)


def check_well_formed(data: bytes) -> None:
    """Parse without recovery: what a lenient parser repairs, it repairs by leaving text out."""
    try:
        (_parse_small if len(data) <= SMALL_BYTES else _parse)(data)
    except expat.ExpatError as err:
        reason = expat.ErrorString(err.code)
        raise BrokenMarkupError(reason, _text_before(data, err.lineno, err.offset)) from err


def _text_before(data: bytes, line: int, column: int) -> str:
    """The end of the visible text before a place, whole words."""
    lines = data.decode("utf-8", "ignore").split("\n")
    before = "\n".join([*lines[: line - 1][-50:], lines[line - 1][:column]])
    text = unescape(" ".join(_ANY_TAG.sub(" ", before).split()))
    return text if len(text) <= EXCERPT_CHARACTERS else "…" + text[-EXCERPT_CHARACTERS:].partition(" ")[2]


def needs_tree(source: str) -> bool:
    """Whether rendered text must be parsed to be repaired: it has odd tables, or drawings without an id."""
    return not _drawings_have_ids(source) or _tables_may_change(source)


def _tables_may_change(source: str) -> bool:
    """Whether a table of this part may come out with other columns than its grid says.

    docxtpl looks at every table of every document. It changes nothing if every row fills the grid exactly and
    at least one row stands outside every block, so that the table cannot come out empty; that can be read from the
    template. Loops over cells, `colspan` and `hm` change rows, and so does a block that begins inside one.
    """
    scan = _TableScan()
    return any(not scan.accepts(match) for match in _TAG_OR_BLOCK.finditer(source)) or bool(scan.tables)


class _TableScan:
    """The tables open at a place, with their rows, and how deep in blocks each began."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self.depth = 0

    def accepts(self, match: Match[str]) -> bool:
        word = match["word"]
        if word is not None:
            self._enter_or_leave(word, match)
            return True
        table = self.tables[-1] if self.tables else None
        if match["tag"] == "tbl":
            if not match["close"]:
                self.tables.append(_Table(self.depth))
                return not match["empty"]
            closed = self.tables.pop() if self.tables else None
            if closed is None or closed.depth != self.depth or not closed.is_sound():
                return False
            # A nested table's rows count as rows of the outer table too (docxtpl iterates descendants).
            return not self.tables or closed.columns <= self.tables[-1].columns
        if table is None:
            return match["tag"] is None
        return table.accepts(match, self.depth)

    def _enter_or_leave(self, word: str, match: Match[str]) -> None:
        if word.startswith("end"):
            self.depth -= 1
        elif word == "set":
            end = match.string.find("%}", match.end())
            self.depth += "=" not in match.string[match.end() : end]
        elif word in _OPENING:
            self.depth += 1


class _Table:
    def __init__(self, depth: int) -> None:
        self.depth = depth
        self.columns = 0
        self.cells = 0
        self.row_depth = depth
        self.has_certain_row = False

    def accepts(self, match: Match[str], depth: int) -> bool:
        tag, closing = match["tag"], bool(match["close"])
        if match["span"] is not None:
            if not match["span"].isdigit():
                return False
            self.cells += int(match["span"]) - 1
        elif tag is None:
            self.columns += 1
        elif tag == "tr" and not closing:
            self.cells, self.row_depth = 0, depth
        elif tag == "tr":
            self.has_certain_row |= depth == self.depth
            return self.cells == self.columns and depth == self.row_depth
        elif tag == "tc" and not closing and not match["empty"]:
            self.cells += 1
            return depth == self.row_depth
        return True

    def is_sound(self) -> bool:
        return self.has_certain_row and self.columns > 0


def _drawings_have_ids(source: str) -> bool:
    return len(_DRAWING.findall(source)) == len(_DRAWING_ID.findall(source))
