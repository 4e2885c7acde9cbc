"""Numbers of several reports are told as long as no class of one to four families can be taken out of them."""

from __future__ import annotations

from hopdocs.figures.suppression.run import RunNumber, find_untold


def number(key: str, *families: range, chain: str = "forløb") -> RunNumber:
    return RunNumber(key, ((chain, frozenset((str(at), "") for of in families for at in of)),))


def test_the_rest_of_two_numbers_is_no_small_group() -> None:
    assert find_untold([number("i alt", range(20)), number("2025", range(17))]) == {"2025"}
    assert find_untold([number("i alt", range(20)), number("2025", range(15))]) == frozenset()


def test_three_numbers_of_which_no_two_are_too_near() -> None:
    """20 less 8 less 9 are three, though each of them is far from the others."""
    numbers = [number("i alt", range(20)), number("2025", range(8)), number("2026", range(8, 17))]
    assert find_untold(numbers) == {"2026"}


def test_none_at_all_may_always_be_told_and_the_same_number_twice_too() -> None:
    numbers = [number("i alt", range(20)), number("0", range(0)), number("igen", range(20))]
    assert find_untold(numbers) == frozenset()


def test_what_is_published_already_is_told_whatever_it_gives_away_and_nothing_gives_away_more() -> None:
    fixed = [number("2025", range(17)), number("i alt", range(20))]
    assert find_untold([number("igen", range(20)), number("2026", range(18))], fixed) == {"2026"}


def test_numbers_of_another_chain_cannot_be_taken_from_each_other() -> None:
    assert find_untold([number("a", range(20)), number("b", range(17), chain="ydelser")]) == frozenset()


def test_the_families_of_a_class_are_counted_and_not_their_months() -> None:
    months = frozenset((family, f"2026-{month:02}") for family in "abcd" for month in range(1, 13))
    assert find_untold([RunNumber("år", (("udgifter", months),))]) == {"år"}
