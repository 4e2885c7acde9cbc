import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.figures.course import CourseFigures, CourseMember
from hopdocs.figures.gathering import gather_figures
from hopdocs.model.family import Closing
from hopdocs.model.meeting import Attendance
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 29)


def day_of(name: str, old: str = "", new: str = "") -> FamilyDay:
    config = parse_config((ROOT / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    path = ROOT / "families" / name
    text = path.read_text("utf-8")
    assert old in text
    family = parse_family(text.replace(old, new).encode(), path.name, config).family
    assert family is not None
    return FamilyDay.on(family, config, TODAY)


def figures_of(name: str) -> CourseFigures:
    return gather_figures(day_of(name))


def test_what_was_typed_comes_back_with_its_place() -> None:
    course = figures_of("hop-2025-003.yaml")
    assert course.costs[0].amount == Decimal(43100)
    assert (course.costs[0].area, course.costs[0].month, course.costs[0].at) == (
        "BF",
        date(2025, 5, 1),
        "measurements.costs.0",
    )
    assert course.draws[0].counts == {"BF": 3, "BES": 2, "HP": 1, "DU": 3}
    assert [draw.made for draw in course.draws] == [date(2025, 5, 13), date(2025, 11, 13), date(2026, 5, 13), None]
    assert CourseMember("malthe", is_child=True) in course.members


def test_an_indicator_is_known_by_its_old_name() -> None:
    measured = figures_of("hop-2025-003.yaml").measured
    known = {line.indicator for line in measured}
    assert {"b_skole_fravaer", "b_sdq", "v_hjem", "b_indsatstrin"} <= known
    assert not {"skolefravær", "sdq", "vum_praktiske_opgaver", "indsatstrin"} & known


def test_a_family_that_said_no_more_is_counted_and_nothing_else() -> None:
    course = figures_of("hop-2026-002.yaml")
    assert course.group == "withdrawn"
    assert not course.is_told
    assert (course.measured, course.costs, course.meetings) == ((), (), ())


@pytest.mark.parametrize("signed", [(), ("signe",), ("signe", "jeppe")])
def test_a_family_that_moved_before_all_had_said_yes_is_counted_and_nothing_else(signed: tuple[str, ...]) -> None:
    day = day_of("hop-2025-003.yaml")
    consents = tuple(line for line in day.family.consents if line.member in signed)
    family = day.family.model_copy(update={"consents": consents, "moved_away": date(2026, 11, 1)})
    course = gather_figures(FamilyDay.on(family, day.config, TODAY))
    told = len(signed) == len({line.member for line in day.family.consents})
    assert bool(course.measured and course.costs and course.meetings and course.members) is told
    assert bool(course.measured or course.costs or course.meetings or course.members or course.areas) is told


def test_a_family_in_which_one_of_two_with_custody_goes_on_stays_in_the_figures() -> None:
    """As the evaluation says beside its figures (`say_method`)."""
    taken_back = "        areas: [SO]\n      - date: 2026-09-08\n"
    goes_on = gather_figures(day_of("hop-2026-002.yaml", taken_back, "        areas: [SO]\n"))
    assert goes_on.is_told
    assert goes_on.costs


def test_nobody_is_named() -> None:
    row = json.dumps(figures_of("hop-2025-003.yaml").as_json(), ensure_ascii=False)
    assert "Fjordglimt" not in row
    assert "Signe" not in row


@pytest.mark.parametrize("name", ["hop-2025-003.yaml", "hop-2026-002.yaml", "hop-2026-007.yaml", "hop-2026-009.yaml"])
def test_a_row_comes_back_from_json_as_it_was(name: str) -> None:
    course = figures_of(name)
    assert CourseFigures.from_json(json.loads(json.dumps(course.as_json()))) == course


def test_a_meeting_knows_the_areas_that_came() -> None:
    day = day_of("hop-2025-003.yaml")
    index = next(place for place, meeting in enumerate(day.family.meetings) if day.invited_staff(meeting))
    meeting = day.family.meetings[index]
    away = day.invited_staff(meeting)[0]
    shorter = meeting.model_copy(update={"attendance": Attendance(absent=(away,))})
    meetings = (*day.family.meetings[:index], shorter, *day.family.meetings[index + 1 :])
    family = day.family.model_copy(update={"meetings": meetings})
    fact = gather_figures(FamilyDay.on(family, day.config, TODAY)).meetings[index]
    assert len(fact.came) == len(fact.asked) - 1
    assert day.config.staff[away].area in fact.asked


def test_who_answered_is_kept_as_a_role_and_never_as_a_name() -> None:
    day = day_of("hop-2025-003.yaml")
    measurements = day.family.measurements
    assert measurements is not None
    named = tuple(
        line.model_copy(update={"informant": "Signes søster Alma"}) if line.key == "sdq" else line
        for line in measurements.indicators
    )
    other = day.family.model_copy(update={"measurements": measurements.model_copy(update={"indicators": named})})
    before = {line.informant for line in gather_figures(day).measured}
    assert before == {"", "forælder"}
    assert {line.informant for line in gather_figures(FamilyDay.on(other, day.config, TODAY)).measured} == {
        "",
        "en anden",
    }


def test_a_closing_is_told_in_the_words_of_letters_and_in_no_others() -> None:
    day = day_of("hop-2025-003.yaml")
    for reason, told in (("Målet er nået", "målet er nået"), ("Fordi Signe ville det", "")):
        closing = Closing(date=TODAY, reason=reason)
        family = day.family.model_copy(update={"closing": closing})
        assert gather_figures(FamilyDay.on(family, day.config, TODAY)).closing == told
