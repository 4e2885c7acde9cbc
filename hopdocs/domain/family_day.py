"""One family on one day: what its data say today, worked out once and handed to whoever asks.

Documents, notices, deadlines, pages and rules are given this value and no more: nobody asks consent, meetings or the
state anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from hopdocs.domain.consent import Consents, Gate, before_lapse
from hopdocs.domain.meetings import (
    children_of,
    children_to_assess,
    held_meetings,
    list_family_invited,
    list_invited_staff,
    planned_meetings,
    status_of,
)
from hopdocs.domain.state import BEFORE_START, RUNNING, State, course_state
from hopdocs.domain.tovholder import ContactPerson, contact_person, tovholder_of
from hopdocs.model.meeting import MeetingStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import ChildEntry, Meeting, MeetingType
    from hopdocs.model.scalars.values import MeetingId, MemberKey, StaffId

Answer = TypeVar("Answer")
Asked = TypeVarTuple("Asked")


@dataclass(frozen=True, slots=True)
class FamilyDay:
    """A family, its municipality and a day, with what follows from them.

    `consents` are those of `today`; a meeting's own day is asked with `consents_on`. `contact` is whom the family
    reaches: the tovholder, a substitute, or the coordinator.
    """

    family: Family
    config: Config
    today: date
    consents: Consents
    gate: Gate
    state: State
    tovholder: StaffId | None
    contact: ContactPerson
    _consents_by_day: dict[date, Consents] = field(default_factory=dict, repr=False, compare=False)
    """What `consents_on` has worked out, so that no day is worked out twice."""
    _invited: dict[MeetingId, tuple[Meeting, tuple[StaffId, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _answers: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What others have worked out of this day, each once (`worked_out_once`)."""

    @classmethod
    def on(cls, family: Family, config: Config, today: date) -> FamilyDay:
        """The family as it stands on `today`."""
        known: dict[date, Consents] = {}
        return cls.of(Consents.on(family, today, known), config, known)

    @classmethod
    def of(cls, consents: Consents, config: Config, known: dict[date, Consents] | None = None) -> FamilyDay:
        """The family on the day of consents that are worked out already; `known` has those of its other days."""
        family, today = consents.family, consents.day
        return cls(
            family=family,
            config=config,
            today=today,
            consents=consents,
            gate=consents.gate,
            state=course_state(consents),
            tovholder=tovholder_of(family, today),
            contact=contact_person(family, config, today),
            _consents_by_day={today: consents} if known is None else known,
        )

    @property
    def is_running(self) -> bool:
        """Whether the team works with the family."""
        return self.state in RUNNING

    @property
    def has_begun(self) -> bool:
        """Whether the work has begun with its first meeting being called."""
        return self.state not in BEFORE_START

    def consents_on(self, day: date) -> Consents:
        """The consents as they stand on another day: a meeting's papers are right for the day that they are about."""
        return Consents.on(self.family, day, self._consents_by_day)

    def status(self, meeting: Meeting) -> MeetingStatus:
        """How a meeting stands today."""
        return status_of(meeting, self.today)

    def is_planned(self, meeting: Meeting) -> bool:
        """Whether a meeting is still to come."""
        return self.status(meeting) is MeetingStatus.PLANNED

    def held(self, *types: MeetingType) -> tuple[Meeting, ...]:
        """The meetings of these types that took place, oldest first."""
        return held_meetings(self.family, self.today, *types)

    def planned(self, *types: MeetingType) -> tuple[Meeting, ...]:
        """The meetings of these types that are still to come, soonest first; all if none is named."""
        return planned_meetings(self.family, self.today, *types)

    def invited_staff(self, meeting: Meeting) -> tuple[StaffId, ...]:
        """The professionals who are asked to a meeting."""
        known, invited = self._invited.get(meeting.id, (None, ()))
        if known is not meeting:  # the file may call two by the same id
            invited = list_invited_staff(self.consents_on(meeting.date), self.config, meeting)
            self._invited[meeting.id] = meeting, invited
        return invited

    def family_invited(self, meeting: Meeting) -> tuple[MemberKey, ...]:
        """The adults and youth from 15 who get an invitation of their own."""
        return list_family_invited(self.consents_on(meeting.date), meeting)

    def needs_interpreter(self, meeting: Meeting) -> bool:
        """Whether anybody of the family who is invited needs an interpreter."""
        return any(self.family.members[key].interpreter for key in self.family_invited(meeting))

    def children_of(self, meeting: Meeting) -> dict[MemberKey, ChildEntry]:
        """Each child's entry for a meeting, with what it inherits."""
        return children_of(self.family, meeting)

    def children_to_assess(self, meeting: Meeting) -> tuple[MemberKey, ...]:
        """The children that somebody must consider for a meeting: under 18 on the day."""
        return children_to_assess(self.family, meeting)


def worked_out_once(
    work: Callable[[FamilyDay, *Asked], Answer],
) -> Callable[[FamilyDay, *Asked], Answer]:
    """For what follows from a day alone and is never changed: papers, mails and pages ask for the same again."""

    @wraps(work)
    def ask(day: FamilyDay, *asked: *Asked) -> Answer:
        answers, key = day._answers, (work, *asked)  # noqa: SLF001 - kept with the day, and gone with it
        if key not in answers:
            answers[key] = work(day, *asked)
        answer: Answer = answers[key]
        return answer

    return ask


def day_to_show(day: FamilyDay) -> FamilyDay | None:
    """The day whose consents papers are made from: today, or the last one on which all stood; none where it is closed.

    Behind a gate that time alone has closed, that is what existed, less what was taken back.
    """
    if day.gate is not Gate.LAPSED:
        return day if day.gate is Gate.OPEN else None
    known = before_lapse(day.family, day.today)
    return FamilyDay.of(known, day.config) if known is not None else None
