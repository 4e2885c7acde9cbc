"""The sheet to write on at the table: the plan in large type, with empty lines.

Made for a meeting that asks for it (`sheet: true`), so that it goes the way of all papers: consents, who sees what, a
new edition when the plan changes. A command would be a second way past all that. One a person of the family, with
what stands in her own plan: at a table with two homes and five areas there is hardly a goal that all may read, and it
is hers to say whom she shows it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hopdocs.documents.audience import MemberReader
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box
from hopdocs.documents.meeting_facts import MeetingFacts, contact_box, has_papers_for_all, view_for
from hopdocs.documents.plan_goals import is_over, visible_parts
from hopdocs.documents.views import Context, MeetingView
from hopdocs.model.meeting_answers import CurrentAnswers
from hopdocs.model.plan import Plan
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "bordark"
_TITLE: Final = "Ark til bordet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetGoal:
    """A goal on the sheet."""

    number: int
    for_: tuple[str, ...]
    """First names."""
    words: str
    """The family's own words; may be empty."""
    goal: str
    activities: tuple[str, ...]
    """What is done already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BordarkContext(Context):
    """One person's sheet."""

    meeting: MeetingView
    family_name: str
    shared_goal: str
    """May be empty, and is then written on the sheet."""
    goals: tuple[SheetGoal, ...]
    """Those that stand in her plan, in the file's order."""


def _papers(gathering: MeetingFacts, _answers: CurrentAnswers) -> Iterator[Paper]:
    """For a meeting with the family that asks for it: one for each who is invited and has a plan of her own."""
    meeting = gathering.meeting
    if meeting.sheet and meeting.type.is_for_family and has_papers_for_all(meeting):
        for member in gathering.invited:
            if gathering.audience.reads_plan(member):
                yield Paper(context=_fill(gathering, member), recipient=member)


def _fill(gathering: MeetingFacts, member: MemberKey) -> BordarkContext:
    audience, reader = gathering.audience, MemberReader(member)
    family = audience.family
    plan = family.plan or Plan()
    parts = [part for part in visible_parts(audience, plan, reader) if part.goal.ended is None and not part.is_withheld]
    return BordarkContext(
        document=document_info(_NAME, _TITLE),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=member_recipient(audience, member),
        tovholder=contact_box(gathering, (reader,)),
        meeting=view_for(gathering, member),
        family_name=family.name,
        shared_goal=plan.shared_goal or "",
        goals=tuple(
            SheetGoal(
                number=number,
                for_=tuple(audience.short_names[key] for key in part.goal.for_),
                words=part.goal.words or "",
                goal=part.goal.goal,
                activities=tuple(
                    activity.what for activity in part.activities if not is_over(activity, gathering.meeting.date)
                ),
            )
            for number, part in enumerate(parts, start=1)
        ),
    )


BORDARK: Final = DocumentKind(
    name=_NAME,
    title=_TITLE,
    template=_NAME,
    context=BordarkContext,
    needs_consent=True,
    for_meeting=_papers,
)
