"""The interview guide: the tovholder's questions to the family before the plan is made, and the same ones at the end.

One paper for both: until the first interview is written down it is the first one's; once the course draws to its end
it asks what has changed, beside what was answered then. Children have a page of their own in it. All questions are
ours and stand in the template; no licensed form is copied (SDQ among them).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from hopdocs.danish import date_and_time
from hopdocs.documents.audience import AreaReader, Audience, Concern
from hopdocs.documents.kinds.course.dates import CourseDate
from hopdocs.documents.kinds.kind import DocumentKind, Paper
from hopdocs.documents.letterhead import area_recipient, coordinator_box, document_info, municipality_box
from hopdocs.documents.views import Context
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import State
from hopdocs.domain.surveys import Moment, family_survey_url
from hopdocs.model.config import Config
from hopdocs.model.indicators import IndicatorKind, Subject
from hopdocs.model.meeting import MeetingStatus, MeetingType
from hopdocs.model.scalars.values import AreaCode

_NAME: Final = "interviewguide"
_SCALE: Final = (Decimal(0), Decimal(10))
_STATES: Final = frozenset({State.OPSTART, State.AKTIV, State.PAUSE, State.AFSLUTTET})


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPerson:
    """Somebody who may answer."""

    name: str
    language: str
    """The mother tongue if it isn't Danish; else empty."""
    needs_interpreter: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewTopic:
    """Something that the family answers from 0 to 10, from the catalogue of indicators."""

    number: int
    """From 1 on."""
    question: str
    """"Hænger hjælpen sammen?"."""
    scale: str
    """What the answer from 0 to 10 is about; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """What was answered in the first interview."""

    topic: str
    """"Sammenhæng"."""
    score: Decimal
    """From 0 to 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewguideContext(Context):
    """The tovholder's guide. Recipient: the tovholder's area. `tovholder` is the coordinator, whom she can ask."""

    family_name: str
    tovholder_name: str
    is_final: bool
    """True for the interview at the end."""
    first_interview: date | None
    """The day of the first interview; None before it."""
    when: str
    """The interview's day and time if one is planned: "tirsdag den 20. oktober 2026 kl. 10.00"; else empty."""
    survey_url: str
    """Where the family may answer by itself; empty if the municipality has no survey for it."""
    people: tuple[InterviewPerson, ...]
    """The adults, and the youth who sign for themselves; not who has said no or stepped out."""
    interpreter_languages: tuple[str, ...]
    """The languages that an interpreter is needed for; empty if none is."""
    has_children: bool
    topics: tuple[InterviewTopic, ...]
    """What is asked before all else."""
    earlier: tuple[EarlierAnswer, ...]
    """Only in the interview at the end."""
    contact_persons: int
    """How many professionals are on the team."""
    parallel_plans: int
    """How many statutory plans stand beside this one."""


def _papers(audience: Audience, _dates: tuple[CourseDate, ...]) -> Iterator[Paper]:
    """One for the tovholder."""
    area = audience.area_of(audience.day.contact.staff)
    if audience.day.state in _STATES and area is not None:
        yield Paper(context=_fill(audience.without_birthdays(), area), recipient=area)


def _fill(audience: Audience, area: AreaCode) -> InterviewguideContext:
    family, config, day = audience.family, audience.config, audience.day
    is_final = _is_final(day)
    people = tuple(
        InterviewPerson(
            name=audience.full_names[key],
            language=person.language if person.language.casefold() != "dansk" else "",
            needs_interpreter=person.interpreter,
        )
        for key, person in family.members.items()
        if key in day.consents.needed or (not person.is_child and audience.takes_part(key))
    )
    languages = (person.language for person in people if person.needs_interpreter and person.language)
    return InterviewguideContext(
        document=document_info(_NAME, "Interviewguide"),
        municipality=municipality_box(config),
        case_number=family.case_number or "",
        recipient=area_recipient(config, area),
        tovholder=replace(coordinator_box(config, family.start_date, family.start_date), absences=()),
        family_name=family.name,
        tovholder_name=config.staff[day.contact.staff].name,
        is_final=is_final,
        first_interview=_first_interview(day),
        when=_when(audience),
        survey_url=family_survey_url(day, Moment.END if is_final else Moment.START),
        people=people,
        interpreter_languages=tuple(dict.fromkeys(languages)),
        has_children=any(person.is_child for person in family.members.values()),
        topics=tuple(
            InterviewTopic(number=number, question=kind.question or kind.label, scale=kind.scale or "")
            for number, kind in enumerate(_topics(config), 1)
        ),
        earlier=tuple(_earlier(audience, AreaReader(area))) if is_final else (),
        contact_persons=len({line.staff for line in family.team_on(audience.today)}),
        parallel_plans=len(family.plan.sector_plans) if family.plan is not None else 0,
    )


def _first_interview(day: FamilyDay) -> date | None:
    """The day of the first interview, once it has been held."""
    measured = day.family.measurements.baseline_interview if day.family.measurements is not None else None
    return measured if measured is not None and measured <= day.today else None


def _is_final(day: FamilyDay) -> bool:
    """Whether the end is in sight: it is written down, or a last meeting or a second interview is planned."""
    first = _first_interview(day)
    if first is None:
        return False
    return day.family.closing is not None or any(
        meeting.type is MeetingType.AFSLUTNINGSMØDE or (meeting.type is MeetingType.INTERVIEW and meeting.date > first)
        for meeting in day.family.meetings
        if meeting.status is not MeetingStatus.CANCELLED
    )


def _when(audience: Audience) -> str:
    planned = audience.day.planned(MeetingType.INTERVIEW)
    return date_and_time(datetime.combine(planned[0].date, planned[0].start)) if planned else ""


def _topics(config: Config) -> Iterator[IndicatorKind]:
    """What the interview asks the family, where the answers lie on the scale that it has."""
    for kind in config.catalogue.kinds:
        if kind.topic is not None and kind.who is Subject.FAMILIE and (kind.lowest, kind.highest) == _SCALE:
            yield kind


def _earlier(audience: Audience, reader: AreaReader) -> Iterator[EarlierAnswer]:
    """The first answer under each topic, where the reader may see it."""
    measurements = audience.family.measurements
    readings = [
        item
        for item in (measurements.indicators if measurements is not None else ())
        if audience.may_see(reader, Concern(item.for_))
    ]
    for kind in _topics(audience.config):
        own = [item for item in readings if audience.config.catalogue.find(item.key) is kind]
        dated = sorted(own, key=lambda item: item.date or item.month or date.max)
        first = next((item.value for item in dated if item.value is not None), None)
        if kind.topic is not None and first is not None:
            yield EarlierAnswer(topic=kind.topic, score=first)


INTERVIEWGUIDE: Final = DocumentKind(
    name=_NAME,
    title="Interviewguide",
    template="interviewguide",
    context=InterviewguideContext,
    needs_consent=True,
    for_tovholder=_papers,
    stays_with_staff=True,
)
