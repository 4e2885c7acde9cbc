"""A chart in a letter: a picture with vectors and dots, described, once in the package, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from lxml import etree
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from hopdocs.documents.views.chart import Chart  # noqa: TC001 - a context's types are asked for at run time
from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.template import Template, compile_template_bytes
from tests.unit.charts.samples import ABSENCE, COSTS, RISKS, SERVICES
from tests.unit.letters.pdf_structure import find_faults, list_figures
from tests.unit.letters.word_text import parts_of
from tools.letters.package import Letter, pack_letter
from tools.letters.wordml import each, paragraph

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.rendering.pdf.worker_pool import PdfConverter


def _template(header: str = "<w:p/>") -> Template:
    body = paragraph("Her er de:") + each("one in charts", paragraph("{{r one|billede }}"))
    data = pack_letter(Letter(title="Figurer", body=body, header=header, footer="<w:p/>"))
    return compile_template_bytes(data, "figurer.docx")


def test_a_chart_stands_as_a_picture_with_vectors_beside_the_dots_and_its_words_escaped() -> None:
    parts = parts_of(_template().render({"charts": (ABSENCE,)}))
    body = etree.fromstring(parts["word/document.xml"])
    (properties,) = body.iter("{*}docPr")
    assert properties.get("descr") == ABSENCE.description
    (dots,), (vectors,) = body.iter("{*}blip"), body.iter("{*}svgBlip")
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
    targets = dict(
        re.findall(rb'Id="([^"]+)" Type="[^"]+/image" Target="/([^"]+)"', parts["word/_rels/document.xml.rels"])
    )
    assert parts[targets[str(dots.attrib[relation]).encode()].decode()].startswith(b"\x89PNG")
    assert b"<svg " in parts[targets[str(vectors.attrib[relation]).encode()].decode()]


def test_the_same_chart_twice_is_in_the_package_once_and_each_place_has_a_number_of_its_own() -> None:
    docx = _template().render({"charts": (ABSENCE, COSTS, replace(ABSENCE))})
    with ZipFile(BytesIO(docx)) as archive:
        names = archive.namelist()
    assert len([name for name in names if name.startswith("word/media/")]) == 4
    assert len(set(names)) == len(names)
    assert len(set(re.findall(rb'<wp:docPr id="(\d+)"', parts_of(docx)["word/document.xml"]))) == 3


def test_a_letter_with_charts_has_the_same_bytes_each_time_and_one_without_any_is_as_whole() -> None:
    template = _template()
    with_charts = template.render({"charts": (ABSENCE, COSTS)})
    without = template.render({"charts": ()})
    assert template.render({"charts": (ABSENCE, COSTS)}) == with_charts
    assert not [name for name in parts_of(without) if "media" in name]
    assert "word/_rels/document.xml.rels" in parts_of(without)


def test_a_letter_with_charts_is_one_that_word_opens(tmp_path: Path) -> None:
    path = tmp_path / "figurer.docx"
    path.write_bytes(_template().render({"charts": (ABSENCE, COSTS)}))
    result = OpenXmlValidator().validate(path)
    assert [str(error) for error in result.errors] == []


def test_a_chart_may_stand_in_a_header_which_has_relations_of_its_own() -> None:
    docx = _template(header=paragraph("{{r charts[0]|billede }}")).render({"charts": (ABSENCE,)})
    package = OpcPackage.open(BytesIO(docx))
    headers = [part for part in package.iter_parts() if "header" in part.partname]
    pictures = [
        relation.target_part.partname
        for part in headers
        for relation in part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.IMAGE
    ]
    assert {name.rpartition(".")[2] for name in pictures} == {"png", "svg"}


def test_a_template_is_checked_against_the_type_of_what_it_draws() -> None:
    @dataclass
    class Context:
        charts: tuple[Chart, ...]

    @dataclass
    class Wrong:
        charts: tuple[str, ...]

    assert [fault for fault in check_template(_template(), Context) if fault.code == "HD325"] == []
    (wrong,) = (fault for fault in check_template(_template(), Wrong) if fault.code == "HD325")
    assert wrong.params["filter"] == "billede"


def test_in_the_pdf_charts_are_vectors_that_are_heard_also_where_a_page_has_nothing_else(
    converter: PdfConverter,
) -> None:
    charts = (ABSENCE, COSTS, RISKS, SERVICES)
    docx = _template().render({"charts": charts})
    pdf = converter.convert(docx, "Figurer")
    pages = PdfReader(BytesIO(pdf)).pages
    assert not any(page.images for page in pages)
    assert not all(page.extract_text().strip() for page in pages)
    assert find_faults(pdf) == []
    assert list_figures(pdf) == [chart.description for chart in charts]
    assert converter.convert(docx, "Figurer") == pdf
