"""From a docx to Jinja2 source, part by part, with docxtpl's own patching; done once per template.

The base of every document is the package as python-docx writes it back: docxtpl saves through it, so whatever is
not templated equals docxtpl's result by construction.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.pkgwriter import PackageWriter
from docxtpl import DocxTemplate
from lxml import etree

from hopdocs.errors import FaultyInput
from hopdocs.rendering.docx.package import read_members, repeats_parts, write_unpacked
from hopdocs.rendering.docx.properties import TEMPLATED_PROPERTIES, mark_slot
from hopdocs.rendering.docx.repairs.members import repair_members
from hopdocs.rendering.docx.repairs.parts import repair_stories
from hopdocs.rendering.docx.repairs.review_marks import find_tracked_changes, leave_out_comments
from hopdocs.rendering.docx.zip_member import ZipMember
from hopdocs.rendering.faults import template_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.opc.packuri import PackURI

    from hopdocs.diagnostics import Diagnostic

XML_DECLARATION: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FOOTNOTES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_PARAGRAPH_START: Final = re.compile(r"<w:p([ >])")
_BODY_OPEN: Final = re.compile(r"<w:body\b[^>]*>")
_CUT: Final = ("hopdocs", "body")
_HEADER_KINDS: Final = {RELATIONSHIP_TYPE.HEADER: "header", RELATIONSHIP_TYPE.FOOTER: "footer"}


@dataclass(frozen=True, slots=True)
class PartSource:
    """One part's Jinja2 source, between what stands fixed before and after it.

    Each paragraph begins on a line of its own, so that Jinja2's line numbers tell paragraphs apart; the added
    line breaks are taken out of the compiled template again.
    """

    member: str
    label: str
    source: str
    prefix: str
    suffix: str
    is_body: bool = False
    drops_blanks: bool = False


@dataclass(frozen=True, slots=True)
class Preparation:
    """A template taken apart."""

    parts: tuple[PartSource, ...]
    members: tuple[ZipMember, ...]
    core_member: str
    properties: dict[str, str]
    """The template's own core properties, which may hold Jinja2."""
    data: bytes
    """The docx that docxtpl opens: the file as it is, or repaired."""
    notes: tuple[Diagnostic, ...] = ()
    """What its owner should know of what was left out."""
    faults: tuple[Diagnostic, ...] = ()
    """Why nothing may be made of it, although it can be taken apart: said together with all that is wrong in it."""


def prepare_template(data: bytes, name: str) -> Preparation:
    """Open, check and patch; raises FaultyInput with everything that is wrong with the package."""
    written, faults = read_members(data, name)
    if faults:
        raise FaultyInput(faults)
    try:
        repaired, notes = leave_out_comments(repair_members(written), name)
        faults = find_tracked_changes(repaired, name)
        repaired = repair_stories(repaired)
        preparation = _take_apart(data if repaired == written and not repeats_parts(data) else write_unpacked(repaired))
    except Exception as err:
        raise FaultyInput([template_fault("HD314", name)]) from err
    return replace(preparation, notes=tuple(notes), faults=tuple(faults))


def _take_apart(data: bytes) -> Preparation:
    tpl = DocxTemplate(BytesIO(data))
    tpl.init_docx()
    document = tpl.docx
    parts = [_body(tpl), *_headers_and_footers(tpl), *_footnotes(tpl)]
    core_member, properties = _core_properties(document)
    return Preparation(tuple(parts), _save_members(document.part.package), core_member, properties, data)


class _MemberList:
    """Stands for python-docx's zip: what it would pack, which is unpacked again at once, is only gathered."""

    def __init__(self) -> None:
        self.members: list[ZipMember] = []

    def write(self, uri: PackURI, blob: bytes) -> None:
        self.members.append(ZipMember(uri.membername, blob))


def _save_members(package: Any) -> tuple[ZipMember, ...]:
    """The package as python-docx saves it, in its order."""
    for part in package.parts:
        part.before_marshal()
    writer: Any = PackageWriter
    written = _MemberList()
    writer._write_content_types_stream(written, package.parts)  # noqa: SLF001 - what `save` does into a zip
    writer._write_pkg_rels(written, package.rels)  # noqa: SLF001
    writer._write_parts(written, package.parts)  # noqa: SLF001
    return tuple(written.members)


def _core_properties(document: Any) -> tuple[str, dict[str, str]]:
    """The properties' own texts; in the package, slots take their places."""
    package = document.part.package
    lacks_part = all(rel.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES for rel in package.rels.values())
    core = document.core_properties  # creates the part where a template has none, as docxtpl does
    if lacks_part:
        core.modified = datetime(1980, 1, 1, tzinfo=UTC)
    properties = {}
    for field in TEMPLATED_PROPERTIES:
        properties[field] = str(getattr(core, field) or "")
        setattr(core, field, mark_slot(field))
    part = package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    return part.partname.membername, properties


def _patch(tpl: DocxTemplate, xml: str) -> str:
    return _PARAGRAPH_START.sub(r"\n<w:p\1", tpl.patch_xml(xml))


def _body(tpl: DocxTemplate) -> PartSource:
    outer = deepcopy(tpl.docx.part._element)  # noqa: SLF001 - docxtpl works on it too
    body = outer.find("{*}body")
    same_names = dict(body.nsmap) == dict(outer.nsmap)
    # Marked and cut as text: to take the body out of the tree costs lxml the square of its paragraphs.
    body.addprevious(etree.ProcessingInstruction(*_CUT))
    body.addnext(etree.ProcessingInstruction(*_CUT))
    whole = etree.tostring(outer, encoding="unicode")
    mark = f"<?{' '.join(_CUT)}?>"
    prefix, suffix = whole.partition(mark)[0], whole.rpartition(mark)[2]
    source = _patch(tpl, tpl.get_xml())
    if same_names:  # the root declares them already
        source = _BODY_OPEN.sub("<w:body>", source, count=1)
    member = tpl.docx.part.partname.membername
    return PartSource(member, "body", source, XML_DECLARATION + prefix, suffix, is_body=True)


def _headers_and_footers(tpl: DocxTemplate) -> Iterator[PartSource]:
    seen: set[str] = set()
    for uri, label in _HEADER_KINDS.items():
        for _, part in tpl.get_headers_footers(uri):
            member = part.partname.membername
            if member in seen:
                continue
            seen.add(member)
            yield PartSource(member, label, _patch(tpl, tpl.get_part_xml(part)), XML_DECLARATION, "", drops_blanks=True)


def _footnotes(tpl: DocxTemplate) -> Iterator[PartSource]:
    for part in tpl.docx.part.package.iter_parts():
        if part.content_type == _FOOTNOTES:
            xml = _text(part.blob)
            declaration = re.match(r"\s*<\?xml[^>]*\?>\s*", xml)
            prefix = declaration[0] if declaration else ""
            # The reader was promised UTF-8 by docxtpl, which decodes and encodes it so.
            yield PartSource(part.partname.membername, "footnotes", _patch(tpl, xml[len(prefix) :]), prefix, "")


def _text(blob: Any) -> str:
    return blob.decode("utf-8") if isinstance(blob, bytes) else str(blob)
