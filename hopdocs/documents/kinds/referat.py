"""The referat: the minutes of a meeting that was held, one copy a reader, with what that reader may see of them.

It shows its meeting's day: who was asked then, how old they were, who is tovholder from then on. Once it is approved
the next meeting stands in it as it was agreed, whenever that is moved to later.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from hopdocs.documents.audience import AreaReader, Audience, Concern, MemberReader, Reader
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import (
    area_recipient,
    document_info,
    member_recipient,
    municipality_box,
    tovholder_box,
)
from hopdocs.documents.meeting_facts import MeetingFacts, interpreter_view, meeting_view
from hopdocs.documents.minutes.attendance import attended_by
from hopdocs.documents.minutes.points import agreement_lines, minutes_lines, visible_points
from hopdocs.documents.minutes.reading import shown_name, stayed_away
from hopdocs.documents.views import (
    AgreementLine,
    ChildLine,
    Context,
    GuestView,
    InterpreterView,
    MeetingView,
    MinutesLine,
    Participant,
)
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.tasks import find_person, took_place
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.meeting import FAMILY_MEETINGS, Meeting, MeetingStatus, MeetingType, Minutes
from hopdocs.model.meeting_answers import CurrentAnswers

_NAME: Final = "referat"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferatContext(Context):
    """The minutes of one meeting, for one reader. `tovholder` is who it is from this meeting on."""

    meeting: MeetingView
    family_name: str
    is_for_family: bool
    """False for introduktionsmøde and fagligt formøde: words for colleagues."""
    leader: str
    """Who led the meeting; empty if nobody did."""
    note_taker: str
    """Empty if nobody is named."""
    approved: date | None
    """None as long as it is marked "Udkast"."""
    participants: tuple[Participant, ...]
    """The professionals who came."""
    guests: tuple[GuestView, ...]
    family: tuple[str, ...]
    """Those of the family who came, by whole name; empty for the meetings of professionals alone."""
    absent: tuple[str, ...]
    """Who did not come, and had not said so."""
    excused: tuple[str, ...]
    """Who had said that they could not come."""
    children: tuple[ChildLine, ...]
    """Which children took part and why; parents read of their own, areas of those they may know of, others of none."""
    interpreter: InterpreterView | None
    """None when no interpreter came."""
    points: tuple[MinutesLine, ...]
    agreements: tuple[AgreementLine, ...]
    """The reader's own first."""
    family_remarks: str
    """In the family's own words; often empty."""
    internal: str
    """For professionals only: empty in every copy of the family's."""
    changes: tuple[str, ...] = ()
    """What changed in the plan since this reader last got it, as ready sentences."""
    next_meeting: MeetingView | None
    """None when none is planned."""


def _papers(gathering: MeetingFacts, _current_answers: CurrentAnswers) -> Iterator[Paper]:
    """One for each of the family who may read about that meeting, then one for each area on the team then."""
    meeting = gathering.meeting
    if meeting.minutes is None or not _is_written(meeting.minutes):
        return
    if not took_place(meeting, gathering.audience.today):
        return
    for reader in _readers(gathering):
        news = gathering.news.at_meeting(reader, meeting) if gathering.news is not None else ()
        yield Paper(
            context=replace(_fill(gathering, meeting.minutes, reader), changes=news),
            recipient=reader.member if isinstance(reader, MemberReader) else reader.area,
            date=meeting.minutes.approved or meeting.date,
        )


def _is_written(minutes: Minutes) -> bool:
    """Whether anything stands in it: points that only have their names are a form that waits to be filled in."""
    said = any(point.text or point.agreed for point in minutes.points)
    return said or bool(minutes.family_remarks or minutes.internal)


def _readers(gathering: MeetingFacts) -> Iterator[Reader]:
    """A parent reads what was agreed though she was kept away; a young person only if she was there.

    A talk with the tovholder is no meeting of the team.
    """
    audience, meeting = gathering.audience, gathering.meeting
    for member in gathering.invited:
        if not (audience.family.members[member].is_child and stayed_away(audience, meeting, member)):
            yield MemberReader(member)
    there = {reader.area for reader in gathering.areas}
    for area in audience.areas_with_copies(meeting.date):
        if meeting.type is not MeetingType.INTERVIEW or area in there:
            yield AreaReader(area)


def _fill(gathering: MeetingFacts, minutes: Minutes, reader: Reader) -> ReferatContext:
    """One reader's copy."""
    if isinstance(reader, AreaReader):
        gathering = replace(gathering, audience=gathering.audience.without_birthdays())
    audience, meeting = gathering.audience, gathering.meeting
    points = visible_points(gathering, reader)
    attended = attended_by(gathering, reader)
    following = _next_meeting(audience, meeting, minutes)
    return ReferatContext(
        document=document_info(_NAME, _title(meeting, minutes), draft=minutes.approved is None),
        municipality=municipality_box(audience.config),
        case_number=audience.family.case_number or "",
        recipient=member_recipient(audience, reader.member)
        if isinstance(reader, MemberReader)
        else area_recipient(audience.config, reader.area),
        tovholder=tovholder_box(
            audience,
            max(meeting.date, minutes.approved or meeting.date),
            (reader,),
            meeting.date,
            following.date
            if following is not None
            else meeting.date + timedelta(days=audience.config.deadlines.follow_up_target),
        ),
        meeting=meeting_view(audience, meeting, reader),
        family_name=audience.family.name,
        is_for_family=meeting.type.is_for_family,
        leader=_leader(gathering),
        note_taker=_named(gathering, minutes.by, reader),
        approved=minutes.approved,
        participants=attended.participants,
        guests=attended.guests,
        family=attended.family,
        absent=attended.absent,
        excused=attended.excused,
        children=attended.children,
        interpreter=interpreter_view(meeting),
        points=minutes_lines(points),
        agreements=agreement_lines(gathering, points, reader),
        family_remarks=minutes.family_remarks or "" if audience.may_see(reader, Concern()) else "",
        internal=minutes.internal or "" if isinstance(reader, AreaReader) else "",
        next_meeting=meeting_view(audience, following, reader) if following is not None else None,
    )


def _title(meeting: Meeting, minutes: Minutes) -> str:
    """The heading, which is also the subject in Digital Post: it names no person."""
    about = "samtale" if meeting.type is MeetingType.INTERVIEW else meeting.type.value
    return f"Referat af {about}" if minutes.approved is not None else f"Udkast til referat af {about}"


def _leader(gathering: MeetingFacts) -> str:
    """Who led it: the tovholder, and where the family chose another one that day, the one until then."""
    config, family, meeting = gathering.audience.config, gathering.audience.family, gathering.meeting
    if meeting.type is MeetingType.INTRODUKTIONSMØDE:
        return config.staff[config.project_coordinator].name
    for day in (meeting.date - timedelta(days=1), meeting.date):
        tovholder = tovholder_of(family, day)
        leader = config.staff.get(tovholder) if tovholder is not None else None
        if leader is not None and any(seat.person is leader for seat in gathering.seats):
            return leader.name
    return ""


def _named(gathering: MeetingFacts, staff: str | None, reader: Reader) -> str:
    if staff is None:
        return ""
    audience = gathering.audience
    return shown_name(audience, gathering.meeting, find_person(audience.family, audience.config, staff), (reader,))


def _next_meeting(audience: Audience, meeting: Meeting, minutes: Minutes) -> Meeting | None:
    """The meeting after this one, as it was known when the minutes were approved; a talk is no meeting to meet at.

    A later move has a letter of its own, and does not rewrite what was agreed.
    """
    known = (
        _as_known(item, minutes.approved)
        for item in audience.family.meetings
        if item.status is not MeetingStatus.CANCELLED
        and item.type is not MeetingType.INTERVIEW
        and (item.type.is_for_family or not meeting.type.is_for_family)
    )
    later = [item for item in known if (item.date, item.start) > (meeting.date, meeting.start)]
    return min(later, key=lambda item: (item.date, item.start, item.id), default=None)


def _as_known(meeting: Meeting, day: date | None) -> Meeting:
    moves = [move for move in meeting.moved if day is not None and move.on > day]
    if not moves:
        return meeting
    begins = min(moves, key=lambda move: move.on).from_
    lasts = datetime.combine(meeting.date, meeting.end) - datetime.combine(meeting.date, meeting.start)
    changes = {"date": begins.date(), "start": begins.time(), "end": (begins + lasts).time()}
    return meeting.model_copy(update=changes)


def _is_called_for(day: FamilyDay, meeting_id: str, _recipient: str) -> bool:
    """Once it is approved, until the family has met again: what was agreed then has minutes of its own."""
    meeting = day.family.meeting(meeting_id)
    if meeting is None or meeting.minutes is None or meeting.minutes.approved is None:
        return False
    return not any(later.date > meeting.date for later in day.held(*FAMILY_MEETINGS))


REFERAT: Final = DocumentKind(
    name=_NAME,
    title="Referat",
    template="referat",
    context=ReferatContext,
    needs_consent=True,
    for_meeting=_papers,
    is_called_for=_is_called_for,
    is_final_once_delivered=True,
    shows_what_came_of_meeting=True,
)
