"""Whom a row is about: the family by its case number, the member by key, name or day of birth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.cli.figure_import.cells import Refused, read_day, read_text
from hopdocs.cli.figure_import.columns import Column
from hopdocs.cli.workspace_loading import read_family_files
from hopdocs.danish import first_name
from hopdocs.diagnostics import Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import BEFORE_CONSENT, State
from hopdocs.model.scalars.values import shorten
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hopdocs.cli.figure_import.tables import Cell
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import MemberKey
    from hopdocs.sources.families import FamilySource
    from hopdocs.workspace import Workspace

_NOT_ASKED: Final = BEFORE_CONSENT | {State.SAMTYKKE_AFSLAAET, State.SAMTYKKE_TRUKKET}


@dataclass(frozen=True)
class Course:
    """One family's file, and what it says today; `day` is None where a fault stops the file."""

    name: str
    data: bytes
    source: FamilySource
    day: FamilyDay | None


@dataclass(frozen=True)
class Courses:
    """All families of a workspace, by their case number and their id."""

    by_case: Mapping[str, tuple[Course, ...]]

    def find(self, case: str) -> Course:
        """The family of that case, if figures of it may be brought in. Raises `Refused` without a column."""
        found = self.by_case.get(_plain(case), ())
        if not found:
            raise Refused("HD823", {"case": shorten(case)})
        if len(found) > 1:
            files = ", ".join(course.name for course in found)
            raise Refused("HD822", {"case": shorten(case), "files": files})
        course = found[0]
        if course.day is None:
            fault = next(item for item in course.source.diagnostics if item.severity is Severity.ERROR)
            raise Refused("HD835", {"path": course.name, "line": str(fault.line), "code": fault.code})
        if course.day.state in _NOT_ASKED:
            raise Refused("HD834", {"case": shorten(case)})
        return course


def read_courses(workspace: Workspace, config: Config, today: date, faults: list[Diagnostic]) -> Courses:
    """Every family's file as it stands; what cannot be read at all is put among `faults`."""
    found: dict[str, list[Course]] = {}
    for name, data in read_family_files(workspace, (), faults):
        source = parse_family(data, name, config)
        family = source.family
        day = FamilyDay.on(family, config, today) if family is not None else None
        course = Course(name, data, source, day)
        for case in {_plain(case) for case in (_written(source, "case_number"), _written(source, "id")) if case}:
            found.setdefault(case, []).append(course)
    return Courses({case: tuple(courses) for case, courses in found.items()})


def find_member(family: Family, cells: Mapping[Column, tuple[int, Cell]]) -> MemberKey | None:
    """The member that a row names by key, whole name, first name or day of birth; None if it names nobody."""
    chosen: set[MemberKey] | None = None
    for column, search in ((Column.MEMBER, _by_name), (Column.BORN, _by_birth)):
        place, cell = cells.get(column, (0, ""))
        if cell == "":
            continue
        people = search(family, cell, place)
        chosen = people if chosen is None else chosen & people
        if len(chosen) != 1:
            params = {"name": shorten(read_text(cell, place)), "choices": ", ".join(family.members)}
            raise Refused("HD825", params, place)
    return next(iter(chosen)) if chosen else None


def _by_name(family: Family, cell: Cell, column: int) -> set[MemberKey]:
    """A key outranks a whole name, which outranks a first name: `Ida` and `Ida-2` are two keys."""
    said = _plain(read_text(cell, column))
    last, comma, first = said.partition(",")
    names = {said, _plain(f"{first} {last}") if comma else said}
    ways = (
        {key for key in family.members if _plain(key) in names},
        {key for key, member in family.members.items() if _plain(member.name) in names},
        {key for key, member in family.members.items() if _plain(first_name(member.name)) in names},
    )
    return next((people for people in ways if people), set())


def _by_birth(family: Family, cell: Cell, column: int) -> set[MemberKey]:
    born = read_day(cell, column)
    return {key for key, member in family.members.items() if member.born == born}


def _written(source: FamilySource, key: str) -> str:
    """What stands in the file, also where a fault stops it."""
    found = source.source.tree.get(key)
    return found.strip() if isinstance(found, str) else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
