"""Shipped templates as they were compiled last, kept where Python keeps the bytecode of modules and for the same trust.

Whoever may write beside the shipped templates may change the program itself, so what lies there is code of ours. A
workspace's copy of one is read from there while it has the same bytes. What differs is never kept, since others may
push into a workspace's folder. Where nobody may write, or bytecode is not wanted (PYTHONDONTWRITEBYTECODE), each
process compiles what it needs.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pickle
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.package_data import describe_program, shipped_path

if TYPE_CHECKING:
    from hopdocs.rendering.template import Compiled

_LIBRARIES: Final = ("docxtpl", "jinja2", "lxml", "python-docx")
_DIGEST_BYTES: Final = hashlib.sha256().digest_size


def kept_path(name: str, language: str) -> Path | None:
    """Where the shipped template of a name is kept as compiled for a language; None if there is none, or no place."""
    shipped = shipped_path("templates") / name
    if not shipped.is_file():
        return None
    with contextlib.suppress(NotImplementedError):  # a Python without a place for bytecode
        return Path(importlib.util.cache_from_source(str(shipped))).with_suffix(f".{language}.compiled")
    return None


def is_shipped(name: str, data: bytes) -> bool:
    """Whether a template is the shipped one, wherever it lies."""
    try:
        return (shipped_path("templates") / name).read_bytes() == data
    except OSError:
        return False


def read_kept(path: Path, digest: str) -> Compiled | None:
    """What was kept of the template that has this digest now, if the same program compiled it."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head, body = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if head != _seal(body, digest):
        return None
    compiled: Compiled = pickle.loads(body)  # noqa: S301 - as trusted as a module's bytecode
    return compiled


def keep(path: Path, digest: str, compiled: Compiled) -> None:
    """Keep it for the next process, if that can be."""
    if sys.dont_write_bytecode:
        return
    body = pickle.dumps(compiled, pickle.HIGHEST_PROTOCOL)
    passing = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        passing.write_bytes(_seal(body, digest) + body)
        passing.replace(path)


def _seal(body: bytes, digest: str) -> bytes:
    return hashlib.sha256(f"{_program()}\n{digest}\n".encode() + body).digest()


@cache
def _program() -> str:
    """What compiles, as this process began with it: bytecode is another with each Python."""
    compilers = [describe_program(), sys.version, *map(version, _LIBRARIES)]
    return hashlib.sha256(repr(compilers).encode()).hexdigest()
