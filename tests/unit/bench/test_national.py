"""The simulation of a national service: what waits for what."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from bench.national import WORKERS, Piece, Service, Times, say_seconds, split_families

PLAIN = Times(word=1.0, pdf=(1.0,), hub=0.0, line=0.0, own_family=0.0, own_pdf=0.0, edits=(1,))


def _play(times: Times, workers: int, pieces: list[Piece]) -> list[float]:
    return list(Service(times, workers).play(pieces))


def test_pieces_wait_for_a_worker_in_their_order() -> None:
    pieces = [Piece(0, 0.0, 4.0, 0.0), Piece(0, 0.0, 1.0, 0.0), Piece(0, 0.0, 1.0, 0.0), Piece(0, 9.0, 1.0, 0.0)]
    assert _play(PLAIN, 2, pieces) == [4.0, 1.0, 2.0, 10.0]


def test_an_owner_puts_one_file_in_its_place_at_a_time_and_another_municipalitys_is_not_waited_for() -> None:
    pieces = [Piece(0, 0.0, 1.0, 5.0), Piece(0, 0.0, 1.0, 5.0), Piece(1, 0.0, 1.0, 5.0)]
    assert _play(PLAIN, 3, pieces) == [6.0, 11.0, 6.0]


def test_everything_goes_by_one_scheduler() -> None:
    slow = Times(word=1.0, pdf=(1.0,), hub=2.0, line=0.0, own_family=0.0, own_pdf=0.0, edits=(1,))
    assert _play(slow, 64, [Piece(0, 0.0, 1.0, 0.0)] * 3) == [3.0, 5.0, 7.0]


def test_no_family_is_lost_between_the_municipalities() -> None:
    sizes = split_families(random.Random(1))  # noqa: S311 - a draw, no secret
    assert (len(sizes), sum(sizes), min(sizes) > 0) == (98, 49_000, True)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.741, "0.74 s"), (41.4, "41 s"), (720, "12 min"), (12000, "3 h 20 min")]
)
def test_times_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert say_seconds(seconds) == said


def test_the_page_names_the_times_that_were_measured() -> None:
    page = (Path(__file__).parents[3] / "docs" / "cluster.md").read_text("utf-8")
    times, words = Times.read(), " ".join(page.split())
    assert f"a PDF {sum(times.pdf) / len(times.pdf) * 1000:.0f} ms on average" in words
    assert f"a family's Word files {times.word * 1000:.0f} ms" in words
    assert f"{times.hub * 1000:.1f} ms a piece of work, the owner {times.own_pdf * 1000:.1f} ms a PDF" in words
    assert re.findall(r"(?m)^\| (\d+) \|", page) == [*map(str, WORKERS)]
