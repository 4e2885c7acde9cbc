"""The owner's end: an executor that gives work to those workers alone that make the same files as this machine.

A thread looks every other second who is there. Each worker that comes is asked first what it makes files with; one that
answers otherwise than this machine would is refused by name, and gets no family. A scheduler that is gone is looked for
again; meanwhile this machine works alone.
"""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, Final, Self

from hopdocs.cluster.addresses import read_address
from hopdocs.cluster.certificates import security_for
from hopdocs.cluster.quiet import quiet_dask
from hopdocs.cycle.making.elsewhere.identity import Identity, identify
from hopdocs.cycle.making.elsewhere.place import PATIENCE_SECONDS, Elsewhere
from hopdocs.cycle.making.elsewhere.work import describe_worker
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.errors import ClusterFault
from hopdocs.rendering.pdf.worker_pool import PdfConverter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from distributed import Client, Security

    from hopdocs.cluster.addresses import ClusterAddress

LOOK_SECONDS: Final = 2.0
CONNECT_SECONDS: Final = 10.0
FIRST_SECONDS: Final = 60.0
"""How long the first worker may take to say what it makes files with: it starts LibreOffice for that."""


@contextlib.contextmanager
def connect_cluster(
    address: str,
    certificates: Path | None,
    *,
    makes_pdf: bool,
    must_answer: bool = True,
    patience_seconds: float = PATIENCE_SECONDS,
) -> Iterator[Elsewhere]:
    """Where work may go. Raises `ClusterFault` for what no waiting mends, and if it `must_answer` and does not."""
    place = read_address(address)
    quiet_dask()
    security = security_for(place, certificates)
    converter = PdfConverter()
    try:
        words = identify(None)
        pdf = identify(converter.convert) if makes_pdf else None
        with Cluster(place, security, pdf or words, must_answer=must_answer) as cluster:
            yield Elsewhere(
                cluster,
                lambda: cluster.slots,
                words=words,
                pdf=pdf,
                patience_seconds=patience_seconds,
                tell=cluster.diagnostics,
                converter=converter,
            )
    finally:
        converter.close()


class Cluster(Executor):
    """The workers that are like us."""

    def __init__(
        self, place: ClusterAddress, security: Security, identity: Identity, *, must_answer: bool = True
    ) -> None:
        self._place = place
        self._must_answer = must_answer
        self._security = security
        self._identity = identity
        self._client: Client | None = None
        self._asked: dict[str, Future[Identity]] = {}
        self._accepted: frozenset[str] = frozenset()
        self._refused: tuple[Diagnostic, ...] = ()
        self._closed = threading.Event()
        self._settled = threading.Event()
        """Once everybody who was there at the beginning has answered."""
        self._watcher = threading.Thread(target=self._keep_looking, name="cluster", daemon=True)

    def __enter__(self) -> Self:
        try:
            self._client = self._connect()
        except (OSError, TimeoutError, ValueError) as err:
            if self._must_answer:
                raise ClusterFault("HD774", address=str(self._place), reason=type(err).__name__) from err
            self._settled.set()
        self._watcher.start()
        self._settled.wait(FIRST_SECONDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._closed.set()
        self._watcher.join(CONNECT_SECONDS)
        self._hang_up()

    @property
    def slots(self) -> int:
        """How many workers there are for us."""
        return len(self._accepted)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let one of them do it. Dask gives it to another if that one dies."""
        client, accepted = self._client, self._accepted
        if client is None or not accepted:
            raise ClusterFault("HD776", address=str(self._place))
        return self._submit(client, sorted(accepted), fn, *args, **kwargs)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Who is refused, and that nobody is there."""
        found = self._refused
        if self._accepted:
            return found
        return (*found, _warn("HD776", address=str(self._place)))

    def _connect(self) -> Client:
        from distributed import Client  # noqa: PLC0415 - as all of Dask

        return Client(
            str(self._place),
            security=self._security,
            timeout=CONNECT_SECONDS,
            set_as_default=False,
            direct_to_workers=False,
            name="hopdocs",
        )

    def _hang_up(self) -> None:
        client, self._client, self._accepted = self._client, None, frozenset()
        self._asked.clear()  # what was asked over this line is never answered
        self._refused = ()
        if client is not None:
            with contextlib.suppress(Exception):  # whatever a scheduler that is gone makes of it
                client.close(timeout=LOOK_SECONDS)

    def _keep_looking(self) -> None:
        while not self._closed.is_set():
            try:
                self._look()
            except Exception:  # noqa: BLE001 - it is gone, or going: looked for again in a moment
                self._hang_up()
            self._closed.wait(LOOK_SECONDS if self._settled.is_set() else LOOK_SECONDS / 10)

    def _look(self) -> None:
        if self._client is None or self._client.status != "running":
            self._hang_up()
            self._client = self._connect()
        there: dict[str, Any] = self._client.scheduler_info()["workers"]
        for address in self._asked.keys() - there.keys():
            del self._asked[address]
        for address in there.keys() - self._asked.keys():
            asked = self._submit(self._client, [address], describe_worker, with_pdf=bool(self._identity.probe))
            self._asked[address] = asked
        answered = {address: asked for address, asked in self._asked.items() if asked.done()}
        names = {address: str(there[address].get("name", address)) for address in answered}
        refusals = {address: self._why_not(names[address], asked) for address, asked in answered.items()}
        self._accepted = frozenset(address for address, why in refusals.items() if why is None)
        self._refused = tuple(why for why in refusals.values() if why is not None)
        if all(asked.done() for asked in self._asked.values()):
            self._settled.set()

    def _why_not(self, name: str, asked: Future[Identity]) -> Diagnostic | None:
        """Why a worker that has answered gets no work; None if it does."""
        if asked.cancelled() or asked.exception() is not None:
            return _warn("HD775", name=name, what="–", theirs="–", ours="–")
        for what, ours, theirs in self._identity.differences(asked.result()):
            return _warn("HD775", name=name, what=what, theirs=theirs or "–", ours=ours or "–")
        return None

    @staticmethod
    def _submit(client: Client, workers: list[str], fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        executor = client.get_executor(pure=False, workers=workers, allow_other_workers=False, retries=0)
        future: Future[Any] = executor.submit(fn, *args, **kwargs)
        return future


def _warn(code: str, **params: str) -> Diagnostic:
    return Diagnostic("", 0, 0, code, params, Severity.WARNING, Blocks.NOTHING)
