"""Which papers of the project should exist on a day: an agenda for each meeting, and minutes once they are written.

The second source of wanted documents beside the families (`hopdocs.documents.desired`): the same value comes out, so
that they are rendered, numbered, kept and checked in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.project.agenda import PROJEKTDAGSORDEN, fill_agenda
from hopdocs.documents.kinds.project.groups import group_meetings
from hopdocs.documents.kinds.project.minutes import PROJEKTREFERAT, fill_minutes
from hopdocs.documents.wanted import WantedDocument
from hopdocs.model.scalars.values import FamilyId, MeetingId

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hopdocs.documents.kinds.kind import DocumentKind
    from hopdocs.documents.kinds.project.groups import GroupMeeting
    from hopdocs.documents.views import Context
    from hopdocs.domain.project.numbers import ProjectNumbers
    from hopdocs.model.config import Config
    from hopdocs.model.project import Project

NO_FAMILY: Final = FamilyId("")
"""Whose the project's papers are; null in JSON."""


def wanted_project_documents(
    project: Project, config: Config, today: date, numbers: ProjectNumbers, kept: Mapping[str, ProjectNumbers]
) -> Iterator[WantedDocument]:
    """Every paper of every meeting. `numbers` are today's; `kept` has by meeting those of the days that have passed."""
    for held in group_meetings(project):
        is_over = held.is_over(today)
        shown = kept.get(held.meeting.id) if is_over else numbers
        yield _document(PROJEKTDAGSORDEN, held, fill_agenda(held, project, config, shown), is_over=is_over)
        if held.meeting.minutes is not None:
            context = fill_minutes(held, held.meeting.minutes, project, config, shown)
            yield _document(PROJEKTREFERAT, held, context, is_over=not context.is_draft)


def coming_meetings(project: Project, today: date) -> tuple[str, ...]:
    """The meetings whose numbers are still today's."""
    return tuple(held.meeting.id for held in group_meetings(project) if not held.is_over(today))


def _document(kind: DocumentKind, held: GroupMeeting, context: Context, *, is_over: bool) -> WantedDocument:
    return WantedDocument(
        family=NO_FAMILY,
        kind=kind,
        meeting=MeetingId(held.meeting.id),
        recipient=None,
        stem=f"{kind.name}-{held.meeting.id}",
        template=kind.template,
        variant=None,
        title=context.document.title,
        context=context,
        final=is_over,
    )
