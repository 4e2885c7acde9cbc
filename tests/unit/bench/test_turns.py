"""Contenders take turns, and each is warm before its time counts."""

from __future__ import annotations

from bench.turns import clock, take_turns


def test_each_contender_runs_once_uncounted_and_then_in_turns() -> None:
    order: list[str] = []
    medians = take_turns(
        {"ours": lambda: order.append("ours"), "theirs": lambda: order.append("theirs")},
        rounds=2,
        repeats={"ours": 2},
    )
    assert order == ["ours", "theirs", *["ours", "ours", "theirs"] * 2]
    assert medians.keys() == {"ours", "theirs"}
    assert all(0 <= seconds < 1 for seconds in medians.values())


def test_a_clocked_call_is_made_once() -> None:
    calls: list[int] = []
    assert clock(lambda: calls.append(1)) >= 0
    assert calls == [1]
