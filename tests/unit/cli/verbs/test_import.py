"""Figures come in from a table: previewed, each row that is not taken with its reason, all files written or none."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from hopdocs.cli import safe_write
from hopdocs.sources.yaml.yaml_text import parse_yaml
from tests.unit.cli.figure_import.test_tables import workbook
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.running import Run

FAMILY = "hop-2026-007"
CASE = "26-012345"
OTHER, OTHERS_CASE = "hop-2025-003", "25-004182"
BARE = """\
id: HOP-2026-007
name: Familien Prøve
case_number: "26-012345"
start_date: 2026-06-01
members:
  ida: {name: Ida Prøve, role: parent, born: 1988-02-29, custody: true}
  bo: {name: Bo Prøve, role: child, born: 2015-06-01}
  eli: {name: Eli Prøve, role: child, born: 2010-06-01}
consents:
  - {member: ida, form_given: 2026-06-01, given: 2026-06-02, areas: [BF, BES, DU, SO, HP]}
  - {member: eli, form_given: 2026-06-01, given: 2026-06-02, areas: [BF, BES, DU, SO, HP]}
team:
  - {staff: rri, from: 2026-06-03}
meetings:
  - {id: intro, type: introduktionsmøde, date: 2026-06-10, start: "10.00", end: "11.00", place: havoern, status: held}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "ws", FAMILY, OTHER, "hop-2026-009", "hop-2026-002")


@pytest.fixture
def bare(root: Path) -> Path:
    """The workspace with a family of which nothing is measured yet."""
    write(root, BARE)
    return root


def write(root: Path, text: str) -> None:
    (root / "families" / f"{FAMILY}.yaml").write_text(text, "utf-8")


def text_of(root: Path, name: str = FAMILY) -> str:
    return (root / "families" / f"{name}.yaml").read_bytes().decode()


def bring(root: Path, table: str | bytes, *options: str) -> Run:
    path = root.parent / ("tal.csv" if isinstance(table, str) else "tal.xlsx")
    path.write_bytes(table.encode() if isinstance(table, str) else table)
    return run("-w", root, "--today", "2026-11-29", "import", "figures", path, *options)


def codes(shown: Run) -> list[tuple[str, int]]:
    return [(item["code"], item["line"]) for item in shown.shape["refused"]]


def test_a_preview_shows_what_would_change_and_writes_nothing(root: Path) -> None:
    before = text_of(root)
    shown = bring(root, f"Sagsnummer;Person;Måned;Fravær (%)\n{CASE};Sami;2026-11;28,5\n")
    assert shown.code == 0
    assert f"families/{FAMILY}.yaml\n  + b_skole_fravaer, sami, 2026-11: 28,5\n" in shown.out
    assert "--yes" in shown.out
    assert text_of(root) == before


def test_with_yes_the_lines_are_added_in_block_style_and_all_else_stays(root: Path) -> None:
    before = text_of(root)
    assert bring(root, f"Sagsnummer;Person;Måned;Fravær (%)\n{CASE};Sami;2026-11;28,5\n", "--yes").code == 0
    block = "    - key: b_skole_fravaer\n      for: [sami]\n      month: 2026-11\n      value: 28,5\n"
    block += "      source: register\n"
    after = text_of(root)
    assert block in after
    assert after.replace(block, "") == before


def test_a_second_run_changes_nothing(root: Path) -> None:
    table = f"Sagsnummer;Person;Måned;Fravær\n{CASE};Sami;2026-11;28,5\n"
    bring(root, table, "--yes")
    once = text_of(root)
    shown = bring(root, table, "--yes", "--format", "json")
    assert (shown.code, [change["step"] for change in shown.shape["changes"]]) == (0, ["keep"])
    assert text_of(root) == once


def test_another_value_is_refused_until_it_is_to_be_replaced_and_then_its_signs_alone_change(bare: Path) -> None:
    measured = (
        "measurements:\n  indicators:\n    - {key: skolefravær, for: [bo], month: 2026-10, value: 38} # set efter\n"
    )
    write(bare, BARE + measured)
    table = f"Sagsnummer;Person;Måned;Fravær\n{CASE};bo;2026-10;40\n"
    shown = bring(bare, table, "--yes")
    assert (shown.code, "HD832" in shown.err, text_of(bare)) == (1, True, BARE + measured)
    assert bring(bare, table, "--yes", "--replace").code == 0
    assert text_of(bare) == BARE + measured.replace("38", "40")


def test_all_kinds_come_into_a_file_where_nothing_is_measured_yet(bare: Path) -> None:
    write(bare, BARE + "\n# Slut.\nclosing:\n  date: 2026-11-20\n  reason: nået\n")
    bring(bare, f"Sag;Person;Måned;a_job;b_trivsel\n{CASE};ida;2026-10;12;\n{CASE};bo;2026-10;;6\n", "--yes")
    bring(bare, f"Sag;Måned;BF;BES\n{CASE};2026-09;18.200,00;0\n{CASE};2026-10;18.100,50;900\n", "--yes")
    bring(bare, f"Sag;Dato;Fagområde;Antal\n{CASE};1.6.2026;Børn og Familie;3\n{CASE};1.6.2026;BES;1\n", "--yes")
    after = text_of(bare)
    head, _, rest = after.partition("\nmeasurements:\n")
    assert head + rest[rest.index("\n# Slut.") :] == BARE + "\n# Slut.\nclosing:\n  date: 2026-11-20\n  reason: nået\n"
    measured = parse_yaml(after.encode(), "x.yaml").tree["measurements"]
    assert measured == {
        "indicators": [
            {"key": "a_job", "for": ["ida"], "month": "2026-10", "value": "12", "source": "register"},
            {"key": "b_trivsel", "for": ["bo"], "month": "2026-10", "value": "6", "source": "indtastet"},
        ],
        "costs": [
            {"month": "2026-09", "area": "BF", "amount": "18200"},
            {"month": "2026-09", "area": "BES", "amount": "0"},
            {"month": "2026-10", "area": "BF", "amount": "18100,5"},
            {"month": "2026-10", "area": "BES", "amount": "900"},
        ],
        "services": [{"date": "2026-06-01", "counts": {"BF": "3", "BES": "1"}}],
    }


def test_an_area_that_was_counted_later_comes_under_the_counts_of_that_day(bare: Path) -> None:
    bring(bare, f"Sag;Dato;BF\n{CASE};2026-06-01;3\n{CASE};2026-11-01;2\n", "--yes")
    bring(bare, f"Sag;Dato;BF;DU\n{CASE};2026-06-01;3;4\n", "--yes")
    assert "    - date: 2026-06-01\n      counts:\n        BF: 3\n        DU: 4\n    - date: 2026-11-01" in text_of(
        bare
    )


@pytest.mark.parametrize(
    "measured",
    [
        "measurements:\n  costs:\n  - month: 2026-08\n    area: BF\n    amount: 1\n# Slut.\n",
        "measurements:\n    baseline_interview: 2026-06-12\n    # husk resten\n\n# Slut.\npauses: []\n",
        "measurements:  # tal\n\nmoved_away: 2026-11-20\n",
        "measurements:\n  indicators:\n    - {key: a_job, for: [ida], month: 2026-08, value: 3}\n    # maj mangler",
        "pauses: []\n",
        "",
    ],
)
def test_lines_are_added_in_the_files_own_style_and_every_other_line_stays_where_it_was(
    bare: Path, measured: str
) -> None:
    write(bare, BARE + measured)
    assert bring(bare, f"Sag;Måned;BF\n{CASE};2026-09;100\n", "--yes").code == 0
    assert bring(bare, f"Sag;Person;Måned;a_job\n{CASE};ida;2026-09;9\n", "--yes").code == 0
    before, after = (BARE + measured).splitlines(), text_of(bare).splitlines()
    left = iter(after)
    assert all(line in left for line in before)
    assert len(after) - len(before) <= 12


def test_windows_line_ends_stay(bare: Path) -> None:
    (bare / "families" / f"{FAMILY}.yaml").write_bytes(BARE.replace("\n", "\r\n").encode())
    bring(bare, f"Sag;Måned;BF\n{CASE};2026-09;100\n", "--yes")
    after = text_of(bare)
    assert after.endswith(
        "measurements:\r\n  costs:\r\n    - month: 2026-09\r\n      area: BF\r\n      amount: 100\r\n"
    )
    assert after.count("\n") == after.count("\r\n")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("26-9;bo;2026-10;b_trivsel;6", "HD823"),
        ("26-014410;bo;2026-10;b_trivsel;6", "HD834"),
        ("26-000871;bo;2026-10;b_trivsel;6", "HD834"),
        (f"{CASE};mo;2026-10;b_trivsel;6", "HD825"),
        (f"{CASE};;2026-10;b_trivsel;6", "HD826"),
        (f"{CASE};ida;2026-10;b_trivsel;6", "HD826"),
        (f"{CASE};bo;2026-10;b_fritidsjob;6", "HD826"),
        (f"{CASE};bo;2026-10;b_trivsell;6", "HD827"),
        (f"{CASE};bo;2026-13;b_trivsel;6", "HD828"),
        (f"{CASE};bo;;b_trivsel;6", "HD828"),
        (f"{CASE};bo;2026-10;b_trivsel;seks", "HD828"),
        (f"{CASE};bo;2026-10;b_trivsel;45", "HD829"),
        (f"{CASE};bo;2026-12;b_trivsel;6", "HD830"),
        (f"{CASE};bo;2026-10;b_sdq;14", "HD279"),
    ],
)
def test_a_row_that_is_not_taken_is_told_with_its_place_and_the_others_are_taken(
    bare: Path, row: str, code: str
) -> None:
    table = f"Sag;Person;Måned;Indikator;Værdi\n{row}\n{CASE};eli;2026-10;Fritidsjob;6\n"
    shown = bring(bare, table, "--format", "json")
    assert (shown.code, codes(shown)) == (1, [(code, 2)])
    assert [(change["member"], change["row"]) for change in shown.shape["changes"]] == [("eli", 3)]


def test_cells_that_were_merged_over_rows_leave_a_case_number_that_is_missing_by_its_own_head(bare: Path) -> None:
    rows: list[list[object]] = [["Sags-nr.", "Barnets navn", "Måned", "Fravær"]]
    rows += [[CASE, "bo", "2026-10", 6], ["", "eli", "2026-10", 7]]
    shown = bring(bare, workbook(Fravær=rows))
    assert 'Fravær!A3: error HD828: a cell cannot be read: "Sags-nr." has no value' in shown.err
    assert "b_skole_fravaer, bo, 2026-10: 6" in shown.out


def test_what_no_column_can_hold_is_not_left_out_in_silence(bare: Path) -> None:
    table = f"Sag;Person;Måned;b_trivsel;Spm 1\n{CASE};bo;2026-10;6;7\n"
    shown = bring(bare, table, "--map", "Spm 1=f_oplevelse_11")
    assert shown.code == 2
    assert "f_oplevelse_11" in shown.err
    assert bring(bare, table, "--map", "Spm 1=Fritidsjob").code != 2


def test_of_many_rows_with_one_fault_the_first_are_told_and_the_others_counted(bare: Path) -> None:
    table = "Sag;Person;Måned;b_trivsel\n" + "".join(f"99-{number};x;2026-10;6\n" for number in range(25))
    shown = bring(bare, table)
    assert shown.err.count("error HD823") == 20
    assert "HD823: 5 more rows" in shown.err
    assert len(bring(bare, table, "--format", "json").shape["refused"]) == 25


def test_a_cost_and_a_count_are_replaced_where_they_stand(bare: Path) -> None:
    measured = (
        "measurements:\n  services:\n    - date: 2026-06-01\n      counts: {BF: 1, DU: 2}\n"
        "  costs:\n    - {month: 2026-09, area: BF, amount: 1}\n"
    )
    write(bare, BARE + measured)
    bring(bare, f"Sag;Dato;DU\n{CASE};2026-06-01;4\n", "--yes", "--replace")
    bring(bare, f"Sag;Måned;BF\n{CASE};2026-09;7,5\n", "--yes", "--replace")
    assert text_of(bare) == BARE + measured.replace("DU: 2", "DU: 4").replace("amount: 1}", "amount: 7.5}")


def test_a_line_that_waits_for_its_value_gets_it_and_who_answered(bare: Path) -> None:
    lines = (
        "    - key: b_trivsel\n      for: [bo]\n      month: 2026-10\n      value:            # 0-10\n"
        "    - key: b_sdq\n      for: [bo]\n      month: 2026-10\n      value:\n"
    )
    write(bare, f"{BARE}measurements:\n  indicators:\n{lines}")
    table = f"Sag;Person;Måned;b_trivsel;b_sdq;b_dagtilbud_start;Oplyst af\n{CASE};bo;2026-10;6,5;14;ja;Mor\n"
    assert bring(bare, table, "--yes").code == 0
    filled = lines.replace("value:            # 0-10\n", "value: 6,5            # 0-10\n      informant: Mor\n")
    filled = f"{filled[:-1]} 14\n      informant: Mor\n"
    after = text_of(bare)
    assert f"  indicators:\n{filled}    - key: b_dagtilbud_start\n" in after
    assert "      value: ja\n" in after
    assert bring(bare, table, "--yes").code == 0
    assert text_of(bare) == after


def test_a_member_is_found_by_whole_name_in_either_order_and_by_day_of_birth(bare: Path) -> None:
    table = f'Sag,Navn,Født,Måned,b_trivsel\n{CASE},"Prøve, Bo",,2026-10,6\n{CASE},,1.6.2010,2026-10,7\n'
    shown = bring(bare, table, "--format", "json")
    assert [change["member"] for change in shown.shape["changes"]] == ["bo", "eli"]
    both = bring(bare, f"Sag;Navn;Født;Måned;b_trivsel\n{CASE};Bo;1.6.2010;2026-10;6\n", "--format", "json")
    assert codes(both) == [("HD825", 2)]


def test_the_same_row_twice_counts_once_and_two_values_are_refused(bare: Path) -> None:
    table = "Sag;Person;Måned;b_trivsel\n" + "".join(f"{CASE};bo;2026-10;{number}\n" for number in (6, 6, 7))
    shown = bring(bare, table, "--format", "json")
    assert codes(shown) == [("HD833", 4)]
    assert len(shown.shape["changes"]) == 1


def test_nothing_like_a_cpr_number_comes_out_again(bare: Path) -> None:
    number = "010203" + "-" + "1234"
    shown = bring(bare, f"Sag;Person;Måned;b_trivsel\n{CASE};{number};2026-10;6\n{number};bo;2026-10;6\n")
    assert shown.code == 1
    assert number not in shown.out + shown.err


@pytest.mark.parametrize("number", ["010203" + "1234", "10203" + "1234", "10203" + "1234,00"])
def test_a_cpr_number_in_a_column_of_numbers_never_becomes_an_amount(bare: Path, number: str) -> None:
    before = text_of(bare)
    shown = bring(bare, f"Sag;Måned;Fagområde;Beløb\n{CASE};2026-10;BF;{number}\n", "--yes", "--format", "json")
    assert codes(shown) == [("HD127", 2)]
    assert text_of(bare) == before


def test_numbers_that_a_spreadsheet_counted_and_those_in_its_own_names_are_not_repeated(bare: Path) -> None:
    number, counted = "010203" + "-" + "1234", int("10203" + "1234")
    heads: list[object] = ["Sag", "Elev", "Måned", "Fravær", number]
    rows: list[list[object]] = [heads, [CASE, counted, "2026-10", 6], [counted, "bo", "2026-10", 6]]
    rows += [[CASE, "bo", counted, 6], [CASE, "bo", "2026-10", counted], [CASE, "bo", "2026-10", 6]]
    sheets: dict[str, list[list[object]]] = {number: rows, f"{number} b": [["x"]]}
    data = workbook(**sheets)
    for options in ((), ("--format", "json")):
        shown = bring(bare, data, *options)
        assert number not in shown.out + shown.err
        assert str(counted) not in shown.out + shown.err
    assert len(shown.shape["changes"]) == 1


def test_a_file_that_is_named_by_a_number_is_not_called_so(bare: Path) -> None:
    number = "010203" + "-" + "1234"
    path = bare.parent / f"{number}.csv"
    path.write_text("x;y\n1;2\n", "utf-8")
    for file in (path, path.with_suffix(".xlsx")):
        shown = run("-w", bare, "import", "figures", file)
        assert shown.code
        assert number not in shown.out + shown.err


def test_a_number_that_the_file_cannot_hold_is_a_fault_of_the_row_and_not_of_the_file(bare: Path) -> None:
    shown = bring(bare, f"Sag;Dato;Fagområde;Antal\n{CASE};2026-10-01;BF;100000000\n", "--format", "json")
    assert codes(shown) == [("HD831", 2)]


def test_a_workbook_is_read_sheet_by_sheet_and_a_cell_is_named_as_the_program_names_it(bare: Path) -> None:
    from datetime import date  # noqa: PLC0415

    rows: list[list[object]] = [["Udtræk"], ["Sag", "Elev", "Måned", "Fravær"]]
    rows += [[CASE, "bo", date(2026, 10, 1), 31], [CASE, "bo", date(2026, 12, 1), 31]]
    shown = bring(bare, workbook(Fravær=rows, Noter=[["x"]]), "--format", "json")
    assert [(item["code"], item["place"]) for item in shown.shape["refused"]] == [("HD830", "Fravær!C4")]
    assert [change["value"] for change in shown.shape["changes"]] == ["31"]


def test_a_workbooks_shares_are_not_taken_for_percents(bare: Path) -> None:
    rows: list[list[object]] = [["Sag", "Elev", "Måned", "Fravær"]]
    rows += [[CASE, "bo", "2026-09", 0.31], [CASE, "bo", "2026-10", 1], [CASE, "bo", "2026-11", 12]]
    shown = bring(bare, workbook(Fravær=rows), "--format", "json")
    assert [item["code"] for item in shown.shape["refused"]] == ["HD838", "HD838"]
    assert [change["value"] for change in shown.shape["changes"]] == ["12"]


def test_heads_that_nobody_knows_are_told_and_can_be_said(bare: Path) -> None:
    table = f"Sag;Pige el. dreng;Hvornår;Tal;Andet\n{CASE};bo;oktober 2026;6;x\n"
    assert "HD821" in bring(bare, table).err
    told = ("--map", "Pige el. dreng=person", "--map", "Hvornår=måned", "--map", "Tal=b_trivsel")
    shown = bring(bare, table, *told, "--format", "json")
    assert (shown.code, shown.shape["unused"]) == (0, ["Andet"])
    assert "HD824" in bring(bare, f"Sag;Elev;Barn;Måned;b_trivsel\n{CASE};bo;bo;2026-10;6\n").err
    assert bring(bare, table, "--set", "månedd=2026-10").code == 2


@pytest.mark.parametrize("what", ["figures", "costs"])
def test_what_was_exported_comes_back_and_changes_nothing(root: Path, what: str) -> None:
    out = root.parent / "ud.csv"
    assert run("-w", root, "--today", "2026-11-29", "export", what, "--out", out).code == 0
    shown = bring(root, out.read_bytes().decode(), "--format", "json")
    assert (shown.code, {change["step"] for change in shown.shape["changes"]}) == (0, {"keep"})


def test_the_answers_to_a_survey_become_their_mean_in_the_month_that_it_is_about(bare: Path) -> None:
    answers = "Sag;Spm 5;Spm 6;Navn\n" + "".join(f"{CASE};{a};{b};Ida\n" for a, b in ((4, 3), (5, 3), (2, "")))
    told = ("--map", "Spm 5=m_oplevelse_5", "--map", "Spm 6=m_oplevelse_6", "--set", "moment=start")
    assert bring(bare, answers, *told, "--yes").code == 0
    after = text_of(bare)
    assert "- key: m_oplevelse_5\n      month: 2026-06\n      value: 3,7\n" in after
    assert "- key: m_oplevelse_6\n      month: 2026-06\n      value: 3\n" in after
    assert codes(bring(bare, answers, *told[:4], "--set", "moment=slut", "--format", "json"))[0] == ("HD837", 2)


@pytest.mark.parametrize(
    "measured", ["measurements: {}", "measurements:\n  costs: [{month: 2026-08, area: BF, amount: 1}]"]
)
def test_a_file_without_room_for_lines_stays_and_its_rows_are_told(bare: Path, measured: str) -> None:
    write(bare, f"{BARE}{measured}\n")
    shown = bring(bare, f"Sag;Måned;BF\n{CASE};2026-09;100\n", "--yes")
    assert (shown.code, "HD836" in shown.err) == (1, True)
    assert text_of(bare) == f"{BARE}{measured}\n"


def test_a_family_whose_file_has_a_fault_is_left_alone(bare: Path) -> None:
    write(bare, BARE.replace("role: child", "role: chil", 1))
    shown = bring(bare, f"Sag;Måned;BF\n{CASE};2026-09;100\n", "--yes", "--format", "json")
    assert codes(shown) == [("HD835", 2)]


def test_no_file_is_written_where_one_of_them_cannot_be(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: text_of(bare, name) for name in (FAMILY, OTHER)}
    table = f"Sag;Måned;SO\n{OTHERS_CASE};2026-09;100\n{CASE};2026-09;100\n"
    lay = safe_write._lay_beside

    def somebody_saves(path: Path, data: bytes) -> Path:
        if path.name == f"{FAMILY}.yaml":
            path.write_text(before[FAMILY] + "# imens\n", "utf-8")
        return lay(path, data)

    monkeypatch.setattr(safe_write, "_lay_beside", somebody_saves)
    shown = bring(bare, table, "--yes")
    assert (shown.code, "HD592" in shown.err) == (3, True)
    assert text_of(bare, OTHER) == before[OTHER]
    assert text_of(bare) == before[FAMILY] + "# imens\n"
    assert not list((bare / "families").glob(".*.tmp"))


def test_a_cell_in_which_the_spreadsheet_shows_an_error_is_counted_as_one_without_a_number(bare: Path) -> None:
    kept, before = io.BytesIO(), text_of(bare)
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Ark1")
        sheet.write_row(0, 0, ("Sag", "Person", "Måned", "Indikator", "Værdi"))
        sheet.write_row(1, 0, (CASE, "bo", "2026-10", "b_skole_fravaer"))
        sheet.write_formula(1, 4, "=1/0", value="#DIV/0!")
    shown = bring(bare, kept.getvalue(), "--yes")
    assert "1 without a number" in shown.out + shown.err
    assert text_of(bare) == before
