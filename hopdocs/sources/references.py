"""Names that must be known: staff, members, areas, goals, activities, meetings, places and laws.

Checked on the text as it stands, so that a file which the model refuses is told about these too. Each table is a
list of path patterns; a new key that holds a name is one more line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from hopdocs.danish import first_name
from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.model.meeting import MEETING_TYPE_WORDS
from hopdocs.model.scalars.places import locate
from hopdocs.model.scalars.values import shorten
from hopdocs.sources.yaml.tree_paths import Match, PathTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hopdocs.diagnostics import DataPath
    from hopdocs.sources.yaml.yaml_text import Tree


class Names(Enum):
    """What a place in a file names."""

    STAFF = auto()
    MEMBER = auto()
    PERSON = auto()
    """A staff member, a member of the family, or somebody else in full words."""
    AREA = auto()
    GOAL = auto()
    ACTIVITY = auto()
    MEETING = auto()
    MEETING_PLACE = auto()
    LAW = auto()
    PLAN_KIND = auto()
    VIEWER = auto()
    """A member or an area: who may see one entry."""
    INDICATOR = auto()
    MEETING_TYPE = auto()


FAMILY_REFERENCES: Final = PathTable(
    {
        "referral.by": Names.STAFF,
        "members.*.lives_with.*": Names.MEMBER,
        "cases.*.area": Names.AREA,
        "cases.*.for.*": Names.MEMBER,
        "consents.*.member": Names.MEMBER,
        "consents.*.areas.*": Names.AREA,
        "consents.*.received_by": Names.STAFF,
        "consents.*.withdrawn.*.areas.*": Names.AREA,
        "team.*.staff": Names.STAFF,
        "team.*.for.*": Names.MEMBER,
        "tovholder.*.staff": Names.STAFF,
        "tovholder.*.substitute": Names.STAFF,
        "network.*.for.*": Names.MEMBER,
        "assessment.*.area": Names.AREA,
        "assessment.*.by": Names.STAFF,
        "assessment.*.for.*": Names.MEMBER,
        "assessment.*.visible_to.*": Names.VIEWER,
        "meetings.*.place": Names.MEETING_PLACE,
        "meetings.*.moved.*.told.@": Names.MEMBER,
        "meetings.*.invited.*": Names.STAFF,
        "meetings.*.stand_ins.@": Names.STAFF,
        "meetings.*.stand_ins.*": Names.STAFF,
        "meetings.*.family_points.*.visible_to.*": Names.VIEWER,
        "meetings.*.children_as": Names.MEETING,
        "meetings.*.children.@": Names.MEMBER,
        "meetings.*.children.*.assessed_by": Names.STAFF,
        "meetings.*.attendance.absent.*": Names.PERSON,
        "meetings.*.attendance.excused.*": Names.PERSON,
        "meetings.*.minutes.by": Names.STAFF,
        "meetings.*.minutes.points.*.who": Names.PERSON,
        "meetings.*.minutes.points.*.decided_in": Names.AREA,
        "meetings.*.minutes.points.*.for.*": Names.MEMBER,
        "meetings.*.minutes.points.*.visible_to.*": Names.VIEWER,
        "plan.resources.*.for.*": Names.MEMBER,
        "plan.resources.*.visible_to.*": Names.VIEWER,
        "plan.when_hard.*.for.*": Names.MEMBER,
        "plan.when_hard.*.visible_to.*": Names.VIEWER,
        "plan.goals.*.for.*": Names.MEMBER,
        "plan.goals.*.visible_to.*": Names.VIEWER,
        "plan.activities.*.goal": Names.GOAL,
        "plan.activities.*.area": Names.AREA,
        "plan.activities.*.responsible": Names.PERSON,
        "plan.activities.*.for.*": Names.MEMBER,
        "plan.activities.*.law": Names.LAW,
        "plan.activities.*.follow_up.by": Names.PERSON,
        "plan.activities.*.visible_to.*": Names.VIEWER,
        "plan.status.*.goal": Names.GOAL,
        "plan.status.*.meeting": Names.MEETING,
        "plan.sector_plans.*.kind": Names.PLAN_KIND,
        "plan.sector_plans.*.area": Names.AREA,
        "plan.sector_plans.*.for.*": Names.MEMBER,
        "plan.sector_plans.*.visible_to.*": Names.VIEWER,
        "deliveries.*.meeting": Names.MEETING,
        "deliveries.*.to.*": Names.MEMBER,
        "waiting_times.*.activity": Names.ACTIVITY,
        "waiting_times.*.area": Names.AREA,
        "measurements.services.*.counts.@": Names.AREA,
        "measurements.costs.*.area": Names.AREA,
        "measurements.indicators.*.key": Names.INDICATOR,
        "measurements.indicators.*.for.*": Names.MEMBER,
        "closing.continues.*.area": Names.AREA,
    }
)

CONFIG_REFERENCES: Final = PathTable(
    {
        "staff.*.area": Names.AREA,
        "staff.*.substitute": Names.STAFF,
        "target_group.required_area": Names.AREA,
        "candidates.areas.@": Names.AREA,
        "project_coordinator": Names.STAFF,
        "steering_group.*": Names.STAFF,
        "absences.*.staff": Names.STAFF,
        "records.access_owner": Names.STAFF,
        "agendas.@": Names.MEETING_TYPE,
        "indicators_used.*": Names.INDICATOR,
        "investment.baseline.@": Names.AREA,
        "investment.share_area.@": Names.AREA,
    }
)

PROJECT_MEETINGS: Final = ("stop_days", "steering_meetings", "working_group_meetings")
PROJECT_REFERENCES: Final = PathTable(
    {
        "risks.*.owner": Names.STAFF,
        "working_group.*": Names.STAFF,
        **{f"{name}.*.place": Names.MEETING_PLACE for name in PROJECT_MEETINGS},
        **{f"{name}.*.invited.*": Names.STAFF for name in PROJECT_MEETINGS},
        **{f"{name}.*.attendance.absent.*": Names.PERSON for name in PROJECT_MEETINGS},
        **{f"{name}.*.attendance.excused.*": Names.PERSON for name in PROJECT_MEETINGS},
        **{f"{name}.*.minutes.by": Names.STAFF for name in PROJECT_MEETINGS},
        **{f"{name}.*.minutes.points.*.who": Names.PERSON for name in PROJECT_MEETINGS},
    }
)


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What may be named. A kind that is left out is not checked: its list could not be read."""

    by_kind: Mapping[Names, tuple[str, ...]]
    titles: Mapping[Names, Mapping[str, str]] = field(default_factory=dict)
    """What each is called, so that who writes a person's name is shown the id."""

    def of(self, kind: Names) -> tuple[str, ...] | None:
        """The names of one kind, or None if they are not known."""
        return self.by_kind.get(kind)

    def called(self, kind: Names, word: str) -> list[str]:
        """Those whose id in other letters, whose whole name or whose first name is `word`."""
        said, titles = word.casefold(), self.titles.get(kind, {})
        found = []
        for name in self.of(kind) or ():
            title = titles.get(name, "").casefold()
            if said in (name.casefold(), title, first_name(title)):
                found.append(name)
        return found


def find_unknown_names(tree: dict[str, Tree], table: PathTable[Names], known: KnownNames) -> Iterator[Finding]:
    """Every name that nobody has."""
    for match in table.walk(tree):
        if isinstance(match.value, str) and match.value.strip():
            check = _SPECIAL_CHECKS.get(match.meaning, _check_plain)
            finding = check(match, match.value.strip(), known)
            if finding is not None:
                yield finding


_CODES: Final = {
    Names.STAFF: "HD150",
    Names.MEMBER: "HD151",
    Names.AREA: "HD152",
    Names.GOAL: "HD153",
    Names.ACTIVITY: "HD154",
    Names.MEETING: "HD155",
    Names.LAW: "HD187",
    Names.PLAN_KIND: "HD187",
    Names.PERSON: "HD188",
    Names.VIEWER: "HD189",
    Names.MEETING_TYPE: "HD163",
    Names.INDICATOR: "HD800",
}

_SHORT_ID: Final = re.compile(r"[a-zæøå][a-zæøå0-9-]{0,11}")
EVERYDAY_WORDS: Final = frozenset({"alle", "mor", "far", "familien", "forældrene", "teamet", "tovholder", "skolen"})
"""Who is meant by them, everybody at the meeting knows."""


def _unknown(match: Match[Names], name: str, known: tuple[str, ...], called: Iterable[str] = ()) -> Finding:
    params = {"name": shorten(name), "choices": _choices(name, known, called)}
    return Finding(_CODES[match.meaning], match.at, params, on_key=match.on_key)


def _choices(name: str, known: tuple[str, ...], called: Iterable[str] = ()) -> str:
    """All that may be named, the likeliest first; `called` are those that go by that name."""
    unique = list(dict.fromkeys(known))
    near = list(dict.fromkeys((*called, *get_close_matches(name, unique, n=3, cutoff=0.5))))
    others = [choice for choice in unique if choice not in near]
    listed = [*near, *others]
    return ", ".join(listed[:_MOST_CHOICES]) + (" …" if len(listed) > _MOST_CHOICES else "") if listed else "–"


_MOST_CHOICES: Final = 12


def _check_plain(match: Match[Names], name: str, known: KnownNames) -> Finding | None:
    names = known.of(match.meaning)
    if names is None or name in names:
        return None
    return _unknown(match, name, names, known.called(match.meaning, name))


def _check_person(match: Match[Names], name: str, known: KnownNames) -> Finding | None:
    """A short word in small letters, nearly an id, is meant as one; all else is somebody's name, freely written."""
    staff, members = known.of(Names.STAFF), known.of(Names.MEMBER)
    if staff is None or members is None or not _SHORT_ID.fullmatch(name) or name in EVERYDAY_WORDS:
        return None
    people = (*members, *staff)
    return _unknown(match, name, people) if name not in people and get_close_matches(name, people) else None


def _check_viewer(match: Match[Names], name: str, known: KnownNames) -> Finding | None:
    members, areas = known.of(Names.MEMBER), known.of(Names.AREA)
    if members is None or areas is None or name.lower() in ("all", "alle"):
        return None
    return None if name in members or name in areas else _unknown(match, name, (*members, *areas))


def _check_meeting_type(match: Match[Names], name: str, known: KnownNames) -> Finding | None:
    """In any letters, and by any of its words, as under `type`."""
    said = " ".join(name.lower().split())
    types = known.of(Names.MEETING_TYPE) or ()
    return None if MEETING_TYPE_WORDS.get(said, said) in types else _unknown(match, name, types)


def _check_place(match: Match[Names], name: str, known: KnownNames) -> Finding | None:
    """`home:<member>`, a place's id, or free text; a word one letter off an id is no free text."""
    places = known.of(Names.MEETING_PLACE)
    location = locate(name, places or ())
    if location.host is not None:
        members = known.of(Names.MEMBER)
        if members is None or location.host in members:
            return None
        params = {"name": shorten(location.host), "choices": _choices(location.host, members)}
        return Finding("HD157", match.at, params)
    if places is None or location.room is not None or " " in name:
        return None
    near = get_close_matches(name.lower(), [place.lower() for place in places], n=1, cutoff=0.75)
    if not near:
        return None
    return Finding("HD156", match.at, {"name": shorten(name), "choices": _choices(name, places)})


def _check_plan_kind(match: Match[Names], name: str, known: KnownNames) -> Finding | None:
    """A sector plan of a kind without a law reference can be shown, but not with its legal basis."""
    laws = known.of(Names.LAW)
    if laws is None or name in laws:
        return None
    found = _unknown(match, name, laws)
    return Finding(found.code, found.at, found.params, Severity.WARNING, Blocks.NOTHING)


def _check_indicator(match: Match[Names], name: str, known: KnownNames) -> Finding | None:
    """In any letters. What nobody knows the scale of counts in no figure; the family's papers do without it."""
    names = known.of(match.meaning)
    if names is None or name.casefold() in {item.casefold() for item in names}:
        return None
    found = _unknown(match, name, names, known.called(match.meaning, name))
    return Finding(found.code, found.at, found.params, Severity.ERROR, Blocks.NOTHING)


_SPECIAL_CHECKS: Final[Mapping[Names, Callable[[Match[Names], str, KnownNames], Finding | None]]] = {
    Names.PERSON: _check_person,
    Names.VIEWER: _check_viewer,
    Names.MEETING_PLACE: _check_place,
    Names.PLAN_KIND: _check_plan_kind,
    Names.MEETING_TYPE: _check_meeting_type,
    Names.INDICATOR: _check_indicator,
}


def ids_at(tree: dict[str, Tree], *keys: str) -> tuple[str, ...]:
    """The ids of a list's entries, or a mapping's keys; empty if there is none."""
    here: Tree = tree
    for key in keys:
        here = here.get(key) if isinstance(here, dict) else None
    if isinstance(here, dict):
        return tuple(here)
    if isinstance(here, list):
        ids = [entry.get("id") for entry in here if isinstance(entry, dict)]
        return tuple(item.strip() for item in ids if isinstance(item, str))
    return ()


def find_twin_ids(
    tree: dict[str, Tree], lists: tuple[tuple[str, ...], ...], line_of: Callable[[DataPath], int]
) -> Iterator[Finding]:
    """Ids that stand twice in one list, both lines told."""
    for keys in lists:
        here: Tree = tree
        for key in keys:
            here = here.get(key) if isinstance(here, dict) else None
        first: dict[str, int] = {}
        for number, entry in enumerate(here if isinstance(here, list) else ()):
            name = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(name, str):
                continue
            name = name.strip()
            if name in first:
                line = line_of((*keys, first[name], "id"))
                params = {"id": shorten(name), "first_line": str(line)}
                yield Finding("HD158", (*keys, number, "id"), params)
            first.setdefault(name, number)


def find_circles(tree: dict[str, Tree]) -> Iterator[Finding]:
    """`children_as` that leads back to the same meeting."""
    meetings = tree.get("meetings")
    entries = [entry for entry in meetings if isinstance(entry, dict)] if isinstance(meetings, list) else []
    heirs = {entry.get("id"): entry.get("children_as") for entry in entries}
    for number, entry in enumerate(meetings if isinstance(meetings, list) else ()):
        start = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(start, str):
            continue
        seen: set[str] = set()
        here = heirs.get(start)
        while isinstance(here, str) and here not in seen and here != start:
            seen.add(here)
            here = heirs.get(here)
        if here == start:
            yield Finding("HD160", ("meetings", number, "children_as"), {"id": shorten(start)})
