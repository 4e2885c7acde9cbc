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
_BOLDS: Final = (f"{W}b", f"{W}bCs")
"""Of letters, and of those that are written from right to left."""
_TABLE_PARTS: Final = _rank("tblPr tblGrid tr")
_ROW_PARTS: Final = _rank("trPr tc")
_ROW_SAYS: Final = _rank("cantSplit trHeight tblHeader jc")
_BESIDE: Final = (None, *_rank("p sectPr"))
"""What stands before and after a table that LibreOffice joins to no other."""
_PLAIN_SHADE: Final = {f"{W}val": re.compile("clear"), f"{W}fill": re.compile("[0-9A-Fa-f]{6}")}
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
    first_bold: frozenset[str]
    """Which of `_BOLDS`."""


@dataclass(slots=True)
class TableStyles:
    """The styles of one file, as far as they are known here."""

    tables: Mapping[str, etree._Element] = field(default_factory=dict)
    paragraphs: Mapping[str, etree._Element] = field(default_factory=dict)
    default_paragraph: str = ""
    is_turned: bool = False
    """Whether there is a style of paragraphs that are written from right to left."""
    _resolved: dict[str, TableStyle | None] = field(default_factory=dict)
    _bold: dict[tuple[str, str], bool] = field(default_factory=dict)

    @classmethod
    @lru_cache(maxsize=8)
    def read(cls, styles: bytes, settings: bytes) -> Self:
        """Those of a file's parts, which many files have in common.

        None are known of a file for an older Word, or whose usual paragraphs say a size of their own, where tables take
        the size of letters otherwise.
        """
        tree, rules = read_tree(styles), read_tree(settings)
        if tree is None or rules is None or not _is_modern(rules) or tree.find(f".//{W}rPrDefault//{W}sz") is None:
            return cls()
        found: dict[str, dict[str, etree._Element]] = {"table": {}, "paragraph": {}}
        default = ""
        for style in tree.iterchildren(f"{W}style"):
            kind, name = style.get(f"{W}type", ""), style.get(f"{W}styleId", "")
            if any(name in others for others in found.values()):
                return cls()
            found.setdefault(kind, {})[name] = style
            if kind == "paragraph" and style.get(f"{W}default") in _ON[1:]:
                default = name
        usual = _chain(found["paragraph"], default)
        if not _is_over_tables(rules) and any(style.find(f"{W}rPr/{W}sz") is not None for style in usual):
            return cls()
        is_turned = any(style.find(f"{W}pPr/{W}bidi") is not None for style in found["paragraph"].values())
        return cls(found["table"], found["paragraph"], default, is_turned)

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
        rows = table.findall(f"{W}tr")
        has_head = bool(rows) and _has_head(properties)
        if (
            style is None
            or self._may_be_turned(table, properties)
            or (has_head and not all(self._is_bold(rows[0], bold) for bold in style.first_bold))
            or not _has_plain_shades(table)
        ):
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
        first_bold: set[str] = set()
        for style in reversed(chain):
            for group, own in edges.items():
                own.update({edge.tag: edge for edge in style.iterfind(f"{W}tblPr/{group}/*")})
            indent = _last(style.find(f"{W}tblPr/{W}tblInd"), indent)
            own_shade = style.find(f"{W}tcPr/{W}shd")
            if own_shade is not None and first_shade is not None:  # which of them is seen, LibreOffice decides
                return None
            shade = _last(own_shade, shade)
            first_shade = _last(style.find(f"{W}tblStylePr/{W}tcPr/{W}shd"), first_shade)
            first_bold |= {bold.tag for bold in style.iterfind(f"{W}tblStylePr/{W}rPr/*")}
        merged = {group: _merge(group, own) for group, own in edges.items()}
        return TableStyle(edges, merged, indent, shade, first_shade, frozenset(first_bold))

    def _may_be_turned(self, table: etree._Element, properties: etree._Element) -> bool:
        """Whether LibreOffice might turn it round for its words, which it does without a style alone."""
        is_said = properties.find(f"{W}bidiVisual") is not None
        return not is_said and (self.is_turned or any(True for _ in table.iter(f"{W}bidi")))

    def _is_bold(self, row: etree._Element, bold: str) -> bool:
        """Whether each of its paragraphs is so by its own style: then the table's says nothing new."""
        for paragraph in row.iter(f"{W}p"):
            named = paragraph.find(f"{W}pPr/{W}pStyle")
            name = named.get(f"{W}val", "") if named is not None else self.default_paragraph
            if (name, bold) not in self._bold:
                said = (style.find(f"{W}rPr/{bold}") for style in _chain(self.paragraphs, name))
                nearest = next((one for one in said if one is not None), None)
                self._bold[name, bold] = nearest is not None and nearest.get(f"{W}val") in _ON
            if not self._bold[name, bold]:
                return False
        return True


def _is_modern(settings: etree._Element) -> bool:
    return _find_rules(settings, "compatibilityMode") == [str(_MODERN)]


def _is_over_tables(settings: etree._Element) -> bool:
    """Whether the size of its usual paragraphs goes before that of a table, always."""
    return _find_rules(settings, "overrideTableStyleFontSizeAndJustification") == ["1"]


def _find_rules(settings: etree._Element, name: str) -> list[str]:
    found = settings.iter(f"{W}compatSetting")
    return [item.get(f"{W}val", "") for item in found if item.get(f"{W}name") == name]


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
                is_known = _holds(part, _rank("shd")) and all(map(_is_plain_shade, part))
            case str(tag) if tag == f"{W}tblStylePr":
                is_known = part.get(f"{W}type") == "firstRow" and _is_known_head(part)
            case tag:
                is_known = tag in _SAYS_NOTHING
        if not is_known:
            return False
    return len(style.findall(f"{W}tblStylePr")) <= 1


def _is_known_head(part: etree._Element) -> bool:
    return (
        all(_holds(one, _STYLES_HEAD.get(one.tag, {})) and one.tag in _STYLES_HEAD for one in part)
        and all(bold.get(f"{W}val") in _ON for bold in part.iterfind(f"{W}rPr/*"))
        and all(map(_is_plain_shade, part.iterfind(f"{W}tcPr/*")))
    )


def _is_plain(table: etree._Element, properties: etree._Element) -> bool:
    """Whether it is a table of rows of cells, and nothing in it says what only its style could read."""
    if not _stands_alone(table):
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
    return (
        all(_holds(row, _ROW_PARTS) for row in rows)
        and all(_holds(said, _ROW_SAYS) for said in table.iterfind(f"{W}tr/{W}trPr"))
        and all(_holds(cell, _CELL_RANKS) for cell in table.iterfind(f"{W}tr/{W}tc/{W}tcPr"))
    )


def _stands_alone(table: etree._Element) -> bool:
    """Whether no other table is around or in it, or may touch it: LibreOffice makes one of two without a style."""
    if any(True for _ in table.iterancestors(f"{W}tbl")) or any(True for _ in table.iterdescendants(f"{W}tbl")):
        return False
    beside = (table.getprevious(), table.getnext())
    parent = table.getparent()
    is_in_control = parent is not None and parent.tag == f"{W}sdtContent"
    return all((one.tag if one is not None else None) in _BESIDE for one in beside) and (
        not is_in_control or None not in beside
    )


def _has_plain_shades(table: etree._Element) -> bool:
    """Whether a shade that a cell has of its own is one: what says only that there is none hides no style's."""
    return all(map(_is_plain_shade, table.iterfind(f"{W}tr/{W}tc/{W}tcPr/{W}shd")))


def _is_plain_shade(shade: etree._Element) -> bool:
    return all(said.fullmatch(shade.get(name, "")) for name, said in _PLAIN_SHADE.items())


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
