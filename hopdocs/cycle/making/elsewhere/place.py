"""Where work goes that leaves this machine, and how long its answer is waited for."""

from __future__ import annotations

import time
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hopdocs.cycle.making.elsewhere.sealed import Answer, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor, Future

    from hopdocs.cycle.making.elsewhere.identity import Identity
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.rendering.pdf.worker_pool import PdfConverter

PATIENCE_SECONDS: Final = 90.0
"""How long an answer is waited for: longer than LibreOffice may take for a document, and a document before it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A piece of work on its way, and until when it is waited for, by the clock that only goes forward."""

    future: Future[Answer]
    until: float


def _nothing() -> tuple[Diagnostic, ...]:
    return ()


class Elsewhere:
    """An executor, and what it must be like to make the right files.

    `slots` says how many things it does at a time just now: none, if nobody is there. `words` and `pdf` are what this
    machine makes Word files and PDFs with; `pdf` is None if none are asked for. `tell` says what is amiss there.
    `converter` is this machine's own, where one was started to find out what it is like.
    """

    def __init__(  # noqa: PLR0913 - an executor, and what is known of it
        self,
        executor: Executor,
        slots: Callable[[], int],
        *,
        words: Identity,
        pdf: Identity | None,
        patience_seconds: float = PATIENCE_SECONDS,
        tell: Callable[[], Iterable[Diagnostic]] = _nothing,
        converter: PdfConverter | None = None,
    ) -> None:
        self._executor = executor
        self._slots = slots
        self._patience_seconds = patience_seconds
        self._tell = tell
        self.converter = converter
        self.words = words
        self.pdf = pdf

    @property
    def slots(self) -> int:
        """How many things are done there at a time."""
        return self._slots()

    def submit(self, work: Callable[..., Answer], *given: Any) -> Asked | None:
        """Begin something there; None if it takes nothing any more."""
        try:
            return Asked(self._executor.submit(work, *given), time.monotonic() + self._patience_seconds)
        except Exception:  # noqa: BLE001 - each executor has faults of its own; the work is done here
            return None

    def wait(self, asked: Asked | None) -> Answer | None:
        """What came back; None if nothing did, and the work is to be done here.

        Patience begins when something is asked for: of many who do not answer, none is waited for by itself. One who
        takes too long may still do it: that answer is nobody's any more.
        """
        if asked is None:
            return None
        try:
            answer = asked.future.result(max(asked.until - time.monotonic(), 0.0))
        except (TimeoutError, CancelledError):
            asked.future.cancel()
            return None
        except Exception:  # noqa: BLE001 - a worker that died of it, a scheduler that is gone: as above
            return None
        return None if answer.word is Word.REFUSED else answer

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is amiss there just now."""
        return tuple(self._tell())
