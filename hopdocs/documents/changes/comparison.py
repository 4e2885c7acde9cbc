"""What changed in one reader's plan: pure, from the facts of her copy then and of her copy now.

Only what she may read both then and now is told. What is gone is told if it is gone from the family's file and she
could still read it if it were there; what is still in the file but no longer hers to read is passed over in silence,
and so is what was there all along and that she may read only now. Whatever is unclear is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.documents.audience import Concern
from hopdocs.documents.changes import sentences
from hopdocs.documents.changes.facts import FactKind, digest_of
from hopdocs.documents.changes.plan_facts import CLOSING, RHYTHM, SHARED_GOAL
from hopdocs.model.meeting import MeetingStatus
from hopdocs.model.plan import Decision, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.changes.facts import Fact, PlanFacts
    from hopdocs.model.scalars.values import FamilyId


class ChangeKind(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    ENDED = "ended"
    DECIDED = "decided"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, as a sentence for whoever reads the plan. `about` is the entry's key."""

    kind: ChangeKind
    about: str
    text: str


def changes_between(
    before: PlanFacts, now: PlanFacts, *, family: FamilyId, since: date, may_still_see: Callable[[Fact], bool]
) -> tuple[Change, ...]:
    """What is new since `before`, which the reader got on `since`; both are facts of her own copies.

    `may_still_see` says of an entry that is in the file no longer whether she could read it if it were there.
    """
    return tuple(_Comparison(before, now, family, since, may_still_see).changes())


def sight_of_gone(audience: Audience, reader: Reader) -> Callable[[Fact], bool]:
    """Whether a reader could still see something that is in the family's file no longer.

    That is so if she may today see all that it was about. Whom the file does not know any more, nobody can tell.
    """

    def may_still_see(fact: Fact) -> bool:
        return bool(fact.grounds) and all(
            all(member in audience.family.members for member in members)
            and (area is None or area in audience.config.areas)
            and audience.may_see(reader, Concern(members, area))
            for members, area in fact.grounds
        )

    return may_still_see


class _Comparison:
    """Two copies side by side."""

    def __init__(
        self,
        before: PlanFacts,
        now: PlanFacts,
        family: FamilyId,
        since: date,
        may_still_see: Callable[[Fact], bool],
    ) -> None:
        self._before = {fact.key: fact for fact in before.facts}
        self._now = {fact.key: fact for fact in now.facts}
        self._existed, self._exists = before.existed, now.existed
        self._family, self._since, self._may_still_see = family, since, may_still_see

    def changes(self) -> Iterator[Change]:
        """In the order in which the plan has them; what is gone after what stands."""
        yield from self._course()
        yield from self._goals()
        yield from self._activities()
        yield from self._meetings()
        yield from self._tovholder()
        yield from self._team()
        yield from self._lists()

    def _added(self, kind: FactKind) -> Iterator[Fact]:
        """What was not in the file then; not what she only may see now."""
        for key, fact in self._now.items():
            if fact.kind is kind and key not in self._before and digest_of(self._family, key) not in self._existed:
                yield fact

    def _standing(self, kind: FactKind) -> Iterator[tuple[Fact, Fact]]:
        for key, fact in self._now.items():
            if fact.kind is kind and key in self._before:
                yield self._before[key], fact

    def _gone(self, kind: FactKind) -> Iterator[Fact]:
        for key, fact in self._before.items():
            is_gone = key not in self._now and digest_of(self._family, key) not in self._exists
            if fact.kind is kind and is_gone and self._may_still_see(fact):
                yield fact

    def _course(self) -> Iterator[Change]:
        was, is_ = self._words(CLOSING, "date")
        if is_ and is_ != was:
            yield Change(ChangeKind.ENDED, CLOSING, sentences.course_ends(is_))
        was, is_ = self._words(SHARED_GOAL, "goal")
        if is_ and is_ != was:
            kind = ChangeKind.CHANGED if was else ChangeKind.ADDED
            yield Change(kind, SHARED_GOAL, sentences.shared_goal_is(is_))
        was, is_ = self._words(RHYTHM, "weeks")
        if was and is_ and is_ != was:
            yield Change(ChangeKind.CHANGED, RHYTHM, sentences.rhythm_is(is_, was))

    def _words(self, key: str, name: str) -> tuple[str, str]:
        was, is_ = self._before.get(key), self._now.get(key)
        return (was.of(name) if was else "", is_.of(name) if is_ else "")

    def _goals(self) -> Iterator[Change]:
        for was, goal in self._standing(FactKind.GOAL):
            if goal.of("ended") and not was.of("ended"):
                yield Change(ChangeKind.ENDED, goal.key, sentences.goal_ended(goal))
            yield from self._progress(goal)
            if was.of("goal") != goal.of("goal"):
                yield Change(ChangeKind.CHANGED, goal.key, sentences.goal_reworded(was, goal))
            elif any(was.of(name) != goal.of(name) for name in ("words", "need", "for")):
                yield Change(ChangeKind.CHANGED, goal.key, sentences.goal_has_news(goal))
            if goal.of("sign") and was.of("sign") != goal.of("sign"):
                yield Change(ChangeKind.CHANGED, goal.key, sentences.goal_sign_is(goal))
        for goal in self._added(FactKind.GOAL):
            if not goal.of("ended"):
                yield Change(ChangeKind.ADDED, goal.key, sentences.goal_added(goal))
            yield from self._progress(goal)
        for goal in self._gone(FactKind.GOAL):
            yield Change(ChangeKind.ENDED, goal.key, sentences.goal_gone(goal))

    def _progress(self, goal: Fact) -> Iterator[Change]:
        """What a new reading says that the last one did not."""
        before = self._latest_progress(self._before.values(), goal.key)
        latest = self._latest_reading(self._now.values(), goal.key)
        if latest is None or latest.key in self._before or digest_of(self._family, latest.key) in self._existed:
            return
        progress = latest.of("progress")
        if progress != before and (before or progress != Progress.IKKE_BEGYNDT):
            kind = ChangeKind.REACHED if progress == Progress.NÅET else ChangeKind.CHANGED
            yield Change(kind, goal.key, sentences.goal_came(goal, Progress(progress)))

    @staticmethod
    def _latest_reading(facts: Iterable[Fact], goal: str) -> Fact | None:
        readings = [fact for fact in facts if fact.kind is FactKind.READING]
        of_goal = [fact for fact in readings if FactKind.GOAL.key(fact.of("goal")) == goal]
        return max(of_goal, key=lambda fact: fact.of("date"), default=None)

    def _latest_progress(self, facts: Iterable[Fact], goal: str) -> str:
        latest = self._latest_reading(facts, goal)
        return latest.of("progress") if latest is not None else ""

    def _activities(self) -> Iterator[Change]:
        for activity in self._added(FactKind.ACTIVITY):
            is_decided = activity.of("decision") in (Decision.BEVILGET, "")
            kind = ChangeKind.ADDED if is_decided else ChangeKind.DECIDED
            yield Change(kind, activity.key, sentences.activity_added(activity))
        for was, activity in self._standing(FactKind.ACTIVITY):
            if activity.of("decision") and activity.of("decision") != was.of("decision"):
                yield Change(ChangeKind.DECIDED, activity.key, sentences.activity_decided(activity))
            for is_end, text in sentences.activity_changes(was, activity):
                yield Change(ChangeKind.ENDED if is_end else ChangeKind.CHANGED, activity.key, text)
        for activity in self._gone(FactKind.ACTIVITY):
            yield Change(ChangeKind.ENDED, activity.key, sentences.activity_gone(activity))

    def _meetings(self) -> Iterator[Change]:
        """Meetings that lay ahead when she got the plan, or lie after that day now."""
        for meeting in self._added(FactKind.MEETING):
            if self._is_ahead(meeting) and meeting.of("status") in (MeetingStatus.PLANNED, ""):
                yield Change(ChangeKind.ADDED, meeting.key, sentences.meeting_added(meeting))
        for was, meeting in self._standing(FactKind.MEETING):
            if self._is_ahead(was) or self._is_ahead(meeting):
                yield from _meeting_changes(was, meeting)
        for meeting in self._gone(FactKind.MEETING):
            if self._is_ahead(meeting) and not _is_off(meeting):
                yield Change(ChangeKind.ENDED, meeting.key, sentences.meeting_gone(meeting))

    def _is_ahead(self, meeting: Fact) -> bool:
        return meeting.of("date") > self._since.isoformat()

    def _tovholder(self) -> Iterator[Change]:
        lines = sorted(
            (fact for fact in self._now.values() if fact.kind is FactKind.TOVHOLDER), key=lambda fact: fact.of("from")
        )
        added = {fact.key for fact in self._added(FactKind.TOVHOLDER)}
        for earlier, line in zip((None, *lines), lines, strict=False):
            if line.key in added and (earlier is None or earlier.of("name") != line.of("name")):
                yield Change(ChangeKind.CHANGED, line.key, sentences.tovholder_is(line))

    def _team(self) -> Iterator[Change]:
        """Who joined and who left; somebody may have more lines than one."""
        known = {fact.of("staff") for fact in self._before.values() if fact.kind is FactKind.TEAM}
        stays = {fact.of("staff") for fact in self._now.values() if fact.kind is FactKind.TEAM and not fact.of("to")}
        told = set[str]()
        for line in self._added(FactKind.TEAM):
            staff = line.of("staff")
            if staff not in known | told and not line.of("to"):
                told.add(staff)
                yield Change(ChangeKind.ADDED, line.key, sentences.team_joined(line))
        for was, line in self._standing(FactKind.TEAM):
            if line.of("to") and not was.of("to") and line.of("staff") not in stays:
                yield Change(ChangeKind.ENDED, line.key, sentences.team_left(line))

    def _lists(self) -> Iterator[Change]:
        for line in self._added(FactKind.NETWORK):
            yield Change(ChangeKind.ADDED, line.key, sentences.network_joined(line))
        for line in self._gone(FactKind.NETWORK):
            yield Change(ChangeKind.ENDED, line.key, sentences.network_left(line))
        for line in self._added(FactKind.SECTOR_PLAN):
            yield Change(ChangeKind.ADDED, line.key, sentences.sector_plan_added(line))
        for was, line in self._standing(FactKind.SECTOR_PLAN):
            if was.of("relation") != line.of("relation"):
                yield Change(ChangeKind.CHANGED, line.key, sentences.sector_plan_is(line))
        for line in self._gone(FactKind.SECTOR_PLAN):
            yield Change(ChangeKind.ENDED, line.key, sentences.sector_plan_gone(line))


def _meeting_changes(was: Fact, meeting: Fact) -> Iterator[Change]:
    if _is_off(meeting):
        if not _is_off(was):
            yield Change(ChangeKind.ENDED, meeting.key, sentences.meeting_cancelled(was))
    elif _is_off(was):
        yield Change(ChangeKind.ADDED, meeting.key, sentences.meeting_again(meeting))
    elif was.of("when") != meeting.of("when"):
        yield Change(ChangeKind.MOVED, meeting.key, sentences.meeting_moved(was, meeting))
    elif was.of("place") != meeting.of("place"):
        yield Change(ChangeKind.MOVED, meeting.key, sentences.meeting_elsewhere(meeting))


def _is_off(meeting: Fact) -> bool:
    return meeting.of("status") == MeetingStatus.CANCELLED
