"""How it stands in numbers, for monitoring: counts and times of all families together, and nothing of any of them.

Read from the two databases as they lie, so that the service and a command beside it say the same. What cannot be read
counts as nothing there: whoever could not read it says so in his own place.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from hopdocs.freshness.read_only import connect_to_read
from hopdocs.model.config import PdfChoice
from hopdocs.notices.ledger.rows import stamp
from hopdocs.notices.record import Cause

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace

LAST_SCAN: Final = "last-scan"
"""The file in `.hopdocs` that says when the service last came to the end of a cycle."""
_NOTICES: Final = """
SELECT count(*) FILTER (WHERE state IN ('pending', 'data_started')),
    count(*) FILTER (WHERE state = 'pending' AND (held OR (NOT released AND cause IN ({causes})))),
    count(*) FILTER (WHERE state = 'failed' AND expires_at > :now),
    count(*) FILTER (WHERE state = 'in_doubt'),
    min(CASE WHEN attempts THEN first_attempt_at ELSE coalesce(not_before, planned_at) END)
        FILTER (WHERE state IN ('pending', 'data_started'))
FROM notice WHERE state IN ('pending', 'data_started', 'failed', 'in_doubt')
""".format(causes=", ".join(f"'{cause.value}'" for cause in Cause if cause.needs_person))
_FAMILIES: Final = """
SELECT (SELECT count(*) FROM signature WHERE path LIKE 'families/%'),
    (SELECT count(*) FROM family
     WHERE diagnostics != '' AND instr(diagnostics, '"severity":"error"') AND path LIKE 'families/%')
"""
_PDFS: Final = """
SELECT count(*) FROM signature CROSS JOIN document AS word ON word.path = signature.path
LEFT JOIN document AS pdf ON pdf.path = word.path AND pdf.name = replace(word.name, '.docx', '.pdf')
WHERE NOT signature.is_settled AND word.name LIKE '%.docx' AND (pdf.name IS NULL
    OR json_extract(substr(pdf.record, 9), '$.source') IS NOT json_extract(substr(word.record, 9), '$.digest'))
"""
"""Only of families that are not done, which CROSS JOIN looks up first. Before each record stands its checksum."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What monitoring asks for. `last_scan` is None before the service's first; an age is in seconds.

    `held` waits for a person and is among the `pending`; `failed` counts mails that would still be of use. `oldest_age`
    is how long the notice that has been due longest has waited, whatever holds it.
    """

    last_scan: datetime | None = None
    families: int = 0
    families_with_errors: int = 0
    pdfs_waiting: int = 0
    pending: int = 0
    held: int = 0
    failed: int = 0
    in_doubt: int = 0
    oldest_age: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The shape of `status --format json`."""
        shape = {field.name: getattr(self, field.name) for field in fields(self)}
        return shape | {"last_scan": self.last_scan.isoformat() if self.last_scan else None}


def read_figures(workspace: Workspace, config: Config | None, now: datetime) -> Figures:
    """The figures as of `now`."""
    families, faulty = _ask(workspace.cache_path, _FAMILIES) or (0, 0)
    has_pdfs = config is not None and config.documents.pdf is not PdfChoice.NONE
    (pdfs,) = (_ask(workspace.cache_path, _PDFS) if has_pdfs else None) or (0,)
    pending, held, failed, in_doubt, oldest = _ask(workspace.ledger_path, _NOTICES, now) or (0, 0, 0, 0, None)
    age = (now - datetime.fromisoformat(oldest)).total_seconds() if oldest else 0.0
    return Figures(
        last_scan=read_last_scan(workspace),
        families=families,
        families_with_errors=faulty,
        pdfs_waiting=pdfs,
        pending=pending,
        held=held,
        failed=failed,
        in_doubt=in_doubt,
        oldest_age=max(age, 0.0),
    )


def read_last_scan(workspace: Workspace) -> datetime | None:
    """When the service last came to the end of a cycle; None if it never did, or nobody can tell."""
    with suppress(OSError, ValueError):
        return datetime.fromisoformat((workspace.state / LAST_SCAN).read_text("ascii").strip()).astimezone(UTC)
    return None


def write_last_scan(workspace: Workspace, now: datetime) -> None:
    """Say that a cycle has come to its end. Only a shortcut for whoever asks, so it is not synced."""
    target = workspace.state / LAST_SCAN
    beside = target.with_suffix(".tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{now.isoformat()}\n")
    beside.replace(target)


def _ask(database: Path, question: str, now: datetime | None = None) -> tuple[Any, ...] | None:
    if not database.is_file():
        return None
    with suppress(sqlite3.Error), closing(connect_to_read(database)) as connection:
        row: tuple[Any, ...] = connection.execute(question, {"now": stamp(now)} if now else {}).fetchone()
        return row
    return None
