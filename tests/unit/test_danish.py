from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from hopdocs import danish
from hopdocs.danish import FILTERS, NBSP

TUESDAY = date(2026, 11, 24)


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_a_date_in_a_letter_reads_as_danes_write_it() -> None:
    assert plain(danish.long_date(TUESDAY)) == "tirsdag den 24. november 2026"
    assert plain(danish.day_and_month(date(1990, 2, 1))) == "1. februar 1990"
    assert danish.short_date(date(1990, 2, 1)) == "1.2.1990"
    assert danish.month_name(TUESDAY) == "november 2026"
    assert plain(danish.date_and_time(datetime(2026, 11, 24, 10))) == "tirsdag den 24. november 2026 kl. 10.00"  # noqa: DTZ001 - local time by contract
    assert plain(danish.time_range(time(9, 5), time(12))) == "kl. 09.05–12.00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(TUESDAY, "uge 48"), (date(2026, 12, 31), "uge 53"), (date(2027, 1, 1), "uge 53"), (date(2027, 1, 4), "uge 1")],
)
def test_the_first_days_of_january_may_belong_to_the_old_years_last_week(day: date, expected: str) -> None:
    assert plain(danish.week(day)) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (None, "fra den 24. november 2026"),
        (date(2026, 12, 4), "24. november–4. december 2026"),
        (date(2027, 1, 4), "24. november 2026–4. januar 2027"),
    ],
)
def test_a_period_names_the_year_once_where_it_can(end: date | None, expected: str) -> None:
    assert plain(danish.period(TUESDAY, end)) == expected


def test_numbers_have_a_decimal_comma_and_a_point_for_thousands() -> None:
    assert danish.decimal(Decimal("1.5")) == "1,5"
    assert danish.decimal(Decimal(20)) == "20"
    assert plain(danish.money(Decimal(18200))) == "18.200 kr."
    assert plain(danish.money(Decimal("12450.5"))) == "12.450,50 kr."


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(120, "2 timer"), (60, "1 time"), (90, "1 time og 30 minutter"), (1, "1 minut"), (0, "0 minutter")],
)
def test_a_duration_is_said_in_hours_and_minutes(minutes: int, expected: str) -> None:
    assert plain(danish.duration(minutes)) == expected


def test_a_list_has_no_comma_before_its_last_word_and_drops_what_is_empty() -> None:
    assert danish.join(["a", "b", "c"]) == "a, b og c"
    assert danish.join(["a", "", "b"], "eller") == "a eller b"
    assert danish.join(["Børn og Familie", "Beskæftigelse"]) == "Børn og Familie samt Beskæftigelse"
    assert danish.join(["a"]) == "a"
    assert danish.join([]) == ""


def test_names_that_end_in_an_s_sound_take_an_apostrophe() -> None:
    assert [danish.genitive(name) for name in ("Sami", "Jonas", "Max")] == ["Samis", "Jonas'", "Max'"]


def test_a_capital_first_letter_leaves_names_inside_alone() -> None:
    assert danish.capitalise("møde hos Nadira") == "Møde hos Nadira"
    assert danish.capitalise("") == ""


def test_a_section_sign_keeps_its_number_on_its_line() -> None:
    assert danish.law_text("barnets lov § 91, stk. 2") == f"barnets lov §{NBSP}91, stk.{NBSP}2"


def test_yes_and_no() -> None:
    assert [danish.yes_no(answer) for answer in (True, False)] == ["ja", "nej"]


def test_every_filter_has_a_plain_ascii_name_that_word_does_not_change() -> None:
    assert all(name.isascii() and name.islower() for name in FILTERS)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Søren er på kursus", "Søren er på kursus."),
        ("Han vil selv fortælle.", "Han vil selv fortælle."),
        ("familien ønsker det", "Familien ønsker det."),
        ("Hvem henter?", "Hvem henter?"),
        ("Hun sagde »ja.«", "Hun sagde »ja.«"),
        ("Fraværet er 22 %", "Fraværet er 22 %."),
        ("Ring (kun hverdage)", "Ring (kun hverdage)."),
        ("Tak 😀", "Tak 😀"),
        ("", ""),
    ],
)
def test_the_capital_and_the_full_stop_that_were_left_out_are_put(written: str, said: str) -> None:
    assert danish.sentence(written) == said


def test_a_small_first_letter_leaves_abbreviations_alone() -> None:
    assert [danish.lower(text) for text in ("De første 10 minutter", "AKT-delen", "")] == [
        "de første 10 minutter",
        "AKT-delen",
        "",
    ]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Nadira Zamirandi", "Nadira", "Zamirandi"),
        ("  Anne Marie Opdigt ", "Anne", "Opdigt"),
        ("Ann-Sofie Opdigt", "Ann-Sofie", "Opdigt"),
        ("Sami", "Sami", "Sami"),
        ("  ", "  ", "  "),
    ],
)
def test_the_first_and_the_last_name_stand_before_and_after_the_blanks(name: str, first: str, last: str) -> None:
    assert (danish.first_name(name), danish.last_name(name)) == (first, last)


@pytest.mark.parametrize(("number", "expected"), [("00 00 12 00", f"00{NBSP}00{NBSP}12{NBSP}00"), (None, "")])
def test_no_line_of_a_letter_breaks_a_telephone_number(number: str | None, expected: str) -> None:
    assert danish.phone_on_one_line(number) == expected
