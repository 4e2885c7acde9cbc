import json
from dataclasses import replace

from hopdocs.figures.course import CourseFigures
from hopdocs.figures.pseudonyms import hide_people
from tests.unit.figures.test_gathering import day_of, figures_of


def hidden_from_others(*courses: CourseFigures) -> tuple[CourseFigures, ...]:
    return hide_people(courses, day_of("hop-2025-003.yaml").config.catalogue)


def test_no_key_case_number_or_typed_word_is_left() -> None:
    course = figures_of("hop-2025-003.yaml")
    [hidden] = hidden_from_others(course)
    row = json.dumps(hidden.as_json(), ensure_ascii=False).casefold()
    typed = [child.reason for meeting in course.meetings for child in meeting.children if child.reason]
    typed += [wait.consequence for wait in course.waits if wait.consequence]
    assert typed
    known = [course.family, course.case, *(member.key for member in course.members), *course.criteria, *typed]
    assert [word for word in known if word.casefold() in row] == []
    assert "measurements." not in row


def test_what_was_counted_stays() -> None:
    course = figures_of("hop-2025-003.yaml")
    [hidden] = hidden_from_others(course)
    assert [line.value for line in hidden.measured] == [line.value for line in course.measured]
    assert [line.amount for line in hidden.costs] == [line.amount for line in course.costs]
    assert [child.attended for meeting in hidden.meetings for child in meeting.children] == [
        child.attended for meeting in course.meetings for child in meeting.children
    ]


def test_values_of_one_person_stay_together_and_apart_from_another_s() -> None:
    course = figures_of("hop-2025-003.yaml")
    [hidden] = hidden_from_others(course)
    pairs = {(old.member, new.member) for old, new in zip(course.measured, hidden.measured, strict=True)}
    assert len({old for old, _ in pairs}) == len({new for _, new in pairs}) == len(pairs)
    assert {new for _, new in pairs} <= {member.key for member in hidden.members} | {""}


def test_courses_are_numbered_by_when_they_began() -> None:
    course = figures_of("hop-2025-003.yaml")
    later = replace(course, case="25-000001", start=course.start.replace(year=course.start.year + 1))
    assert [item.start for item in hidden_from_others(later, course)] == [course.start, later.start]
    assert [item.case for item in hidden_from_others(later, course)] == ["forløb 1", "forløb 2"]


def test_a_value_whose_indicator_nobody_knows_is_left_out_since_its_key_was_typed() -> None:
    course = figures_of("hop-2025-003.yaml")
    typed = replace(course.measured[0], indicator="malthes_sorg")
    [hidden] = hidden_from_others(replace(course, measured=(typed, *course.measured)))
    assert len(hidden.measured) == len(course.measured)
    assert "malthes_sorg" not in json.dumps(hidden.as_json())
