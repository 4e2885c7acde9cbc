"""Tables that say for themselves what they take from their styles.

LibreOffice (7.4 and 25.2) works out a table's style anew for each of its cells and paragraphs: a third of the time in
which it loads a plan. A table whose borders, margins and shades stand in itself is drawn the same. So the reference to
the style goes, in the copy alone, and its formatting comes in its place, as LibreOffice resolves it
(writerfilter/source/dmapper/DomainMapperTableHandler.cxx). That is done where every bit of the style is known here: a
table with anything else in it, or in its style, keeps its reference.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Self

from lxml import etree

from hopdocs.rendering.pdf.copy_to_convert.reading import W, read_tree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def _rank(names: str) -> dict[str, int]:
    """Elements and their places in the order of the schema."""
    return {W + name: place for place, name in enumerate(names.split())}


_DEEPEST: Final = 10
"""Styles that a style is based on, one by one; more, or a ring, is nothing that Word wrote."""

_TABLE_RANKS: Final = _rank(
    "tblStyle bidiVisual tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription"
)
"""What a table may say of itself, in the order of the schema (ISO 29500-1, 17.4.59)."""
_CELL_RANKS: Final = _rank("tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark")
_MERGED: Final = {
    f"{W}tblBorders": _rank("top left bottom right insideH insideV"),
    f"{W}tblCellMar": _rank("top left bottom right"),
}
"""What a table takes from its style edge by edge."""
_SAYS_NOTHING: Final = _rank("name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat locked rsid")
_STYLES_TABLE: Final = {*_MERGED, *_rank("tblStyleRowBandSize tblStyleColBandSize tblInd")}
_STYLES_HEAD: Final = {f"{W}tcPr": _rank("shd"), f"{W}rPr": _rank("b bCs")}
_TABLE_PARTS: Final = _rank("tblPr tblGrid tr")
_ROW_PARTS: Final = _rank("trPr tc")
_FIRST_ROW_BIT: Final = 0x0020
_HEX: Final = re.compile(r"[0-9A-Fa-f]{4}")
_ON: Final = (None, "1", "true", "on")
_MODERN: Final = 15


@dataclass(frozen=True, slots=True)
class TableStyle:
    """A style's own words, with those of the styles that it is based on."""

    edges: Mapping[str, Mapping[str, etree._Element]]
    merged: Mapping[str, etree._Element]
    """The same as a table takes them that says nothing of its own."""
    indent: etree._Element | None
    shade: etree._Element | None
    first_shade: etree._Element | None
    is_first_bold: bool


@dataclass(slots=True)
class TableStyles:
    """The styles of one file, as far as they are known here."""

    tables: Mapping[str, etree._Element] = field(default_factory=dict)
    paragraphs: Mapping[str, etree._Element] = field(default_factory=dict)
    default_paragraph: str = ""
    _resolved: dict[str, TableStyle | None] = field(default_factory=dict)
    _bold: dict[str, bool] = field(default_factory=dict)

    @classmethod
    @lru_cache(maxsize=8)
    def read(cls, styles: bytes, settings: bytes) -> Self:
        """Those of a file's parts, which many files have in common.

        None are known of a file for an older Word, where tables take the size of letters otherwise.
        """
        tree, rules = read_tree(styles), read_tree(settings)
        if tree is None or rules is None or not _is_modern(rules) or tree.find(f".//{W}rPrDefault//{W}sz") is None:
            return cls()
        found: dict[str, dict[str, etree._Element]] = {"table": {}, "paragraph": {}}
        default = ""
        for style in tree.iterchildren(f"{W}style"):
            kind, name = style.get(f"{W}type", ""), style.get(f"{W}styleId", "")
            if kind in found and name in found[kind]:
                return cls()
            found.setdefault(kind, {})[name] = style
            if kind == "paragraph" and style.get(f"{W}default") in _ON[1:]:
                default = name
        return cls(found["table"], found["paragraph"], default)

    def resolve_in(self, story: etree._Element) -> bool:
        """Resolve every table of a document, header, footer or notes that can be; whether any could."""
        resolved = [self._resolve_table(table) for table in story.iter(f"{W}tbl")]
        return any(resolved)

    def _resolve_table(self, table: etree._Element) -> bool:
        properties = table.find(f"{W}tblPr")
        named = properties.find(f"{W}tblStyle") if properties is not None else None
        if properties is None or named is None or not _is_plain(table, properties):
            return False
        style = self._find(named.get(f"{W}val", ""))
        if style is None:
            return False
        rows = table.findall(f"{W}tr")
        has_head = bool(rows) and _has_head(properties)
        if has_head and style.is_first_bold and not self._is_bold(rows[0]):
            return False
        properties.remove(named)
        for name, edges in style.edges.items():
            own = properties.find(name)
            if own is not None:
                properties.remove(own)
                _insert(properties, _merge(name, {**edges, **{edge.tag: edge for edge in own}}), _TABLE_RANKS)
            elif edges:
                _insert(properties, deepcopy(style.merged[name]), _TABLE_RANKS)
        if style.indent is not None and properties.find(f"{W}tblInd") is None:
            _insert(properties, deepcopy(style.indent), _TABLE_RANKS)
        for number, row in enumerate(rows):
            shade = style.first_shade if has_head and number == 0 and style.first_shade is not None else style.shade
            if shade is not None:
                _shade_row(row, shade)
        return True

    def _find(self, name: str) -> TableStyle | None:
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> TableStyle | None:
        chain = _chain(self.tables, name)
        if not chain or not all(map(_is_known, chain)):
            return None
        edges: dict[str, dict[str, etree._Element]] = {name: {} for name in _MERGED}
        indent = shade = first_shade = None
        is_first_bold = False
        for style in reversed(chain):
            for group, own in edges.items():
                own.update({edge.tag: edge for edge in style.iterfind(f"{W}tblPr/{group}/*")})
            indent = _last(style.find(f"{W}tblPr/{W}tblInd"), indent)
            shade = _last(style.find(f"{W}tcPr/{W}shd"), shade)
            first_shade = _last(style.find(f"{W}tblStylePr/{W}tcPr/{W}shd"), first_shade)
            is_first_bold |= style.find(f"{W}tblStylePr/{W}rPr/{W}b") is not None
        merged = {group: _merge(group, own) for group, own in edges.items()}
        return TableStyle(edges, merged, indent, shade, first_shade, is_first_bold)

    def _is_bold(self, row: etree._Element) -> bool:
        """Whether each of its paragraphs is so by its own style: then the table's says nothing new."""
        for paragraph in row.iter(f"{W}p"):
            named = paragraph.find(f"{W}pPr/{W}pStyle")
            name = named.get(f"{W}val", "") if named is not None else self.default_paragraph
            if name not in self._bold:
                said = (style.find(f"{W}rPr/{W}b") for style in _chain(self.paragraphs, name))
                nearest = next((bold for bold in said if bold is not None), None)
                self._bold[name] = nearest is not None and nearest.get(f"{W}val") in _ON
            if not self._bold[name]:
                return False
        return True


def _is_modern(settings: etree._Element) -> bool:
    modes = [
        item.get(f"{W}val", "")
        for item in settings.iter(f"{W}compatSetting")
        if item.get(f"{W}name") == "compatibilityMode"
    ]
    return modes == [str(_MODERN)]


def _chain(styles: Mapping[str, etree._Element], name: str) -> list[etree._Element]:
    """A style and what it is based on, nearest first; empty if any of it is missing or it never ends."""
    found: list[etree._Element] = []
    while True:
        if name not in styles or len(found) == _DEEPEST:
            return []
        found.append(styles[name])
        based = styles[name].find(f"{W}basedOn")
        if based is None:
            return found
        name = based.get(f"{W}val", "")


def _is_known(style: etree._Element) -> bool:
    for part in style:
        match part.tag:
            case str(tag) if tag == f"{W}tblPr":
                is_known = _holds(part, _STYLES_TABLE) and _has_known_edges(part)
            case str(tag) if tag == f"{W}tcPr":
                is_known = _holds(part, _rank("shd"))
            case str(tag) if tag == f"{W}tblStylePr":
                is_known = part.get(f"{W}type") == "firstRow" and _is_known_head(part)
            case tag:
                is_known = tag in _SAYS_NOTHING
        if not is_known:
            return False
    return len(style.findall(f"{W}tblStylePr")) <= 1


def _is_known_head(part: etree._Element) -> bool:
    return all(_holds(one, _STYLES_HEAD.get(one.tag, {})) and one.tag in _STYLES_HEAD for one in part) and all(
        bold.get(f"{W}val") in _ON for bold in part.iterfind(f"{W}rPr/*")
    )


def _is_plain(table: etree._Element, properties: etree._Element) -> bool:
    """Whether it is a table of rows of cells, and nothing in it says what only its style could read."""
    if any(True for _ in table.iterancestors(f"{W}tbl")) or any(True for _ in table.iterdescendants(f"{W}tbl")):
        return False
    if not _holds(properties, _TABLE_RANKS) or not _has_known_edges(properties):
        return False
    if len({one.tag for one in properties}) != len(properties) or not _has_plain_look(properties):
        return False
    if not _holds(table, _TABLE_PARTS) or any(True for _ in table.iter(f"{W}cnfStyle")):
        return False
    rows = table.findall(f"{W}tr")
    if any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[1:]):
        return False
    return all(_holds(row, _ROW_PARTS) for row in rows) and all(
        _holds(cell, _CELL_RANKS) for cell in table.iterfind(f"{W}tr/{W}tc/{W}tcPr")
    )


def _has_known_edges(properties: etree._Element) -> bool:
    return all(_holds(group, edges) for name, edges in _MERGED.items() for group in properties.iterfind(name))


def _has_plain_look(properties: etree._Element) -> bool:
    """Whether it says in both of Word's ways, or in the older alone, if its first row is a head."""
    look = properties.find(f"{W}tblLook")
    if look is None or not _HEX.fullmatch(look.get(f"{W}val", "")):
        return False
    newer = look.get(f"{W}firstRow")
    return newer is None or (newer in _ON) is _has_head(properties)


def _has_head(properties: etree._Element) -> bool:
    look = properties.find(f"{W}tblLook")
    return look is not None and bool(int(look.get(f"{W}val", ""), 16) & _FIRST_ROW_BIT)


def _shade_row(row: etree._Element, shade: etree._Element) -> None:
    for cell in row.iterfind(f"{W}tc"):
        properties = cell.find(f"{W}tcPr")
        if properties is None:
            properties = etree.Element(f"{W}tcPr")
            cell.insert(0, properties)
        if properties.find(f"{W}shd") is None:
            _insert(properties, deepcopy(shade), _CELL_RANKS)


def _merge(name: str, edges: Mapping[str, etree._Element]) -> etree._Element:
    merged = etree.Element(name)
    merged.extend(deepcopy(edges[edge]) for edge in _MERGED[name] if edge in edges)
    return merged


def _insert(parent: etree._Element, child: etree._Element, ranks: Mapping[str, int]) -> None:
    place = ranks[child.tag]
    parent.insert(sum(ranks[one.tag] < place for one in parent), child)


def _holds(parent: etree._Element, tags: Collection[str]) -> bool:
    """Whether nothing else is in it, not even a comment."""
    return all(one.tag in tags for one in parent)


def _last(one: etree._Element | None, before: etree._Element | None) -> etree._Element | None:
    return one if one is not None else before
