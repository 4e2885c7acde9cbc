"""Whatever a file leaves out, the rules and figures answer; they never fall over a gap."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hopdocs.catalogue import fill_hint, fill_message
from hopdocs.deadlines.course import deadlines_of
from hopdocs.diagnostics import Blocks, Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules import check_family, family_facts
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family, place_findings
from tests.unit.rules.samples import EXAMPLE, TODAY

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.diagnostics import DataPath
    from hopdocs.model.family import Family

LINES = {
    stem: (EXAMPLE / "families" / f"{stem}.yaml").read_text(encoding="utf-8").splitlines()
    for stem in ("hop-2026-002", "hop-2026-007")
}
CONFIG: Any = parse_config((EXAMPLE / "config.yaml").read_bytes(), "config.yaml").config
DAYS = st.integers(-400, 1200).map(lambda offset: TODAY + timedelta(days=offset))


@st.composite
def _thinned(draw: st.DrawFn) -> str:
    """A sample family with some lines left out; most still make a family."""
    lines = LINES[draw(st.sampled_from(sorted(LINES)))]
    gone = draw(st.sets(st.integers(0, len(lines) - 1), max_size=4))
    return "\n".join(line for number, line in enumerate(lines) if number not in gone) + "\n"


@settings(max_examples=150, deadline=None)
@given(_thinned(), DAYS)
def test_a_file_with_gaps_is_answered_with_findings_at_their_places(text: str, day: date) -> None:
    read = parse_family(text.encode(), "families/x.yaml", CONFIG)
    if read.family is None:
        return
    for item in place_findings(check_family(FamilyDay.on(read.family, CONFIG, day)), read.source):
        assert 1 <= item.line <= len(read.source.lines)
        for shown in (fill_message(item.code, item.params, "da"), fill_hint(item.code, item.params, "en")):
            assert "{" not in shown
    family_facts(FamilyDay.on(read.family, CONFIG, day))
    for deadline in deadlines_of(FamilyDay.on(read.family, CONFIG, day)):
        assert deadline.who
        assert deadline.title


@settings(max_examples=100, deadline=None)
@given(_thinned(), st.integers(0, 500), st.integers(1, 500))
def test_time_alone_brings_nothing_that_stops_a_family_or_its_documents(text: str, start: int, days: int) -> None:
    read = parse_family(text.encode(), "families/x.yaml", CONFIG)
    if read.family is not None:
        first = TODAY + timedelta(days=start)
        assert _stops(read.family, first + timedelta(days=days)) <= _stops(read.family, first)


def _stops(family: Family, day: date) -> set[tuple[str, DataPath]]:
    return {
        (item.code, item.at)
        for item in check_family(FamilyDay.on(family, CONFIG, day))
        if item.severity is Severity.ERROR and item.blocks in (Blocks.FAMILY, Blocks.DOCUMENTS)
    }
