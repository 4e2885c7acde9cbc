"""A project of sixty families over thirty months, invented: the same files each time, with every kind of figure.

Courses begin in turn, go well or badly, miss months, pause, end and are taken back, as courses do. So the reports about
all families have something to say. Nobody in them exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

import yaml

from hopdocs.cli.verbs.demo.invented_figures import measure
from hopdocs.domain.calendar import months_later
from hopdocs.domain.working_days import next_working_day
from hopdocs.package_data import shipped_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hopdocs.model.config import Config

FAMILIES: Final = 60
SEEN_ON: Final = date(2026, 11, 21)
_FIRST_MONDAY: Final = date(2024, 5, 13)
_SEED: Final = 20261121
_SURNAMES: Final = ("Ahornblad", "Birkelund", "Fjordvang", "Ibsholm", "Kløverkrog", "Lyngstjerne", "Rimsø", "Tangløber")
_PARENTS: Final = ("Agnes", "Bertil", "Clara", "Ditte", "Egon", "Frida", "Gudrun", "Holger", "Iben", "Jeppe")
_CHILDREN: Final = ("Karla", "Loke", "Merete", "Niels", "Oda", "Povl", "Rosa", "Sigurd", "Tove", "Uffe", "Vera", "Ylva")
_STAFF: Final = {
    "BF": ("rri",),
    "BES": ("tta", "iik"),
    "HP": ("mmo",),
    "DU": ("yym", "ppa"),
    "SO": ("ssk", "hha"),
}
_ADULTS_AREAS: Final = ("BES", "HP", "SO")
_CRITERIA: Final = ("langvarig offentlig forsørgelse", "misbrug", "psykiske udfordringer", "børn i mistrivsel")
_REASONS: Final = (
    "Emnet er for de voksne.",
    "Barnet er i skole og vil hellere tale med sin lærer.",
    "Barnet er lille endnu.",
    "Barnet var sygt.",
    "Mødet ligger i skolernes ferie.",
)
_SLOTS: Final = ("08.30", "09.45", "11.00", "13.00", "14.15")
_RHYTHM: Final = timedelta(days=56)
_REACHED: Final = 0.7
_LARGER: Final = {
    "  from: 2025-05-01\n  to: 2027-12-31\n": "  from: 2024-05-01\n  midterm: 2025-08-01\n  to: 2026-10-31\n",
    "  families: 12\n": "  families: 60\n",
    "De første tre familier er i gang\n    due: 2026-03-01\n    reached: 2026-02-17": (
        "De første tyve familier er i gang\n    due: 2025-03-01\n    reached: 2025-03-18"
    ),
    "Ti familier er i gang\n    due: 2027-06-01": "Alle tres familier er i gang\n    due: 2026-12-15",
}
"""What the sample's project says of a small one, and what is said here."""
_UNCONSENTED_EVERY, _WITHDRAWN_EVERY, _MOVED_EVERY, _CLOSED_EVERY = 15, 12, 17, 3


@dataclass(frozen=True, slots=True)
class Course:
    """What is settled of one course before its file is written."""

    number: int
    start: date
    end: date | None
    parents: tuple[str, ...]
    children: tuple[str, ...]
    born: dict[str, date]
    areas: tuple[str, ...]
    pause: tuple[date, date] | None
    goes_well: float
    """From -1 to 1: how its figures move."""

    @property
    def last(self) -> date:
        """The last day that anything is written of."""
        return self.end or SEEN_ON


class _Plain(yaml.SafeDumper):
    """Writes a day that stands twice as a day, and no mark that points to the first."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        del data
        return True


def write_large_project(root: Path, config: Config) -> None:
    """`families/` and `project.yaml` of the invented project; the rest of a workspace is the caller's."""
    (root / "families").mkdir(parents=True, exist_ok=True)
    for name, text in large_families(config):
        (root / "families" / name).write_text(text, encoding="utf-8")
    project = shipped_path("project.yaml").read_text(encoding="utf-8")
    for old, new in _LARGER.items():
        project = project.replace(old, new)
    (root / "project.yaml").write_text(project, encoding="utf-8")


def large_families(config: Config) -> Iterator[tuple[str, str]]:
    """The names and texts of the families' files."""
    for number in range(FAMILIES):
        dice = Random(_SEED + number)  # noqa: S311 - invented families are no secret
        family = _family(_settle(number, dice), dice, config)
        text = yaml.dump(family, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)
        yield f"{family['id'].lower()}.yaml", f"# En opdigtet familie.\n{text}"


def _settle(number: int, dice: Random) -> Course:
    start = _FIRST_MONDAY + timedelta(days=15 * number - 15 * number % 7 + number % 4)
    lived = (SEEN_ON - start).days
    end = None
    if number % _MOVED_EVERY == _MOVED_EVERY - 1 and lived > 300:  # noqa: PLR2004 - days
        end = start + timedelta(days=dice.randrange(200, 290))
    elif number % _CLOSED_EVERY == 0 and lived > 450:  # noqa: PLR2004 - days
        end = start + timedelta(days=dice.randrange(390, lived - 40))
    parents = tuple(dice.sample(_PARENTS, dice.choice((1, 2, 2))))
    children = tuple(dice.sample(_CHILDREN, dice.choice((1, 2, 2, 3))))
    born = {name: date(dice.randrange(1978, 1996), dice.randrange(1, 13), dice.randrange(1, 28)) for name in parents}
    born |= {name: date(dice.randrange(2012, 2021), dice.randrange(1, 13), dice.randrange(1, 28)) for name in children}
    pause = None
    if number % 8 == 5 and lived > 400:  # noqa: PLR2004 - a few rest for a while
        pause = start + timedelta(days=170), start + timedelta(days=210)
    areas = ("BF", *dice.sample(_ADULTS_AREAS, dice.choice((1, 1, 2))), *dice.choice(((), ("DU",))))
    return Course(number, start, end, parents, children, born, areas, pause, dice.uniform(-0.5, 1.0))


def _family(course: Course, dice: Random, config: Config) -> dict[str, Any]:
    number, start = course.number, course.start
    surname = _SURNAMES[number % len(_SURNAMES)]
    consented = number % _UNCONSENTED_EVERY != _UNCONSENTED_EVERY - 1
    family: dict[str, Any] = {
        "id": f"HOP-{start.year}-{100 + number}",
        "name": f"Familien {surname}",
        "case_number": f"{start.year % 100}-{300100 + number}",
        "start_date": start,
        "contact": {"address": f"Opdigtvej {number + 300}", "postcode": 9999, "city": "Vesterlyng"},
        "referral": {"date": start - timedelta(days=35), "source": "professional", "by": "rri"},
        "information_given": start - timedelta(days=28),
        "members": dict(_members(course, surname)),
        "criteria": sorted(dice.sample(_CRITERIA, 2)),
        "cases": [
            {
                "area": area,
                "for": [_key(course.children[0] if area in {"BF", "DU"} else course.parents[0])],
                "since": start - timedelta(days=dice.randrange(60, 900)),
            }
            for area in course.areas
        ],
        "consents": list(_consents(course, given=consented)),
    }
    if not consented:
        return family
    family["team"] = list(_team(course))
    family["tovholder"] = list(_tovholders(course, dice))
    family["meetings"] = list(_meetings(course, dice, config))
    family["plan"] = _plan(course) | {"status": list(_status(course, family["meetings"]))}
    if dice.random() < 0.8:  # noqa: PLR2004 - so many wait for something
        applied = start + timedelta(days=dice.randrange(10, 40))
        days = dice.randrange(20, 120)
        family["waiting_times"] = [
            {
                "area": course.areas[-1],
                "applied": applied,
                "expected": applied + timedelta(days=56),
                "granted": applied + timedelta(days=days),
                "consequence": "Et mål kom senere i gang.",
            }
        ]
    family["measurements"] = measure(course, dice)
    if course.pause:
        family["pauses"] = [{"from": course.pause[0], "to": course.pause[1], "reason": "Aftalt med familien."}]
    if course.end and number % _MOVED_EVERY == _MOVED_EVERY - 1:
        family["moved_away"] = course.end
    elif course.end:
        managed = course.goes_well > 0
        family["closing"] = {
            "date": course.end,
            "reason": "Familien klarer sig selv." if managed else "Familien vil ikke mere.",
            "told_as": "målet er nået" if managed else "familiens ønske",
        }
    return family


def _key(name: str) -> str:
    return name.lower()


def _members(course: Course, surname: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in course.parents:
        yield _key(name), {"name": f"{name} {surname}", "role": "parent", "born": course.born[name], "custody": True}
    for name in course.children:
        yield (
            _key(name),
            {
                "name": f"{name} {surname}",
                "role": "child",
                "born": course.born[name],
                "lives_with": [_key(parent) for parent in course.parents],
            },
        )


def _consents(course: Course, *, given: bool) -> Iterator[dict[str, Any]]:
    """A form each year, renewed before it ends; one family in twelve takes it back."""
    for name in course.parents:
        form = course.start - timedelta(days=28)
        if not given:
            yield {"member": _key(name), "form_given": form}
            continue
        while (signed := form + timedelta(days=14)) <= course.last:
            line: dict[str, Any] = {"member": _key(name), "form_given": form, "given": signed}
            line |= {"areas": list(course.areas), "received_by": "rri"}
            form = months_later(signed, 12) - timedelta(days=30)
            if course.number % _WITHDRAWN_EVERY == _WITHDRAWN_EVERY - 1 and form > course.last:
                line["withdrawn"] = [{"date": min(signed + timedelta(days=120), course.last)}]
            yield line


def _staff_of(course: Course, area: str, *, later: bool = False) -> str:
    people = _STAFF[area]
    return people[(course.number // 2 + later) % len(people)]


def _team(course: Course) -> Iterator[dict[str, Any]]:
    for area in course.areas:
        whom = course.children if area in {"BF", "DU"} else course.parents[:1]
        yield {"staff": _staff_of(course, area), "from": course.start, "for": [_key(name) for name in whom]}


def _tovholders(course: Course, dice: Random) -> Iterator[dict[str, Any]]:
    """Rigmor to begin with; in one course of three somebody takes over when there is another who may."""
    first = {"staff": "rri", "from": course.start, "chosen_by": "team", "reason": "Kender familien i forvejen."}
    yield first | {"substitute": "kko"}
    later = course.start + timedelta(days=dice.randrange(120, 300))
    if "HP" in course.areas and later < course.last and course.number % 3 == 1:
        line = {"staff": "mmo", "from": later, "chosen_by": "family", "reason": "Familien ville gerne skifte."}
        yield line | {"substitute": "rri"}


def _meetings(course: Course, dice: Random, config: Config) -> Iterator[dict[str, Any]]:
    slot = _SLOTS[course.number % len(_SLOTS)]
    place = f"home:{_key(course.parents[0])}"

    def meeting(name: str, kind: str, day: date, status: str = "held") -> dict[str, Any]:
        hour, minute = slot.split(".")
        held = next_working_day(day, config)
        times = {"start": slot, "end": f"{int(hour) + 1:02}.{minute}"}
        return {"id": name, "type": kind, "date": held, **times, "place": place, "status": status}

    yield meeting("intro", "introduktionsmøde", course.start)
    yield meeting("formoede", "fagligt formøde", course.start + timedelta(days=14))
    plan = meeting("familieplan", "familieplansmøde", course.start + timedelta(days=28))
    yield plan | {"children": _children(course, dice, plan["date"])}
    number, day = 1, plan["date"] + _RHYTHM
    while day < (course.end or SEEN_ON) - timedelta(days=3):
        if course.pause and course.pause[0] <= day <= course.pause[1]:
            day = course.pause[1] + timedelta(days=7)
        delay = dice.choice((0, 0, 0, 0, 7, 14))
        status = dice.choice(("held",) * 18 + ("cancelled", "no_show"))
        line = meeting(f"opfoelgning-{number}", "opfølgningsmøde", day + timedelta(days=delay), status)
        if line["date"] >= min(course.last, SEEN_ON - timedelta(days=1)):
            break
        if status != "held":
            line["reason"] = "Familien var syg."
        yield line | {"children": _children(course, dice, line["date"])}
        number, day = number + 1, line["date"] + (_RHYTHM if status == "held" else timedelta(days=7))


def _children(course: Course, dice: Random, day: date) -> dict[str, Any]:
    found = {}
    for name in course.children:
        comes = (day - course.born[name]).days / 365.25 > dice.randrange(4, 17)
        entry: dict[str, Any] = {"attends": comes}
        entry |= {"part": "den første halve time"} if comes else {"view": "Er spurgt for sig selv."}
        entry |= {"reason": "Vil gerne selv fortælle." if comes else dice.choice(_REASONS)}
        assessed = {"assessed_by": "rri", "assessed": day - timedelta(days=7), "parents_agree": True}
        found[_key(name)] = entry | assessed
    return found


def _plan(course: Course) -> dict[str, Any]:
    child, parent = _key(course.children[0]), _key(course.parents[0])
    goals = [
        {
            "id": "hverdag",
            "for": [child],
            "words": "Jeg vil gerne have ro om morgenen.",
            "need": "En fast rækkefølge.",
            "goal": "Fire af fem skoledage begynder uden råb.",
            "sign": "Familien sætter selv et kryds.",
            "direction": "børns trivsel",
        },
        {
            "id": "arbejde",
            "for": [parent],
            "words": "Jeg vil ud blandt andre.",
            "need": "Få timer i starten.",
            "goal": "Timerne vokser uge for uge.",
            "sign": "Timerne tælles hver måned.",
            "direction": "beskæftigelse",
        },
    ]
    activities = [
        {
            "id": f"indsats-{area.lower()}",
            "goal": "hverdag" if area in {"BF", "DU"} else "arbejde",
            "area": area,
            "responsible": _staff_of(course, area),
            "for": [child if area in {"BF", "DU"} else parent],
            "what": "Støtte efter aftale",
            "decision": "bevilget",
            "start": course.start + timedelta(days=30),
            **({"end": course.end} if course.end else {"end": "løbende", "review": months_later(SEEN_ON, 1)}),
            "hours_per_week": 2,
            "follow_up": {"how": "Samtale", "every_weeks": 8},
        }
        for area in course.areas
    ]
    return {"shared_goal": "Vi vil have en hverdag, vi kan overskue.", "goals": goals, "activities": activities}


def _status(course: Course, meetings: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """How far each goal was at the last follow-up that was held."""
    held = [it for it in meetings if it["type"] == "opfølgningsmøde" and it["status"] == "held"]
    progress = "nået" if course.goes_well > _REACHED else "på vej"
    for goal in ("hverdag", "arbejde") if held else ():
        line = {"goal": goal, "date": held[-1]["date"], "progress": progress, "meeting": held[-1]["id"]}
        yield line | {"note": "Set på sammen med familien."}
