"""An approved report as it was: all that it shows as plain values, to be shown again whatever has changed since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from hopdocs.documents.views import Context

_ADAPTERS: Final[dict[str, TypeAdapter[Context]]] = {}
"""By class; each takes some milliseconds to make."""


def pack_context(context: Context) -> str:
    """The context as JSON text."""
    plain = _adapter(type(context)).dump_python(context, mode="json")
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def unpack_context(kind: type[Context], text: str) -> Context | None:
    """The inverse; None for what an older program kept that knew other fields."""
    try:
        return _adapter(kind).validate_json(text)
    except ValidationError:
        return None


def _adapter(kind: type[Context]) -> TypeAdapter[Context]:
    if kind.__name__ not in _ADAPTERS:
        _ADAPTERS[kind.__name__] = TypeAdapter(kind)
    return _ADAPTERS[kind.__name__]
