"""What a cycle is asked to do, and what it says it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from sys import intern
from typing import TYPE_CHECKING

from hopdocs.catalogue import fill_message
from hopdocs.freshness.staleness import UNCHANGED, Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from hopdocs.catalogue import Language
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.freshness.staleness import DocumentKey, Reason
    from hopdocs.notices.sending.outbox import Gates


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage has come; `what` is `documents` or `pdf`."""

    what: str
    done: int
    total: int


def say_nothing(_: Progress) -> None:
    """The progress callback if nobody watches."""


def never() -> bool:
    """The answer of whoever never asks to stop."""
    return False


@dataclass(frozen=True, slots=True)
class CycleOptions:
    """How to go about a cycle.

    `families` restricts it to some, by id, file name or path. `first` are paths that a save named. `writes` off is a
    dry run. `plans_notices` plans mail too; `mailed` are families that mail has left for since the last cycle.
    `lists_unchanged` adds a line for every document and diagnostic that nothing happened to; with `counts_unchanged`
    such documents are only counted if no family had to be looked at. `should_stop` is asked between PDFs: what is
    left then is for the next cycle. `makes_way` is asked between families whose mail is planned, or whose pages say
    that mail has left: a save need not wait for thousands of others. `may_remove` names the families' files whose
    absence means that they were deleted; None says that any does. `removed` are files that hopdocs itself deleted
    for a person.
    """

    families: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    writes: bool = True
    plans_notices: bool = False
    mailed: frozenset[str] = frozenset()
    may_remove: frozenset[str] | None = None
    removed: frozenset[str] = frozenset()
    jobs: int | None = None
    lists_unchanged: bool = True
    counts_unchanged: bool = False
    progress: Callable[[Progress], None] = say_nothing
    should_stop: Callable[[], bool] = never
    makes_way: Callable[[], bool] = never


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """What became of one document; `path` is relative to the workspace."""

    family: str
    kind: str
    meeting: str | None
    recipient: str | None
    format: str
    path: str
    action: Action
    reason: Reason

    def as_json(self, language: Language) -> dict[str, Any]:
        """The shape of `build --format json`."""
        return {
            "family": self.family or None,
            "kind": self.kind,
            "meeting": self.meeting,
            "recipient": self.recipient,
            "format": self.format,
            "path": self.path,
            "action": self.action.value,
            "reason": fill_message(self.reason.code, self.reason.params, language),
        }

    @classmethod
    def unchanged(cls, key: DocumentKey, path: str) -> DocumentLine:
        """A document that nothing happened to."""
        return cls(
            key.family,
            key.kind,
            key.meeting or None,
            key.recipient or None,
            path.rpartition(".")[2],
            path,
            Action.KEPT,
            UNCHANGED,
        )

    @classmethod
    def of(cls, result: DocumentResult, folder: str, family: str = "") -> DocumentLine:
        """From what a stage did; `folder` is the family's, relative to the workspace."""
        key = result.key
        return cls(
            family=key.family or family,
            kind=intern(key.kind),  # what a worker sends has a copy of every word
            meeting=intern(key.meeting) or None,
            recipient=intern(key.recipient) or None,
            format=result.format.value,
            path=f"{folder}/{result.name}",
            action=result.action,
            reason=result.reason,
        )


@dataclass(slots=True)
class CycleReport:
    """What a cycle found and did.

    `evaluated` counts the families that had to be looked at, `unchanged` the documents that are counted and not listed.
    `must_retry` says that something waits for nobody's edit: a document open in Word, a full disk, PDFs left for later.
    `next_look` is in how many seconds a fault of the machine is worth another try, None if there is none.
    `missing` are families' files that are gone and not yet taken for deleted. `answers` and `bounces` came back since
    the last cycle, and `nothing` says by the code of the reason how many mails came to nothing. `gates` is what stands
    in the way of mail. `seconds` says by stage how long it took.
    """

    documents: list[DocumentLine] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    families: int = 0
    evaluated: int = 0
    unchanged: int = 0
    must_retry: bool = False
    next_look: float | None = None
    missing: tuple[str, ...] = ()
    looked_at: frozenset[str] = frozenset()
    """The families' files that were evaluated or are gone: of these the diagnostics are all there is."""
    queued: int = 0
    dropped: int = 0
    answers: int = 0
    bounces: int = 0
    nothing: Mapping[str, int] = field(default_factory=dict)
    gates: Gates | None = None
    shared: SharedInputs | None = None
    is_at_rest: bool = False
    """Another cycle over the same would do nothing, and say the same."""
    seconds: dict[str, float] = field(default_factory=dict)
