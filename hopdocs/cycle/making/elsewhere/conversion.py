"""PDFs made elsewhere, and here where nobody else makes them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Protocol

from hopdocs.cycle.making.elsewhere.sealed import Sealed, Word, seal
from hopdocs.cycle.making.elsewhere.work import convert_document
from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf.worker_pool import DocumentFault

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hopdocs.cycle.making.elsewhere.place import Elsewhere
    from hopdocs.cycle.making.elsewhere.sealed import Answer


class Converter(Protocol):
    """Whatever makes PDFs; `convert` may be called from several threads at once."""

    @property
    def size(self) -> int:
        """How many documents it is worth asking for at a time."""

    def convert(self, docx: bytes, title: str) -> bytes:
        """The PDF of a document; raises `ConverterFault`."""

    def interrupt(self) -> None:
        """Break off what is being converted: whoever waits for it gets a `ConverterFault`, and may ask again."""

    def close(self) -> None:
        """End it."""


class FarConverter:
    """Asks elsewhere. `own` makes what does not come back, and everything once nobody is there."""

    def __init__(self, elsewhere: Elsewhere, own: Converter) -> None:
        self._elsewhere = elsewhere
        self._own = own
        self._lock = threading.Lock()
        self._waiting: set[Future[Any]] = set()
        self._interrupts = 0

    @property
    def size(self) -> int:
        """Two for each who works there, so that the next one is there when one is done."""
        return self._elsewhere.slots * 2 or self._own.size

    def convert(self, docx: bytes, title: str) -> bytes:
        """The PDF of a document; raises `ConverterFault`, a `DocumentFault` where LibreOffice said so itself."""
        interrupts = self._interrupts
        is_there = self._elsewhere.slots and self._elsewhere.pdf is not None
        answer = self._ask(docx, title, interrupts) if is_there else None
        if interrupts != self._interrupts:
            raise ConverterFault("HD333", title=title, reason="interrupted")
        if answer is not None and answer.word is Word.DONE:
            pdf: bytes = answer.value
            return pdf
        if answer is not None and answer.word is Word.FAULT:
            is_documents, code, params = answer.value
            if is_documents:
                raise DocumentFault(code, **params)
        return self._own.convert(docx, title)

    def interrupt(self) -> None:
        """Nobody waits any more."""
        with self._lock:
            self._interrupts += 1
            waiting = list(self._waiting)
        for future in waiting:
            future.cancel()
        self._own.interrupt()

    def close(self) -> None:
        """Nobody waits any more, and nothing is made here."""
        self.interrupt()
        self._own.close()

    def _ask(self, docx: bytes, title: str, interrupts: int) -> Answer | None:
        elsewhere = self._elsewhere
        assert elsewhere.pdf is not None  # noqa: S101 - asked by the caller
        asked = elsewhere.submit(convert_document, elsewhere.pdf.key, Sealed(docx), seal(title))
        if asked is None:
            return None
        with self._lock:
            self._waiting.add(asked.future)
            if interrupts != self._interrupts:
                asked.future.cancel()
        try:
            return elsewhere.wait(asked)
        finally:
            with self._lock:
                self._waiting.discard(asked.future)
