#!/bin/sh
# python-calamine 0.9.1 (xlsx by XlsxWriter 3.3.1). A cell whose formula came to #DIV/0! or #N/A is read as an empty text,
# just as a cell that nobody wrote in; openpyxl 3.1.5 gives the error's name. So in figures from a spreadsheet a sum that
# failed cannot be told from one that is not there.
# Seen: calamine ['', '', '', 'tal', 7.0], openpyxl ['#DIV/0!', '#N/A', None, 'tal', 7]
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-calamine==0.9.1 XlsxWriter==3.3.1 openpyxl==3.1.5
cd "$dir"
"$dir/venv/bin/python" - <<'PY'
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

with Workbook("tal.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=1/0", value="#DIV/0!")
    sheet.write_formula("B1", "=NA()", value="#N/A")
    sheet.write_string("D1", "tal")
    sheet.write_number("E1", 7)

calamine = CalamineWorkbook.from_path("tal.xlsx").get_sheet_by_index(0).to_python()[0]
openpyxl = [cell.value for cell in load_workbook("tal.xlsx", data_only=True).active[1]]
print("calamine", calamine, "openpyxl", openpyxl)
assert calamine == ["", "", "", "tal", 7.0], calamine
assert openpyxl == ["#DIV/0!", "#N/A", None, "tal", 7], openpyxl
PY
