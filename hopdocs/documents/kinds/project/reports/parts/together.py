"""What the publishable reports of one run may tell together: no small group is left when one is taken from another.

The status of a year, half of the project and all of it tell of the same families. So each number says here of whom and
of what it is made, and which others it can be taken from; `hopdocs.figures.suppression.run` chooses.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from hopdocs.danish import capitalise, money
from hopdocs.documents.kinds.project.reports.parts.basis import (
    ALL_ENDED,
    FOLLOWED,
    MANAGED,
    PAID,
    SAID_YES,
    basis_cases,
)
from hopdocs.documents.kinds.project.reports.parts.effects import (
    EFFECT,
    SERVICES,
    counted_rows,
    experienced_rows,
    group_rows,
    services_by_draw,
)
from hopdocs.documents.kinds.project.reports.parts.events import events_of, waits_by_area
from hopdocs.documents.kinds.project.reports.parts.key_numbers import ENDED, NEW, RUNNING
from hopdocs.documents.kinds.project.reports.parts.money import COSTS, charted_atoms, cost_atoms, month_key
from hopdocs.documents.kinds.project.reports.parts.work import WAITS, area_name
from hopdocs.documents.kinds.project.reports.views import Fact, TextRow
from hopdocs.domain.project.numbers import WITHDRAWN
from hopdocs.figures.groups import ADULTS, CHILDREN
from hopdocs.figures.services import say_draw
from hopdocs.figures.suppression.run import RunNumber, find_untold
from hopdocs.model.project import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.documents.kinds.project.reports.parts.effects import EffectRow
    from hopdocs.documents.views import Context
    from hopdocs.figures.suppression.run import Atom

PUBLISHABLE: Final = (ReportKind.AFSLUTNING, ReportKind.MIDTVEJS, ReportKind.JANUAR)
"""The reports that everybody may read; what two of them cannot both tell, the first of them tells."""
_EFFECTS: Final = ("effects", "experienced", "counted")
_FACTS: Final = ("numbers", "basis", "progress", "taking_part")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a report, and where it stands: in which tables, in whose row, in which cell, and what it says."""

    number: RunNumber
    tables: tuple[str, ...] = ()
    row: str = ""
    cell: int = 1
    text: str = ""


def untold_together(
    reports: Sequence[ReportFacts], approved: Iterable[tuple[ReportFacts, Context]] = ()
) -> frozenset[str]:
    """The keys of what is not told in the `reports`, for each other's sake and for that of the approved papers.

    An approved paper says what it says. Where that is no longer what the families' files say, somebody could take
    the one from the other: what was corrected counts as a family by itself.
    """
    in_order = sorted(reports, key=lambda item: (PUBLISHABLE.index(item.report.kind), -item.until.toordinal()))
    numbers = [item.number for facts in in_order for item in _numbers(facts)]
    numbers += [item for facts in in_order for item in _months(facts)]
    fixed: list[RunNumber] = []
    corrected: list[RunNumber] = []
    for facts, paper in approved:
        for item in _numbers(facts):
            said = _said(paper, item)
            if said[:1].isdecimal():
                fixed.append(item.number)
                corrected += [item.number] if item.text not in {"", said} else []
        fixed += _months(facts)
    return find_untold([_with_corrections(item, corrected) for item in numbers], fixed)


def _with_corrections(number: RunNumber, corrected: Iterable[RunNumber]) -> RunNumber:
    """A number that has all of what an approved one has, has what was corrected in it too."""
    old = [(item.key, chain, atoms) for item in corrected for chain, atoms in item.made_of]
    made_of = tuple(
        (name, atoms.union((key, "rettet") for key, chain, of in old if chain == name and of <= atoms))
        for name, atoms in number.made_of
    )
    return replace(number, made_of=made_of)


def _said(paper: Context, number: _Number) -> str:
    """What stands in a paper; empty where it has no such row."""
    for field in fields(paper):
        if field.name not in number.tables:
            continue
        for row in getattr(paper, field.name):
            cells = row.cells if isinstance(row, TextRow) else (row.name, row.value) if isinstance(row, Fact) else ()
            if cells and cells[0] == number.row:
                return str(cells[number.cell])
    return ""


def _numbers(facts: ReportFacts) -> Iterator[_Number]:
    is_year = facts.report.kind is ReportKind.JANUAR
    yield from _key_numbers(facts) if is_year else _basis(facts)
    yield from _effects(facts, is_year=is_year)
    yield from _costs(facts)
    for name, atoms in events_of(facts).items():
        row, _, of = name.partition("|")
        found = _fact(facts, name, row, {name: atoms})
        yield replace(found, text="") if of else found  # what stands in a note is not compared
    if not is_year:
        yield from _services(facts)
        yield from _waits(facts)


def _fact(facts: ReportFacts, key: str, row: str, made_of: Mapping[str, frozenset[Atom]]) -> _Number:
    number = RunNumber(facts.key_of(key), tuple(made_of.items()))
    return _Number(number, _FACTS, row, 1, str(len(made_of[key])) if key in made_of else "")


def _basis(facts: ReportFacts) -> Iterator[_Number]:
    """The families and parts of them. Those that are not of a part are told too, by subtraction."""
    found = {name: _families(cases) for name, cases in basis_cases(facts).items()}
    chains = {SAID_YES: NEW, ALL_ENDED: ENDED, MANAGED: ENDED, FOLLOWED: FOLLOWED, PAID: PAID}
    for name, atoms in found.items():
        rest = [f"{SAID_YES} {part} {facts.until}" for part in (ALL_ENDED, FOLLOWED, PAID) if name in {SAID_YES, part}]
        yield _fact(facts, name, name, {name: atoms, chains[name]: atoms, **dict.fromkeys(rest, atoms)})


def _key_numbers(facts: ReportFacts) -> Iterator[_Number]:
    """Those that go on are those that said yes and have not ended: who reads the one can work the other out."""
    every = _families(course.case for course in facts.courses)
    gone = _families(course.case for course in facts.courses if course.end is not None)
    new = _families(course.case for course in facts.courses if facts.is_within(course.consented))
    ended = _families(course.case for course in facts.courses if facts.is_within(course.end))
    rest = f"{SAID_YES} {ALL_ENDED} {facts.until}"
    yield _fact(facts, NEW, "Nye", {NEW: new})
    yield _fact(facts, ENDED, "Afsluttet", {ENDED: ended})
    running = RunNumber(facts.key_of(RUNNING), ((NEW, every), (ENDED, gone), (rest, every), (rest, gone)))
    yield _Number(running, _FACTS, "I gang", 1, str(len(every - gone)))
    if facts.numbers is not None:
        withdrawn = _families(map(str, range(facts.numbers.counts.get(WITHDRAWN, 0))))
        yield _fact(facts, WITHDRAWN, "Samtykket er trukket tilbage", {WITHDRAWN: withdrawn})


def _effects(facts: ReportFacts, *, is_year: bool) -> Iterator[_Number]:
    tables: list[tuple[str, tuple[EffectRow, ...], tuple[str, ...]]] = [
        ("", (*experienced_rows(facts), *counted_rows(facts)), _EFFECTS)
    ]
    if not is_year:
        tables += [(who, group_rows(facts, who), (name,)) for who, name in ((CHILDREN, "children"), (ADULTS, "adults"))]
    for who, rows, names in tables:
        for row in rows:
            made_of = ((f"{EFFECT} {who} {row.name}", _families(row.cases)),)
            number = RunNumber(facts.key_of(EFFECT, who, row.name), made_of)
            yield _Number(number, names, row.name, -1, str(row.families))


def _costs(facts: ReportFacts) -> Iterator[_Number]:
    for area, (amount, atoms) in cost_atoms(facts).items():
        families = _families(case for case, _ in atoms)
        number = RunNumber(facts.key_of(COSTS, area), ((f"{COSTS} {area}", atoms), (f"{PAID} {area}", families)))
        yield _Number(number, ("costs",), area_name(facts.config, area), 2, money(round(amount)))


def _months(facts: ReportFacts) -> Iterator[RunNumber]:
    """The months that are drawn, of all areas."""
    for (area, month), atoms in charted_atoms(facts).items():
        yield RunNumber(facts.key_of(COSTS, month_key(area, month)), ((f"{COSTS} {area}", atoms),))


def _services(facts: ReportFacts) -> Iterator[_Number]:
    for months, of in services_by_draw(facts).items():
        number = RunNumber(facts.key_of(SERVICES, str(months)), ((f"{SERVICES} {months}", _families(of)),))
        yield _Number(number, ("services",), capitalise(say_draw(months)), 1, str(len(of)))


def _waits(facts: ReportFacts) -> Iterator[_Number]:
    """The waits of an area, and of these the ones that go on and the long ones."""
    for area, columns in waits_by_area(facts).items():
        for cell, (column, atoms) in enumerate(columns.items(), start=1):
            number = RunNumber(facts.key_of(WAITS, area, column), ((f"{WAITS} {area}", atoms),))
            yield _Number(number, ("waits",), area_name(facts.config, area), cell, str(len(atoms)))


def _families(cases: Iterable[str]) -> frozenset[Atom]:
    return frozenset((case, "") for case in cases)
