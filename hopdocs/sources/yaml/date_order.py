"""Beginnings and ends: an end before its beginning is a typing mistake, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from pydantic_core import PydanticCustomError

from hopdocs.diagnostics import Finding
from hopdocs.model.scalars.moments import parse_date, parse_time, split_span
from hopdocs.model.scalars.values import shorten
from hopdocs.sources.yaml.tree_paths import PathTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, time

    from hopdocs.sources.yaml.yaml_text import Tree

Point: TypeAlias = "date | time"


@dataclass(frozen=True, slots=True)
class DatePair:
    """The keys of a beginning and an end in one mapping, and how their text is read.

    A span of days may end on its first day; a span of hours may not end in its first minute.
    """

    start: str
    end: str
    parse: Callable[[str], Point] = parse_date
    may_be_empty: bool = True


_DAYS: Final = DatePair("from", "to")
_HOURS: Final = DatePair("start", "end", parse_time, may_be_empty=False)

FAMILY_DATE_PAIRS: Final = PathTable(
    {
        "cases.*": DatePair("since", "until"),
        "consents.*": DatePair("given", "until"),
        "team.*": _DAYS,
        "tovholder.*": _DAYS,
        "meetings.*": _HOURS,
        "plan.activities.*": DatePair("start", "end"),
        "pauses.*": _DAYS,
        "waiting_times.*": DatePair("applied", "granted"),
        "measurements": DatePair("baseline_interview", "final_interview"),
    }
)
CONFIG_DATE_PAIRS: Final = PathTable({"absences.*": _DAYS, "law.*": _DAYS})
PROJECT_DATE_PAIRS: Final = PathTable(
    {
        "stop_days.*": _HOURS,
        "steering_meetings.*": _HOURS,
        "working_group_meetings.*": _HOURS,
        "surveys.*": _DAYS,
    }
)


def find_reversed_dates(tree: dict[str, Tree], table: PathTable[DatePair]) -> Iterator[Finding]:
    """Every end that lies before its beginning. What cannot be read is told elsewhere."""
    for match in table.walk(tree):
        if not isinstance(match.value, dict):
            continue
        pair = match.meaning
        texts, at = _ends(match.value, pair), (*match.at, pair.end if match.value.get(pair.end) else pair.start)
        start, end = (_read(text, pair) for text in texts)
        if start is None or end is None or start < end or (start == end and pair.may_be_empty):  # type: ignore[operator]
            continue
        params = {
            "start": pair.start,
            "end": pair.end,
            "start_value": shorten(str(texts[0])),
            "end_value": shorten(str(texts[1])),
        }
        yield Finding("HD159", at, params)


def _ends(entry: dict[str, Tree], pair: DatePair) -> tuple[Tree, Tree]:
    """Beginning and end as written; of hours both may stand in the first."""
    start, end = entry.get(pair.start), entry.get(pair.end)
    span = split_span(start) if pair is _HOURS and isinstance(start, str) and not end else None
    return span or (start, end)


def _read(text: Tree, pair: DatePair) -> Point | None:
    if not isinstance(text, str):
        return None
    try:
        return pair.parse(text.strip())
    except PydanticCustomError:
        return None
