"""What somebody hears who has a PDF read aloud: `python -m tools.heard FILE.pdf …` prints it, tag by tag.

The structure in its order, each element as what the standard types make of it (ISO 32000-1, 14.8), with the words that
stand on the page for it. Reads fonts as LibreOffice embeds them: one byte a letter, and a table to Unicode.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pypdf import PdfReader
from pypdf.generic import ByteStringObject, ContentStream, TextStringObject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CODES: Final = re.compile(r"<([0-9A-Fa-f]{2})> *<((?:[0-9A-Fa-f]{4})+)>(?! *<)")
_RANGES: Final = re.compile(r"<([0-9A-Fa-f]{2})> *<([0-9A-Fa-f]{2})> *<([0-9A-Fa-f]{4})>")


@dataclass(frozen=True, slots=True)
class Heard:
    """One element: how deep it lies, what it is, and what is said of it."""

    depth: int
    role: str
    words: str
    scope: str = ""

    def __str__(self) -> str:
        scope = f" ({self.scope.lower()})" if self.scope else ""
        return f"{'  ' * self.depth}{self.role}{scope}{f': {self.words}' if self.words else ''}"


def hear(pdf: bytes) -> list[Heard]:
    """All of it, from the beginning."""
    reader = PdfReader(BytesIO(pdf))
    words = {page.indirect_reference: _read_page(page, reader) for page in reader.pages}
    root: Any = reader.root_object["/StructTreeRoot"]
    return list(_walk(root["/K"], root.get("/RoleMap", {}), words, 0))


def _walk(
    element: Any, roles: Mapping[str, str], words: Mapping[Any, Mapping[int, str]], depth: int
) -> Iterator[Heard]:
    found = element.get_object()
    if isinstance(found, list):
        for one in found:
            yield from _walk(one, roles, words, depth)
        return
    if not hasattr(found, "get") or "/S" not in found:
        return
    kids = found.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    page = found.raw_get("/Pg") if "/Pg" in found else None
    own = "".join(_words_of(kid.get_object(), page, words) for kid in kids)
    role = str(found["/S"])
    said = str(found.get("/Alt", own))
    yield Heard(depth, str(roles.get(role, role)).lstrip("/"), said, _scope_of(found))
    for kid in kids:
        yield from _walk(kid, roles, words, depth + 1)


def _words_of(kid: Any, page: Any, words: Mapping[Any, Mapping[int, str]]) -> str:
    """What a mark on a page stands for: its number, or a reference to one on another page."""
    if isinstance(kid, int):
        return words[page].get(kid, "")
    if hasattr(kid, "get") and kid.get("/Type") == "/MCR":
        return words[kid.raw_get("/Pg") if "/Pg" in kid else page].get(kid["/MCID"], "")
    return ""


def _scope_of(element: Any) -> str:
    attributes = element.get("/A", [])
    attributes = attributes if isinstance(attributes, list) else [attributes]
    scopes = [str(one.get_object().get("/Scope", "")).lstrip("/") for one in attributes]
    return "".join(scopes)


def _read_page(page: Any, reader: PdfReader) -> dict[int, str]:
    """The words of each mark, in the order in which they are drawn."""
    fonts = {name: _letters_of(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    found: dict[int, str] = {}
    marks: list[int | None] = []
    letters: Mapping[int, str] = {}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            number = properties.get("/MCID") if hasattr(properties, "get") else None
            marks.append(number if number is not None else marks[-1] if marks else None)
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            letters = fonts.get(operands[0], {})
        elif operator in (b"Tj", b"TJ") and marks and marks[-1] is not None:
            found[marks[-1]] = found.get(marks[-1], "") + _decode(operands[0], letters)
    return found


def _decode(shown: Any, letters: Mapping[int, str]) -> str:
    pieces = shown if isinstance(shown, list) else [shown]
    texts = [one for one in pieces if isinstance(one, TextStringObject | ByteStringObject)]
    codes = b"".join(one.original_bytes for one in texts)
    return "".join(letters.get(code, "\N{REPLACEMENT CHARACTER}") for code in codes)


def _letters_of(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {code: chr(code) for code in range(256)}
    table = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    letters = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in _CODES.findall(table)}
    for first, last, text in _RANGES.findall(table):
        begin, end, letter = (int(number, 16) for number in (first, last, text))
        letters |= {code: chr(letter + code - begin) for code in range(begin, end + 1)}
    return letters


def main() -> None:
    """Print each file that is named."""
    for name in sys.argv[1:]:
        print(name, *hear(Path(name).read_bytes()), sep="\n")  # noqa: T201 - what it is for


if __name__ == "__main__":
    main()
