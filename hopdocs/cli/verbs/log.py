"""`hopdocs log FAMILY`: which document came from which data, which notice went to whom, and when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


_PROJECT_WORDS = frozenset({"project", "projekt", "project.yaml", "_projekt"})
"""What belongs to no family."""


@verb(
    help=both(
        en="Tell what was made for a family and from what, and which notice went to whom, oldest first. Documents are "
        "shown as they were last made; notices with everything that happened to them.",
        da="Fortæl, hvad der er lavet til en familie og af hvad, og hvilken mail der gik til hvem, det ældste først. "
        "Dokumenter vises, som de sidst blev lavet; mails med alt, hvad der er sket med dem.",
    ),
    examples=(
        "hopdocs log HOP-2026-007",
        "hopdocs log HOP-2026-007 --format json",
        "hopdocs log project          # agendas and minutes of the project itself",
    ),
)
@click.argument("family", metavar="FAMILY")
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, family: str, output: str) -> None:
    """Reads the cache and the ledger; neither is written."""
    from hopdocs.cli.workspace_loading import find_family, read_config  # noqa: PLC0415 - sqlite and all below
    from hopdocs.workspace import PROJECT_NAME  # noqa: PLC0415

    workspace, config = read_config(invocation)
    is_project = family.casefold() in _PROJECT_WORDS
    source = PROJECT_NAME if is_project else workspace.relative(find_family(workspace, family))
    documents = _documents(workspace, source)
    family_id = "" if is_project else _family_id(workspace, source, config)
    notices = _notices(invocation, workspace, family_id, config) if family_id else []
    deliveries = _deliveries(workspace, family_id, config) if family_id else []
    if output == "json":
        invocation.console.emit_json({"documents": documents, "notices": notices, "deliveries": deliveries})
        return
    zone = ZoneInfo(config.timezone)
    rows = [(item["made_at"], f"{item['path']}  ({both(en='version', da='udgave')} {item['version']}) {item['reason']}")
            for item in documents]  # fmt: skip
    rows += [(item["at"], item["text"]) for item in notices]
    told = [(datetime.fromisoformat(moment).astimezone(zone), text) for moment, text in rows]
    told += [(datetime.fromisoformat(item["day"]).replace(tzinfo=zone), _say_delivery(item)) for item in deliveries]
    for local, text in sorted(told, key=lambda row: row[0]):
        invocation.console.say(f"{local:%Y-%m-%d %H.%M}  {text}")
    if not told:
        invocation.console.say(both(en="Nothing has been made or told.", da="Intet er lavet eller fortalt."))


def _documents(workspace: Workspace, source: str) -> list[dict[str, Any]]:
    from hopdocs.catalogue import choose_language, fill_message  # noqa: PLC0415
    from hopdocs.freshness.cache import open_cache_to_read  # noqa: PLC0415

    cache = open_cache_to_read(workspace.cache_path)
    try:
        records = list(cache.records(source).values())
    finally:
        cache.close()
    language = choose_language()
    return [
        {
            "path": record.name,
            "kind": record.key.kind,
            "meeting": record.key.meeting or None,
            "recipient": record.key.recipient or None,
            "format": record.format.value,
            "version": record.version,
            "made_at": record.made_at,
            "template": record.template,
            "reason": fill_message(record.reason.code, record.reason.params, language),
        }
        for record in records
        if record.made_at
    ]


def _family_id(workspace: Workspace, source: str, config: Config) -> str:
    from hopdocs.cli.workspace_loading import read_family_file  # noqa: PLC0415
    from hopdocs.sources.families import parse_family  # noqa: PLC0415

    return parse_family(read_family_file(workspace, workspace.root / source), source, config).family_id


def _deliveries(workspace: Workspace, family: str, config: Config) -> list[dict[str, Any]]:
    """What was handed over, and where the copies lie: "what did the mother get on 28 September?" is one line."""
    from hopdocs.freshness.delivered import FOLDER, read_copies  # noqa: PLC0415

    output = workspace.relative(workspace.output(config.documents))
    return [
        {
            "day": copy.day.isoformat(),
            "kind": copy.kind,
            "meeting": copy.meeting or None,
            "to": copy.to,
            "how": copy.how,
            "version": copy.edition,
            "files": [
                {"path": f"{output}/{copy.folder}/{FOLDER}/{name}", "digest": digest} for name, digest in copy.files
            ],
        }
        for copy in read_copies(workspace.ledger_path, family)
    ]


def _say_delivery(item: dict[str, Any]) -> str:
    hows = {
        "handed_over": both(en="handed over", da="udleveret"),
        "digital_post": "Digital Post",
        "paper": both(en="on paper", da="på papir"),
        "on_the_case": both(en="on the case", da="på sagen"),
    }
    about = f" ({item['meeting']})" if item["meeting"] else ""
    edition = f"{both(en='version', da='udgave')} {item['version']}"
    got = f"{item['to']} {both(en='got', da='fik')} {item['kind']}{about}"
    return (
        f"{got}, {edition}, {hows.get(item['how'], item['how'])}: {', '.join(file['path'] for file in item['files'])}"
    )


def _notices(invocation: Invocation, workspace: Workspace, family: str, config: Config) -> list[dict[str, Any]]:
    from hopdocs.cli.outbox import open_ledger  # noqa: PLC0415
    from hopdocs.cli.verbs.dispatch.history import letter_history  # noqa: PLC0415
    from hopdocs.notices.ledger.history import describe_history  # noqa: PLC0415

    with open_ledger(invocation) as opened:
        told = [
            {"at": row.at.isoformat(), "what": row.what, "recipient": row.recipient, "id": row.notice, "text": row.text}
            for row in describe_history(opened.ledger, family, config.timezone)
        ]
    return [*told, *letter_history(workspace, family)]
