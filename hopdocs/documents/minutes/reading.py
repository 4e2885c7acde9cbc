"""Who may read a point of the minutes: the same for the referat, for the next agenda, and for the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.at_work import coming_staff, may_see_area_at_work, served_by
from hopdocs.documents.audience import EVERYBODY, AreaReader, Concern, MemberReader, Withheld
from hopdocs.documents.letterhead import PLAIN_TITLE
from hopdocs.domain.tasks import find_person
from hopdocs.domain.team import is_area_open
from hopdocs.model.meeting import MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.domain.tasks import NamedPerson
    from hopdocs.model.meeting import Meeting, MinutesPoint
    from hopdocs.model.scalars.values import MemberKey, StaffId


def may_read_point(audience: Audience, meeting: Meeting, reader: Reader, point: MinutesPoint) -> bool:
    """Whether a reader may see one point: she was let into that meeting, or is named, and may know of the matter."""
    return why_point_hidden(audience, meeting, reader, point) is None


def why_point_hidden(audience: Audience, meeting: Meeting, reader: Reader, point: MinutesPoint) -> Withheld | None:
    """Why a reader may not see one point of a meeting's minutes, or None if she may."""
    named = {EVERYBODY, reader.member if isinstance(reader, MemberReader) else reader.area}
    is_named = point.visible_to is not None and not named.isdisjoint(point.visible_to)
    if not is_named and not _was_let_in(audience, meeting, reader):
        return Withheld.NOT_THERE
    return audience.why_hidden(reader, point_concern(audience, point))


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


def _was_let_in(audience: Audience, meeting: Meeting, reader: Reader) -> bool:
    """A talk is no meeting of the team, a meeting of professionals none of the family; children read of their own."""
    if isinstance(reader, AreaReader):
        came = audience.day.invited_staff(meeting) if meeting.type is MeetingType.INTERVIEW else ()
        return meeting.type is not MeetingType.INTERVIEW or reader.area in {audience.area_of(staff) for staff in came}
    if not meeting.type.is_for_family:
        return False
    is_asked = reader.member in audience.day.family_invited(meeting)
    if not audience.family.members[reader.member].is_child:
        return is_asked
    entry = audience.day.children_of(meeting).get(reader.member)
    is_asked = is_asked or (entry is not None and entry.attends is True)
    return is_asked and not stayed_away(audience, meeting, reader.member)


def stayed_away(audience: Audience, meeting: Meeting, member: MemberKey) -> bool:
    """Whether it is written that one of the family did not come."""
    if meeting.attendance is None:
        return False
    written = (*meeting.attendance.absent, *meeting.attendance.excused)
    return any(find_person(audience.family, audience.config, text).member == member for text in written)


def shown_name(audience: Audience, meeting: Meeting, person: NamedPerson, readers: Iterable[Reader]) -> str:
    """Somebody's name: everybody at a meeting is known there; who else works with the family, not to all."""
    if person.member is not None:
        return audience.full_names[person.member]
    if person.staff is None or is_at_table(audience, meeting, person.staff):
        return person.name
    area, consents = audience.area_of(person.staff), audience.day.consents
    if area is not None and not is_area_open(consents, area, person.staff, meeting.date):
        return PLAIN_TITLE  # what was taken back names nobody
    served = served_by(audience, person.staff, meeting.date)
    return person.name if may_see_area_at_work(audience, area, served, readers) else PLAIN_TITLE


def is_at_table(audience: Audience, meeting: Meeting, staff: StaffId) -> bool:
    """Whether a professional was asked to a meeting, or somebody came in her place."""
    return meeting.stand_ins.get(staff, staff) in coming_staff(audience, meeting)
