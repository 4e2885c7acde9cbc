"""A family's file that a verb adds to: what its words mean in that family, and how the lines are saved and judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
from pydantic import TypeAdapter, ValidationError

from hopdocs.cli.console import both
from hopdocs.cli.family_edit.checked import in_runs, save_checked
from hopdocs.cli.findings import end_with, show_aside
from hopdocs.cli.workspace_loading import find_person, open_family, read_config, today_of
from hopdocs.danish import first_name
from hopdocs.model.scalars.values import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from enum import StrEnum

    from hopdocs.cli.program import Invocation
    from hopdocs.cli.workspace_loading import FamilyFile
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import AreaCode, MemberKey, StaffId
    from hopdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class OpenedFamily:
    """One family's file, its municipality and the day."""

    invocation: Invocation
    workspace: Workspace
    config: Config
    file: FamilyFile
    today: date

    @classmethod
    def by_id(cls, invocation: Invocation, family_id: str) -> OpenedFamily:
        """The file that a person named."""
        workspace, config = read_config(invocation)
        file = open_family(workspace, config, family_id)
        return cls(invocation, workspace, config, file, today_of(invocation, config))

    @property
    def family(self) -> Family:
        """The family as the file has it."""
        return self.file.family

    def member(self, word: str) -> MemberKey:
        """One of the family, by key or by name."""
        people = self.family.members
        refused = both(en=f'nobody in the family is called "{word}"', da=f'ingen i familien hedder "{word}"')
        found = choose(word, {str(key): person.name for key, person in people.items()}, refused)
        return next(key for key in people if key == found)

    def members(self, words: Iterable[str]) -> list[MemberKey]:
        """Some of the family, each once."""
        return list(dict.fromkeys(self.member(word) for word in split_words(words)))

    def staff(self, word: str) -> StaffId:
        """A colleague, by id or by name."""
        return find_person(self.config, word)

    def area(self, word: str) -> AreaCode:
        """A professional area, by its code or its name."""
        areas = self.config.areas
        refused = both(en=f'no area is called "{word}"', da=f'intet fagområde hedder "{word}"')
        found = choose(word, {str(code): area.name for code, area in areas.items()}, refused)
        return next(code for code in areas if code == found)

    def areas(self, words: Iterable[str]) -> list[AreaCode]:
        """Some of the areas, each once, in the municipality's order."""
        named = {self.area(word) for word in split_words(words)}
        return [code for code in self.config.areas if code in named]

    def goal(self, word: str) -> str:
        """A goal of the plan, by its id or by how its text begins."""
        goals = self.family.plan.goals if self.family.plan is not None else ()
        refused = both(en=f'no goal is called "{word}"', da=f'intet mål hedder "{word}"')
        return choose(word, {str(goal.id): goal.goal for goal in goals}, refused)

    def save(self, add: Callable[[str], str], said: str) -> None:
        """Saves what `add` makes of the text; tells in which lines it stands, and what is wrong since."""
        added = save_checked(self.file, self.config, self.today, add)
        self.invocation.console.say(f"{self.file.name}:{in_runs(added.lines)}: {said}")
        show_aside(added.diagnostics, self.workspace, self.invocation.console)
        end_with(added.diagnostics)


def choose(word: str, known: Mapping[str, str], refused: str) -> str:
    """The one key of `known` that a word means: the key itself, its title or first name, or the beginning of either."""
    said = word.casefold().strip()
    for fits in (
        lambda key, _: key == said,
        lambda _, title: said in (title, first_name(title)),
        lambda key, title: bool(said) and (key.startswith(said) or title.startswith(said)),
    ):
        found = [key for key, title in known.items() if fits(key.casefold(), title.casefold())]
        if len(found) == 1:
            return found[0]
    choices = ", ".join(f"{key} ({title})" for key, title in known.items())
    raise click.UsageError(f"{refused}: {choices or '–'}")


def choose_word(word: str, kind: type[StrEnum], reader: Any, refused: str) -> str:
    """One of a closed list of words, as the files may have it, or its beginning, or what is nearest to it."""
    try:
        return str(TypeAdapter(reader).validate_python(word).value)
    except ValidationError:
        names = [str(item.value) for item in kind]
        begun = [name for name in names if name.startswith(word.casefold())]
        found = begun[0] if len(begun) == 1 else nearest(word, names)
        if not found:
            raise click.UsageError(f"{refused}: {', '.join(names)}") from None
        return found


def split_words(words: Iterable[str]) -> list[str]:
    """Several words, whether they came one by one or with commas between."""
    return [word for item in words for word in item.replace(",", " ").split()]
