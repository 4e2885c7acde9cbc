"""A table is read as it was meant, whatever program wrote it."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from hopdocs.cli.figure_import.cells import DecimalMark, Refused, read_day, read_month, read_number, read_text
from hopdocs.cli.figure_import.tables import UnreadableTable, read_tables


def workbook(**sheets: list[list[object]]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "mmm yy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write(number, column, cell)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_csv_is_read_in_each_encoding_and_with_each_mark(encoding: str, mark: str) -> None:
    text = f'Sagsnummer{mark}Måned{mark}"a{mark}b"\r\n\r\n26-1{mark}2026-10{mark}\r\n'
    (table,) = read_tables(text.encode(encoding))
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("Sagsnummer", "Måned", f"a{mark}b")),
        (3, ("26-1", "2026-10", "")),
    ]


def test_a_rows_number_is_its_line_also_behind_a_line_break_in_quotes_and_excels_own_hint() -> None:
    (table,) = read_tables(b'sep=;\r\na;b\r\n"1\n2";x\r\ny;z\r\n')
    assert [row.number for row in table.rows] == [2, 3, 5]


def test_a_workbook_gives_numbers_days_and_the_row_numbers_of_the_sheet() -> None:
    data = workbook(Tal=[[], ["Sag", "Måned", "Fravær"], ["26-1", date(2026, 11, 1), 0.31], [26.0, "", True]], Tom=[])
    (table,) = read_tables(data)
    assert table.sheet == "Tal"
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("Sag", "Måned", "Fravær")),
        (3, ("26-1", date(2026, 11, 1), Decimal("0.31"))),
        (4, (Decimal(26), "", "ja")),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n;;\r\n", "empty"),
        (b'a;b\n"c;d\n', "quotes"),
        (b"a\0b", "encoding"),
        (b"\x81\x8d", "encoding"),
        (b"PK\x03\x04 and no more", "workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "workbook"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableTable, match=reason):
        read_tables(data)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("31", "31"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("31 %", "31"),
        ("18.200,50 kr.", "18200.5"),
        ("18,200.50", "18200.5"),
        ("1.250.000", "1250000"),
        ("18\u00a0200", "18200"),
        ("\N{MINUS SIGN}3", "-3"),
        (Decimal("58.333333333333336"), "58.33"),
    ],
)
def test_a_number_is_read_where_it_can_mean_one_thing_only(cell: str | Decimal, number: str) -> None:
    assert str(read_number(cell, 0)) == number


def test_eighteen_thousand_or_eighteen_is_asked_about_until_somebody_says_which() -> None:
    with pytest.raises(Refused) as asked:
        read_number("18.200", 3)
    assert (asked.value.code, asked.value.params["why"], asked.value.column) == ("HD828", "HD136", 3)
    assert read_number("18.200", 0, DecimalMark.COMMA) == 18200
    assert read_number("18.200", 0, DecimalMark.POINT) == Decimal("18.2")


@pytest.mark.parametrize("cell", ["7.5", "1,234.5", "18.20"])
def test_a_number_in_the_other_form_than_was_said_is_no_number(cell: str) -> None:
    with pytest.raises(Refused):
        read_number(cell, 0, DecimalMark.COMMA)


@pytest.mark.parametrize("cell", ["2026-11", "11.2026", "november 2026", "202611", "14.11.2026", date(2026, 11, 14)])
def test_a_month_is_read_from_any_of_its_forms_and_days(cell: str | date) -> None:
    assert read_month(cell, 0) == date(2026, 11, 1)


@pytest.mark.parametrize("cell", ["2026-11-14", "14.11.2026 10:32", "2026-11-14T10:32:11Z", date(2026, 11, 14)])
def test_a_day_is_read_without_the_time_that_a_register_adds(cell: str | date) -> None:
    assert read_day(cell, 0) == date(2026, 11, 14)


def test_a_cell_shaped_like_a_cpr_number_is_never_taken() -> None:
    with pytest.raises(Refused) as no:
        read_text("010203" + "-" + "1234", 0)
    assert (no.value.code, dict(no.value.params)) == ("HD127", {})
