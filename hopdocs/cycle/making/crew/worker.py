"""One worker process, from outside. Nothing here waits for it: what it has sent is taken, what it can take is sent."""

from __future__ import annotations

import multiprocessing
import pickle
import socket
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.crew import work
from hopdocs.cycle.making.crew.frames import FrameReader, Word, frame

if TYPE_CHECKING:
    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask, Settings

BUFFER_BYTES: Final = 1024**2
"""Room for a chunk on its way, as far as the system gives it, so that nobody waits while the other is busy."""
END_SECONDS: Final = 5.0
_AT_ONCE: Final = 1024**2


class Chunk:
    """Some families on their way: made in the end, or `is_broken` by the end of the worker that was at them."""

    def __init__(self, tasks: list[FamilyTask]) -> None:
        self.tasks = tasks
        self.products: list[FamilyProduct] | None = None
        self.is_broken = False
        self.was_stuck = False

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self.products is not None or self.is_broken


class Worker:
    """One process and the chunks that it has: the first it works at, the others wait in its pipe."""

    def __init__(self, settings: Settings) -> None:
        self.channel, its_end = socket.socketpair()
        for end in (self.channel, its_end):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        self.channel.setblocking(False)  # noqa: FBT003 - the standard library's own
        self.process = multiprocessing.get_context("spawn").Process(
            target=work.serve, args=(its_end, settings), daemon=True
        )
        with its_end:  # once it has its own copy, ours would keep it from seeing that we are gone
            self.process.start()
        self.chunks: deque[Chunk] = deque()
        self.has_begun = False
        self.has_hung_up = False
        self.silent_seconds = 0.0
        """How long we have waited for it without a sign."""
        self._reader = FrameReader()
        self._unsent = bytearray()

    @property
    def has_unsent(self) -> bool:
        """Whether something waits for room in the pipe."""
        return bool(self._unsent)

    @property
    def is_awaited(self) -> bool:
        """Whether it owes a sign."""
        return bool(self.chunks) or not self.has_begun

    def give(self, chunk: Chunk) -> None:
        """Let it make this when it is done with what it has."""
        if not self.chunks:
            self.silent_seconds = 0.0
        self.chunks.append(chunk)
        self._unsent += frame(Word.WORK, pickle.dumps(chunk.tasks, pickle.HIGHEST_PROTOCOL))
        self.send()

    def send(self) -> None:
        """As much as there is room for; one that is dead takes nothing."""
        with suppress(OSError):
            del self._unsent[: self.channel.send(self._unsent)]

    def take(self) -> None:
        """Everything that it has said by now. Raises what went wrong in it, if it could say so."""
        try:
            while data := self.channel.recv(_AT_ONCE):
                self.silent_seconds = 0.0
                for word, content in self._reader.feed(data):
                    self.hear(word, content)
        except BlockingIOError:
            return
        except ConnectionResetError:
            pass
        self.has_hung_up = True

    def hear(self, word: Word, content: bytes) -> None:
        """One message of it."""
        self.has_begun = True
        if word is Word.DONE:
            self.chunks.popleft().products = pickle.loads(content)  # noqa: S301 - our own child's
        elif word is Word.FAULT:
            raise pickle.loads(content)  # noqa: S301 - as above

    def end(self, *, at_once: bool = False) -> None:
        """Gone: by itself where it has nothing to do, else killed. Nobody waits for one that even that does not end."""
        if at_once or self.chunks:
            self.process.kill()
        self.channel.close()
        self.process.join(END_SECONDS)
        if self.process.is_alive():
            self.process.kill()
            self.process.join(END_SECONDS)
        with suppress(ValueError):  # still there: the system itself cannot end it now
            self.process.close()
