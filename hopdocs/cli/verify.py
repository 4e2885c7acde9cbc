"""`hopdocs verify FILE`: from which data, template and commit a document was made, and whether it is stale."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.build.plan import Record
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Tell from which data, template and commit a document was made, whether a person has changed it since, and "
        "whether it would be made differently now. Exit code 1 where it would, or where it was changed.",
        da="Fortæl, hvilke data, hvilken skabelon og hvilket commit et dokument er lavet af, om et menneske har ændret "
        "det siden, og om det ville blive anderledes nu. Slutter med 1, når det er ændret eller forældet.",
    ),
    examples=("hopdocs verify out/hop-2026-007/familieplan-nadira.docx",),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, file: Path, output: str) -> None:
    """Compares the file with what is remembered of it, and with what a dry run would make."""
    from hopdocs.cli.exits import Found  # noqa: PLC0415 - reads every layer
    from hopdocs.cli.reading import read_config  # noqa: PLC0415

    workspace, config = read_config(invocation)
    source, record = _find_record(workspace, config, file)
    shape = _describe(workspace, source, record, file) | _is_stale(invocation, workspace, source, file)
    if output == "json":
        invocation.console.emit_json(shape)
    else:
        _say(invocation, shape)
    if shape["stale"] or shape["edited"]:
        raise Found


def _find_record(workspace: Workspace, config: Config, file: Path) -> tuple[str, Record]:
    from hopdocs.build.cache import open_cache_to_read  # noqa: PLC0415

    try:
        inside = file.resolve().relative_to(workspace.output(config.documents).resolve())
    except ValueError as err:
        msg = both(en=f"{file} is not in this workspace", da=f"{file} ligger ikke i dette arbejdsområde")
        raise click.UsageError(msg) from err
    source = f"families/{PurePosixPath(inside.as_posix()).parent}.yaml"
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
    from hopdocs.build.publish import read_digest  # noqa: PLC0415
    from hopdocs.catalogue import choose_language, fill_message  # noqa: PLC0415

    return {
        "path": workspace.relative(file.resolve()),
        "family": record.key.family,
        "kind": record.key.kind,
        "meeting": record.key.meeting or None,
        "recipient": record.key.recipient or None,
        "version": record.version,
        "day": record.day.isoformat(),
        "made_at": record.made_at,
        "reason": fill_message(record.reason.code, record.reason.params, choose_language()),
        "source": source,
        "commit": _commit_of(workspace, source),
        "template": record.template,
        "template_digest": record.template_digest,
        "software": record.software,
        "edited": read_digest(file) != record.digest,
    }


def _commit_of(workspace: Workspace, source: str) -> str | None:
    """The commit whose contents the family's file has now; None where it is not committed so, or outside git."""
    from hopdocs.sources.git import GitFault, blob_id, find_checkout  # noqa: PLC0415

    checkout = find_checkout(workspace.root)
    try:
        data = (workspace.root / source).read_bytes()
        if checkout is None:
            return None
        blobs = checkout.committed_blobs(workspace.families)
        return checkout.head() if blobs.get(source.removeprefix("families/")) == blob_id(data) else None
    except (GitFault, OSError):
        return None


def _is_stale(invocation: Invocation, workspace: Workspace, source: str, file: Path) -> dict[str, Any]:
    """What a dry run over this family would do with the file."""
    from hopdocs.build.plan import Action  # noqa: PLC0415
    from hopdocs.cli.cycling import reason_text, run_once  # noqa: PLC0415

    _, report = run_once(invocation, (source,), writes=False, what=both(en="comparing", da="sammenligner"))
    path = workspace.relative(file.resolve())
    line = next((item for item in report.documents if item.path == path), None)
    is_stale = line is None or line.action is not Action.KEPT
    return {"stale": is_stale, "stale_reason": reason_text(line) if line and is_stale else None}


def _say(invocation: Invocation, shape: dict[str, Any]) -> None:
    console = invocation.console
    commit = shape["commit"] or both(en="not committed", da="ikke i git")
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
