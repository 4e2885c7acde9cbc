"""Every Word template against the types of what it is given, before any family is rendered; and drafts of them.

A draft lies beside the template that it may become, as `familieplan.udkast.docx`: nothing is made of it but previews
and comparisons, so that its owner may save it half finished.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from docx.exceptions import PythonDocxError

from hopdocs.cycle.shared_inputs import SOFTWARE, find_templates
from hopdocs.cycle.tasks import TemplateFile
from hopdocs.cycle.template_names import (
    draft_name,
    find_translated,
    is_draft,
    list_names,
    split_name,
    template_name,
)
from hopdocs.cycle.template_store import compile_in
from hopdocs.diagnostics import Blocks, Diagnostic, Severity, read_diagnostic
from hopdocs.documents.kinds.table import find_kind_of_template
from hopdocs.errors import FaultyInput
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.fingerprint import Digest, digest_plain
from hopdocs.model.scalars.languages import DANISH, language_of_template
from hopdocs.package_data import describe_program, shipped_path
from hopdocs.rendering.checking.fonts import find_missing_fonts
from hopdocs.rendering.checking.typecheck import check_template
from hopdocs.rendering.checking.word_findings import find_in_word
from hopdocs.rendering.docx.annotation import annotate_template
from hopdocs.rendering.docx.package import read_members
from hopdocs.rendering.docx.repairs.acceptance import accept_changes
from hopdocs.rendering.kept_templates import is_shipped
from hopdocs.rendering.pdf.installed_fonts import find_replacement, read_installed_fonts
from hopdocs.rendering.template import digest_template
from hopdocs.sources.file_sizes import LARGEST_TEMPLATE_BYTES
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.catalogue import Language
    from hopdocs.documents.kinds.kind import DocumentKind
    from hopdocs.freshness.cache import Cache
    from hopdocs.rendering.template import Template
    from hopdocs.workspace import Workspace

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
    files |= find_drafts(workspace, review.faults)
    for name, file in sorted(files.items()):
        found = _look_at(name, file)
        review.faults += found
        if found and kind_of_template(name) is not None:
            with suppress(FileNotFoundError, UnreadableFile):  # gone while we looked
                review.faulty[name] = read_source(file.path, LARGEST_TEMPLATE_BYTES)
    review.count = len(files)
    return review


def faults_in_use(files: Mapping[str, TemplateFile], cache: Cache, *, writes: bool) -> list[Diagnostic]:
    """What is wrong with the templates that letters are made with, before a family needs one.

    Each is looked at once, and again when it changes. Those that hopdocs ships are proved by its tests, copies too.
    """
    shipped = shipped_path("templates")
    known: dict[str, list[dict[str, Any]]] = {}
    with suppress(ValueError):
        known = json.loads(cache.meta(MetaKey.TEMPLATES) or "{}")
    current: dict[str, list[dict[str, Any]]] = {}
    own = {name: file for name, file in files.items() if file.path.parent != shipped}
    fonts = sorted(read_installed_fonts()) if own else []  # one that is installed later mends a template
    program = digest_plain([SOFTWARE, describe_program(), *fonts])
    for name, file in own.items():
        key = f"{name} {file.digest} {program}"
        current[key] = known[key] if key in known else [asdict(item) for item in _look_at(name, file)]
    if writes and current != known:
        cache.set_meta(MetaKey.TEMPLATES, json.dumps(current, ensure_ascii=False))
    return [read_diagnostic(item) for rows in current.values() for item in rows]


def _look_at(name: str, file: TemplateFile) -> list[Diagnostic]:
    kind = kind_of_template(name)
    if kind is None:
        return [Diagnostic(f"templates/{name}", 0, 0, "HD595", {}, Severity.WARNING, Blocks.NOTHING)]
    try:
        data = read_source(file.path, LARGEST_TEMPLATE_BYTES)
        faults = [] if is_shipped(name, data) else find_faults(data, name, kind)
        return [*faults, *_find_missing_fonts(data, name)]
    except (FileNotFoundError, UnreadableFile):
        return []


def find_drafts(workspace: Workspace, diagnostics: list[Diagnostic]) -> dict[str, TemplateFile]:
    """The drafts beside the workspace's own templates, by file name."""
    found: dict[str, TemplateFile] = {}
    for name in filter(str.isprintable, list_names(workspace.templates, is_draft)):
        path = workspace.templates / name
        try:
            data = read_source(path, LARGEST_TEMPLATE_BYTES)
        except FileNotFoundError:
            continue
        except UnreadableFile as fault:
            place = f"templates/{name}"
            diagnostics.append(Diagnostic(place, 0, 0, fault.code, fault.params, Severity.ERROR, Blocks.NOTHING))
            continue
        found[name] = TemplateFile(path, Digest(digest_template(data)))
    return found


def kind_of_template(name: str) -> DocumentKind | None:
    """The kind whose documents are made from a template of this file name."""
    template, _ = split_name(name)
    return find_kind_of_template(template)


def list_languages(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """By each Danish letter that may be translated (`invitation`, `invitation.ung`): the codes of its translations."""
    names = find_templates(workspace, [])
    found: dict[str, tuple[str, ...]] = {}
    for template, form in sorted(split_name(name) for name in names):
        kind = find_kind_of_template(template)
        if kind is None or kind.translation is None or language_of_template(form) != DANISH:
            continue
        short = f"{template}.{form}" if form else template
        codes = (language_of_template(other).code for stem, other in map(split_name, names) if stem == template)
        can = {code for code in codes if code != DANISH.code}
        found[short] = tuple(sorted(code for code in can if find_translated(template, form or None, code, names)))
    return found


def find_faults(data: bytes, name: str, kind: DocumentKind) -> list[Diagnostic]:
    """What is wrong with one template: what asks for things that its data do not have, or does not even compile.

    Also then whatever shows in its texts is told, so that its owner mends all of it at once.
    """
    try:
        return check_template(compile_letter(data, name), kind.context)
    except FaultyInput as err:
        members, broken = read_members(data, name)
        return [*err.diagnostics, *([] if broken else find_in_word(f"templates/{name}", members))]


def _find_missing_fonts(data: bytes, name: str) -> list[Diagnostic]:
    """Fonts that the PDF files would be made without; nothing where it cannot be told which there are."""
    installed = read_installed_fonts()
    members, broken = read_members(data, name)
    if broken or not installed:
        return []
    return find_missing_fonts(f"templates/{name}", members, installed, find_replacement)


def compile_letter(data: bytes, name: str) -> Template:
    """A template as letters are made with it, in the language that its name ends with."""
    _, variant = split_name(name)
    return compile_in(data, name, language_of_template(variant))


def accept_in_copy(workspace: Workspace, short: str) -> tuple[str, bytes] | None:
    """The file's name and bytes with every tracked change accepted; None where there is no template of the name."""
    faults: list[Diagnostic] = []
    files = find_templates(workspace, faults) | find_drafts(workspace, faults)
    name = next((name for name in (template_name(short), draft_name(short)) if name in files), None)
    if name is None:
        return None
    return name, accept_changes(read_source(files[name].path, LARGEST_TEMPLATE_BYTES), name)


def annotate(name: str, data: bytes, faults: Iterable[Diagnostic], language: Language) -> bytes | None:
    """A copy with its faults as comments; None if the file is no document that Word would open either."""
    own = [item for item in faults if item.path == f"templates/{name}"]
    _, broken = read_members(data, name)
    if any(item.code in _NO_DOCUMENT for item in broken):
        return None
    try:
        return annotate_template(data, own, language)
    except (PythonDocxError, KeyError, ValueError, SyntaxError):
        return None
