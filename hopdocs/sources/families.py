"""A family's file becomes a `Family`, or everything that is wrong with it, each at its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.catalogue.masking import find_cpr_shapes
from hopdocs.diagnostics import Blocks, Diagnostic, Finding, Severity, sort_diagnostics
from hopdocs.model.family import Family
from hopdocs.model.scalars.values import is_id_shaped
from hopdocs.sources.measured_words import find_words_for_numbers
from hopdocs.sources.references import (
    FAMILY_REFERENCES,
    KnownNames,
    Names,
    find_circles,
    find_twin_ids,
    find_unknown_names,
    ids_at,
)
from hopdocs.sources.validation import validate_tree
from hopdocs.sources.vocabulary import keys_of
from hopdocs.sources.yaml.date_order import FAMILY_DATE_PAIRS, find_reversed_dates
from hopdocs.sources.yaml.placing import place_findings
from hopdocs.sources.yaml.shared_causes import drop_misshapen_names, join_cut_lists
from hopdocs.sources.yaml.yaml_text import ParsedYaml, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hopdocs.model.config import Config
    from hopdocs.sources.yaml.event_tree import Tree

__all__ = ["FamilySource", "parse_family", "place_findings"]

_UNKNOWN_KEYS: Final = frozenset({"HD121", "HD124", "HD126"})
_LISTS_WITH_IDS: Final = (("meetings",), ("plan", "goals"), ("plan", "activities"))


@dataclass(frozen=True, slots=True)
class FamilySource:
    """What one file holds. `family` is None if a fault stops it; the faults stand in `diagnostics`.

    `family_id` is what the file calls itself, also where it is stopped.
    """

    family: Family | None
    source: ParsedYaml
    diagnostics: list[Diagnostic]

    @property
    def family_id(self) -> str:
        """The id as written, or an empty text."""
        written = self.source.tree.get("id")
        return written.strip() if isinstance(written, str) else ""


def parse_family(data: bytes, path: str, config: Config) -> FamilySource:
    """The family in `data`, and all faults that can be seen without asking what day it is.

    A fault that blocks the family leaves `family` None, so that no rule meets a name that nobody has.
    """
    source = parse_yaml(data, path)
    found = list(source.diagnostics)
    found += report_cpr_shapes(source)
    family = None
    if source.tree:
        validated = validate_tree(Family, source)
        family = validated.value
        names = list(_drop_repeated(_check_names(source, config), validated.findings))
        found += place_findings(drop_misshapen_names(validated.findings, names), source)
        found += place_findings(names, source)
        found = join_cut_lists(found)
    if any(fault.severity is Severity.ERROR and fault.blocks is Blocks.FAMILY for fault in found):
        family = None
    return FamilySource(family, source, sort_diagnostics(found))


def _check_names(source: ParsedYaml, config: Config) -> Iterator[Finding]:
    tree = source.tree
    yield from find_unknown_names(tree, FAMILY_REFERENCES, _known_names(source, config))
    yield from find_twin_ids(tree, _LISTS_WITH_IDS, lambda at: source.position(at).line)
    yield from find_circles(tree)
    yield from find_words_for_numbers(tree, config.catalogue)
    yield from find_reversed_dates(tree, FAMILY_DATE_PAIRS)
    written = tree.get("id")
    stem = PurePosixPath(source.path).stem
    if isinstance(written, str) and is_id_shaped(written.strip()) and written.strip().lower() != stem.lower():
        params = {"id": written.strip(), "file": f"{written.strip().lower()}.yaml"}
        yield Finding("HD161", ("id",), params, Severity.WARNING, Blocks.NOTHING)


def _drop_repeated(names: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """Unknown names that a key in the wrong place explains: told there, not again wherever the name is used."""
    strangers = {item.params["key"] for item in others if item.code in _UNKNOWN_KEYS}
    flattened = {item.at[:-1] for item in others if item.code == "HD194"}
    for item in names:
        is_inside = any(item.at[: len(at)] == at for at in flattened)
        if item.params.get("name") not in strangers and not is_inside:
            yield item


def _known_names(source: ParsedYaml, config: Config) -> KnownNames:
    """Names from config, and those that the file itself defines, as far as it could be read."""
    tree = source.tree
    known: dict[Names, tuple[str, ...]] = {
        Names.STAFF: tuple(config.staff),
        Names.AREA: tuple(config.areas),
        Names.MEETING_PLACE: tuple(config.places),
        Names.LAW: tuple(config.law),
        Names.INDICATOR: config.catalogue.names,
    }
    own = {
        Names.MEMBER: ("members",),
        Names.MEETING: ("meetings",),
        Names.GOAL: ("plan", "goals"),
        Names.ACTIVITY: ("plan", "activities"),
    }
    strangers = set(tree) - set(keys_of(Family))
    has_lost = any(source.has_lost((stranger,)) for stranger in strangers)
    for kind, keys in own.items():
        is_misspelled = keys[0] not in tree and (strangers or kind is Names.MEMBER)
        if not is_misspelled and not has_lost and not source.has_lost(keys[:1]):
            known[kind] = ids_at(tree, *keys)
    titles: dict[Names, dict[str, str]] = {
        Names.STAFF: {str(key): person.name for key, person in config.staff.items()},
        Names.AREA: {str(code): area.name for code, area in config.areas.items()},
        Names.MEMBER: _names_of_members(tree),
        Names.INDICATOR: config.catalogue.labels,
    }
    return KnownNames(known, titles)


def _names_of_members(tree: dict[str, Tree]) -> dict[str, str]:
    """By key the full name, so that who writes that is shown the key."""
    members = tree.get("members")
    people = members.items() if isinstance(members, dict) else ()
    names = {key: person.get("name") for key, person in people if isinstance(person, dict)}
    return {key: name.strip() for key, name in names.items() if isinstance(name, str)}


def report_cpr_shapes(source: ParsedYaml) -> list[Diagnostic]:
    """Everything shaped like a CPR number, in values, keys and comments alike; the number is not repeated."""
    if next(find_cpr_shapes(source.shown), None) is None:
        return []
    return [
        Diagnostic(source.path, number, start + 1, "HD127", length=end - start)
        for number, line in enumerate(source.lines, 1)
        for start, end in find_cpr_shapes(line)
    ]
