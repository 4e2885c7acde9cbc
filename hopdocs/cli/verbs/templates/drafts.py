"""`hopdocs templates preview` and `diff`: what a draft of a template would make, before it is saved for good."""

from __future__ import annotations

import dataclasses
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb, format_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from hopdocs.cycle.tasks import TemplateFile
    from hopdocs.cycle.template_store import TemplateStore
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.rendering.template import Template
    from hopdocs.template_drafts import DraftComparison, LetterChange
    from hopdocs.workspace import Workspace

_SAMPLE: Final = ("families/hop-2026-007.yaml", date(2026, 11, 21))
"""The sample family that previews are made for, and a day in the middle of its course."""
_MOST_PARAGRAPHS: Final = 3
_LONGEST_LINE: Final = 76
_MOST_FAMILIES: Final = 5


@click.command(
    "preview",
    cls=Verb,
    short_help=both(en="make one letter to look at", da="lav ét brev at se på"),
    help=both(
        en="Make one letter with a template, to look at: with its draft (invitation.udkast.docx beside "
        "invitation.docx) where there is one. Without --family it is for a sample family. Nothing is put in the "
        "output folder, and nobody is told.",
        da="Lav ét brev med en skabelon for at se på det: med udkastet (invitation.udkast.docx ved siden af "
        "invitation.docx), hvis det findes. Uden --family er det til en prøvefamilie. Intet lægges i mappen med "
        "dokumenter, og ingen får besked.",
    ),
    examples=(
        "hopdocs templates preview invitation",
        "hopdocs templates preview invitation.ung --family HOP-2026-007 --recipient yasmin",
        "hopdocs templates preview familieplan --to ~/prøver",
    ),
)
@click.argument("name", metavar="KIND[.VARIANT]")
@click.option("--family", metavar="FAMILY", help=both(en="One of the workspace's.", da="En af arbejdsområdets."))
@click.option("--recipient", metavar="R", help=both(en="A member's key, or an area.", da="En persons nøgle eller BES."))
@click.option("--meeting", metavar="ID", help=both(en="Which meeting's letter.", da="Hvilket mødes brev."))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help=both(en="Where; else a new private folder.", da="Hvor; ellers en ny privat mappe."),
)
@format_option("json")
@click.pass_obj
def preview_template(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    name: str,
    family: str | None,
    recipient: str | None,
    meeting: str | None,
    folder: Path | None,
    output: str,
) -> None:
    """Renders a letter and its PDF into a folder outside the workspace."""
    from hopdocs.cli.workspace_loading import read_config  # noqa: PLC0415 - reads every layer
    from hopdocs.cycle.template_names import short_name  # noqa: PLC0415
    from hopdocs.template_drafts import render_letter  # noqa: PLC0415

    name = short_name(name)
    workspace, _ = read_config(invocation)
    file, template = _template_to_preview(workspace, name)
    store, documents = _letters_of(invocation, workspace, name, family)
    document = _choose_letter(name, documents, recipient, meeting)
    written = _write_preview(
        store, document, render_letter(store, document, template), _preview_folder(workspace, folder)
    )
    shape = {
        "template": file,
        "family": document.family,
        "kind": document.kind.name,
        "meeting": document.meeting,
        "recipient": document.recipient,
        "files": [str(path) for path in written],
    }
    if output == "json":
        invocation.console.emit_json(shape)
        return
    what = " ".join(filter(None, (document.kind.name, document.meeting, document.recipient)))
    console = invocation.console
    console.say(both(en=f"{what} of {document.family}, with {file}", da=f"{what} til {document.family}, med {file}"))
    for path in written:
        console.say(f"  {path}")


def choose_sample(invocation: Invocation, kind: str) -> WantedDocument:
    """The sample family's letter of a kind."""
    from hopdocs.package_data import shipped_path  # noqa: PLC0415 - reads every layer
    from hopdocs.workspace import open_workspace  # noqa: PLC0415

    shipped = dataclasses.replace(invocation, workspace=shipped_path("config.yaml").parent, operator=None)
    _, documents = _letters_of(shipped, open_workspace(shipped.workspace), kind, None)
    return _choose_letter(kind, documents, None, None)


def _preview_folder(workspace: Workspace, folder: Path | None) -> Path:
    """Outside the workspace: letters hold names, and what lies there may be committed or taken for the real thing."""
    from hopdocs.cycle.erasure.traces import PREVIEWS  # noqa: PLC0415

    if folder is None:
        return Path(tempfile.mkdtemp(prefix=PREVIEWS))
    if folder.resolve().is_relative_to(workspace.root.resolve()):
        msg = both(
            en=f"{folder} lies in the workspace; choose a folder outside it",
            da=f"{folder} ligger i arbejdsområdet; vælg en mappe uden for det",
        )
        raise click.BadParameter(msg)
    return folder


def _template_to_preview(workspace: Workspace, name: str) -> tuple[str, Template]:
    from hopdocs.cycle.shared_inputs import find_templates  # noqa: PLC0415
    from hopdocs.cycle.template_names import draft_name, short_name, template_name  # noqa: PLC0415
    from hopdocs.cycle.template_review import compile_letter, find_drafts, kind_of_template  # noqa: PLC0415
    from hopdocs.model.scalars.values import nearest  # noqa: PLC0415
    from hopdocs.sources.file_sizes import LARGEST_TEMPLATE_BYTES  # noqa: PLC0415
    from hopdocs.workspace import read_source  # noqa: PLC0415

    files = find_templates(workspace, []) | find_drafts(workspace, [])
    found = next((file for file in (draft_name(name), template_name(name)) if file in files), None)
    if found is None or kind_of_template(found) is None:
        near = nearest(name, sorted(set(map(short_name, files))))
        also = both(en=f"; did you mean {near}?", da=f"; mente du {near}?") if near else ""
        msg = both(en=f"there is no template {name}{also}", da=f"skabelonen {name} findes ikke{also}")
        raise click.UsageError(msg)
    return found, compile_letter(read_source(files[found].path, LARGEST_TEMPLATE_BYTES), found)


def _letters_of(
    invocation: Invocation, workspace: Workspace, name: str, family: str | None
) -> tuple[TemplateStore, list[WantedDocument]]:
    """What the family's letters are made with, and those that this template could make."""
    from hopdocs.cli.workspace_loading import clock_of, find_family, read_config  # noqa: PLC0415
    from hopdocs.cycle.shared_inputs import read_shared_inputs  # noqa: PLC0415
    from hopdocs.cycle.template_store import TemplateStore  # noqa: PLC0415
    from hopdocs.freshness.cache import open_cache_to_read  # noqa: PLC0415
    from hopdocs.package_data import shipped_path  # noqa: PLC0415
    from hopdocs.template_drafts import fitting_letters, read_family  # noqa: PLC0415

    if family is None:
        path, day = _SAMPLE
        sample = dataclasses.replace(
            invocation,
            workspace=shipped_path("config.yaml").parent,
            operator=None,
            today=invocation.today or day,
        )
        workspace, config = read_config(sample)
        clock = clock_of(sample, config)
    else:
        path = workspace.relative(find_family(workspace, family))
        clock = clock_of(invocation, read_config(invocation)[1])
    store = TemplateStore(read_shared_inputs(workspace, clock, writes=False).settings)
    with closing(open_cache_to_read(workspace.cache_path)) as cache:
        outcome = read_family(store, path, cache)
    return store, fitting_letters(outcome, name)


def _choose_letter(
    name: str, documents: list[WantedDocument], recipient: str | None, meeting: str | None
) -> WantedDocument:
    for document in documents:
        is_recipient = recipient is None or (document.recipient or "").casefold() == recipient.casefold()
        if is_recipient and meeting in (None, document.meeting):
            return document
    there = ", ".join(dict.fromkeys("/".join(filter(None, (item.meeting, item.recipient))) for item in documents))
    known = both(en=f"there are: {there}", da=f"der er: {there}")
    none = both(en="the family gets none on that day", da="familien får ingen den dag")
    msg = both(en=f"no such {name}; ", da=f"der er ingen sådan {name}; ") + (known if there else none)
    raise click.UsageError(msg)


def _write_preview(store: TemplateStore, document: WantedDocument, docx: bytes, folder: Path) -> list[Path]:
    from hopdocs.freshness.publish import AccessRule, make_folder, publish_page  # noqa: PLC0415
    from hopdocs.rendering.pdf.worker_pool import PdfConverter  # noqa: PLC0415

    make_folder(folder, AccessRule())
    word, pdf = folder / f"{document.stem}.docx", folder / f"{document.stem}.pdf"
    publish_page(word, docx, AccessRule())
    if not store.settings.makes_pdf:
        return [word]
    with PdfConverter(workers=1) as converter:
        publish_page(pdf, converter.convert(docx, document.title), AccessRule())
    return [word, pdf]


@click.command(
    "diff",
    cls=Verb,
    short_help=both(en="what drafts would change", da="hvad udkast ville ændre"),
    help=both(
        en="Tell which families' documents would change if the drafts (familieplan.udkast.docx) were saved for good, "
        "and in which paragraphs. Documents that are final are left out, since no template remakes them.",
        da="Fortæl, hvilke familiers dokumenter der ville blive anderledes, hvis udkastene (familieplan.udkast.docx) "
        "blev gemt som de rigtige, og i hvilke afsnit. Endelige dokumenter er ikke med, for dem ændrer ingen skabelon.",
    ),
    examples=("hopdocs templates diff", "hopdocs templates diff familieplan", "hopdocs templates diff --format json"),
)
@click.argument("names", nargs=-1, metavar="[KIND[.VARIANT]]...")
@format_option("json")
@click.pass_obj
def compare_templates(invocation: Invocation, names: tuple[str, ...], output: str) -> None:
    """Renders every letter twice, and shows where the two differ."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415
    from hopdocs.catalogue.report import as_json  # noqa: PLC0415
    from hopdocs.cli.findings import end_with, show_aside  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415
    from hopdocs.cycle.shared_inputs import read_shared_inputs  # noqa: PLC0415
    from hopdocs.cycle.template_store import TemplateStore  # noqa: PLC0415
    from hopdocs.diagnostics import sort_diagnostics  # noqa: PLC0415
    from hopdocs.freshness.cache import open_cache_to_read  # noqa: PLC0415 - reads every layer
    from hopdocs.template_drafts import DraftComparison, compare_drafts, compile_drafts  # noqa: PLC0415

    workspace, config = read_config(invocation)
    console, comparison = invocation.console, DraftComparison()
    drafts = compile_drafts(_wanted_drafts(workspace, names, comparison.faults), comparison.faults)
    store = TemplateStore(read_shared_inputs(workspace, clock_of(invocation, config), writes=False).settings)
    cache = open_cache_to_read(workspace.cache_path)
    what = both(en="comparing", da="sammenligner")
    try:
        with console.progress(what) as advance:
            found = list(
                compare_drafts(store, drafts, cache, comparison, lambda done, total: advance(done, total, what))
            )
    finally:
        cache.close()
    faults = sort_diagnostics(comparison.faults)
    if output == "json":
        changes = [_change_json(change, store) for change in found]
        rows = {"changes": changes, "tried": comparison.tried, "final": comparison.final}
        console.emit_json(rows | {"diagnostics": as_json(faults, choose_language())})
    else:
        show_aside(faults, workspace, console)
        for alike in _group_alike(found):
            _say_change(invocation, alike, store)
        console.say(_summary_of(comparison, len(found), drafts))
    end_with(faults)


def _wanted_drafts(workspace: Workspace, names: tuple[str, ...], faults: list[Diagnostic]) -> dict[str, TemplateFile]:
    from hopdocs.cycle.template_names import draft_name, short_name  # noqa: PLC0415
    from hopdocs.cycle.template_review import find_drafts  # noqa: PLC0415

    drafts = find_drafts(workspace, faults)
    wanted = [draft_name(short_name(name)) for name in names]
    missing = [name for name in wanted if name not in drafts]
    if missing:
        msg = both(en=f"there is no templates/{missing[0]}", da=f"templates/{missing[0]} findes ikke")
        raise click.UsageError(msg)
    return {name: file for name, file in drafts.items() if not wanted or name in wanted}


def _change_json(change: LetterChange, store: TemplateStore) -> dict[str, Any]:
    return {
        "template": change.template,
        "family": change.key.family,
        "kind": change.key.kind,
        "meeting": change.key.meeting or None,
        "recipient": change.key.recipient or None,
        "path": f"{store.settings.output.name}/{change.name}",
        "paragraphs": [{"was": item.was, "now": item.now} for item in change.difference.paragraphs],
    }


def _group_alike(changes: Iterable[LetterChange]) -> list[list[LetterChange]]:
    """Documents that one draft changes in the same way, in the order in which they were found."""
    groups: dict[object, list[LetterChange]] = {}
    for change in changes:
        groups.setdefault((change.template, change.difference.core), []).append(change)
    return list(groups.values())


def _say_change(invocation: Invocation, alike: list[LetterChange], store: TemplateStore) -> None:
    """The change in its first document, and who else has it."""
    change, others = alike[0], alike[1:]
    console, paragraphs = invocation.console, change.difference.paragraphs
    console.say(console.style(f"{store.settings.output.name}/{change.name}", "bold") + f"  {change.key.family}")
    for item in paragraphs[:_MOST_PARAGRAPHS]:
        for sign, text, colour in (("-", item.was, "red"), ("+", item.now, "green")):
            if text:
                console.say(console.style(f"  {sign} {_shorten(text)}", colour))
    more = len(paragraphs) - _MOST_PARAGRAPHS
    if more > 0:
        console.say(both(en=f"  and {more} more paragraphs", da=f"  og {more} afsnit til"))
    elif not paragraphs:
        console.say(both(en="  the words stay; it looks different", da="  ordene er de samme; det ser anderledes ud"))
    if others:
        families = list(dict.fromkeys(item.key.family for item in alike))
        named = ", ".join(families[:_MOST_FAMILIES]) + (", …" if len(families) > _MOST_FAMILIES else "")
        same = both(
            en=f"  the same in {len(others)} more, in all of {named}",
            da=f"  det samme i {len(others)} til, i alt fra {named}",
        )
        console.say(same)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1].rstrip() + "…"


def _summary_of(comparison: DraftComparison, changed: int, drafts: Mapping[str, Template]) -> str:
    if not drafts:
        return both(en="No drafts in templates/.", da="Ingen udkast i templates/.")
    final = both(
        en=f"; {comparison.final} are final and stay", da=f"; {comparison.final} er endelige og bliver, som de er"
    )
    said = both(
        en=f"{changed} of {comparison.tried} documents would change",
        da=f"{changed} af {comparison.tried} dokumenter ville blive anderledes",
    )
    return said + (final if comparison.final else "") + "."
