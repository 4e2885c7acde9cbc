"""The familiefaglig undersøgelse: one document with a part from each area, one copy a reader.

It is what the areas bring to the formøde, and what the family may read of it (samarbejdsaftale 2023, bilag 1). It is
no assessment under the child law, and says so. Once the formøde was held it is a paper of that day: only an edit of the
assessment itself makes another edition, and no change of a plan or team that came later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from hopdocs.documents.audience import Audience, MemberReader, Reader
from hopdocs.documents.family_picture.parts import child_views, part_statuses, part_views, under_way
from hopdocs.documents.kinds.kind import DocumentKind, Paper, PlanReader
from hopdocs.documents.letterhead import document_info, municipality_box, reader_recipient, tovholder_box
from hopdocs.documents.meeting_facts import meeting_view
from hopdocs.documents.plan_people import member_views, sharing_lines
from hopdocs.documents.views import Context, FamilyMemberView, MeetingView, SharingLine
from hopdocs.documents.views.assessment import ChildView, PartStatus, PartView, UnderWay
from hopdocs.domain.meetings import PAST
from hopdocs.model.meeting import Meeting, MeetingStatus, MeetingType

_NAME: Final = "undersoegelse"
_TITLE: Final = "Familiefaglig undersøgelse"
_OF_THE_DAY: Final = frozenset(
    {"tovholder", "family_name", "formoede", "members", "children", "under_way", "under_way_day", "sharing"}
)
"""What stands around the parts, as it was at the formøde."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndersoegelseContext(Context):
    """One copy of the assessment. `document.draft` is true while a part is missing that this reader knows of."""

    family_name: str
    formoede: MeetingView | None
    """The professionals' meeting that it is for; None when none is called."""
    members: tuple[FamilyMemberView, ...]
    statuses: tuple[PartStatus, ...]
    parts: tuple[PartView, ...]
    children: tuple[ChildView, ...]
    under_way: tuple[UnderWay, ...]
    under_way_day: date
    """The day that `under_way` counts for: the formøde's, else the newest part's."""
    sharing: tuple[SharingLine, ...]


def _papers(asking: PlanReader) -> Iterator[Paper]:
    """For each area while anything is written, and for those of the family who may read a part."""
    audience = asking.audience
    if not audience.family.assessment or not audience.day.has_begun:
        return
    context = _fill(audience, asking.reader)
    if context.parts or (context.statuses and context.recipient.is_professional):
        is_over = audience.family.last_day_of_course(audience.today) is not None
        was_held = _held_on(audience) is not None
        settled = _OF_THE_DAY if was_held else frozenset[str]()
        yield Paper(context=context, recipient=asking.recipient, final=is_over or was_held, settled=settled)


def _fill(audience: Audience, reader: Reader) -> UndersoegelseContext:
    audience = audience if isinstance(reader, MemberReader) else audience.without_birthdays()
    family, formøde, held_on = audience.family, _formøde(audience), _held_on(audience)
    audience = audience.with_ages_on(held_on) if held_on is not None else audience
    day = formøde.date if formøde is not None else max(part.date for part in family.assessment)
    statuses = part_statuses(audience, reader, formøde.date if formøde is not None else None)
    return UndersoegelseContext(
        document=document_info(_NAME, _TITLE, draft=any(status.written is None for status in statuses)),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=reader_recipient(audience, reader),
        tovholder=tovholder_box(audience, held_on or audience.today, (reader,), day, day),
        family_name=family.name,
        formoede=meeting_view(audience, formøde, reader) if formøde is not None else None,
        members=member_views(audience),
        statuses=statuses,
        parts=part_views(audience, reader),
        children=child_views(audience, reader),
        under_way=under_way(audience, reader, day),
        under_way_day=day,
        sharing=sharing_lines(audience, reader),
    )


def _held_on(audience: Audience) -> date | None:
    """The day of the formøde, once it was held."""
    formøde = _formøde(audience)
    is_held = formøde is not None and audience.day.status(formøde) in PAST
    return formøde.date if formøde is not None and is_held else None


def _formøde(audience: Audience) -> Meeting | None:
    """The one that the parts are due for: the first that is not off, as their deadline counts it."""
    called = [
        meeting
        for meeting in audience.family.meetings
        if meeting.type is MeetingType.FAGLIGT_FORMØDE
        and meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)
    ]
    return min(called, key=lambda meeting: meeting.date, default=None)


UNDERSOEGELSE: Final = DocumentKind(
    name=_NAME,
    title=_TITLE,
    template=_NAME,
    context=UndersoegelseContext,
    needs_consent=True,
    for_plan_reader=_papers,
)
