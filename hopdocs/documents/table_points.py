"""Which of the family's points lie on the table, and where the others stand.

The agenda is read by everybody at the table: a child who comes along, and guests, too. What one of them may not see
is left out of it. It stands in the letters of those who may see it, and for an area in that area's own copy of the
plan; the tovholder is told which points these are, and which stand in no paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.danish import long_date
from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.documents.audience import EVERYBODY, AreaReader, Concern, MemberReader
from hopdocs.documents.meeting_facts import gather
from hopdocs.documents.views import OwnPoint
from hopdocs.model.meeting import MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.diagnostics import DataPath
    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.meeting_facts import MeetingFacts
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.meeting import FamilyPoint, Meeting


def points_on_the_table(gathering: MeetingFacts) -> tuple[str, ...]:
    """What everybody may see who sits at the table, guests and children included."""
    return tuple(line.point for line in gathering.meeting.family_points if not _kept_from(gathering, line))


def _kept_from(gathering: MeetingFacts, line: FamilyPoint) -> tuple[str, ...]:
    """Who at the table may not see it: keys and codes, and `guests` for any, whose names stand in no log."""
    if line.visible_to is None or EVERYBODY in line.visible_to:
        return ()
    concern = Concern(visible_to=line.visible_to)
    unseen = [reader for reader in gathering.table if not gathering.audience.may_see(reader, concern)]
    names = [reader.member if isinstance(reader, MemberReader) else reader.area for reader in unseen]
    return (*names, *(("guests",) if gathering.meeting.guests else ()))


def own_points(audience: Audience, reader: Reader) -> tuple[OwnPoint, ...]:
    """The points of meetings to come that an area may see and finds on no agenda; a person has them in her letter."""
    if not isinstance(reader, AreaReader):
        return ()
    return tuple(
        OwnPoint(meeting=_named(meeting), point=line.point)
        for meeting in audience.day.planned()
        for line in _points_for_area(audience, meeting, reader)
    )


def _named(meeting: Meeting) -> str:
    return f"{meeting.type.value} {long_date(meeting.date)}"


def _points_for_area(audience: Audience, meeting: Meeting, reader: AreaReader) -> tuple[FamilyPoint, ...]:
    named = [line for line in meeting.family_points if line.visible_to is not None and reader.area in line.visible_to]
    if not named:
        return ()
    gathering = gather(audience, meeting)
    return tuple(line for line in named if not _has_agenda(meeting) or _kept_from(gathering, line))


def _has_agenda(meeting: Meeting) -> bool:
    return meeting.type is not MeetingType.INTERVIEW


def find_points_left_out(audience: Audience, documents: Iterable[WantedDocument]) -> Iterator[Finding]:
    """Each point that is not on the agenda of a meeting to come, with the papers it stands in instead."""
    planned = {meeting.id for meeting in audience.day.planned()}
    documents = tuple(documents)
    for index, meeting in enumerate(audience.family.meetings):
        restricted = any(line.visible_to is not None for line in meeting.family_points)
        if meeting.id not in planned or not restricted:
            continue
        gathering = gather(audience, meeting)
        for number, line in enumerate(meeting.family_points):
            at: DataPath = ("meetings", index, "family_points", number)
            kept_from = _kept_from(gathering, line)
            papers = [document.stem for document in documents if _holds(document, meeting, line)]
            if not papers:
                yield Finding("HD582", at, {"meeting": meeting.id}, Severity.WARNING, Blocks.NOTHING)
            elif kept_from and _has_agenda(meeting):
                params = {"meeting": meeting.id, "kept_from": ", ".join(kept_from), "papers": ", ".join(papers)}
                yield Finding("HD581", at, params, Severity.ADVICE, Blocks.NOTHING)


def _holds(document: WantedDocument, meeting: Meeting, line: FamilyPoint) -> bool:
    """Whether a document shows a point: in an area's own list, or in the list of the meeting that it is about."""
    own = OwnPoint(meeting=_named(meeting), point=line.point)
    if own in getattr(document.context, "own_points", ()):
        return True
    return document.meeting == meeting.id and line.point in getattr(document.context, "family_points", ())
