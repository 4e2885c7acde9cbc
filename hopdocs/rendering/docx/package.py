"""The docx zip: read under limits, refused where it could do harm, written with the same bytes every time.

A template is opened once. What a document does not change is kept as one block of finished zip bytes, so that
writing a document is: that block, the few changed parts, the directory.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from hopdocs.rendering.docx.dangers import find_dangers, find_foreign_kind
from hopdocs.rendering.docx.zip_member import UNREADABLE, ZipMember
from hopdocs.rendering.faults import template_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.diagnostics import Diagnostic

MOST_MEMBERS = 2_000
MOST_BYTES = 128 * 1024 * 1024
MOST_MEMBER_BYTES = 64 * 1024 * 1024
MOST_RATIO = 200
"""A member that unpacks to more than this many times its packed size is a bomb; real WordprocessingML is 10-40."""
RATIO_APPLIES_FROM_BYTES = 16 * 1024 * 1024
"""Below this no ratio does harm; the picture (EMF) that Word keeps of an embedded sheet is megabytes of nothing."""

DEFLATE_LEVEL = 1
"""Level 6 makes files 10 % smaller and every document a third slower; letters are 30 KB either way."""

SMALL_BYTES = 4096
"""Headers, footers and properties are alike in many documents, and zlib takes longer to begin than to pack them."""

_CORE_PROPERTIES = "docProps/core.xml"

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DOS_DATE = 0x21
"""1980-01-01, the zip format's own zero: no document carries the moment it was written."""
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class SealedBlock:
    """Members that no document changes, as finished zip bytes with their directory entries."""

    body: bytes
    directory: bytes
    count: int


def read_members(data: bytes, template: str) -> tuple[list[ZipMember], list[Diagnostic]]:
    """Every member of a docx, counted while it is unpacked, and what is wrong with the package.

    Sizes in a zip's directory are only claims, so the limits hold for what really comes out.
    """
    foreign = find_foreign_kind(data)
    if foreign:
        return [], [template_fault("HD313", template, kind=foreign)]
    members: list[ZipMember] = []
    total = 0
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_MEMBERS:
                return [], [template_fault("HD301", template, what=f"{len(entries)} > {MOST_MEMBERS}")]
            for entry in entries:
                if entry.is_dir():
                    continue
                with archive.open(entry) as stream:
                    content = stream.read(min(MOST_MEMBER_BYTES, MOST_BYTES - total) + 1)
                total += len(content)
                ratio = len(content) / max(entry.compress_size, 1)
                if (
                    len(content) > MOST_MEMBER_BYTES
                    or total > MOST_BYTES
                    or (len(content) > RATIO_APPLIES_FROM_BYTES and ratio > MOST_RATIO)
                ):
                    return [], [template_fault("HD301", template, what=entry.filename)]
                member = ZipMember(entry.filename, content)
                if not _is_written_again(member, members):
                    members.append(member)
    except UNREADABLE as err:
        return [], [template_fault("HD300", template, reason=str(err) or type(err).__name__)]
    return members, find_dangers(members, template)


def _is_written_again(member: ZipMember, before: list[ZipMember]) -> bool:
    """Whether a part stands twice and says nothing new: all the same, or python-docx's own properties.

    docxtpl's users have such files: LibreOffice relates the properties in its own way, so python-docx does not find
    them and writes some of its own beside. Any other part that stands twice is two files in one.
    """
    return any(
        other.name == member.name and (other.data == member.data or member.name == _CORE_PROPERTIES) for other in before
    )


def repeats_parts(data: bytes) -> bool:
    """Whether a part stands twice in a docx, so that what reads it by name takes the other one."""
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
    return len(set(names)) < len(names)


def seal_members(members: Iterable[ZipMember], level: int = 9) -> SealedBlock:
    """Pack what never changes, once."""
    body = bytearray()
    directory = bytearray()
    count = 0
    for member in members:
        local, central = _pack(member.name.encode(), member.data, len(body), level)
        body += local
        directory += central
        count += 1
    return SealedBlock(bytes(body), bytes(directory), count)


def write_package(sealed: SealedBlock, changed: Mapping[str, bytes]) -> bytes:
    """A whole docx: the sealed block, then the changed parts in the order given."""
    chunks = [sealed.body]
    directory = [sealed.directory]
    offset = len(sealed.body)
    for name, data in changed.items():
        local, central = _pack(name.encode(), data, offset, DEFLATE_LEVEL)
        chunks.append(local)
        directory.append(central)
        offset += len(local)
    count = sealed.count + len(changed)
    size = sum(map(len, directory))
    chunks += directory
    chunks.append(_END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0))
    return b"".join(chunks)


def write_members(members: Iterable[ZipMember]) -> bytes:
    """A docx of these members, the same bytes whenever it is written."""
    return write_package(seal_members(members), {})


def write_unpacked(members: Iterable[ZipMember]) -> bytes:
    """The same as large as its members are: for a file that is only opened again."""
    return write_package(seal_members(members, 0), {})


def _deflate(data: bytes, level: int) -> tuple[bytes, int]:
    """A member's bytes as the zip holds them, and their checksum."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush(), zlib.crc32(data)


_deflate_small = lru_cache(256)(_deflate)


def _pack(name: bytes, data: bytes, offset: int, level: int) -> tuple[bytes, bytes]:
    """A member's local record and its directory entry (APPNOTE 4.3.7 and 4.3.12)."""
    packed, check = (_deflate_small if len(data) <= SMALL_BYTES else _deflate)(data, level)
    flags = 0 if name.isascii() else _UTF8_NAME
    local = _LOCAL.pack(b"PK\3\4", 20, flags, 8, 0, _DOS_DATE, check, len(packed), len(data), len(name), 0)
    central = _CENTRAL.pack(
        b"PK\1\2", 20, 0, 20, 0, flags, 8, 0, _DOS_DATE, check, len(packed), len(data), len(name), 0, 0, 0, 0, 0, offset
    )
    return local + name + packed, central + name
