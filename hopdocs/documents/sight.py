"""What each reader of a family's papers sees, entry by entry, and what is withheld from her and why.

The papers are made from the same decisions (`Audience`, `plan_goals`); this lists them. A tovholder asks it "what does
the father get?"; an edit is held against what was seen before it, so that whoever widens or narrows somebody's view is
told; and a paper that cannot be made anew is taken away if it shows its reader what she may no longer see.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.documents.audience import AreaReader, Concern, MemberReader, Withheld
from hopdocs.documents.family_picture.assessment import why_part_hidden
from hopdocs.documents.family_picture.strengths import remark_concern
from hopdocs.documents.letterhead import own_contact
from hopdocs.documents.measured.seen import why_value_hidden
from hopdocs.documents.meeting_facts import child_concern
from hopdocs.documents.minutes.reading import why_point_hidden
from hopdocs.documents.plan_goals import activity_concern, reading_concern, why_goal_hidden
from hopdocs.documents.told_reasons import reason_for
from hopdocs.domain.delicate_reasons import written_reasons
from hopdocs.domain.goal_knowledge import knowledge_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hopdocs.diagnostics import DataPath
    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.domain.delicate_reasons import WrittenReason
    from hopdocs.model.family import AssessmentPart
    from hopdocs.model.measurement import Indicator
    from hopdocs.model.meeting import Meeting, MinutesPoint
    from hopdocs.model.people import Contact
    from hopdocs.model.plan import Goal, Plan
    from hopdocs.model.scalars.values import MemberKey


class EntryKind(StrEnum):
    """What sort of thing an entry is: what one may say of it without saying what it is about."""

    GOAL = "goal"
    READING = "reading"
    ACTIVITY = "activity"
    SECTOR_PLAN = "sector_plan"
    NETWORK = "network"
    ASSESSMENT = "assessment"
    REMARK = "remark"
    POINT = "point"
    VIEW = "view"
    ADDRESS = "address"
    REASON = "reason"
    MINUTES = "minutes"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class SightEntry:
    """Something in a family's file that not everybody may see.

    `key` is the same from one day to the next, also if lines are moved; `at` is where it stands now.
    """

    key: str
    kind: EntryKind
    name: str
    """What people know it by: an id, a name, a date. Not for other readers."""
    at: DataPath
    why_hidden: Callable[[Reader], Withheld | None]
    also_at: tuple[DataPath, ...] = ()
    """Where more of the same stands: the later values of an indicator."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One reader's view of all entries: each is either in `seen` or in `withheld`."""

    reader: Reader
    seen: tuple[SightEntry, ...]
    withheld: tuple[tuple[SightEntry, Withheld], ...]


def readers_of(audience: Audience) -> tuple[Reader, ...]:
    """Everybody who gets papers that consent opens for: people of the family, then the areas of those on the team."""
    members = (MemberReader(member) for member in audience.family.members if audience.takes_part(member))
    return (*members, *(AreaReader(area) for area in audience.areas_with_copies()))


def sight_of(audience: Audience, reader: Reader, entries: Iterable[SightEntry] | None = None) -> Sight:
    """What one reader sees of a family, in the order of the family's file."""
    seen, withheld = [], []
    for entry in entries_of(audience) if entries is None else entries:
        why = entry.why_hidden(reader)
        if why is None:
            seen.append(entry)
        else:
            withheld.append((entry, why))
    return Sight(reader, tuple(seen), tuple(withheld))


def unseen_by(reader: Reader, entries: Iterable[SightEntry]) -> Sight:
    """What she sees while consent closes the gate: nothing."""
    return Sight(reader, (), tuple((entry, Withheld.NO_CONSENT) for entry in entries))


def name_of(reader: Reader) -> str:
    """A reader as the family's file names her: a member's key or an area's code."""
    return reader.member if isinstance(reader, MemberReader) else reader.area


def entries_of(audience: Audience) -> tuple[SightEntry, ...]:
    """Every entry of a family's file whose readers are decided one by one."""
    plan = audience.family.plan
    found = [
        *_addresses(audience),
        *_network(audience),
        *_assessment(audience),
        *_meeting_entries(audience),
        *_reasons(audience),
        *_measured(audience),
        *(_plan_entries(audience, plan) if plan is not None else ()),
    ]
    keys = Counter[str]()
    return tuple(_numbered(entry, keys) for entry in found)


def _numbered(entry: SightEntry, keys: Counter[str]) -> SightEntry:
    """The same with a key of its own: two readings may be of one goal and one day."""
    keys[entry.key] += 1
    number = keys[entry.key]
    return entry if number == 1 else replace(entry, key=f"{entry.key}#{number}")


def _by_concern(audience: Audience, concern: Concern) -> Callable[[Reader], Withheld | None]:
    return lambda reader: audience.why_hidden(reader, concern)


def _addresses(audience: Audience) -> Iterator[SightEntry]:
    family = audience.family
    contacts: list[tuple[str, DataPath, Contact | None]] = [("", ("contact",), family.contact)]
    contacts += [(key, ("members", key, "contact"), person.contact) for key, person in family.members.items()]
    for key, at, contact in contacts:
        if contact is not None and contact.address is not None:
            yield SightEntry(f"address:{key}", EntryKind.ADDRESS, key, at, _by_address(audience, contact))


def _by_address(audience: Audience, contact: Contact) -> Callable[[Reader], Withheld | None]:
    def why_hidden(reader: Reader) -> Withheld | None:
        is_hers = isinstance(reader, MemberReader) and own_contact(audience.family, reader.member) is contact
        return None if is_hers else Withheld.OTHER_HOME

    return why_hidden


def _network(audience: Audience) -> Iterator[SightEntry]:
    for index, line in enumerate(audience.family.network):
        concern = Concern(line.for_)
        yield SightEntry(
            f"network:{line.name}", EntryKind.NETWORK, line.name, ("network", index), _by_concern(audience, concern)
        )


def _assessment(audience: Audience) -> Iterator[SightEntry]:
    for index, part in enumerate(audience.family.assessment):
        yield SightEntry(
            f"assessment:{part.area}", EntryKind.ASSESSMENT, part.area, ("assessment", index), _by_part(audience, part)
        )


def _by_part(audience: Audience, part: AssessmentPart) -> Callable[[Reader], Withheld | None]:
    return lambda reader: _why_no_plan(audience, reader) or why_part_hidden(audience, reader, part)


def _remarks(audience: Audience, plan: Plan) -> Iterator[SightEntry]:
    for key, lines in (("resources", plan.resources), ("when_hard", plan.when_hard)):
        for index, line in enumerate(lines):
            why_hidden = _by_plan_concern(audience, remark_concern(line))
            yield SightEntry(f"{key}:{line.text}", EntryKind.REMARK, line.text, ("plan", key, index), why_hidden)


def _meeting_entries(audience: Audience) -> Iterator[SightEntry]:
    for index, meeting in enumerate(audience.family.meetings):
        on_the_day = audience.with_ages_on(meeting.date)
        for number, point in enumerate(meeting.family_points):
            at: DataPath = ("meetings", index, "family_points", number)
            key = f"point:{meeting.id}:{point.point}"
            yield SightEntry(
                key, EntryKind.POINT, point.point, at, _by_concern(on_the_day, Concern((), None, point.visible_to))
            )
        for number, said in enumerate(meeting.minutes.points if meeting.minutes is not None else ()):
            at = ("meetings", index, "minutes", "points", number)
            key = f"minutes:{meeting.id}:{said.point}"
            yield SightEntry(key, EntryKind.MINUTES, said.point, at, _by_minutes(on_the_day, meeting, said))
        for child, entry in meeting.children.items():
            if (entry.view or entry.reason) and child in audience.family.members:
                concern = child_concern(on_the_day, child, entry)
                at = ("meetings", index, "children", child)
                yield SightEntry(
                    f"view:{meeting.id}:{child}", EntryKind.VIEW, child, at, _by_concern(on_the_day, concern)
                )


def _by_minutes(audience: Audience, meeting: Meeting, point: MinutesPoint) -> Callable[[Reader], Withheld | None]:
    return lambda reader: why_point_hidden(audience, meeting, reader, point)


def _reasons(audience: Audience) -> Iterator[SightEntry]:
    for line in written_reasons(audience.family):
        yield SightEntry(f"reason:{line.name}", EntryKind.REASON, line.name, line.at, _by_reason(audience, line))


def _by_reason(audience: Audience, line: WrittenReason) -> Callable[[Reader], Withheld | None]:
    return lambda reader: None if reason_for(audience, reader, line, line.day) == line.reason else Withheld.OWN_WORDS


def _measured(audience: Audience) -> Iterator[SightEntry]:
    """What is measured of somebody, one entry for all its values. What the catalogue does not know is shown nowhere."""
    measurements = audience.family.measurements
    places: dict[tuple[str, tuple[MemberKey, ...]], list[int]] = {}
    lines = measurements.indicators if measurements is not None else ()
    for index, line in enumerate(lines):
        kind = audience.config.catalogue.find(line.key)
        if kind is not None:
            places.setdefault((kind.key, line.for_), []).append(index)
    for (key, for_), (first, *later) in places.items():
        yield SightEntry(
            f"measured:{key}:{','.join(for_)}",
            EntryKind.MEASURED,
            f"{key} {', '.join(for_)}".rstrip(),
            ("measurements", "indicators", first),
            _by_value(audience, lines[first]),
            tuple(("measurements", "indicators", index) for index in later),
        )


def _by_value(audience: Audience, line: Indicator) -> Callable[[Reader], Withheld | None]:
    return lambda reader: _why_no_plan(audience, reader) or why_value_hidden(audience, reader, line)


def _plan_entries(audience: Audience, plan: Plan) -> Iterator[SightEntry]:
    yield from _remarks(audience, plan)
    goals: Mapping[str, Goal] = {goal.id: goal for goal in plan.goals}
    hides = {}
    for index, goal in enumerate(plan.goals):
        hides[goal.id] = _by_goal(audience, goal)
        yield SightEntry(f"goal:{goal.id}", EntryKind.GOAL, goal.id, ("plan", "goals", index), hides[goal.id])
    for index, reading in enumerate(plan.status):
        if reading.goal in goals:
            concern = reading_concern(goals[reading.goal], reading)
            why_hidden = _by_both(hides[reading.goal], _by_concern(audience, concern))
            key = f"reading:{reading.goal}:{reading.date.isoformat()}"
            yield SightEntry(
                key,
                EntryKind.READING,
                f"{reading.goal} {reading.date.isoformat()}",
                ("plan", "status", index),
                why_hidden,
            )
    for index, activity in enumerate(plan.activities):
        why_hidden = _by_plan_concern(audience, activity_concern(activity))
        goal_of_it = goals.get(activity.goal)
        if goal_of_it is not None and goal_of_it.visible_to is not None:  # then what is done goes with the goal
            why_hidden = _by_both(hides[goal_of_it.id], why_hidden)
        yield SightEntry(
            f"activity:{activity.id}", EntryKind.ACTIVITY, activity.id, ("plan", "activities", index), why_hidden
        )
    for index, line in enumerate(plan.sector_plans):
        concern = Concern(line.for_, line.area, line.visible_to)
        key = f"sector_plan:{line.kind}:{line.area}:{','.join(line.for_)}"
        yield SightEntry(
            key,
            EntryKind.SECTOR_PLAN,
            f"{line.kind} {line.area}",
            ("plan", "sector_plans", index),
            _by_plan_concern(audience, concern),
        )


def _by_goal(audience: Audience, goal: Goal) -> Callable[[Reader], Withheld | None]:
    knowledge = knowledge_of(audience.family, audience.config, goal)
    return lambda reader: _why_no_plan(audience, reader) or why_goal_hidden(audience, reader, goal, knowledge)


def _why_no_plan(audience: Audience, reader: Reader) -> Withheld | None:
    """Who is invited without a consent of her own gets no copy of the plan, and nothing of it stands elsewhere."""
    has_copy = isinstance(reader, AreaReader) or audience.reads_plan(reader.member)
    return None if has_copy else Withheld.NO_CONSENT


def _by_plan_concern(audience: Audience, concern: Concern) -> Callable[[Reader], Withheld | None]:
    return lambda reader: _why_no_plan(audience, reader) or audience.why_hidden(reader, concern)


def _by_both(
    first: Callable[[Reader], Withheld | None], second: Callable[[Reader], Withheld | None]
) -> Callable[[Reader], Withheld | None]:
    return lambda reader: first(reader) or second(reader)
