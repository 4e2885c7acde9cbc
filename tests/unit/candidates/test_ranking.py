"""Households are added up, named anew, measured against the target group and ranked; refused rows are told."""

from __future__ import annotations

import hashlib
import hmac
import random
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from hopdocs.candidates.columns import Column
from hopdocs.candidates.ranking import Order, Ranking, rank_households
from hopdocs.candidates.reading import Period, Reason
from hopdocs.errors import EnvironmentFault
from tests.unit.candidates.extracts import AREAS, CONTACTS, COSTS, GROUPS, KEY, number, wanted, write

if TYPE_CHECKING:
    from pathlib import Path


def pseudonym(household: str) -> str:
    """As docs/candidates.md says it."""
    sign = hmac.new(KEY, household.encode(), hashlib.sha256).hexdigest()[:16]
    return sign.translate(str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv"))


def refusals(ranking: Ranking) -> list[tuple[str, Reason, int, tuple[int, ...]]]:
    return [(it.name, it.reason, it.count, it.rows) for it in ranking.refused]


def test_a_household_is_its_expenses_its_areas_and_its_groups_under_its_keyed_hash(tmp_path: Path) -> None:
    rows = [
        ("H7", number(1), "BF", "Anbringelse, netværk", "1.234.567,50", "01-03-2026"),
        ("H7", number(2), "Jobcenter", "Kontanthjælp", "12.000", "30-04-2026"),
        ("H7", number(2), "Jobcenter", "Tilbagebetaling", "2.000,50-", "30-04-2026"),
        ("H7", number(2), "Vej og park", "", "100", "30-04-2026"),
        ("H8", number(3), "børn og familie", "", "1,00", "01-05-2026"),
        ("H8", number(3), "DU", "", "1,00", "01-05-2026"),
        ("H9", number(4), "BF", "", "99.000.000", "01-05-2026"),
    ]
    ranking = rank_households(wanted(write(tmp_path / "costs.csv", COSTS, rows)))
    first, second = ranking.households
    assert (first.pseudonym, first.people, first.cost) == (pseudonym("H7"), 2, Decimal("1244667.00"))
    assert first.costs == {"BF": Decimal("1234567.50"), "BES": Decimal("9999.50"), "": Decimal(100)}
    assert (first.areas, first.groups) == (("BES", "BF"), ("Anbragte", "Overførselsindkomst"))
    assert second.pseudonym == pseudonym("H8")  # H9 has one area alone
    assert (ranking.all_households, ranking.in_target_group, ranking.unknown_areas) == (3, 2, 1)
    assert (ranking.rows, ranking.first, ranking.last) == (7, date(2026, 3, 1), date(2026, 5, 1))


def test_contacts_by_person_count_for_the_household_where_the_expenses_know_the_person_last(tmp_path: Path) -> None:
    costs = [
        ("H1", number(1), "BF", "", "10", "2026-01-01"),
        ("H2", number(1), "BF", "", "5", "2026-06-01"),
        ("H2", number(2), "DU", "", "5", "2026-06-01"),
    ]
    met = [
        *[(number(1, dash=""), unit, "2026-06-02") for unit in ("Team Syd", "team syd ", "Jobcenter")],
        (number(99), "Team Syd", "2026-06-02"),
    ]
    ranking = rank_households(
        wanted(write(tmp_path / "costs.csv", COSTS, costs), contacts=[write(tmp_path / "contacts.csv", CONTACTS, met)])
    )
    (household,) = ranking.households
    assert (household.pseudonym, household.contact_points, household.contacts) == (pseudonym("H2"), 2, 3)
    assert ranking.without_household == 1


def test_the_order_may_be_by_contacts_or_by_both_places(tmp_path: Path) -> None:
    costs = [
        (name, "", area, "", amount, "2026-01-01")
        for name, amount in (("A", 9), ("B", 8), ("C", 1))
        for area in ("BF", "DU")
    ]
    met = [(name, unit, "2026-01-01") for name, units in (("A", "x"), ("B", "xy"), ("C", "xyz")) for unit in units]
    files = (
        write(tmp_path / "costs.csv", COSTS, costs),
        write(tmp_path / "contacts.csv", ("Husstand", "Enhed", "Dato"), met),
    )

    def names(order: Order) -> list[str]:
        ranking = rank_households(wanted(files[0], contacts=[files[1]], order=order, top=2))
        return [it.pseudonym for it in ranking.households]

    assert names(Order.COST) == [pseudonym("A"), pseudonym("B")]
    assert names(Order.CONTACTS) == [pseudonym("C"), pseudonym("B")]
    assert names(Order.TOGETHER) == [pseudonym("A"), pseudonym("B")]


def test_every_row_that_cannot_be_used_is_counted_with_its_reason_and_its_place(tmp_path: Path) -> None:
    rows = [
        ("H1", number(1), "BF", "", "10", "2026-01-01"),
        ("H1", number(1), "BF", "", "10"),
        ("H1", number(1), "BF", "", "ti kroner", "2026-01-01"),
        (" ", number(1), "BF", "", "10", "2026-01-01"),
        ("H1", number(1), "BF", "", "10", "2026-02-30"),
        ("H1", number(1), "BF", "", "10", "2025-12-31"),
        ("H1", number(1), "DU", "", "10", "2026-01-31"),
    ]
    path = write(tmp_path / "costs.csv", COSTS, rows)
    ranking = rank_households(wanted(path, period=Period(date(2026, 1, 1), None)))
    assert refusals(ranking) == [
        ("costs.csv", Reason.NO_ROW, 1, (3,)),
        ("costs.csv", Reason.NO_HOUSEHOLD, 1, (5,)),
        ("costs.csv", Reason.NO_AMOUNT, 1, (4,)),
        ("costs.csv", Reason.NO_DAY, 1, (6,)),
        ("costs.csv", Reason.OUTSIDE, 1, ()),
    ]
    assert ranking.all_cost == Decimal(20)


@pytest.mark.parametrize("end", ["", 'and "closed" again', '2"', '"'])
def test_rows_behind_a_quotation_mark_that_nothing_ends_are_all_counted_as_left_out(tmp_path: Path, end: str) -> None:
    rows = [("H1", number(1), "BF", "", "10", "2026-01-01")] * 40
    rows[9] = ("H1", number(1), "BF", '"Broen', "10", "2026-01-01")
    rows[29] = ("H1", number(1), "BF", end, "10", "2026-01-01")
    ranking = rank_households(wanted(write(tmp_path / "costs.csv", COSTS, rows), other_areas=0))
    ((_, reason, count, places),) = refusals(ranking)
    assert (reason, places) == (Reason.NO_ROW, (11,))
    assert ranking.rows + count == len(rows)
    assert ranking.all_cost == 10 * ranking.rows


def test_a_remark_of_several_lines_is_part_of_its_row(tmp_path: Path) -> None:
    rows = [("H1", number(1), "BF", '"to\nlinjer; og ""mere"""', "10", "2026-01-01")] * 3
    ranking = rank_households(wanted(write(tmp_path / "costs.csv", COSTS, rows), other_areas=0))
    assert (ranking.rows, refusals(ranking)) == (3, [])


def test_broken_lines_are_told_of_the_one_of_two_files_of_a_name_that_has_them(tmp_path: Path) -> None:
    row = ("H1", number(1), "BF", "", "10", "2026-01-01")
    paths = [tmp_path / year / "costs.csv" for year in ("2025", "2026")]
    for path, broken in zip(paths, ([], [row[:3]]), strict=True):
        path.parent.mkdir()
        write(path, COSTS, [row, *broken])
    assert refusals(rank_households(wanted(*paths, other_areas=0))) == [("costs.csv", Reason.NO_ROW, 1, (3,))]


@pytest.mark.parametrize("mark", [";", ","])
def test_a_head_may_be_broken_into_lines_as_in_a_narrow_column(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "costs.csv"
    heads = mark.join(('"Husstands-\nnr."', '"Beløb\ni alt"', "Dato"))
    path.write_text(f"{heads}\nH1{mark}10{mark}2026-01-01\n", "utf-8")
    found = rank_households(wanted(path, required_area=None, other_areas=0, columns={Column.AMOUNT: "Beløb i alt"}))
    assert (found.all_cost, refusals(found)) == (Decimal(10), [])


@pytest.mark.parametrize(
    ("amounts", "sums"),
    [
        (("1.234,5", "2"), "1236.50"),
        (("1.234", "2.000"), "3234.00"),
        (("1234.50", "2.25-"), "1232.25"),
        (("1,5", "1.2345,0"), "1.50"),
    ],
)
def test_amounts_are_read_in_the_form_of_their_file_and_never_guessed(
    tmp_path: Path, amounts: tuple[str, str], sums: str
) -> None:
    rows = [("H1", number(1), area, "", it, "2026-01-01") for area, it in zip(("BF", "BF"), amounts, strict=True)]
    assert rank_households(wanted(write(tmp_path / "costs.csv", COSTS, rows))).all_cost == Decimal(sums)


@pytest.mark.parametrize(
    "day", ["2026-11-01", "01-11-2026", "01.11.2026", "1/11/2026", "2026-11", "202611", "20261101"]
)
def test_days_are_read_in_the_forms_that_systems_write(tmp_path: Path, day: str) -> None:
    path = write(tmp_path / "costs.csv", COSTS, [("H1", number(1), "BF", "", "1", day)])
    assert rank_households(wanted(path)).first == date(2026, 11, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_an_extract_may_be_written_as_windows_or_anybody_else_writes(tmp_path: Path, encoding: str) -> None:
    rows = [
        ("Ærø-1", number(1), "Børn og Familie", "", "1,5", "2026-01-01"),
        ("Ærø-1", number(1), "DU", "", "1", "2026-01-01"),
    ]
    ranking = rank_households(wanted(write(tmp_path / "costs.csv", COSTS, rows, encoding)))
    assert [it.pseudonym for it in ranking.households] == [pseudonym("Ærø1")]


def test_letters_of_windows_far_down_a_file_do_not_lose_their_rows(tmp_path: Path) -> None:
    rows = [("H1", number(it), "BF", "x" * 40, "1", "2026-01-01") for it in range(20_000)]
    path = write(
        tmp_path / "costs.csv", COSTS, [*rows, ("H1", number(1), "Børn og Familie", "", "1", "2026-01-01")], "cp1252"
    )
    text = path.read_bytes()
    assert not (text[: 1 << 20].isascii() is False and text.isascii())
    path.write_bytes(
        text.replace("Fagområde;".encode("cp1252"), b"Area;")
        .replace("Beløb".encode("cp1252"), b"Amount")
        .replace("Bogføringsdato".encode("cp1252"), b"Date")
    )
    assert path.read_bytes()[: 1 << 20].isascii()
    ranking = rank_households(wanted(path))
    assert (ranking.rows, ranking.refused, ranking.unknown_areas) == (20_001, (), 0)


def test_a_workbook_that_dropped_the_first_zero_of_a_number_means_the_same_household(tmp_path: Path) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 - for this test alone

    household = "0" + number(1, dash="")[1:]
    with Workbook(tmp_path / "costs.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COSTS)
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(1, 0, [int(household), int(household), "BF", "", 10.5])
        sheet.write_datetime(1, 5, pd.Timestamp(2026, 11, 1).to_pydatetime(), day)
    rows = [(household, household, "DU", "", "1", "2026-11-02")]
    ranking = rank_households(wanted(tmp_path / "costs.xlsx", write(tmp_path / "costs.csv", COSTS, rows)))
    (found,) = ranking.households
    assert (found.pseudonym, found.people, found.cost) == (pseudonym(household), 1, Decimal("11.50"))
    assert ranking.refused == ()


def test_a_column_with_a_head_that_nobody_foresaw_may_be_named(tmp_path: Path) -> None:
    heads = ("HUSNR_X", *COSTS[1:])
    path = write(tmp_path / "costs.csv", heads, [("H1", number(1), "BF", "", "1", "2026-01-01")])
    with pytest.raises(EnvironmentFault) as fault:
        rank_households(wanted(path))
    assert (fault.value.code, fault.value.params["column"]) == ("HD891", "household")
    assert rank_households(wanted(path, columns={Column.HOUSEHOLD: "husnr x"})).all_households == 1


def test_what_does_not_fit_into_memory_is_said_and_not_laid_on_the_disk(tmp_path: Path) -> None:
    rows = [(f"H{it}", number(it), "BF", f"ydelse {it}", "1", "2026-01-01") for it in range(60_000)]
    with pytest.raises(EnvironmentFault) as fault:
        rank_households(wanted(write(tmp_path / "costs.csv", COSTS, rows), memory_megabytes=8))
    assert fault.value.code == "HD895"
    assert [it.name for it in tmp_path.iterdir()] == ["costs.csv"]


def test_pandas_comes_to_the_same_list(tmp_path: Path) -> None:
    dice = random.Random(20261129)  # noqa: S311 - no secret
    areas, kinds = ["BF", "DU", "BES", "HP", "ukendt"], ["Anbringelse", "Kontanthjælp", "Sygedagpenge", "Andet"]
    costs = [
        (
            f"H{(it := dice.randrange(900)) // 3}",
            number(it),
            dice.choice(areas[: 1 + it % 5]),
            dice.choice(kinds),
            f"{dice.randrange(-50_000, 900_000) / 100:.2f}".replace(".", ","),
            f"2026-{dice.randrange(1, 13):02}-15",
        )
        for _ in range(8_000)
    ]
    met = [
        (number(it := dice.randrange(1_000)), f"Enhed {dice.randrange(1 + it % 9)}", "2026-05-05") for _ in range(3_000)
    ]
    files = write(tmp_path / "costs.csv", COSTS, costs), write(tmp_path / "contacts.csv", CONTACTS, met)
    ranking = rank_households(wanted(files[0], contacts=[files[1]]))

    spent = pd.read_csv(files[0], sep=";", decimal=",", dtype={"CPR-nr": str})
    spent["Beløb"] = (spent["Beløb"] * 100).round().astype("int64")
    spent["area"] = spent["Fagområde"].str.lower().map(AREAS)
    last = spent.sort_values("Bogføringsdato").groupby("CPR-nr")["Husstandsnr."].last()
    seen = pd.read_csv(files[1], sep=";", dtype={"CPR-nr": str})
    seen["home"] = seen["CPR-nr"].map(last)
    each = pd.DataFrame(
        {
            "cost": spent.groupby("Husstandsnr.")["Beløb"].sum(),
            "people": spent.groupby("Husstandsnr.")["CPR-nr"].nunique(),
            "others": spent[spent["area"] != "BF"].groupby("Husstandsnr.")["area"].nunique(),
            "points": seen.groupby("home")["Enhed"].nunique(),
            "groups": spent.groupby("Husstandsnr.")["Ydelse"].agg(
                lambda it: sorted(name for name, words in GROUPS.items() if it.str.lower().str.contains(words[0]).any())
            ),
        }
    )
    has_bf = each.index.isin(spent[spent["area"] == "BF"]["Husstandsnr."])
    within = each[has_bf & (each["others"].fillna(0) >= 1)].fillna({"points": 0})
    top = within.sort_values("cost", ascending=False).head(50)
    assert (ranking.all_households, ranking.in_target_group) == (len(each), len(within))
    assert ranking.without_household == int(seen["home"].isna().sum())
    assert [
        (it.pseudonym, int(it.cost * 100), it.people, it.contact_points, sorted(it.groups)) for it in ranking.households
    ] == [
        (pseudonym(str(name)), int(row["cost"]), int(row["people"]), int(row["points"]), row["groups"])
        for name, row in top.iterrows()
    ]
