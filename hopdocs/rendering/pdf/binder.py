"""The process that binds plans, from outside: it reads its libraries once, and forks for each plan.

To read them takes twice as long as to bind a plan. The fork alone sees what is bound, under limits, and ends with it:
whatever happens to it happens to no other plan, and the process that waits holds nobody's papers.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from hopdocs.errors import ConverterFault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXIT: Final = struct.Struct("!8si")
_EXIT_MARK: Final = b"\0ended:\0"
_AT_ONCE: Final = 1024**2
_TRIES: Final = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What a fork said, and how it ended."""

    said: bytes
    code: int | None
    """None if nobody could say how: it was broken off, or gone with the process that forks."""


def mark_exit(code: int) -> bytes:
    """The last that comes of a fork: its exit code, or the signal that ended it as a negative number."""
    return _EXIT.pack(_EXIT_MARK, code)


def _part_exit(said: bytes) -> Told:
    end = len(said) - _EXIT.size
    mark, code = _EXIT.unpack_from(said, end) if end >= 0 else (b"", 0)
    return Told(said[:end], code) if mark == _EXIT_MARK else Told(said, None)


class Binder:
    """Starts with the first plan. Use as a context manager; `ask` may be called from several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: _Waiting | None = None
        self._is_closed = False
        self._interrupts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def interrupts(self) -> int:
        """How often it was broken off by now."""
        return self._interrupts

    def ask(
        self, request: Mapping[str, object], files: Sequence[bytes], *, interrupts: int, patience_seconds: float
    ) -> Told:
        """Have files bound; raises ConverterFault (HD334) where no process can be had for it.

        `interrupts` is the count as whoever asks began: nothing is begun for what has been broken off since. A process
        that says nothing for so long stands still, as a stopped one does: it is ended, with all it forked.
        """
        try:
            ours, theirs = socket.socketpair()
        except OSError as err:  # more is open than the system allows
            raise ConverterFault("HD334", reason=err.strerror or type(err).__name__) from err
        said = bytearray()
        with ours:
            ours.settimeout(patience_seconds)
            with theirs:  # once the fork has its own copy, ours would keep us from seeing its end
                used = self._hand_over(theirs, interrupts)
            if used is None:
                return Told(b"", None)
            try:
                with suppress(ConnectionError):  # it has ended already, and says so
                    ours.sendall(b"".join([json.dumps(request).encode(), b"\n", *files]))
                with suppress(ConnectionError):  # it ended before it had read everything
                    while data := ours.recv(_AT_ONCE):
                        said += data
            except TimeoutError:
                self._give_up(used)
                return Told(bytes(said), None)
        return _part_exit(bytes(said))

    def interrupt(self) -> None:
        """Break off what is being bound: who asked for it hears that it ended, and may ask again."""
        with self._lock:
            self._interrupts += 1
            self._end()

    def close(self) -> None:
        """End it and what it forked."""
        with self._lock:
            self._is_closed = True
            self._end()

    def _hand_over(self, connection: socket.socket, interrupts: int) -> _Waiting | None:
        with self._lock:
            if interrupts != self._interrupts:
                return None
            for _ in range(_TRIES):
                if self._is_closed:
                    break
                try:
                    self._waiting = self._waiting or _Waiting()
                    socket.send_fds(self._waiting.control, [b"\0"], [connection.fileno()])
                except OSError:  # there is no room for it, or somebody has ended it
                    self._end()
                else:
                    return self._waiting
        raise ConverterFault("HD334", reason="no process")

    def _give_up(self, used: _Waiting) -> None:
        with self._lock:
            if self._waiting is used:  # else somebody has ended it already
                self._end()

    def _end(self) -> None:
        if self._waiting is not None:
            self._waiting.end()
            self._waiting = None


class _Waiting:
    """The process that forks, and the socket through which it gets a connection for each fork."""

    def __init__(self) -> None:
        environment = {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "TMPDIR") if key in os.environ}
        self.control, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "hopdocs.rendering.pdf.binding"],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    env={**environment, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
                )
            except OSError:
                self.control.close()
                raise

    def end(self) -> None:
        """Now, with every fork: there is nothing to be lost but what is under way."""
        self.control.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
