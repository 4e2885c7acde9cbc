"""What was said and agreed at a meeting, as far as one reader may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.at_work import may_see_area_at_work, served_by
from hopdocs.documents.audience import Concern, MemberReader
from hopdocs.documents.letterhead import PLAIN_TITLE
from hopdocs.documents.views import AgreementLine, MinutesLine
from hopdocs.domain.tasks.people import find_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.meeting_facts import MeetingFacts
    from hopdocs.domain.tasks.people import NamedPerson
    from hopdocs.model.meeting import MinutesPoint
    from hopdocs.model.scalars.values import StaffId


def point_concern(audience: Audience, point: MinutesPoint) -> Concern:
    """Whom a point is about, and whose knowledge it is: the area's that decides, or that sees to it.

    What a health area holds is only for those it is for: where `for` names nobody, the one of the family who has
    said that she will do it.
    """
    person = find_person(audience.family, audience.config, point.who) if point.who is not None else None
    area = point.decided_in
    if area is None and person is not None:
        area = audience.area_of(person.staff)
    about = point.for_
    if not about and area is not None and audience.config.is_health(area) and person is not None:
        about = (person.member,) if person.member is not None else ()
    return Concern(about, area, point.visible_to)


def visible_points(gathering: MeetingFacts, reader: Reader) -> tuple[MinutesPoint, ...]:
    """The points in which something is written and that a reader may see, in the file's order."""
    minutes, audience = gathering.meeting.minutes, gathering.audience
    return tuple(
        point
        for point in (minutes.points if minutes is not None else ())
        if (point.text or point.agreed) and audience.may_see(reader, point_concern(audience, point))
    )


def minutes_lines(points: Iterable[MinutesPoint]) -> tuple[MinutesLine, ...]:
    """What was said under each point."""
    return tuple(MinutesLine(point=point.point, text=point.text or "", agreed=point.agreed or "") for point in points)


def agreement_lines(
    gathering: MeetingFacts, points: Iterable[MinutesPoint], reader: Reader
) -> tuple[AgreementLine, ...]:
    """What was agreed, the reader's own first."""
    areas = gathering.audience.config.areas
    lines = []
    for point in points:
        if not point.agreed:
            continue
        person = find_person(gathering.audience.family, gathering.audience.config, point.who) if point.who else None
        lines.append(
            AgreementLine(
                agreed=point.agreed,
                who=shown_name(gathering, person, reader) if person is not None else "",
                is_readers=person is not None and _is_readers(gathering.audience, person, reader),
                due=point.due,
                decided_in=areas[point.decided_in].name if point.decided_in in areas else "",
            )
        )
    return tuple(sorted(lines, key=lambda line: not line.is_readers))


def shown_name(gathering: MeetingFacts, person: NamedPerson, reader: Reader) -> str:
    """Somebody's name: everybody at the table is known there; who else works with the family, not to all."""
    if person.member is not None:
        return gathering.audience.full_names[person.member]
    if person.staff is None or is_at_table(gathering, person.staff):
        return person.name
    audience = gathering.audience
    served = served_by(audience, person.staff, gathering.meeting.date)
    may_know = may_see_area_at_work(audience, audience.area_of(person.staff), served, (reader,))
    return person.name if may_know else PLAIN_TITLE


def is_at_table(gathering: MeetingFacts, staff: StaffId) -> bool:
    """Whether a professional was asked to the meeting, or somebody came in her place."""
    known = gathering.audience.config.staff.get(staff)
    return any(seat.person is known or seat.replaced is known for seat in gathering.seats) and known is not None


def _is_readers(audience: Audience, person: NamedPerson, reader: Reader) -> bool:
    if isinstance(reader, MemberReader):
        return person.member == reader.member
    return person.staff is not None and audience.area_of(person.staff) == reader.area
