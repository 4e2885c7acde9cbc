"""`hopdocs dispatch journal`: the list that the records system is fed with, and what it has."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb, format_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.dispatch.journal_files import ListedRow
    from hopdocs.freshness.dispatched import Dispatched
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


@click.command(
    "journal",
    cls=Verb,
    short_help=both(en="list documents for the records system", da="list dokumenter til fagsystemet"),
    help=both(
        en="List what the records system (eDoc, SBSYS, Nova) does not have yet: a row a document with case number, "
        "KLE, title, date, direction, parties, file, hash and edition, as CSV and JSON in out/_journal with the files. "
        "When they are in, --mark says so: what the list names is never listed again.",
        da="List det, som fagsystemet (eDoc, SBSYS, Nova) ikke har endnu: en række pr. dokument med sagsnummer, KLE, "
        "titel, dato, retning, parter, fil, hash og udgave, som CSV og JSON i out/_journal sammen med filerne. "
        "Når de er lagt ind, siger --mark det: det, listen nævner, kommer aldrig på den igen.",
    ),
    examples=("hopdocs dispatch journal", "hopdocs dispatch journal --mark", "hopdocs dispatch journal HOP-2026-007"),
)
@click.argument("families", nargs=-1, metavar="[FAMILY]...")
@click.option(
    "--mark", is_flag=True, help=both(en="What the list names is filed.", da="Det, listen nævner, er journaliseret.")
)
@click.option("--drafts", is_flag=True, help=both(en="List drafts too.", da="Tag også kladder med."))
@format_option("json")
@click.pass_obj
def journal(invocation: Invocation, families: tuple[str, ...], *, mark: bool, drafts: bool, output: str) -> None:
    """Writes the list anew, after what it named was marked if that is asked for."""
    from hopdocs.cli.findings import end_with, show_aside  # noqa: PLC0415 - a verb reads only what it needs
    from hopdocs.cli.verbs.dispatch.opened import open_dispatched  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415
    from hopdocs.dispatch.journal_files import compose_journal  # noqa: PLC0415
    from hopdocs.freshness.laid_ready import EVERYTHING, JOURNAL, lay_files  # noqa: PLC0415
    from hopdocs.freshness.publish import access_rule  # noqa: PLC0415

    workspace, config = read_config(invocation)
    folder = workspace.output(config.documents) / JOURNAL
    now = clock_of(invocation, config).now().isoformat(timespec="seconds")
    with open_dispatched(workspace) as dispatched:
        listing = _Listing(workspace, config, dispatched)
        marked = listing.mark(folder, now) if mark else 0
        rows = listing.rows(families, with_drafts=drafts)
    files = compose_journal(rows, config)
    lay_files(folder, files, access_rule(config.documents), EVERYTHING)
    console = invocation.console
    if output == "json":
        import json  # noqa: PLC0415

        from hopdocs.dispatch.journal_files import JSON  # noqa: PLC0415

        shape = json.loads(files[JSON].data) if files else {"version": 1, "rows": []}
        console.emit_json({**shape, "marked": marked, "folder": workspace.relative(folder)})
    else:
        show_aside(listing.found, workspace, console)
        if mark:
            console.say(both(en=f"{marked} documents marked as filed.", da=f"{marked} dokumenter er journaliseret."))
        place = workspace.relative(folder)
        console.say(
            both(en=f"{len(rows)} documents listed in {place}.", da=f"{len(rows)} dokumenter listet i {place}.")
        )
    end_with(listing.found)


class _Listing:
    """The rows of some families with their files, while they are gathered."""

    def __init__(self, workspace: Workspace, config: Config, dispatched: Dispatched) -> None:
        self.found: list[Diagnostic] = []
        self._workspace = workspace
        self._config = config
        self._dispatched = dispatched

    def rows(self, families: tuple[str, ...], *, with_drafts: bool) -> list[ListedRow]:
        """Each row with its file; one whose file is gone is told and left out: the records system needs the file."""
        from hopdocs.cli.workspace_loading import read_family_files  # noqa: PLC0415
        from hopdocs.freshness.cache import open_cache_to_read  # noqa: PLC0415

        self.found = []
        with closing(open_cache_to_read(self._workspace.cache_path)) as cache:
            return [
                row
                for path, data in read_family_files(self._workspace, families, self.found)
                for row in self._of_family(path, data, cache.records(path).values() if with_drafts else ())
            ]

    def mark(self, folder: Path, now: str) -> int:
        """Remember what the list on disk names, as far as it is ours; gives how many documents that is."""
        from hopdocs.dispatch.journal_files import JSON, read_listed_keys  # noqa: PLC0415
        from hopdocs.workspace import UnreadableFile, read_source  # noqa: PLC0415

        try:
            listed = read_listed_keys(read_source(folder / JSON, _LARGEST))
        except FileNotFoundError:
            return 0
        except (UnreadableFile, ValueError) as err:
            msg = both(en=f"{folder / JSON} is no list of ours", da=f"{folder / JSON} er ikke en af vores lister")
            raise click.UsageError(msg) from err
        marked = 0
        for item in self.rows((), with_drafts=False):
            keys = [key for key in item.row.keys if key in listed]
            self._dispatched.mark_journalled(item.row.family, keys, now)
            marked += bool(keys)
        return marked

    def _of_family(self, path: str, data: bytes, drafts: Iterable[Record]) -> Iterator[ListedRow]:
        from hopdocs.diagnostics import Blocks, Diagnostic, Severity  # noqa: PLC0415
        from hopdocs.dispatch.journal import journal_rows  # noqa: PLC0415
        from hopdocs.dispatch.journal_files import ListedRow  # noqa: PLC0415
        from hopdocs.dispatch.unfiled import read_row  # noqa: PLC0415
        from hopdocs.freshness.delivered import DeliveredCopies  # noqa: PLC0415
        from hopdocs.sources.families import parse_family  # noqa: PLC0415

        family = parse_family(data, path, self._config).family
        if family is None:
            self.found.append(Diagnostic(path, 0, 0, "HD546", {}, Severity.WARNING, Blocks.NOTHING))
            return
        copies = DeliveredCopies(self._dispatched.connection).of_family(family.id)
        known = self._dispatched.journalled(family.id)
        for row in journal_rows(family, self._config, copies, drafts, known):
            contents = read_row(row, path, self._workspace, self._config)
            if contents is not None:
                yield ListedRow(row, PurePosixPath(path).stem, contents)
            else:
                code = "HD509" if row.store == "attachments" else "HD544"
                self.found.append(Diagnostic(path, 0, 0, code, {"file": row.file}, Severity.WARNING, Blocks.NOTHING))


_LARGEST: Final = 1 << 30
