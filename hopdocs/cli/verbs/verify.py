"""`hopdocs verify`: from what a document was made, and whether everything is as a clean build would make it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.cycle.report import Progress
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.config import Config
    from hopdocs.verification import Difference, Verification
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Tell from which data, template and commit a document was made, whether a person has changed it since, and "
        "whether it would be made differently now.\n\n"
        "Without FILE: make everything anew in a private folder, with the same ledger and day, and list each document "
        "that is not to the last byte what lies in the output folder. Nothing in the workspace is changed.\n\n"
        "Exit code 1 where something differs.",
        da="Fortæl, hvilke data, hvilken skabelon og hvilket commit et dokument er lavet af, om et menneske har ændret "
        "det siden, og om det ville blive anderledes nu.\n\n"
        "Uden FILE: lav alting forfra i en privat mappe med samme regnskab og dag, og vis hvert dokument, der ikke til "
        "sidste byte er, som det ligger i mappen med dokumenter. Intet i arbejdsområdet bliver ændret.\n\n"
        "Slutter med 1, når noget er anderledes.",
    ),
    examples=("hopdocs verify out/hop-2026-007/familieplan-nadira.docx", "hopdocs verify", "hopdocs verify --jobs 1"),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help=both(en="How many processes; else one for each core.", da="Hvor mange processer; ellers én pr. kerne."),
)
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, file: Path | None, jobs: int | None, output: str) -> None:
    """Compares with what is remembered and with what a build would make."""
    from hopdocs.cli.exits import Found  # noqa: PLC0415 - reads every layer
    from hopdocs.cli.workspace_loading import read_config  # noqa: PLC0415

    workspace, config = read_config(invocation)
    if file is None:
        _verify_all(invocation, workspace, config, jobs, output)
        return
    source, record = _find_record(workspace, config, file)
    shape = _describe(workspace, source, record, file) | _is_stale(invocation, workspace, source, file)
    if output == "json":
        invocation.console.emit_json(shape)
    else:
        _say(invocation, shape)
    if shape["stale"] or shape["edited"]:
        raise Found


def _verify_all(invocation: Invocation, workspace: Workspace, config: Config, jobs: int | None, output: str) -> None:
    from hopdocs.cli.exits import Found  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import clock_of  # noqa: PLC0415
    from hopdocs.verification import verify_outputs  # noqa: PLC0415

    console = invocation.console
    what = both(en="building anew", da="bygger forfra")
    stages = {"documents": what, "pdf": both(en="making PDFs", da="laver PDF'er")}
    with console.progress(what) as advance:

        def show_progress(step: Progress) -> None:
            advance(step.done, step.total, stages.get(step.what, step.what))

        found = verify_outputs(workspace, clock_of(invocation, config), jobs=jobs, progress=show_progress)
    if output == "json":
        rows = [_difference_json(item) for item in found.differences]
        shape = {"differences": rows, "compared": found.compared, "kept": found.kept, "pdf": found.has_pdf}
        console.emit_json(shape)
    else:
        for item in found.differences:
            console.say(f"{console.style(item.path, 'bold')}  {_difference_words(item)}")
        console.say(_verification_words(found))
    if found.differences:
        raise Found


def _difference_json(item: Difference) -> dict[str, Any]:
    from hopdocs.cli.build_summary import document_json  # noqa: PLC0415

    line = document_json(item.line) if item.line else {}
    return {
        "path": item.path,
        "difference": item.what.value,
        "family": line.get("family"),
        "next": line.get("action"),
        "reason": line.get("reason"),
    }


def _difference_words(item: Difference) -> str:
    from hopdocs.cli.build_summary import reason_text  # noqa: PLC0415
    from hopdocs.freshness.delivered import FOLDER  # noqa: PLC0415
    from hopdocs.verification import Mismatch  # noqa: PLC0415

    words = {
        Mismatch.MISSING: both(en="is missing", da="mangler"),
        Mismatch.CHANGED: both(en="differs from a clean build", da="er anderledes end ved at bygge forfra"),
        Mismatch.EXTRA: both(en="would not be made", da="ville ikke blive lavet"),
    }
    if item.what is Mismatch.CHANGED and PurePosixPath(item.path).parent.name == FOLDER:
        return both(en="differs from what was handed over", da="er anderledes end det, der blev givet")
    why = f" ({reason_text(item.line)})" if item.line else ""
    return words[item.what] + why


def _verification_words(found: Verification) -> str:
    count, differ, kept = found.compared, len(found.differences), found.kept
    parts = [both(en=f"{count} documents compared", da=f"{count} dokumenter sammenlignet")]
    parts.append(both(en=f"{differ} differ", da=f"{differ} er anderledes"))
    if kept:
        parts.append(both(en=f"{kept} are kept on purpose", da=f"{kept} er med vilje beholdt"))
    if not found.has_pdf:
        parts.append(both(en="PDFs left out", da="PDF'er er ikke med"))
    return ", ".join(parts) + "."


def _find_record(workspace: Workspace, config: Config, file: Path) -> tuple[str, Record]:
    from hopdocs.freshness.cache import open_cache_to_read  # noqa: PLC0415
    from hopdocs.workspace import source_of  # noqa: PLC0415

    try:
        inside = file.resolve().relative_to(workspace.output(config.documents).resolve())
    except ValueError as err:
        folder = config.documents.output
        msg = both(
            en=f"{file} is not among the documents in {folder}", da=f"{file} er ikke blandt dokumenterne i {folder}"
        )
        raise click.UsageError(msg) from err
    source = source_of(str(PurePosixPath(inside.as_posix()).parent))
    cache = open_cache_to_read(workspace.cache_path)
    try:
        record = cache.records(source).get(inside.name)
    finally:
        cache.close()
    if record is None:
        msg = both(en=f"hopdocs remembers nothing of {file}", da=f"hopdocs husker intet om {file}")
        raise click.UsageError(msg)
    return source, record


def _describe(workspace: Workspace, source: str, record: Record, file: Path) -> dict[str, Any]:
    from hopdocs.catalogue import choose_language, fill_message  # noqa: PLC0415
    from hopdocs.freshness.publish import read_digest  # noqa: PLC0415

    return {
        "path": workspace.relative(file.resolve()),
        "family": record.key.family or None,
        "kind": record.key.kind,
        "meeting": record.key.meeting or None,
        "recipient": record.key.recipient or None,
        "version": record.version,
        "day": record.day.isoformat(),
        "made_at": record.made_at,
        "reason": fill_message(record.reason.code, record.reason.params, choose_language()),
        "source": source,
        **_commit_of(workspace, source, record),
        "data": record.data or None,
        "template": record.template,
        "template_digest": record.template_digest,
        "software": record.software,
        "edited": read_digest(file) != record.digest,
    }


def _commit_of(workspace: Workspace, source: str, record: Record) -> dict[str, str | None]:
    """The commit whose contents of the family's file it was made of, or why git cannot tell; neither: not committed."""
    from hopdocs.catalogue import choose_language, fill_message  # noqa: PLC0415
    from hopdocs.git import GitFault, find_checkout  # noqa: PLC0415

    found: dict[str, str | None] = {"commit": None, "git_fault": None}
    try:
        checkout = find_checkout(workspace.root)
        if checkout is not None and record.data:
            found["commit"] = checkout.commit_with(workspace.root / source, record.data) or None
    except GitFault as fault:
        found["git_fault"] = fill_message(fault.code, fault.params, choose_language())
    except ValueError:  # the folder is a link to somewhere outside the checkout
        pass
    return found


def _is_stale(invocation: Invocation, workspace: Workspace, source: str, file: Path) -> dict[str, Any]:
    """What a dry run over this family would do with the file."""
    from hopdocs.cli.build_summary import reason_text  # noqa: PLC0415
    from hopdocs.cli.run_cycle import run_once  # noqa: PLC0415
    from hopdocs.freshness.staleness import Action  # noqa: PLC0415
    from hopdocs.workspace import PROJECT_NAME  # noqa: PLC0415

    families = () if source == PROJECT_NAME else (source,)  # the project is made of all of them
    _, report = run_once(invocation, families, writes=False, what=both(en="comparing", da="sammenligner"))
    path = workspace.relative(file.resolve())
    line = next((item for item in report.documents if item.path == path), None)
    is_stale = line is None or line.action is not Action.KEPT
    return {"stale": is_stale, "stale_reason": reason_text(line) if line and is_stale else None}


def _say(invocation: Invocation, shape: dict[str, Any]) -> None:
    console = invocation.console
    commit = (shape["commit"] or "")[:12] or shape["git_fault"] or both(en="not committed", da="ikke i git")
    version = both(en="version {} of {}", da="udgave {} af {}").format(shape["version"], shape["day"])
    rows = [
        (both(en="document", da="dokument"), f"{shape['kind']}, {version}"),
        (both(en="made", da="lavet"), f"{shape['made_at'][:16].replace('T', ' ')} UTC: {shape['reason']}"),
        (both(en="from", da="af"), f"{shape['source']} ({commit})"),
        (both(en="template", da="skabelon"), f"{shape['template']} {shape['template_digest'][:12]}".strip()),
        (both(en="by", da="med"), shape["software"]),
        (both(en="file", da="fil"), _file_words(edited=shape["edited"])),
        (both(en="now", da="nu"), _now_words(shape)),
    ]
    console.say(console.style(shape["path"], "bold"))
    width = max(len(head) for head, _ in rows)
    for head, text in rows:
        console.say(f"  {head.ljust(width)}  {text}")


def _file_words(*, edited: bool) -> str:
    if edited:
        return both(en="changed by hand since", da="ændret i hånden siden")
    return both(en="as hopdocs made it", da="som hopdocs lavede den")


def _now_words(shape: dict[str, Any]) -> str:
    if not shape["stale"]:
        return both(en="up to date", da="frisk")
    return both(en="stale", da="forældet") + (f": {shape['stale_reason']}" if shape["stale_reason"] else "")
