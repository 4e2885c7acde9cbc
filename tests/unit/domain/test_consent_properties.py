"""What must hold for any consents a file may hold."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hopdocs.domain.consent import Consents, Gate
from hopdocs.model.scalars.values import MemberKey
from tests.unit.rules.samples import Raw, zamirandi

FIRST = date(2026, 9, 15)
DAYS = st.integers(0, 700).map(lambda offset: FIRST + timedelta(days=offset))
AREAS = st.lists(st.sampled_from(["BF", "BES", "DU", "SO"]), unique=True, max_size=4)


@st.composite
def _lines(draw: st.DrawFn) -> Raw:
    line: Raw = {"member": draw(st.sampled_from(["nadira", "tariq", "yasmin", "sami"]))}
    if draw(st.integers(0, 9)):
        line["given"] = draw(DAYS).isoformat()
        line["areas"] = draw(AREAS)
    else:
        line["refused"] = draw(DAYS).isoformat()
    if not draw(st.integers(0, 3)):
        areas = draw(AREAS)
        line["withdrawn"] = [{"date": draw(DAYS).isoformat()} | ({"areas": areas} if areas else {})]
    return line


CONSENTS = st.lists(_lines(), max_size=6)


@given(CONSENTS, DAYS)
def test_an_open_gate_misses_nobody(lines: list[Raw], day: date) -> None:
    family = zamirandi(lambda raw: raw.update(consents=lines))
    if Consents.on(family, day).gate is Gate.OPEN:
        assert Consents.on(family, day).missing == ()
        assert not Consents.on(family, day).is_withdrawn


@given(CONSENTS, DAYS, st.sampled_from(["nadira", "tariq", "yasmin"]), AREAS)
def test_taking_something_back_never_lets_anybody_see_more(
    lines: list[Raw], day: date, member: str, areas: list[str]
) -> None:
    before = zamirandi(lambda raw: raw.update(consents=lines))
    withdrawal: Raw = {"date": day.isoformat()} | ({"areas": areas} if areas else {})
    own = [number for number, line in enumerate(lines) if line["member"] == member and "given" in line]
    changed = [
        line | {"withdrawn": [*line.get("withdrawn", []), withdrawal]} if number in own else line
        for number, line in enumerate(lines)
    ]
    after = zamirandi(lambda raw: raw.update(consents=changed))
    for key in map(MemberKey, ("nadira", "tariq", "yasmin", "sami")):
        assert Consents.on(after, day).shared_areas(key) <= Consents.on(before, day).shared_areas(key)


@given(CONSENTS, DAYS, st.integers(1, 900))
def test_only_what_somebody_wrote_closes_an_open_gate(lines: list[Raw], day: date, days: int) -> None:
    """From a day on which nothing more happens in the file, time alone takes OPEN to LAPSED and no further."""
    quiet = [line for line in lines if line.get("given", "") <= day.isoformat()]
    for line in quiet:
        line["withdrawn"] = [item for item in line.get("withdrawn", []) if item["date"] <= day.isoformat()]
    quiet = [line for line in quiet if line.get("refused", "") <= day.isoformat()]
    family = zamirandi(lambda raw: raw.update(consents=quiet))
    if Consents.on(family, day).gate is Gate.OPEN:
        assert Consents.on(family, day + timedelta(days=days)).gate is not Gate.CLOSED


@given(CONSENTS, DAYS)
def test_what_has_lapsed_is_not_shared(lines: list[Raw], day: date) -> None:
    family = zamirandi(lambda raw: raw.update(consents=lines))
    for key in family.members:
        assert not Consents.on(family, day).shared_areas(key) & Consents.on(family, day).lapsed_areas(key)
