"""Every canary word of a family's file, with what kind of thing it stands in and whom that is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.canaries.words import canaries_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.canaries.households import Data

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """What a word stands in.

    `kind` names the rule that it falls under (`tests.canaries.oracle`). `about` are the people whom it is about,
    `areas` those whose knowledge it is, `visible` its own `visible_to`, `goal` the goal it belongs to.
    """

    word: str
    path: Path
    kind: str
    about: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    visible: tuple[str, ...] | None = None
    goal: str = ""

    @property
    def place(self) -> str:
        """Where it stands, as one would say it."""
        return ".".join(str(part) for part in self.path)


def items_of(data: Data) -> dict[str, Item]:
    """Each word of the file; a word that stands in several places belongs to the first, where it is declared."""
    found: dict[str, Item] = {}
    for path, text in _leaves(data, ()):
        for word in canaries_in(text):
            if word not in found:
                found[word] = _item(data, path, word)
    return found


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, below in value.items():
            if canaries_in(key):
                yield (*path, key, "key"), key
            yield from _leaves(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _leaves(below, (*path, index))
    else:
        yield path, str(value)


def _visible(line: Any) -> tuple[str, ...] | None:
    wanted = line.get("visible_to") if isinstance(line, dict) else None
    return None if wanted is None else tuple([wanted] if isinstance(wanted, str) else wanted)


def _item(data: Data, path: Path, word: str) -> Item:  # noqa: C901, PLR0911 - a table of places
    match path:
        case ("contact", *_):
            return Item(word, path, "address", about=("family",))
        case ("members", member, "contact", *_):
            return Item(word, path, "address", about=(str(member),))
        case ("assessment", int(index), *_):
            return _assessment(data, path, word, data["assessment"][index])
        case ("network", int(index), *_):
            return Item(word, path, "network", about=tuple(data["network"][index].get("for", ())))
        case ("meetings", int(index), *rest):
            return _of_meeting(data["meetings"][index], path, word, rest)
        case ("waiting_times", int(index), *_):
            return _wait(data, path, word, data["waiting_times"][index])
        case ("measurements", "indicators", int(index), *_):
            return _measured(path, word, data["measurements"]["indicators"][index])
        case ("plan", *rest):
            return _of_plan(data["plan"], path, word, rest)
        case ("closing", "reason") | ("follow_up" | "pauses", *_) | ("tovholder", _, "reason"):
            return Item(word, path, "reason", about=tuple(data["members"]))
        case ("closing", "continues", int(index), *_):
            area = data["closing"]["continues"][index]["area"]
            return Item(word, path, "continues", about=_cases_for(data, area), areas=(area,))
        case _:
            return Item(word, path, "free")


def _cases_for(data: Data, area: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member for line in data["cases"] if line["area"] == area for member in line["for"]))


def _assessment(data: Data, path: Path, word: str, line: Data) -> Item:
    area = line["area"]
    kind = "assessment internal" if path[-1] == "internal" else "assessment"
    return Item(word, path, kind, about=_cases_for(data, area), areas=(area,))


def _wait(data: Data, path: Path, word: str, wait: Data) -> Item:
    """What a wait costs is knowledge of the area that is waited for, about those whom it is for."""
    line = next((item for item in data["plan"]["activities"] if item["id"] == wait["activity"]), None)
    about = tuple(line["for"]) if line else _cases_for(data, wait["area"])
    return Item(word, path, "area", about, (wait["area"],), _visible(line))


def _measured(path: Path, word: str, line: Data) -> Item:
    """A value is about a person; one of health follows health, and the staff's own answers are for professionals."""
    if path[-1] == "informant":
        return Item(word, path, "who answered")
    sorts = {"medarbejder": "staff's answer", "helbred": "health value"}
    return Item(word, path, sorts.get(line["key"].partition("_")[0], "value"), about=tuple(line["for"]))


def _of_meeting(meeting: Data, path: Path, word: str, rest: list[str | int]) -> Item:  # noqa: PLR0911
    match rest:
        case ["reason"] | ["moved", _, "reason"]:
            return Item(word, path, "meeting reason")
        case ["children", str(child), "key"]:
            return Item(word, path, "free", about=(child,))
        case ["children", str(child), *_]:
            return Item(word, path, "child", about=(child,))
        case ["family_points", int(index), *_]:
            return Item(word, path, "point", visible=_visible(meeting["family_points"][index]))
        case ["minutes", "points", int(index), *_]:
            line = meeting["minutes"]["points"][index]
            if "decided_in" in line:
                return Item(word, path, "area", tuple(line["for"]), (line["decided_in"],), _visible(line))
            return Item(word, path, "point", visible=_visible(line))
        case ["minutes", "internal"]:
            return Item(word, path, "internal")
        case _:
            return Item(word, path, "free")


def _of_plan(plan: Data, path: Path, word: str, rest: list[str | int]) -> Item:
    match rest:
        case ["goals", int(index), *below]:
            goal = plan["goals"][index]
            kind = "goal reason" if below == ["ended", "reason"] else "goal"
            return Item(word, path, kind, tuple(goal["for"]), visible=_visible(goal), goal=goal["id"])
        case ["activities", int(index), *_]:
            line = plan["activities"][index]
            return Item(word, path, "area", tuple(line["for"]), (line["area"],), _visible(line), line["goal"])
        case ["status", int(index), *_]:
            line = plan["status"][index]
            goal = next(item for item in plan["goals"] if item["id"] == line["goal"])
            return Item(word, path, "goal", tuple(goal["for"]), visible=_visible(goal), goal=goal["id"])
        case ["sector_plans", int(index), *_]:
            line = plan["sector_plans"][index]
            return Item(word, path, "area", tuple(line["for"]), (line["area"],), _visible(line))
        case _:
            return Item(word, path, "free")
