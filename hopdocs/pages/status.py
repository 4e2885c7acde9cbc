"""Where one family stands, in a form that pages, the command line and other programs share. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from hopdocs.danish import first_name
from hopdocs.deadlines.course import deadlines_of
from hopdocs.deadlines.next_step import find_next_step
from hopdocs.domain.family_day import worked_out_once
from hopdocs.domain.state import ENDED, State
from hopdocs.model.meeting import MeetingStatus, MeetingType
from hopdocs.model.scalars.places import locate
from hopdocs.pages.meeting_answers import meeting_answers
from hopdocs.pages.views import DeadlineLine, MeetingLine
from hopdocs.pages.waiting import Waiting, waiting_for
from hopdocs.pages.withheld_dates import as_all_may_know, as_tovholder_may_know

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.deadlines.course import Deadline
    from hopdocs.deadlines.next_step import NextStep
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.meeting_answers import CurrentAnswers
    from hopdocs.model.scalars.values import FamilyId, StaffId
    from hopdocs.pages.meeting_answers import AnswerLine

STATE_TEXTS: Final[Mapping[State, str]] = {
    State.HENVENDT: "henvendelsen er modtaget",
    State.INFORMERET: "familien er informeret",
    State.SAMTYKKE_AFVENTER: "samtykket afventer",
    State.SAMTYKKE_AFSLAAET: "familien har sagt nej tak",
    State.SAMTYKKE_GIVET: "samtykket er givet",
    State.OPSTART: "opstart",
    State.AKTIV: "i gang",
    State.PAUSE: "på pause",
    State.SAMTYKKE_TRUKKET: "samtykket er trukket tilbage",
    State.AFSLUTTET: "afsluttet",
    State.FRAFLYTTET: "familien er flyttet",
    State.UDGAAET_AF_MAALGRUPPE: "ikke længere i målgruppen",
}
"""The states as people say them."""


@dataclass(frozen=True, slots=True)
class FamilyStatus:
    """The answer to "how does it stand?" for one family."""

    family: FamilyId
    state: State
    tovholder: StaffId | None
    last_meeting: Meeting | None
    next_meeting: Meeting | None
    overdue: tuple[Deadline, ...]
    coming: tuple[Deadline, ...]
    waiting_for: tuple[Waiting, ...]
    answers: tuple[AnswerLine, ...] = ()
    """Of those who are invited to the next meeting."""
    next_step: NextStep | None = None
    """The one thing to do next; None if nothing is."""
    open_deadlines: tuple[Deadline, ...] = ()
    """All that are open, in their own words, for those whose they are; `overdue` and `coming` say what the page may."""

    def as_json(self) -> dict[str, Any]:
        """The shape that programs read (`status --format json`): ids and keys, no names of the family."""
        return {
            "family": self.family,
            "state": self.state.value,
            "tovholder": self.tovholder,
            "last_meeting": _meeting_json(self.last_meeting),
            "next_meeting": _meeting_json(self.next_meeting),
            "overdue": [_deadline_json(item) for item in self.overdue],
            "waiting_for": [item.as_json() for item in self.waiting_for],
            "answers": [item.as_json() for item in self.answers],
        }


@worked_out_once
def family_status(day: FamilyDay) -> FamilyStatus:
    """Where a family stands on a day."""
    held, planned = day.held(*MeetingType), day.planned()
    open_ones = tuple(item for item in deadlines_of(day) if item.done is None)
    shown = [as_tovholder_may_know(item, day) for item in open_ones]
    return FamilyStatus(
        family=day.family.id,
        state=day.state,
        tovholder=day.tovholder,
        last_meeting=held[-1] if held else None,
        next_meeting=planned[0] if planned and day.state not in ENDED else None,
        overdue=tuple(item for item in shown if item.is_overdue(day.today)),
        coming=tuple(item for item in shown if not item.is_overdue(day.today)),
        waiting_for=waiting_for(day, open_ones),
        next_step=find_next_step(day, shown),
        open_deadlines=open_ones,
    )


def status_for_all(day: FamilyDay) -> FamilyStatus:
    """The same with what is open as it may stand on the page of all families."""
    status = family_status(day)
    return replace(
        status,
        overdue=tuple(map(as_all_may_know, status.overdue)),
        coming=tuple(map(as_all_may_know, status.coming)),
    )


def with_answers(status: FamilyStatus, day: FamilyDay, current_answers: CurrentAnswers) -> FamilyStatus:
    """The same with what people have answered to the next meeting."""
    return replace(status, answers=meeting_answers(day, status.next_meeting, current_answers))


def meeting_line(meeting: Meeting, day: FamilyDay) -> MeetingLine:
    """A meeting as a page shows it."""
    words = {
        MeetingStatus.CANCELLED: "aflyst",
        MeetingStatus.NO_SHOW: "ingen kom",
    }
    return MeetingLine(
        title=str(meeting.type.value),
        starts=datetime.combine(meeting.date, meeting.start),
        place=_place(meeting, day),
        status=words.get(meeting.status, "") if meeting.status else "",
    )


def meeting_line_for_all(meeting: Meeting, day: FamilyDay) -> MeetingLine:
    """The same on the page of all families, which names nobody of any."""
    is_in_a_home = locate(meeting.place, day.config.places).host is not None
    line = meeting_line(meeting, day)
    return replace(line, place="i hjemmet") if is_in_a_home else line


def deadline_line(deadline: Deadline, config: Config) -> DeadlineLine:
    """A deadline as a page shows it, with the person's name."""
    who = next((staff.name for key, staff in config.staff.items() if key == deadline.who), deadline.who)
    return DeadlineLine(deadline.title, deadline.due, deadline.kind, who, deadline.done)


def _place(meeting: Meeting, day: FamilyDay) -> str:
    family, config = day.family, day.config
    location = locate(meeting.place, config.places)
    if location.host is not None:
        host = family.members.get(location.host)
        return f"hjemme hos {first_name(host.name)}" if host is not None else "i hjemmet"
    return config.places[location.room].text if location.room is not None else location.text


def _meeting_json(meeting: Meeting | None) -> dict[str, Any] | None:
    if meeting is None:
        return None
    return {
        "id": meeting.id,
        "type": meeting.type.value,
        "date": meeting.date.isoformat(),
        "start": f"{meeting.start:%H:%M}",
        "end": f"{meeting.end:%H:%M}",
    }


def _deadline_json(deadline: Deadline) -> dict[str, Any]:
    return {
        "key": deadline.key,
        "title": deadline.title,
        "due": deadline.due.isoformat(),
        "kind": deadline.kind.value,
        "who": deadline.who,
    }
