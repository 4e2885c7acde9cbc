"""`config.yaml` and `project.yaml` become models, in the same manner as a family's file."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hopdocs.diagnostics import Blocks, Diagnostic, Finding, Severity, has_errors, sort_diagnostics
from hopdocs.model.config import Access, Config, Mail, Security
from hopdocs.model.meeting import MeetingType
from hopdocs.model.project import Project
from hopdocs.model.values import shorten
from hopdocs.sources.families import report_cpr_shapes
from hopdocs.sources.placing import place_findings
from hopdocs.sources.references import (
    CONFIG_REFERENCES,
    PROJECT_REFERENCES,
    KnownNames,
    Names,
    find_twin_ids,
    find_unknown_names,
    ids_at,
)
from hopdocs.sources.spans import CONFIG_SPANS, PROJECT_SPANS, find_reversed_spans
from hopdocs.sources.validation import validate_tree
from hopdocs.sources.yaml_text import ParsedYaml, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class ConfigSource:
    """What `config.yaml` holds; `config` is None where an error stands in it."""

    config: Config | None
    source: ParsedYaml
    diagnostics: list[Diagnostic]


@dataclass(frozen=True, slots=True)
class ProjectSource:
    """What `project.yaml` holds; `project` is None where an error stands in it."""

    project: Project | None
    source: ParsedYaml
    diagnostics: list[Diagnostic]


def parse_config(data: bytes, path: str) -> ConfigSource:
    """The municipality's settings, and all that is wrong with them."""
    source = parse_yaml(data, path)
    found = [*source.diagnostics, *report_cpr_shapes(source)]
    config = None
    if source.tree:
        validated = validate_tree(Config, source.tree, is_whole=source.is_whole)
        config = validated.value
        found += place_findings(validated.findings, source)
        found += place_findings(_check_config_names(source), source)
        if config is not None:
            found += place_findings(_check_settings(config), source)
    return ConfigSource(None if has_errors(found) else config, source, sort_diagnostics(found))


def parse_project(data: bytes, path: str, config: Config) -> ProjectSource:
    """What belongs to no family, and all that is wrong with it."""
    source = parse_yaml(data, path)
    found = [*source.diagnostics, *report_cpr_shapes(source)]
    project = None
    if source.tree:
        validated = validate_tree(Project, source.tree, is_whole=source.is_whole)
        project = validated.value
        known = KnownNames({Names.STAFF: tuple(config.staff)})
        found += place_findings(validated.findings, source)
        found += place_findings(find_unknown_names(source.tree, PROJECT_REFERENCES, known), source)
        lists = (("stop_days",), ("steering_meetings",))
        found += place_findings(find_twin_ids(source.tree, lists, lambda at: source.place(at).line), source)
        found += place_findings(find_reversed_spans(source.tree, PROJECT_SPANS), source)
    return ProjectSource(None if has_errors(found) else project, source, sort_diagnostics(found))


def _check_config_names(source: ParsedYaml) -> Iterator[Finding]:
    tree = source.tree
    known: dict[Names, tuple[str, ...]] = {Names.MEETING_TYPE: tuple(str(kind.value) for kind in MeetingType)}
    if source.is_whole:
        known |= {Names.STAFF: ids_at(tree, "staff"), Names.AREA: ids_at(tree, "areas")}
    yield from find_unknown_names(tree, CONFIG_REFERENCES, KnownNames(known))
    yield from find_reversed_spans(tree, CONFIG_SPANS)


def _check_settings(config: Config) -> Iterator[Finding]:
    """What each value alone cannot tell."""
    if config.language != "da":
        yield Finding("HD168", ("language",), {"value": shorten(config.language)})
    if not _is_zone(config.timezone):
        yield Finding("HD167", ("timezone",), {"value": shorten(config.timezone)})
    for name, person in config.staff.items():
        if person.substitute == name:
            yield Finding("HD184", ("staff", name, "substitute"), {"staff": name})
    if config.documents.access is Access.GROUP and not config.documents.group:
        yield Finding("HD169", ("documents", "access"))
    url = config.records.case_url
    if url and not (url.startswith(("https://", "http://")) and "{case_number}" in url):
        yield Finding("HD186", ("records", "case_url"))
    if config.mail:
        yield from _check_mail(config.mail)
        yield from _check_staff_domains(config, config.mail)


def _check_mail(mail: Mail) -> Iterator[Finding]:
    """Nothing leaves unprotected, and nothing leaves to where nobody said it may (domain rules, mail security)."""
    server = mail.server
    if server.security is Security.NONE and not _is_loopback(server.host):
        yield Finding("HD164", ("mail", "server", "security"), {"host": shorten(server.host)})
    if not 0 < server.port < 65536:  # noqa: PLR2004 - TCP
        yield Finding("HD190", ("mail", "server", "port"), {"value": str(server.port)})
    for number, domain in enumerate(mail.allowed_domains):
        if not _DOMAIN.fullmatch(domain.lower()):
            yield Finding("HD166", ("mail", "allowed_domains", number), {"value": shorten(domain)})
    if not _is_allowed(mail.from_, mail):
        params = {"address": mail.from_, "domains": ", ".join(mail.allowed_domains) or "–"}
        yield Finding("HD165", ("mail", "from"), params)


def _check_staff_domains(config: Config, mail: Mail) -> Iterator[Finding]:
    """Staff outside the allowed domains get nothing; whoever writes the list should hear it before a meeting does."""
    for name, person in config.staff.items():
        if not _is_allowed(person.email, mail):
            params = {"address": person.email, "domains": ", ".join(mail.allowed_domains) or "–"}
            yield Finding("HD185", ("staff", name, "email"), params, Severity.WARNING, Blocks.NOTICES)


def _is_allowed(address: str, mail: Mail) -> bool:
    domain = address.rpartition("@")[2].lower()
    return domain in {allowed.lower() for allowed in mail.allowed_domains}


def _is_loopback(host: str) -> bool:
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
