"""One part of a docx, as it stands in the zip."""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass, replace
from lzma import LZMAError
from typing import Final
from zipfile import BadZipFile

UNREADABLE: Final = (
    *(BadZipFile, zlib.error, LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError),
)
"""What `ZipFile` raises of a file that is broken, locked, or packed in a way that Python does not know."""

_DECLARATION: Final = re.compile(r"""^\s*<\?xml\b[^>]*?\?>""")
_DECLARED: Final = re.compile(rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
_KNOWN: Final = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252", "utf-16", "utf-16-le", "utf-16-be"})
"""Encodings that real programs write. Rarer ones (UTF-7) would hide from whoever looks for dangers in the bytes."""
_UTF8: Final = "utf-8"


@dataclass(frozen=True, slots=True)
class ZipMember:
    """One part of a package, by its name inside the zip."""

    name: str
    data: bytes

    @property
    def is_xml(self) -> bool:
        """Whether it is one of the package's own XML parts."""
        return self.name.lower().endswith((".xml", ".rels"))


def read_as_utf8(member: ZipMember) -> ZipMember:
    """The same part with its XML in UTF-8, which docxtpl takes for granted; raises LookupError where nobody can tell.

    OPC allows UTF-16 as well (ECMA-376, part 2, 8.1.4), and some programs' converters write it.
    """
    if not member.is_xml:
        return member
    encoding = _find_encoding(member.data)
    if encoding == _UTF8:
        return member
    if encoding not in _KNOWN:
        raise LookupError(encoding)
    try:
        text = member.data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as err:
        raise LookupError(str(err)) from err
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return replace(member, data=_DECLARATION.sub(declaration, text, count=1).encode(_UTF8, "surrogatepass"))


def _find_encoding(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(b"<\0"):
        return "utf-16-le"
    if data.startswith(b"\0<"):
        return "utf-16-be"
    declared = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    return codecs.lookup(declared[1].decode("ascii", "replace")).name if declared else _UTF8
