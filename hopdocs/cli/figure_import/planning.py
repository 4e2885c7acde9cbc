"""From a file of figures to what each family's file is to hold; nothing is written here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.catalogue.masking import mask_counted_cpr_shapes
from hopdocs.cli.console import both
from hopdocs.cli.family_edit import NoPlaceForIt
from hopdocs.cli.figure_import.columns import Column, HeadsUnknown, Layout, find_layout
from hopdocs.cli.figure_import.comparison import Change, Step, compare
from hopdocs.cli.figure_import.facts import Origin, Refusal, Value, gather_facts
from hopdocs.cli.figure_import.lines import write_changes
from hopdocs.cli.figure_import.people import read_courses
from hopdocs.cli.figure_import.tables import Table, UnreadableTable, read_tables
from hopdocs.cli.safe_write import Edition
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.errors import FaultyInput
from hopdocs.rules import check_family
from hopdocs.sources.families import parse_family, place_findings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from hopdocs.cli.figure_import.cells import DecimalMark
    from hopdocs.cli.figure_import.columns import Reading
    from hopdocs.cli.figure_import.facts import Entry
    from hopdocs.cli.figure_import.people import Course
    from hopdocs.diagnostics import Finding
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. `refused` are rows of the file; `advice` is what the rules say of the new lines."""

    file: str
    changes: tuple[Change, ...]
    editions: Mapping[str, Edition]
    refused: tuple[Diagnostic, ...]
    advice: tuple[Diagnostic, ...]
    unused: tuple[str, ...]
    blank: int
    unread: tuple[Diagnostic, ...]

    def count(self, *steps: Step) -> int:
        """How many facts go that way."""
        return sum(1 for change in self.changes if change.step in steps)


class _Planner:
    """Takes the facts family by family."""

    def __init__(self, file: str, config: Config, today: date) -> None:
        self._file, self._config, self._today = file, config, today
        self.changes: list[Change] = []
        self.editions: dict[str, Edition] = {}
        self.refused: list[Diagnostic] = []
        self.advice: list[Diagnostic] = []

    def refuse(self, origin: Origin, code: str, params: Mapping[str, str]) -> None:
        self.refused.append(_diagnose(self._file, Refusal(origin, code, params)))

    def take(self, name: str, changes: tuple[Change, ...], *, replaces: bool) -> None:
        """One family's facts: all that can stand in its file, or none where it has no room for them."""
        taken = []
        for change in changes:
            no = _objection(change, replaces=replaces)
            if no is None:
                taken.append(change)
            else:
                self.refuse(change.entry.origin, *no)
        course = taken[0].entry.course if taken else None
        if course is None:
            return
        try:
            after = self._compose(course, taken)
        except _Unfit as no:
            for change in taken:
                if change.step is not Step.KEEP:
                    self.refuse(change.entry.origin, no.code, no.params)
            taken = [change for change in taken if change.step is Step.KEEP]
            after = course.data
        self.changes += taken
        if after != course.data:
            self.editions[name] = Edition(course.data, after)

    def _compose(self, course: Course, changes: list[Change]) -> bytes:
        """The file with all of it, held against what was meant and against the rules. Raises `_Unfit`."""
        try:
            after = write_changes(course.data.decode("utf-8"), course.source.source, changes).encode()
        except NoPlaceForIt as err:
            raise _Unfit("HD836", {"path": course.name}) from err
        read = parse_family(after, course.name, self._config)
        if read.family is None:
            fault = next(item for item in read.diagnostics if item.severity is Severity.ERROR)
            raise _Unfit("HD831", {**fault.params, "why": fault.code})
        day = FamilyDay.on(read.family, self._config, self._today)
        written = replace(course, day=day, source=read, data=after)
        for change in changes:
            entry: Entry = replace(change.entry, course=written)
            if any(now.step is not Step.KEEP for own in compare([entry], self._config).values() for now in own):
                raise _Unfit("HD836", {"path": course.name})
        assert course.day is not None  # noqa: S101 - a family without one is refused
        before = Counter(map(_sign, check_family(course.day)))
        new = [item for item in check_family(day) if item.at[:1] == ("measurements",) and not before[_sign(item)]]
        for item in new:
            if item.severity is Severity.ERROR and item.blocks is not Blocks.NOTHING:
                raise _Unfit("HD831", {**item.params, "why": item.code})
        self.advice += place_findings([item for item in new if item.at[2:]], read.source)
        return after


def _objection(change: Change, *, replaces: bool) -> tuple[str, Mapping[str, str]] | None:
    """Why a fact may not come into its file as it is."""
    fact = change.entry.fact
    if change.step is Step.REPLACE and not replaces:
        return "HD832", {"was": _said(change.was), "value": _said(fact.amount)}
    if change.step is Step.ADD and isinstance(fact, Value) and fact.kind.informant and not fact.informant:
        return "HD279", {"indicator": fact.kind.label}
    return None


class _Unfit(Exception):
    """A family's file can't take the facts."""

    def __init__(self, code: str, params: Mapping[str, str]) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def plan_import(  # noqa: PLR0913 - what the person said
    path: Path,
    workspace: Workspace,
    config: Config,
    today: date,
    *,
    reading: Reading,
    mark: DecimalMark,
    replaces: bool,
) -> ImportPlan:
    """What the file would change. Raises `FaultyInput` where it is no table, or none of its rows can be heads."""
    file = mask_counted_cpr_shapes(path.name)
    tables, unused = _tables_with_heads(path, file, config, reading)
    unread: list[Diagnostic] = []
    courses = read_courses(workspace, config, today, unread)
    found = gather_facts(tables, courses, config, mark)
    planner = _Planner(file, config, today)
    for refusal in found.refused:
        planner.refuse(refusal.origin, refusal.code, refusal.params)
    for name, changes in compare(found.entries, config).items():
        planner.take(name, changes, replaces=replaces)
    refused = sorted(planner.refused, key=lambda item: (item.place, item.line, item.column, item.code))
    return ImportPlan(
        file,
        tuple(planner.changes),
        planner.editions,
        tuple(refused),
        tuple(planner.advice),
        tuple(map(mask_counted_cpr_shapes, unused)),
        found.blank,
        tuple(unread),
    )


def _tables_with_heads(
    path: Path, file: str, config: Config, reading: Reading
) -> tuple[list[tuple[Table, Layout]], tuple[str, ...]]:
    """Those of a file's tables that have heads we know, and the heads that nobody knows."""
    try:
        tables = read_tables(path.read_bytes())
    except UnreadableTable as err:
        raise FaultyInput([Diagnostic(file, 0, 0, "HD820", {"reason": _REASONS[str(err)]()})]) from err
    found: list[tuple[Table, Layout]] = []
    faults = []
    for table in tables:
        try:
            found.append((table, find_layout(table, config, reading)))
        except HeadsUnknown as no:
            origin = Origin(table.sheet, no.heads.number if no.heads is not None else 1)
            code, params = ("HD824", {"head": no.twice}) if no.twice else ("HD821", {"missing": _name(no.missing)})
            faults.append(_diagnose(file, Refusal(origin, code, params)))
    if not found:
        raise FaultyInput(faults)
    unused = [head for _, layout in found for head in layout.unused]
    return found, tuple(dict.fromkeys([*unused, *(item.place.partition("!")[0] for item in faults)]))


_REASONS = {
    "size": lambda: both(en="it is too large", da="den er for stor"),
    "empty": lambda: both(en="nothing stands in it", da="der står intet i den"),
    "encoding": lambda: both(en="its letters are in no encoding we know", da="dens tegnsæt er ukendt"),
    "quotes": lambda: both(en="a quotation mark is never closed", da="et anførselstegn lukkes aldrig"),
    "workbook": lambda: both(
        en="it is no workbook, or one with a password", da="den er ikke et regneark, eller har kode"
    ),
}


def _name(column: str) -> str:
    """A column in words, for who must write its head."""
    words = {
        Column.CASE: both(en="the case number", da="sagsnummer"),
        Column.MONTH: both(en="the month", da="måned"),
        Column.DATE: both(en="the date", da="dato"),
        Column.VALUE: both(en="what is measured", da="det, der er målt,"),
    }
    return words[Column(column)]


def _diagnose(file: str, refusal: Refusal) -> Diagnostic:
    """A row's place as people look it up: line and column in CSV, sheet and cell in a workbook."""
    origin = refusal.origin
    params = {name: mask_counted_cpr_shapes(value) for name, value in refusal.params.items()}
    if origin.sheet:
        cell = f"{origin.sheet}!{_letters(origin.column)}{origin.row}"
        return Diagnostic(file, 0, 0, refusal.code, params, Severity.ERROR, Blocks.NOTHING, place=cell)
    return Diagnostic(file, origin.row, origin.column + 1, refusal.code, params, Severity.ERROR, Blocks.NOTHING)


def _letters(column: int) -> str:
    """A, B … Z, AA: how a spreadsheet names its columns."""
    left, last = divmod(column, 26)
    return (_letters(left - 1) if left else "") + chr(ord("A") + last)


def _said(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}".replace(".", ",")


def _sign(finding: Finding) -> tuple[str, str]:
    """What makes two findings the same, whatever the entry's number in its list."""
    return finding.code, str(sorted(finding.params.items()))
