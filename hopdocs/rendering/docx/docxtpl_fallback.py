"""docxtpl's own way, for what adds parts to a package: pictures, subdocuments, replaced media, embedded files.

As strict as the quick path: sandbox, escaping, nothing missing, no recovery from broken markup, the same bytes
each time.
"""

from __future__ import annotations

from copy import copy, deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from docx import Document
from docxtpl import DocxTemplate, InlineImage
from lxml import etree

from hopdocs.rendering.docx.docxtpl_values import is_docxtpl_only
from hopdocs.rendering.docx.hollow import fill_hollow, may_be_hollow
from hopdocs.rendering.docx.output import BrokenMarkupError, check_well_formed, resolve_layout
from hopdocs.rendering.docx.tables import repair_tables
from hopdocs.rendering.faults import locate_line
from hopdocs.rendering.sandbox.environment import finalize_for_docxtpl
from hopdocs.rendering.sandbox.work_limits import begin_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hopdocs.rendering.sandbox.environment import TemplateEnvironment

_STORIES = (DocxTemplate.HEADER_URI, DocxTemplate.FOOTER_URI)


class StrictDocxTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without recovery, and without rendering the properties, which hopdocs fills in itself."""

    def fix_tables(self, xml: str) -> Any:
        """Refuse what is not XML; docxtpl would leave out what it cannot read."""
        return repair_tables(_check_and_fill(xml))

    def build_headers_footers_xml(self, context: Mapping[str, object], uri: str, jinja_env: Any = None) -> Any:
        """The same strictness for headers and footers."""
        for identity, xml in super().build_headers_footers_xml(context, uri, jinja_env):
            yield identity, _check_and_fill(xml.decode("utf-8"))

    def resolve_listing(self, xml: str) -> str:
        """Line breaks in values, also behind a text box."""
        return resolve_layout(xml)

    def render_properties(self, context: Mapping[str, object], jinja_env: object = None) -> None:
        """Nothing: the package's core.xml holds slots, filled when the document is written."""

    def render_footnotes(self, context: Mapping[str, object], jinja_env: object = None) -> None:
        """Once, not once a section: a second pass would run what people wrote as a template."""
        for part in self.docx.part.package.iter_parts():
            if part.content_type.endswith("wordprocessingml.footnotes+xml"):
                xml = self.patch_xml(part.blob.decode("utf-8"))
                part._blob = _check_and_fill(self.render_xml_part(xml, part, context, jinja_env))  # noqa: SLF001


def _check_and_fill(xml: str) -> bytes:
    """A rendered part's bytes, with nothing hollow in them."""
    data = xml.encode("utf-8", "ignore")
    check_well_formed(data)
    return fill_hollow(data) if may_be_hollow(xml) else data


def render_through_docxtpl(
    data: bytes, context: Mapping[str, object], environment: TemplateEnvironment, prepared_with: DocxTemplate | None
) -> dict[str, bytes]:
    """The finished package's members by name; raises what docxtpl, Jinja2 and the strict parser raise."""
    tpl = _start(data, prepared_with)

    def bind(picture: InlineImage) -> InlineImage:
        bound = copy(picture)
        bound.tpl = tpl
        if hasattr(bound.image_descriptor, "seek"):
            bound.image_descriptor.seek(0)
        return bound

    finalize = finalize_for_docxtpl(environment.print_value, bind, has_owner=prepared_with is not None)
    strict = environment.overlay(finalize=finalize)
    stream = BytesIO()
    begin_part()
    try:
        tpl.render(dict(context), strict)
        tpl.save(stream)
    except etree.XMLSyntaxError as err:
        raise BrokenMarkupError(str(err)) from err
    with ZipFile(stream) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _start(data: bytes, prepared_with: DocxTemplate | None) -> StrictDocxTemplate:
    """A fresh docxtpl object; with what the caller's one has gathered, where values are bound to that.

    A subdocument puts its pictures and styles into its template's package when it is made, and a link its target.
    So the caller's package is taken, with the stories of the untouched template in it: it may have been rendered.
    """
    if prepared_with is None:
        return StrictDocxTemplate(BytesIO(data))
    tpl = StrictDocxTemplate(BytesIO(data))
    if prepared_with.docx is not None:
        gathered = BytesIO()
        prepared_with.docx.save(gathered)
        tpl = StrictDocxTemplate(gathered)
        tpl.init_docx()
        _ = tpl.docx.core_properties  # makes the part where the template has none; its contents come later
        _restore_stories(tpl, data)
    for gathered_name in ("crc_to_new_media", "crc_to_new_embedded", "zipname_to_replace", "pics_to_replace"):
        setattr(tpl, gathered_name, dict(getattr(prepared_with, gathered_name)))
    tpl.allow_missing_pics = prepared_with.allow_missing_pics
    return tpl


def _restore_stories(tpl: StrictDocxTemplate, data: bytes) -> None:
    original: Any = Document(BytesIO(data))
    root = tpl.docx.part._element  # noqa: SLF001 - as docxtpl does it
    root.replace(root.body, deepcopy(original.part._element.body))  # noqa: SLF001
    for identity, relation in original.part.rels.items():
        if relation.reltype in _STORIES and identity in tpl.docx.part.rels:
            tpl.docx.part.rels[identity]._target = relation.target_part  # noqa: SLF001
    core = {part.partname: part for part in original.part.package.iter_parts()}
    for part in tpl.docx.part.package.iter_parts():
        if part.content_type.endswith(("footnotes+xml", "core-properties+xml")) and part.partname in core:
            kept = core[part.partname]
            if hasattr(part, "_element"):
                part._element = kept._element  # noqa: SLF001
            else:
                part._blob = kept.blob  # noqa: SLF001


def find_owner(values: object) -> DocxTemplate | None:
    """The docxtpl object that a subdocument among the values was made for."""
    for value in _walk(values, 5):
        if is_docxtpl_only(value) and not isinstance(value, InlineImage):
            owner = getattr(value, "tpl", None)
            if isinstance(owner, DocxTemplate):
                return owner
    return None


def _walk(value: object, depth: int) -> Iterator[object]:
    yield value
    if depth and isinstance(value, dict):
        for item in value.values():
            yield from _walk(item, depth - 1)
    elif depth and isinstance(value, list | tuple):
        for item in value:
            yield from _walk(item, depth - 1)


def place_in_docxtpl(err: BaseException) -> str:
    """Where docxtpl's own rendering failed: its frames hold the part and its source."""
    part = source = None
    line = 0
    trace = err.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name == "render_xml_part" and "src_xml" in frame.f_locals:
            part, source = frame.f_locals["part"], frame.f_locals["src_xml"]
        if "__jinja_exception__" in frame.f_globals:  # Jinja2's rewritten frame: its line is the source's
            line = trace.tb_lineno
        trace = trace.tb_next
    if part is None or source is None:
        return ""
    label = next((kind for kind in ("header", "footer", "footnotes") if kind in part.partname), "body")
    return locate_line(label, source, line) if line else label
