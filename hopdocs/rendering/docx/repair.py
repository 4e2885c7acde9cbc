"""What is put right in a template's package before docxtpl opens it.

Three things that ordinary programs write and that would otherwise cost a template owner an afternoon: XML in UTF-16;
LibreOffice's own spelling of the relation to the properties, which makes python-docx write the part twice; and the
note of the .dotm that a corporate letter was begun with. Word only takes macros, building blocks and new styles from
that file, none of which are in the letter; opening the letter makes it ask a server for it. So the note goes, and
the letter stays as it looks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.rendering.docx.dangers import ATTACHED_TEMPLATE, is_attached_template
from hopdocs.rendering.docx.zip_member import Member, read_as_utf8

if TYPE_CHECKING:
    from collections.abc import Iterable

CORE_RELATION: Final = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_RELATION_OF_LIBREOFFICE: Final = (
    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)


def repair_members(members: Iterable[Member]) -> list[Member]:
    """The members as docxtpl reads them best; the very same objects where nothing is to be done."""
    repaired = []
    for written in members:
        member = read_as_utf8(written)
        if member.name == "_rels/.rels" and _CORE_RELATION_OF_LIBREOFFICE in member.data:
            member = replace(member, data=member.data.replace(_CORE_RELATION_OF_LIBREOFFICE, CORE_RELATION))
        elif is_attached_template(member.name, ATTACHED_TEMPLATE):
            member = _without(member, "Relationship")
        elif member.name.endswith("/settings.xml"):
            member = _without(member, ATTACHED_TEMPLATE)
        repaired.append(member)
    return repaired


def _without(member: Member, tag: str) -> Member:
    """The part without the elements that name the attached template."""
    if ATTACHED_TEMPLATE.encode() not in member.data:
        return member
    root = etree.fromstring(member.data, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter(f"{{*}}{tag}")):
        parent = element.getparent()
        if parent is not None and element.get("Type", ATTACHED_TEMPLATE).endswith(ATTACHED_TEMPLATE):
            parent.remove(element)
    return replace(member, data=etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
