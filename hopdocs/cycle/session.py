"""What outlives a cycle: the workspace's lock, open databases, compiled templates, warm converters."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

from hopdocs.cycle.absent.absences import Absences, AbsenceState
from hopdocs.cycle.making.failed_conversions import FailedConversions
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.freshness.cache import Cache, empty_cache, open_cache, open_cache_to_read, set_aside
from hopdocs.freshness.delivered import DeliveredCopies
from hopdocs.freshness.versions import VersionBook
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.rendering.pdf.binder import Binder
from hopdocs.workspace import Workspace, folder_of, sole_writer

if TYPE_CHECKING:
    import sqlite3
    from types import TracebackType

    from hopdocs.clock import Clock
    from hopdocs.cycle.making.elsewhere.conversion import Converter
    from hopdocs.cycle.making.elsewhere.place import Elsewhere
    from hopdocs.cycle.report import DocumentLine
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.sources.config import ConfigText


class Session:
    """What outlives a cycle. The service keeps one for its whole life, a single command for a single cycle.

    If it `writes`, nobody else does: entering takes the workspace's lock. If it only reads, nothing is made,
    not even an empty database. `elsewhere` is where work may go that can leave this machine.
    """

    def __init__(
        self, workspace: Workspace, clock: Clock, *, writes: bool = True, elsewhere: Elsewhere | None = None
    ) -> None:
        self.workspace = workspace
        self.clock = clock
        self.writes = writes
        self.elsewhere = elsewhere
        self.last_config: ConfigText | None = None
        self.needs_sweep = False
        self.failed_pdfs = FailedConversions(clock.monotonic)
        self.untold: list[DocumentLine] = []
        """What became of documents in a cycle that is not over: the report of one that breaks off is never seen."""
        self.connection: sqlite3.Connection | None = None
        """The ledger's file, for what stands beside the notices in it; None if this session only reads."""
        self.ledger: Ledger | None = None
        self.book: VersionBook | None = None
        self.delivered: DeliveredCopies | None = None
        self.absences: Absences | None = None
        self._store: TemplateStore | None = None
        self._cache: Cache | None = None
        self._converter: Converter | None = None
        self.binder = Binder()
        """Starts its process with the first plan that is bound."""
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        if self.writes:
            with contextlib.ExitStack() as opening:
                self.needs_sweep = opening.enter_context(sole_writer(self.workspace))
                connection = connect_ledger(self.workspace.ledger_path)
                opening.callback(connection.close)
                self.connection, self.ledger = connection, Ledger(connection)
                self.book = VersionBook(connection)
                self.book.prepare()
                self.delivered = DeliveredCopies(connection)
                self.delivered.prepare()
                self.absences = Absences(connection)
                self.absences.prepare()
                self._open = opening.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        if self._converter is not None:
            self._converter.close()
            self._converter = None
        self.binder.close()
        if self._cache is not None:
            self._cache.close()
            self._cache = None
        self._open.__exit__(kind, err, at)

    @property
    def cache(self) -> Cache:
        """The cache, opened when first asked for."""
        if self._cache is None:
            path = self.workspace.cache_path
            self._cache = open_cache(path) if self.writes else open_cache_to_read(path)
        return self._cache

    def folders(self) -> frozenset[str]:
        """The output folders that hold something of ours, but for those of which only final papers shall stay."""
        if self.book is None or self.absences is None:
            return frozenset()
        states = self.absences.states().items()
        return self.book.folders() - {folder_of(path) for path, state in states if state is AbsenceState.LEFT}

    @property
    def converter(self) -> Converter:
        """Warm LibreOffice workers; the first document starts them."""
        if self._converter is None:
            self._converter = self._make_converter()
        return self._converter

    def _make_converter(self) -> Converter:
        from hopdocs.rendering.pdf.worker_pool import PdfConverter  # noqa: PLC0415 - `check` makes no PDF

        if self.elsewhere is None:
            return PdfConverter()
        from hopdocs.cycle.making.elsewhere.conversion import FarConverter  # noqa: PLC0415 - few have other machines

        return FarConverter(self.elsewhere, self.elsewhere.converter or PdfConverter())

    def replace_cache(self) -> None:
        """Begin a new cache; the damaged one is set aside by whoever may write."""
        if self._cache is not None:
            self._cache.close()
            self._cache = None
        if self.writes:
            set_aside(self.workspace.cache_path)
        else:
            self._cache = empty_cache()

    def store_for(self, shared: SharedInputs) -> TemplateStore:
        """The compiled templates, set for these shared inputs."""
        if self._store is None:
            self._store = TemplateStore(shared.settings)
        else:
            self._store.adopt(shared.settings)
        return self._store
