import io
import zipfile
from datetime import date
from decimal import Decimal

from python_calamine import CalamineWorkbook

from hopdocs.exports.table import Column, Table
from hopdocs.exports.workbook import write_workbook

TABLE = Table(
    "Prøve",
    (Column("what", "hvad"), Column("month", "måned", is_month=True), Column("day", "dag"), Column("amount", "beløb")),
    (("=1+1", date(2026, 9, 1), date(2026, 9, 2), Decimal("18200.5")), ("http://x.example", None, None, 3)),
)


def test_cells_come_back_as_text_days_and_numbers() -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(write_workbook([TABLE]))).get_sheet_by_name("Prøve")
    assert sheet.to_python() == [
        ["hvad", "måned", "dag", "beløb"],
        ["=1+1", date(2026, 9, 1), date(2026, 9, 2), 18200.5],
        ["http://x.example", "", "", 3.0],
    ]


def test_typed_text_is_neither_formula_nor_link() -> None:
    with zipfile.ZipFile(io.BytesIO(write_workbook([TABLE]))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_the_same_tables_give_the_same_bytes() -> None:
    assert write_workbook([TABLE]) == write_workbook([TABLE])
