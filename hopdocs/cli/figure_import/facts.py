"""What the rows of a table say: values, costs and counts of services, each of one family; or why a row is not taken."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from hopdocs.cli.figure_import.cells import (
    DecimalMark,
    Refused,
    read_answer,
    read_day,
    read_month,
    read_number,
    read_text,
)
from hopdocs.cli.figure_import.columns import Column, Kind, area_named
from hopdocs.cli.figure_import.people import find_member
from hopdocs.domain.ages import ADULT_AGE, JOB_AGE
from hopdocs.domain.calendar import last_day_of
from hopdocs.domain.surveys import Moment, asked_since, is_asked_in_surveys
from hopdocs.model.indicators import Cadence, Subject
from hopdocs.model.measurement import ValueSource
from hopdocs.model.scalars.values import nearest_few, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from hopdocs.cli.figure_import.columns import Layout
    from hopdocs.cli.figure_import.people import Course, Courses
    from hopdocs.cli.figure_import.tables import Cell, Row, Table
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.indicators import IndicatorKind
    from hopdocs.model.scalars.values import AreaCode, MemberKey

_MOMENTS: Final = {
    Moment.START: ("start", "ved start", "før", "opstart", "begin", "before"),
    Moment.END: ("slut", "ved slut", "efter", "afslutning", "ved afslutning", "end", "after"),
}
_COUNTED_BY_AREA: Final = {"f_ydelser": Kind.SERVICES, "f_udgift": Kind.COSTS}
"""What stands among indicators in an export, and is counted area by area."""
_SOURCES: Final = {
    "register": ValueSource.REGISTER,
    "indtastet": ValueSource.INDTASTET,
    "entered": ValueSource.INDTASTET,
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of one indicator."""

    kind: IndicatorKind
    member: MemberKey | None
    on: date
    is_day: bool
    """Whether `on` is that very day, and not its month."""
    amount: Decimal
    source: str
    informant: str

    @property
    def slot(self) -> tuple[object, ...]:
        """What may have one value only."""
        return self.kind.key, self.member, self.informant if self.kind.informant else "", self.on, self.is_day


@dataclass(frozen=True, slots=True)
class AreaCost:
    """One area's expenses in one month."""

    area: AreaCode
    on: date
    amount: Decimal

    @property
    def slot(self) -> tuple[object, ...]:
        """What may have one value only."""
        return self.area, self.on


@dataclass(frozen=True, slots=True)
class AreaCount:
    """How many services one area gave on a day."""

    area: AreaCode
    on: date
    amount: Decimal

    @property
    def slot(self) -> tuple[object, ...]:
        """What may have one value only."""
        return self.area, self.on


Fact: TypeAlias = Value | AreaCost | AreaCount


@dataclass(frozen=True, slots=True)
class Origin:
    """A cell of the file that is read: its sheet, '' in CSV, its row as the program counts them, its column from 0."""

    sheet: str
    row: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact with the family that it is about, and the row it came from. `answers`: how many it is the mean of."""

    course: Course
    fact: Fact
    origin: Origin
    answers: int = 1


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row, or one cell of it, that is not taken."""

    origin: Origin
    code: str
    params: Mapping[str, str]


@dataclass
class Gathered:
    """All that the tables of a file say. `blank` counts rows, or cells, without a number: they say nothing."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    blank: int = 0


def gather_facts(
    tables: Iterable[tuple[Table, Layout]], courses: Courses, config: Config, mark: DecimalMark
) -> Gathered:
    """Every fact below the heads. A row is refused for itself alone; what is right of the others is taken."""
    found = Gathered()
    for table, layout in tables:
        for row in table.rows:
            if row.number > layout.heads.number:
                _Reader(row, layout, courses, config, sheet=table.sheet, mark=mark).put_into(found)
    _refuse_shares(found)
    _join_answers(found)
    _refuse_twins(found)
    return found


class _Reader:
    """Reads one row."""

    def __init__(  # noqa: PLR0913 - what a row is read with
        self, row: Row, layout: Layout, courses: Courses, config: Config, *, sheet: str, mark: DecimalMark
    ) -> None:
        self._sheet, self._row, self._layout, self._courses, self._config, self._mark = (
            sheet,
            row,
            layout,
            courses,
            config,
            mark,
        )
        self._cells: dict[Column, tuple[int, Cell]] = {name: (0, cell) for name, cell in layout.fixed.items()}
        self._cells |= {name: (place, row.at(place)) for name, place in layout.places.items()}

    def put_into(self, found: Gathered) -> None:
        """Adds what the row says to what is found."""
        numbers = {place: cell for place, cell in self._numbers() if cell != ""}
        if not numbers:
            found.blank += 1
            return
        try:
            course = self._courses.find(read_text(*self._of(Column.CASE)))
        except Refused as no:
            found.refused.append(Refusal(self._origin(self._cells[Column.CASE][0]), no.code, no.params))
            return
        assert course.day is not None  # noqa: S101 - such a family is refused
        for place, cell in numbers.items():
            try:
                fact = self._read(course.day, place, cell)
            except Refused as no:
                found.refused.append(Refusal(self._origin(no.column), no.code, no.params))
            else:
                found.entries.append(Entry(course, fact, self._origin(place)))

    def _origin(self, column: int) -> Origin:
        return Origin(self._sheet, self._row.number, column)

    def _numbers(self) -> Iterator[tuple[int, Cell]]:
        """The cells that hold the numbers: one a row, or one for each indicator or area side by side."""
        for place in self._layout.indicators or self._layout.areas:
            yield place, self._row.at(place)
        if not self._layout.indicators and not self._layout.areas:
            by_kind = {Kind.INDICATORS: Column.VALUE, Kind.COSTS: Column.AMOUNT, Kind.SERVICES: Column.COUNT}
            yield self._cells[by_kind[self._layout.kind]]

    def _read(self, day: FamilyDay, place: int, cell: Cell) -> Fact:
        kind = self._layout.kind
        if kind is Kind.INDICATORS and not self._layout.indicators:
            kind = _COUNTED_BY_AREA.get(self._text(Column.INDICATOR).casefold(), kind)
        if kind is Kind.INDICATORS:
            return self._read_value(day, place, cell)
        area = self._layout.areas.get(place) or self._area()
        amount = read_number(cell, place, self._mark)
        if amount < 0:
            raise Refused("HD294", {"amount": str(amount)}, place)
        if kind is Kind.COSTS:
            return AreaCost(area, self._past(day, self._month()), amount)
        if amount != amount.to_integral_value():
            raise Refused("HD828", {"why": "HD137", "value": shorten(str(cell))}, place)
        return AreaCount(
            area, self._past(day, read_day(*self._of(Column.DATE if self._has(Column.DATE) else Column.MONTH))), amount
        )

    def _read_value(self, day: FamilyDay, place: int, cell: Cell) -> Value:
        kind = self._layout.indicators.get(place) or self._indicator()
        on, is_day = self._when(day, kind)
        amount = read_answer(cell, place, self._mark) if kind.is_yes_or_no else read_number(cell, place, self._mark)
        low, high = kind.lowest, kind.highest
        if (low is not None and amount < low) or (high is not None and amount > high):
            limits = {"lowest": _said(low), "highest": _said(high), "unit": kind.unit}
            raise Refused("HD829", {"indicator": kind.label, "value": _said(amount), **limits}, place)
        informant = self._text(Column.INFORMANT)
        source = _SOURCES.get(self._text(Column.SOURCE).casefold(), kind.source)
        return Value(
            kind,
            self._subject(day, kind, on if is_day else last_day_of(on)),
            on,
            is_day,
            amount,
            source.value if source else "",
            informant,
        )

    def _subject(self, day: FamilyDay, kind: IndicatorKind, on: date) -> MemberKey | None:
        """Whom it is about. Who answered a survey is not written down: what counts is the family, or the team."""
        if is_asked_in_surveys(kind):
            return None
        member = find_member(day.family, self._cells)
        place, _ = self._cells.get(Column.MEMBER, (0, ""))
        if member is None and kind.who in (Subject.FAMILIE, Subject.MEDARBEJDER):
            return None
        person = day.family.members[member] if member is not None else None
        age = person.age_on(on) if person is not None else 0
        is_right = person is not None and {
            Subject.BARN: person.is_child,
            Subject.UNG: person.is_child and age >= JOB_AGE,
            Subject.VOKSEN: not person.is_child or age >= ADULT_AGE,
        }.get(kind.who, False)
        if not is_right:
            params = {"indicator": kind.label, "who": kind.who.value, "name": member or "–"}
            raise Refused("HD826", params, place)
        return member

    def _when(self, day: FamilyDay, kind: IndicatorKind) -> tuple[date, bool]:
        """The month, or the very day where one is written of something that is not counted by the month."""
        if self._has(Column.MOMENT):
            return self._moment(day), False
        by_month = kind.rhythm is Cadence.MÅNEDLIG or is_asked_in_surveys(kind)
        if self._has(Column.DATE) and not (by_month and self._has(Column.MONTH)):
            on = self._past(day, read_day(*self._of(Column.DATE)))
            return (on.replace(day=1), False) if by_month else (on, True)
        return self._past(day, self._month()), False

    def _moment(self, day: FamilyDay) -> date:
        cell, place = self._of(Column.MOMENT)
        said = read_text(cell, place)
        moment = next((moment for moment, words in _MOMENTS.items() if said.casefold() in words), None)
        on = asked_since(day, moment) if moment is not None else None
        if on is None:
            raise Refused("HD837", {"moment": shorten(said)}, place)
        return on.replace(day=1)

    def _month(self) -> date:
        return read_month(*self._of(Column.MONTH if self._has(Column.MONTH) else Column.DATE))

    def _past(self, day: FamilyDay, on: date) -> date:
        if on > day.today:
            raise Refused("HD830", {"day": on.isoformat()}, self._place(Column.MONTH, Column.DATE))
        return on

    def _indicator(self) -> IndicatorKind:
        cell, place = self._of(Column.INDICATOR)
        word = read_text(cell, place)
        catalogue = self._config.catalogue
        by_label = (kind for kind in catalogue.kinds if kind.label.casefold() == word.casefold())
        kind = catalogue.find(word) or next(by_label, None)
        if kind is None:
            known = [name for item in catalogue.kinds for name in (item.key, *item.aliases)]
            raise Refused("HD827", {"indicator": shorten(word), "choices": ", ".join(nearest_few(word, known))}, place)
        return kind

    def _area(self) -> AreaCode:
        cell, place = self._of(Column.AREA)
        word = read_text(cell, place)
        area = area_named(word, self._config)
        if area is None:
            raise Refused("HD152", {"name": shorten(word), "choices": ", ".join(self._config.areas)}, place)
        return area

    def _has(self, column: Column) -> bool:
        return self._cells.get(column, (0, ""))[1] != ""

    def _place(self, *columns: Column) -> int:
        return next((self._cells[column][0] for column in columns if column in self._cells), 0)

    def _of(self, column: Column) -> tuple[Cell, int]:
        """A cell that the row must have, and where it stands."""
        place, cell = self._cells.get(column, (0, ""))
        if cell == "":
            head = str(self._layout.heads.at(place)) if column in self._layout.places else column
            raise Refused("HD828", {"why": "HD123", "key": shorten(head)}, place)
        return cell, place

    def _text(self, column: Column) -> str:
        place, cell = self._cells.get(column, (0, ""))
        return read_text(cell, place)


def _said(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}".replace(".", ",")


def _refuse_shares(found: Gathered) -> None:
    """A workbook holds 31 % as 0,31. Where one value looks like that, nobody knows what 1 means among them."""
    shares = [
        entry
        for entry in found.entries
        if entry.origin.sheet and isinstance(entry.fact, Value) and entry.fact.kind.unit == "%"
    ]
    suspect = {entry.fact.kind.key for entry in shares if isinstance(entry.fact, Value) and 0 < entry.fact.amount < 1}
    for entry in shares:
        fact = entry.fact
        if isinstance(fact, Value) and fact.kind.key in suspect and fact.amount <= 1:
            params = {"value": _said(fact.amount), "percent": _said((fact.amount * 100).normalize() + 0)}
            found.refused.append(Refusal(entry.origin, "HD838", params))
            found.entries.remove(entry)


def _join_answers(found: Gathered) -> None:
    """The answers to one question by several people become their mean: whose answer was whose is nobody's to know."""
    asked: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    others = []
    for entry in found.entries:
        if isinstance(entry.fact, Value) and is_asked_in_surveys(entry.fact.kind):
            asked[entry.course.name, *entry.fact.slot].append(entry)
        else:
            others.append(entry)
    for answers in asked.values():
        first = answers[0]
        mean = sum((entry.fact.amount for entry in answers), Decimal()) / len(answers)
        fact = replace(first.fact, amount=round(mean, 1).normalize() + 0)
        others.append(replace(first, fact=fact, answers=len(answers)))
    found.entries = others


def _refuse_twins(found: Gathered) -> None:
    """What stands twice in the file counts once; with two values, the second is refused."""
    seen: dict[tuple[object, ...], Entry] = {}
    for entry in found.entries:
        slot = (entry.course.name, type(entry.fact), *entry.fact.slot)
        first = seen.setdefault(slot, entry)
        if first.fact.amount != entry.fact.amount:
            params = {
                "row": str(first.origin.row),
                "first": _said(first.fact.amount),
                "value": _said(entry.fact.amount),
            }
            found.refused.append(Refusal(entry.origin, "HD833", params))
    found.entries = list(seen.values())
