from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import yaml

from hopdocs.danish import money
from hopdocs.domain.project.periods import Period
from hopdocs.figures.naming import find_figures, name_course_figures, name_project_figures
from tests.unit.figures.courses import FJORDGLIMT, ROOT, TODAY, sample_config, sample_course
from tests.unit.figures.many_courses import SEEN_ON, draw_courses

CONFIG = sample_config()
SAMPLE = sample_course(FJORDGLIMT)
FIGURES = {figure.name: figure for figure in name_course_figures(SAMPLE, CONFIG, TODAY)}
WHOLE = Period(date(2024, 1, 1), SEEN_ON)


def test_no_two_figures_have_one_name() -> None:
    for figures in (
        name_course_figures(SAMPLE, CONFIG, TODAY),
        *(name_course_figures(course, CONFIG, SEEN_ON) for course in draw_courses()),
        name_project_figures(draw_courses(), CONFIG, WHOLE, SEEN_ON),
    ):
        names = Counter(figure.name for figure in figures)
        assert not [name for name, number in names.items() if number > 1]


def test_a_figure_leads_to_the_lines_in_the_file_that_say_it() -> None:
    raw = yaml.safe_load((ROOT / "families" / FJORDGLIMT).read_text("utf-8"))
    costs = [figure for name, figure in FIGURES.items() if name.startswith("udgift.BF.")]
    assert costs
    for figure in costs:
        (source,) = figure.sources
        *path, index = source.at.split(".")
        line = raw[path[0]][path[1]][int(index)]
        assert figure.name == f"udgift.{line['area']}.{line['month']}"
        assert figure.text == money(line["amount"])


def test_a_verdict_has_its_rule_and_both_of_its_ends() -> None:
    figure = FIGURES["indikator.b_sdq.malthe.forælder.udvikling"]
    assert figure.text == "bedre"
    assert len(figure.sources) == 2
    assert figure.rule
    assert FIGURES["udgift.tendens"].text == "fald"
    assert "3 %" in FIGURES["udgift.tendens"].rule


def test_a_name_finds_its_figure_and_its_beginning_all_of_them() -> None:
    every = list(FIGURES.values())
    assert [figure.name for figure in find_figures(every, "Udgift.Tendens")] == ["udgift.tendens"]
    assert {figure.name for figure in find_figures(every, "ydelser.6")} > {"ydelser.6.BF", "ydelser.6.i-alt"}
    assert find_figures(every, "udgif") == ()


def test_a_course_without_consent_has_no_figures() -> None:
    assert name_course_figures(replace(SAMPLE, areas=()), CONFIG, TODAY) == ()


def test_the_projects_figures_lead_to_each_course_that_is_in_them() -> None:
    courses = draw_courses()
    figures = {figure.name: figure for figure in name_project_figures(courses, CONFIG, WHOLE, SEEN_ON)}
    active = {course.family for course in courses if course.areas and course.end is None}
    assert {source.family for source in figures["forløb.aktive"].sources} == active
    assert figures["forløb.aktive"].text == str(len(active))
    closed = {course.family for course in courses if course.end is not None}
    assert {source.family for source in figures["forløb.afsluttede"].sources} == closed
    bf_lines = sum(line.area == "BF" for course in courses for line in course.costs)
    assert len(figures["udgift.BF"].sources) == bf_lines
    held = sum(later.type == "opfølgningsmøde" for course in courses for _, later in pairwise(course.meetings))
    assert 0 < int(figures["møder.holdt"].text) <= held
    assert len(figures["møder.holdt"].sources) == int(figures["møder.holdt"].text)
