"""Whether mail may leave from this very ledger: a person started it, and nothing says that it is not the newest.

A ledger that was restored cannot know it, so it is held against what no backup of it carries along: its own file, the
machine and the disk, and the marks that lie outside (`marks`). What is in doubt is not started, until a person starts
it. Then SEQUENCE begins above all that anybody may hold, and no Message-ID comes again.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hopdocs.errors import LedgerFault
from hopdocs.notices.ledger import event_log
from hopdocs.notices.ledger.anew import renumber
from hopdocs.notices.ledger.machine import is_another, look_at_machine
from hopdocs.notices.ledger.marks import Mark, Marks
from hopdocs.notices.planning.revisions import sequence_base_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hopdocs.notices.ledger.store import Ledger

NOT_STARTED: Final = "HD420"
IN_DOUBT: Final = "HD419"
OLDER: Final = "HD482"
A_COPY: Final = "HD483"
ANOTHER_MACHINE: Final = "HD484"
UNKNOWN_HERE: Final = "HD485"

OUTPUT: Final = "output"
"""What the ledger calls the folder of the documents, from the workspace."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why no mail leaves: a code with what it says."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def doubt(cls, why: str, **params: str) -> Reason:
        """A ledger that a person started, and that may be an old one, or another's."""
        return cls(IN_DOUBT, {"why": why, **params})

    def as_fault(self) -> LedgerFault:
        """To be raised, or shown as one."""
        return LedgerFault(self.code, **self.params)


class Standing:
    """What is known of one open ledger's place in the world."""

    def __init__(self, ledger: Ledger, path: str) -> None:
        self._ledger = ledger
        self._marks = Marks.of(path, ledger.meta(OUTPUT) or "out")

    def why_not(self, file: str) -> Reason | None:
        """Why no mail may leave from here; None if it may. `file` is the inode of the ledger."""
        ledger = self._ledger
        stored = ledger.meta("doubt")
        if not ledger.meta("started_at"):
            return Reason(**json.loads(stored)) if stored else Reason(NOT_STARTED)
        if ledger.meta("started_file") != file:
            return Reason.doubt(A_COPY)
        if self._marks is None:
            return None
        workspace, start = ledger.meta("workspace"), self._start
        for mark in self._marks.seen(workspace):
            if mark.start > start or (mark.start == start and not ledger.has_link(mark.seq, mark.link)):
                return Reason.doubt(OLDER)
        if is_another(json.loads(ledger.meta("machine") or "{}"), look_at_machine(workspace, self._marks.ledger)):
            return Reason.doubt(ANOTHER_MACHINE)
        missing = self._marks.is_missing(workspace, json.loads(ledger.meta("kept_in") or "[]"))
        return Reason.doubt(UNKNOWN_HERE, path=missing) if missing else None

    def begin(self, now: datetime, file: str, *, known: bool) -> int:
        """A person says that mail may leave from here. `known`: what waits counts as told; the number of those.

        Only the very first start of a workspace of which no trace is anywhere begins at SEQUENCE 0.
        """
        ledger, marks = self._ledger, self._marks
        seen = marks.seen(ledger.meta("workspace")) if marks is not None else []
        is_first = not (known or seen or ledger.was_started() or (marks is not None and marks.may_have_spoken()))
        start = max(int(now.timestamp()), self._start + 1, *(mark.start + 1 for mark in seen), 0)
        base = max(sequence_base_at(now), ledger.sequence_base, ledger.highest() + 1, *(m.highest + 1 for m in seen), 0)
        told = 0
        with ledger.transaction() as connection:
            if not ledger.meta("workspace") or ledger.meta("started_file") != file:
                ledger.set_meta("workspace", secrets.token_hex(8))  # a copy is a workspace of its own
            for key, value in (("start", str(start)), ("started_at", now.isoformat()), ("started_file", file)):
                ledger.set_meta(key, value)
            for key in ("doubt", "machine", "kept_in"):
                ledger.set_meta(key, "")
            if not is_first:
                ledger.set_meta("sequence_base", str(base))
                ledger.set_meta("start_name", str(start))
                renumber(connection, str(start), base)
            if known:
                told = connection.execute(
                    "UPDATE notice SET state = 'accepted', reason = 'known', sequence = ?"
                    " WHERE state = 'pending' AND channel = ''",
                    (base,),
                ).rowcount
            what = "ledger started as known" if known else "ledger started"
            event_log.Chain(connection).append(now, what, details={"told": str(told)} if known else {})
        self.note()
        return told

    def stop(self, now: datetime, reason: Reason) -> None:
        """Let no mail leave until a person starts it again, whatever else is found in its place later."""
        ledger = self._ledger
        with ledger.transaction() as connection:
            ledger.set_meta("started_at", "")
            ledger.set_meta("doubt", json.dumps({"code": reason.code, "params": dict(reason.params)}))
            event_log.Chain(connection).append(now, "ledger set back")

    def take_up(self) -> None:
        """Whoever becomes the sender of a ledger without a doubt: where it is, and how far it has come, is kept."""
        ledger, marks = self._ledger, self._marks
        if marks is None:
            return
        workspace = ledger.meta("workspace") or secrets.token_hex(8)  # it was started before there were names
        machine = json.loads(ledger.meta("machine") or "{}") | look_at_machine(workspace, marks.ledger)
        kept_in = json.loads(ledger.meta("kept_in") or "[]")
        known = {"workspace": workspace, "machine": json.dumps(machine, sort_keys=True)}
        kept_now = marks.keep(self._mark(workspace))
        known["kept_in"] = json.dumps(sorted({*kept_in, *kept_now}))
        if any(ledger.meta(key) != value for key, value in known.items()):
            with ledger.transaction():
                for key, value in known.items():
                    ledger.set_meta(key, value)

    def note(self, *, everywhere: bool = True) -> None:
        """Write down outside how far the log has come."""
        if self._marks is None:
            return
        workspace = self._ledger.meta("workspace")
        if workspace:
            self._marks.keep(self._mark(workspace), everywhere=everywhere)

    def _mark(self, workspace: str) -> Mark:
        assert self._marks is not None  # noqa: S101 - asked by the caller
        seq, link = self._ledger.last_link()
        return Mark(workspace, self._start, seq, link, self._ledger.highest(), self._marks.file)

    @property
    def _start(self) -> int:
        return int(self._ledger.meta("start") or 0)
