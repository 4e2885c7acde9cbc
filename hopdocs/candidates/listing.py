"""The list as a table for spreadsheets: CSV as a Danish Excel reads it, and XLSX with what it was made of beside it.

No cell holds a word from an extract: pseudonyms are letters of our own, areas and groups the municipality's names.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hopdocs.candidates.ranking import Household, Ranking

Cell: TypeAlias = str | int | Decimal
ELSEWHERE: Final = "Uden for fagområderne"
_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's day has no zone; the same one, so that the bytes are too


def months_of(ranking: Ranking) -> int:
    """How many months the rows are of, at least one."""
    if ranking.first is None or ranking.last is None:
        return 1
    return (ranking.last.year - ranking.first.year) * 12 + ranking.last.month - ranking.first.month + 1


def heads_of(areas: Mapping[str, str]) -> list[str]:
    """The columns of the list, for these areas by code and name."""
    return [
        *("Plads", "Husstand", "Personer", "Udgift i alt", "Udgift pr. måned"),
        *areas.values(),
        *(ELSEWHERE, "Antal fagområder", "Kontaktsteder", "Kontakter", "Grupper"),
        *("Plads efter udgift", "Plads efter kontaktsteder"),
    ]


def cells_of(number: int, household: Household, areas: Mapping[str, str], months: int) -> list[Cell]:
    """One household's line."""
    nothing = Decimal(0)
    return [
        *(
            number,
            household.pseudonym,
            household.people,
            household.cost,
            (household.cost / months).quantize(Decimal(1)),
        ),
        *(household.costs.get(code, nothing) for code in areas),
        household.costs.get("", nothing),
        *(len(household.areas), household.contact_points, household.contacts, "; ".join(household.groups)),
        *(household.place_by_cost, household.place_by_contacts),
    ]


def write_csv(ranking: Ranking, areas: Mapping[str, str]) -> bytes:
    """UTF-8 with its mark, semicolons, decimal commas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(heads_of(areas))
    months = months_of(ranking)
    for number, household in enumerate(ranking.households, start=1):
        cells = cells_of(number, household, areas, months)
        writer.writerow([str(it).replace(".", ",") if isinstance(it, Decimal) else it for it in cells])
    return text.getvalue().encode("utf-8-sig")


def write_workbook(ranking: Ranking, areas: Mapping[str, str], basis: Sequence[tuple[str, str]]) -> bytes:
    """The list, and on a second sheet what it was made of; the same bytes for the same list."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - for this verb alone

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": "Kandidater", "created": _MADE})
        bold, money = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
        sheet = book.add_worksheet("Kandidater")
        sheet.write_row(0, 0, heads_of(areas), bold)
        sheet.freeze_panes(1, 2)
        sheet.set_column(1, 1, 22)
        sheet.set_column(3, 5 + len(areas), 14)
        months = months_of(ranking)
        for row, household in enumerate(ranking.households, start=1):
            for column, it in enumerate(cells_of(row, household, areas, months)):
                if isinstance(it, str):
                    sheet.write_string(row, column, it)
                else:
                    sheet.write_number(row, column, float(it), money if isinstance(it, Decimal) else None)
        notes = book.add_worksheet("Grundlag")
        notes.set_column(0, 0, 40)
        notes.set_column(1, 1, 60)
        for row, (what, value) in enumerate(basis):
            notes.write_string(row, 0, what, bold)
            notes.write_string(row, 1, value)
    return file.getvalue()
