"""What of a family is still to be filed: it may not be forgotten before the records system has it.

A document that came or went must be in the authority's journal (offentlighedsloven § 15). The list says what that is,
and `--mark` that somebody has filed it; of what neither is true, the only copy may lie here.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopdocs.cycle.attachments import find_attachment, read_attachment
from hopdocs.dispatch.journal import JournalRow, journal_rows
from hopdocs.freshness.delivered import FOLDER, DeliveredCopies
from hopdocs.freshness.dispatched import Dispatched
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.workspace import UnreadableFile, Workspace, folder_of

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family


@dataclass(frozen=True, slots=True)
class Unfiled:
    """The rows that nobody has marked: those whose file can be filed, and those whose file is gone."""

    there: tuple[JournalRow, ...]
    lost: tuple[JournalRow, ...]


def find_unfiled(family: Family, source: str, workspace: Workspace, config: Config) -> Unfiled:
    """What is to be filed of a family; the ledger is only read."""
    if workspace.ledger_path.is_file():
        with closing(connect_to_read(workspace.ledger_path)) as connection:
            copies = DeliveredCopies(connection).of_family(family.id)
            known = Dispatched(connection).journalled(family.id)
    else:
        copies, known = (), frozenset()
    rows = journal_rows(family, config, copies, (), known)
    there = [read_row(row, source, workspace, config) is not None for row in rows]
    return Unfiled(
        tuple(row for row, is_there in zip(rows, there, strict=True) if is_there),
        tuple(row for row, is_there in zip(rows, there, strict=True) if not is_there),
    )


def read_row(row: JournalRow, source: str, workspace: Workspace, config: Config) -> bytes | None:
    """A row's file as it was, from where such files are kept and from nowhere else; None if it is gone."""
    output = workspace.output(config.documents) / (row.folder or folder_of(source))
    folders = {"delivered": output / FOLDER, "output": output, "attachments": workspace.attachments(source)}
    folder = folders[row.store]
    _, fault = find_attachment(folder, row.file)
    if fault:
        return None
    try:
        data = read_attachment(folder, row.file)
    except (FileNotFoundError, UnreadableFile):  # since we looked
        return None
    return data if row.digest in ("", digest_bytes(data)) else None
