"""Beginnings and ends: an end before its beginning is a typing mistake, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from pydantic_core import PydanticCustomError

from hopdocs.diagnostics import Finding
from hopdocs.model.moments import parse_date, parse_time
from hopdocs.model.values import shorten
from hopdocs.sources.yaml.tree_paths import PathTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, time

    from hopdocs.sources.yaml.yaml_text import Tree

Point: TypeAlias = "date | time"


@dataclass(frozen=True, slots=True)
class Span:
    """The keys of a beginning and an end in one mapping, and how their text is read.

    A span of days may end on its first day; a span of hours may not end in its first minute.
    """

    start: str
    end: str
    parse: Callable[[str], Point] = parse_date
    may_be_empty: bool = True


_DAYS: Final = Span("from", "to")
_HOURS: Final = Span("start", "end", parse_time, may_be_empty=False)

FAMILY_SPANS: Final = PathTable(
    {
        "cases.*": Span("since", "until"),
        "consents.*": Span("given", "until"),
        "team.*": _DAYS,
        "tovholder.*": _DAYS,
        "meetings.*": _HOURS,
        "plan.activities.*": Span("start", "end"),
        "pauses.*": _DAYS,
        "waiting_times.*": Span("applied", "granted"),
        "measurements": Span("baseline_interview", "final_interview"),
    }
)
CONFIG_SPANS: Final = PathTable({"absences.*": _DAYS, "law.*": _DAYS})
PROJECT_SPANS: Final = PathTable({"stop_days.*": _HOURS, "steering_meetings.*": _HOURS, "surveys.*": _DAYS})


def find_reversed_spans(tree: dict[str, Tree], table: PathTable[Span]) -> Iterator[Finding]:
    """Every end that lies before its beginning. What cannot be read is told elsewhere."""
    for match in table.walk(tree):
        if not isinstance(match.value, dict):
            continue
        span = match.meaning
        start = _read(match.value.get(span.start), span)
        end = _read(match.value.get(span.end), span)
        if start is None or end is None or start < end or (start == end and span.may_be_empty):  # type: ignore[operator]
            continue
        params = {
            "start": span.start,
            "end": span.end,
            "start_value": shorten(str(match.value[span.start])),
            "end_value": shorten(str(match.value[span.end])),
        }
        yield Finding("HD159", (*match.at, span.end), params)


def _read(text: Tree, span: Span) -> Point | None:
    if not isinstance(text, str):
        return None
    try:
        return span.parse(text.strip())
    except PydanticCustomError:
        return None
