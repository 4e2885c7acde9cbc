"""Which machine and which disk this is, as far as an ordinary user can tell: what no backup carries along.

Only what stays for years is asked: a restart, an upgrade or another mount point is no other machine. What cannot be
told is left out, and says nothing either way.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Machine: TypeAlias = "dict[str, list[str]]"

_MACHINE_ID: Final = Path("/etc/machine-id")
_CARDS: Final = Path("/sys/class/net")
_DISKS: Final = Path("/sys/dev/block")
_PERMANENT: Final = "0"
"""`NET_ADDR_PERM` of the kernel: an address that is the card's own, neither drawn by lot nor set."""


def look_at_machine(workspace: str, ledger: Path) -> Machine:
    """By what is asked, digests of what it is; they tell nothing to whoever reads them, and are another's elsewhere."""
    facts = {"machine": _machine_id(), "cards": _cards(), "disk": _disk(ledger)}
    return {
        name: sorted(hashlib.sha256(f"{workspace}|{value}".encode()).hexdigest()[:16] for value in found)
        for name, values in facts.items()
        if (found := set(values))
    }


def is_another(known: Mapping[str, list[str]], here: Mapping[str, list[str]]) -> bool:
    """Whether something is known of both, and they have nothing of it in common."""
    return any(set(known[name]).isdisjoint(here[name]) for name in known.keys() & here.keys())


def _machine_id() -> Iterator[str]:
    """None where the system draws a new one at each start, or a container is given its host's."""
    with suppress(OSError):
        if _MACHINE_ID.stat().st_dev == _MACHINE_ID.parent.stat().st_dev:
            text = _MACHINE_ID.read_text("ascii", "replace").strip()
            if text and text != "uninitialized":
                yield text


def _cards() -> Iterator[str]:
    """The addresses of the network cards that are there in the flesh, or that a virtual machine's host gave it."""
    with suppress(OSError):
        for card in _CARDS.iterdir():
            with suppress(OSError):
                if (card / "device").exists() and (card / "addr_assign_type").read_text().strip() == _PERMANENT:
                    yield (card / "address").read_text().strip()


def _disk(ledger: Path) -> Iterator[str]:
    """What the disk below the ledger says that it is: a copy of a disk lies on another one."""
    with suppress(OSError):
        device = ledger.parent.stat().st_dev
        yield from _names_of((_DISKS / f"{os.major(device)}:{os.minor(device)}").resolve(strict=True))


def _names_of(device: Path) -> Iterator[str]:
    """Its own, or those of the disks that it is made of (an encrypted or a logical volume)."""
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    if below:
        for slave in below:
            yield from _names_of(slave.resolve())
        return
    for folder in (device, device.parent):  # a partition lies in its disk's folder
        for name in ("wwid", "device/wwid", "device/serial", "serial"):
            with suppress(OSError):
                text = (folder / name).read_text("utf-8", "replace").strip()
                if text:
                    yield text
                    return
