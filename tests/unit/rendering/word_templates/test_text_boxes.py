"""Line breaks in what people write, in text boxes and behind them."""

from __future__ import annotations

import pytest

from hopdocs.rendering.template import compile_template_bytes
from tests.golden.docxtpl.word_markup import Word, picture, run, text_box
from tests.unit.rendering.word_templates.made_in_word import make, read_case
from tests.unit.rendering.words import members_of


def test_lines_behind_a_text_box_stay_lines() -> None:
    body = make(read_case("lines-after-text-box"), case_number="26-1", message="første\nanden")["word/document.xml"]
    assert 'første</w:t><w:br/><w:t xml:space="preserve">anden'.encode() in body


def boxed(inside: str, behind: str) -> str:
    return text_box(f"<w:p>{run(inside)}</w:p>").replace(run(" efter"), run(behind, "<w:b/>"))


@pytest.mark.parametrize("where", ["body", "header"])
def test_lines_inside_and_behind_a_box_in_a_box_stay_lines(where: str) -> None:
    nested = text_box(boxed("{{ text }}", "{{ text }}")).replace(run(" efter"), run("{{ text }}"))
    data = Word(nested) if where == "body" else Word("<w:p/>", headers=(nested,))
    part = make(data.pack(), text="a\nb\tc")["word/document.xml" if where == "body" else "word/header0.xml"]
    assert b"\n" not in part.partition(b"?>\n")[2]
    assert part.count(b"<w:br/>") == part.count(b"<w:tab/>") > 4
    assert b"hopdocs-box" not in part


def test_lines_behind_a_box_stay_lines_where_docxtpl_places_a_picture() -> None:
    from io import BytesIO  # noqa: PLC0415

    from docx.shared import Mm  # noqa: PLC0415
    from docxtpl import InlineImage  # noqa: PLC0415

    data = Word(boxed("x", "{{ text }}") + f"<w:p>{run('{{ logo }}')}</w:p>").pack()
    template = compile_template_bytes(data, "brev.docx")
    logo = InlineImage(template.docxtpl(), BytesIO(picture()), width=Mm(10))
    body = members_of(template.render({"text": "a\nb", "logo": logo}))["word/document.xml"]
    assert b"a</w:t><w:br/>" in body
