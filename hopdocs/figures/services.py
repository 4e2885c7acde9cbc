"""How many services a family gets, counted at the start, after 6, 12 and 18 months, and at the end (Effektmåling)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopdocs.domain.data_deliveries import AT_THE_END

if TYPE_CHECKING:
    from hopdocs.figures.course import CourseFigures, Draw, Place


def say_draw(months: int) -> str:
    """What a draw is called: "start", "12 mdr.", "afslutning"."""
    if months == AT_THE_END:
        return "afslutning"
    return f"{months} mdr." if months else "start"


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """The draws of one course by area. What no draw has counted is no zero."""

    draws: tuple[Draw, ...]
    """In the order in which they are due, those to come too."""
    areas: tuple[str, ...]
    """The areas that were counted at least once."""

    @property
    def made(self) -> tuple[Draw, ...]:
        """The draws that were made."""
        return tuple(draw for draw in self.draws if draw.made is not None)

    def count(self, draw: Draw, area: str) -> int | None:
        """One area's services at one draw, None where it was not counted."""
        return draw.counts.get(area) if draw.made is not None else None

    def total(self, draw: Draw) -> int | None:
        """All areas' services at one draw, None where it was not made or an area was left out."""
        counts = [self.count(draw, area) for area in self.areas]
        known = [count for count in counts if count is not None]
        return sum(known) if known and len(known) == len(counts) else None

    def change(self, area: str | None = None) -> int | None:
        """How many more there are at the last draw with a number than at the first; of all areas if none is named."""
        numbers = [self.total(draw) if area is None else self.count(draw, area) for draw in self.made]
        known = [number for number in numbers if number is not None]
        return known[-1] - known[0] if len(known) > 1 else None

    @property
    def at(self) -> tuple[Place, ...]:
        """Where the counts were written."""
        return tuple(draw.at for draw in self.made)


def service_table(course: CourseFigures) -> ServiceTable:
    """The services of one course; areas in the order in which they may share, then as written."""
    order = dict.fromkeys((*course.areas, *(area for draw in course.draws for area in draw.counts)))
    counted = {area for draw in course.draws for area in draw.counts}
    return ServiceTable(course.draws, tuple(area for area in order if area in counted))
