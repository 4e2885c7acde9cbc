from __future__ import annotations

from hopdocs.sources.yaml.date_order import FAMILY_DATE_PAIRS, find_reversed_dates
from hopdocs.sources.yaml.tree_paths import PathTable


def test_a_pattern_follows_lists_values_and_keys() -> None:
    table = PathTable({"a.*.b": "value", "c.@": "key", "c.*": "each", "d": "whole"})
    tree = {"a": [{"b": "1"}, {"x": "2"}, "y", {"b": ["3"]}], "c": {"k": "4"}, "d": None}
    found = [(match.at, match.value, match.meaning, match.on_key) for match in table.walk(tree)]  # type: ignore[arg-type]
    assert found == [
        (("a", 0, "b"), "1", "value", False),
        (("a", 3, "b"), ["3"], "value", False),
        (("c", "k"), "k", "key", True),
        (("c", "k"), "4", "each", False),
        (("d",), None, "whole", False),
    ]


def test_a_tree_of_other_shapes_matches_nothing() -> None:
    table = PathTable({"a.*.b": "value", "c.@": "key"})
    assert list(table.walk({"a": "text", "c": ["list"]})) == []
    assert list(table.walk([])) == []
    assert list(table.walk(None)) == []


def test_a_span_of_days_may_be_one_day_and_one_of_hours_may_not_be_empty() -> None:
    tree = {
        "team": [{"from": "2026-10-06", "to": "6.10.2026"}, {"from": "2026-10-06", "to": "5. oktober 2026"}],
        "meetings": [
            {"start": "10.00", "end": "10:00"},
            {"start": "10.00", "end": "10.01"},
            {"start": "ti", "end": "9"},
        ],
    }
    found = [finding.at for finding in find_reversed_dates(tree, FAMILY_DATE_PAIRS)]  # type: ignore[arg-type]
    assert found == [("team", 1, "to"), ("meetings", 0, "end")]
