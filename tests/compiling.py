"""Each template is compiled once in a process: every workspace would compile it anew, most of a short build."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hopdocs.cycle import template_store
from hopdocs.rendering.template import Template, compile_template_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

_compiled: dict[tuple[bytes, str, int], Template] = {}


@contextmanager
def compiling_once() -> Iterator[None]:
    """Builds and checks in this process share what they compile; those in processes of their own compile all anew."""
    with patch.object(template_store, "compile_template_bytes", _compile_once):
        yield


def _compile_once(data: bytes, name: str, **options: Any) -> Template:
    """The same bytes make the same template in the same language, whose filters are one value; a faulty one is none."""
    key = (data, name, id(options["filters"]))
    if key not in _compiled:
        _compiled[key] = compile_template_bytes(data, name, **options)
    return _compiled[key]
