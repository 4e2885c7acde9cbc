"""The scheduler: hands work to workers, and what they answer back. It keeps nothing once an answer is fetched."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Final

from hopdocs.cluster.addresses import read_address
from hopdocs.cluster.certificates import security_for
from hopdocs.cluster.quiet import quiet_dask
from hopdocs.errors import ClusterFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from distributed import Security

    from hopdocs.cluster.addresses import ClusterAddress

NOWHERE: Final = "127.0.0.1:0"
"""Dask opens a port for pages whatever one says; on this one there are none."""


def serve_hub(address: str, certificates: Path | None, tell: Callable[[str], None]) -> None:
    """Listen until SIGTERM or Ctrl-C; `tell` hears the address, once it is there."""
    place = read_address(address)
    quiet_dask()
    asyncio.run(_serve(place, security_for(place, certificates), tell))


async def _serve(place: ClusterAddress, security: Security, tell: Callable[[str], None]) -> None:
    from distributed import Scheduler  # noqa: PLC0415 - as all of Dask

    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    hub = Scheduler(
        host=place.written_host,
        port=place.port,
        protocol=place.scheme,
        security=security,
        dashboard=False,
        dashboard_address=NOWHERE,
    )
    try:
        async with hub:
            tell(hub.address)
            await stop.wait()
    except OSError as err:
        raise ClusterFault("HD774", address=str(place), reason=err.strerror or type(err).__name__) from err
