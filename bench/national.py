"""A national service, played through: `python -m bench.national` prints tables, with `--draw FILE` the curves as well.

98 municipalities with 49,000 families share one scheduler and its workers; each has its own owner, which puts files in
their places. What each step takes was measured (`bench.service_times`); the rest are assumptions, named below and in
docs/cluster.md, and chance is seeded. Nothing here waits for a clock.
"""

from __future__ import annotations

import argparse
import heapq
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any, Final

from bench.service_times import WRITTEN
from hopdocs.watching.changes import QUIET_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SEED: Final = 20261129
MUNICIPALITIES: Final = 98
FAMILIES: Final = 49_000
DOCUMENTS: Final = 400_000
WORKERS: Final = (1, 2, 4, 8, 16, 32, 64)
NIGHT_SECONDS: Final = 8 * 3600.0
CHUNK: Final = 8
"""Families in one piece of work, as `hopdocs.cycle.making.workers` cuts them."""
SIZES_SIGMA: Final = 0.8
"""Assumed: municipalities differ in size as a log-normal does; the largest has a tenth of all families."""
EDITED_SHARE: Final = 0.1
"""Assumed: of all families, those whose file is saved on a Tuesday."""
HOURS: Final = {7: 2, 8: 10, 9: 16, 10: 14, 11: 10, 12: 6, 13: 16, 14: 14, 15: 9, 16: 3}
"""Assumed: how the saves of a day fall on its hours, in hundredths."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that each step takes, as they were measured."""

    word: float
    """A family's Word files, on a worker."""
    pdf: tuple[float, ...]
    """A PDF, on a worker: one of these."""
    hub: float
    """A piece of work, at the scheduler."""
    line: float
    """The same at its worker and at its owner, beside the work itself: each."""
    own_family: float
    """A family at its owner: sent, taken in, put in its places."""
    own_pdf: float
    edits: tuple[int, ...]
    """How many PDFs an edit makes anew: one of these."""

    @classmethod
    def read(cls) -> Times:
        """What `bench.service_times` wrote down."""
        found: dict[str, Any] = json.loads(WRITTEN.read_text("utf-8"))
        line, owner = found["line"], found["owner"]
        return cls(
            word=owner["worker_seconds_a_family"],
            pdf=tuple(found["pdf_seconds"]),
            hub=line["scheduler_seconds"],
            line=max(line["worker_seconds"], line["owner_seconds"]),
            own_family=owner["owner_seconds_a_family"],
            own_pdf=owner["owner_seconds_a_pdf"],
            edits=tuple(found["edits"].values()),
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be done elsewhere: for which municipality, from when on, how long, and what its owner does then."""

    place: int
    asked: float
    seconds: float
    own_seconds: float
    saved: float = 0.0


class Service:
    """One scheduler, so many workers, an owner for each municipality; each takes what comes in its order."""

    def __init__(self, times: Times, workers: int) -> None:
        self._times = times
        self._free = [0.0] * workers
        self._hub = 0.0
        self._owners = [0.0] * MUNICIPALITIES
        self.worked = 0.0

    def play(self, pieces: Sequence[Piece]) -> Iterator[float]:
        """When each piece's files stand, in the order in which they are asked for."""
        back: list[tuple[float, int]] = []
        for number, piece in enumerate(pieces):
            self._hub = max(self._hub, piece.asked) + self._times.hub
            begun = max(heapq.heappop(self._free), self._hub)
            ended = begun + piece.seconds + self._times.line
            self.worked += piece.seconds + self._times.line
            heapq.heappush(self._free, ended)
            back.append((ended, number))
        stands = [0.0] * len(pieces)
        for ended, number in sorted(back):
            piece = pieces[number]
            owner = max(self._owners[piece.place], ended) + piece.own_seconds + self._times.line
            self._owners[piece.place] = stands[number] = owner
        yield from stands


def split_families(chance: random.Random) -> list[int]:
    """How many families each municipality has."""
    weights = [chance.lognormvariate(0.0, SIZES_SIGMA) for _ in range(MUNICIPALITIES)]
    whole = [max(round(FAMILIES * weight / sum(weights)), 1) for weight in weights]
    whole[whole.index(max(whole))] += FAMILIES - sum(whole)
    return whole


@dataclass(frozen=True, slots=True)
class Night:
    """Everything made anew: when it is over, and how much of that time workers worked."""

    workers: int
    seconds: float
    busy: float


def play_night(times: Times, workers: int) -> Night:
    """All families, all documents, from nothing: Word files of a municipality come before its PDFs."""
    chance = random.Random(SEED)  # noqa: S311 - a draw, no secret
    words, pdfs = [], []
    for place, families in enumerate(split_families(chance)):
        for first in range(0, families, CHUNK):
            count = min(CHUNK, families - first)
            words.append(Piece(place, 0.0, count * times.word, count * times.own_family))
        count = round(DOCUMENTS * families / FAMILIES)
        pdfs += [Piece(place, 0.0, chance.choice(times.pdf), times.own_pdf) for _ in range(count)]
    chance.shuffle(words)
    chance.shuffle(pdfs)
    service = Service(times, workers)
    seconds = max(service.play([*words, *pdfs]))
    return Night(workers, seconds, service.worked / (workers * seconds))


@dataclass(frozen=True, slots=True)
class Day:
    """A Tuesday: seconds from a save to a PDF of it."""

    workers: int
    edits: int
    pdfs: int
    half: float
    most: float
    """Of a hundred PDFs, ninety-nine stand sooner."""
    last: float
    busiest: float
    """The share of the workers' time that the busiest hour takes."""


def play_day(times: Times, workers: int) -> Day:
    """Saves through a day. The owner makes an edited family's Word files itself: few are sooner made than sent."""
    chance = random.Random(SEED + 1)  # noqa: S311 - as above
    sizes = split_families(random.Random(SEED))  # noqa: S311 - as above
    saves = []
    for place, families in enumerate(sizes):
        for _ in range(sum(chance.random() < EDITED_SHARE for _ in range(families))):
            [hour] = chance.choices(list(HOURS), list(HOURS.values()))
            saves.append(((hour + chance.random()) * 3600, place))
    pieces = []
    for saved, place in sorted(saves):
        asked = saved + QUIET_SECONDS + times.word + times.own_family
        pieces += [
            Piece(place, asked, chance.choice(times.pdf), times.own_pdf, saved)
            for _ in range(chance.choice(times.edits))
        ]
    pieces.sort(key=lambda piece: piece.asked)
    stands = Service(times, workers).play(pieces)
    waits = sorted(stood - piece.saved for stood, piece in zip(stands, pieces, strict=True))
    loads = [
        sum(piece.seconds + times.line for piece in pieces if int(piece.asked // 3600) == hour) / (3600 * workers)
        for hour in HOURS
    ]
    half, most, last = (_share(waits, part) for part in (0.5, 0.99, 1.0))
    return Day(workers, len(saves), len(pieces), half, most, last, max(loads))


def _share(ordered: Sequence[float], part: float) -> float:
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def say_seconds(seconds: float) -> str:
    """`0.74 s`, `41 s`, `12 min`, `3 h 20 min`."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"  # noqa: PLR2004 - two digits that say something
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"  # noqa: PLR2004 - an hour


def format_tables(nights: Sequence[Night], days: Sequence[Day]) -> str:
    """Both, one under the other, as Markdown."""
    head = (
        "workers",
        "everything anew",
        "workers busy",
        "a Tuesday: half of its PDFs within",
        "99 of 100",
        "the last",
        "busiest hour",
    )
    rows = [
        (
            *(str(night.workers), say_seconds(night.seconds), f"{night.busy:.0%}"),
            *(say_seconds(day.half), say_seconds(day.most), say_seconds(day.last), f"{day.busiest:.0%}"),
        )
        for night, day in zip(nights, days, strict=True)
    ]
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def draw(nights: Sequence[Night], days: Sequence[Day], target: Path) -> None:
    """Two curves over the number of workers, both axes in powers."""
    import matplotlib as mpl  # noqa: PLC0415 - only to draw

    mpl.use("Agg")
    mpl.rcParams["svg.hashsalt"] = "hopdocs"
    from matplotlib import pyplot as plt  # noqa: PLC0415 - as above
    from matplotlib.ticker import LogLocator, NullLocator  # noqa: PLC0415 - as above

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    counts = [night.workers for night in nights]
    left.plot(counts, [night.seconds / 3600 for night in nights], marker="o", color="#1f4e79")
    left.axhline(NIGHT_SECONDS / 3600, color="#888888", linestyle="--", linewidth=1)
    left.annotate("one night (8 h)", (counts[-1], NIGHT_SECONDS / 3600), ha="right", va="bottom", color="#555555")
    left.set(title="400,000 documents made anew", ylabel="hours")
    right.plot(counts, [day.most for day in days], marker="o", color="#1f4e79", label="99 of 100 PDFs within")
    right.plot(counts, [day.half for day in days], marker="s", color="#b8651b", label="half of them within")
    right.set(title="an ordinary Tuesday: from save to PDF", ylabel="seconds")
    right.legend(frameon=False)
    for axes in (left, right):
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        axes.set_xticks(counts, map(str, counts))
        axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.yaxis.set_minor_locator(NullLocator())
        axes.set_xlabel("workers, one for each core")
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    figure.savefig(target, metadata={"Date": None} if target.suffix == ".svg" else None, dpi=120)


def main(arguments: Sequence[str] | None = None) -> None:
    """Play, print, draw."""
    parser = argparse.ArgumentParser(prog="python -m bench.national", description=__doc__)
    parser.add_argument("--draw", type=Path, metavar="FILE", help="the curves, as SVG or PNG")
    chosen = parser.parse_args(arguments)
    times = Times.read()
    nights, days = [play_night(times, count) for count in WORKERS], [play_day(times, count) for count in WORKERS]
    sizes = split_families(random.Random(SEED))  # noqa: S311 - as above
    sys.stdout.write(
        f"{days[0].edits:,} saves and {days[0].pdfs:,} PDFs on the Tuesday; the largest municipality has "
        f"{max(sizes):,} families; a PDF takes a worker {mean(times.pdf) * 1000:.0f} ms, a family's Word files "
        f"{times.word * 1000:.0f} ms; the scheduler {times.hub * 1000:.1f} ms a piece; the owner "
        f"{times.own_pdf * 1000:.1f} ms a PDF and {times.own_family * 1000:.1f} ms a family\n\n"
    )
    sys.stdout.write(format_tables(nights, days) + "\n")
    if chosen.draw is not None:
        draw(nights, days, chosen.draw)


if __name__ == "__main__":
    main()
