"""A page that a child may be given: what it has said, what is wanted for it, what happens, and whom it can talk to.

A parent with custody or the tovholder hands it over, so it holds what the child and all its parents with custody may
read, and of other people nothing at all; where one of them has stepped out there is none. It comes with the agreed
plan: a draft is no news for a child. From fifteen on there is a plan of one's own instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from hopdocs.danish import phone_on_one_line
from hopdocs.documents.at_work import may_see_area_at_work
from hopdocs.documents.audience import Audience, MemberReader, Reader
from hopdocs.documents.goals.shared_parts import parts_for_all
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box, person_name, tovholder_box
from hopdocs.documents.meeting_facts import meeting_view
from hopdocs.documents.plan_goals import is_over
from hopdocs.documents.plan_people import latest_view
from hopdocs.documents.views import Context, MeetingView
from hopdocs.domain.goal_knowledge import knowledge_of
from hopdocs.model.meeting import FAMILY_MEETINGS, MeetingType
from hopdocs.model.plan import Goal, Plan
from hopdocs.model.scalars.values import MemberKey

_NAME: Final = "boernesiden"
_TITLE: Final = "En side til dig"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildContact:
    """A grown-up whom the child can talk to."""

    name: str
    title: str
    phone: str
    """Empty when config has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoernesidenContext(Context):
    """One child's page."""

    words: tuple[str, ...]
    """What the child wishes, in its own words."""
    view: str
    """How the child was heard; may be empty."""
    goals: tuple[str, ...]
    """What is wanted for it, in the words for the child where there are some."""
    happens: tuple[str, ...]
    """"AKT-forløb med fast voksen, sammen med Pelle Pærevang"."""
    contacts: tuple[ChildContact, ...]
    """Those of the team who are there for the child, the tovholder apart."""
    next_meeting: MeetingView | None
    takes_part: bool | None
    """Whether the child comes to it; None while nobody has said."""
    part: str
    """"de første 30 minutter"; empty for the whole meeting."""


def _papers(audience: Audience) -> Iterator[Paper]:
    """For each child under fifteen who has something on its page, once the plan is agreed."""
    if audience.family.plan is None or not audience.day.held(MeetingType.FAMILIEPLANSMØDE):
        return
    is_final = audience.family.last_day_of_course(audience.today) is not None
    for key, person in audience.family.members.items():
        parents = [other for other in audience.family.members if audience.has_custody_of(other, key)]
        if person.is_child and not audience.gets_letters(key) and all(map(audience.reads_plan, parents)):
            context = _fill(audience, audience.family.plan, key, parents)
            if context.words or context.view or context.goals or context.happens:
                yield Paper(context=context, recipient=key, final=is_final)


def _fill(audience: Audience, plan: Plan, child: MemberKey, parents: list[MemberKey]) -> BoernesidenContext:
    family, today = audience.family, audience.today
    readers = tuple(MemberReader(key) for key in (child, *parents))
    parts = [part for part in parts_for_all(audience, plan, readers) if _is_for_child(audience, part.goal, child)]
    views = {latest_view(audience, reader, child) for reader in readers}
    upcoming = next(iter(audience.day.planned(*FAMILY_MEETINGS)), None)
    entry = audience.day.children_of(upcoming).get(child) if upcoming is not None else None
    day = upcoming.date if upcoming is not None else today
    return BoernesidenContext(
        document=document_info(_NAME, _TITLE),
        municipality=municipality_box(audience.config),
        case_number=family.case_number or "",
        recipient=replace(member_recipient(audience, child), address_lines=()),
        tovholder=tovholder_box(audience, today, readers, day, day),
        words=tuple(part.goal.words for part in parts if part.goal.words and part.goal.for_ == (child,)),
        view=views.pop() if len(views) == 1 else "",
        goals=tuple(part.goal.to_child or part.goal.goal for part in parts),
        happens=tuple(
            f"{activity.what}, sammen med {person_name(family, audience.config, activity.responsible)}"
            for part in parts
            for activity in part.activities
            if child in activity.for_ and not is_over(activity, day)
        ),
        contacts=_contacts(audience, child, readers),
        next_meeting=meeting_view(audience, upcoming, readers[0]) if upcoming is not None else None,
        takes_part=entry.attends if entry is not None else None,
        part=(entry.part or "") if entry is not None and entry.attends else "",
    )


def _is_for_child(audience: Audience, goal: Goal, child: MemberKey) -> bool:
    """Whether a goal is the child's, and no treatment of somebody else that the child has a part in."""
    is_own = goal.for_ == (child,)
    return is_own or (child in goal.for_ and not knowledge_of(audience.family, audience.config, goal).health_areas)


def _contacts(audience: Audience, child: MemberKey, readers: tuple[Reader, ...]) -> tuple[ChildContact, ...]:
    """Only whose work with the child, and with whom else she works, all these readers may know."""
    config, today = audience.config, audience.today
    tovholder = audience.day.tovholder
    lines = (line for line in audience.family.team_on(today) if child in line.for_ and line.staff in config.staff)
    people = [
        config.staff[line.staff]
        for line in lines
        if line.staff != tovholder and may_see_area_at_work(audience, config.staff[line.staff].area, line.for_, readers)
    ]
    return tuple(
        ChildContact(name=person.name, title=person.title, phone=phone_on_one_line(person.phone))
        for person in dict.fromkeys(people)
    )


BOERNESIDEN: Final = DocumentKind(
    name=_NAME,
    title="Side til et barn",
    template=_NAME,
    context=BoernesidenContext,
    needs_consent=True,
    for_family=_papers,
    ends_with_own_letters=True,
)
