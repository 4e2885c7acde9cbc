"""What a worker does with what it is sent. Nothing here writes a file of its own, or knows where the workspace is.

A worker keeps what families share (settings, compiled templates) as long as it has work, and LibreOffice warm. A family
comes, is made, and goes; what functions remember of it for the next one (a name, a header) goes when work does.
"""

from __future__ import annotations

import sys
import threading
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from hopdocs.cycle.making.elsewhere.carried import CarriedFamily, CarriedStore, Made, NotCarried, Shared
from hopdocs.cycle.making.elsewhere.identity import Identity, identify
from hopdocs.cycle.making.elsewhere.sealed import Answer, Sealed, Word, unseal
from hopdocs.cycle.making.production import GIVEN_UP, produce_family
from hopdocs.cycle.making.unrendered import name_bug
from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf.worker_pool import DocumentFault, PdfConverter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.diagnostics import Diagnostic


_REMEMBERING: Final[type[Any]] = type(cache(repr))
"""What a function is that remembers what it gave."""


class _GivenUpError(Exception):
    """A family was given up. It may be this machine that fails: its owner makes it, and says what is wrong with it."""


class Bench:
    """What one worker has beside what it is sent. It does one thing at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._key = ""
        self._store: CarriedStore | None = None
        self._converter: PdfConverter | None = None
        self._identities: dict[bool, Identity] = {}
        self.limits: Callable[[], AbstractContextManager[None]] = nullcontext
        """What a family is made under; LibreOffice has limits of its own."""

    @property
    def converter(self) -> PdfConverter:
        """One LibreOffice."""
        if self._converter is None:
            self._converter = PdfConverter(workers=1)
        return self._converter

    def identity(self, *, with_pdf: bool) -> Identity:
        """What this machine makes files with; with PDFs, LibreOffice is warm afterwards."""
        if with_pdf not in self._identities:
            self._identities[with_pdf] = identify(self.converter.convert if with_pdf else None)
        return self._identities[with_pdf]

    def adopt(self, key: str, shared: Sealed | None) -> CarriedStore | None:
        """What the families of this key are made with; None if it must be sent first."""
        if key != self._key or self._store is None:
            if shared is None:
                return None
            found: Shared = unseal(shared)
            if self._store is None:
                self._store = CarriedStore(found)
            else:
                self._store.adopt_shared(found)
            self._key = key
        return self._store

    def forget(self) -> None:
        """Nothing of what was sent stays: nobody has asked for anything for a while."""
        with self._lock:
            self._key, self._store = "", None
            _forget_results()

    def close(self) -> None:
        """End LibreOffice."""
        with self._lock:
            if self._converter is not None:
                self._converter.close()
                self._converter = None

    def make(self, key: str, families: Sealed, shared: Sealed | None) -> Answer:
        """Word files of some families."""
        with self._lock:
            store = self.adopt(key, shared)
            if store is None:
                return Answer.of(Word.LACKS_SETTINGS)
            try:
                with self.limits():
                    return Answer.of(Word.DONE, [_make(store, family) for family in unseal(families)])
            except _GivenUpError:
                return Answer.of(Word.FAULT)
            finally:
                store.look_at(None)

    def convert(self, docx: bytes, title: str) -> Answer:
        """The PDF of one Word file."""
        with self._lock:
            try:
                return Answer.of(Word.DONE, self.converter.convert(docx, title))
            except ConverterFault as fault:
                return Answer.of(Word.FAULT, (isinstance(fault, DocumentFault), fault.code, fault.params))


BENCH = Bench()
"""This process's own; a process that is no worker never fills it."""


def make_families(who: str, key: str, families: Sealed, shared: Sealed | None = None) -> Answer:
    """Family bytes and settings become Word bytes. `who` is the key of the identity that makes the right ones."""
    try:
        return _refuse(who, with_pdf=False) or BENCH.make(key, families, shared)
    except Exception as err:  # noqa: BLE001 - a trace would carry what was sent into a log
        return Answer.of(Word.FAULT, (False, "HD536", {"detail": name_bug(err)}))


def convert_document(who: str, docx: Sealed, title: Sealed) -> Answer:
    """Word bytes become PDF bytes."""
    try:
        return _refuse(who, with_pdf=True) or BENCH.convert(docx.data, unseal(title))
    except Exception as err:  # noqa: BLE001 - as above
        return Answer.of(Word.FAULT, (False, "HD536", {"detail": name_bug(err)}))


def describe_worker(*, with_pdf: bool) -> Identity:
    """What a worker makes files with."""
    return BENCH.identity(with_pdf=with_pdf)


def _forget_results() -> None:
    """Whatever functions of ours remember: some of it is words of families, and all of it can be found out again."""
    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "hopdocs"]
    for value in [value for module in modules for value in vars(module).values()]:
        if isinstance(value, _REMEMBERING):
            value.cache_clear()


def _refuse(who: str, *, with_pdf: bool) -> Answer | None:
    own = BENCH.identity(with_pdf=with_pdf)
    return None if own.key == who else Answer.of(Word.REFUSED, own)


def _make(store: CarriedStore, family: CarriedFamily) -> Made | None:
    """One family; None if its making asks for what was not sent."""
    finished: dict[str, bytes] = {}

    def hold(
        results: list[DocumentResult], files: Mapping[str, bytes]
    ) -> tuple[list[DocumentResult], list[Diagnostic]]:
        finished.update(files)
        return results, []

    store.look_at(family)
    try:
        product = produce_family(store, family.task, hold)
    except NotCarried:
        return None
    if any(item.code in GIVEN_UP for item in product.outcome.diagnostics):
        raise _GivenUpError
    return Made(replace(product, task=replace(family.task, data=b"", made_of=b"", records={}, ours={})), finished)
