"""The agenda of a meeting about the work itself. The steering group's has the numbers, and new courses by case number.

A course is told of only once everybody has said yes, and no family by name. The numbers are those of the meeting's own
day: `numbers` of a meeting that is over are kept as they were (`hopdocs.freshness.project_numbers`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.kinds.kind import DocumentKind
from hopdocs.documents.kinds.project.groups import (
    GroupMeeting,
    meeting_view,
    members_of,
    name_of,
    people_of,
)
from hopdocs.documents.kinds.project.views import AgreedLine, ProjectMeetingView, ProjectPerson
from hopdocs.documents.letterhead import coordinator_box, document_info, municipality_box, table_recipient
from hopdocs.documents.views import Context
from hopdocs.domain.project.numbers import ACTIVE, CLOSED, WAITING, WITHDRAWN, CourseRow, ProjectNumbers, say_count
from hopdocs.model.config import Config
from hopdocs.model.project import Project

NAME: Final = "projektdagsorden"
_COUNTS: Final = {
    ACTIVE: "I gang",
    WAITING: "Venter på samtykke",
    CLOSED: "Afsluttet",
    WITHDRAWN: "Samtykket er trukket tilbage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """One point on the agenda."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """How many families, as it may be told."""

    text: str
    count: str
    """"12", "0" or "færre end 5"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCourseLine:
    """A course that everybody has said yes to since the last meeting."""

    case: str
    """The case number, or the course's id while there is none."""
    areas: tuple[str, ...]
    staff: tuple[str, ...]
    """The names of the professionals on its team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneLine:
    """Something to have reached."""

    name: str
    due: date
    reached: date | None
    """None while it is not."""
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """What might go wrong."""

    name: str
    likelihood: str
    impact: str
    action: str
    """May be empty."""
    owner: str
    """A name; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLine:
    """A survey held elsewhere."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjektdagsordenContext(Context):
    """The agenda. No family is named in it. `tovholder` is the coordinator."""

    project_name: str
    """Empty when project.yaml names none."""
    meeting: ProjectMeetingView
    is_steering: bool
    agenda: tuple[PointLine, ...]
    participants: tuple[ProjectPerson, ...]
    earlier: tuple[AgreedLine, ...]
    """What was agreed at the group's last meeting and was not done by this one."""
    counts: tuple[CountLine, ...]
    """Only for the steering group; empty if the numbers of the day were not kept."""
    unread: int
    """Families that are in no number, since their file cannot be read."""
    target: int
    """How many families the project aims at; 0 when nothing is said."""
    new_since: date | None
    """The steering group's last meeting; None if this is the first."""
    new_courses: tuple[NewCourseLine, ...]
    milestones: tuple[MilestoneLine, ...]
    risks: tuple[RiskLine, ...]
    surveys: tuple[SurveyLine, ...]


def fill_agenda(
    held: GroupMeeting, project: Project, config: Config, numbers: ProjectNumbers | None
) -> ProjektdagsordenContext:
    """The agenda of one meeting; `numbers` are those of its day, None if nobody kept them."""
    group, meeting = held.group, held.meeting
    shown = numbers if group.is_steering else None
    points = meeting.agenda or group.agenda
    since = held.before.date if held.before is not None else None
    return ProjektdagsordenContext(
        document=document_info(NAME, f"Dagsorden: {group.meeting}"),
        municipality=municipality_box(config),
        case_number="",
        recipient=table_recipient(group.name),
        tovholder=coordinator_box(config, meeting.date, meeting.date),
        project_name=project.name or "",
        meeting=meeting_view(held, config),
        is_steering=group.is_steering,
        agenda=tuple(PointLine(number=number, text=text) for number, text in enumerate(points, start=1)),
        participants=people_of(config, members_of(held, project, config, numbers)),
        earlier=tuple(_earlier(held, config)),
        counts=tuple(
            CountLine(text=text, count=say_count(shown.counts[key])) for key, text in _COUNTS.items()
        ) if shown is not None else (),
        unread=shown.unread if shown is not None else 0,
        target=(project.targets.families or 0) if group.is_steering and project.targets is not None else 0,
        new_since=since if group.is_steering else None,
        new_courses=tuple(
            _new_course(row, config) for row in shown.new_between(since, meeting.date)
        ) if shown is not None else (),
        milestones=tuple(
            MilestoneLine(
                name=item.name,
                due=item.due,
                reached=item.reached if item.reached is not None and item.reached <= meeting.date else None,
                is_late=item.due < meeting.date and (item.reached is None or item.reached > meeting.date),
            )
            for item in project.milestones
        ) if group.is_steering else (),
        risks=tuple(
            RiskLine(
                name=item.name,
                likelihood=item.likelihood.value,
                impact=item.impact.value,
                action=item.action or "",
                owner=name_of(config, item.owner),
            )
            for item in project.risks
        ) if group.is_steering else (),
        surveys=tuple(
            SurveyLine(name=item.name, url=item.url)
            for item in project.surveys
            if (item.from_ is None or item.from_ <= meeting.date) and (item.to is None or meeting.date <= item.to)
        ),
    )  # fmt: skip


def _earlier(held: GroupMeeting, config: Config) -> Iterator[AgreedLine]:
    before = held.before
    if before is None or before.minutes is None:
        return
    for point in before.minutes.points:
        if point.agreed is not None and (point.done is None or point.done > held.meeting.date):
            yield AgreedLine(
                text=point.agreed,
                who=name_of(config, point.who),
                due=point.due,
                is_late=point.due is not None and point.due < held.meeting.date,
            )


def _new_course(row: CourseRow, config: Config) -> NewCourseLine:
    return NewCourseLine(
        case=row.case,
        areas=tuple(area.name for code, area in config.areas.items() if code in row.areas),
        staff=tuple(name_of(config, staff) for staff in row.staff),
    )


PROJEKTDAGSORDEN: Final = DocumentKind(
    name=NAME,
    title="Dagsorden for projektet",
    template=NAME,
    context=ProjektdagsordenContext,
    needs_consent=False,
    stays_with_staff=True,
)
