"""What stands open and what comes next, the first few of each: for whoever looks on while the service works.

Read from the two databases as they lie, like the figures. SQLite sorts and cuts, so that of ten thousand families no
more is unpacked than is shown. What cannot be read counts as nothing there.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from hopdocs.diagnostics import Diagnostic, read_diagnostic
from hopdocs.errors import LedgerFault
from hopdocs.freshness.cache import CacheDamaged, unseal
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.notices.ledger.store import Ledger
from hopdocs.notices.sending.outbox import Hold, Outbox, OutboxRow
from hopdocs.pages.composition import waiting_line
from hopdocs.watching.figures import Figures, read_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from hopdocs.model.config import Config
    from hopdocs.notices.record import NoticeId, NoticeRecord
    from hopdocs.notices.sending.outbox import Gates
    from hopdocs.pages.views import NoticeLine
    from hopdocs.workspace import Workspace

MOST_SHOWN: Final = 12
"""More of one sort than stand on any terminal beside the others."""
_MOST_MAILS: Final = 60
"""Mails that are asked when they leave: a meeting's are told as one."""
_MOST_HOLDS: Final = 8
"""One behind the other: there are four that time ends."""
_FAULTS: Final = """
SELECT path, diagnostics FROM family WHERE diagnostics != ''
ORDER BY instr(diagnostics, '"severity":"error"') = 0, path LIMIT ?
"""
_OPEN: Final = """
SELECT count(*) OVER (), path, page_row FROM family WHERE path LIKE 'families/%' AND page_row != ''
    AND (json_array_length(substr(page_row, 9), '$.overdue') OR json_array_length(substr(page_row, 9), '$.waiting_for'))
ORDER BY json_array_length(substr(page_row, 9), '$.overdue') DESC, path LIMIT ?
"""
"""Before each JSON stands its checksum."""


@dataclass(frozen=True, slots=True)
class MailGroup:
    """Mails that say the same of the same family at the same time, each to another."""

    family: str
    what: str
    recipients: tuple[str, ...]
    at: datetime | None = None
    """When they leave, in local time; None: with the next round."""


@dataclass(frozen=True, slots=True)
class HeldMails:
    """Mails that no time lets go, and why. `is_least`: only the first mails were asked, and more may wait so."""

    count: int
    hold: Hold
    is_least: bool = False


@dataclass(frozen=True, slots=True)
class OpenCourse:
    """A family's course that somebody must do something in: what is late, and whom it waits for."""

    family: str
    overdue: tuple[str, ...]
    waiting_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """How it stands at one moment. `open_count` counts all courses of which `open` are the first.

    `has_no_server` says that mail is planned here and cannot leave.
    """

    figures: Figures = field(default_factory=Figures)
    leaving: tuple[MailGroup, ...] = ()
    held: tuple[HeldMails, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    open: tuple[OpenCourse, ...] = ()
    open_count: int = 0
    has_no_server: bool = False


def read_outlook(workspace: Workspace, config: Config, gates: Gates | None, now: datetime) -> Outlook:
    """How it stands now. Without `gates` no mail is planned here."""
    leaving, held = _read_mails(workspace.ledger_path, config, gates, now) if gates is not None else ((), ())
    courses = list(_ask(workspace.cache_path, _OPEN))
    return Outlook(
        figures=read_figures(workspace, config, now),
        leaving=leaving,
        held=held,
        faults=tuple(
            read_diagnostic(item)
            for path, sealed in _ask(workspace.cache_path, _FAULTS)
            for item in _unpack(sealed, path)
        ),
        open=tuple(_course(row) for _, path, sealed in courses if (row := _unpack(sealed, path))),
        open_count=courses[0][0] if courses else 0,
        has_no_server=config.mail is not None and config.mail.server is None,
    )


def read_sent(workspace: Workspace, config: Config, notices: Sequence[NoticeId]) -> tuple[MailGroup, ...]:
    """What mails were about, by their numbers; nothing of a ledger that cannot be read just now."""
    with suppress(sqlite3.Error, LedgerFault), closing(connect_to_read(workspace.ledger_path)) as connection:
        ledger = Ledger(connection)
        return _group(waiting_line(OutboxRow(ledger.get(number), None), config) for number in notices)
    return ()


def _read_mails(
    path: Path, config: Config, gates: Gates, now: datetime
) -> tuple[tuple[MailGroup, ...], tuple[HeldMails, ...]]:
    """What leaves when, soonest first, and what waits for something other than time."""
    leaving: list[NoticeLine] = []
    held: dict[str, HeldMails] = {}
    if not path.is_file():
        return (), ()
    with suppress(sqlite3.Error, LedgerFault), closing(connect_to_read(path)) as connection:
        ledger = Ledger(connection)
        outbox = Outbox(ledger, gates, now)
        records = ledger.waiting.next_due(_MOST_MAILS + 1)
        is_least = len(records) > _MOST_MAILS
        for record in records[:_MOST_MAILS]:
            hold = _foresee(outbox, record, now)
            if hold is None or hold.until is not None:
                leaving.append(waiting_line(OutboxRow(record, hold), config))
            else:
                count = held[hold.code].count + 1 if hold.code in held else 1
                held[hold.code] = HeldMails(count, hold, is_least)
    leaving.sort(key=lambda line: line.when or now)
    return _group(leaving), tuple(held.values())


def _foresee(outbox: Outbox, record: NoticeRecord, now: datetime) -> Hold | None:
    """What holds a mail longest of all that time will end, or what no time ends; None if it would leave now.

    Behind the first hold another may stand: settled at 18.05, it waits for the morning's hours. What stands in the mail
    itself is looked at only where nothing else holds it.
    """
    longest = None
    for _ in range(_MOST_HOLDS):
        hold = outbox.hold_of(record)
        if hold is None or hold.until is None:
            break
        longest = hold
        outbox.look_again(hold.until)
    outbox.look_again(now)
    if hold is not None and hold.until is None:
        return hold
    return longest or outbox.judge(record).hold


def _group(lines: Iterable[NoticeLine]) -> tuple[MailGroup, ...]:
    groups: dict[tuple[str, str, datetime | None], list[str]] = {}
    for line in lines:
        groups.setdefault((line.family, line.what, line.when), []).append(line.recipient)
    return tuple(
        MailGroup(family, what, tuple(recipients), when) for (family, what, when), recipients in groups.items()
    )


def _course(row: dict[str, Any]) -> OpenCourse:
    return OpenCourse(row["family"], tuple(row["overdue"]), tuple(row["waiting_for"]))


def _unpack(sealed: str, path: str) -> Any:
    """What the cache keeps of a family; nothing of what the disk has changed."""
    with suppress(CacheDamaged):
        return json.loads(unseal(sealed, path))
    return []


def _ask(database: Path, question: str) -> Iterator[tuple[Any, ...]]:
    if not database.is_file():
        return
    with suppress(sqlite3.Error), closing(connect_to_read(database)) as connection:
        yield from connection.execute(question, (MOST_SHOWN,)).fetchall()
