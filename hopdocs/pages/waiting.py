"""What a course waits for right now, and whose move it is. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hopdocs.danish import day_and_month, first_name, join
from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.plan_goals import may_see_activity
from hopdocs.domain.consent import Gate
from hopdocs.domain.state import ENDED
from hopdocs.model.plan import Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.deadlines.course import Deadline
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity
    from hopdocs.model.scalars.values import MemberKey


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: for whom (a member's key, a professional's id or an area's code), and for what.

    `name` and `what` are for the family's own page; `to_all` says it to whoever reads about all families, and names
    nobody of the family and nothing that is done for it.
    """

    who: str
    name: str
    what: str
    to_all: str
    for_programs: str = ""
    """What it waits for with somebody's key for her name, where `what` has one."""

    def as_json(self) -> dict[str, Any]:
        """Without the names: keys and ids stand in for them where programs read."""
        return {"who": self.who, "what": self.for_programs or self.what}


def waiting_for(day: FamilyDay, open_deadlines: Iterable[Deadline]) -> tuple[Waiting, ...]:
    """Everything that waits on a day; nothing once a course has ended."""
    if day.state in ENDED:
        return ()
    if day.gate is Gate.CLOSED:
        return tuple(_waiting_for_consent(day))
    return (
        *(_member(day.family, key, "fornyelse af samtykket") for key in day.consents.lapsed),
        *_waiting_for_assessments(day.config, open_deadlines),
        *_waiting_for_interpreters(day),
        *_waiting_for_decisions(day),
    )


def words_for_all(waits: Iterable[Waiting]) -> tuple[str, ...]:
    """What waits, for the page of all families: how many, where it is not to be said of whom."""
    counts = Counter(item.to_all for item in waits)
    return tuple(words if number == 1 else f"{words} ({number} mangler)" for words, number in counts.items())


def _waiting_for_consent(day: FamilyDay) -> Iterator[Waiting]:
    family, config, today = day.family, day.config, day.today
    given = {line.member for line in family.consents if line.form_given is not None and line.form_given <= today}
    for key in day.consents.missing:
        if key in given:
            yield _member(family, key, "svar på samtykket")
        else:
            said, keyed = (f"at {who} får samtykkeerklæringen" for who in (first_name(family.members[key].name), key))
            wait = _staff(config, config.project_coordinator, said, "samtykkeerklæring til familien")
            yield replace(wait, for_programs=keyed)


def _waiting_for_assessments(config: Config, open_deadlines: Iterable[Deadline]) -> Iterator[Waiting]:
    """Each area's own part, from the first reminder on until it is written."""
    for deadline in open_deadlines:
        kind, _, area = deadline.key.partition(":")
        if kind == "assessment":
            names = [item.name for code, item in config.areas.items() if code == area]
            yield _staff(config, deadline.who, f"delen fra {join(names)} af den familiefaglige undersøgelse")


def _waiting_for_interpreters(day: FamilyDay) -> Iterator[Waiting]:
    if not any(member.interpreter for member in day.family.members.values()):
        return
    for meeting in day.planned():
        if meeting.type.is_for_family and (meeting.interpreter is None or meeting.interpreter.booked is None):
            yield _staff(
                day.config, day.contact.reachable, f"tolk til {meeting.type.definite} den {day_and_month(meeting.date)}"
            )


def _waiting_for_decisions(day: FamilyDay) -> Iterator[Waiting]:
    for activity in day.family.plan.activities if day.family.plan else ():
        is_over = activity.last_day is not None and activity.last_day < day.today
        if activity.decision in (Decision.ANSØGT, Decision.AFVENTER) and not is_over:
            area = day.config.areas.get(activity.area)
            what = f"indsatsen {activity.id}" if is_known_to_tovholder(day, activity) else "en indsats"
            name = area.name if area else activity.area
            yield Waiting(activity.area, name, f"beslutning om {what}", f"{name}: beslutning om en indsats")


def is_known_to_tovholder(day: FamilyDay, activity: Activity) -> bool:
    """Whether the tovholder's own area may know of an activity: she is who reads the page."""
    audience = Audience(day).without_lapsed()
    reader = audience.area_of(day.contact.staff)
    return reader is not None and may_see_activity(audience, AreaReader(reader), activity)


def _member(family: Family, key: MemberKey, what: str) -> Waiting:
    return Waiting(key, family.members[key].name, what, f"familien: {what}")


def _staff(config: Config, who: str, what: str, to_all: str = "") -> Waiting:
    name = next((staff.name for key, staff in config.staff.items() if key == who), who)
    return Waiting(who, name, what, f"{name}: {to_all or what}")
