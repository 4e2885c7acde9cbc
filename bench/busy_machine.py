"""A machine that has other things to do: one process for each core that always computes, and takes and frees memory."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import TracebackType

_PAGE_BYTES: Final = 4096
_BLOCK_BYTES: Final = 32 * 1024**2
_BLOCKS: Final = 8


class BusyMachine:
    """A context manager: busy while it is entered."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "bench.busy_machine", str(os.getpid())]
        self._processes = [
            subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - this module
            for _ in range(os.cpu_count() or 1)
        ]
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


def keep_busy(parent: int) -> None:
    """Until the parent is gone: blocks of memory, every page of them written, the oldest let go."""
    blocks: list[bytearray] = []
    while os.getppid() == parent:
        block = bytearray(_BLOCK_BYTES)
        for place in range(0, _BLOCK_BYTES, _PAGE_BYTES):
            block[place] = 1
        blocks = [*blocks, block][-_BLOCKS:]


if __name__ == "__main__":
    keep_busy(int(sys.argv[1]))
