"""The templates that hopdocs ships, against the types of their data and against docxtpl."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docxtpl import DocxTemplate
from jinja2 import Environment

from hopdocs.cycle import template_review
from hopdocs.cycle.template_review import find_faults
from hopdocs.danish import FILTERS
from hopdocs.documents.kinds.table import find_kind_of_template
from hopdocs.rendering.docx.pictures.charts import place_chart
from hopdocs.rendering.docx.pictures.drawings import draw
from hopdocs.rendering.template import compile_template
from hopdocs.workspace import open_workspace
from tests.unit.rendering.samples import sample_context
from tests.unit.rendering.words import compared_parts

if TYPE_CHECKING:
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.documents.kinds.kind import DocumentKind

TEMPLATES = sorted((Path(__file__).parents[3] / "templates").glob("*.docx"))
DANISH = [path for path in TEMPLATES if not path.name.endswith((".en.docx", ".da-let.docx"))]
"""A translation asks for nothing that its Danish letter does not."""


def kind_of(path: Path) -> DocumentKind:
    kind = find_kind_of_template(path.name.split(".")[0])
    assert kind is not None
    return kind


def path_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=path_name)
def test_a_shipped_template_asks_for_nothing_that_its_data_lacks(path: Path) -> None:
    assert find_faults(path.read_bytes(), path.name, kind_of(path)) == []


def test_a_workspace_s_copy_of_one_is_proved_by_that_until_it_is_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def look(data: bytes, name: str, kind: DocumentKind) -> list[Diagnostic]:
        looked_at.append(name)
        return find_faults(data, name, kind)

    monkeypatch.setattr(template_review, "find_faults", look)
    (tmp_path / "config.yaml").touch()
    own = tmp_path / "templates"
    own.mkdir()
    for path in TEMPLATES[:3]:
        shutil.copy(path, own)
    with zipfile.ZipFile(own / TEMPLATES[1].name, "a") as archive:
        archive.comment = b"edited"
    assert template_review.review_templates(open_workspace(tmp_path)).count == len(TEMPLATES)
    assert looked_at == [TEMPLATES[1].name]


@pytest.mark.parametrize("path", DANISH, ids=path_name)
def test_a_shipped_templates_documents_equal_docxtpls(path: Path, tmp_path: Path) -> None:
    environment = Environment(autoescape=True)
    environment.filters.update({**FILTERS, "tegning": draw, "billede": place_chart})
    context = sample_context(kind_of(path).context)
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
