"""What the reports and the project's page say of one course, by a case number that some of their readers know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hopdocs.documents.kinds.project.reports.monthly import fill_monthly
from hopdocs.documents.kinds.project.reports.parts.courses import UNNAMED, new_courses
from hopdocs.documents.kinds.project.reports.parts.key_numbers import area_rows
from hopdocs.documents.kinds.project.reports.parts.warnings import warning_rows
from hopdocs.documents.kinds.project.reports.quarterly import fill_quarterly
from hopdocs.domain.project.numbers import ACTIVE, CourseRow
from hopdocs.figures.course import AreaAtWork, CostLine, Measured, MeetingFact, Place, Wait
from hopdocs.model.project import ReportKind
from hopdocs.pages.project import project_view
from tests.unit.documents.reports.many_courses import facts_of
from tests.unit.figures.courses import course

if TYPE_CHECKING:
    from hopdocs.figures.course import CourseFigures

PLACE = Place("team.0")
DAY = date(2027, 5, 10)
MONTH = facts_of(ReportKind.MÅNED, today=DAY, number=0).report.start
BEFORE = (MONTH - timedelta(days=1)).replace(day=1)
LAST = (BEFORE - timedelta(days=1)).replace(day=1)


def measured(key: str, member: str) -> Measured:
    return Measured(key, member, LAST, Decimal(4), "indtastet", Place("measurements.indicators.0"))


def told_of(found: CourseFigures) -> tuple[str, ...]:
    """All that is said in any paper or page about single cases."""
    month = replace(facts_of(ReportKind.MÅNED, today=DAY, number=0), courses=(found,))
    quarter = replace(facts_of(ReportKind.KVARTAL, today=DAY, number=0), courses=(found,))
    monthly, quarterly = fill_monthly(month), fill_quarterly(quarter)
    rows = (*monthly.warnings, *monthly.missing, *quarterly.warnings)
    page = project_view(month, datetime.combine(DAY, time(9)))
    cells = (cell for it in page.sections if it.heads[0] == "Sag" for row in it.rows for cell in row)
    return (*(sentence for row in rows for sentence in row.sentences), *cells)


def test_a_treatment_that_is_counted_is_not_named_beside_a_case() -> None:
    found = course(
        consented=date(2025, 5, 1),
        measured=(measured("a_behandling", "mor"), measured("b_skole_fravaer", "barn")),
    )
    text = " ".join(told_of(found))
    assert "misbrug" not in text.casefold()
    assert f"{UNNAMED}: der mangler tal for " in text
    assert "Fravær" in text


def test_an_area_that_may_not_share_any_more_is_named_beside_no_case() -> None:
    """What it wrote and waited for before is still in the family's file."""
    plan = MeetingFact("familieplansmøde", BEFORE, "held", (), (), (), Place("meetings.0"))
    found = course(
        consented=date(2025, 5, 1),
        areas=("BF", "DU"),
        meetings=(plan,),
        costs=(
            *(CostLine(month, "BF", Decimal(100), Place("measurements.costs.0")) for month in (LAST, BEFORE, MONTH)),
            *(CostLine(month, "DU", Decimal(100), Place("measurements.costs.1")) for month in (LAST, BEFORE)),
        ),
        waits=(Wait("DU", "akt", date(2026, 1, 5), None, None, "", Place("waiting_times.0")),),
    )
    assert "Dagtilbud og Undervisning mangler udgifter" in " ".join(told_of(found))
    assert "En afgørelse i Dagtilbud og Undervisning" in " ".join(told_of(found))
    without = " ".join(told_of(replace(found, areas=("BF",))))
    assert "Undervisning" not in without
    assert "En afgørelse har ladet vente på sig" in without


def test_a_new_course_has_the_areas_and_people_that_work_with_it_and_no_area_that_was_only_consented_to() -> None:
    facts = facts_of(ReportKind.KVARTAL, today=DAY, number=0)
    began, before = facts.report.start, facts.report.start - timedelta(days=9)
    team = (AreaAtWork("BF", began, None, PLACE), AreaAtWork("DU", before, began, PLACE))
    found = course(consented=began, areas=("BF", "DU", "BES"), at_work=team)
    row = CourseRow(ACTIVE, found.case, began, ("BF", "SO"), ("rri", "hha"))
    assert facts.numbers is not None
    known = replace(facts, courses=(found,), numbers=replace(facts.numbers, running=(row,)))
    [told] = new_courses(known)
    assert (told.areas, told.staff) == (("Børn og Familie",), ("Rigmor Rimfrost",))  # SO was taken back since
    assert [row.cells for row in area_rows(known)] == [("Børn og Familie", "færre end 5")]
    [unkept] = new_courses(replace(facts, courses=(found,), numbers=None))
    assert (unkept.areas, unkept.staff) == (("Børn og Familie",), ("kendes ikke",))


def test_who_has_waited_long_for_consent_is_one_yellow_row_that_tells_no_small_number() -> None:
    facts = facts_of(ReportKind.MÅNED, today=DAY, number=0)
    start = facts.until - timedelta(days=29)
    waiting = tuple(course(group="waiting", areas=(), start=start) for _ in range(5))
    [row] = warning_rows(replace(facts, waiting=waiting))
    assert (row.case, row.light) == ("Uden sagsnummer", "Gul")
    assert row.sentences == ("5 venter på samtykke mere end 28 dage efter startdatoen.",)
    [row] = warning_rows(replace(facts, waiting=waiting[:2]))
    assert row.sentences == ("Færre end 5 venter på samtykke mere end 28 dage efter startdatoen.",)
    assert warning_rows(replace(facts, waiting=tuple(replace(item, start=facts.until) for item in waiting))) == ()


def test_the_report_of_a_month_says_who_has_written_nothing_for_that_month() -> None:
    """Its last day is that month's: only the day after, the month is over."""
    plan = MeetingFact("familieplansmøde", LAST, "held", (), (), (), Place("meetings.0"))
    found = course(
        consented=date(2025, 5, 1), meetings=(plan,), measured=(measured("b_trivsel", "barn"),), baseline=LAST
    )
    facts = replace(facts_of(ReportKind.MÅNED, today=DAY, number=0), courses=(found,))
    assert [row.sentences for row in fill_monthly(facts).missing] == [("Der er ikke skrevet tal for april 2027.",)]
    written = replace(found, measured=(*found.measured, replace(found.measured[0], month=MONTH)))
    assert not fill_monthly(replace(facts, courses=(written,))).missing
