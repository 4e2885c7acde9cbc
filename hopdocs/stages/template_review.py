"""Every Word template against the types of what it is given, before any family is rendered; and drafts of them.

A draft lies beside the template that it may become, as `familieplan.udkast.docx`: nothing is made of it but previews
and comparisons, so that its owner may save it half finished.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from docx.exceptions import PythonDocxError

from hopdocs.build.fingerprint import Digest
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.documents.danish import FILTERS
from hopdocs.documents.kinds import KINDS
from hopdocs.errors import FaultyInput
from hopdocs.rendering.annotation import annotate_template
from hopdocs.rendering.package import read_members
from hopdocs.rendering.template import Template, compile_template_bytes, digest_template
from hopdocs.rendering.typecheck import check_template
from hopdocs.stages.surroundings import find_templates
from hopdocs.stages.tasks import TemplateFile
from hopdocs.workspace import LARGEST_TEMPLATE_BYTES, UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.catalogue import Language
    from hopdocs.documents.kinds import DocumentKind
    from hopdocs.workspace import Workspace

DRAFT_ENDING: Final = ".udkast.docx"
_NO_DOCUMENT: Final = frozenset({"HD300", "HD301"})


@dataclass(slots=True)
class Review:
    """How many templates were looked at, what is wrong with them, and the bytes of those with a fault, by name."""

    count: int = 0
    faults: list[Diagnostic] = field(default_factory=list)
    faulty: dict[str, bytes] = field(default_factory=dict)


def review_templates(workspace: Workspace) -> Review:
    """Look at all templates that the workspace uses, its own and the shipped ones, and at its drafts.

    Faults stand in each template's own order, since that is the order in which somebody mends them.
    """
    review = Review()
    files = find_templates(workspace, review.faults)
    files |= find_drafts(workspace)
    for name in sorted(files):
        kind = kind_of_template(name)
        if kind is None:
            stray = Diagnostic(f"templates/{name}", 0, 0, "HD595", {}, Severity.WARNING, Blocks.NOTHING)
            review.faults.append(stray)
            continue
        try:
            data = read_source(files[name].path, LARGEST_TEMPLATE_BYTES)
        except (FileNotFoundError, UnreadableFile):
            continue  # gone while we looked
        found = find_faults(data, name, kind)
        if found:
            review.faults += found
            review.faulty[name] = data
    review.count = len(files)
    return review


def find_drafts(workspace: Workspace) -> dict[str, TemplateFile]:
    """The drafts beside the workspace's own templates, by file name."""
    found: dict[str, TemplateFile] = {}
    try:
        paths = sorted(workspace.templates.iterdir())
    except FileNotFoundError:
        return found
    for path in paths:
        if path.name.endswith(DRAFT_ENDING) and not path.name.startswith((".", "~")):
            try:
                data = read_source(path, LARGEST_TEMPLATE_BYTES)
            except (FileNotFoundError, UnreadableFile):
                continue
            found[path.name] = TemplateFile(path, Digest(digest_template(data)))
    return found


def kind_of_template(name: str) -> DocumentKind | None:
    """The kind whose documents are made from a template of this file name."""
    stem = name.partition(".")[0]
    return next((kind for kind in KINDS.values() if kind.template == stem), None)


def find_faults(data: bytes, name: str, kind: DocumentKind) -> list[Diagnostic]:
    """What is wrong with one template: what does not compile, else what asks for things that its data do not have."""
    try:
        return check_template(compile_letter(data, name), kind.context)
    except FaultyInput as err:
        return list(err.diagnostics)


def compile_letter(data: bytes, name: str) -> Template:
    """A template as letters are made with it."""
    return compile_template_bytes(data, f"templates/{name}", filters=FILTERS)


def annotate(name: str, data: bytes, faults: Iterable[Diagnostic], language: Language) -> bytes | None:
    """A copy with its faults as comments; None where the file is no document that Word would open either."""
    own = [item for item in faults if item.path == f"templates/{name}"]
    _, broken = read_members(data, name)
    if any(item.code in _NO_DOCUMENT for item in broken):
        return None
    try:
        return annotate_template(data, own, language)
    except (PythonDocxError, KeyError, ValueError, SyntaxError):
        return None
