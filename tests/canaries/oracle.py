"""Says of each word in each file whether it may stand there, from the contract alone.

A staff member of area b sees what area a knows of m where both are in m's consent, a child's where they are in every
custodian's. Family members see their household's, and of a health area only what is for them or for a child under 15
in their custody. `visible_to` narrows or widens. What people write as a reason is for no area and no other home.

Who comes to a meeting is seen by all who come, so her name stands in the papers about it (data.md, "Who is invited":
the whole team); where she works is knowledge like any other, and stands in her title.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.canaries.facts import HEALTH, Facts, day_of
from tests.canaries.items import Item, items_of
from tests.canaries.papers import (
    BY_CASE_NUMBER,
    CARD,
    CONSENT_PAPERS,
    ENDED_NOTE,
    ESCALATION,
    OWN_ANSWERS,
    OWN_PAPERS,
    TABLE_PAPERS,
    Paper,
    Reader,
)
from tests.canaries.words import canaries_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from tests.canaries.households import Data

_ABOUT_ADDRESSES = ("a protected address", "the address of another home")
_ON_CONSENT_PAPERS = ("name", "members", "contact", "id")


@dataclass
class Judge:
    """One household through time: what its file says now, and what it has ever said."""

    area_of: dict[str, str]
    staff_words: dict[str, str]
    """Whose name each word is."""
    title_words: dict[str, str] = field(default_factory=dict)
    """Whose title each word is."""
    facts: Facts = field(init=False)
    items: dict[str, Item] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    """Words that stood in the file when all consents last ran."""
    areas_of_goal: dict[str, set[str]] = field(default_factory=dict)
    """The areas that have ever worked towards a goal."""
    touched_by_health: set[str] = field(default_factory=set)

    def see(self, data: Data, day: date) -> None:
        """Takes in the file as it stands on a day."""
        self.facts = Facts(data, day, self.area_of)
        now = items_of(data)
        self.items |= now
        if not self.facts.is_lapsed:
            self.known |= now.keys()
        for line in data["plan"]["activities"]:
            self.areas_of_goal.setdefault(line["goal"], set()).add(line["area"])
        self.touched_by_health |= self.facts.works_with(HEALTH)

    def refusal(self, word: str, paper: Paper) -> str:
        """Why the word may not stand in the paper; empty if it may.

        The papers of a meeting that was held stand as they were on its day (domain.md 3.1: frozen, read-only): what was
        taken back since was shared then. Where somebody lives is another matter.
        """
        why = self._refusal(word, paper)
        if not why or why in _ABOUT_ADDRESSES or paper.on is None or not self._was_held(paper):
            return why
        then = copy(self)
        then.facts = Facts(self.facts.data, paper.on, self.area_of)
        return then._refusal(word, paper)

    def _was_held(self, paper: Paper) -> bool:
        return paper.kind in TABLE_PAPERS and any(
            paper.on == day_of(line["date"]) < self.facts.day and line.get("status") not in ("cancelled", "aflyst")
            for line in self.facts.data["meetings"]
        )

    def _refusal(self, word: str, paper: Paper) -> str:
        if colleague := self.colleague_of(word):
            is_name = word in self.staff_words
            return (self._refusal_of_colleague if is_name else self._refusal_of_title)(colleague, paper)
        item = self.items.get(word)
        if item is None:
            return "another family"
        if (why := self._refusal_of_small_letter(word, item, paper)) is not None:
            return why
        if paper.kind in CONSENT_PAPERS and item.path[0] not in _ON_CONSENT_PAPERS:
            return "content in a consent paper"
        if paper.kind not in CONSENT_PAPERS and item.kind != "free" and (why := self._refusal_of_course(word)):
            return why
        return next(filter(None, (self._refusal_to(reader, item, paper) for reader in paper.readers)), "")

    def _refusal_of_course(self, word: str) -> str:
        """Why the word may stand nowhere, whoever reads it."""
        if self.facts.is_closed:
            return "closed course"
        return "new after a lapse" if self.facts.is_lapsed and word not in self.known else ""

    def _refusal_of_small_letter(self, word: str, item: Item, paper: Paper) -> str | None:
        """What the small letters' own readers may not know; None where the rules of all papers say it."""
        if paper.kind in BY_CASE_NUMBER:
            return "a word of the family to who counts by case number"
        if paper.kind == ESCALATION:
            return self._refusal_to_steering_group(item)
        if paper.kind in OWN_ANSWERS and self._is_somebody_elses_name(word, item, paper):
            return "somebody else in a letter about one's own answer"
        if paper.kind == ENDED_NOTE:
            return next(filter(None, (self._refusal_behind_end(reader, item) for reader in paper.readers)), "")
        return None

    def _refusal_to_steering_group(self, item: Item) -> str:
        """The activity and what the wait costs, of no health area and of nothing that is kept to some."""
        data = self.facts.data
        waited_for = {line["activity"] for line in data["waiting_times"] if line["area"] != HEALTH}
        match item.path:
            case ("waiting_times", int(index), "consequence"):
                is_told = data["waiting_times"][index]["area"] != HEALTH
            case ("plan", "activities", int(index), "what"):
                is_told = data["plan"]["activities"][index]["id"] in waited_for
            case _:
                is_told = False
        if not is_told or item.visible is not None:
            return "for no steering group"
        if self.facts.is_closed:
            return "closed course"
        area, is_known = item.areas[0], [self.facts.shares(member) for member in item.about]
        return "" if any(area in found for found in is_known) else "what an area without consent knows"

    def _is_somebody_elses_name(self, word: str, item: Item, paper: Paper) -> bool:
        """Whether it is the name of an adult who is not the reader, told by what the reader herself is not called."""
        match item.path:
            case ("members", str(key), "name"):
                own = {name for reader in paper.readers for name in canaries_in(self._name(reader.member))}
                return word not in own and not self.facts.is_child(key)
            case _:
                return False

    def _name(self, member: str) -> str:
        return str(self.facts.members[member]["name"]) if member in self.facts.members else ""

    def _refusal_behind_end(self, reader: Reader, item: Item) -> str:
        """After a withdrawal: names, the own address, and what of the areas' own plans lives on."""
        if item.kind == "address":
            return self._address(reader, item)
        if item.kind == "continues":
            return self._area(reader, item)
        return "" if item.kind == "free" else "closed course"

    def is_said_anew(self, word: str) -> bool:
        """Whether it is of a goal that was health's, towards which something else is done now, and nothing of health.

        Somebody deleted what made it so. What a goal is about is told by the file as it is now; that others see it from
        then on is told to who edited.
        """
        item = self.items.get(word)
        lines = [line for line in self.facts.data["plan"]["activities"] if item and line["goal"] == item.goal]
        return bool(lines) and all(line["area"] != HEALTH for line in lines)

    def _refusal_to(self, reader: Reader, item: Item, paper: Paper) -> str:
        if paper.kind not in CONSENT_PAPERS:
            stranger = self._stranger(reader, paper)
            if stranger and (item.kind != "free" or paper.kind in OWN_PAPERS):
                return stranger
            if reader.is_guest and item.kind not in ("point", "free"):
                return "for no guest"
        if item.kind == "network":
            return self._network(reader, item, paper)
        rules: dict[str, Callable[[Reader, Item], str]] = {
            "address": self._address,
            "point": _narrowed,
            "internal": lambda reader, _item: "" if reader.area else "for professionals only",
            "child": self._about_child,
            "reason": self._reason,
            "meeting reason": self._reason,
            "goal reason": lambda reader, item: self._reason(reader, item) or self._goal(reader, item),
            "goal": self._goal,
            "area": self._area,
            "assessment": self._assessment,
            "assessment internal": lambda reader, item: self._assessment(reader, item) if reader.area else "internal",
            "continues": self._area,
            "value": self._value,
            "health value": self._health_value,
            "who answered": lambda _reader, _item: "a name where a role belongs",
            "staff's answer": lambda reader, _item: "" if reader.area else "for professionals only",
        }
        return rules[item.kind](reader, item) if item.kind in rules else ""

    def _value(self, reader: Reader, item: Item) -> str:
        """A number is for whoever may know of the person; of nobody named, for the whole family and its team."""
        facts = self.facts
        if reader.area:
            shares = [facts.shares(member) for member in item.about or facts.members]
            is_shared = all if item.about else any
            return "" if is_shared(reader.area in found for found in shares) else "an area without consent"
        return "" if not item.about or facts.concerns(reader.member, item.about) else "another home's"

    def _health_value(self, reader: Reader, item: Item) -> str:
        """Where a health area ever worked with the person, it has to share her too."""
        facts = self.facts
        if reader.member:
            return "" if facts.is_hers(reader.member, item.about) else "a health value to the family"
        is_health_s = bool(self.touched_by_health & set(item.about))
        if is_health_s and not all(HEALTH in facts.shares(member) for member in item.about):
            return "a health value that the health area does not share"
        return self._value(reader, item)

    def _stranger(self, reader: Reader, paper: Paper) -> str:
        """Why this reader gets nothing at all."""
        facts = self.facts
        if reader.member and facts.age(reader.member) >= 18 and not facts.is_child(reader.member):
            is_in = facts.consented(reader.member, lapsed_too=True) or (
                paper.kind in TABLE_PAPERS and facts.is_asked_along(reader.member)
            )
            return "" if is_in else "a reader who has not said yes"
        if reader.area and paper.kind in OWN_PAPERS:
            if all(facts.area_of[line["staff"]] != reader.area for line in facts.team_on(facts.day)):
                return "an area that is not on the team"
            if not any(reader.area in facts.shares(member) for member in facts.members):
                return "an area without consent"
        return ""

    def _address(self, reader: Reader, item: Item) -> str:
        (owner,) = item.about
        contact = self.facts.data["contact"] if owner == "family" else self.facts.members[owner]["contact"]
        if reader.member and owner in self.facts.homes(reader.member):
            return ""
        if contact.get("protected") == "true":
            return "a protected address"
        return "the address of another home" if reader.member else ""

    def _reason(self, reader: Reader, item: Item) -> str:
        if not reader.member:
            return "a reason to an area"
        if item.kind == "goal reason":
            return "" if self.facts.concerns(reader.member, item.about) else "a reason to another home"
        return "a reason to another home" if self.facts.has_two_homes else ""

    def _about_child(self, reader: Reader, item: Item) -> str:
        if reader.area:
            return "" if all(reader.area in self.facts.shares(key) for key in item.about) else "an area without consent"
        return "" if self.facts.concerns(reader.member, item.about) else "another home's"

    def _goal(self, reader: Reader, item: Item) -> str:
        if why := _narrowed(reader, item):
            return why
        facts, areas = self.facts, self.areas_of_goal.get(item.goal, set())
        is_health = HEALTH in areas or (not areas and bool(self.touched_by_health & set(item.about)))
        if reader.area:
            if not all(reader.area in facts.shares(member) for member in item.about if member in facts.members):
                return "an area without consent"
            is_shared = all(HEALTH in facts.shares(member) for member in item.about if member in facts.members)
            may = is_shared if areas else reader.area == HEALTH
            return "a health goal to an area" if is_health and not may else ""
        if _is_named(reader, item):
            return ""
        if is_health:
            return "" if facts.is_hers(reader.member, item.about) else "a health goal to the family"
        return "" if facts.concerns(reader.member, item.about) else "another home's"

    def _network(self, reader: Reader, item: Item, paper: Paper) -> str:
        """Who is around whom: on a card of one's own, another home has its own part and a youth hers (3.3b)."""
        facts = self.facts
        if reader.area:
            shares = [facts.shares(member) for member in item.about if member in facts.members]
            return "" if all(reader.area in found for found in shares) else "an area without consent"
        if item.about and not facts.concerns(reader.member, item.about):
            return "another home's"
        if paper.kind != CARD:
            return ""
        is_at_home = "family" in facts.homes(reader.member)
        is_own = reader.member in item.about or (
            reader.member in facts.custodians and any(facts.is_child(member) for member in item.about)
        )
        if is_own or (is_at_home and (not item.about or not facts.is_child(reader.member))):
            return ""
        return "not on her own part of the card"

    def _assessment(self, reader: Reader, item: Item) -> str:
        """A part is for whom it is about: parents read their own and their children's, a youth her own (3.3b)."""
        if why := self._area(reader, item):
            return why
        if reader.area:
            return ""
        facts = self.facts
        hers = [
            member
            for member in item.about
            if member == reader.member
            or (reader.member in facts.custodians and facts.is_child(member) and facts.age(member) < 18)
        ]
        is_all_hers = len(hers) == len(item.about)
        return "" if hers and (is_all_hers or not facts.is_child(reader.member)) else "somebody else's assessment"

    def _area(self, reader: Reader, item: Item) -> str:
        (area,) = item.areas
        if reader.area != area and (why := _narrowed(reader, item)):
            return why
        facts = self.facts
        if reader.area:
            shares = [facts.shares(member) for member in item.about if member in facts.members]
            if not all(area in found for found in shares):
                return "what an area without consent knows"
            return "" if all(reader.area in found for found in shares) else "an area without consent"
        if _is_named(reader, item):
            return ""
        if area == HEALTH and not facts.is_hers(reader.member, item.about):
            return "health to the family"
        return "" if facts.concerns(reader.member, item.about) else "another home's"

    def colleague_of(self, word: str) -> str:
        """Whose name or title a word is; nobody's if it is neither."""
        return self.staff_words.get(word) or self.title_words.get(word, "")

    def _refusal_of_colleague(self, staff: str, paper: Paper) -> str:
        """Who works with somebody says which area does; who comes to a meeting is seen by all who do."""
        facts, about = self.facts, self._worked_with(staff)
        if staff in facts.open_names or not about or paper.kind in CONSENT_PAPERS:
            return ""
        if paper.kind in TABLE_PAPERS:
            return "" if facts.may_come(staff) else "a colleague without consent"
        return next(filter(None, (self._colleague(reader, staff, about) for reader in paper.readers)), "")

    def _refusal_of_title(self, staff: str, paper: Paper) -> str:
        """A title says where she works, so at a table not all may read it; colleagues know their own tovholder's."""
        facts, about = self.facts, self._worked_with(staff)
        if not about or paper.kind in CONSENT_PAPERS:
            return ""
        knows_all = paper.kind in TABLE_PAPERS or staff == facts.tovholder
        for reader in paper.readers:
            if reader.is_guest:
                why = "a health colleague" if self.area_of[staff] == HEALTH else ""
            elif reader.area and knows_all:
                why = (
                    self._colleague(reader, staff, set(facts.members))
                    if facts.may_come(staff)
                    else "a colleague without consent"
                )
            else:
                why = self._colleague(reader, staff, about, paper.on)
            if why:
                return f"the title of {why}"
        return ""

    def _worked_with(self, staff: str) -> set[str]:
        """Whom a colleague works with: on the team for, or in the plan responsible for something that is for."""
        facts = self.facts
        lines = [line for line in facts.data["plan"]["activities"] if line["responsible"] == staff]
        return {member for line in lines for member in line["for"] if member in facts.members} | facts.whom_serves(
            staff
        )

    def _colleague(self, reader: Reader, staff: str, about: set[str], on: date | None = None) -> str:
        facts, area = self.facts, self.area_of[staff]
        if reader.area:
            both = {area, reader.area}
            return "" if any(both <= facts.shares(member) for member in about) else "a colleague without consent"
        if not facts.concerns(reader.member, about):
            return "a colleague of another home"
        return "a health colleague" if area == HEALTH and not facts.is_hers(reader.member, about, on) else ""


def overview_refusal(word: str, judges: Iterable[Judge]) -> str:
    """Why a word may not stand on the page of all families: it names families and colleagues, and nobody else."""
    for judge in judges:
        item = judge.items.get(word)
        if item is not None and item.path[0] != "name":
            return f"{item.path[0]} on the page of all"
    return ""


def _is_named(reader: Reader, item: Item) -> bool:
    return item.visible is not None and ("all" in item.visible or str(reader) in item.visible)


def _narrowed(reader: Reader, item: Item) -> str:
    if item.visible is None or _is_named(reader, item):
        return ""
    return "kept from this reader"
