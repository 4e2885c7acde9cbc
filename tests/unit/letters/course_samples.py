"""The papers of those who run a course, as the sample families' files make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.deadlines.course import course_dates
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.course.interviewguide import EarlierAnswer, InterviewguideContext
from hopdocs.documents.kinds.project.desired import wanted_project_documents
from hopdocs.domain.project.numbers import add_up, course_row
from hopdocs.sources.config import parse_project
from tests.unit.documents.example import TODAY, load_config, on_day, zamirandi
from tests.unit.documents.measured.fjordglimt import fjordglimt, papers
from tests.unit.letters.word_text import with_version

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
    when, link = "tirsdag den 20. oktober 2026 kl. 10.00", "https://svar.vesterlyng.example/slut?sag=26-012345"
    return replace(guide, is_final=True, earlier=earlier, when=when, survey_url=link)


PROJECT = """\
name: Helhedsorienterede planer i Vesterlyng
steering_meetings:
  - id: efteraar
    date: 2026-09-15
    start: "13.00"
    end: "14.30"
    place: havoern
    attendance: {excused: [mmo], absent: [tta]}
    minutes:
      by: kko
      approved: 2026-09-22
      points:
        - {point: Nye familier, text: To familier er begyndt}
        - {point: Ventetid, agreed: Handicap og Psykiatri ser på det, who: mmo, due: 2026-11-01, done: 2026-12-09}
        - {point: Eventuelt}
  - {id: vinter, date: 2026-12-08, start: "13.00", end: "14.30", place: havoern}
milestones: [{name: Ti familier i gang, due: 2026-12-01}]
risks: [{name: For få familier, likelihood: middel, impact: høj, action: Fortæl om tilbuddet, owner: kko}]
surveys: [{name: Medarbejderne, url: "https://survey.vesterlyng.example/medarbejdere"}]
targets: {families: 12}
"""


def project_papers() -> dict[str, Context]:
    project = parse_project(PROJECT.encode(), "project.yaml", load_config()).project
    assert project is not None
    numbers = add_up([course_row(on_day(zamirandi()))], unread=1)
    papers = wanted_project_documents(project, load_config(), TODAY, numbers, {})
    return {item.stem: with_version(item.context, version=2, day=DAY) for item in papers}


def measured_paper(stem: str) -> Context:
    return with_version(papers(fjordglimt())[stem].context, version=1, day=DAY)


COURSE_CASES: dict[str, tuple[str, Context]] = {
    "koereplan": ("koereplan", paper(zamirandi(), "koereplan-BES")),
    "effektrapport": ("effektrapport", measured_paper("effektrapport-BF")),
    "effektrapport-del": ("effektrapport", measured_paper("effektrapport-HP")),
    "fremgang": ("fremgang", measured_paper("fremgang-signe")),
    "interviewguide": ("interviewguide", paper(zamirandi(), "interviewguide-BES")),
    "interviewguide-slut": ("interviewguide", final_guide()),
    "projektdagsorden": ("projektdagsorden", project_papers()["projektdagsorden-vinter"]),
    "projektreferat": ("projektreferat", project_papers()["projektreferat-efteraar"]),
    "screening": ("screening", paper(enquiry(), "screening")),
}
