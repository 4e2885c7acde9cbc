"""What all families' figures hold of a course after somebody took something back, and after a consent ran out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.kinds.project.reports.facts import told_until
from hopdocs.documents.measured.project_row import tell_project
from hopdocs.figures.gathering import gather_figures
from hopdocs.figures.project import stand_of
from hopdocs.figures.warning import Light, early_warnings
from hopdocs.model.consent import Withdrawal
from hopdocs.model.family import Closing
from hopdocs.model.scalars.values import AreaCode, MemberKey
from tests.unit.documents.example import on_day, regnbuehoej
from tests.unit.documents.measured.fjordglimt import day_of, fjordglimt
from tests.unit.documents.measured.values import with_values

if TYPE_CHECKING:
    from hopdocs.figures.course import CourseFigures
    from hopdocs.model.family import Family

TODAY = date(2026, 11, 21)
LAST_WITH_CONSENT = date(2027, 4, 21)
LATER = date(2027, 9, 1)
IN_SUMMER, AFTER = date(2026, 8, 1), date(2026, 9, 1)
"""Before and after the example's father took back what Sundhed og Omsorg may share."""
SIGNE, JEPPE = MemberKey("signe"), MemberKey("jeppe")
BES = AreaCode("BES")


def taken_back(family: Family, on: date, *areas: AreaCode, by: MemberKey = SIGNE) -> Family:
    """The family after one of it took these areas back, or all of them if none is named."""
    withdrawal = Withdrawal(date=on, areas=areas or None)
    lines = (
        line.model_copy(update={"withdrawn": (*line.withdrawn, withdrawal)}) if line.member == by else line
        for line in family.consents
    )
    return family.model_copy(update={"consents": tuple(lines)})


def told(family: Family, today: date = TODAY) -> CourseFigures:
    return tell_project(day_of(family, today))


def as_text(course: CourseFigures) -> str:
    return json.dumps(course.as_json())


def test_while_all_consents_stand_all_of_a_course_is_told() -> None:
    assert told(fjordglimt()) == gather_figures(day_of(fjordglimt()))


def test_of_an_area_that_was_taken_back_nothing_is_told() -> None:
    before, after = told(fjordglimt()), told(taken_back(fjordglimt(), TODAY, BES))
    assert '"BES"' in as_text(before)
    assert '"BES"' not in as_text(after)
    assert [line for line in before.costs if line.area != "BES"] == list(after.costs)
    assert [shift.date for shift in after.shifts if shift.is_tovholder] == [
        shift.date for shift in before.shifts if shift.is_tovholder
    ]


def test_of_who_took_everything_back_nothing_is_told_nor_of_the_children_that_she_has_custody_of() -> None:
    course = told(taken_back(fjordglimt(), TODAY))
    whole = gather_figures(day_of(taken_back(fjordglimt(), TODAY)))
    assert {line.member for line in whole.measured} == {"", "signe", "malthe", "alba"}
    assert {line.member for line in course.measured} == {""}
    assert not any(meeting.children for meeting in course.meetings)
    assert course.costs


def test_a_treatment_leaves_the_projects_figures_with_the_health_areas_consent() -> None:
    family = with_values(regnbuehoej(), ("a_behandling", "anton", 4), ("a_job", "anton", 12))
    found = {
        today: {line.indicator for line in tell_project(on_day(family, today)).measured} for today in (IN_SUMMER, AFTER)
    }
    assert list(found.values()) == [{"a_behandling", "a_job"}, {"a_job"}]


def test_a_childs_reason_to_stay_away_leaves_with_the_area_that_considered_it() -> None:
    family = regnbuehoej(("assessed_by: rri", "assessed_by: hha"))
    before, after = (tell_project(on_day(family, today)).meetings[2].children for today in (IN_SUMMER, AFTER))
    assert [(child.attended, child.reason) for child in before] == [(False, "Emnet er de voksnes behandling.")]
    assert [(child.attended, child.reason) for child in after] == [(False, "")]


def test_what_is_taken_back_after_the_end_leaves_the_figures_too() -> None:
    closed = fjordglimt().model_copy(update={"closing": Closing(date=date(2026, 11, 3), reason="Målet er nået")})
    before, after = told(closed), told(taken_back(closed, TODAY, BES))
    assert before.end == after.end == date(2026, 11, 3)
    assert {line.area for line in before.costs} - {line.area for line in after.costs} == {"BES"}


def test_what_is_of_later_days_than_the_consent_is_told_no_more() -> None:
    family = fjordglimt().model_copy(
        update={"measurements": _with_costs_of(fjordglimt(), date(2027, 3, 1), date(2027, 5, 1))}
    )
    lapsed = told(family, LATER)
    assert lapsed.lapsed == LAST_WITH_CONSENT
    assert max(line.month for line in gather_figures(day_of(family, LATER)).costs) == date(2027, 5, 1)
    assert max(line.month for line in lapsed.costs) == date(2027, 3, 1)


def test_of_an_area_whose_own_consent_ran_out_nothing_is_told_of_later_days() -> None:
    family = fjordglimt()
    newest = max((line for line in family.consents if line.member == SIGNE), key=lambda line: line.given or TODAY)
    others = newest.model_copy(update={"areas": tuple(area for area in newest.areas if area != BES)})
    summer = newest.model_copy(update={"areas": (BES,), "until": date(2026, 6, 30)})
    rest = (line for line in family.consents if line != newest)
    before, after = told(family), told(family.model_copy(update={"consents": (*rest, others, summer)}))
    assert after.lapsed is None
    assert max(line.month for line in before.costs if line.area == BES) > date(2026, 7, 1)
    assert [line for line in before.costs if line.area != BES or line.month <= date(2026, 6, 30)] == list(after.costs)
    assert BES not in after.areas_at_work(TODAY)
    assert BES in after.areas_at_work(date(2026, 6, 1))
    assert not any(BES in meeting.asked for meeting in after.meetings if meeting.date > date(2026, 6, 30))


def test_time_alone_takes_nothing_away_that_was_told_on_the_last_day() -> None:
    last, later = told(fjordglimt(), LAST_WITH_CONSENT), told(fjordglimt(), LATER)
    assert last.lapsed is None
    known = replace(later, lapsed=None, tovholder=last.tovholder)
    assert known == stand_of(last, LAST_WITH_CONSENT)


def test_a_course_that_ended_while_all_consents_stood_is_told_whole_for_ever() -> None:
    closed = fjordglimt().model_copy(update={"closing": Closing(date=date(2026, 11, 3), reason="Målet er nået")})
    then, later = told(closed), told(closed, date(2029, 1, 1))
    assert later.lapsed is None
    assert (later.measured, later.costs, later.draws) == (then.measured, then.costs, then.draws)
    assert then.measured


def test_where_one_consent_ran_out_before_another_was_given_no_more_is_told_than_that_the_course_is_there() -> None:
    lines = [line for line in fjordglimt().consents if line.given is not None]
    hers = next(line for line in lines if line.member == SIGNE).model_copy(update={"until": date(2025, 5, 5)})
    his = next(line for line in lines if line.member == JEPPE)  # from the day after
    course = told(fjordglimt().model_copy(update={"consents": (hers, his)}), date(2025, 8, 1))
    assert course.group == "active"
    assert course == course.untold()


@pytest.mark.parametrize("days", [0, 1])
def test_a_consent_that_ran_out_is_a_red_light_from_the_day_after(days: int) -> None:
    today = LAST_WITH_CONSENT + timedelta(days=days)
    [warning] = early_warnings([told(fjordglimt(), today)], day_of(fjordglimt()).config, today)
    seen = [signal.seen for signal in warning.signals]
    assert ("Samtykket gælder ikke længere." in seen) is bool(days)
    assert warning.light is Light.RED or not days


def test_a_report_of_days_before_knows_of_no_consent_that_ran_out_later() -> None:
    [course] = told_until([told(fjordglimt(), LATER)], date(2026, 12, 31))
    assert course.lapsed is None


def _with_costs_of(family: Family, *months: date) -> object:
    measurements = family.measurements
    assert measurements is not None
    lines = (measurements.costs[0].model_copy(update={"month": month}) for month in months)
    return measurements.model_copy(update={"costs": (*measurements.costs, *lines)})
