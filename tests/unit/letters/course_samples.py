"""The papers of those who run a course, as the sample families' files make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.deadlines.course import course_dates
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.course.interviewguide import EarlierAnswer, InterviewguideContext
from hopdocs.documents.wanted import with_version
from tests.unit.documents.example import on_day, zamirandi

if TYPE_CHECKING:
    from hopdocs.documents.views import Context
    from hopdocs.model.family import Family

DAY = date(2026, 11, 3)


def paper(family: Family, stem: str) -> Context:
    documents = {item.stem: item for item in wanted_documents(on_day(family), dates=course_dates)}
    return with_version(documents[stem].context, version=1, day=DAY)


def enquiry() -> Family:
    """A family of which nobody has heard more than an enquiry."""
    changes = {"information_given": None, "consents": (), "meetings": (), "team": (), "tovholder": (), "plan": None}
    return zamirandi().model_copy(update=changes)


def final_guide() -> Context:
    guide = paper(zamirandi(), "interviewguide-BES")
    assert isinstance(guide, InterviewguideContext)
    earlier = (
        EarlierAnswer(topic="Sammenhæng", score=Decimal(4)),
        EarlierAnswer(topic="Indflydelse", score=Decimal(6)),
    )
    return replace(guide, is_final=True, earlier=earlier, when="tirsdag den 20. oktober 2026 kl. 10.00")


COURSE_CASES: dict[str, tuple[str, Context]] = {
    "koereplan": ("koereplan", paper(zamirandi(), "koereplan-BES")),
    "interviewguide": ("interviewguide", paper(zamirandi(), "interviewguide-BES")),
    "interviewguide-slut": ("interviewguide", final_guide()),
    "screening": ("screening", paper(enquiry(), "screening")),
}
