"""What LibreOffice is given instead of a Word file: the same to see and to hear, in fewer steps.

The file that is handed out stays as it is. In the copy charts are vectors and decoration is named (`pictures`), what
tables take from their styles stands in the tables (`table_styles`), symbols are parted from words (`symbols`), and
styles that nothing names are left out (`unused_styles`). With it goes what LibreOffice has to look for in this document
all the same (`needs`). A file in which nothing is to be changed comes back as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from hopdocs.rendering.docx.zip_member import UNREADABLE
from hopdocs.rendering.pdf.copy_to_convert.needs import (
    ALL_NEEDS,
    Needs,
    find_needs,
    find_symbols,
    hides_words,
)
from hopdocs.rendering.pdf.copy_to_convert.reading import read_tree, write_tree
from hopdocs.rendering.pdf.copy_to_convert.symbols import find_plain, part_symbols
from hopdocs.rendering.pdf.copy_to_convert.table_styles import TableStyles
from hopdocs.rendering.pdf.copy_to_convert.unused_styles import leave_out_unused
from hopdocs.rendering.pdf.pictures import prepare_story

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from lxml import etree

_STORY: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_STYLES: Final = "word/styles.xml"
_SETTINGS: Final = "word/settings.xml"
_XML: Final = (".xml", ".rels")
_KERNED: Final = b"<w:kern "


@dataclass(frozen=True, slots=True)
class CopyToConvert:
    """A Word file for LibreOffice alone, and what is to be put right in it once it is loaded."""

    data: bytes
    needs: Needs


def prepare_copy(docx: bytes) -> CopyToConvert:
    """The copy to convert; what cannot be read as a Word file is left to LibreOffice to refuse."""
    try:
        with ZipFile(BytesIO(docx)) as package:
            texts = {name: package.read(name) for name in package.namelist() if name.endswith(_XML)}
            changed, needs = _change(texts)
            if not changed:
                return CopyToConvert(docx, needs)
            made = BytesIO()
            with ZipFile(made, "w") as copy:  # stored, not packed: it is read once, on this machine
                for item in package.infolist():
                    copy.writestr(item.filename, changed.get(item.filename) or package.read(item))
    except UNREADABLE:
        return CopyToConvert(docx, ALL_NEEDS)
    return CopyToConvert(made.getvalue(), needs)


def _change(texts: Mapping[str, bytes]) -> tuple[dict[str, bytes], Needs]:
    """What of a file's XML stands otherwise in the copy, and what the copy still needs."""
    needs, signed = find_needs(texts), find_symbols(texts)
    stories = {name: prepare_story(data) for name, data in texts.items() if _STORY.fullmatch(name)}
    styles = TableStyles.read(texts.get(_STYLES, b""), texts.get(_SETTINGS, b""))
    trees = {
        name: tree
        for name, data in stories.items()
        if (name in signed or b"tblStyle" in data) and (tree := read_tree(data)) is not None
    }
    plain = _find_plain(texts, stories, trees, signed)
    for name in plain:
        part_symbols(plain[name])
    for name, tree in trees.items():
        if styles.resolve_in(tree) or name in plain:
            stories[name] = write_tree(tree)
    if _STYLES in texts and not needs.links:
        copied = {**texts, **stories}
        stories[_STYLES] = leave_out_unused(copied.pop(_STYLES), copied.values())
    changed = {name: data for name, data in stories.items() if data != texts[name]}
    return changed, replace(needs, symbols=needs.symbols and not plain)


def _find_plain(
    texts: Mapping[str, bytes],
    stories: Mapping[str, bytes],
    trees: Mapping[str, etree._Element],
    signed: Collection[str],
) -> Mapping[str, list[etree._Element]]:
    """The texts with symbols by their story: all of a file's, or none, since a search would join what is parted."""
    if (
        not signed
        or not trees.keys() >= set(signed)
        or hides_words(texts)
        or any(_KERNED in text for text in texts.values())
    ):
        return {}
    found = {name: plain for name in signed if (plain := find_plain(trees[name], stories[name])) is not None}
    return found if len(found) == len(signed) else {}
