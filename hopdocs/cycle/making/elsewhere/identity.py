"""What a machine makes files with. Two that agree in all of it make the same bytes of the same bytes."""

from __future__ import annotations

import platform
import zlib
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

import hopdocs
from hopdocs.errors import ConverterFault
from hopdocs.freshness.fingerprint import digest_bytes, digest_plain
from hopdocs.package_data import digest_program
from hopdocs.rendering.pdf import worker_pool
from hopdocs.rendering.pdf.probe import make_probe

if TYPE_CHECKING:
    from collections.abc import Callable

_LIBRARIES: Final = (
    *("babel", "docxcompose", "docxtpl", "holidays", "jinja2", "lxml", "matplotlib", "numpy", "pydantic"),
    *("python-docx", "pyyaml", "tzdata"),
)
"""Those that stand between a family's file and its letters."""
_FONTS: Final = ("Carlito", "Liberation Sans", "DejaVu Sans", "Symbola", "Cambria", "Arial")
"""Of the probe: those that letters are set in, and two that another font stands in for."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`office` and `probe` are empty where no PDFs are asked for, and where there is no LibreOffice."""

    hopdocs: str
    python: str
    libraries: str
    office: str = ""
    probe: str = ""

    @property
    def key(self) -> str:
        """All of it in one short text."""
        return digest_plain([getattr(self, item.name) for item in fields(self)])

    def differences(self, other: Identity) -> tuple[tuple[str, str, str], ...]:
        """In what two differ: the name, ours and theirs. A probe tells only where the rest is the same."""
        found = [(item.name, getattr(self, item.name), getattr(other, item.name)) for item in fields(self)]
        found = [(name, ours, theirs) for name, ours, theirs in found if ours != theirs]
        return tuple(item for item in found if item[0] != "probe") or tuple(found)


def identify(convert: Callable[[bytes, str], bytes] | None) -> Identity:
    """This machine; with `convert`, its LibreOffice too, by the PDF that it makes of a page in all letters' fonts."""
    office = probe = ""
    if convert is not None:
        try:
            office = worker_pool.version()
            probe = digest_bytes(convert(make_probe(_FONTS), "hopdocs"))
        except ConverterFault as fault:
            probe = fault.code
    return Identity(_program(), platform.python_version(), _libraries(), office, probe)


@cache
def _program() -> str:
    return f"{hopdocs.__version__} {digest_program()[:12]}"


@cache
def _libraries() -> str:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join([*found, f"zlib {zlib.ZLIB_RUNTIME_VERSION}"])
