from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from hopdocs.errors import FaultyInput
from hopdocs.rendering.docx.annotation import annotate_template
from hopdocs.rendering.template import compile_template_bytes
from tests.unit.rendering.words import word_file


def commented(data: bytes) -> dict[str, str]:
    """The text of each commented paragraph, with its comment."""
    document: Any = docx.Document(BytesIO(data))
    texts = {comment.comment_id: comment.text for comment in document.comments}
    found = {}
    for paragraph in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        for mark in paragraph.xpath("./w:commentRangeStart"):
            text = "".join(paragraph.xpath("./w:r/w:t/text()"))
            found[text] = texts[int(mark.get(qn("w:id")))]
    return found


def test_faults_become_comments_where_they_stand() -> None:
    def build(document: Any) -> None:
        table = document.add_table(3, 1)
        for row, text in enumerate(("{%tr for p in points|sorter %}", "{{ p.text }}", "{%tr endfor %}")):
            table.cell(row, 0).text = text
        document.sections[0].header.paragraphs[0].text = "{{ sag|fedt }}"

    data = word_file("Kære alle", "Vi ses {{ date|dato }} i salen", "Hilsen", build=build)
    with pytest.raises(FaultyInput) as caught:
        compile_template_bytes(data, "brev.docx")
    marked = annotate_template(data, caught.value.diagnostics, "da")
    found = commented(marked)
    assert set(found) == {"Kære alle", "Vi ses {{ date|dato }} i salen", "{%tr for p in points|sorter %}"}
    assert found["Vi ses {{ date|dato }} i salen"].startswith(
        'HD305: der findes intet filter og ingen test, der hedder "dato"'
    )
    assert found["Kære alle"].startswith('header, "{{ sag|fedt }}":')
    assert annotate_template(data, caught.value.diagnostics, "da") == marked
