"""Everything that a template may ask for, with what it is for one family: a list to write templates from."""

from __future__ import annotations

import dataclasses
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_args

from hopdocs.danish import FILTERS
from hopdocs.documents.views.chart import Chart
from hopdocs.documents.views.drawing import Drawing
from hopdocs.rendering.checking.value_types import (
    UNKNOWN,
    attribute_of,
    choices_of,
    element_of,
    fields_of,
    is_surely_not,
    names_in,
    without_nothing,
)
from hopdocs.rendering.docx.pictures.charts import CHART_FILTER
from hopdocs.rendering.sandbox.environment import DRAWING_FILTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEEPEST: Final = 4
_PLACED_BY: Final[Mapping[Any, str]] = MappingProxyType(
    {Drawing: DRAWING_FILTER, **dict.fromkeys(get_args(Chart), CHART_FILTER)}
)
"""What stands in a template as a whole, and by which filter."""


class TemplateField(NamedTuple):
    """What is written in the template, and what it comes to; an example is '' where the family has none."""

    tag: str
    example: str


def list_fields(context: Any) -> list[TemplateField]:
    """The fields of a context in the order of their names; those of a list's elements behind its loop."""
    found: list[TemplateField] = []
    for name, kind in sorted(fields_of(type(context)).items()):
        if name in {field.name for field in dataclasses.fields(context)}:
            found += _walk(name, kind, getattr(context, name), 0)
    return found


def _walk(path: str, kind: Any, value: Any, depth: int) -> Iterator[TemplateField]:
    kind = without_nothing(kind)
    placed = _PLACED_BY.get(next(iter(choices_of(kind)), None))
    if placed is not None:
        yield TemplateField(f"{{{{r {path}|{placed} }}}}", "" if value is None else value.description)
        return
    element = None if is_surely_not(kind, tuple) else element_of(kind)
    inner = [] if depth > _DEEPEST or kind is UNKNOWN else [name for name in names_in(kind) if _is_data(kind, name)]
    if element is not None and element is not UNKNOWN:
        one = path.rsplit(".", 1)[-1].rstrip("s") + "_"
        yield TemplateField(f"{{% for {one} in {path} %}} … {{% endfor %}}", "" if not value else str(len(value)))
        yield from _walk(one, element, next(iter(value), None) if value else None, depth + 1)
    elif inner:
        for name in inner:
            below = attribute_of(kind, name)
            known = UNKNOWN if below is None else below
            yield from _walk(f"{path}.{name}", known, getattr(value, name, None), depth + 1)
    elif kind is bool or isinstance(value, bool):
        yield TemplateField(f"{{% if {path} %}} … {{% endif %}}", "" if value is None else str(value).lower())
    elif isinstance(value, date):
        yield TemplateField(f"{{{{ {path}|dato }}}}", str(FILTERS["dato"](value)))
    else:
        yield TemplateField(f"{{{{ {path} }}}}", "" if value is None else str(value))


def _is_data(kind: Any, name: str) -> bool:
    """Whether it is one of a data class's own fields: a text's or a day's methods are for filters."""
    return dataclasses.is_dataclass(kind) and name in {field.name for field in dataclasses.fields(kind)}
