"""Watches what a test does to the machine: it may write in its temporary folder and talk to loopback, no more.

Python's audit events (PEP 578) are raised before the act, so that a stray write never happens; it is also written
down, since the code under test may swallow the refusal.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CACHES = (".hypothesis", ".pytest_cache", "__pycache__", ".import_linter_cache", ".mypy_cache", ".ruff_cache")
_SOCKETS = "/tmp/OSL_PIPE_"  # noqa: S108 - where LibreOffice puts them, and we take them away again
_DEVICES = ("/dev/null", "/dev/tty", "/proc/self", _SOCKETS)


class StrayEffect(BaseException):
    """A test tried to touch what is not its own. Not an Exception, so that `except Exception` lets it through."""


@dataclass
class Guard:
    """The hook's memory: where writing is allowed, and what was tried elsewhere."""

    homes: list[str] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    is_on: bool = False

    def refuse(self, what: str) -> None:
        self.strays.append(what)
        raise StrayEffect(what)

    def check_write(self, path: object) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return  # an open descriptor: somebody was allowed to open it
        name = os.path.realpath(os.path.join(os.getcwd(), os.fsdecode(path)))  # noqa: PTH109, PTH118 - cheap on each open
        if name.startswith(_DEVICES) or any(name == home or name.startswith(home + os.sep) for home in self.homes):
            return
        if any(part in _CACHES for part in Path(name).parts) or Path(name).name.startswith(".coverage"):
            return
        self.refuse(f"writes {name}, outside its temporary folder")

    def check_address(self, address: object) -> None:
        if not isinstance(address, tuple):
            return  # a unix socket
        host = str(address[0])
        if host in ("", "localhost") or host.endswith(".invalid"):  # RFC 6761, 6.4: never looked up
            return
        try:
            is_loopback = ip_address(host.partition("%")[0]).is_loopback or host in ("0.0.0.0", "::")  # noqa: S104
        except ValueError:
            is_loopback = False
        if not is_loopback:
            self.refuse(f"opens a connection to {host}, off loopback")


GUARD = Guard()


def _on_open(args: tuple[Any, ...]) -> None:
    path, mode, flags = args
    if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & _WRITING):
        GUARD.check_write(path)


def _on_path(args: tuple[Any, ...]) -> None:
    GUARD.check_write(args[0])


def _on_pair(args: tuple[Any, ...]) -> None:
    GUARD.check_write(args[0])
    GUARD.check_write(args[1])


def _on_target(args: tuple[Any, ...]) -> None:
    GUARD.check_write(args[1])


def _on_database(args: tuple[Any, ...]) -> None:
    name = os.fsdecode(args[0])
    if name not in ("", ":memory:") and not name.startswith("file:"):
        GUARD.check_write(name)


def _on_connection(args: tuple[Any, ...]) -> None:
    GUARD.check_address(args[1])


def _on_lookup(args: tuple[Any, ...]) -> None:
    if args[0]:
        GUARD.check_address((os.fsdecode(args[0]),))


_CHECKS: Mapping[str, Callable[[tuple[Any, ...]], None]] = {
    "open": _on_open,
    "os.rename": _on_pair,
    "os.remove": _on_path,
    "os.mkdir": _on_path,
    "os.rmdir": _on_path,
    "os.truncate": _on_path,
    "os.chmod": _on_path,
    "os.link": _on_target,
    "os.symlink": _on_target,
    "shutil.rmtree": _on_path,
    "sqlite3.connect": _on_database,
    "socket.connect": _on_connection,
    "socket.sendto": _on_connection,
    "socket.getaddrinfo": _on_lookup,
}


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if GUARD.is_on and (check := _CHECKS.get(event)):
        check(args)


def install_guard() -> None:
    """Adds the hook; Python keeps it until the process ends, so `GUARD.is_on` says when it looks."""
    sys.addaudithook(_hook)
