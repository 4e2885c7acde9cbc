"""The templates that hopdocs ships, against the types of their data and against docxtpl."""

from __future__ import annotations

from pathlib import Path

import pytest
from docxtpl import DocxTemplate
from jinja2 import Environment

from hopdocs.danish import FILTERS
from hopdocs.documents.kinds.table import find_kind_of_template
from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.docx.pictures.charts import place_chart
from hopdocs.rendering.docx.pictures.drawings import draw
from hopdocs.rendering.template import compile_template
from tests.unit.rendering.samples import sample_context
from tests.unit.rendering.words import compared_parts

TEMPLATES = sorted((Path(__file__).parents[3] / "templates").glob("*.docx"))
DANISH = [path for path in TEMPLATES if not path.name.endswith((".en.docx", ".da-let.docx"))]
"""A translation asks for nothing that its Danish letter does not."""


def context_type(path: Path) -> type:
    kind = find_kind_of_template(path.name.split(".")[0])
    assert kind is not None
    return kind.context


def path_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=path_name)
def test_a_shipped_template_asks_for_nothing_that_its_data_lacks(path: Path) -> None:
    assert check_template(compile_template(path, filters=FILTERS), context_type(path)) == []


@pytest.mark.parametrize("path", DANISH, ids=path_name)
def test_a_shipped_templates_documents_equal_docxtpls(path: Path, tmp_path: Path) -> None:
    environment = Environment(autoescape=True)
    environment.filters.update({**FILTERS, "tegning": draw, "billede": place_chart})
    context = sample_context(context_type(path))
    reference = DocxTemplate(path)
    reference.render(context, environment)
    reference.save(tmp_path / "reference.docx")
    made = compared_parts(compile_template(path, filters=FILTERS).render(context))
    expected = compared_parts((tmp_path / "reference.docx").read_bytes())
    for parts in (made, expected):
        parts.pop("docProps/core.xml")  # docxtpl escapes the properties twice
    assert made == expected


@pytest.mark.parametrize("path", TEMPLATES, ids=path_name)
def test_a_shipped_template_takes_the_quick_way(path: Path) -> None:
    assert not any(part.repair_tree for part, _ in compile_template(path, filters=FILTERS)._parts)
