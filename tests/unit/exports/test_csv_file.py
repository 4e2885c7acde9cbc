import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from hopdocs.exports.csv_file import BYTE_ORDER_MARK, write_csv
from hopdocs.exports.table import Cell, Column, Table

COLUMNS = (Column("what", "hvad"), Column("month", "måned", is_month=True), Column("amount", "beløb"))


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table("Prøve", COLUMNS, rows)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_amounts_have_a_decimal_comma_and_no_dots_between_thousands() -> None:
    data = write_csv(table(("a", date(2026, 9, 1), Decimal("18200.50"))), with_mark=False)
    assert data == "hvad;måned;beløb\r\na;2026-09;18200,50\r\n".encode()


def test_the_mark_for_excel_stands_first_and_only_if_asked_for() -> None:
    assert write_csv(table(), with_mark=True).startswith(BYTE_ORDER_MARK.encode())
    assert not write_csv(table(), with_mark=False).startswith(BYTE_ORDER_MARK.encode())


@pytest.mark.parametrize("start", ["=1+1", "+45", "-1+cmd|x", "@SUM(A1)", "\tx", "\r=1", " =1", "＝1", "\u00a0=1"])
def test_typed_text_never_becomes_a_formula(start: str) -> None:
    [_, [cell, *_]] = read(write_csv(table((start, None, None)), with_mark=True))
    assert cell == f"'{start}"


def test_a_number_below_zero_is_no_formula() -> None:
    assert read(write_csv(table(("a", None, Decimal("-5.3"))), with_mark=True))[1] == ["a", "", "-5,3"]


def test_text_with_semicolons_quotes_and_line_breaks_comes_back_whole() -> None:
    text = 'en; "to"\r\ntre'
    assert read(write_csv(table((text, None, True)), with_mark=True))[1] == [text, "", "ja"]


def test_a_huge_or_tiny_amount_is_written_out() -> None:
    rows = read(write_csv(table(("a", None, Decimal("1E+6")), ("b", None, Decimal("1E-7"))), with_mark=False))
    assert [row[2] for row in rows[1:]] == ["1000000", "0,0000001"]
