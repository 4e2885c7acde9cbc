"""Where a cluster is: `tls://HOST:PORT`, or `tcp://` on this machine alone."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

from hopdocs.errors import ClusterFault

_ADDRESS: Final = re.compile(r"(tcp|tls)://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})")
_LARGEST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """A scheme, a host without brackets, and a port; 0 for any that is free."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.scheme}://{self.written_host}:{self.port}"

    @property
    def written_host(self) -> str:
        """The host as an address has it, which is how Dask wants to be told where to listen."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def is_encrypted(self) -> bool:
        """Whether each end shows a certificate, and nobody between them can read along."""
        return self.scheme == "tls"


def read_address(text: str) -> ClusterAddress:
    """An address that families may be sent to; raises `ClusterFault` for any other."""
    found = _ADDRESS.fullmatch(text.strip())
    if found is None or int(found[3]) > _LARGEST_PORT:
        raise ClusterFault("HD770", address=text)
    address = ClusterAddress(found[1], found[2].strip("[]"), int(found[3]))
    if not address.is_encrypted and not _is_loopback(address.host):
        raise ClusterFault("HD771", host=address.host)
    return address


def _is_loopback(host: str) -> bool:
    """A name but `localhost` may lead anywhere, today or tomorrow."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
