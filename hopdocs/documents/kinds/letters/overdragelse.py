"""The handover note: what the new tovholder finds on her desk, within what her area may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hopdocs.danish import capitalise, long_date, phone_on_one_line
from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import area_recipient, document_info, municipality_box, tovholder_box
from hopdocs.documents.minutes.reading import may_read_point, shown_name
from hopdocs.documents.plan_people import sharing_lines, team_lines
from hopdocs.documents.views import Context, SharingLine, TeamLine
from hopdocs.domain.tasks import tasks_until
from hopdocs.domain.tovholder import TovholderShift, latest_shift
from hopdocs.model.family import Family
from hopdocs.model.meeting import MeetingStatus

_NAME: Final = "overdragelsesnotat"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOverLine:
    """Something that was agreed on and is not done yet."""

    agreed: str
    who: str
    """May be empty."""
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdragelsesnotatContext(Context):
    """The note to the new tovholder's area. `tovholder` is the new one."""

    family_name: str
    from_: date
    """Her first day."""
    previous: str
    """The name of whom she takes over from."""
    previous_phone: str
    """May be empty."""
    next_meeting: str
    """"Opfølgningsmøde tirsdag den 12. maj 2026": the first that lies behind the shift; empty if none is planned."""
    team: tuple[TeamLine, ...]
    agreed: tuple[HandedOverLine, ...]
    """What the minutes until the shift say is to be done, as far as this area may read them."""
    sharing: tuple[SharingLine, ...]
    records_name: str


def _papers(audience: Audience) -> Iterator[Paper]:
    """One, to the area of the new tovholder, whenever there was another before her."""
    shift = latest_shift(audience.family, audience.today)
    if shift is None or shift.old is None:
        return
    area = audience.area_of(shift.new.staff)
    if area is not None and area in audience.areas_with_copies():
        reader = AreaReader(area)
        yield Paper(context=_fill(audience.without_birthdays(), reader, shift), recipient=area, date=shift.new.from_)


def _fill(audience: Audience, reader: AreaReader, shift: TovholderShift) -> OverdragelsesnotatContext:
    family, config, first = audience.family, audience.config, shift.new.from_
    until = first + timedelta(days=config.deadlines.follow_up_target)
    previous = config.staff.get(shift.old.staff) if shift.old is not None else None
    return OverdragelsesnotatContext(
        document=document_info(_NAME, "Overdragelse til ny tovholder"),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=area_recipient(config, reader.area),
        tovholder=tovholder_box(audience, first, (reader,), first, until),
        family_name=family.name,
        from_=first,
        previous=previous.name if previous is not None else "",
        previous_phone=phone_on_one_line(previous.phone if previous is not None else None),
        next_meeting=_next_meeting(family, first),
        team=team_lines(audience, reader),
        agreed=_agreed(audience, reader, first),
        sharing=sharing_lines(audience, reader),
        records_name=config.records.name,
    )


def _next_meeting(family: Family, after: date) -> str:
    """Told from the file, not from the day: the note is as it was when she took over."""
    coming = [
        meeting for meeting in family.meetings if meeting.date > after and meeting.status is not MeetingStatus.CANCELLED
    ]
    meeting = min(coming, key=lambda line: (line.date, line.start), default=None)
    return f"{capitalise(meeting.type.value)} {long_date(meeting.date)}" if meeting is not None else ""


def _agreed(audience: Audience, reader: AreaReader, until: date) -> tuple[HandedOverLine, ...]:
    """As it stood when she took over: what is done later was hers to see to."""
    return tuple(
        HandedOverLine(
            agreed=task.what,
            who=shown_name(audience, task.meeting, task.who, (reader,)) if task.who is not None else "",
            due=task.due,
        )
        for task in tasks_until(audience.family, audience.config, until, until)
        if task.is_open and may_read_point(audience, task.meeting, reader, task.point)
    )


OVERDRAGELSESNOTAT: Final = DocumentKind(
    name=_NAME,
    title="Overdragelsesnotat",
    template=_NAME,
    context=OverdragelsesnotatContext,
    needs_consent=True,
    for_family=_papers,
)
