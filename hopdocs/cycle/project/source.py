"""`project.yaml` as it is now: its bytes, what they mean, and what is wrong with them. No file, and nothing happens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.danish import last_name
from hopdocs.diagnostics import Diagnostic, sort_diagnostics
from hopdocs.rules.project import check_project, find_named_families
from hopdocs.sources.config import parse_project
from hopdocs.sources.yaml.placing import place_findings
from hopdocs.sources.yaml.yaml_text import parse_yaml
from hopdocs.workspace import NO_FILES, PROJECT_NAME, UnreadableFile, Workspace, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.project import Project


@dataclass(frozen=True, slots=True)
class ProjectInput:
    """The file. `project` is None if an error stands in it: then its last good papers stay."""

    data: bytes
    project: Project | None
    diagnostics: tuple[Diagnostic, ...]

    def find_named(self, names: AbstractSet[str]) -> list[Diagnostic]:
        """Where a family's name stands in it; the names are known once the families have been read."""
        source = parse_yaml(self.data, PROJECT_NAME)
        return place_findings(find_named_families(source.tree, names), source) if names else []


def read_project(
    workspace: Workspace, config: Config, today: date, standing_in: Mapping[str, bytes] = NO_FILES
) -> ProjectInput | None:
    """The project, or None if the workspace has none.

    `standing_in` has by path what is to be read in a file's stead.
    """
    try:
        data = standing_in[PROJECT_NAME] if PROJECT_NAME in standing_in else read_source(workspace.project_path)
    except FileNotFoundError:
        return None
    except UnreadableFile as fault:
        return ProjectInput(b"", None, (Diagnostic(PROJECT_NAME, 0, 0, fault.code, fault.params),))
    read = parse_project(data, PROJECT_NAME, config)
    if read.project is None:
        return ProjectInput(data, None, tuple(map(_said_of_a_project, read.diagnostics)))
    found = [*read.diagnostics, *place_findings(check_project(read.project, config, today), read.source)]
    has_twins = any(item.code == "HD630" for item in found)
    return ProjectInput(data, None if has_twins else read.project, tuple(sort_diagnostics(found)))


def last_names(families: Iterable[str], config: Config) -> frozenset[str]:
    """The last names among families' names, for `find_named`; not those that a colleague has too."""
    names = {last_name(name).casefold() for name in families}
    staff = {last_name(person.name).casefold() for person in config.staff.values()}
    return frozenset(names - staff)


def _said_of_a_project(item: Diagnostic) -> Diagnostic:
    """The hint of an empty family's file names a family's first line."""
    return replace(item, code="HD360") if item.code == "HD103" else item
