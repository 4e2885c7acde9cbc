"""Templates as Word, LibreOffice and their users leave them, and what is asked of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from hopdocs.cycle.template_review import compile_letter, find_faults
from hopdocs.documents.kinds.table import find_kind_of_template
from tests.unit.rendering.words import members_of, with_members

_HOME = Path(__file__).parents[3] / "data" / "word_templates"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read_case(name: str) -> bytes:
    """A template that went wrong."""
    return (_HOME / f"{name}.docx").read_bytes()


def said_of(data: bytes, template: str = "dagsorden") -> list[tuple[str, str]]:
    """What `templates check` finds in it as a template of this name: codes and places."""
    kind = find_kind_of_template(template)
    assert kind is not None
    return [(fault.code, fault.place) for fault in find_faults(data, f"{template}.docx", kind)]


def params_of(data: bytes, code: str, template: str = "dagsorden") -> list[dict[str, str]]:
    """The details of each finding with this code."""
    kind = find_kind_of_template(template)
    assert kind is not None
    return [dict(fault.params) for fault in find_faults(data, f"{template}.docx", kind) if fault.code == code]


def make(data: bytes, **context: object) -> dict[str, bytes]:
    """The parts of the letter that is made of it."""
    return members_of(compile_letter(data, "brev.docx").render(context))


def with_relation(data: bytes, kind: str, part: str, content: str, word: str = "") -> bytes:
    """The same docx with one more part under `word/`, and the document's relation to it."""
    old = members_of(data)
    rels, types = old["word/_rels/document.xml.rels"].decode(), old["[Content_Types].xml"].decode()
    relation = f'<Relationship Id="rId{part}" Type="{kind}" Target="{part}"/></Relationships>'
    content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{word or part[:-4]}+xml"
    override = f'<Override PartName="/word/{part}" ContentType="{content_type}"/></Types>'
    return with_members(
        data,
        {
            "word/_rels/document.xml.rels": rels.replace("</Relationships>", relation).encode(),
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
            f"word/{part}": content.encode(),
        },
    )


def without_members(data: bytes, *names: str) -> bytes:
    """The same docx without these parts."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in members_of(data).items():
            if name not in names:
                archive.writestr(name, content)
    return stream.getvalue()
