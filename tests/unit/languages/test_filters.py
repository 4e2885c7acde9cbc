"""The filters of templates in other languages than Danish."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.danish import FILTERS
from hopdocs.languages.filters import filters_of
from hopdocs.model.scalars.languages import EASY_DANISH, find_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TUESDAY = date(2026, 11, 24)


def filters(word: str) -> Mapping[str, Callable[..., Any]]:
    language = find_language(word)
    assert language is not None
    return filters_of(language)


@pytest.mark.parametrize("word", ["engelsk", "arabisk", "ukrainsk", "dari", "somali"])
def test_a_translation_may_use_every_filter_of_the_danish_letter(word: str) -> None:
    assert filters(word).keys() == FILTERS.keys()


def test_easy_danish_has_the_filters_of_danish() -> None:
    assert filters_of(EASY_DANISH) is FILTERS


def test_english_says_days_times_and_lists_its_own_way() -> None:
    say = filters("engelsk")
    assert say["lang_dato"](TUESDAY) == "Tuesday, 24 November 2026"
    assert say["dato"](TUESDAY) == "24 November 2026"
    assert say["maaned"](TUESDAY) == "November 2026"
    assert say["tidsrum"](time(10), time(12, 30)) == "10:00–12:30"
    assert say["dato_og_tid"](datetime(2026, 11, 24, 9, 5)) == "Tuesday, 24 November 2026, 09:05"  # noqa: DTZ001 - as the data
    assert say["uge"](TUESDAY) == "48"
    assert say["periode"](TUESDAY, date(2026, 12, 4)) == "24 November 2026 – 4 December 2026"
    assert say["periode"](TUESDAY) == "24 November 2026 –"
    assert say["varighed"](90) == "1 hour and 30 minutes"
    assert say["varighed"](45) == "45 minutes"
    assert say["liste"](["Tariq", "", "Yasmin", "Sami"]) == "Tariq, Yasmin and Sami"
    assert say["tal"](1250.5) == "1,250.5"
    assert say["ejefald"]("Sami") == "Sami’s"


def test_arabic_and_ukrainian_have_their_own_names_of_days_and_their_own_and() -> None:
    arabic, ukrainian = filters("arabisk"), filters("ukrainsk")
    assert arabic["lang_dato"](TUESDAY) == "الثلاثاء، 24 نوفمبر 2026"
    assert arabic["liste"](["أ", "ب", "ج"]) == "أ وب وج"
    assert ukrainian["lang_dato"](TUESDAY) == "вівторок, 24 листопада 2026\u202fр."
    assert ukrainian["ejefald"]("Самі") == "Самі"


def test_dari_and_persian_share_letters_and_not_months() -> None:
    assert "نومبر" in filters("dari")["dato"](TUESDAY)
    assert "نوامبر" in filters("persisk")["dato"](TUESDAY)


@pytest.mark.parametrize("word", ["engelsk", "arabisk", "somali", "dari"])
def test_a_date_in_numbers_is_never_taken_for_another(word: str) -> None:
    assert filters(word)["kort_dato"](date(2026, 11, 4)) == "4.11.2026"
