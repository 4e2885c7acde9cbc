"""`hopdocs candidates` writes its list and its page, and nobody's number anywhere."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

import pytest
from python_calamine import CalamineWorkbook

from tests.unit.candidates.extracts import CONTACTS, COSTS, TEN_DIGITS, number, write
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS: Final = [number(it) for it in range(40)]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    run("init", tmp_path / "hop", "--sample")
    return tmp_path / "hop"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Numbers stand in every column: somebody's clerk wrote them into texts too."""
    costs: list[tuple[str, ...]] = [
        (NUMBERS[it], NUMBERS[it], area, f"Anbringelse {NUMBERS[it]}", "1.000,50", "01-02-2026")
        for it in range(30)
        for area in ("BF", "DU", NUMBERS[it])
    ]
    costs += [(NUMBERS[31], NUMBERS[31], "BF", "", NUMBERS[31], "01-02-2026"), (NUMBERS[32],)]
    met = [(it, f"Team {it}", "2026-02-02") for it in NUMBERS]
    return write(tmp_path / "costs.csv", COSTS, costs), write(tmp_path / "contacts.csv", CONTACTS, met)


def test_a_list_a_workbook_and_a_page_come_out_of_two_extracts(
    workspace: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    words = ("-w", workspace, "--today", "2026-11-29", "candidates", "--costs", files[0], "--contacts", files[1])
    done = run(*words, "--top", "20", "--key", tmp_path / "a.key", "--out", tmp_path / "list")
    assert done.code == 0
    assert "130 rows, 30 households, 30 of them in the target group; the first 20 are listed" in done.out
    assert done.err.splitlines() == [
        "costs.csv: 1 left out: other columns than the head (row 93)",
        "costs.csv: 1 left out: the amount cannot be read (row 92)",
    ]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "list/kandidater.csv").read_text("utf-8-sig")), delimiter=";"))
    assert len(rows) == 20
    assert {row["Udgift i alt"] for row in rows} == {"3001,50"}
    assert {row["Uden for fagområderne"] for row in rows} == {"1000,50"}
    assert {row["Kontaktsteder"] for row in rows} == {"1"}
    sheet = CalamineWorkbook.from_path(tmp_path / "list/kandidater.xlsx").get_sheet_by_index(0).to_python()
    assert [row[1] for row in sheet[1:]] == [row["Husstand"] for row in rows]
    basis = CalamineWorkbook.from_path(tmp_path / "list/kandidater.xlsx").get_sheet_by_name("Grundlag").to_python()
    assert ["Læste rækker", "130"] in basis
    page = (tmp_path / "list/kandidater.html").read_text("utf-8")
    assert "20 husstande, 60.030 kr. i alt: 67 % af alle udgifter i udtrækkene." in page.replace("\u00a0", " ")
    assert {it.stat().st_mode & 0o777 for it in (tmp_path / "list").iterdir()} == {0o600}


def test_the_same_extracts_and_key_give_the_same_bytes(
    workspace: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    def make(out: str) -> list[bytes]:
        words = ("-w", workspace, "--today", "2026-11-29", "candidates", "--costs", files[0], "--contacts", files[1])
        run(*words, "--key", tmp_path / "a.key", "--out", tmp_path / out)
        page = (tmp_path / out / "kandidater.html").read_bytes()
        lists = [(tmp_path / out / f"kandidater.{it}").read_bytes() for it in ("csv", "xlsx")]
        return [*lists, re.sub(rb"Siden er lavet af hopdocs [^<]*", b"", page)]

    assert make("one") == make("two")


def test_nobodys_number_is_in_any_file_or_line_that_comes_out(
    workspace: Path, files: tuple[Path, Path], tmp_path: Path
) -> None:
    known = {it for it in tmp_path.rglob("*") if it.is_file()}
    headless = write(tmp_path / "headless.csv", (NUMBERS[0], NUMBERS[1]), [(NUMBERS[2], NUMBERS[3])])
    known.add(headless)
    said = ""
    for costs, more in ((files[0], ()), (headless, ()), (files[0], ("--memory", "100")), (tmp_path / "none.csv", ())):
        done = run(
            "-w", workspace, "candidates", "--costs", costs, "--contacts", files[1], "--key", tmp_path / "k", *more
        )
        said += done.out + done.err
    written = [it for it in tmp_path.rglob("*") if it.is_file() and it not in known]
    assert len(written) == 4  # three results and the key
    plain = [it.read_bytes() for it in written if it.suffix != ".xlsx"]
    sheets = CalamineWorkbook.from_path(workspace / "out/_projekt/kandidater.xlsx")
    plain += [repr(sheets.get_sheet_by_name(name).to_python()).encode() for name in sheets.sheet_names]
    for text in (said.encode(), *plain):
        assert not TEN_DIGITS.search(text)
        assert not any(it.replace("-", "").encode() in text for it in NUMBERS)


def test_an_extract_without_a_row_that_can_be_used_gives_no_list(workspace: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "costs.csv", COSTS, [("", "", "", "", "x", "y")])
    done = run("-w", workspace, "candidates", "--costs", path, "--key", tmp_path / "k")
    assert (done.code, "HD897" in done.err) == (3, True)
    assert not (workspace / "out").exists()


def test_an_unknown_column_is_a_fault_of_usage(workspace: Path, tmp_path: Path) -> None:
    done = run("-w", workspace, "candidates", "--costs", tmp_path / "a.csv", "--column", "husstand=X")
    assert (done.code, "household" in done.err) == (2, True)
