"""Executors that do what others' machines do: well, badly, or not at all."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hopdocs.cycle.making.elsewhere.place import Elsewhere
from hopdocs.cycle.making.elsewhere.work import BENCH
from hopdocs.cycle.run import CycleOptions, CycleReport, Session
from hopdocs.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from hopdocs.cycle.making.elsewhere.sealed import Answer, Word
    from hopdocs.diagnostics import Diagnostic
    from tests.unit.cycling import Desk


class Blindfolded(Executor):
    """Does each thing at once, while the workspace is not where it is: whoever looks for it finds nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.asked: list[str] = []
        self.answers: list[Word] = []

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        hidden = self._root.with_name("hidden")
        self._root.rename(hidden)
        try:
            answer = self.answer(work, *given, **named)
        except Exception as err:  # noqa: BLE001 - an executor hands on whatever it was
            future.set_exception(err)
        else:
            self.answers.append(answer.word)
            future.set_result(answer)
        finally:
            hidden.rename(self._root)
        return future

    def answer(self, work: Callable[..., Any], *given: Any, **named: Any) -> Answer:
        self.asked.append(work.__name__)
        answer: Answer = work(*given, **named)
        return answer


@contextmanager
def elsewhere(
    executor: Executor, slots: int = 2, *, tell: Callable[[], Iterable[Diagnostic]] = tuple
) -> Iterator[Elsewhere]:
    """A place whose workers are this process."""
    BENCH.forget()
    words = BENCH.identity(with_pdf=False)
    yield Elsewhere(executor, lambda: slots, words=words, pdf=None, patience_seconds=30, tell=tell)
    BENCH.forget()


def cycle_elsewhere(desk: Desk, executor: Executor, options: CycleOptions | None = None) -> CycleReport:
    """One cycle whose families are made there."""
    with elsewhere(executor) as place, Session(open_workspace(desk.root), desk.clock, elsewhere=place) as session:
        return desk.cycle(options or CycleOptions(jobs=1), session)
