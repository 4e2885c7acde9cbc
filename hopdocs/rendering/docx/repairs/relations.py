"""Relations between the parts of a package (ECMA-376, part 2, 9.3), and what goes when one of them is taken off."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from hopdocs.rendering.docx.stories import cut_out, parse_xml, write_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml import etree

    from hopdocs.rendering.docx.zip_member import ZipMember

CONTENT_TYPES: Final = "[Content_Types].xml"
_EXTENSION: Final = ".rels"


def kind_of(relation: etree._Element) -> str:
    """The last word of a relation's type, which is the same in all of OOXML's dialects."""
    return relation.get("Type", "").rsplit("/", 1)[-1]


def is_external(relation: etree._Element) -> bool:
    """Whether it leads out of the package."""
    return relation.get("TargetMode") == "External"


def source_of(rels: str) -> str:
    """The part that a relations part belongs to; '' for the package's own."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(_EXTENSION)).removesuffix("/")


def target_of(rels: str, relation: etree._Element) -> str:
    """The name of the part that a relation inside the package leads to."""
    target = unquote(relation.get("Target", "").split("#", 1)[0])
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source_of(rels)), target))


def drop_relations(
    members: Iterable[ZipMember], is_dropped: Callable[[str, etree._Element], bool], *, hint: tuple[bytes, ...] = ()
) -> list[ZipMember]:
    """The members without the relations that `is_dropped`, and without the parts that only those led to.

    Only a relations part that has one of the words of `hint` in it is looked at, where there are any.
    """
    kept: list[ZipMember] = []
    orphans: set[str] = set()
    for member in members:
        if not member.name.endswith(_EXTENSION) or (hint and not any(word in member.data for word in hint)):
            kept.append(member)
            continue
        root = parse_xml(member.data)
        dropped = [relation for relation in root.iter("{*}Relationship") if is_dropped(member.name, relation)]
        for relation in dropped:
            if not is_external(relation):
                orphans.add(target_of(member.name, relation))
            cut_out(relation)
        kept.append(replace(member, data=write_xml(root)) if dropped else member)
    return _without_parts(kept, orphans) if orphans else kept


def _without_parts(members: list[ZipMember], orphans: set[str]) -> list[ZipMember]:
    for member in members:
        if member.name.endswith(_EXTENSION) and source_of(member.name) not in orphans:
            relations = parse_xml(member.data).iter("{*}Relationship")
            orphans -= {target_of(member.name, relation) for relation in relations if not is_external(relation)}
    left = [
        member
        for member in members
        if member.name not in orphans and not (member.name.endswith(_EXTENSION) and source_of(member.name) in orphans)
    ]
    return [_without_types(member, orphans) if member.name == CONTENT_TYPES else member for member in left]


def _without_types(member: ZipMember, orphans: set[str]) -> ZipMember:
    root = parse_xml(member.data)
    overrides = [item for item in root.iter("{*}Override") if item.get("PartName", "").lstrip("/") in orphans]
    for override in overrides:
        cut_out(override)
    return replace(member, data=write_xml(root)) if overrides else member
