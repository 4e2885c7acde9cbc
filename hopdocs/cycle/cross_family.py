"""What is wrong only when the families are seen together: double bookings, two files with one id."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from hopdocs.cycle.scanning import find_twins
from hopdocs.diagnostics import Finding, read_diagnostic
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.fingerprint import digest_plain
from hopdocs.rules.across_families import FamilyFacts, check_across
from hopdocs.sources.yaml.placing import place_findings
from hopdocs.sources.yaml.yaml_text import parse_yaml
from hopdocs.workspace import NO_FILES, UnreadableFile, Workspace, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.diagnostics import Diagnostic
    from hopdocs.freshness.cache import Cache
    from hopdocs.model.config import Config


def check_families_together(
    workspace: Workspace,
    config: Config,
    ids: Mapping[str, str],
    facts: Mapping[str, FamilyFacts],
    standing_in: Mapping[str, bytes] = NO_FILES,
) -> list[Diagnostic]:
    """What the rules across families find, as diagnostics with their places; `ids` has each file's own id, by path.

    `standing_in` has by path what is to be read in a file's stead.
    """
    paths: dict[str, list[str]] = defaultdict(list)
    findings: dict[str, list[Finding]] = defaultdict(list)
    for path, twins in find_twins(ids).items():
        findings[path].append(Finding("HD200", ("id",), {"id": ids[path], "others": ", ".join(twins)}))
    for path, family in ids.items():
        paths[family].append(path)
    for family, finding in check_across(facts.values(), config):
        for path in paths[family]:
            findings[path].append(finding)
    found: list[Diagnostic] = []
    for path, items in findings.items():
        found += _place(workspace, path, items, standing_in.get(path))
    return found


def remembered(cache: Cache) -> list[Diagnostic]:
    """The diagnostics that the last look at all families ended with, as `remember` kept them."""
    text = cache.meta(MetaKey.ACROSS)
    return [read_diagnostic(item) for item in json.loads(text)] if text else []


def remember(cache: Cache, found: list[Diagnostic]) -> None:
    """Keep the diagnostics in the cache: they hold until a family changes."""
    cache.set_meta(MetaKey.ACROSS, json.dumps([asdict(item) for item in found], ensure_ascii=False))


def find_changed(before: Iterable[Diagnostic], after: Iterable[Diagnostic]) -> set[str]:
    """The paths of the families of which something else is found now."""
    return {path for path, *_ in {item.sort_key for item in before} ^ {item.sort_key for item in after}}


def is_told(cache: Cache, ids: Mapping[str, str]) -> bool:
    """Whether these very families were all asked together since the cache last learned something of one of them.

    A build of some families, and one that breaks off, ask nobody for the project's papers and the page of all.
    """
    return cache.meta(MetaKey.TOGETHER) == _digest(ids)


def mark_told(cache: Cache, ids: Mapping[str, str]) -> None:
    """Remember that they were; the cache forgets it with the next family."""
    cache.set_meta(MetaKey.TOGETHER, _digest(ids))


def _digest(ids: Mapping[str, str]) -> str:
    return digest_plain(dict(ids))


def _place(workspace: Workspace, path: str, findings: list[Finding], data: bytes | None) -> list[Diagnostic]:
    """At their lines. Only the few families with such a finding are read again."""
    try:
        data = read_source(workspace.root / path) if data is None else data
    except (FileNotFoundError, UnreadableFile):
        return []
    return place_findings(findings, parse_yaml(data, path))
