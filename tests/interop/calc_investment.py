"""The investment's workbook in LibreOffice Calc, which works every formula out anew (`make spreadsheets`).

hopdocs itself needs Writer alone, so that Calc is on no machine that only runs the tests.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from hopdocs.rendering.pdf.office import find_office
from tests.unit.exports.test_investment_book import METHODS, sheets_of, workbook
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

_VALUE_OF_FORMULA = re.compile(r"(</f>)<v>[^<]*</v>")


def without_values(data: bytes) -> bytes:
    """The workbook with its formulas, and nothing of what they come to."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/"):
                part = _VALUE_OF_FORMULA.sub(r"\1", part.decode()).encode()
            new.writestr(name, part)
    return out.getvalue()


def recalculate(data: bytes, folder: Path) -> bytes:
    # With a new profile the program asks to be started again, and the launcher does that.
    launcher = find_office().program.parent / "soffice"
    (folder / "book.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
    subprocess.run(
        [launcher, profile, *words, folder / "book.xlsx"], check=True, capture_output=True, timeout=PATIENCE_SECONDS
    )
    return (folder / "out" / "book.xlsx").read_bytes()


@pytest.mark.parametrize("keys", METHODS, ids=["first months", "fixed", "trend"])
def test_calc_comes_to_the_same_values(keys: dict[str, Any], tmp_path: Path) -> None:
    _, data = workbook(keys)
    ours, theirs = sheets_of(data), sheets_of(recalculate(without_values(data), tmp_path))
    assert list(ours) == list(theirs)
    for name, rows in ours.items():
        for number, (mine, other) in enumerate(zip(rows, theirs[name], strict=True), start=1):
            assert other[: len(mine)] == [pytest.approx(cell) if isinstance(cell, float) else cell for cell in mine], (
                f"{name}, row {number}"
            )


def test_a_changed_assumption_changes_the_result(tmp_path: Path) -> None:
    """The work at 0 kroner in place of 7: what the areas saved is left whole."""
    figures, data = workbook(METHODS[0])
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(without_values(data))) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                part = re.sub(rb'(<c r="B6"[^>]*><v>)7(</v>)', rb"\g<1>0\2", part)
            new.writestr(name, part)
    theirs = sheets_of(recalculate(changed.getvalue(), tmp_path))
    saved = float(sum(line.saved for line in figures.months))
    assert theirs["Forudsætninger"][9][1] == pytest.approx(saved)
    assert saved != float(figures.net)
