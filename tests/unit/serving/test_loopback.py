from __future__ import annotations

import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hopdocs.errors import EnvironmentFault
from hopdocs.serving import loopback
from hopdocs.serving.loopback import listen_on_loopback

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def sockets() -> Iterator[list[socket.socket]]:
    found = listen_on_loopback(0)
    yield found
    for one in found:
        one.close()


def test_it_is_heard_on_loopback_alone_and_at_one_port(sockets: list[socket.socket]) -> None:
    assert {one.getsockname()[0] for one in sockets} <= {"127.0.0.1", "::1"}
    assert len({one.getsockname()[1] for one in sockets}) == 1


def test_a_port_that_somebody_has_is_refused_with_its_number(sockets: list[socket.socket]) -> None:
    port = sockets[0].getsockname()[1]
    with pytest.raises(EnvironmentFault) as fault:
        listen_on_loopback(port)
    assert (fault.value.code, fault.value.params["port"]) == ("HD798", str(port))


def _is_ipv6_here() -> bool:
    with closing(socket.socket(socket.AF_INET6)) as one:
        try:
            one.bind(("::1", 0))
        except OSError:
            return False
    return True


@pytest.mark.skipif(not _is_ipv6_here(), reason="this machine has no ::1")
def test_a_port_of_which_somebody_has_one_half_is_not_taken() -> None:
    with closing(socket.socket(socket.AF_INET6)) as other:
        other.bind(("::1", 0))
        other.listen()
        with pytest.raises(EnvironmentFault):
            listen_on_loopback(other.getsockname()[1])


def test_without_ipv6_the_pages_are_shown_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    listen = loopback._listen

    def listen_on_old(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
        if family is socket.AF_INET6:
            raise OSError(97, "Address family not supported by protocol")
        return listen(family, host, port)

    monkeypatch.setattr(loopback, "_listen", listen_on_old)
    (one,) = listen_on_loopback(0)
    with closing(one):
        assert one.getsockname()[0] == "127.0.0.1"
