"""Where a scheduler listens."""

from __future__ import annotations

import distributed
import pytest
from distributed.comm.addressing import addresses_from_user_args

from hopdocs.cluster.hub import serve_hub
from hopdocs.errors import ClusterFault


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"])
def test_a_scheduler_listens_where_it_is_told_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    listened: list[str] = []

    class Busy:
        """Somebody else is there already."""

        def __init__(self, *, host: str, port: int, protocol: str, **_: object) -> None:
            listened.extend(addresses_from_user_args(host=host, port=port, protocol=protocol))

        async def __aenter__(self) -> None:
            raise OSError(98, "Address already in use")

        async def __aexit__(self, *_: object) -> None:
            raise AssertionError

    monkeypatch.setattr(distributed, "Scheduler", Busy)
    with pytest.raises(ClusterFault, match="HD774"):
        serve_hub(address, None, listened.append)
    assert listened == [address]
