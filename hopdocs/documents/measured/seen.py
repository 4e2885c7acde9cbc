"""The figures of one course as one reader may see them: the same row, without what is not hers.

Everything that is worked out of it (a before and after, a sum, a share) then tells no more than she may know, and no
computation has to ask. What is left out is said, since it is not missing.

A value is about a person, and is seen as that person's other things are. One of health follows the rule of health: in
the family only whom it is about and, under fifteen, the parents with custody; of the areas those whose consent stands
today, and of somebody with whom a health area works, or worked, only those that may know what that area knows. So a
consent that is taken back from the health area takes the treatment out of everybody's figures.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Audience, Concern, Withheld
from hopdocs.documents.meeting_facts import child_concern
from hopdocs.documents.plan_goals import may_see_activity
from hopdocs.domain.goal_knowledge import health_areas_with
from hopdocs.model.indicators import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hopdocs.documents.audience import Reader
    from hopdocs.domain.course.registration import AskedValue
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.figures.course import ChildAtMeeting, CourseFigures, Measured, MeetingFact, Wait
    from hopdocs.model.indicators import IndicatorKind
    from hopdocs.model.measurement import Indicator
    from hopdocs.model.scalars.values import AreaCode, MemberKey


@dataclass(frozen=True, slots=True)
class SeenFigures:
    """One course's figures for one reader."""

    figures: CourseFigures
    whole: CourseFigures
    """All of it, for what is counted of the course and tells of nobody: that a month is missing."""
    areas: frozenset[str]
    """The areas whose numbers and money she may see."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        return self.figures == self.whole

    def shows(self, indicator: str, member: str) -> bool:
        """Whether she sees a value of that indicator of that member; without a member, one of anybody's."""
        return any(line.indicator == indicator and member in ("", line.member) for line in self.figures.measured)


def figures_for(audience: Audience, reader: Reader, whole: CourseFigures) -> SeenFigures:
    """The course's figures, less what this reader may not see."""
    areas = [area for area in audience.config.areas if _may_see_area(audience, reader, area)]
    seen = replace(
        whole,
        measured=tuple(_values_for(audience, reader, whole)),
        draws=tuple(
            replace(draw, counts={area: number for area, number in draw.counts.items() if area in areas})
            for draw in whole.draws
        ),
        costs=tuple(line for line in whole.costs if line.area in areas),
        meetings=tuple(_meeting_for(audience, reader, meeting, areas) for meeting in whole.meetings),
        shifts=tuple(shift for shift in whole.shifts if shift.is_tovholder or shift.area in areas),
        waits=tuple(wait for wait in whole.waits if _may_see_wait(audience, reader, wait, areas)),
    )
    return SeenFigures(seen, whole, frozenset(areas))


def why_value_hidden(audience: Audience, reader: Reader, line: Indicator) -> Withheld | None:
    """Why one value may not stand before a reader, or None if it may. Nobody reads what the catalogue does not know."""
    kind = audience.config.catalogue.find(line.key)
    return _why_kind_hidden(audience, reader, kind, line.for_) if kind is not None else Withheld.UNSAID


def told_to_tovholder(day: FamilyDay, asked: Iterable[AskedValue]) -> tuple[AskedValue, ...]:
    """Of what a month asks for, that of which she may hear: what all families are asked, and what her area may see.

    That somebody is asked about her treatment, and others are not, tells of the treatment.
    """
    audience = Audience(day).without_lapsed()
    area = audience.area_of(day.contact.staff)

    def is_told(item: AskedValue) -> bool:
        for_ = (item.member,) if item.member is not None else ()
        is_hidden = area is None or _why_kind_hidden(audience, AreaReader(area), item.kind, for_) is not None
        return item.is_asked_of_all or not is_hidden

    return tuple(filter(is_told, asked))


def _why_kind_hidden(
    audience: Audience, reader: Reader, kind: IndicatorKind, for_: tuple[MemberKey, ...]
) -> Withheld | None:
    if isinstance(reader, AreaReader):
        concerns = _concerns_of_area(audience, for_, kind)
    elif kind.who is Subject.MEDARBEJDER:
        return Withheld.ABOUT_OTHERS
    else:
        concerns = (Concern(for_, is_health=kind.health),)
    found = (audience.why_hidden(reader, concern) for concern in concerns)
    return next((why for why in found if why is not None), None)


def why_health_hidden(audience: Audience, reader: AreaReader, for_: tuple[MemberKey, ...]) -> Withheld | None:
    """Why a health value of these people may not stand before an area, whatever it is, or None if it may."""
    found = (audience.why_hidden(reader, concern) for concern in _health_concerns(audience, for_))
    return next((why for why in found if why is not None), None)


def _concerns_of_area(audience: Audience, for_: tuple[MemberKey, ...], kind: IndicatorKind) -> tuple[Concern, ...]:
    return _health_concerns(audience, for_) if kind.health else (Concern(for_),)


def _health_concerns(audience: Audience, for_: tuple[MemberKey, ...]) -> tuple[Concern, ...]:
    members = for_ or tuple(audience.family.members)
    areas = (area for member in members for area in health_areas_with(audience.family, audience.config, member))
    return (
        Concern(members, is_health=True),
        *(Concern(members, area, is_health=True) for area in dict.fromkeys(areas)),
    )


def _values_for(audience: Audience, reader: Reader, whole: CourseFigures) -> Iterator[Measured]:
    """Values of one thing and one person are all seen or none, so it is asked once for them."""
    measurements = audience.family.measurements
    lines = measurements.indicators if measurements is not None else ()
    decided: dict[tuple[str, tuple[MemberKey, ...]], bool] = {}
    for measured in whole.measured:
        line = lines[int(measured.at.rpartition(".")[2])]
        what = (line.key, line.for_)
        if what not in decided:
            decided[what] = why_value_hidden(audience, reader, line) is None
        if decided[what]:
            yield measured


def _may_see_area(audience: Audience, reader: Reader, area: AreaCode) -> bool:
    """What an area counted or spent is its knowledge of the family as a whole; its money is for professionals."""
    return isinstance(reader, AreaReader) and audience.may_see(reader, Concern(area=area))


def _meeting_for(audience: Audience, reader: Reader, meeting: MeetingFact, areas: Sequence[str]) -> MeetingFact:
    return replace(
        meeting,
        asked=tuple(area for area in meeting.asked if area in areas),
        came=tuple(area for area in meeting.came if area in areas),
        children=tuple(_children_for(audience, reader, meeting)),
    )


def _children_for(audience: Audience, reader: Reader, meeting: MeetingFact) -> Iterator[ChildAtMeeting]:
    """That a child came is for who may know of it; why it did not is knowledge of the area that considered it."""
    own = audience.family.meetings[int(meeting.at.rpartition(".")[2])]
    entries = {str(key): (key, entry) for key, entry in audience.day.children_of(own).items()}
    on_the_day = audience.with_ages_on(own.date)
    for child in meeting.children:
        key, entry = entries[child.member]
        if on_the_day.may_see(reader, Concern((key,))):
            may_know_why = on_the_day.may_see(reader, child_concern(on_the_day, key, entry))
            yield child if may_know_why else replace(child, reason="")


def _may_see_wait(audience: Audience, reader: Reader, wait: Wait, areas: Sequence[str]) -> bool:
    plan = audience.family.plan
    activity = next((line for line in plan.activities if line.id == wait.what), None) if plan is not None else None
    return may_see_activity(audience, reader, activity) if activity is not None else wait.area in areas
