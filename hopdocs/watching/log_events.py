"""What the service writes into a log for machines: ids, codes, places and numbers, and no word that people wrote.

A log is kept, copied and searched by others than those who may read families' files. Members' keys are first names and
stand in the names of documents; so documents are counted by the family's file. A fault is told when it is new and when
it is gone, not in each cycle. docs/log.md has each event.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hopdocs.cycle.synced_copies import is_plain_name
from hopdocs.freshness.delivered import FOLDER
from hopdocs.freshness.staleness import Action
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.workspace import CONFIG_NAME, PROJECT_FOLDER, PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from hopdocs.cycle.run import CycleReport, Progress
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.notices.sending.delivery import DeliveryReport
    from hopdocs.watching.service import ServiceEvent

SCHEMA: Final = 2
"""The number of this shape; another one when a key changes its meaning or goes."""
_OF_NOBODY: Final = frozenset({"", ".", CONFIG_NAME, PROJECT_NAME, CATALOGUE_NAME, "families", "templates"})
_OF_NOBODY_BELOW: Final = frozenset({"templates", ".hopdocs", ".git", "/"})
"""Where no name is a person's: the absolute path is that of the operator's file."""
_SOMETHING_MADE: Final = "out/"


class _Fault(NamedTuple):
    """A fault as the log knows it."""

    path: str
    line: int
    column: int
    code: str
    severity: str


class EventLog:
    """Turns what the service tells into objects for a log, and remembers which faults stand there already."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[_Fault]] = {}
        self._own: frozenset[_Fault] = frozenset()

    def begin(self, workspace: Path) -> dict[str, Any]:
        """The first line."""
        return {"event": "watching", "schema": SCHEMA, "workspace": str(workspace)}

    def progress(self, step: Progress) -> dict[str, Any]:
        """How far a stage has come."""
        return {"event": "progress", "stage": step.what, "done": step.done, "total": step.total}

    def lines(self, event: ServiceEvent) -> Iterator[dict[str, Any]]:
        """What happened."""
        if event.report is not None:
            yield self._cycle(event.report)
        if event.delivery is not None:
            yield {"event": "delivery", **delivery_shape(event.delivery)}
        if event.diagnostics:
            now = frozenset(map(_fault_of, event.diagnostics))
            yield {"event": "diagnostics", "new": _shapes(now - self._own), "gone": _shapes(self._own - now)}
            self._own = now
        if event.stopped:
            yield {"event": "stopped"}

    def _cycle(self, report: CycleReport) -> dict[str, Any]:
        new, gone = self._compare(report)
        return {
            "event": "cycle",
            "seconds": round(sum(report.seconds.values()), 3),
            "unfinished": report.must_retry,
            "families": report.families,
            "evaluated": report.evaluated,
            "queued": report.queued,
            "dropped": report.dropped,
            "answers": report.answers,
            "bounces": report.bounces,
            "came_to_nothing": dict(report.nothing),
            "documents": _count_documents(report),
            "new": _shapes(new),
            "gone": _shapes(gone),
        }

    def _compare(self, report: CycleReport) -> tuple[set[_Fault], set[_Fault]]:
        """The faults that are new since the last cycle, and those that are gone.

        A cycle tells of a family only what it looked at: of the others nothing is gone.
        """
        found: dict[str, set[_Fault]] = {}
        for item in report.diagnostics:
            fault = _fault_of(item)
            found.setdefault(fault.path, set()).add(fault)
        looked_at = {public_path(path) for path in report.looked_at}
        new: set[_Fault] = set()
        gone: set[_Fault] = set()
        for path in {*found, *looked_at, *self._known}:
            before, now = self._known.get(path, frozenset()), frozenset(found.get(path, ()))
            new |= now - before
            if path in looked_at or not path.startswith("families/"):
                gone |= before - now
                self._known[path] = now
            else:
                self._known[path] = before | now
            if not self._known[path]:
                del self._known[path]
        return new, gone


def public_path(path: str) -> str:
    """A path without what people may have written into it.

    A family's file is named by its id. Of one that is not, and of attachments and documents, only the folder is told.
    """
    parts = PurePosixPath(path).parts
    if path in _OF_NOBODY or (parts and parts[0] in _OF_NOBODY_BELOW):
        return path
    inside = list(parts[1:])
    if parts[0] == "families":
        inside = inside[:1]
    elif inside and "." in inside[-1]:
        inside.pop()  # a document: its reader's key stands in its name
    while inside and inside[-1] == FOLDER:
        inside.pop()
    if not inside:
        return _SOMETHING_MADE
    if inside[-1] == PROJECT_FOLDER:
        return PROJECT_NAME
    name = inside[-1] if inside[-1].endswith(".yaml") else f"{inside[-1]}.yaml"
    return f"families/{name}" if is_plain_name(name) else "families/" if parts[0] == "families" else _SOMETHING_MADE


def delivery_shape(delivery: DeliveryReport) -> dict[str, Any]:
    """What became of a round of mails, by their numbers in the ledger."""
    return {
        "sent": list(delivery.accepted),
        "failed": list(delivery.failed),
        "deferred": list(delivery.deferred),
        "in_doubt": list(delivery.in_doubt),
        "expired": list(delivery.expired),
        "fault": delivery.fault.code if delivery.fault else None,
        "next_at": delivery.next_at.isoformat() if delivery.next_at else None,
    }


def _count_documents(report: CycleReport) -> list[dict[str, Any]]:
    """By the family's file: how many documents each thing was done with, and for which reasons."""
    counts: dict[str, Counter[str]] = {}
    reasons: dict[str, set[str]] = {}
    for line in report.documents:
        if line.action is not Action.KEPT:
            path = public_path(line.path)
            counts.setdefault(path, Counter())[line.action.value] += 1
            reasons.setdefault(path, set()).add(line.reason.code)
    return [{"path": path, **counts[path], "reasons": sorted(reasons[path])} for path in sorted(counts)]


def _fault_of(item: Diagnostic) -> _Fault:
    return _Fault(public_path(item.path), item.line, item.column, item.code, item.severity.value)


def _shapes(faults: Iterable[_Fault]) -> list[dict[str, Any]]:
    return [fault._asdict() for fault in sorted(faults)]
