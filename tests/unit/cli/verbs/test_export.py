"""`hopdocs export` on sample families, as a coordinator runs it."""

from __future__ import annotations

import csv
import io
import json
import shutil
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from python_calamine import CalamineWorkbook

from hopdocs.figures.course import CourseFigures
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-29"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_workspace(tmp_path_factory.mktemp("export") / "ws", "hop-2025-003", "hop-2026-002", "hop-2026-009")


def export(root: Path, *words: str | Path) -> str:
    result = run("-w", root, "--today", DAY, "export", *words)
    assert result.code == 0, result.err
    return result.out


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


def shape_of(root: Path, *words: str) -> Any:
    return json.loads(export(root, *words, "--format", "json"))


@pytest.mark.parametrize("words", ["figures --publishable", "costs", "deadlines", "meetings"])
def test_no_family_and_nobody_in_it_is_named(root: Path, words: str) -> None:
    text = export(root, *words.split()).casefold()
    assert text.startswith("\ufeffsagsnummer;")
    for name in ("fjordglimt", "regnbuehøj", "stjernekast", "signe", "malthe", "viggo"):
        assert name not in text


def test_values_are_those_of_the_file(root: Path) -> None:
    found = [row for row in rows_of(export(root, "figures")) if row["indikator"] == "b_skole_fravaer"]
    assert found[0]["sagsnummer"] == "25-004182"
    assert (found[0]["måned"], found[0]["værdi"], found[0]["enhed"]) == ("2025-05", "38", "%")


def test_services_of_each_draw_stand_among_the_values(root: Path) -> None:
    rows = [row for row in rows_of(export(root, "figures")) if row["indikator"] == "f_ydelser"]
    first = {row["fagområde"]: row["værdi"] for row in rows if row["måned"] == "2025-05-13"}
    assert first == {"BF": "3", "BES": "2", "HP": "1", "DU": "3"}


def test_a_family_that_took_its_consent_back_gives_no_figures(root: Path) -> None:
    cases = {course["case"]: course for course in shape_of(root, "figures")["courses"]}
    assert len(cases) == 3
    told = [case for case, course in cases.items() if course["measured"] or course["costs"] or course["meetings"]]
    assert told == ["25-004182"]
    for what in ("costs", "meetings"):
        assert {row["case"] for row in shape_of(root, what)["rows"]} == {"25-004182"}


def test_courses_are_read_back_from_the_json(root: Path) -> None:
    for course in shape_of(root, "figures")["courses"]:
        assert CourseFigures.from_json(course).as_json() == course


@pytest.mark.parametrize("what", ["figures", "costs", "deadlines", "meetings"])
def test_what_is_written_is_as_the_schema_says(root: Path, what: str) -> None:
    jsonschema.validate(shape_of(root, what), run("schema", "export").shape)


def test_the_schema_refuses_a_course_without_its_case(root: Path) -> None:
    shape = shape_of(root, "figures")
    del shape["courses"][0]["case"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(shape, run("schema", "export").shape)


def test_a_publishable_export_knows_no_case_number_and_no_key(root: Path) -> None:
    text = export(root, "figures", "--publishable", "--format", "json")
    assert json.loads(text)["publishable"] is True
    assert "25-004182" not in text
    assert "malthe" not in text
    assert "25-004182" not in export(root, "costs", "--publishable")


@pytest.mark.parametrize(
    ("taken_back", "gone", "left"),
    [
        ("", "", "b_sdq a_tilbud f_kontakt"),
        ("{date: 2026-11-02}", "b_sdq a_tilbud", "f_kontakt m_oplevelse_5"),
    ],
)
@pytest.mark.parametrize("others", ["", "--publishable"])
@pytest.mark.parametrize("day", [DAY, "2028-11-29"])
def test_of_who_took_everything_back_no_figures_leave(  # noqa: PLR0913, PLR0917 - what differs
    tmp_path: Path, taken_back: str, gone: str, left: str, day: str, others: str
) -> None:
    """Time alone takes nothing away: a project is summed up when its consents have run out."""
    root = make_workspace(tmp_path / "ws", "hop-2025-003")
    path = root / "families" / "hop-2025-003.yaml"
    signed = "    given: 2026-04-21\n    areas: [BF, BES, HP, DU]\n"
    text = path.read_text(encoding="utf-8")
    assert signed in text
    path.write_text(text.replace(signed, f"{signed}    withdrawn: [{taken_back}]\n"), encoding="utf-8")
    for output in ("csv", "json"):
        result = run("-w", root, "--today", day, "export", "figures", *others.split(), "--format", output)
        values = result.out.partition('"courses"')[2] or result.out
        assert [word for word in left.split() if word not in values] == []
        assert [word for word in gone.split() if word in values] == []
    assert ('"attended": true' in result.out) is not bool(taken_back)


def test_a_workbook_has_values_courses_and_costs(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "tal.xlsx"
    export(root, "figures", "--out", target)
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == ["Værdier", "Forløb", "Udgifter"]
    assert len(book.get_sheet_by_name("Forløb").to_python()) == 4
    assert target.stat().st_mode & 0o777 == 0o600


def test_two_exports_of_the_same_files_are_the_same_bytes(root: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        export(root, "deadlines", "--out", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_file_that_is_there_is_only_written_over_when_asked(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "udgifter.csv"
    target.write_text("mit")
    assert run("-w", root, "--today", DAY, "export", "costs", "--out", target).code == 3
    assert target.read_text() == "mit"
    export(root, "costs", "--out", target, "--replace")
    assert target.read_bytes() == export(root, "costs").encode()


def test_a_workbook_needs_a_file(root: Path) -> None:
    assert run("-w", root, "export", "costs", "--format", "xlsx").code == 2


def test_the_days_of_deadlines_show_no_key_of_a_member(root: Path) -> None:
    rows = rows_of(export(root, "deadlines"))
    assert {"data_draw_6", "assessment"} <= {row["slags"] for row in rows}
    assert not [row for row in rows if ":" in row["slags"]]
    late = [row for row in rows if row["overskredet"] == "ja"]
    assert late
    assert all(row["gjort"] == "" and row["senest"] < DAY for row in late)


def test_a_home_is_no_address(root: Path) -> None:
    places = {row["sted"] for row in rows_of(export(root, "meetings"))}
    assert "i hjemmet" in places
    assert not any("home:" in place for place in places)


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2025-003")
    (root / "families" / "hop-2026-050.yaml").write_text("id: [")
    result = run("-w", root, "--today", DAY, "export", "costs")
    assert result.code == 1
    assert "hop-2026-050.yaml" in result.err
    assert "25-004182" in result.out


@pytest.mark.parametrize(
    ("copy", "code"), [("hop-2026-099", "HD200"), ("hop-2025-003 (conflicted copy 2026-11-21 101112)", "HD507")]
)
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("figures --publishable --format json", "forløb 1"),
        ("meetings", "25-004182"),
        ("calendar mmo", "BEGIN:VEVENT"),
    ],
)
def test_of_two_files_of_one_family_neither_is_told(
    tmp_path: Path, words: str, told: str, copy: str, code: str
) -> None:
    """The older may still have a consent that the newer has taken back."""
    root = make_workspace(tmp_path / "ws", "hop-2025-003")
    family = root / "families" / "hop-2025-003.yaml"
    assert told in export(root, *words.split())
    shutil.copy(family, family.with_stem(copy))
    result = run("-w", root, "--today", DAY, "export", *words.split())
    assert (result.code, code in result.err, told in result.out) == (1, True, False)


def test_figures_that_are_off_their_scale_are_told_and_left_out(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2025-003")
    path = root / "families" / "hop-2025-003.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 19\n", "value: 99\n"), encoding="utf-8")
    result = run("-w", root, "--today", DAY, "export", "figures")
    assert result.code == 1
    assert "HD297" in result.err
    assert "25-004182" not in result.out


def test_an_investment_is_told_with_what_it_rests_on(root: Path) -> None:
    lines = export(root, "investment").splitlines()
    assert lines[1].startswith("Tjent hjem fra og med ")
    assert "Udgifterne holdes op mod gennemsnittet af forløbets første 3 måneder." in lines
    assert any("kontrolgruppe" in line for line in lines)


def test_an_investment_s_workbook_is_the_same_twice_and_names_nobody(root: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        export(root, "investment", "--publishable", "--out", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    sheet = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name("Udgifter")
    assert {row[0] for row in sheet.to_python()[1:]} == {"forløb 1"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{method: fixed}", "HD840"),
        ("{baseline: {BF: 40000}}", "HD841"),
        ("{method: trend, months: 1}", "HD842"),
        ("{months: 0}", "HD842"),
        ("{share_area: {BF: 60, DU: 30}}", "HD843"),
    ],
)
def test_assumptions_that_cannot_hold_are_told_with_their_line(tmp_path: Path, written: str, code: str) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2025-003")
    with (root / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\ninvestment: {written}\n")
    result = run("-w", root, "--today", DAY, "export", "investment")
    assert result.code == 1
    assert code in result.err
    assert "config.yaml:" in result.err


def test_an_area_that_nobody_knows_is_told(tmp_path: Path) -> None:
    root = make_workspace(tmp_path / "ws", "hop-2025-003")
    with (root / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("\ninvestment: {method: fixed, baseline: {XX: 1}}\n")
    result = run("-w", root, "--today", DAY, "export", "investment")
    assert result.code == 1
    assert "XX" in result.err


def test_a_calendar_is_found_by_a_first_name_and_written_over_each_time(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "min.ics"
    for _ in range(2):
        export(root, "calendar", "mmo", "--out", target, "--replace")
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert target.read_bytes() == export(root, "calendar", "MMO").encode()
    assert target.stat().st_mode & 0o777 == 0o600


def test_nobody_s_calendar_is_a_wrong_use(root: Path) -> None:
    assert run("-w", root, "export", "calendar", "zzz").code == 2
