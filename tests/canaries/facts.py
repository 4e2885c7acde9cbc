"""What the oracle knows of a family on a day, read from the file's plain values alone.

Written from the contract ("Who sees what") and from nothing of hopdocs, so that one mistake is not made twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.canaries.households import Data

HEALTH = "SO"
"""The one area of the example that is `health: true`."""


def day_of(text: object) -> date:
    """A day as the households write it."""
    return date.fromisoformat(str(text))


@dataclass(frozen=True)
class Facts:
    """A family's file, and the day it is asked on."""

    data: Data
    day: date
    area_of: dict[str, str]
    """Which area each professional belongs to."""

    @property
    def members(self) -> Data:
        found: Data = self.data["members"]
        return found

    def age(self, member: str, on: date | None = None) -> int:
        born, day = day_of(self.members[member]["born"]), on or self.day
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @cached_property
    def custodians(self) -> tuple[str, ...]:
        """The parents with custody."""
        return tuple(key for key, line in self.members.items() if line.get("custody") == "true")

    def is_child(self, member: str) -> bool:
        return str(self.members[member]["role"]) == "child"

    def line_of(self, member: str) -> Data | None:
        """The newest answer that the member has given by this day."""
        lines = [line for line in self.data["consents"] if line["member"] == member and _answered(line) <= self.day]
        return max(lines, key=_answered, default=None)

    def consented(self, member: str, *, lapsed_too: bool) -> frozenset[str]:
        """The areas that the member's own answer lets share, less what is taken back by this day."""
        line = self.line_of(member)
        if line is None or "given" not in line or (self.has_lapsed(line) and not lapsed_too):
            return frozenset()
        areas = set(line["areas"])
        for back in line.get("withdrawn", ()):
            if day_of(back["date"]) <= self.day:
                areas -= set(back.get("areas", areas))
        return frozenset(areas)

    def has_lapsed(self, line: Data) -> bool:
        """Whether time alone has ended it: after `until`, or twelve months."""
        given = day_of(line["given"])
        last = day_of(line["until"]) if "until" in line else given.replace(year=given.year + 1)
        return self.day > last

    def shares(self, member: str) -> frozenset[str]:
        """The areas that may share what they know of the member; a consent that only time has ended still says so.

        That nothing new is made after it ended is judged apart (`Judge`): old copies stay.
        """
        own = self.consented(member, lapsed_too=True)
        if not self.is_child(member):
            return own
        if self.age(member) >= 16 and self.line_of(member) is not None:
            return own  # she signs for herself (domain model 3.4, V02), and what she signs is her own consent
        parents = [self.consented(key, lapsed_too=True) for key in self.custodians]
        if self.age(member) >= 15 and self.line_of(member) is not None:
            parents.append(own)
        return frozenset.intersection(*parents) if parents else frozenset()

    def is_asked_along(self, member: str) -> bool:
        """Whether an adult of a custodian's home was never asked: invited like the rest, and has said no to nothing.

        The family is invited to all its meetings (data.md, "Who is invited"); what consent opens for, the plan and
        what it holds, is another thing.
        """
        homes = frozenset().union(*(self.homes(key) for key in self.custodians))
        return self.line_of(member) is None and not self.is_child(member) and bool(self.homes(member) & homes)

    @cached_property
    def is_closed(self) -> bool:
        """Whether a parent with custody has said no or was never heard, or all of them have taken all back.

        Where one of them has, the work goes on about the others, and less is known (domain model 3.1).
        """
        never = any("given" not in (self.line_of(key) or {}) for key in self.custodians)
        return never or not any(self.consented(key, lapsed_too=True) for key in self.custodians)

    @cached_property
    def is_lapsed(self) -> bool:
        """Whether a consent that the work needs has run out by time alone."""
        return any(not self.consented(key, lapsed_too=False) for key in self.custodians)

    def homes(self, member: str) -> frozenset[str]:
        """Where the member lives: a key for each home."""
        line = self.members[member]
        if line.get("lives_with"):
            return frozenset().union(*(self.homes(key) for key in line["lives_with"]))
        own = line.get("contact")
        shared = self.data.get("contact", {})
        if own and ("address" in own or shared.get("protected") == "true"):
            return frozenset({member})
        return frozenset({"family"})

    @cached_property
    def has_two_homes(self) -> bool:
        return len({home for member in self.members for home in self.homes(member)}) > 1

    def concerns(self, reader: str, about: Iterable[str]) -> bool:
        """Whether something about these people is the reader's household's, or of a child in the reader's custody."""
        return any(
            reader == member
            or self.homes(reader) & self.homes(member)
            or (reader in self.custodians and self.is_child(member))
            for member in about
            if member in self.members
        )

    def is_hers(self, reader: str, about: Iterable[str], on: date | None = None) -> bool:
        """Whether it is about the reader herself, or a child under 15 in her custody: all who may know of health.

        `on` is the day of the meeting that a paper is about: a birthday after it takes nothing out of that paper.
        """
        return any(
            reader == member or (reader in self.custodians and self.is_child(member) and self.age(member, on) < 15)
            for member in about
            if member in self.members
        )

    def team_on(self, day: date) -> list[Data]:
        return [
            line
            for line in self.data["team"]
            if day_of(line["from"]) <= day and ("to" not in line or day <= day_of(line["to"]))
        ]

    def works_with(self, area: str) -> frozenset[str]:
        """Those whom an area's cases, colleagues and activities are for."""
        lines = [*self.data["cases"], *self.data["plan"]["activities"]]
        found = {member for line in lines if line["area"] == area for member in line["for"]}
        found |= {member for line in self.data["team"] if self.area_of[line["staff"]] == area for member in line["for"]}
        return frozenset(found)

    def whom_serves(self, staff: str) -> frozenset[str]:
        """Whom a colleague is on the team for."""
        lines = (line for line in self.data["team"] if line["staff"] == staff)
        return frozenset(member for line in lines for member in line["for"] if member in self.members)

    def may_come(self, staff: str) -> bool:
        """Whether anybody whom she serves lets her area share, the tovholder anybody at all.

        Where the scope shrinks, who has nothing left to share is taken off every list (domain model 3.1).
        """
        served = self.members if staff == self.tovholder else self.whom_serves(staff)
        return any(self.area_of[staff] in self.shares(member) for member in served)

    @cached_property
    def tovholder(self) -> str:
        lines = [line for line in self.data["tovholder"] if day_of(line["from"]) <= self.day]
        found: Any = max(lines, key=lambda line: str(line["from"]))["staff"]
        return str(found)

    @cached_property
    def open_names(self) -> frozenset[str]:
        """Professionals whom everybody knows: tovholders and who stands in, the coordinator, who got the consents."""
        named = {"kko"} | {str(line["staff"]) for line in self.data["tovholder"]}
        named |= {str(line["substitute"]) for line in self.data["tovholder"] if "substitute" in line}
        return frozenset(named | {str(line["received_by"]) for line in self.data["consents"] if "received_by" in line})


def _answered(line: Data) -> date:
    return day_of(line.get("given") or line.get("refused") or line["form_given"])
