"""Which workers get work: those that make the same files, as long as they are there."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.cluster.addresses import read_address
from hopdocs.cluster.connection import Cluster
from hopdocs.cycle.making.elsewhere.identity import Identity, identify
from hopdocs.cycle.making.elsewhere.work import describe_worker, make_families
from hopdocs.errors import ClusterFault, ConverterFault

if TYPE_CHECKING:
    from collections.abc import Callable

US = Identity("1", "3.11.2", "lxml 6", "LibreOffice 7.4", "a probe")


@dataclass
class FakeClient:
    """A scheduler's client; by address, what each worker says of itself, or the fault that asking ends in."""

    workers: dict[str, Identity | Exception | None]
    status: str = "running"
    given: list[tuple[str, list[str]]] = field(default_factory=list)

    def scheduler_info(self) -> dict[str, Any]:
        if self.status != "running":
            raise OSError("gone")
        return {"workers": {address: {"name": f"name of {address}"} for address in self.workers}}

    def get_executor(self, *, workers: list[str], allow_other_workers: bool, pure: bool, retries: int) -> Executor:
        assert (allow_other_workers, pure, retries) == (False, False, 0)
        return FakeExecutor(self, workers)

    def close(self, timeout: float) -> None:  # noqa: ARG002 - the client's own
        self.status = "closed"


class FakeExecutor(Executor):
    def __init__(self, client: FakeClient, workers: list[str]) -> None:
        self._client = client
        self._workers = workers

    def submit(self, fn: Callable[..., Any], /, *_: Any, **__: Any) -> Future[Any]:
        self._client.given.append((fn.__name__, self._workers))
        future: Future[Any] = Future()
        if fn is describe_worker:
            says = self._client.workers[self._workers[0]]
            if isinstance(says, Exception):
                future.set_exception(says)
            elif says is not None:
                future.set_result(says)
        return future


def cluster_of(client: FakeClient) -> Cluster:
    """Connected, without its thread."""
    cluster = Cluster(read_address("tcp://127.0.0.1:1"), None, US)  # type: ignore[arg-type]
    cluster._connect = lambda: client  # type: ignore[assignment,method-assign,return-value]
    cluster._look()
    return cluster


def _codes(cluster: Cluster) -> list[str]:
    return [item.code for item in cluster.diagnostics()]


def test_work_goes_to_those_alone_that_have_said_what_they_are() -> None:
    client = FakeClient({"a": US, "b": None, "c": US})
    cluster = cluster_of(client)
    assert cluster.slots == 2
    cluster.submit(make_families)
    assert client.given[-1] == ("make_families", ["a", "c"])
    assert _codes(cluster) == []


@pytest.mark.parametrize("name", ["hopdocs", "python", "libraries", "office", "probe"])
def test_a_worker_that_differs_in_anything_is_refused_by_name(name: str) -> None:
    client = FakeClient({"a": US, "b": replace(US, **{name: "another"})})
    cluster = cluster_of(client)
    assert cluster.slots == 1
    [told] = cluster.diagnostics()
    assert told.code == "HD775"
    assert told.params == {"name": "name of b", "what": name, "theirs": "another", "ours": getattr(US, name)}


def test_fonts_that_differ_in_what_they_draw_are_told_of_only_where_all_else_is_the_same() -> None:
    other = replace(US, office="LibreOffice 25.2", probe="another")
    assert [name for name, _, _ in US.differences(other)] == ["office"]


def test_a_worker_that_cannot_say_what_it_is_gets_nothing() -> None:
    cluster = cluster_of(FakeClient({"a": RuntimeError("no")}))
    assert cluster.slots == 0
    assert _codes(cluster) == ["HD775", "HD776"]
    with pytest.raises(ClusterFault):
        cluster.submit(make_families)


def test_workers_that_come_are_used_and_those_that_go_are_not() -> None:
    client = FakeClient({"a": US})
    cluster = cluster_of(client)
    client.workers = {"b": US, "c": replace(US, hopdocs="2")}
    cluster._look()
    cluster.submit(make_families)
    assert client.given[-1] == ("make_families", ["b"])
    client.workers = {}
    cluster._look()
    assert cluster.slots == 0
    assert _codes(cluster) == ["HD776"]


def test_a_scheduler_that_is_gone_is_looked_for_again() -> None:
    first, second = FakeClient({"a": None}), FakeClient({"a": US, "d": US})
    cluster = cluster_of(first)
    first.status = "closed"
    cluster._connect = lambda: second  # type: ignore[assignment,method-assign,return-value]
    cluster._look()
    cluster.submit(make_families)
    assert second.given[-1] == ("make_families", ["a", "d"])


def test_a_service_begins_without_a_scheduler_and_a_single_build_does_not() -> None:
    def connect() -> FakeClient:
        raise OSError("nobody there")

    for must_answer in (True, False):
        cluster = Cluster(read_address("tcp://127.0.0.1:1"), None, US, must_answer=must_answer)  # type: ignore[arg-type]
        cluster._connect = connect  # type: ignore[assignment,method-assign]
        if must_answer:
            with pytest.raises(ClusterFault) as raised, cluster:
                pass
            assert raised.value.code == "HD774"
        else:
            with cluster:
                assert _codes(cluster) == ["HD776"]


def test_a_machine_is_known_by_what_it_makes() -> None:
    def convert(docx: bytes, _title: str) -> bytes:
        assert b"word/document.xml" in docx
        return b"%PDF"

    def fail(_docx: bytes, _title: str) -> bytes:
        raise ConverterFault("HD332", reason="no room")

    plain, drawn, without = identify(None), identify(convert), identify(fail)
    assert (plain.office, plain.probe) == ("", "")
    assert len({plain.key, drawn.key, without.key}) == 3
    assert [name for name, _, _ in drawn.differences(without)] == ["probe"]
    assert plain.key == identify(None).key
