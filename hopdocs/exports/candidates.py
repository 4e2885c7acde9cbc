"""The households to begin with, as a table, and what the list was made of as another.

No cell holds a word from an extract: pseudonyms are letters of our own, areas and groups the municipality's names.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hopdocs.exports.table import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.candidates.ranking import Household, Ranking
    from hopdocs.exports.table import Cell

ELSEWHERE: Final = "Uden for fagområderne"


def tabulate_candidates(ranking: Ranking, areas: Mapping[str, str]) -> Table:
    """A row a household, in the list's order; `areas` by code and name."""
    columns = (
        Column("place", "Plads", width=8),
        Column("household", "Husstand", width=22),
        Column("people", "Personer", width=10),
        Column("cost", "Udgift i alt"),
        Column("monthly_cost", "Udgift pr. måned"),
        *(Column(f"cost_{code}", name) for code, name in areas.items()),
        Column("cost_elsewhere", ELSEWHERE),
        Column("areas", "Antal fagområder"),
        Column("contact_points", "Kontaktsteder"),
        Column("contacts", "Kontakter"),
        Column("groups", "Grupper", width=30),
        Column("place_by_cost", "Plads efter udgift"),
        Column("place_by_contacts", "Plads efter kontaktsteder"),
    )
    rows = (
        _row(number, household, areas, ranking.months) for number, household in enumerate(ranking.households, start=1)
    )
    return Table("Kandidater", columns, tuple(rows))


def _row(number: int, household: Household, areas: Mapping[str, str], months: int) -> tuple[Cell, ...]:
    return (
        number,
        household.pseudonym,
        household.people,
        household.cost,
        (household.cost / months).quantize(Decimal(1)),
        *(household.costs.get(code, Decimal(0)) for code in (*areas, "")),
        len(household.areas),
        household.contact_points,
        household.contacts,
        "; ".join(household.groups),
        household.place_by_cost,
        household.place_by_contacts,
    )


def tabulate_basis(basis: Iterable[tuple[str, str]]) -> Table:
    """What the list was made of, a row each."""
    return Table("Grundlag", (Column("what", "Hvad", width=40), Column("value", "Svar", width=60)), tuple(basis))
