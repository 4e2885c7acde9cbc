"""The docx zip: read under limits, refused where it could do harm, written with the same bytes every time.

A template is opened once. What a document does not change is kept as one block of finished zip bytes, so that
writing a document is: that block, the few changed parts, the directory.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from hopdocs.rendering.faults import template_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.diagnostics import Diagnostic

MOST_MEMBERS = 2_000
MOST_BYTES = 128 * 1024 * 1024
MOST_MEMBER_BYTES = 64 * 1024 * 1024
MOST_RATIO = 200
"""A member that unpacks to more than this many times its packed size is a bomb; real WordprocessingML is 10-40."""
RATIO_APPLIES_FROM_BYTES = 1024 * 1024

DEFLATE_LEVEL = 1
"""Level 6 makes files 10 % smaller and every document a third slower; letters are 30 KB either way."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DOS_DATE = 0x21
"""1980-01-01, the zip format's own zero: no document carries the moment it was written."""
_UTF8_NAME = 0x800

_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"""\b(Type|Target|TargetMode)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_FIELD_TEXT = re.compile(rb"<w:instrText\b[^>]*>([^<]*)|\bw:instr=\"([^\"]*)\"")
_FETCHING_FIELD = re.compile(rb"^\s*(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """One part of a package, by its name inside the zip."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SealedBlock:
    """Members that no document changes, as finished zip bytes with their directory entries."""

    body: bytes
    directory: bytes
    count: int


def read_members(data: bytes, template: str) -> tuple[list[Member], list[Diagnostic]]:
    """Every member of a docx, counted while it is unpacked, and what is wrong with the package.

    Sizes in a zip's directory are only claims, so the limits hold for what really comes out.
    """
    members: list[Member] = []
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
                members.append(Member(entry.filename, content))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as err:
        return [], [template_fault("HD300", template, reason=str(err) or type(err).__name__)]
    return members, find_dangers(members, template)


def find_dangers(members: Iterable[Member], template: str) -> list[Diagnostic]:
    """What a letter template never needs and a converter could be lured by.

    External images, linked objects and attached templates make a program fetch (CVE-2026-42591, CVE-2026-55229);
    macros run; OLE objects are programs' private data that nobody can review in Word. Links to web pages are fine:
    nothing is fetched before a person clicks.
    """
    found: list[Diagnostic] = []
    names = set()
    for member in members:
        if member.name in names:
            found.append(template_fault("HD300", template, reason=f"{member.name} ×2"))
        names.add(member.name)
        lowered = member.name.lower()
        if lowered.endswith("vbaproject.bin") or (lowered == "[content_types].xml" and b"macroEnabled" in member.data):
            found.append(template_fault("HD303", template, place=member.name, what="VBA"))
        if lowered.endswith((".xml", ".rels")):
            if b"<!DOCTYPE" in member.data or b"<!ENTITY" in member.data:
                found.append(template_fault("HD300", template, place=member.name, reason="DOCTYPE"))
            found.extend(_find_fetching_fields(member, template))
        if lowered.endswith(".rels"):
            found.extend(_find_outward_relations(member, template))
    return found


def _find_fetching_fields(member: Member, template: str) -> list[Diagnostic]:
    if b"instr" not in member.data:
        return []
    found = []
    for match in _FIELD_TEXT.finditer(member.data):
        field = _FETCHING_FIELD.match(match[1] or match[2] or b"")
        if field:
            what = f"{field[1].decode().upper()}"
            found.append(template_fault("HD302", template, place=member.name, what=what, target=""))
    return found


def _find_outward_relations(member: Member, template: str) -> list[Diagnostic]:
    found = []
    for relationship in _RELATIONSHIP.findall(member.data):
        attributes = {
            key.decode(): (one or two).decode("utf-8", "replace") for key, one, two in _ATTRIBUTE.findall(relationship)
        }
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        if attributes.get("TargetMode") == "External" and kind != "hyperlink":
            target = attributes.get("Target", "")
            found.append(template_fault("HD302", template, place=member.name, what=kind, target=target))
        elif kind in {"oleObject", "vbaProject", "control"}:
            found.append(template_fault("HD303", template, place=member.name, what=kind))
    return found


def seal_members(members: Iterable[Member]) -> SealedBlock:
    """Pack what never changes, once."""
    body = bytearray()
    directory = bytearray()
    count = 0
    for member in members:
        local, central = _pack(member.name.encode(), member.data, len(body), 9)
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


def _pack(name: bytes, data: bytes, offset: int, level: int) -> tuple[bytes, bytes]:
    """A member's local record and its directory entry (APPNOTE 4.3.7 and 4.3.12)."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    check = zlib.crc32(data)
    flags = 0 if name.isascii() else _UTF8_NAME
    local = _LOCAL.pack(b"PK\3\4", 20, flags, 8, 0, _DOS_DATE, check, len(packed), len(data), len(name), 0)
    central = _CENTRAL.pack(
        b"PK\1\2", 20, 0, 20, 0, flags, 8, 0, _DOS_DATE, check, len(packed), len(data), len(name), 0, 0, 0, 0, 0, offset
    )
    return local + name + packed, central + name
