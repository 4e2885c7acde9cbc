"""What a kind of document is: everything in which one kind differs from another, as one value.

Builder, rules, deadlines, templates and pages ask the kind; nobody else knows any kind by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.changes.facts import PlanFacts
    from hopdocs.documents.changes.news import PlanNews
    from hopdocs.documents.kinds.course.dates import CourseDate
    from hopdocs.documents.meeting_facts import MeetingFacts
    from hopdocs.documents.views import Context
    from hopdocs.documents.wanted import AttachmentRef, WantedDocument
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.meeting_answers import CurrentAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a kind, as its module asks for it: what it shows, and to whom if it is not the same for all.

    `date` is the letter's day when the data give it. `final`: no new template or version remakes it. `bound` is the
    document whose PDF it is bound from, with `attachments` behind. `facts` are what a copy of the plan says. `settled`
    are fields that show a day that is behind us: an edit that reaches these alone is no reason to make it anew.
    """

    context: Context
    recipient: str | None = None
    date: date | None = None
    final: bool = False
    bound: WantedDocument | None = None
    attachments: tuple[AttachmentRef, ...] = ()
    facts: PlanFacts | None = None
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanReader:
    """Somebody who gets a copy of the plan, and what kinds before this one have asked for on her behalf."""

    audience: Audience
    reader: Reader
    recipient: str
    news: PlanNews
    papers: tuple[WantedDocument, ...] = ()


FamilyPapers: TypeAlias = "Callable[[Audience], Iterable[Paper]]"
MeetingPapers: TypeAlias = "Callable[[MeetingFacts, CurrentAnswers], Iterable[Paper]]"
PlanPapers: TypeAlias = "Callable[[PlanReader], Iterable[Paper]]"
TovholderPapers: TypeAlias = "Callable[[Audience, tuple[CourseDate, ...]], Iterable[Paper]]"


@dataclass(frozen=True, slots=True)
class HandoverDeadline:
    """By when the family has a paper before a meeting.

    `key` is what the deadline's key begins with. `title` says that the family has it, up to the meeting. `due` is the
    day as counted, or None if the meeting has no such paper.
    """

    key: str
    title: str
    due: Callable[[FamilyDay, Meeting], date | None]

    def key_of(self, meeting: str) -> str:
        """The key of the deadline before one meeting."""
        return f"{self.key}:{meeting}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DocumentKind:
    """One kind of document.

    `name` stands in JSON, in file names, in the ledger of versions and in `deliveries`, for good. `template` is the
    stem of its Word file, None if the document is bound from others. `needs_consent`: it does not exist before all
    have said yes; one that does not is also made whatever else is wrong, since it is the way to mend it.

    When it is wanted, and who gets it, is said in the place that its documents have: for the family, for each meeting,
    for each reader of the plan, or for the tovholder, who also sees the dates of the course. Such a function is asked
    only while documents of its kind may exist.
    """

    name: str
    title: str
    template: str | None
    context: type[Context]
    needs_consent: bool
    for_family: FamilyPapers | None = None
    for_meeting: MeetingPapers | None = None
    for_plan_reader: PlanPapers | None = None
    for_tovholder: TovholderPapers | None = None
    stays_with_staff: bool = False
    """Whether it is only for those who run the course: nobody of the family is ever handed one."""
    is_called_for: Callable[[FamilyDay, str, str], bool] | None = None
    """Whether the letter about a meeting ('' for none) to somebody is one to deliver now, and not an older one that
    had its time. None if no person hands it to the family."""
    is_final_once_delivered: bool = False
    """Whether a delivery freezes it: no template or version remakes what somebody holds, an edit of the data does."""
    is_dated_by_handover: bool = False
    """Whether its day is the one on which somebody wrote down that it was given: that makes no other letter of it."""
    follows_day: frozenset[str] = frozenset()
    """Fields that the mere passing of days changes: what somebody holds is not made anew for them."""
    handover: HandoverDeadline | None = None
    encloses: Callable[[FamilyDay, str], tuple[str, ...]] | None = None
    """The kinds of paper that lie in the same envelope as the letter about that meeting. None if none ever does.

    One that also settles it (`is_settled_by`) goes in that envelope alone while the letter waits."""
    is_settled_by: tuple[str, ...] = ()
    """The kinds whose delivery is its own too: what it lies on top of, as a covering letter, or is bound into."""
    calls_to_meeting: bool = False
    """Whether its reader may put the meeting into a calendar, unless it is off."""
    ends_with_own_letters: bool = False
    """Whether it is for a child, and goes on the day from which the child gets letters of her own."""
    shows_what_came_of_meeting: bool = False
    """Whether it is handed over after the meeting that it is about, and not before."""
    translation: DocumentKind | None = None
    """The kind of its translations, for those who read another language; None if letters of it are in Danish alone."""
    is_translation: bool = False
    """Whether its letters lie beside Danish ones, and go wherever those go."""
    is_copy_of_plan: bool = False
    """Whether who was handed one knows what stood in the plan: she is told later what is new since."""
