"""Charts as files: the same bytes on every machine, plain SVG, and a picture of whatever the data are."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from PIL import Image

from hopdocs.charts.canvas import break_words, measure
from hopdocs.charts.drawing import draw_picture, draw_svg
from hopdocs.charts.library import load_library
from hopdocs.charts.lines import unbroken
from hopdocs.charts.svg import settle_svg
from hopdocs.documents.views.chart import BarChart, ChartBars, ChartLine, Gantt, RiskMatrix, SmallMultiples
from tests.unit.charts.samples import ABSENCE, COSTS, EVERY_KIND, PLAN, RISKS, SERVICES, SMALL, monthly

if TYPE_CHECKING:
    from hopdocs.documents.views.chart import Chart

_ROOT = Path(__file__).parents[3]


def _digest_some() -> str:
    pictures = [draw_picture(chart) for chart in (COSTS, SERVICES, RISKS)]
    return hashlib.sha256(b"".join(picture.svg + picture.png for picture in pictures)).hexdigest()


def test_a_chart_has_the_same_bytes_in_another_process_with_other_settings(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text("font.size: 30\nsvg.hashsalt: other\nlines.linewidth: 9\n")
    program = "from tests.unit.charts.test_drawing import _digest_some; print(_digest_some())"
    settings = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(_ROOT), "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=settings, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == [_digest_some()]
    assert [path.name for path in tmp_path.iterdir()] == ["matplotlibrc"]


@pytest.mark.parametrize("chart", EVERY_KIND, ids=lambda chart: type(chart).__name__)
def test_an_svg_says_nothing_of_its_making_and_has_neither_styles_nor_text_nor_links(chart: Chart) -> None:
    root = etree.fromstring(draw_svg(chart))
    kinds = {etree.QName(element).localname for element in root.iter()}
    assert kinds <= {"svg", "g", "path", "defs", "use"}
    assert not root.xpath("//@style | //@class")
    links = {link for element in root.iter() for name, link in element.items() if str(name).endswith("href")}
    assert links == {f"#{name}" for name in _names(draw_svg(chart))}


def test_letters_are_as_large_and_as_far_apart_as_the_library_drew_them() -> None:
    drawn = b"""<svg xmlns="http://www.w3.org/2000/svg"><g>
        <path transform="translate(3.14159 0) scale(0.015625 -0.075)"
            style="fill: #fff; stroke: none" d="M 1.23456 2  L 3"/>
        </g></svg>"""
    (path,) = etree.fromstring(settle_svg(drawn)).iter("{*}path")
    assert dict(path.items()) == {
        "d": "M 1.23 2 L 3",
        "transform": "translate(3.14 0) scale(0.015625 -0.075)",
        "fill": "#fff",
        "stroke": "none",
    }


def test_no_two_charts_on_a_page_have_a_name_in_common() -> None:
    names = [name for chart in EVERY_KIND for name in _names(draw_svg(chart))]
    assert len(names) == len(set(names))


def _names(svg: bytes) -> list[str]:
    return [element.get("id", "") for element in etree.fromstring(svg).iter() if "id" in element.attrib]


def test_the_callers_own_settings_of_the_library_stay_as_they_were() -> None:
    settings = load_library().rcParams
    kept = dict(settings)
    draw_svg(replace(ABSENCE, title="En anden"))
    assert dict(settings) == kept


def test_the_same_chart_is_drawn_once() -> None:
    assert draw_picture(ABSENCE) is draw_picture(replace(ABSENCE))


@pytest.mark.parametrize(
    "chart",
    [
        replace(ABSENCE, lines=(), marks=()),
        replace(ABSENCE, lines=(ChartLine(name="", points=()),)),
        replace(ABSENCE, lines=(ChartLine(name="En", points=monthly(3)),), lowest=None, highest=None),
        replace(COSTS, lines=(ChartLine(name="Nul", points=monthly(0, 0, 0)),)),
        replace(COSTS, lines=(ChartLine(name="Mange", points=monthly(*range(60))),)),
        replace(COSTS, lines=tuple(ChartLine(name=str(number), points=monthly(number, 2)) for number in range(12))),
        replace(ABSENCE, title="$x_1$ \\alpha & 100 %", width=1.5, height=1.5),
        replace(SERVICES, rows=(), categories=()),
        replace(SERVICES, width=1.5, height=1.5, is_lying=True),
        BarChart(title="", description="", width=80, height=40, unit="", categories=("a", "b"),
                 rows=(ChartBars(name="Ændring", values=(Decimal(-3), Decimal(4))),)),
        SmallMultiples(title="", description="", width=80, height=40, charts=(), columns=0),
        replace(SMALL, columns=7),
        Gantt(title="", description="", width=80, height=40, rows=(), today=date(2026, 11, 24)),
        replace(PLAN, width=1.5, height=1.5),
        RiskMatrix(title="", description="", width=1.5, height=1.5, risks=RISKS.risks),
    ],
)  # fmt: skip
def test_whatever_there_is_to_show_gives_a_picture(chart: Chart) -> None:
    picture = draw_picture(chart)
    assert picture.svg.count(b"<path") > 0
    assert picture.png.startswith(b"\x89PNG")


def test_a_month_without_a_value_is_a_gap_and_a_day_without_one_is_none() -> None:
    assert [len(stretch) for stretch in unbroken(monthly(1, 2, None, 4, None, None, 7))] == [2, 1, 1]
    draws = monthly(1, None, None, None, None, None, 7, None, None, None, None, None, 5)
    assert [len(stretch) for stretch in unbroken(draws)] == [3]
    days = tuple((date(2026, month, 3), Decimal(1)) for month in (1, 2, 8))
    assert [len(stretch) for stretch in unbroken(days)] == [3]
    assert list(unbroken(())) == []


def test_a_long_name_beside_a_bar_stays_on_the_sheet() -> None:
    name = "Beskæftigelse, bolig, uddannelse og økonomi"
    bars = (ChartBars(name="", values=(Decimal(36),)),)
    chart = BarChart(
        title="", description="x", width=166, height=40, unit="", categories=(name,), rows=bars, is_lying=True
    )
    picture = Image.open(BytesIO(draw_picture(chart).png)).convert("L")
    assert picture.crop((0, 0, 1, picture.height)).getextrema() == (255, 255)


def test_a_word_too_long_for_its_room_is_cut_and_none_of_it_is_lost() -> None:
    word = "Specialundervisningsforanstaltningskonsulent"
    rows = break_words(f"En {word} 😀", 30)
    assert len(rows) > 2
    assert all(measure(row) <= 30 for row in rows)
    assert "".join(rows).replace("-", "") == f"En{word} 😀"
    assert "".join(break_words(word, 0)).replace("-", "") == word
    assert break_words("Børn og Familie", 30) == ["Børn og Familie"]


def test_every_bar_has_its_number_above_or_none_has() -> None:
    def count(*values: int) -> int:
        rows = (ChartBars(name="", values=tuple(map(Decimal, values))),)
        names = tuple("x" * len(values))
        chart = BarChart(title="", description="x", width=60, height=40, unit="", categories=names, rows=rows)
        return draw_svg(chart).count(b"<use ")

    assert count(*(729_000,) * 12) == count(*(729_000,) * 11, 5)
