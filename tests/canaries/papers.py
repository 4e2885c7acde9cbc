"""Who holds a file: told by its name and by who sits at the meeting, never by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tests.canaries.facts import Facts, day_of

if TYPE_CHECKING:
    from datetime import date

    from tests.canaries.households import Data

OWN_ANSWERS = (
    "samtykke-paamindelse",
    "bekraeftelse-paa-nej",
    "kvittering-for-samtykke",
    "kvittering-for-tilbagekaldelse",
)
"""What is about one person's own answer (domain model 3.3b: "own copy"), and tells of nobody else's."""
CONSENT_PAPERS = ("informationsbrev", "samtykkeerklaering", *OWN_ANSWERS)
TABLE_PAPERS = ("invitation", "indkaldelse", "dagsorden", "referat", "moede-flyttet", "moede-aflyst")
"""What tells of a meeting: who sits there is no secret to whom it is for."""
PLAN_PAPERS = ("samlet-familieplan", "familieplan", "overdragelsesnotat")
"""What only those on the team get, and of the family only those who have said yes."""
ENDED_NOTE = "afslutningsnotat"
"""What a course leaves behind after a withdrawal: that it has stopped, and what goes on."""
ESCALATION = "ventetid"
"""To the steering group: case number, area, activity, days and what the wait costs (domain model 3.2)."""
BY_CASE_NUMBER = ("dataanmodning", "udgiftsanmodning")
"""To data officers and the finance department: the case number, and not a word of the family."""
TOVHOLDER_PAPERS = ("koereplan", "interviewguide", "effektrapport")
"""Named by the area of the tovholder, or the coordinator: only that area reads them."""
CARD = "netvaerkskort"
OWN_PAPERS = (*PLAN_PAPERS, CARD, "undersoegelse", "bordark", "fremgang")
"""What each reader has a copy of her own of."""
CHILD_PAGE = "boernesiden"
KINDS = (
    *CONSENT_PAPERS,
    *TABLE_PAPERS,
    *OWN_PAPERS,
    *TOVHOLDER_PAPERS,
    CHILD_PAGE,
    *("ny-tovholder", "foelgebrev", "afslutningsbrev"),
    ENDED_NOTE,
    ESCALATION,
    *BY_CASE_NUMBER,
)
PAGE = "overblik"
PERSON_LISTS = "_opgaver"
"""The folder of what is whose, a page a colleague."""
TRANSLATION = "-oversat"
"""What the name of a letter in another language ends with: who holds the Danish one holds it."""
_ASIDE = re.compile(r"\.rettet-\d+$")


@dataclass(frozen=True, slots=True)
class Reader:
    """One pair of eyes: a member's, a professional's of an area, or a guest's."""

    member: str = ""
    area: str = ""

    @property
    def is_guest(self) -> bool:
        return not self.member and not self.area

    def __str__(self) -> str:
        return self.member or self.area or "guest"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file and everybody who reads it."""

    kind: str
    readers: tuple[Reader, ...]
    is_aside: bool = False
    on: date | None = None
    """The day of the meeting that it is about."""


def paper_of(name: str, facts: Facts) -> Paper | None:
    """What a file of the family's folder is; None for one that nobody is known to hold."""
    path = PurePosixPath(name)
    stem = _ASIDE.sub("", path.stem)
    is_aside = stem != path.stem
    stem = stem.removesuffix(TRANSLATION)
    if path.name == f"{PAGE}.html":
        return Paper(PAGE, (Reader(area=facts.area_of[facts.tovholder]),))
    kind = next((kind for kind in KINDS if stem == kind or stem.startswith(f"{kind}-")), None)
    if kind is None:
        return None
    if kind in (ESCALATION, "udgiftsanmodning"):
        return Paper(kind, (), is_aside)
    rest = stem.removeprefix(f"{kind}-")
    if kind in ("indkaldelse", "dagsorden"):
        meeting = next((item for item in facts.data["meetings"] if item["id"] == rest), None)
        return Paper(kind, _at(meeting, facts, kind) if meeting else (), is_aside, _day_of(meeting))
    if kind == CHILD_PAGE:  # given to the child by a parent or the tovholder: they all read it
        return Paper(kind, tuple(Reader(member=key) for key in dict.fromkeys((rest, *facts.custodians))), is_aside)
    about, _, last = rest.rpartition("-")
    meeting = next((item for item in facts.data["meetings"] if item["id"] == about), None)
    reader = Reader(member=last) if last in facts.members else Reader(area=last)
    return Paper(kind, (reader,), is_aside, _day_of(meeting))


def _day_of(meeting: Data | None) -> date | None:
    return day_of(meeting["date"]) if meeting else None


def _at(meeting: Data, facts: Facts, kind: str) -> tuple[Reader, ...]:
    invited = meeting.get("invited")
    areas = {
        facts.area_of[line["staff"]]
        for line in facts.team_on(day_of(meeting["date"]))
        if (invited is None or line["staff"] in invited) and facts.may_come(line["staff"])
    }
    readers = [Reader(area=area) for area in sorted(areas)]
    if kind == "indkaldelse" or meeting["type"] in ("introduktionsmøde", "fagligt formøde"):
        return tuple(readers)
    readers += [Reader(member=key) for key in facts.members if _sits(key, meeting, facts)]
    return tuple(readers + [Reader() for _ in meeting.get("guests", ())])


def _sits(member: str, meeting: Data, facts: Facts) -> bool:
    if not facts.is_child(member):
        return bool(facts.consented(member, lapsed_too=True)) or facts.is_asked_along(member)
    entry = _children_of(meeting, facts).get(member, {})
    return bool(entry.get("attends") == "true" or ("attends" not in entry and facts.age(member) >= 15))


def _children_of(meeting: Data, facts: Facts) -> dict[str, Any]:
    """The children's lines, with those of the meeting that it takes them from."""
    other: Data = next((item for item in facts.data["meetings"] if item["id"] == meeting.get("children_as")), {})
    return {**other.get("children", {}), **meeting.get("children", {})}
