"""What becomes of a paper that cannot be made anew, when somebody edits or takes back.

Most often time alone has closed the consent gate; or its template has a fault.

A lapse keeps what exists and makes nothing new. It is also when people take back instead of signing again, and what
they took back may stand nowhere. So a paper that would show other words now is looked at word by word: it stays
if nothing went out of it, it is made again if it only shows less, and it goes if it would show less and
also something that nobody has consented to.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from hopdocs.cycle.making.whole_data import whole_of
from hopdocs.documents.audience import Audience
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.table import find_kind
from hopdocs.domain.consent import days_of_taking_back
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.team import areas_on_team
from hopdocs.freshness.fingerprint import Digest, changed_fields, digest_bytes
from hopdocs.freshness.staleness import Format
from hopdocs.rendering.docx.historic import mark_historic
from hopdocs.rendering.docx.tracked.comparison import paragraphs_of
from hopdocs.rendering.docx.zip_member import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.cycle.tasks import FamilyTask
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.staleness import Record, Want


AnyDigest = TypeVar("AnyDigest", bound=str)

HISTORIC: Final = "historic"
"""Stands among a record's fields for the words at the top of a paper that no longer counts."""


class Frozen(StrEnum):
    """What to do with a paper that may not be made anew."""

    STAYS = "stays"
    SHRINKS = "shrinks"
    GOES = "goes"


def judge_frozen(standing: bytes, present: bytes) -> Frozen:
    """Holds the Word file that stands against the one that today's data would make, both with the same number and day.

    A paragraph that is in both says nothing new; one that only the present file has must be made of words that the
    standing one has too, or it would publish something.
    """
    old, new = Counter(paragraphs_of(standing)), Counter(paragraphs_of(present))
    if not old - new:
        return Frozen.STAYS
    known = {word for paragraph in old for word in paragraph.split()}
    added = {word for paragraph in new - old for word in paragraph.split()}
    return Frozen.SHRINKS if added <= known else Frozen.GOES


def only_time_has_passed(record: Record, blob: str, day: FamilyDay | None, *, config_changed: bool) -> bool:
    """Whether a paper is from the family's file as it is now, with no withdrawal that took effect since.

    A withdrawal may be written down before its day: then the day brings it, and nobody edits.
    """
    return day is not None and record.data == blob and not config_changed and not has_taken_back_since(record, day)


def is_only_older(document: WantedDocument, record: Record, want: Want, task: FamilyTask, day: FamilyDay) -> bool:
    """Whether an edit left a paper as it was, and only days have passed since the last look at the family.

    The file as it is now would then have shown the same on that day, and what it shows otherwise today is of the kind
    that no edit is needed for: the next meeting has become the last one.
    """
    looked_on = task.sights.looked_on
    changed = changed_fields(record.fields, want.fields)
    if looked_on is None or looked_on >= day.today or not document.kind.follows_day.issuperset(changed):
        return False
    then = wanted_documents(FamilyDay.on(day.family, day.config, looked_on))
    return any(item.key == document.key and whole_of(item) == record.whole for item in then)


def has_taken_back_since(record: Record, day: FamilyDay) -> bool:
    """Whether anybody took back a consent, whole or in part, on the day that a paper was made or later."""
    made = record.made_on(day.config.timezone)
    return any(made <= on <= day.today for on in days_of_taking_back(day.family))


def is_ended_by_a_date(record: Record, day: FamilyDay) -> bool:
    """Whether somebody wrote down a day that a paper does not outlive.

    That of a withdrawal, of leaving the team, or of the birthday from which a child is told by letters of her own.
    """
    return has_taken_back_since(record, day) or _has_left(record, day) or _is_outgrown(record, day)


def _is_outgrown(record: Record, day: FamilyDay) -> bool:
    kind = find_kind(record.key.kind)
    if kind is None or not kind.ends_with_own_letters:
        return False
    return any(key == record.key.recipient and Audience(day).gets_letters(key) for key in day.family.members)


def _has_left(record: Record, day: FamilyDay) -> bool:
    """Whether it is the copy of an area whose people have all left: `to` was written, and its day came.

    An area gets a copy only while it is on the team, so one that is not has left.
    """
    recipient = record.key.recipient
    is_area = recipient in day.config.areas and recipient not in day.family.members
    return is_area and recipient not in areas_on_team(day.family, day.config, day.today)


def may_show_more(record: Record, recipient: str | None, outcome: FamilyOutcome) -> bool:
    """Whether a file that cannot be made anew may show what its reader may no longer see.

    A paper for a whole table has many readers, and so has a child's, which grown-ups hand over: it goes when any of
    them sees less.
    """
    narrowed = outcome.sights.narrowed
    if recipient in narrowed or (narrowed and not _has_one_reader(recipient, outcome.day)):
        return True
    return outcome.day is not None and has_taken_back_since(record, outcome.day)


def _has_one_reader(recipient: str | None, day: FamilyDay | None) -> bool:
    """Whether a paper is an area's own, or that of somebody who gets letters of her own."""
    if recipient is None or day is None:
        return recipient is not None
    audience = Audience(day)
    return recipient in day.config.areas or any(
        key == recipient and audience.gets_letters(key) for key in day.family.members
    )


def historic_digest(document: WantedDocument) -> dict[str, Digest]:
    """What a record remembers of the words at the top of a paper that no longer counts."""
    return {HISTORIC: digest_bytes(document.historic.encode())} if document.historic else {}


def without_mark(fields: Mapping[str, AnyDigest]) -> dict[str, AnyDigest]:
    """What a paper shows of the data: its fields but for the words at its top."""
    return {name: digest for name, digest in fields.items() if name != HISTORIC}


def mark_standing(document: WantedDocument, standing: bytes) -> bytes | None:
    """A file that stands, marked as what no longer counts; None if it is no Word file any more."""
    try:
        return mark_historic(standing, document.historic)
    except (*UNREADABLE, KeyError, SyntaxError):
        return None


def files_of(document: WantedDocument, documents: Iterable[WantedDocument]) -> set[str]:
    """The names of a paper's files: Word, PDF, the plan that is bound from it, and its translation."""
    stems = {document.stem}
    for other in documents:
        is_bound_from = other.binds is not None and other.binds.plan_stem == document.stem
        if is_bound_from or other.beside == document.key:
            stems.add(other.stem)
    return {f"{stem}.{form.value}" for stem in stems for form in Format}
