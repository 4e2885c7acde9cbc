"""An attack on every published table of one run: by subtraction, by linear algebra, and by trying everything."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hopdocs.figures.suppression.protection import Protection, protect_tables
from hopdocs.figures.suppression.tables import Cell, PublishedTable, Sum, cross_table, key_of, list_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

AREAS = ("område=BF", "område=DU", "område=HP")
QUARTERS = ("kvartal=1", "kvartal=2", "kvartal=3", "kvartal=4")
STATES = ("tilstand=aktiv", "tilstand=afsluttet")


def counts(name: str, rows: tuple[str, ...], columns: tuple[str, ...], numbers: list[list[int]]) -> PublishedTable:
    def value_of(row: str | None, column: str | None) -> tuple[int, int]:
        number = sum(
            numbers[at][by]
            for at, one in enumerate(rows)
            for by, other in enumerate(columns)
            if row in (None, one) and column in (None, other)
        )
        return number, number

    return cross_table(name, "forløb", rows, columns, value_of)


def worked_out(tables: Iterable[PublishedTable], protection: Protection) -> set[str]:
    """The hidden numbers that follow from the shown ones, whatever they are: those in the span of what is known."""
    hidden = sorted(protection.hidden)
    sums = [item for table in tables for item in table.sums]
    rows = np.zeros((len(sums), len(hidden)))
    for at, item in enumerate(sums):
        for key, sign in ((item.total, 1), *((part, -1) for part in item.parts)):
            if key in protection.hidden:
                rows[at, hidden.index(key)] += sign
    rank = np.linalg.matrix_rank(rows) if hidden else 0
    unit = np.eye(len(hidden))
    return {key for at, key in enumerate(hidden) if np.linalg.matrix_rank(np.vstack([rows, unit[at]])) == rank}


def test_small_groups_are_hidden_and_nought_is_not() -> None:
    protection = protect_tables([list_table("områder", "forløb", [("a", 4, 4), ("b", 5, 5), ("c", 0, 0)])])
    assert [protection.value(key_of("forløb", name)) for name in "abc"] == [None, 5, 0]
    assert protection.secondary == frozenset()


def test_what_a_total_would_give_away_takes_another_number_with_it() -> None:
    table = counts("tilstand", STATES, ("alle",), [[3], [20]])
    protection = protect_tables([table])
    assert protection.value(key_of("forløb", "alle", "tilstand=aktiv")) is None
    assert protection.secondary
    assert not worked_out([table], protection)


def test_two_small_numbers_with_a_small_sum_are_not_enough() -> None:
    """1 and 4 of 5 that are shown: each is one to four, and the reader learns no more than that. 1 of 2 she does."""
    cells = (_count("t", 5), _count("x", 1), _count("y", 4))
    enough = PublishedTable("a", cells, (Sum("t", ("x", "y")),))
    assert protect_tables([enough]).secondary == frozenset()
    narrow = PublishedTable(
        "b",
        tuple(_count(key, number) for key, number in (("t", 22), ("x", 1), ("y", 1), ("z", 20))),
        (Sum("t", ("x", "y", "z")),),
    )
    assert protect_tables([narrow]).secondary == {"z"}


def test_subtracting_one_table_from_another_finds_nobody() -> None:
    """The total is in one table and its parts in two others: each of them alone would be safe."""
    whole = counts("hele året", STATES, QUARTERS, [[6, 7, 8, 9], [5, 5, 6, 9]])
    areas = PublishedTable(
        "kvartal 1 efter skole",
        (_count(key_of("forløb", "kvartal=1"), 11), _count("med skole", 9), _count("uden skole", 2)),
        (Sum(key_of("forløb", "kvartal=1"), ("med skole", "uden skole")),),
    )
    protection = protect_tables([whole, areas])
    assert {"uden skole"} == protection.primary
    assert not {"uden skole"} & worked_out([whole, areas], protection)
    assert protect_tables([whole]).hidden == frozenset()


def test_a_sum_of_money_about_few_cannot_be_worked_out_to_within_a_fifth() -> None:
    amounts = {"område=BF": 900_000, "område=DU": 40_000, "område=HP": 500}
    families = {"område=BF": 20, "område=DU": 2, "område=HP": 9, None: 20}

    def value_of(row: str | None, _: str | None) -> tuple[int, int]:
        return sum(amount for name, amount in amounts.items() if row in (None, name)), families[row]

    table = cross_table("udgifter", "kroner", AREAS, ("år=2026",), value_of)
    protection = protect_tables([table])
    small = key_of("kroner", "område=DU", "år=2026")
    assert protection.value(small) is None
    assert small not in worked_out([table], protection)
    # 500 kr. beside it would leave 40,000 to 40,500: the large one has to go too.
    assert key_of("kroner", "område=BF", "år=2026") in protection.secondary


@pytest.mark.parametrize("seed", range(12))
def test_nobody_is_found_in_the_tables_of_one_run(seed: int) -> None:
    """Three tables that share their totals. Linear algebra finds no hidden small number, whatever is combined."""
    random = Random(seed)  # noqa: S311 - the same tables each time
    cube = {cell: random.choice((0, 1, 2, 3, 6, 8, 12)) for cell in product(AREAS, QUARTERS, STATES)}
    tables = [
        counts(
            f"{rows[0]} og {columns[0]}",
            rows,
            columns,
            [[_sum(cube, row, column) for column in columns] for row in rows],
        )
        for rows, columns in ((AREAS, QUARTERS), (AREAS, STATES), (QUARTERS, STATES))
    ]
    protection = protect_tables(tables)
    assert not protection.primary & worked_out(tables, protection)
    for key, cell in protection.cells.items():
        if 0 < cell.families < 5:
            assert protection.value(key) is None
        if not cell.value:
            assert protection.value(key) == 0


@pytest.mark.parametrize("seed", range(6))
def test_trying_everything_leaves_each_small_group_at_all_that_it_could_be(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same tables each time
    rows, columns = STATES, AREAS[:2]
    numbers = [[random.choice((0, 1, 2, 5, 6)) for _ in columns] for _ in rows]
    protection = protect_tables([counts("tilstand og område", rows, columns, numbers)])
    inner = {
        key_of("forløb", row, column): numbers[at][by]
        for at, row in enumerate(rows)
        for by, column in enumerate(columns)
    }
    asked = [key for key in inner if key in protection.hidden]
    seen: dict[str, set[int]] = {key: set() for key in asked}
    for guess in product(range(1, 11), repeat=len(asked)):
        grid = inner | dict(zip(asked, guess, strict=True))
        if all(protection.value(key) in (None, _add_up(grid, key)) for key in protection.cells):
            for key in asked:
                seen[key].add(grid[key])
    for key in protection.primary & inner.keys():
        assert {1, 2, 3, 4} <= seen[key]


def test_a_number_that_is_another_elsewhere_is_no_number() -> None:
    table = list_table("a", "forløb", [("x", 7, 7)])
    with pytest.raises(ValueError, match="another number elsewhere"):
        protect_tables([table, replace(table, cells=(_count(key_of("forløb", "x"), 8),))])


def test_what_does_not_add_up_is_not_published() -> None:
    cells = (_count("t", 12), _count("x", 6), _count("y", 7))
    with pytest.raises(ValueError, match="not the sum"):
        protect_tables([PublishedTable("a", cells, (Sum("t", ("x", "y")),))])


def _count(key: str, number: int) -> Cell:
    return Cell(key, Decimal(number), number)


def _sum(cube: Mapping[tuple[str, str, str], int], *names: str) -> int:
    return sum(number for cell, number in cube.items() if set(names) <= set(cell))


def _add_up(grid: dict[str, int], key: str) -> int:
    names = set(key.split("|")[1:])
    return sum(number for cell, number in grid.items() if names <= set(cell.split("|")))
