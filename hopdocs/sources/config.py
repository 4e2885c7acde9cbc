"""`config.yaml` and `project.yaml` become models, in the same manner as a family's file."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hopdocs.diagnostics import Blocks, Diagnostic, Finding, Severity, has_errors, sort_diagnostics
from hopdocs.model.config import Config
from hopdocs.model.measurement import CASE_MARK, SurveyLinks
from hopdocs.model.meeting import MeetingType
from hopdocs.model.project import Project
from hopdocs.model.scalars.hosts import is_this_machine, lies_within
from hopdocs.model.scalars.values import shorten
from hopdocs.package_data import CATALOGUE_NAME
from hopdocs.sources.families import report_cpr_shapes
from hopdocs.sources.indicators import CatalogueSource, parse_catalogue, shipped_catalogue
from hopdocs.sources.operator import (
    Machine,
    OperatorSource,
    check_ownership,
    join_operator,
    parse_operator,
    place_where_written,
    value_at,
)
from hopdocs.sources.references import (
    CONFIG_REFERENCES,
    PROJECT_MEETINGS,
    PROJECT_REFERENCES,
    KnownNames,
    Names,
    find_twin_ids,
    find_unknown_names,
    ids_at,
)
from hopdocs.sources.validation import validate_tree
from hopdocs.sources.vocabulary import keys_of
from hopdocs.sources.yaml.date_order import CONFIG_DATE_PAIRS, PROJECT_DATE_PAIRS, find_reversed_dates
from hopdocs.sources.yaml.placing import place_findings
from hopdocs.sources.yaml.shared_causes import drop_misshapen_names, join_cut_lists
from hopdocs.sources.yaml.yaml_text import ParsedYaml, Tree, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath
    from hopdocs.model.indicators import IndicatorCatalogue

_MOST_KEPT: Final = 4
_BLANK: Final = re.compile(r"\{[^{}]*\}?|\}")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class ConfigSource:
    """What `config.yaml` holds; `config` is None if an error stands in it, or in another file that belongs to it.

    Those are the operator's file, and the municipality's own indicators.
    """

    config: Config | None
    source: ParsedYaml
    diagnostics: list[Diagnostic]
    operator: OperatorSource | None = None
    indicators: CatalogueSource | None = None

    @property
    def lines(self) -> dict[str, tuple[str, ...]]:
        """By path: the lines that faults are shown in."""
        beside = [item.source for item in (self.operator, self.indicators) if item is not None]
        return {source.path: source.lines for source in (self.source, *beside)}


@dataclass(frozen=True, slots=True)
class ProjectSource:
    """What `project.yaml` holds; `project` is None if an error stands in it."""

    project: Project | None
    source: ParsedYaml
    diagnostics: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class ConfigText:
    """`config.yaml` as it was read, with what the machine says and which indicators there are beside it."""

    data: bytes
    machine: Machine | None = None
    indicators: bytes | None = None
    """The municipality's own `indikatorer.yaml`, if it has one."""

    def parse(self) -> ConfigSource:
        """What it says."""
        return parse_config(self.data, "config.yaml", self.machine, self.indicators)

    def as_bytes(self) -> bytes:
        """All of it, for digests."""
        machine = b"" if self.machine is None else self.machine.as_bytes()
        return self.data + machine + (b"" if self.indicators is None else b"\0\0" + self.indicators)


def parse_config(
    data: bytes, path: str, machine: Machine | None = None, indicators: bytes | None = None
) -> ConfigSource:
    """The municipality's settings, and all that is wrong with them.

    The same bytes are read again and again, by a verb and by each cycle of the service: the last few answers are kept.
    """
    found = _parse_config(data, path, machine, indicators)
    return replace(found, diagnostics=list(found.diagnostics))


@lru_cache(_MOST_KEPT)
def _parse_config(data: bytes, path: str, machine: Machine | None, indicators: bytes | None) -> ConfigSource:
    written = source = parse_yaml(data, path)
    found = [*source.diagnostics, *report_cpr_shapes(source)]
    own = parse_catalogue(indicators) if indicators is not None else None
    found += own.diagnostics if own is not None else ()
    catalogue = own.catalogue if own is not None and own.catalogue is not None else shipped_catalogue()
    operator, released = None, ""
    if machine is not None:
        operator, released = parse_operator(machine.data, machine.path), machine.released
        found += operator.diagnostics
        if operator.operator is None:
            return ConfigSource(None, written, sort_diagnostics(found), operator, own)
    config = None
    if source.tree:
        found += place_findings(check_ownership(source.tree, operator, released), source)
        if operator is not None:
            source = replace(source, tree=join_operator(source.tree, operator, released))
        validated = validate_tree(Config, source)
        config = validated.value
        names = list(_check_config_names(source, catalogue))
        found += place_where_written(drop_misshapen_names(validated.findings, names), source, operator)
        found += place_findings(names, source)
        found = join_cut_lists(found)
        found += place_where_written(_check_settings(source.tree), source, operator)
    usable = config.with_catalogue(catalogue) if config is not None and not has_errors(found) else None
    return ConfigSource(usable, written, sort_diagnostics(found), operator, own)


def parse_project(data: bytes, path: str, config: Config) -> ProjectSource:
    """What belongs to no family, and all that is wrong with it."""
    source = parse_yaml(data, path)
    found = [*source.diagnostics, *report_cpr_shapes(source)]
    project = None
    if source.tree:
        validated = validate_tree(Project, source)
        project = validated.value
        known = KnownNames(
            {Names.STAFF: tuple(config.staff), Names.MEMBER: (), Names.MEETING_PLACE: tuple(config.places)},
            {Names.STAFF: {key: person.name for key, person in config.staff.items()}},
        )
        found += place_findings(validated.findings, source)
        found += place_findings(find_unknown_names(source.tree, PROJECT_REFERENCES, known), source)
        lists = tuple((name,) for name in PROJECT_MEETINGS)
        found += place_findings(find_twin_ids(source.tree, lists, lambda at: source.position(at).line), source)
        found += place_findings(find_reversed_dates(source.tree, PROJECT_DATE_PAIRS), source)
    return ProjectSource(None if has_errors(found) else project, source, sort_diagnostics(found))


def _check_config_names(source: ParsedYaml, catalogue: IndicatorCatalogue) -> Iterator[Finding]:
    tree = source.tree
    types = tuple(str(kind.value) for kind in MeetingType)
    known: dict[Names, tuple[str, ...]] = {Names.MEETING_TYPE: types, Names.INDICATOR: catalogue.names}
    lists = ((Names.STAFF, "staff"), (Names.AREA, "areas"))
    for kind, key in lists:
        if key in tree and not source.has_lost((key,)):
            known[kind] = ids_at(tree, key)
    titles = {kind: {name: _text_at(tree, key, name, "name") for name in ids_at(tree, key)} for kind, key in lists}
    titles[Names.INDICATOR] = catalogue.labels
    yield from find_unknown_names(tree, CONFIG_REFERENCES, KnownNames(known, titles))
    yield from find_reversed_dates(tree, CONFIG_DATE_PAIRS)


def _check_settings(tree: dict[str, Tree]) -> Iterator[Finding]:
    """What each value alone cannot tell. On the text, so that one faulty value does not hide another's fault."""
    language, zone = _text_at(tree, "language"), _text_at(tree, "timezone")
    if language not in ("", "da"):
        yield Finding("HD168", ("language",), {"value": shorten(language)})
    if zone and not _is_zone(zone):
        yield Finding("HD167", ("timezone",), {"value": shorten(zone)})
    for name in ids_at(tree, "staff"):
        if _text_at(tree, "staff", name, "substitute") == name:
            yield Finding("HD184", ("staff", name, "substitute"), {"staff": name})
    yield from _check_addresses(tree)
    output = _text_at(tree, "documents", "output")
    if output and _is_taken(output):
        yield Finding("HD149", ("documents", "output"), {"value": shorten(output)})
    if _text_at(tree, "documents", "access").lower() in _GROUP_WORDS and not _text_at(tree, "documents", "group"):
        yield Finding("HD169", ("documents", "access"))
    url = _text_at(tree, "records", "case_url")
    if url and not (url.startswith(("https://", "http://")) and "{case_number}" in url):
        yield Finding("HD186", ("records", "case_url"))
    survey = _text_at(tree, "dispatch", "survey", "url")
    if survey and not survey.startswith("https://"):
        yield Finding("HD648", ("dispatch", "survey", "url"))
    yield from _check_surveys(tree)
    yield from _check_reports(tree)
    if isinstance(tree.get("mail"), dict):
        yield from _check_mail(tree)


def _check_reports(tree: dict[str, Tree]) -> Iterator[Finding]:
    """Rules that nothing could be judged by."""
    months, band = _text_at(tree, "reports", "cost_months"), _text_at(tree, "reports", "cost_band")
    if months and not months.strip("0"):
        yield Finding("HD850", ("reports", "cost_months"))
    if band.startswith("-"):
        yield Finding("HD851", ("reports", "cost_band"), {"value": shorten(band)})


def _check_surveys(tree: dict[str, Tree]) -> Iterator[Finding]:
    """A link that leads somewhere, with no blank in it that nobody fills: the answers come back by it."""
    links: list[DataPath] = [("opening_survey",), ("closing_survey",)]
    links += [("surveys", name) for name in keys_of(SurveyLinks)]
    for at in links:
        link = _text_at(tree, *map(str, at))
        if link and not link.startswith("https://") and at[0] == "surveys":
            yield Finding("HD648", at)
        mark = _BLANK.search(link.replace(CASE_MARK, ""))
        if mark is not None:
            yield Finding("HD839", at, {"mark": shorten(mark[0]), "known": CASE_MARK})


def _is_taken(output: str) -> bool:
    """Whether a folder holds what people write, or all of the workspace: there hopdocs would remove and overwrite."""
    parts = [part for part in posixpath.normpath(output).split("/") if part not in (".", "")]
    return all(part == ".." for part in parts) or parts[0].lower() in _TAKEN_FOLDERS


_TAKEN_FOLDERS: Final = (
    "families",
    "templates",
    ".hopdocs",
    ".git",
    ".vscode",
    "config.yaml",
    "project.yaml",
    CATALOGUE_NAME,
)
_GROUP_WORDS: Final = ("group", "gruppe")
_UNPROTECTED_WORDS: Final = ("none", "ingen")


def _check_mail(tree: dict[str, Tree]) -> Iterator[Finding]:
    """Nothing leaves unprotected, and nothing leaves to where nobody said it may (domain rules, mail security).

    Staff outside the allowed domains get nothing; whoever writes the list should hear it before a meeting does.
    """
    host, port = _text_at(tree, "mail", "server", "host"), _text_at(tree, "mail", "server", "port")
    security = _text_at(tree, "mail", "server", "security").lower()
    if host and security in _UNPROTECTED_WORDS and not is_this_machine(host):
        yield Finding("HD164", ("mail", "server", "security"), {"host": shorten(host)})
    if port.isdecimal() and not 0 < int(port) < 65536:  # noqa: PLR2004 - TCP
        yield Finding("HD190", ("mail", "server", "port"), {"value": shorten(port)})
    if value_at(tree, ("mail", "server")) is None:
        yield Finding("HD713", ("mail",), {}, Severity.ADVICE, Blocks.NOTHING, on_key=True)
    domains = _allowed_domains(tree)
    for number, domain in domains.items():
        if not _DOMAIN.fullmatch(domain):
            yield Finding("HD166", ("mail", "allowed_domains", number), {"value": shorten(domain)})
    listed = ", ".join(domains.values()) or "–"
    sender = _text_at(tree, "mail", "from")
    if _is_outside(sender, domains):
        yield Finding("HD165", ("mail", "from"), {"address": shorten(sender), "domains": listed})
    for name in ids_at(tree, "staff"):
        address = _text_at(tree, "staff", name, "email")
        if _is_outside(address, domains):
            params = {"address": shorten(address), "domains": listed}
            yield Finding("HD185", ("staff", name, "email"), params, Severity.WARNING, Blocks.NOTICES)


def _check_addresses(tree: dict[str, Tree]) -> Iterator[Finding]:
    """Whose an answer is, its address says. So an alias is one person's; a mailbox that two share answers for both.

    Calendar programs show nobody an invitation from herself.
    """
    sender = _text_at(tree, "mail", "from").lower()
    owners: dict[str, list[str]] = {}
    for name in ids_at(tree, "staff"):
        owners.setdefault(_text_at(tree, "staff", name, "email").lower(), []).append(name)
    aliases: dict[str, str] = {}
    for name in ids_at(tree, "staff"):
        address = _text_at(tree, "staff", name, "email")
        same = [other for other in owners[address.lower()] if other != name]
        at: DataPath = ("staff", name, "email")
        if address and same:
            params = {"address": shorten(address), "others": ", ".join(same)}
            yield Finding("HD197", at, params, Severity.WARNING, Blocks.NOTHING)
        if address and address.lower() == sender:
            yield Finding("HD198", at, {"address": shorten(address)}, Severity.WARNING, Blocks.NOTHING)
        for number, alias in _aliases_of(tree, name):
            others = {*owners.get(alias.lower(), ()), aliases.setdefault(alias.lower(), name)} - {name}
            if others:
                params = {"address": shorten(alias), "others": ", ".join(sorted(others))}
                yield Finding("HD196", ("staff", name, "aliases", number), params)
            elif alias.lower() == sender:
                params = {"address": shorten(alias)}
                yield Finding("HD198", ("staff", name, "aliases", number), params, Severity.WARNING, Blocks.NOTHING)


def _aliases_of(tree: dict[str, Tree], name: str) -> Iterator[tuple[int, str]]:
    staff = tree.get("staff")
    person = staff.get(name) if isinstance(staff, dict) else None
    listed = person.get("aliases") if isinstance(person, dict) else None
    for number, alias in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(alias, str) and alias.strip():
            yield number, alias.strip()


def _allowed_domains(tree: dict[str, Tree]) -> dict[int, str]:
    """The listed domains by their index, in small letters."""
    mail = tree.get("mail")
    domains = mail.get("allowed_domains") if isinstance(mail, dict) else None
    entries = enumerate(domains if isinstance(domains, list) else ())
    return {number: domain.strip().lower() for number, domain in entries if isinstance(domain, str)}


def _is_outside(address: str, domains: dict[int, str]) -> bool:
    """Whether an address that can be read at all lies in none of the domains."""
    is_address = "." in address.rpartition("@")[2] and "@" in address and ">" not in address
    return is_address and not lies_within(address, domains.values())


def _text_at(tree: dict[str, Tree], *keys: str) -> str:
    here: Tree = tree
    for key in keys:
        here = here.get(key) if isinstance(here, dict) else None
    return here.strip() if isinstance(here, str) else ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
