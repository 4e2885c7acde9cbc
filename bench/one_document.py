"""One Word document: hopdocs against docxtpl, on the templates and the data that it ships with."""

from __future__ import annotations

import tempfile
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from docxtpl import DocxTemplate
from jinja2 import Environment
from lxml import etree

from bench.figure import Figure, at_least
from bench.memory import memory_folder
from bench.samples import SampleDocument, compiled, sample_documents
from bench.table import format_seconds
from bench.turns import take_turns
from hopdocs.danish import FILTERS
from hopdocs.rendering.docx.pictures.drawings import draw
from hopdocs.rendering.sandbox.environment import DRAWING_FILTER

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS: Final = 15
OURS_A_ROUND: Final = 10
MEASURED: Final = {
    "familieplan": "familieplan-nadira",
    "letter (invitation)": "invitation-familieplan-nadira",
    "agenda": "dagsorden-familieplan",
}
CHECKED: Final = 20.0
UNCHECKED: Final = 40.0
_NOTE: Final = (
    "Both write a new file, in memory where the system has such a folder. docxtpl makes a fresh object for each "
    "document as its manual shows, with autoescape, "
    "without which it loses every “&”; the two documents' XML was found equal (C14N) in this run"
)


def measure() -> Iterator[Figure]:
    """Each document with and without the check that what comes out is XML."""
    documents = {document.stem: document for document in sample_documents()}
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-", dir=memory_folder()) as folder:
        new = _new_files(Path(folder))
        for title, stem in MEASURED.items():
            document = documents[stem]
            assert_equal(render_with_docxtpl(document), render(document))
            medians = take_turns(
                {
                    "checked": partial(_write, document, new, check_output=True),
                    "unchecked": partial(_write, document, new, check_output=False),
                    "docxtpl": partial(_write_with_docxtpl, document, new),
                },
                rounds=ROUNDS,
                repeats={"checked": OURS_A_ROUND, "unchecked": OURS_A_ROUND},
            )
            for name, said, target in (("checked", "as shipped", CHECKED), ("unchecked", "check off", UNCHECKED)):
                yield Figure(
                    what=f"one DOCX, {title}, {said}",
                    ours=format_seconds(medians[name]),
                    theirs=f"docxtpl {format_seconds(medians['docxtpl'])}",
                    measured=medians["docxtpl"] / medians[name],
                    target=at_least(target),
                    notes=(_NOTE,),
                )


def render(document: SampleDocument) -> bytes:
    """The document as hopdocs makes it."""
    return compiled(document.template).render(document.context)


def save_with_docxtpl(document: SampleDocument, target: Path | BytesIO) -> None:
    """The document as docxtpl's manual shows it: a fresh object, rendered once, saved; hopdocs lends it its filters."""
    template = DocxTemplate(document.template)
    environment = Environment(autoescape=True)
    environment.filters.update(FILTERS, **{DRAWING_FILTER: draw})
    template.render(document.context, environment, autoescape=True)
    template.save(target if isinstance(target, BytesIO) else str(target))


def render_with_docxtpl(document: SampleDocument) -> bytes:
    """The same as bytes."""
    stream = BytesIO()
    save_with_docxtpl(document, stream)
    return stream.getvalue()


def assert_equal(one: bytes, other: bytes) -> None:
    """Raise ValueError unless both documents hold the same XML; a faster way to another document is no news."""
    if canonical_body(one) != canonical_body(other):
        raise ValueError("the two documents differ")


def canonical_body(data: bytes) -> bytes:
    """The document's own part in canonical form."""
    with ZipFile(BytesIO(data)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    return bytes(etree.tostring(tree, method="c14n", exclusive=True))


def _new_files(folder: Path) -> Iterator[Path]:
    """A new name for each document: overwriting would measure how long the disk takes to flush the old one."""
    return (folder / f"{number}.docx" for number in count())


def _write(document: SampleDocument, new: Iterator[Path], *, check_output: bool) -> None:
    next(new).write_bytes(compiled(document.template).render(document.context, check_output=check_output))


def _write_with_docxtpl(document: SampleDocument, new: Iterator[Path]) -> None:
    save_with_docxtpl(document, next(new))
