"""A chart on a page: its words are read in its place, and its numbers can be looked up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from hopdocs.charts.page import show_chart
from hopdocs.documents.views.chart import Chart, ChartLine
from hopdocs.pages.overview import _environment
from tests.unit.charts.samples import ABSENCE, EVERY_KIND, SERVICES, SMALL, monthly


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: type(chart).__name__)
def test_a_figure_has_a_name_words_and_its_numbers_behind(chart: Chart) -> None:
    figure = etree.fromstring(show_chart(chart))
    (svg,) = figure.iter("{*}svg")
    named = {element.get("id"): element.text for element in svg if element.get("id")}
    assert svg.get("role") == "img"
    assert [named[name] for name in (svg.get("aria-labelledby") or "").split()] == [chart.title, chart.description]
    heads = list(figure.iter("th"))
    assert heads
    assert all(head.get("scope") in {"col", "row"} and head.text for head in heads)


def test_what_stands_in_a_chart_is_text_on_the_page_and_no_markup() -> None:
    sly = replace(ABSENCE, title="<script>", description="& <b>", lines=(ChartLine(name="<i>", points=monthly(1)),))
    shown = show_chart(sly)
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "<i>" not in shown


def test_a_month_without_a_value_is_a_dash_and_no_nought_in_the_table() -> None:
    rows = [[cell.text for cell in row] for row in etree.fromstring(show_chart(SERVICES)).iter("tr")]
    assert ["18 måneder", "–", "–", "–"] in rows
    assert ["Slut", "1", "0", "1"] in rows


def test_small_charts_have_a_table_each() -> None:
    assert len(list(etree.fromstring(show_chart(SMALL)).iter("table"))) == len(SMALL.charts)


def test_a_layout_shows_a_chart_by_its_macro() -> None:
    layout = '{% from "parts.html.j2" import chart %}{{ chart(figure) }}'
    assert _environment().from_string(layout).render(figure=ABSENCE) == show_chart(ABSENCE)
