"""What a course waits for right now, and whose move it is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hopdocs.danish import day_and_month, join
from hopdocs.deadlines.course import deadlines_of
from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.plan_goals import activity_concern
from hopdocs.domain.consent import Gate, gate_of, lapsed_consents, missing_consents
from hopdocs.domain.meetings import planned_meetings
from hopdocs.domain.state import ENDED, course_state
from hopdocs.domain.tovholder import contact_person
from hopdocs.model.plan import Decision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity
    from hopdocs.model.values import MemberKey


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits: for whom (a member's key, a professional's id or an area's code), and for what."""

    who: str
    name: str
    what: str

    def as_json(self) -> dict[str, Any]:
        """Without the name: keys and ids stand in for it where programs read."""
        return {"who": self.who, "what": self.what}


def waiting_for(family: Family, config: Config, today: date) -> tuple[Waiting, ...]:
    """Everything that waits on `today`; nothing once a course has ended."""
    if course_state(family, config, today) in ENDED:
        return ()
    if gate_of(family, today) is Gate.CLOSED:
        return tuple(_waiting_for_consent(family, config, today))
    return (
        *_waiting_for_renewal(family, today),
        *_waiting_for_assessments(family, config, today),
        *_waiting_for_interpreters(family, config, today),
        *_waiting_for_decisions(family, config, today),
    )


def _waiting_for_consent(family: Family, config: Config, today: date) -> Iterator[Waiting]:
    given = {line.member for line in family.consents if line.form_given is not None and line.form_given <= today}
    coordinator = config.project_coordinator
    for key in missing_consents(family, today):
        if key in given:
            yield _member(family, key, "svar på samtykket")
        else:
            yield _staff(config, coordinator, f"at {_first_name(family, key)} får samtykkeerklæringen")


def _waiting_for_renewal(family: Family, today: date) -> Iterator[Waiting]:
    for key in lapsed_consents(family, today):
        yield _member(family, key, "fornyelse af samtykket")


def _waiting_for_assessments(family: Family, config: Config, today: date) -> Iterator[Waiting]:
    """Each area's own part, from the first reminder on until it is written."""
    for deadline in deadlines_of(family, config, today):
        kind, _, area = deadline.key.partition(":")
        if kind == "assessment" and deadline.done is None:
            names = [item.name for code, item in config.areas.items() if code == area]
            yield _staff(config, deadline.who, f"delen fra {join(names)} af den familiefaglige undersøgelse")


def _waiting_for_interpreters(family: Family, config: Config, today: date) -> Iterator[Waiting]:
    if not any(member.interpreter for member in family.members.values()):
        return
    contact = contact_person(family, config, today).reachable
    for meeting in planned_meetings(family, today):
        if meeting.type.is_for_family and (meeting.interpreter is None or meeting.interpreter.booked is None):
            yield _staff(config, contact, f"tolk til {meeting.type.value}t den {day_and_month(meeting.date)}")


def _waiting_for_decisions(family: Family, config: Config, today: date) -> Iterator[Waiting]:
    for activity in family.plan.activities if family.plan else ():
        is_over = activity.last_day is not None and activity.last_day < today
        if activity.decision in (Decision.ANSØGT, Decision.AFVENTER) and not is_over:
            area = config.areas.get(activity.area)
            what = f"indsatsen {activity.id}" if _is_known(family, config, today, activity) else "en indsats"
            yield Waiting(activity.area, area.name if area else activity.area, f"beslutning om {what}")


def _is_known(family: Family, config: Config, today: date, activity: Activity) -> bool:
    """Whether the tovholder's own area may know of an activity: she is who reads the page."""
    audience = Audience(family, config, today)
    reader = audience.area_of(contact_person(family, config, today).staff)
    return reader is not None and audience.may_see(AreaReader(reader), activity_concern(activity))


def _member(family: Family, key: MemberKey, what: str) -> Waiting:
    return Waiting(key, family.members[key].name, what)


def _first_name(family: Family, key: MemberKey) -> str:
    return family.members[key].name.split()[0]


def _staff(config: Config, who: str, what: str) -> Waiting:
    names = [staff.name for key, staff in config.staff.items() if key == who]
    return Waiting(who, names[0] if names else who, what)
