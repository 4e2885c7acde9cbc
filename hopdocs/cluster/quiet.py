"""Dask as it must be beside families' papers: nothing on a disk, no page for others to look at, no words in a log."""

from __future__ import annotations

import logging
from typing import Final

from hopdocs.errors import ClusterFault

SILENT_WORKER: Final = "60s"
"""After so long without a sign of life the work that a worker has is another's."""
_SETTINGS: Final[dict[str, object]] = {
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    "distributed.worker.profile.enabled": False,
    "distributed.worker.http.routes": [],
    "distributed.worker.preload": [],
    "distributed.scheduler.http.routes": [],
    "distributed.scheduler.preload": [],
    "distributed.scheduler.worker-ttl": SILENT_WORKER,
    "distributed.scheduler.allowed-failures": 1,  # whoever ends two workers is made by its owner
    "distributed.diagnostics.nvml": False,
    "distributed.admin.large-graph-warning-threshold": "1GB",
}


def quiet_dask() -> None:
    """Set Dask up so; raises `ClusterFault` if it is not installed."""
    try:
        import dask  # noqa: PLC0415 - half a second, only for who has a cluster
        import distributed  # noqa: F401, PLC0415 - it sets up its log when it is read
    except ImportError as err:
        raise ClusterFault("HD773") from err
    dask.config.set(_SETTINGS)
    logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    logging.getLogger("tornado").setLevel(logging.CRITICAL + 1)
