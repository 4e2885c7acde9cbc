"""What a copy of the plan, and the minutes of a meeting, say of what is new since their reader last got the plan.

"Last" is the latest copy that says something else than the plan does now. While nobody edits, that is the one before
the copy that she holds: so a delivery leaves the copy as it was handed over, and what is told begins anew from it with
the next edit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, MemberReader
from hopdocs.documents.changes.comparison import changes_between, sight_of_gone
from hopdocs.documents.changes.facts import digest_of
from hopdocs.documents.changes.plan_facts import plan_facts
from hopdocs.documents.plan_goals import visible_parts
from hopdocs.documents.views import ChangesView
from hopdocs.domain.consent import days_of_taking_back
from hopdocs.model.meeting import FAMILY_MEETINGS, MeetingStatus
from hopdocs.model.plan import Plan

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.changes.comparison import Change
    from hopdocs.documents.changes.facts import PlanFacts
    from hopdocs.documents.changes.seen import SeenPlan, SeenPlans
    from hopdocs.model.meeting import Meeting


@dataclass(frozen=True, slots=True)
class News:
    """What is new to one reader since the copy of `since`; None if no copy says anything else than the plan does now.

    `is_known` is false if nobody can tell what stood in the copy that she got last.
    """

    since: date | None
    changes: tuple[Change, ...]
    is_known: bool = True


class PlanNews:
    """One family's plan now, against the copies that its readers got. What is asked again is worked out once."""

    def __init__(self, audience: Audience, seen: SeenPlans) -> None:
        self._audience = audience
        self._seen = seen
        self._facts: dict[Reader, PlanFacts] = {}

    def facts(self, reader: Reader) -> PlanFacts:
        """What her copy says now."""
        known = self._facts.get(reader)
        if known is None:
            audience = self._audience_of(reader)
            parts = visible_parts(audience, audience.family.plan or Plan(), reader)
            known = self._facts[reader] = plan_facts(audience, reader, parts)
        return known

    def changes(self, reader: Reader) -> News:
        """What is new to her, one by one."""
        for copy in reversed(self._copies_of(reader)):
            if copy.facts is None:
                return News(copy.day, (), is_known=False)
            found = self._compare(reader, copy.day, copy.facts, self.facts(reader))
            if found:
                return News(copy.day, found)
        return News(None, ())

    def since_last(self, reader: Reader) -> ChangesView | None:
        """The same as her copy has it; None if nobody knows what she got last.

        An area is handed nothing, so no edition is its first.
        """
        news = self.changes(reader)
        if not news.is_known or (isinstance(reader, AreaReader) and news.since is None):
            return None
        return ChangesView(since=news.since, sentences=tuple(change.text for change in news.changes))

    def shows_what_is_hidden(self, reader: Reader, copy: SeenPlan) -> bool:
        """Whether an earlier copy as a whole would show its reader what she may no longer see.

        So it may be once anybody has taken anything back, or said no, on its day or since. What a copy shows besides
        its facts follows the same consents.
        """
        taken_back = days_of_taking_back(self._audience.family)
        if copy.facts is None or any(day >= copy.day for day in taken_back):
            return True
        hers = {fact.key for fact in self._still_hers(reader, copy.facts).facts}
        return any(fact.grounds and fact.key not in hers for fact in copy.facts.facts)

    def copy_of(self, reader: Reader, day: date) -> SeenPlan | None:
        """The copy that a reader got on a day."""
        return next((copy for copy in self._copies_of(reader) if copy.day == day), None)

    def at_meeting(self, reader: Reader, meeting: Meeting) -> tuple[str, ...]:
        """What a meeting made of the plan that she had then: up to the copy that she got between it and the next."""
        copies = self._copies_of(reader)
        before = [copy for copy in copies if copy.day < meeting.date]
        if meeting.type not in FAMILY_MEETINGS or not before or before[-1].facts is None:
            return ()
        following = [
            item for item in self._audience.family.meetings
            if item.type in FAMILY_MEETINGS and item.date > meeting.date and item.status is MeetingStatus.HELD
        ]  # fmt: skip
        until = min((item.date for item in following), default=None)
        after = [copy for copy in copies if copy.day >= meeting.date and (until is None or copy.day < until)]
        now = after[0].facts if after else self.facts(reader) if until is None else None
        if now is None:
            return ()
        was, is_ = (self._still_hers(reader, facts) for facts in (before[-1].facts, now))
        return tuple(change.text for change in self._compare(reader, before[-1].day, was, is_))

    def _still_hers(self, reader: Reader, facts: PlanFacts) -> PlanFacts:
        """Of what stood in an earlier copy, that which she may read today as well."""
        there, may_still_see = {fact.key for fact in self.facts(reader).facts}, sight_of_gone(self._audience, reader)
        exists = self.facts(reader).existed
        family = self._audience.family.id
        hers = (
            fact
            for fact in facts.facts
            if fact.key in there or (digest_of(family, fact.key) not in exists and may_still_see(fact))
        )
        return replace(facts, facts=tuple(hers))

    def _audience_of(self, reader: Reader) -> Audience:
        return self._audience if isinstance(reader, MemberReader) else self._audience.without_birthdays()

    def _copies_of(self, reader: Reader) -> tuple[SeenPlan, ...]:
        return self._seen.get(reader.area if isinstance(reader, AreaReader) else reader.member, ())

    def _compare(self, reader: Reader, since: date, before: PlanFacts, now: PlanFacts) -> tuple[Change, ...]:
        may_still_see = sight_of_gone(self._audience, reader)
        return changes_between(before, now, family=self._audience.family.id, since=since, may_still_see=may_still_see)
