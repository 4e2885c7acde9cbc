"""What is put right in a template's package before docxtpl opens it.

What ordinary programs write and what would otherwise cost a template owner an afternoon: XML in UTF-16; LibreOffice's
own spelling of the relation to the properties, which makes python-docx write the part twice, and Word keep a part that
it does not know beside its own; relations to nowhere; a mail merge's data source; and the note of the .dotm that a
corporate letter was begun with. Word only takes macros, building blocks and new styles from that file, none of which
are in the letter; opening the letter makes it ask a server for it. So the note goes, and the letter stays as it looks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from hopdocs.rendering.docx.dangers import ATTACHED_TEMPLATE, is_attached_template
from hopdocs.rendering.docx.repairs.broken_relations import repair_relations
from hopdocs.rendering.docx.repairs.relations import drop_relations
from hopdocs.rendering.docx.stories import parse_xml
from hopdocs.rendering.docx.zip_member import ZipMember, read_as_utf8

if TYPE_CHECKING:
    from collections.abc import Iterable

CORE_RELATION: Final = b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_PACKAGE_RELATIONS: Final = "_rels/.rels"
_CORE: Final = b"metadata/core-properties"
_CORE_RELATION_OF_LIBREOFFICE: Final = (
    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)


def repair_members(members: Iterable[ZipMember]) -> list[ZipMember]:
    """The members as docxtpl reads them best; the very same objects where nothing is to be done."""
    readable = [read_as_utf8(member) for member in members]
    return [_repair_member(member) for member in repair_relations(_with_one_core(readable))]


def _repair_member(member: ZipMember) -> ZipMember:
    if member.name == _PACKAGE_RELATIONS and _CORE_RELATION_OF_LIBREOFFICE in member.data:
        return replace(member, data=member.data.replace(_CORE_RELATION_OF_LIBREOFFICE, CORE_RELATION))
    if is_attached_template(member.name, ATTACHED_TEMPLATE):
        return _without(member, "Relationship")
    if member.name.endswith("/settings.xml"):
        return _without(member, ATTACHED_TEMPLATE)
    return member


def _with_one_core(members: list[ZipMember]) -> list[ZipMember]:
    """The members with one relation to the properties: the right one, and else LibreOffice's."""
    relations = next((member for member in members if member.name == _PACKAGE_RELATIONS), None)
    if relations is None or _CORE not in relations.data:
        return members
    found = [
        item
        for item in parse_xml(relations.data).iter("{*}Relationship")
        if item.get("Type", "").encode() in (CORE_RELATION, _CORE_RELATION_OF_LIBREOFFICE)
    ]
    if len(found) < 2:  # noqa: PLR2004 - one is as it should be
        return members
    kept = min(found, key=lambda item: item.get("Type", "").encode() != CORE_RELATION).get("Id")
    others = {item.get("Id") for item in found} - {kept}
    return drop_relations(members, lambda rels, item: rels == _PACKAGE_RELATIONS and item.get("Id") in others)


def _without(member: ZipMember, tag: str) -> ZipMember:
    """The part without the elements that name the attached template."""
    if ATTACHED_TEMPLATE.encode() not in member.data:
        return member
    root = etree.fromstring(member.data, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter(f"{{*}}{tag}")):
        parent = element.getparent()
        if parent is not None and element.get("Type", ATTACHED_TEMPLATE).endswith(ATTACHED_TEMPLATE):
            parent.remove(element)
    return replace(member, data=etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
