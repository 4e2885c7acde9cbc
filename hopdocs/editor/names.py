"""What may be named in a file: people, areas, goals, meetings, places by their id, and what people know them by.

The ids of a family stand in its own file, so they are taken from the text as it is being written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticCustomError

from hopdocs.danish import say_day
from hopdocs.editor.keys import SourceKind
from hopdocs.model.meeting import MeetingType
from hopdocs.model.people import age_on
from hopdocs.model.scalars.moments import parse_date
from hopdocs.model.scalars.values import is_id_shaped
from hopdocs.sources.references import CONFIG_REFERENCES, FAMILY_REFERENCES, PROJECT_REFERENCES, Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hopdocs.diagnostics import DataPath
    from hopdocs.model.config import Config
    from hopdocs.sources.yaml.tree_paths import PathTable
    from hopdocs.sources.yaml.yaml_text import Tree

_REFERENCES: Final[Mapping[SourceKind, PathTable[Names]]] = {
    SourceKind.FAMILY: FAMILY_REFERENCES,
    SourceKind.CONFIG: CONFIG_REFERENCES,
    SourceKind.PROJECT: PROJECT_REFERENCES,
}


@dataclass(frozen=True, slots=True)
class Named:
    """One id that may be written, and who or what it is."""

    id: str
    called: str
    more: str = ""
    is_past: bool = False
    """Whether it is offered last: somebody who has left, a meeting that is behind us."""


def names_at(kind: SourceKind, at: DataPath, *, on_key: bool) -> Names | None:
    """What a place of a file names, if it names anything."""
    table = _REFERENCES.get(kind)
    return table.meaning_at(at, on_key=on_key) if table is not None else None


class Directory:
    """Everybody and everything that one file may name.

    `tree` is what could be read of it; `config` the municipality, None where that has never been readable.
    """

    def __init__(self, tree: Mapping[str, Tree], config: Config | None, today: date) -> None:
        self._tree = tree
        self._config = config
        self.today = today

    def of(self, kind: Names) -> tuple[Named, ...]:
        """All that may be named where a file names something of this kind, those that are past at the end."""
        found = {item.id: item for item in self._list(kind) if item.id}
        return tuple(sorted(found.values(), key=lambda item: item.is_past))

    def find(self, kind: Names, word: str) -> Named | None:
        """One of them by its id."""
        return next((item for item in self.of(kind) if item.id == word), None)

    def _list(self, kind: Names) -> Iterator[Named]:
        match kind:
            case Names.STAFF:
                yield from self._staff()
            case Names.MEMBER:
                yield from self._members()
            case Names.PERSON:
                yield from self._members()
                yield from self._staff()
            case Names.AREA:
                yield from self._areas()
            case Names.VIEWER:
                yield Named("alle", "alle læsere af planen")
                yield from self._members()
                yield from self._areas()
            case Names.GOAL:
                yield from self._entries(("plan", "goals"), "goal")
            case Names.ACTIVITY:
                yield from self._entries(("plan", "activities"), "what")
            case Names.MEETING:
                yield from self._meetings()
            case Names.MEETING_PLACE:
                yield from self._places()
            case _:
                yield from self._settled(kind)

    def _settled(self, kind: Names) -> Iterator[Named]:
        """What is the same for all families."""
        config = self._config
        match kind:
            case Names.LAW | Names.PLAN_KIND if config is not None:
                for law_id, law in config.law.items():
                    yield Named(law_id, law.text, is_past=law.to is not None and law.to < self.today)
            case Names.INDICATOR if config is not None:
                for item in config.catalogue.kinds:
                    yield Named(item.key, item.label, f"{item.who.value}, {item.unit}")
            case Names.MEETING_TYPE:
                for meeting_type in MeetingType:
                    yield Named(meeting_type.value, meeting_type.definite)

    def _staff(self) -> Iterator[Named]:
        """Those of the file that is open, if it is the configuration itself; else of the configuration."""
        if "staff" in self._tree:
            for key, person in _mappings(self._tree.get("staff")):
                yield Named(key, _text(person.get("name")), _text(person.get("title")))
        elif self._config is not None:
            for staff, known in self._config.staff.items():
                area = self._config.areas.get(known.area)
                more = f"{known.title}, {area.name if area is not None else known.area}"
                has_left = known.to is not None and known.to < self.today
                if known.to is not None and has_left:
                    more += f", stoppede {say_day(known.to, year=True)}"
                yield Named(staff, known.name, more, is_past=has_left)

    def _areas(self) -> Iterator[Named]:
        if "areas" in self._tree:
            for key, area in _mappings(self._tree.get("areas")):
                yield Named(key, _text(area.get("name")))
        elif self._config is not None:
            for code, known in self._config.areas.items():
                yield Named(code, known.name)

    def _members(self) -> Iterator[Named]:
        for key, person in _mappings(self._tree.get("members")):
            born = _day(person.get("born"))
            yield Named(key, _text(person.get("name")), f"{age_on(born, self.today)} år" if born else "")

    def _entries(self, path: tuple[str, ...], called: str) -> Iterator[Named]:
        for entry in _listed(self._tree, path):
            yield Named(_text(entry.get("id")), _text(entry.get(called)))

    def _meetings(self) -> Iterator[Named]:
        for entry in _listed(self._tree, ("meetings",)):
            day = _day(entry.get("date"))
            when = say_day(day, year=True) if day else _text(entry.get("date"))
            yield Named(
                _text(entry.get("id")), _text(entry.get("type")), when, is_past=day is not None and day < self.today
            )

    def _places(self) -> Iterator[Named]:
        for place_id, place in (self._config.places if self._config is not None else {}).items():
            yield Named(place_id, place.text)
        for member in self._members():
            yield Named(f"home:{member.id}", f"hjemme hos {member.called}")


def _mappings(here: Tree) -> Iterator[tuple[str, Mapping[str, Tree]]]:
    for key, value in here.items() if isinstance(here, dict) else ():
        if is_id_shaped(key):
            yield key, value if isinstance(value, dict) else {}


def _listed(tree: Mapping[str, Tree], path: tuple[str, ...]) -> Iterator[Mapping[str, Tree]]:
    here: object = tree
    for step in path:
        here = here.get(step) if isinstance(here, dict) else None
    for entry in here if isinstance(here, list) else ():
        if isinstance(entry, dict):
            yield entry


def _text(value: Tree) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _day(value: Tree) -> date | None:
    try:
        return parse_date(value.strip()) if isinstance(value, str) else None
    except PydanticCustomError:
        return None
