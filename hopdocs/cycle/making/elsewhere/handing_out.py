"""Families handed out to others, in stable order, and what came back put beside its places here.

Between a family's leaving and its coming back its folder may have changed: somebody saved a letter. Then what came back
is thrown away, and the family is looked at here, as it is now.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.making.elsewhere.carried import CarriedFamily, Made, NotCarried, carry, share
from hopdocs.cycle.making.elsewhere.sealed import Sealed, Word, seal
from hopdocs.cycle.making.elsewhere.work import make_families
from hopdocs.cycle.making.production import produce_family, stage_together
from hopdocs.cycle.making.staging import stage_all
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.publish import OutputFault, sweep_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    from hopdocs.cycle.making.elsewhere.place import Asked, Elsewhere
    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask
    from hopdocs.cycle.template_store import TemplateStore

    class Guarded(Protocol):
        """Workers of our own, whom a family may kill without harm to us."""

        def produce_apart(self, tasks: Sequence[FamilyTask]) -> Iterator[list[FamilyProduct]]:
            """One family at a time."""

        def produce(self, chunks: Iterable[list[FamilyTask]]) -> Iterator[list[FamilyProduct]]:
            """Many, in their order."""

        def end(self) -> None:
            """End them."""


_AHEAD: Final = 2
"""Chunks under way for each who works: one in work, one on its way."""


def produce_elsewhere(
    chunks: Iterable[list[FamilyTask]], store: TemplateStore, elsewhere: Elsewhere, own: Guarded
) -> Iterator[list[FamilyProduct]]:
    """Make all chunks, in their order. What nobody else makes our `own` workers do; once nobody is there, all of it."""
    under_way: deque[_Errand] = deque()
    rest = iter(chunks)
    try:
        desk = _Desk(store, elsewhere, own)
    except NotCarried:  # a template is being saved just now
        yield from own.produce(rest)
        return
    try:
        for tasks in rest:
            under_way.append(desk.hand_out(tasks))
            while len(under_way) > elsewhere.slots * _AHEAD:
                yield from desk.take(under_way.popleft())
            if not elsewhere.slots:
                break
        while under_way:
            yield from desk.take(under_way.popleft())
        yield from own.produce(rest)
    finally:
        for errand in under_way:
            errand.give_up()
        own.end()


class _Errand:
    """Some families on their way."""

    def __init__(self, tasks: list[FamilyTask], carried: list[CarriedFamily | None]) -> None:
        self.tasks = tasks
        self.carried = carried
        self.sent = seal([item for item in carried if item is not None])
        self.asked: Asked | None = None

    def give_up(self) -> None:
        """Nobody waits for it any more."""
        if self.asked is not None:
            self.asked.future.cancel()


class _Desk:
    """Hands out and takes in, for one build."""

    def __init__(self, store: TemplateStore, elsewhere: Elsewhere, own: Guarded) -> None:
        self._store = store
        self._elsewhere = elsewhere
        self._own = own
        self._shared: Sealed = seal(share(store))
        self._key = digest_bytes(self._shared.data)

    def hand_out(self, tasks: list[FamilyTask]) -> _Errand:
        errand = _Errand(tasks, [self._carry(task) for task in tasks])
        errand.asked = self._ask(errand)
        return errand

    def take(self, errand: _Errand) -> Iterator[list[FamilyProduct]]:
        """The products, their files staged here."""
        answer = self._elsewhere.wait(errand.asked)
        if answer is not None and answer.word is Word.LACKS_SETTINGS:
            errand.asked = self._ask(errand, self._shared)
            answer = self._elsewhere.wait(errand.asked)
        if answer is None or answer.word is not Word.DONE:
            yield from self._own.produce_apart(errand.tasks)
            return
        made: Iterator[Made | None] = iter(answer.value)
        back = [next(made, None) if item is not None else None for item in errand.carried]
        folders = [task.folder for task in errand.tasks]
        yield stage_together(self._store.settings, folders, partial(self._place_all, errand, back))

    def _carry(self, task: FamilyTask) -> CarriedFamily | None:
        try:
            return carry(self._store, task)
        except Exception:  # noqa: BLE001 - nine thousand others wait; whoever makes it here says what lies in the way
            return None

    def _ask(self, errand: _Errand, shared: Sealed | None = None) -> Asked | None:
        return self._elsewhere.submit(make_families, self._elsewhere.words.key, self._key, errand.sent, shared)

    def _place_all(self, errand: _Errand, back: Sequence[Made | None], lasting: bool) -> list[FamilyProduct]:  # noqa: FBT001
        return [
            self._place(task, carried, made, lasting=lasting)
            for task, carried, made in zip(errand.tasks, errand.carried, back, strict=True)
        ]

    def _place(
        self, task: FamilyTask, carried: CarriedFamily | None, made: Made | None, *, lasting: bool
    ) -> FamilyProduct:
        settings = self._store.settings
        if carried is not None and made is not None and self._is_as_it_was(carried):
            results, refused = stage_all(settings, task, list(made.product.results), made.finished, lasting=lasting)
            if not refused:
                return replace(made.product, task=task, results=tuple(results))
            sweep_folder(settings.output / task.folder)
        return produce_family(self._store, task, partial(stage_all, settings, task, lasting=lasting))

    def _is_as_it_was(self, carried: CarriedFamily) -> bool:
        try:
            return self._store.list_output(carried.task.folder).file_stats == carried.listing.file_stats
        except OutputFault:
            return False
