"""What was said and agreed at a meeting, as far as one reader may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import MemberReader
from hopdocs.documents.minutes.reading import may_read_point, shown_name
from hopdocs.documents.views import AgreementLine, MinutesLine
from hopdocs.domain.tasks import find_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.meeting_facts import MeetingFacts
    from hopdocs.domain.tasks import NamedPerson
    from hopdocs.model.meeting import MinutesPoint


def visible_points(gathering: MeetingFacts, reader: Reader) -> tuple[MinutesPoint, ...]:
    """The points in which something is written and that a reader may see, in the file's order."""
    minutes, audience = gathering.meeting.minutes, gathering.audience
    return tuple(
        point
        for point in (minutes.points if minutes is not None else ())
        if (point.text or point.agreed) and may_read_point(audience, gathering.meeting, reader, point)
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
                who=shown_name(gathering.audience, gathering.meeting, person, (reader,)) if person is not None else "",
                is_readers=person is not None and _is_readers(gathering.audience, person, reader),
                due=point.due,
                decided_in=areas[point.decided_in].name if point.decided_in in areas else "",
            )
        )
    return tuple(sorted(lines, key=lambda line: not line.is_readers))


def _is_readers(audience: Audience, person: NamedPerson, reader: Reader) -> bool:
    if isinstance(reader, MemberReader):
        return person.member == reader.member
    return person.staff is not None and audience.area_of(person.staff) == reader.area
