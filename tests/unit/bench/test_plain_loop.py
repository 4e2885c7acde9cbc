"""What hopdocs is compared with can make every document that hopdocs makes."""

from __future__ import annotations

from bench.one_document import canonical_body, render, render_with_docxtpl
from bench.samples import sample_documents


def test_docxtpl_makes_one_document_of_each_template() -> None:
    of_each = {document.template: document for document in sample_documents()}
    assert any(document.kind == "netvaerkskort" for document in of_each.values())
    for document in of_each.values():
        assert canonical_body(render_with_docxtpl(document)) == canonical_body(render(document)), document.stem
