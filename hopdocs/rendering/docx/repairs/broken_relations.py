"""Relations that lead nowhere, and those that lead to what no letter needs.

Word opens a file in which a relation's target is missing ("NULL", after a picture was lost), and so do we: what pointed
there is taken off. A target like "#afsnit" is a place in the letter itself. A mail merge's data source is a file of
somebody's own, which Word would ask for whenever the letter is opened; its list of recipients is other people's names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hopdocs.rendering.docx.dangers import MAIL_MERGE
from hopdocs.rendering.docx.repairs.relations import drop_relations, is_external, kind_of, source_of, target_of
from hopdocs.rendering.docx.stories import W, cut_out, parse_xml, write_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from hopdocs.rendering.docx.zip_member import ZipMember

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STORY_REFERENCES: Final = frozenset({f"{W}headerReference", f"{W}footerReference"})


def repair_relations(members: list[ZipMember]) -> list[ZipMember]:
    """The members without relations to nowhere and without a mail merge's data; the very same where there are none."""
    merged = drop_relations(members, lambda _, relation: kind_of(relation) in MAIL_MERGE, hint=(b"mailMerge", b"recip"))
    merged = [_without_merge(member) for member in merged]
    names = {member.name.lower() for member in merged}
    broken: dict[str, set[str]] = {}
    for member in merged:
        if member.name.endswith(".rels"):
            found = {
                relation.get("Id", "")
                for relation in parse_xml(member.data).iter("{*}Relationship")
                if _leads_nowhere(member.name, relation, names)
            }
            if found:
                broken[member.name] = found
    if not broken:
        return [_with_places(member) for member in merged]
    kept = drop_relations(merged, lambda rels, relation: relation.get("Id", "") in broken.get(rels, ()))
    sources = {source_of(rels): lost for rels, lost in broken.items()}
    return [_with_places(_without_references(member, sources)) for member in kept]


def _without_merge(member: ZipMember) -> ZipMember:
    if not member.name.endswith("/settings.xml") or b"mailMerge" not in member.data:
        return member
    root = parse_xml(member.data)
    for merge in list(root.iter(f"{W}mailMerge")):
        cut_out(merge)
    return replace(member, data=write_xml(root))


def _is_place(relation: etree._Element) -> bool:
    return relation.get("Target", "").startswith("#")


def _leads_nowhere(rels: str, relation: etree._Element, names: set[str]) -> bool:
    if is_external(relation) or (_is_place(relation) and kind_of(relation) == "hyperlink"):
        return False
    return target_of(rels, relation).lower() not in names


def _with_places(member: ZipMember) -> ZipMember:
    """The relations with links to places in the letter as links, which they are; not as parts."""
    if not member.name.endswith(".rels") or b'"#' not in member.data:
        return member
    root = parse_xml(member.data)
    places = [item for item in root.iter("{*}Relationship") if _is_place(item) and not is_external(item)]
    for place in places:
        place.set("TargetMode", "External")
    return replace(member, data=write_xml(root)) if places else member


def _without_references(member: ZipMember, lost: Mapping[str, set[str]]) -> ZipMember:
    if member.name not in lost or not member.is_xml:
        return member
    root = parse_xml(member.data)
    for element in list(root.iter("*")):
        attributes = element.attrib.items()
        names = [name for name, value in attributes if str(name).startswith(_R) and value in lost[member.name]]
        if names and element.tag in _STORY_REFERENCES:
            cut_out(element)
            continue
        for name in names:
            del element.attrib[name]
    return replace(member, data=write_xml(root))
