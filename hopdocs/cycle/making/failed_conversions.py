"""PDFs that could not be made, and when each is tried again.

A fault of the machine (LibreOffice is being upgraded, the disk is full, a worker was killed or stood still) passes
without anybody's edit: it is tried again after two seconds, and after twice as long each time. What LibreOffice says
of a document itself stays so until the document is another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.errors import ConverterFault

FIRST_WAIT_SECONDS: Final = 2.0
PATIENCE_SECONDS: Final = 900.0
"""The longest wait, and the only one for a document that LibreOffice refuses."""
NO_OFFICE: Final = frozenset({"HD330", "HD331", "HD332"})
"""There is no LibreOffice, or it does not start: so it is for every other document, which need not find out again."""
OFFICE_PATIENCE_SECONDS: Final = 15.0
"""The longest wait for LibreOffice itself: it comes back within a minute or so, and one look a cycle costs little."""


@dataclass(frozen=True, slots=True)
class _Failure:
    source: str
    fault: ConverterFault
    wait_seconds: float
    due: float


class FailedConversions:
    """By name of the PDF what failed last. A clock that is set changes no wait: `monotonic` tells the seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._failures: dict[str, _Failure] = {}

    def standing(self, name: str, source: str) -> ConverterFault | None:
        """Why a PDF of the same `source` is not tried now; None if its time has come."""
        known = self._failures.get(name)
        is_early = known is not None and known.source == source and self._monotonic() < known.due
        return known.fault if known is not None and is_early else None

    def note(self, name: str, source: str, fault: ConverterFault, *, is_broken_off: bool = False) -> None:
        """It failed now. What was broken off, since somebody waits for something else, waits no longer for that."""
        from hopdocs.rendering.pdf.worker_pool import DocumentFault  # noqa: PLC0415 - whoever converts has it

        known = self._failures.get(name)
        wait_seconds = FIRST_WAIT_SECONDS
        if isinstance(fault, DocumentFault):
            wait_seconds = PATIENCE_SECONDS
        elif known is not None and known.source == source:
            longest = OFFICE_PATIENCE_SECONDS if fault.code in NO_OFFICE else PATIENCE_SECONDS
            wait_seconds = min(known.wait_seconds * (1 if is_broken_off else 2), longest)
        self._failures[name] = _Failure(source, fault, wait_seconds, self._monotonic() + wait_seconds)

    def forget(self, name: str) -> None:
        """It was made."""
        self._failures.pop(name, None)

    def next_look(self) -> float | None:
        """In how many seconds the first of them is due; those that are due already wait for no clock."""
        now = self._monotonic()
        return min((item.due - now for item in self._failures.values() if item.due > now), default=None)
