"""What is whose in one family, line by line: the part of it that stands on people's own lists. Pure.

A list is read by one colleague and goes across families. So it has what her own area may read, and nothing of a family
that no longer lets her area share.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from hopdocs.danish import capitalise, day_and_month, sentence
from hopdocs.deadlines.deadline import DeadlineKind
from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.minutes.reading import may_read_point
from hopdocs.domain.consent import Gate
from hopdocs.domain.tasks import tasks_of
from hopdocs.domain.team import is_area_open
from hopdocs.pages.withheld_dates import as_tovholder_may_know

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.domain.tasks import Task
    from hopdocs.model.scalars.values import StaffId
    from hopdocs.pages.status import FamilyStatus


class TodoKind(StrEnum):
    """Where something to do comes from."""

    AGREEMENT = "agreement"
    """She promised it at a meeting."""
    FAMILY = "family"
    """Somebody of the family did, a colleague who has left, or nobody by name: it is the tovholder's to ask about."""
    DEADLINE = "deadline"
    """It is computed: from law, agreement or the municipality's own targets."""


_COMES_FROM: Final = {
    DeadlineKind.LAW: "loven",
    DeadlineKind.AGREEMENT: "samarbejdsaftalen",
    DeadlineKind.LOCAL: "jeres egen frist",
}


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing that a colleague is to do for one family."""

    person: str
    family: str
    case_number: str
    what: str
    due: date | None
    kind: TodoKind
    comes_from: str
    opens_page: bool
    """Whether the family's page is made for her to read."""

    def is_overdue(self, today: date) -> bool:
        """Whether its last day has passed."""
        return self.due is not None and self.due < today

    def as_json(self) -> dict[str, Any]:
        """Plain values for programs."""
        return asdict(self) | {"due": self.due.isoformat() if self.due is not None else None, "kind": self.kind.value}


def todo_lines(day: FamilyDay, status: FamilyStatus) -> tuple[TodoLine, ...]:
    """Everybody's lines of one family, the soonest first, those without a last day behind."""
    found = [*_deadlines(day, status), *(_agreements(day) if day.is_running and day.gate is not Gate.CLOSED else ())]
    return tuple(sorted(found, key=lambda line: (line.due or date.max, line.person, line.what)))


@dataclass(frozen=True, slots=True)
class PackedLines:
    """One colleague's lines of one family as one text, with a mark that is another one when the text is."""

    mark: str
    text: str

    def unpack(self) -> list[TodoLine]:
        """The lines."""
        shared, lines = json.loads(self.text)
        person, family, case_number, opens_page = shared
        return [
            TodoLine(
                person=person,
                family=family,
                case_number=case_number,
                what=what,
                due=date.fromisoformat(due) if due else None,
                kind=TodoKind(kind),
                comes_from=comes_from,
                opens_page=opens_page,
            )
            for what, due, kind, comes_from in lines
        ]


def pack_lines(lines: Iterable[TodoLine]) -> dict[str, PackedLines]:
    """By colleague: of very many families, only the lines of those few are taken apart whose list changed."""
    found: dict[str, list[TodoLine]] = {}
    for line in lines:
        found.setdefault(line.person, []).append(line)
    return {person: _pack(hers) for person, hers in found.items()}


def _pack(lines: list[TodoLine]) -> PackedLines:
    first = lines[0]
    shared = (first.person, first.family, first.case_number, first.opens_page)
    rows = [(line.what, line.due.isoformat() if line.due else "", line.kind.value, line.comes_from) for line in lines]
    text = json.dumps((shared, rows), ensure_ascii=False, separators=(",", ":"))
    return PackedLines(hashlib.sha256(text.encode()).hexdigest()[:16], text)


def _deadlines(day: FamilyDay, status: FamilyStatus) -> Iterator[TodoLine]:
    """A colleague's own in their words; the tovholder's, who sees to what others should, as her area may know of it."""
    for item in status.open_deadlines:
        staff = next((key for key in day.config.staff if key == item.who), None)
        if staff is None:
            continue
        staff = day.contact.staff if _has_left(day, staff) else staff
        if staff in day.config.staff and _is_let_in(day, staff):
            shown = as_tovholder_may_know(item, day) if staff == day.contact.staff else item
            yield _line(day, staff, shown.title, item.due, TodoKind.DEADLINE, _COMES_FROM[item.kind])


def _agreements(day: FamilyDay) -> Iterator[TodoLine]:
    audience = Audience(day).without_lapsed()
    team = {line.staff for line in day.family.team_on(day.today)} | {day.contact.staff, day.config.project_coordinator}
    for task in tasks_of(day):
        staff = task.who.staff if task.who is not None and task.who.staff in team else None
        reader = staff or day.contact.staff
        known = day.config.staff.get(reader)
        if not task.is_open or known is None or not _is_let_in(day, reader):
            continue
        if may_read_point(audience, task.meeting, AreaReader(known.area), task.point):
            kind = TodoKind.AGREEMENT if staff is not None else TodoKind.FAMILY
            yield _line(day, reader, task.what, task.due, kind, _agreed_at(task))


def _agreed_at(task: Task) -> str:
    """The way that deadlines name a meeting, too: "familieplansmødet"."""
    return f"aftalt ved {task.meeting.type.definite} den {day_and_month(task.meeting.date)}"


def _has_left(day: FamilyDay, staff: StaffId) -> bool:
    """Whether somebody was on the team and is no more: what she was to see to is the tovholder's to pass on."""
    days = [line.to for line in day.family.team if line.staff == staff]
    is_there = staff == day.config.project_coordinator or any(to is None or to >= day.today for to in days)
    return bool(days) and not is_there


def _is_let_in(day: FamilyDay, staff: StaffId) -> bool:
    """Whether she may still hear of the family: whom the family calls may, and whose area somebody lets share."""
    if staff in (day.contact.staff, day.config.project_coordinator):
        return True
    return is_area_open(day.consents, day.config.staff[staff].area, staff, day.today)


def _line(  # noqa: PLR0913, PLR0917 - the columns of the list
    day: FamilyDay, staff: StaffId, what: str, due: date | None, kind: TodoKind, comes_from: str
) -> TodoLine:
    return TodoLine(
        person=staff,
        family=day.family.id,
        case_number=day.family.case_number or day.family.id,
        what=sentence(what) if kind is not TodoKind.DEADLINE else capitalise(what),
        due=due,
        kind=kind,
        comes_from=comes_from,
        opens_page=staff == day.contact.staff,
    )
