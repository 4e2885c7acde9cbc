"""What a letter says can be read back by the same people's forms."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hopdocs import danish
from hopdocs.danish import NBSP
from hopdocs.model.scalars.moments import parse_date, parse_time
from hopdocs.model.scalars.values import parse_decimal

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@given(DAYS)
def test_every_form_of_a_date_is_read_back_as_the_same_day(day: date) -> None:
    for form in (danish.long_date, danish.day_and_month, danish.short_date):
        assert parse_date(plain(form(day))) == day


@given(st.times())
def test_a_time_is_read_back_to_the_minute(moment: time) -> None:
    assert parse_time(plain(danish.clock(moment))) == moment.replace(second=0, microsecond=0)


@given(st.decimals(Decimal(-999), Decimal(999), places=2))
def test_a_number_is_read_back_as_the_same_number(number: Decimal) -> None:
    assert parse_decimal(danish.decimal(number)) == number


@given(st.lists(st.text("abcæøå", min_size=1, max_size=5), max_size=6))
def test_a_list_holds_every_word_once_and_in_order(words: list[str]) -> None:
    assert danish.join(words).replace(" og ", ", ").split(", ") == (words or [""])


@given(DAYS)
def test_no_date_breaks_between_its_day_and_its_month(day: date) -> None:
    assert f"{day.day}.{NBSP}" in danish.long_date(day)
