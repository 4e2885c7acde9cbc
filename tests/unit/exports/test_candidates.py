"""The list of candidates goes the way of every other table."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from hopdocs.candidates.ranking import Household, Ranking
from hopdocs.exports.candidates import ELSEWHERE, tabulate_candidates
from hopdocs.exports.csv_file import write_csv


def test_a_groups_name_never_becomes_a_formula_and_amounts_have_a_comma() -> None:
    costs = {"BF": Decimal("1500.5"), "": Decimal(20)}
    household = Household("husstand-a", 3, Decimal("1520.50"), costs, ("BF",), 2, 4, ("=1+1", "-18 år"), 1, 2)
    ranking = Ranking((household,), 1, Decimal(1), 1, Decimal(1), 2, None, None, (), 0, 0)
    table = tabulate_candidates(ranking, {"BF": "Børn og Familie", "DU": "Dagtilbud"})
    text = write_csv(table, with_mark=False).decode()
    [row] = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert row["Grupper"] == "'=1+1; -18 år"
    assert [row[name] for name in ("Udgift i alt", "Udgift pr. måned", "Børn og Familie", "Dagtilbud", ELSEWHERE)] == [
        *("1520,50", "1520", "1500,5", "0", "20")
    ]
