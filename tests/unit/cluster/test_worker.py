"""Where a worker can be reached: nobody on the network may send it work without a certificate."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import distributed

from hopdocs.cluster import worker
from hopdocs.cluster.addresses import read_address
from hopdocs.cluster.certificates import security_for
from hopdocs.cluster.hub import NOWHERE
from hopdocs.cluster.quiet import quiet_dask
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_worker_without_certificates_listens_on_this_machine_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Kept] = []

    class Kept(distributed.Worker):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            started.append(self)

    monkeypatch.setattr(distributed, "Worker", Kept)
    quiet_dask()

    async def listen() -> set[str]:
        there = asyncio.Event()
        hub = distributed.Scheduler(
            host="127.0.0.1", port=0, protocol="tcp", dashboard=False, dashboard_address=NOWHERE
        )
        async with hub:
            place = read_address(hub.address)
            line = worker._Line(place, security_for(place, None), tmp_path, lambda _: there.set())
            line._loop.close()
            served = asyncio.ensure_future(line._serve())
            try:
                await asyncio.wait_for(there.wait(), PATIENCE_SECONDS)
                [one] = started
                listener: Any = one.listener
                return {at.getsockname()[0] for at in listener.tcp_server._sockets.values()}
            finally:
                await one.close(executor_wait=False)
                await served

    assert asyncio.run(listen()) == {"127.0.0.1"}
