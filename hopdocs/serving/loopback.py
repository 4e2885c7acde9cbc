"""Sockets that nobody off this machine reaches. There is no way to ask for another address."""

from __future__ import annotations

import errno
import socket
from typing import Final

from hopdocs.errors import EnvironmentFault

_NO_IPV6: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_TRIES: Final = 20


def listen_on_loopback(port: int) -> list[socket.socket]:
    """Sockets on 127.0.0.1 and ::1, on one port: `localhost` may lead to either, so that no other user may have one.

    `port` 0: whichever is free. `EnvironmentFault` if it can't be had.
    """
    for _ in range(_TRIES):
        opened: list[socket.socket] = []
        try:
            opened.append(_listen(socket.AF_INET, "127.0.0.1", port))
            opened.append(_listen(socket.AF_INET6, "::1", opened[0].getsockname()[1]))
        except OSError as err:
            if opened and err.errno in _NO_IPV6:
                return opened
            for one in opened:
                one.close()
            if opened and not port and err.errno == errno.EADDRINUSE:
                continue
            raise EnvironmentFault("HD798", port=str(port or "?"), detail=err.strerror or str(err)) from err
        return opened
    raise EnvironmentFault("HD798", port="?", detail="::1")


def _listen(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    opened = socket.socket(family, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was ours a moment ago
        if family is socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((host, port))
        opened.listen()
    except OSError:
        opened.close()
        raise
    return opened
