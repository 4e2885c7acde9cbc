"""Where families may be sent."""

from __future__ import annotations

import pytest

from hopdocs.cluster.addresses import read_address
from hopdocs.errors import ClusterFault


@pytest.mark.parametrize(
    "text",
    [
        *("tls://hub.vesterlyng.example:8786", "tls://10.0.0.7:8786", "tls://[2001:db8::7]:8786"),
        *("tcp://127.0.0.1:8786", "tcp://127.9.9.9:1", "tcp://localhost:8786", "tcp://[::1]:8786", "tcp://127.0.0.1:0"),
    ],
)
def test_encrypted_anywhere_and_in_plain_on_this_machine(text: str) -> None:
    assert str(read_address(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("tcp://hub.vesterlyng.example:8786", "tcp://10.0.0.7:8786", "tcp://0.0.0.0:8786", "tcp://[::]:8786"),
        *("tcp://localhost.vesterlyng.example:8786", "tcp://127.0.0.1.nip.example:8786", "tcp://[2001:db8::7]:8786"),
        *("tcp://127.1:8786", "tcp://2130706433:8786", "tcp://[::ffff:10.0.0.7]:8786"),
    ],
)
def test_nothing_leaves_this_machine_in_plain(text: str) -> None:
    with pytest.raises(ClusterFault) as raised:
        read_address(text)
    assert raised.value.code == "HD771"


@pytest.mark.parametrize(
    "text",
    [
        *("", "127.0.0.1:8786", "ucx://127.0.0.1:8786", "inproc://x", "tls://hub", "tls://hub:99999", "tls://:8786"),
        *("tls://hub:8786/x", "tls://a@hub:8786", "tls://hub:8786,tcp://x:1", "tls://hub\n:8786"),
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ClusterFault) as raised:
        read_address(text)
    assert raised.value.code == "HD770"
