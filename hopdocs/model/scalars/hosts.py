"""Hosts and domains as they compare. Is a host this very machine? Does an address lie in a domain?

Asked by whoever must know whether mail may leave: the sender reads this without the whole model.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCAL_NAME = "localhost"
"""The only name that can't be another machine (RFC 6761 6.3)."""


def normalise_host(text: str) -> str:
    """A host as a connection is opened to it: no brackets around an address, no dot at the end of a name.

    An IPv4 address in an IPv6 one keeps its dots (RFC 5952 5), as Python writes it from 3.13 on.
    """
    host = text.strip()
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1].strip()
    host = host.removesuffix(".")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.lower()
    mapped = _find_mapped(address)
    return f"::ffff:{mapped}" if mapped else str(address)


def is_this_machine(host: str) -> bool:
    """Whether a host is on loopback, by the one name that is kept for that or by its address, however it is written.

    What only begins as an address does (`127.evil.example`) is a name, and may be anybody's.
    """
    host = normalise_host(host)
    if host == LOCAL_NAME:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return (_find_mapped(address) or address).is_loopback


def _find_mapped(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None


def lies_within(address: str, domains: Iterable[str]) -> bool:
    """Whether an address lies in one of the domains; capitals make no difference in a domain (RFC 5321 2.4)."""
    return address.strip().rpartition("@")[2].lower() in {domain.strip().lower() for domain in domains}
