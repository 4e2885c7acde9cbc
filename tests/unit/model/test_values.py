"""The forms that people write, and what they mean."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter
from pydantic_core import PydanticCustomError

from hopdocs.model.scalars import moments, values

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-24",
        "24.11.2026",
        "24/11/2026",
        "24-11-2026",
        "24. november 2026",
        "24 nov. 2026",
        "tirsdag 24.11.2026",
        "Tirsdag den 24. november 2026",
        "den 24. november 2026",
        "tirsdag d. 24. november 2026",
        "d. 24.11.2026",
        "D. 24. november 2026",
        "24/11 2026",
        "24/11-2026",
        "24. 11. 2026",
        "2026/11/24",
        "2026.11.24",
        "2026–11–24",
        "24.\N{NO-BREAK SPACE}november\N{NO-BREAK SPACE}2026",
        "24.  november 2026",
    ],
)
def test_every_danish_form_of_a_date_is_the_same_day(written: str) -> None:
    assert moments.parse_date(written) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("parse", "written", "code"),
    [
        (moments.parse_date, "mandag 24.11.2026", "HD131"),
        (moments.parse_date, "31.2.2026", "HD132"),
        (moments.parse_date, "24.11.0026", "HD132"),
        (moments.parse_date, "24.11.26", "HD162"),
        (moments.parse_date, "24. nomember 2026", "HD130"),
        (moments.parse_date, "i morgen", "HD130"),
        (moments.parse_date, "24. nov. 26", "HD162"),
        (moments.parse_date, "24. ju 2026", "HD130"),
        (moments.parse_time, "1000", "HD133"),
        (moments.parse_time, "24.00", "HD133"),
        (moments.parse_time, "9.60", "HD133"),
        (moments.parse_date_and_time, "2026-11-24", "HD134"),
        (values.parse_decimal, "to", "HD135"),
        (values.parse_decimal, "1.250", "HD136"),
        (values.parse_decimal, "1,250", "HD136"),
        (values.parse_whole_number, "1.5", "HD137"),
        (values.parse_whole_number, "-1", "HD137"),
        (values.parse_whole_number, "99999", "HD137"),
        (values.parse_yes_no, "måske", "HD138"),
        (moments.parse_month, "2026-13", "HD139"),
        (values.parse_duration, "10", "HD144"),
        (values.parse_duration, "99999999999999d", "HD144"),
        (values.parse_rate, "0/min", "HD145"),
        (values.parse_hours, "17.00-07.00", "HD146"),
        (values.parse_hours, "07.00-24.30", "HD146"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_with_its_own_code(
    parse: Callable[[str], object], written: str, code: str
) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse(written)
    assert refused.value.type == code


@pytest.mark.parametrize(
    "written", ["10.00", "10:00", "kl. 10.00", "kl 10.00", "kl.\N{NO-BREAK SPACE}10.00", "10", "kl. 10"]
)
def test_every_form_of_a_time_is_the_same_hour(written: str) -> None:
    assert moments.parse_time(written) == time(10)


@pytest.mark.parametrize(
    ("parse", "written", "meant"),
    [
        (values.parse_decimal, "7,5", Decimal("7.5")),
        (values.parse_decimal, "7.5", Decimal("7.5")),
        (values.parse_decimal, "1250", Decimal(1250)),
        (values.parse_decimal, "-2,25", Decimal("-2.25")),
        (values.parse_yes_no, "Nej", False),
        (values.parse_yes_no, "true", True),
        (moments.parse_month, "2026-09", date(2026, 9, 1)),
        (moments.parse_month, "09.2026", date(2026, 9, 1)),
        (moments.parse_month, "september 2026", date(2026, 9, 1)),
        (values.parse_duration, "20s", timedelta(seconds=20)),
        (values.parse_duration, "2t", timedelta(hours=2)),
        (values.parse_duration, "0", timedelta()),
        (values.parse_rate, "30/min", values.Rate(30, 60)),
        (values.parse_hours, "07.00-17.00", values.HoursWindow(420, 1020)),
        (values.parse_hours, "00.00-24.00", values.HoursWindow(0, 1440)),
        (moments.parse_date_and_time, "2026-11-24 10.00", datetime(2026, 11, 24, 10)),  # noqa: DTZ001 - local by design
        (moments.parse_date_and_time, "24.11.2026 kl. 10.00", datetime(2026, 11, 24, 10)),  # noqa: DTZ001 - local
    ],
)
def test_numbers_and_words_mean_what_a_caseworker_means(
    parse: Callable[[str], object], written: str, meant: object
) -> None:
    assert parse(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "00001201",
        "00 00 12 01",
        "(+45) 0000 1201",
        "0045 00 00 12 01",
        "00-00-12-01",
        "00.00.12.01",
        "0000\N{NO-BREAK SPACE}1201",
    ],
)
def test_every_form_of_a_phone_number_is_the_same_number(written: str) -> None:
    read = TypeAdapter[str](values.PhoneNumber).validate_python(written)
    assert read == "00 00 12 01"
