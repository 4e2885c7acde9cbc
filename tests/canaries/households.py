"""Invented households, the same ones each time, with a canary word in every free text, name and id."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.canaries.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

Data = dict[str, Any]
"""A family's YAML as plain values."""

BUILT = date(2026, 11, 21)
"""The day on which the first papers are made."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of household it is."""

    father: str = "own"
    """Where he lives: `own` home, `protected` home, at home (`same`), `phone` (no address of his), or is not there."""
    mother_protected: bool = False
    father_custody: bool = True
    partner: str = ""
    """The mother's partner: `yes`, `no`, `unasked`, or there is none."""
    youth_born: str = ""
    child_lives_both: bool = True
    health: str = "mother"
    narrowed: bool = False
    guest: bool = False
    drafting: bool = False
    """The familieplansmøde is still ahead."""
    extra_meetings: bool = False


@dataclass
class Household:
    """One family: its file's values, its words, and what kind it is."""

    number: int
    shape: Shape
    words: Words
    data: Data = field(default_factory=dict)

    @property
    def stem(self) -> str:
        return f"hop-2026-{self.number:03d}"

    def key(self, person: str) -> str:
        """A member's key: mor, far, partner, barn, ung."""
        return next((key for key in self.data["members"] if key.startswith(person)), "")

    def person(self, person: str) -> Data:
        """That member's own lines."""
        found: Data = self.data["members"][self.key(person)]
        return found


SHAPES = (
    Shape(),
    Shape(father="protected", youth_born="2011-11-30"),
    Shape(father="same", guest=True),
    Shape(father="own", father_custody=False, child_lives_both=False, narrowed=True),
    Shape(father="", partner="yes"),
    Shape(father="own", partner="no"),
    Shape(father="own", partner="unasked", drafting=True),
    Shape(father="phone", mother_protected=True),
    Shape(father="same", youth_born="2010-12-10", health="child"),
    Shape(father="own", youth_born="2008-12-20", narrowed=True, health="father"),
    Shape(father="own", health="late", extra_meetings=True),
    Shape(father="protected", health="mixed", guest=True, narrowed=True),
)


def households(count: int, first: int = 0) -> list[Household]:
    """That many: the shapes in turn, then the same shapes with one trait changed."""
    return [build_household(number, _shape(number)) for number in range(first, first + count)]


def _shape(number: int) -> Shape:
    turn, place = divmod(number, len(SHAPES))
    shape = SHAPES[place]
    if turn % 2:
        shape = replace(shape, guest=not shape.guest, narrowed=not shape.narrowed)
    if turn // 2 % 2:
        shape = replace(shape, health={"mother": "mixed", "mixed": "mother"}.get(shape.health, "mother"))
    if turn // 4 % 2:
        shape = replace(shape, youth_born=("", "2011-12-05", "2012-06-01")[turn % 3], drafting=not shape.drafting)
    return shape


def build_household(number: int, shape: Shape) -> Household:
    """The family of that number, as its file stands on the first day."""
    words = Words(number)
    home = Household(number, shape, words)
    home.data = {
        "id": f"HOP-2026-{number:03d}",
        "name": f"Familien {words.name()}",
        "case_number": f"26-{number:06d}",
        "start_date": "2026-10-06",
        "contact": _contact(words, protected=shape.mother_protected),
        "referral": {"date": "2026-09-01", "source": "professional", "by": "kko"},
        "information_given": "2026-09-08",
        "members": _members(words, shape),
    }
    people = _People(home)
    home.data |= {
        "criteria": [words.new()],
        "cases": _cases(people),
        "consents": _consents(people),
        "team": _team(people),
        "tovholder": [{"staff": "rri", "from": "2026-10-06", "chosen_by": "team", "reason": words.new()}],
        "network": _network(people),
        "assessment": _assessment(people),
        "meetings": _meetings(people),
        "plan": _plan(people),
        "follow_up": {"every_weeks": "8", "reason": words.new()},
        "measurements": {
            "baseline_interview": "2026-10-20",
            "services": [{"date": "2026-10-06", "counts": dict.fromkeys(("BF", "BES", "DU", "SO"), "1")}],
        },
    }
    home.data["waiting_times"] = _waiting_times(people)
    home.data["measurements"]["indicators"] = list(_indicators(people))
    return home


class _People:
    """The keys by part, and who has the health area."""

    def __init__(self, home: Household) -> None:
        self.home, self.shape, self.words = home, home.shape, home.words
        self.mor, self.far, self.partner = home.key("mor"), home.key("far"), home.key("partner")
        self.barn, self.ung = home.key("barn"), home.key("ung")
        ill = {"child": self.barn, "father": self.far}
        self.ill = ill.get(self.shape.health, self.mor)


def _contact(words: Words, *, protected: bool = False) -> Data:
    lines: Data = {
        "address": f"{words.name()}vej 310",
        "postcode": "9999",
        "city": words.name(),
        "co": words.name(),
    }
    return lines | ({"protected": "true"} if protected else {})


def _members(words: Words, shape: Shape) -> Data:
    surname = words.name()

    def person(role: str, born: str, **more: object) -> Data:
        reads = "engelsk" if role == "parent" else "let dansk"  # each letter of theirs has a translation beside it
        return {"name": f"{words.name()} {surname}", "role": role, "born": born, "reads": reads} | more

    mor, far, barn = (f"{part}{words.new()}" for part in ("mor", "far", "barn"))
    members: Data = {mor: person("parent", "1985-01-05", custody="true", post="digital")}
    if shape.father:
        members[far] = person("parent", "1983-03-07", post="digital", custody=str(shape.father_custody).lower())
        if shape.father in ("own", "protected"):
            members[far]["contact"] = _contact(words, protected=shape.father == "protected")
        elif shape.father == "phone":
            members[far]["contact"] = {"phone": "99 00 00 01"}
    if shape.partner:
        members[f"partner{words.new()}"] = person("partner", "1982-08-09", post="digital")
    lives = [mor, far] if shape.father and shape.child_lives_both else [mor]
    members[barn] = person("child", "2016-06-06", lives_with=lives)
    if shape.youth_born:
        members[f"ung{words.new()}"] = person("child", shape.youth_born, lives_with=lives)
    return members


def _cases(people: _People) -> list[Data]:
    children = [key for key in (people.barn, people.ung) if key]
    return [
        {"area": "BF", "for": children, "since": "2026-03-02"},
        {"area": "DU", "for": children, "since": "2026-03-02"},
        {"area": "BES", "for": [people.mor], "since": "2026-03-02"},
        {"area": "SO", "for": [people.ill], "since": "2026-03-02"},
        *([{"area": "HP", "for": [people.far], "since": "2026-03-02"}] if people.far else []),
    ]


def _consents(people: _People) -> list[Data]:
    lines: list[Data] = []
    for key in (people.mor, people.far, people.partner, people.ung):
        if not key or (key == people.partner and people.shape.partner == "unasked"):
            continue
        born = people.home.data["members"][key]["born"]
        if key == people.ung and born > "2011-09-15":
            continue
        line: Data = {"member": key, "form_given": "2026-09-08", "received_by": "rri"}
        if key == people.partner and people.shape.partner == "no":
            lines.append(line | {"refused": "2026-09-15"})
        else:
            lines.append(line | {"given": "2026-09-15", "areas": ["BF", "BES", "DU", "SO", "HP"]})
    return lines


def _team(people: _People) -> list[Data]:
    return [
        {"staff": "rri", "from": "2026-10-06", "for": [people.barn]},
        {"staff": "tta", "from": "2026-10-06", "for": [people.mor]},
        {"staff": "ppa", "from": "2026-10-06", "for": [people.barn]},
        {"staff": "ssk", "from": "2026-10-06", "for": [people.ill]},
        *([{"staff": "mmo", "from": "2026-10-06", "for": [people.far]}] if people.far else []),
    ]


def _network(people: _People) -> list[Data]:
    """Somebody of the whole family's, and somebody of each person's own."""
    words = people.words
    owners = [[], *([key] for key in (people.mor, people.far, people.barn, people.ung) if key)]
    return [
        {"name": words.name(), "relation": words.new(), "circle": "close", "helps_with": words.new()}
        | ({"for": owner} if owner else {})
        for owner in owners
    ]


def _assessment(people: _People) -> list[Data]:
    parts = (("BF", "rri"), ("BES", "tta"), ("DU", "ppa"), ("SO", "ssk"))
    return [
        {"area": area, "by": by, "date": "2026-10-28"}
        | {key: people.words.new() for key in ("works", "concerns", "wishes", "sources", "internal")}
        for area, by in parts
    ]


def _meetings(people: _People) -> list[Data]:
    words, shape = people.words, people.shape
    intro = _meeting(words, "introduktionsmøde", "2026-10-06", status="held")
    big_day = "2026-12-01" if shape.drafting else "2026-11-10"
    big = _meeting(words, "familieplansmøde", big_day, **({} if shape.drafting else {"status": "held"}))
    big["children"] = {key: _child(words, attends=key == people.ung) for key in (people.barn, people.ung) if key}
    if not shape.drafting:
        big["minutes"] = _minutes(people)
    gone = _meeting(words, "opfølgningsmøde", "2026-11-17", status="cancelled", reason=words.new())
    gone["children_as"] = big["id"]
    ahead = _meeting(words, "opfølgningsmøde", "2027-01-12")
    ahead["children"] = {key: _child(words, attends=True) for key in (people.barn, people.ung) if key}
    ahead["moved"] = [{"from": "2027-01-05 10.00", "on": "2026-11-16", "reason": words.new()}]
    ahead["message"] = words.new()
    ahead["sheet"] = "ja"
    ahead["agenda"] = [words.new(), {"point": words.new(), "minutes": "10", "by": words.new()}]
    ahead["family_points"] = [
        words.new(),
        {"point": words.new(), "visible_to": [people.mor]},
        {"point": words.new(), "visible_to": ["BF"]},
        {"point": words.new(), "visible_to": [key for key in (people.mor, people.far, "BF", "DU") if key]},
    ]
    if shape.guest:
        ahead["guests"] = [{"name": words.name(), "role": words.new(), "email": "gaest@vesterlyng.example"}]
    return [intro, big, *([gone] if shape.extra_meetings else []), ahead]


def _meeting(words: Words, kind: str, day: str, **more: object) -> Data:
    base: Data = {
        "id": f"m{words.new()}",
        "type": kind,
        "date": day,
        "start": "10.00",
        "end": "11.00",
        "place": "havoern",
    }
    return base | more


def _child(words: Words, *, attends: bool) -> Data:
    return {
        "attends": str(attends).lower(),
        "part": words.new(),
        "reason": words.new(),
        "view": words.new(),
        "assessed_by": "rri",
        "assessed": "2026-10-30",
        "parents_agree": "true",
    }


def _minutes(people: _People) -> Data:
    words = people.words
    return {
        "by": "rri",
        "approved": "2026-11-12",
        "points": [
            {"point": words.new(), "text": words.new(), "agreed": words.new(), "visible_to": "all"},
            {"point": words.new(), "text": words.new(), "agreed": words.new(), "visible_to": [people.mor, "BES"]},
            *(
                {"point": words.new(), "text": words.new(), "agreed": words.new(), "for": [key], "decided_in": area}
                | ({"who": by} if by else {})
                for key, area, by in ((people.mor, "SO", "ssk"), (people.mor, "BES", ""), (people.barn, "DU", "ppa"))
                if key
            ),
        ],
        "family_remarks": words.new(),
        "internal": words.new(),
    }


def goal(words: Words, members: list[str], **more: object) -> Data:
    """A goal with a word in each of its texts."""
    texts = {key: words.new() for key in ("words", "need", "goal", "sign", "to_child")}
    return {"id": f"g{words.new()}", "for": members} | texts | more


def activity(words: Words, aim: Data, area: str, by: str, **more: object) -> Data:
    """What an area does towards a goal, with a word in each of its texts."""
    base: Data = {
        "id": f"a{words.new()}",
        "goal": aim["id"],
        "area": area,
        "responsible": by,
        "for": aim["for"],
        "what": words.new(),
        "decision": "bevilget",
        "start": "2026-11-02",
        "end": "2027-03-31",
        "hours_per_week": "2",
        "follow_up": {"how": words.new(), "every_weeks": "6"},
        "continues_in": words.new(),
    }
    return base | more


def reading(words: Words, aim: Data) -> Data:
    """How far a goal has come."""
    return {"goal": aim["id"], "date": "2026-11-16", "progress": "på vej", "note": words.new()}


def _waiting_times(people: _People) -> list[Data]:
    """Two waits that are too long: for work, and for what a health area does."""
    found = {line["area"]: line for line in people.home.data["plan"]["activities"]}
    return [
        {"activity": found[area]["id"], "area": area, "applied": "2026-08-03", "consequence": people.words.new()}
        for area in ("BES", "SO")
        if area in found
    ]


def _indicators(people: _People) -> Iterator[Data]:
    """What is measured twice of each person, of health where she is ill, of the family and of the staff.

    A number is no word, so the indicator's name is one (`tests.canaries.stage`), and so is who answered.
    """
    children = [key for key in (people.barn, people.ung) if key]
    adults = [key for key in (people.mor, people.far, people.partner) if key]
    kinds = [("barn", [key]) for key in children] + [("voksen", [key]) for key in adults]
    kinds.append((f"helbred_{'barn' if people.ill in children else 'voksen'}", [people.ill]))
    for sort, about in (*kinds, ("familie", []), ("medarbejder", [])):
        key, answered = f"{sort}_{people.words.new()}", people.words.new()
        for month, value in (("2026-10", "2"), ("2026-11", "3")):
            yield {"key": key, "for": about, "month": month, "value": value, "informant": answered}


def _plan(people: _People) -> Data:
    words, shape = people.words, people.shape
    work, school = goal(words, [people.mor]), goal(words, [people.barn])
    health, ended = goal(words, [people.ill]), goal(words, [people.mor])
    ended["ended"] = {"date": "2026-11-15", "reason": words.new()}
    goals = [work, school, health, ended]
    does = [
        activity(words, work, "BES", "tta"),
        activity(words, school, "DU", "ppa"),
        activity(words, ended, "BES", "tta"),
    ]
    if shape.narrowed:
        does[0]["visible_to"] = [people.mor, "BES"]
        school["visible_to"] = [people.mor, "DU", "BF"]
    if shape.health != "late":
        does.append(activity(words, health, "SO", "ssk"))
    if shape.health == "mixed":
        does.append(activity(words, health, "BES", "tta"))
    if people.far:
        his = goal(words, [people.far])
        goals.append(his)
        does.append(activity(words, his, "HP", "mmo"))
    return {
        "shared_goal": words.new(),
        "goals": goals,
        "activities": does,
        "status": [reading(words, aim) for aim in goals],
        "sector_plans": [
            {"kind": "min_plan", "area": "BES", "for": [people.mor], "source": words.new(), "relation": "særskilt"},
            {"kind": "barnets_plan", "area": "BF", "for": [people.barn], "source": words.new(), "relation": "særskilt"},
        ],
    }
