"""The covering letter that lies on top of the plan, once the family has met about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from hopdocs.documents.audience import Audience, MemberReader
from hopdocs.documents.kinds.kind import DocumentKind, Paper, PlanReader
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box, tovholder_box
from hopdocs.documents.views import Context
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.meetings import PLAN_MEETINGS
from hopdocs.model.meeting import Meeting, MeetingType
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "foelgebrev"
_PLANS: Final = ("familieplan", "samlet-familieplan")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoelgebrevContext(Context):
    """The covering letter to one person. It says nothing that changes with the day: the plan beside it does."""

    follow_up_weeks: int


def _papers(asking: PlanReader) -> Iterator[Paper]:
    """One for each of the family who reads the plan; the areas find theirs on the case."""
    audience, reader = asking.audience, asking.reader
    held = audience.day.held(*PLAN_MEETINGS)
    is_agreed = bool(audience.day.held(MeetingType.FAMILIEPLANSMØDE))
    is_running = audience.family.last_day_of_course(audience.today) is None
    if isinstance(reader, MemberReader) and is_agreed and is_running:
        yield Paper(context=_fill(audience, reader.member, held[-1]), recipient=asking.recipient, date=held[-1].date)


def _fill(audience: Audience, member: MemberKey, last: Meeting) -> FoelgebrevContext:
    family, config = audience.family, audience.config
    weeks = family.follow_up.every_weeks if family.follow_up is not None else config.deadlines.follow_up_target // 7
    return FoelgebrevContext(
        document=document_info(_NAME, "Familieplanen er klar"),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=member_recipient(audience.with_ages_on(last.date), member),
        tovholder=tovholder_box(
            audience, audience.today, (MemberReader(member),), last.date, last.date + timedelta(weeks=weeks)
        ),
        follow_up_weeks=weeks,
    )


def _is_called_for(day: FamilyDay, _meeting: str, _recipient: str) -> bool:
    """With the plan, once the meeting was held where family and team agree on it."""
    return bool(day.held(MeetingType.FAMILIEPLANSMØDE))


def _encloses(_day: FamilyDay, _meeting: str) -> tuple[str, ...]:
    """The plan that it is about, always."""
    return _PLANS[:1]


FOELGEBREV: Final = DocumentKind(
    name=_NAME,
    title="Følgebrev",
    template=_NAME,
    context=FoelgebrevContext,
    needs_consent=True,
    for_plan_reader=_papers,
    is_called_for=_is_called_for,
    encloses=_encloses,
    is_settled_by=_PLANS,
)
