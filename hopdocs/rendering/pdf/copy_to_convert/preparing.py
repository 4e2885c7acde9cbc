"""What LibreOffice is given instead of a Word file: the same to see and to hear, in fewer steps.

The file that is handed out stays as it is. In the copy charts are vectors and decoration is named (`pictures`), and
what tables take from their styles stands in the tables (`table_styles`). With it goes what LibreOffice need not look
for in this document (`needs`). A file in which nothing is to be changed comes back as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from hopdocs.rendering.pdf.copy_to_convert.needs import ALL_NEEDS, Needs, find_needs
from hopdocs.rendering.pdf.copy_to_convert.table_styles import TableStyles
from hopdocs.rendering.pdf.pictures import prepare_story

_STORY: Final = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_STYLES: Final = "word/styles.xml"
_SETTINGS: Final = "word/settings.xml"
_XML: Final = (".xml", ".rels")


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
            styles = TableStyles.read(texts.get(_STYLES, b""), texts.get(_SETTINGS, b""))
            stories = {name: data for name, data in texts.items() if _STORY.fullmatch(name)}
            changed = {name: styles.resolve_in(prepare_story(data)) for name, data in stories.items()}
            needs = find_needs(texts)
            if changed == stories:
                return CopyToConvert(docx, needs)
            made = BytesIO()
            with ZipFile(made, "w") as copy:  # stored, not packed: it is read once, on this machine
                for item in package.infolist():
                    copy.writestr(item.filename, changed.get(item.filename) or package.read(item))
    except (BadZipFile, NotImplementedError, RuntimeError):  # broken, packed in another way, or locked
        return CopyToConvert(docx, ALL_NEEDS)
    return CopyToConvert(made.getvalue(), needs)
