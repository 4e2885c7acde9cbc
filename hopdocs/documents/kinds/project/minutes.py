"""The minutes of a meeting about the work itself: what was said, what was agreed, who does it and by when."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.kinds.kind import DocumentKind
from hopdocs.documents.kinds.project.groups import (
    GroupMeeting,
    is_same_person,
    meeting_view,
    members_of,
    name_of,
    people_of,
)
from hopdocs.documents.kinds.project.views import ProjectMeetingView
from hopdocs.documents.letterhead import coordinator_box, document_info, municipality_box, table_recipient
from hopdocs.documents.views import Context
from hopdocs.domain.project.numbers import ProjectNumbers
from hopdocs.model.config import Config
from hopdocs.model.project import Project, ProjectMinutes

NAME: Final = "projektreferat"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesLine:
    """What was said and agreed under one point."""

    number: int
    point: str
    text: str
    """May be empty."""
    agreed: str
    """May be empty."""
    who: str
    """A name; may be empty."""
    due: date | None
    """None when no day was agreed."""
    done: date | None
    """None while it isn't."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjektreferatContext(Context):
    """The minutes. No family is named in them. `tovholder` is the coordinator."""

    project_name: str
    meeting: ProjectMeetingView
    is_draft: bool
    """True until the minutes are approved."""
    by: str
    """Who wrote them; may be empty."""
    approved: date | None
    """None while they are a draft."""
    present: tuple[str, ...]
    absent: tuple[str, ...]
    excused: tuple[str, ...]
    points: tuple[MinutesLine, ...]
    next_meeting: date | None
    """None when none is planned."""


def fill_minutes(
    held: GroupMeeting, minutes: ProjectMinutes, project: Project, config: Config, numbers: ProjectNumbers | None
) -> ProjektreferatContext:
    """The minutes of one meeting."""
    group, meeting = held.group, held.meeting
    attendance = meeting.attendance
    absent = attendance.absent if attendance is not None else ()
    excused = attendance.excused if attendance is not None else ()
    asked = members_of(held, project, config, numbers)
    came = [
        staff for staff in asked if not any(is_same_person(config, written, staff) for written in (*absent, *excused))
    ]
    return ProjektreferatContext(
        document=document_info(NAME, f"Referat: {group.meeting}", draft=minutes.approved is None),
        municipality=municipality_box(config),
        case_number="",
        recipient=table_recipient(group.name),
        tovholder=coordinator_box(config, meeting.date, meeting.date),
        project_name=project.name or "",
        meeting=meeting_view(held, config),
        is_draft=minutes.approved is None,
        by=name_of(config, minutes.by),
        approved=minutes.approved,
        present=tuple(person.name for person in people_of(config, came)),
        absent=tuple(name_of(config, written) for written in absent),
        excused=tuple(name_of(config, written) for written in excused),
        points=tuple(
            MinutesLine(
                number=number,
                point=item.point,
                text=item.text or "",
                agreed=item.agreed or "",
                who=name_of(config, item.who),
                due=item.due,
                done=item.done,
            )
            for number, item in enumerate(minutes.points, start=1)
        ),
        next_meeting=held.after.date if held.after is not None else None,
    )


PROJEKTREFERAT: Final = DocumentKind(
    name=NAME,
    title="Referat for projektet",
    template=NAME,
    context=ProjektreferatContext,
    needs_consent=False,
    stays_with_staff=True,
)
