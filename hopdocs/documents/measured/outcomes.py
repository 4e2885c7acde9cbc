"""Before and after, line by line: by the success criteria, and by the children's and the adults' groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.documents.measured.words import name_series, say_point
from hopdocs.documents.views.measured import OutcomeLine
from hopdocs.figures.groups import MANAGES, by_criterion, by_group
from hopdocs.figures.indicators import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hopdocs.figures.course import CourseFigures
    from hopdocs.figures.groups import Criterion
    from hopdocs.figures.indicators import Series

_MANAGES: Final = "ja, familien klarer sig selv"
_RUNNING: Final = "Forløbet er ikke slut"


def criterion_lines(
    course: CourseFigures, series: Iterable[Series], criteria: Iterable[Criterion], names: Mapping[str, str]
) -> tuple[OutcomeLine, ...]:
    """Every criterion with all that was measured for it, and one empty line where nothing was."""
    lines: list[OutcomeLine] = []
    for criterion, outcome in by_criterion(series, criteria):
        heading = f"{criterion.number}. {criterion.label}"
        if not criterion.keys:
            lines.append(_ending(heading, course))
        else:
            lines += _lines(heading, outcome.series, names) or [_nothing(heading)]
    return tuple(lines)


def group_lines(series: Iterable[Series], who: str, names: Mapping[str, str]) -> tuple[OutcomeLine, ...]:
    """The children's six groups, or the adults' seven."""
    return tuple(
        line
        for outcome in by_group(series)
        if outcome.who == who
        for line in _lines(outcome.name, outcome.series, names) or [_nothing(outcome.name)]
    )


def series_lines(series: Iterable[Series], names: Mapping[str, str]) -> tuple[OutcomeLine, ...]:
    """All that was measured, under the group that it belongs to."""
    return tuple(line for item in series for line in _lines(item.kind.group or "", (item,), names))


def say_verdicts(series: Iterable[Series]) -> str:
    """How many went which way, as a sentence; empty where nothing was measured twice."""
    twice = [item.verdict for item in series if item.after is not None]
    if not twice:
        return ""
    better, same, worse, unknown = (
        twice.count(verdict) for verdict in (Verdict.BETTER, Verdict.SAME, Verdict.WORSE, Verdict.UNKNOWN)
    )
    unsaid = f" {unknown} kan ingen sige noget om." if unknown else ""
    return (
        f"{len(twice)} ting er målt mindst to gange: {better or 'ingen'} er blevet bedre, "
        f"{same or 'ingen'} er uændret, og {worse or 'ingen'} er blevet dårligere.{unsaid}"
    )


def _lines(heading: str, series: Iterable[Series], names: Mapping[str, str]) -> list[OutcomeLine]:
    return [
        OutcomeLine(
            heading=heading,
            what=name_series(item),
            who=names.get(item.member, ""),
            before=say_point(item.kind, item.before),
            after=say_point(item.kind, item.after) if item.after is not None else "",
            outcome=item.verdict.value,
        )
        for item in series
    ]


def _nothing(heading: str) -> OutcomeLine:
    return OutcomeLine(heading=heading, what="", who="", before="", after="", outcome="")


def _ending(heading: str, course: CourseFigures) -> OutcomeLine:
    """A course ends well once; until then there is nothing to say."""
    if course.end is None:
        return OutcomeLine(heading=heading, what=_RUNNING, who="", before="", after="", outcome="")
    ended = _MANAGES if course.closing == MANAGES else course.closing or "nej"
    return OutcomeLine(heading=heading, what="Afslutningen", who="", before="", after="", outcome=ended)


def drawn_first(series: Iterable[Series], criteria: Iterable[Criterion]) -> Iterator[Series]:
    """What is measured for these criteria, in their order."""
    for _, outcome in by_criterion(series, criteria):
        yield from outcome.series
