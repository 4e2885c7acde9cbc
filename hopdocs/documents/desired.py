"""Which documents should exist for a family on a day.

Desired state, computed anew each time: each kind says which papers it wants, and here they get their order, their
names and what every document has. Papers of past meetings stay wanted: only an edit takes a document away.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from hopdocs.documents.audience import AreaReader, Audience, MemberReader
from hopdocs.documents.changes.news import PlanNews
from hopdocs.documents.changes.seen import NOTHING_SEEN
from hopdocs.documents.kinds import table
from hopdocs.documents.kinds.course.dates import no_dates
from hopdocs.documents.kinds.kind import PlanReader
from hopdocs.documents.meeting_facts import gather
from hopdocs.documents.past.ended_course import audience_of_last_day, was_handed_plan
from hopdocs.documents.past.held_meetings import audience_of, is_narrower_today
from hopdocs.documents.past.words import ended_words
from hopdocs.documents.wanted import Binding, WantedDocument
from hopdocs.domain.consent import Gate
from hopdocs.domain.meetings import PAST
from hopdocs.model.meeting_answers import NOBODY_ANSWERED
from hopdocs.model.scalars.languages import DANISH, language_of_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.documents.audience import Reader
    from hopdocs.documents.changes.seen import SeenPlans
    from hopdocs.documents.kinds.course.dates import CourseDates
    from hopdocs.documents.kinds.kind import DocumentKind, Paper
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.meeting_answers import CurrentAnswers

YOUTH_VARIANT: Final = "ung"
"""The form of a letter that speaks to somebody under 18, for those kinds that have one."""


def wanted_documents(  # noqa: PLR0913 - a day, and what is read beside it
    day: FamilyDay,
    current_answers: CurrentAnswers = NOBODY_ANSWERED,
    *,
    team_on: date | None = None,
    dates: CourseDates = no_dates,
    seen: SeenPlans = NOTHING_SEEN,
    only: DocumentKind | None = None,
) -> tuple[WantedDocument, ...]:
    """Every document that should exist, in a stable order: letters, meeting by meeting, the plan, the tovholder's own.

    Before consent, and after a withdrawal, there are only the kinds that need none. If only time has closed the
    gate (`Gate.LAPSED`) all are still wanted, since only an edit removes one; that nothing new is made meanwhile is
    the build's to see to. `team_on` is the day whose team gets copies, where that is another day. `seen` has the copies
    of the plan that its readers got before. `only` one kind costs a fraction, where no other is asked about.
    """
    is_open = day.gate is not Gate.CLOSED and not day.consents.is_withdrawn
    asked = table.KINDS if only is None else (only,)
    kinds = tuple(kind for kind in asked if is_open or not kind.needs_consent)
    drafting = _Drafting(Audience(day), current_answers, team_on or day.today, seen)
    return (
        *drafting.for_family(kinds),
        *drafting.for_meetings(kinds),
        *drafting.for_plan_readers(kinds),
        *drafting.for_tovholder(kinds, dates),
    )


def standing_documents(  # noqa: PLR0913 - as above
    day: FamilyDay,
    shown: FamilyDay | None,
    current_answers: CurrentAnswers = NOBODY_ANSWERED,
    *,
    dates: CourseDates = no_dates,
    seen: SeenPlans = NOTHING_SEEN,
    only: DocumentKind | None = None,
) -> tuple[WantedDocument, ...]:
    """The same where time alone may have closed the gate: what consent is asked with, and what stood on `shown`.

    `shown` is the day whose consents papers are made from (`day_to_show`).
    """
    documents = wanted_documents(day, current_answers, dates=dates, seen=seen, only=only)
    if shown is None or shown is day:
        return documents
    standing = wanted_documents(shown, current_answers, team_on=day.today, dates=dates, seen=seen, only=only)
    asking = [item for item in documents if not item.kind.needs_consent]
    return (*asking, *(item for item in standing if item.kind.needs_consent))


class _Drafting:
    """The documents of one family while they are listed: each gets a name that none before it has."""

    def __init__(self, audience: Audience, current_answers: CurrentAnswers, team_on: date, seen: SeenPlans) -> None:
        self._audience = audience
        self._seen = seen
        self._news = PlanNews(audience, seen)
        self._team_on = team_on
        self._current_answers = current_answers
        self._taken: set[str] = set()

    def for_family(self, kinds: tuple[DocumentKind, ...]) -> Iterator[WantedDocument]:
        for kind in kinds:
            for paper in kind.for_family(self._audience) if kind.for_family is not None else ():
                yield self._document(kind, paper)

    def for_meetings(self, kinds: tuple[DocumentKind, ...]) -> Iterator[WantedDocument]:
        asked = [(kind, kind.for_meeting) for kind in kinds if kind.for_meeting is not None]
        for meeting in self._audience.family.meetings if asked else ():
            of_the_day = audience_of(self._audience, meeting)
            gathering = replace(gather(of_the_day, meeting), news=self._news)
            is_narrower = of_the_day is not self._audience and is_narrower_today(
                of_the_day.day.consents, self._audience.day.consents
            )
            today = replace(gather(self._audience, meeting), news=self._news) if is_narrower else None
            for kind, papers in asked:
                again = {
                    paper.recipient: paper.context
                    for paper in (papers(today, self._current_answers) if today is not None else ())
                }
                for paper in papers(gathering, self._current_answers):
                    document = self._document(kind, paper, meeting)
                    if is_narrower and kind.needs_consent:
                        document = replace(document, stays_only=True, as_of_today=again.get(paper.recipient))
                    yield document

    def for_plan_readers(self, kinds: tuple[DocumentKind, ...]) -> Iterator[WantedDocument]:
        asked = [(kind, kind.for_plan_reader) for kind in kinds if kind.for_plan_reader is not None]
        if not asked:
            return
        of_last_day = audience_of_last_day(self._audience)
        news_then = PlanNews(of_last_day, self._seen) if of_last_day is not None else self._news
        for reader in self._plan_readers():
            recipient = reader.member if isinstance(reader, MemberReader) else reader.area
            asking = PlanReader(self._audience, reader, recipient, self._news)
            stays = of_last_day is not None and was_handed_plan(self._audience, reader)
            for kind, papers in asked:
                of_then = of_last_day if stays and kind.is_copy_of_plan else None
                asked_of = asking if of_then is None else replace(asking, audience=of_then, news=news_then)
                documents = tuple(self._document(kind, paper) for paper in papers(asked_of))
                if of_then is not None:
                    documents = tuple(replace(document, final=True) for document in documents)
                asking = replace(asking, papers=(*asking.papers, *documents))
            yield from asking.papers

    def for_tovholder(self, kinds: tuple[DocumentKind, ...], dates: CourseDates) -> Iterator[WantedDocument]:
        asked = [(kind, kind.for_tovholder) for kind in kinds if kind.for_tovholder is not None]
        known = dates(self._audience.day) if asked else ()
        for kind, papers in asked:
            for paper in papers(self._audience, known):
                yield self._document(kind, paper)

    def _plan_readers(self) -> Iterator[Reader]:
        for member in self._audience.family.members:
            if self._audience.reads_plan(member):
                yield MemberReader(member)
        for area in self._audience.areas_with_copies(self._team_on):
            yield AreaReader(area)

    def _document(self, kind: DocumentKind, paper: Paper, meeting: Meeting | None = None) -> WantedDocument:
        parts = (kind.name, meeting.id if meeting is not None else None, paper.recipient)
        is_delivered = self._is_delivered(kind, paper, meeting)
        return WantedDocument(
            family=self._audience.family.id,
            kind=kind,
            meeting=meeting.id if meeting is not None else None,
            recipient=paper.recipient,
            stem=self._own_stem("-".join(part for part in parts if part)),
            template=kind.template,
            variant=_variant(self._audience.family, paper) if kind.template is not None else None,
            title=paper.context.document.title,
            context=paper.context,
            date=paper.date,
            final=paper.final or self._is_settled(meeting) or is_delivered,
            binds=Binding(paper.bound.stem, paper.attachments) if paper.bound is not None else None,
            facts=paper.facts,
            settled=paper.settled,
            is_past=self._has_come(paper, meeting),
            calls_too_late=kind.calls_to_meeting and self._has_come(paper, meeting) and not is_delivered,
            historic=ended_words(self._audience, paper.recipient) if self._is_past(kind, meeting) else "",
        )

    def _own_stem(self, wish: str) -> str:
        """Keys may hold hyphens and differ in case alone: on some disks two names would then be one file."""
        names = (wish if number == 1 else f"{wish}-{number}" for number in count(1))
        stem = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(stem.casefold())
        return stem

    def _is_settled(self, meeting: Meeting | None) -> bool:
        return meeting is not None and not self._audience.day.is_planned(meeting)

    def _has_come(self, paper: Paper, meeting: Meeting | None) -> bool:
        """Whether a paper is of a day that is behind us: a meeting's, or the one on which a letter was given."""
        if meeting is not None:
            return self._audience.day.status(meeting) in PAST
        return paper.date is not None and paper.date <= self._audience.today

    def _is_past(self, kind: DocumentKind, meeting: Meeting | None) -> bool:
        """Whether a paper is part of what happened once the course has ended: the plan, and of meetings held."""
        if meeting is None:
            return kind.for_plan_reader is not None
        return kind.needs_consent and self._audience.day.status(meeting) in PAST

    def _is_delivered(self, kind: DocumentKind, paper: Paper, meeting: Meeting | None) -> bool:
        """Whether somebody holds it; a paper that is the same for all (the agenda) as soon as anybody does."""
        about = meeting.id if meeting is not None else None
        return kind.is_final_once_delivered and any(
            line.document == kind.name
            and line.meeting == about
            and (paper.recipient is None or paper.recipient in line.to)
            for line in self._audience.family.deliveries
        )


def _variant(family: Family, paper: Paper) -> str | None:
    """Which form of a letter a person gets: what `letter:` says, else a youth the one that says "du".

    A language is no form: its template makes what lies beside the letter, and never the letter that applies.
    """
    person = next((member for key, member in family.members.items() if key == paper.recipient), None)
    if person is None:
        return None
    if person.letter and language_of_template(person.letter) == DANISH:
        return person.letter
    return YOUTH_VARIANT if paper.context.recipient.is_youth else None
