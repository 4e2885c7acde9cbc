"""Papers that no longer count, since the consents were taken back and the course has stopped.

What the family has in hand, and the papers of meetings that were held, are part of what happened. They stay where they
lie for those who had them, marked *Historisk*, with the day. Nothing is made anew of what may no longer be shared.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.table import names_of_plan_copies
from hopdocs.documents.past.words import stopped_words
from hopdocs.domain.course.stop import stopped_on
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.meetings import PAST

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument


def papers_of_stopped_course(day: FamilyDay) -> tuple[WantedDocument, ...]:
    """The papers that stood on the eve of a withdrawal of all, and that stay if they are there: none is made of these.

    Of the plan only what somebody got stays, which the caller knows.
    """
    stopped = stopped_on(day)
    if stopped is None:
        return ()
    eve = FamilyDay.of(day.consents_on(stopped - timedelta(days=1)), day.config)
    words = stopped_words(stopped)
    return tuple(
        replace(document, historic=words, final=True)
        for document in wanted_documents(eve)
        if document.kind.needs_consent and document.binds is None and _stays(day, document)
    )


def _stays(day: FamilyDay, document: WantedDocument) -> bool:
    if document.meeting is None:
        kinds = names_of_plan_copies() if document.kind.is_copy_of_plan else (document.kind.name,)
        return any(line.document in kinds for line in day.family.deliveries)
    meeting = day.family.meeting(document.meeting)
    return meeting is not None and day.status(meeting) in PAST
