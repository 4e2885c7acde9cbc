"""Sentences about a series, and what they must not leave out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hopdocs.figures.words import say_course, say_value
from tests.unit.charts.samples import monthly


def _say(*values: int | str | None, unit: str = "%", name: str = "Fravær") -> str:
    return say_course(name, monthly(*values), unit).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((), "Fravær: Der er ingen tal endnu."),
        ((31,), "Fravær var 31 % i september 2025. Der er kun det ene tal."),
        ((31, 25, 12), "Fravær faldt fra 31 % i september 2025 til 12 % i november 2025."),
        ((12, 31), "Fravær steg fra 12 % i september 2025 til 31 % i oktober 2025."),
        ((7, 7, 7), "Fravær var 7 % både i september 2025 og i november 2025, og hele tiden imellem."),
        (
            (20, 40, 5, 20),
            """Fravær var 20 % i september 2025 og 20 % i december 2025.
            Undervejs var tallet højest med 40 % i oktober 2025 og lavest med 5 % i november 2025.""",
        ),
        (
            (31, None, None, 12),
            "Fravær faldt fra 31 % i september 2025 til 12 % i december 2025.",
        ),
        (
            (31, 30, None, 12),
            "Fravær faldt fra 31 % i september 2025 til 12 % i december 2025. Der mangler tal for november 2025.",
        ),
    ],
)
def test_a_series_is_said_with_its_ends_its_heights_and_its_gaps(values: tuple[int | None, ...], words: str) -> None:
    assert _say(*values).split() == words.split()


def test_missing_months_of_one_year_bear_it_once() -> None:
    words = _say(1, 2, None, None, None, 5)
    assert words.endswith("Der mangler tal for november, december 2025 og januar 2026.")


def test_many_missing_months_are_counted() -> None:
    assert _say(1, 2, None, None, None, None, None, None, 2).endswith("Der mangler tal for 6 måneder.")


def test_a_series_by_day_names_its_days_and_misses_none() -> None:
    points = ((date(2025, 9, 3), Decimal(19)), (date(2026, 3, 4), Decimal("13.5")))
    words = say_course("SDQ", points, "point (0-40)").replace("\N{NO-BREAK SPACE}", " ")
    assert words == "SDQ faldt fra 19 point den 3.9.2025 til 13,5 point den 4.3.2026."


def test_yes_and_no_neither_rise_nor_fall() -> None:
    words = _say(0, 1, unit="ja/nej", name="I gang med en uddannelse")
    assert words == "I gang med en uddannelse var nej i september 2025 og ja i oktober 2025."


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("61400", "kr.", "61.400 kr."),
        ("3", "trin", "trin 3"),
        ("2", "VUM (0-4)", "VUM 2"),
        ("4", "antal", "4"),
        ("12.5", "timer om ugen", "12,5 timer om ugen"),
    ],
)
def test_a_value_is_said_with_its_unit_as_danish_says_it(value: str, unit: str, words: str) -> None:
    assert say_value(Decimal(value), unit).replace("\N{NO-BREAK SPACE}", " ") == words
