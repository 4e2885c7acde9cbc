"""What a letter template never needs, and a reader or converter could be lured by.

External images and linked objects make a program fetch (CVE-2026-42591, CVE-2026-55229); macros run; OLE objects are
programs' private data that nobody can review in Word. Links to web pages are fine: nothing is fetched before a person
clicks. The parts are parsed, since a character reference or another prefix would hide a word from a search.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.rendering.docx.zip_member import ZipMember, read_as_utf8
from hopdocs.rendering.faults import template_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.diagnostics import Diagnostic

SETTINGS_RELATIONS: Final = "settings.xml.rels"
ATTACHED_TEMPLATE: Final = "attachedTemplate"
MAIL_MERGE: Final = frozenset({"mailMergeSource", "mailMergeHeaderSource", "mailMergeRecipientData", "recipientData"})
"""What a mail merge leaves in the settings: where its data are, and whom it was for."""

_FETCHING_FIELD: Final = re.compile(
    r"^\s*(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|DDEAUTO|DDE|LINK|IMPORT|RD)\b", re.IGNORECASE
)
_PROGRAMS: Final = frozenset({"oleObject", "vbaProject", "control"})
_FOREIGN_STARTS: Final = (
    (b"\xd0\xcf\x11\xe0", "Word 97–2003 (.doc)"),
    (b"{\\rtf", "RTF"),
    (b"%PDF", "PDF"),
)
_FOREIGN_CONTENT: Final = (
    (b"wordprocessingml.template.main+xml", "Word Template (.dotx)"),
    (b"spreadsheetml.sheet.main+xml", "Excel (.xlsx)"),
    (b"presentationml.presentation.main+xml", "PowerPoint (.pptx)"),
    (b"opendocument", "OpenDocument (.odt)"),
)


def find_foreign_kind(data: bytes) -> str:
    """What a file is that calls itself .docx and is not even a zip; nothing if that cannot be told."""
    return next((kind for start, kind in _FOREIGN_STARTS if data.startswith(start)), "")


def find_dangers(members: Iterable[ZipMember], template: str) -> list[Diagnostic]:
    """Everything in the package for which the template is refused."""
    found: list[Diagnostic] = []
    seen: dict[str, ZipMember] = {}
    for written in members:
        if seen.setdefault(written.name, written) is not written:
            found.append(template_fault("HD300", template, reason=f"{written.name} ×2"))
        try:
            member = read_as_utf8(written)
        except LookupError as err:
            found.append(template_fault("HD300", template, place=written.name, reason=str(err)))
            continue
        found.extend(_find_in_member(member, template))
    return found


def _find_in_member(member: ZipMember, template: str) -> Iterator[Diagnostic]:
    lowered = member.name.lower()
    if lowered == "mimetype" and b"opendocument" in member.data:
        yield template_fault("HD313", template, kind="OpenDocument (.odt)")
    if lowered == "[content_types].xml":
        for mark, kind in _FOREIGN_CONTENT:
            if mark in member.data and b"wordprocessingml.document.main+xml" not in member.data:
                yield template_fault("HD313", template, kind=kind)
    if lowered.endswith("vbaproject.bin") or (lowered == "[content_types].xml" and b"macroEnabled" in member.data):
        yield template_fault("HD303", template, place=member.name, what="VBA")
    if member.is_xml and (b"<!DOCTYPE" in member.data or b"<!ENTITY" in member.data):
        yield template_fault("HD300", template, place=member.name, reason="DOCTYPE")
    elif lowered.endswith(".rels") or (member.is_xml and b"instr" in member.data):
        try:
            root = etree.fromstring(
                member.data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            )
        except etree.XMLSyntaxError as err:
            yield template_fault("HD300", template, place=member.name, reason=str(err)[:200])
            return
        find = _find_outward_relations if lowered.endswith(".rels") else _find_fetching_fields
        yield from find(root, member, template)


def _find_fetching_fields(root: etree._Element, member: ZipMember, template: str) -> Iterator[Diagnostic]:
    for instruction in _read_fields(root):
        field = _FETCHING_FIELD.match(instruction)
        if field:
            yield template_fault("HD302", template, place=member.name, what=field[1].upper(), target="")


def _read_fields(root: etree._Element) -> Iterator[str]:
    """What each field says; Word cuts it into as many runs as it likes."""
    text = ""
    for node in root.iter("{*}fldChar", "{*}instrText", "{*}fldSimple"):
        kind = etree.QName(node).localname
        if kind == "instrText":
            text += node.text or ""
            continue
        yield text
        text = ""
        if kind == "fldSimple":
            yield next(
                (str(value) for name, value in node.attrib.items() if etree.QName(name).localname == "instr"), ""
            )
    yield text


def _find_outward_relations(root: etree._Element, member: ZipMember, template: str) -> Iterator[Diagnostic]:
    for relation in root.iter("{*}Relationship"):
        kind_uri, target = relation.get("Type", ""), relation.get("Target", "")
        kind = kind_uri.rsplit("/", 1)[-1]
        if kind == "officeDocument" and kind_uri.startswith("http://purl.oclc.org/"):
            yield template_fault("HD313", template, kind="Strict Open XML Document")
        if relation.get("TargetMode") == "External":
            if kind != "hyperlink" and not is_left_out(member.name, kind):
                yield template_fault("HD302", template, place=member.name, what=kind, target=target)
        elif kind in _PROGRAMS:
            yield template_fault("HD303", template, place=member.name, what=kind)


def is_left_out(member: str, kind: str) -> bool:
    """Whether an outward relation is one of the settings' own, which are taken off: nothing is ever fetched for it."""
    of_settings = member.rsplit("/", 1)[-1] == SETTINGS_RELATIONS
    return of_settings and (kind == ATTACHED_TEMPLATE or kind in MAIL_MERGE)


def is_attached_template(member: str, kind: str) -> bool:
    """Whether a relation is the settings' own note of the .dotm the letter was begun with, which is taken off."""
    return kind == ATTACHED_TEMPLATE and member.rsplit("/", 1)[-1] == SETTINGS_RELATIONS
