"""docxtpl's own collection of examples, through both of our ways, beside docxtpl itself."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from docxtpl import DocxTemplate
from jinja2 import Environment

from hopdocs.rendering.template import compile_template
from tests.golden.docxtpl.story_scripts import STORY_SCRIPTS
from tests.golden.docxtpl.table_scripts import TABLE_SCRIPTS
from tests.golden.docxtpl.text_scripts import TEXT_SCRIPTS
from tests.unit.rendering.words import compared_parts, members_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.golden.docxtpl.script import Script

SCRIPTS = {**TEXT_SCRIPTS, **TABLE_SCRIPTS, **STORY_SCRIPTS}


def render_with_docxtpl(data: bytes, script: Script) -> bytes:
    tpl = DocxTemplate(BytesIO(data))
    environment = Environment(autoescape=True)
    environment.filters.update(script.filters)
    context = script.context(tpl)
    if script.prepare:
        script.prepare(tpl)
    tpl.render(context, environment)
    stream = BytesIO()
    tpl.save(stream)
    return stream.getvalue()


def assert_equal(ours: bytes, theirs: bytes) -> None:
    left, right = compared_parts(ours), compared_parts(theirs)
    assert left.keys() == right.keys()
    for name, xml in left.items():
        if name == "docProps/core.xml" and b"Word Document" in xml:
            continue  # the template has no properties: docxtpl's are of this moment
        assert xml == right[name], name


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_of_the_collection_gives_what_docxtpl_gives(name: str, tmp_path: Path) -> None:
    script = SCRIPTS[name]
    data = script.word.pack()
    path = tmp_path / f"{name}.docx"
    path.write_bytes(data)
    expected = render_with_docxtpl(data, script)
    template = compile_template(path, filters=script.filters)
    assert_equal(template.render(script.context(DocxTemplate(path))), expected)
    tpl = template.docxtpl()
    context = script.context(tpl)
    if script.prepare:
        script.prepare(tpl)
    through = template.render(context, prepared_with=tpl)
    assert_equal(through, expected)
    assert template.render(context, prepared_with=tpl) == through
    old, new = members_of(expected), members_of(through)
    for part in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        assert new[part] == old[part], part
    assert {new[part] for part in new if "/media/" in part or "/embeddings/" in part} == {
        old[part] for part in old if "/media/" in part or "/embeddings/" in part
    }
