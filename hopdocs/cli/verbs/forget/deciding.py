"""Whether `hopdocs forget` may do what it is asked: nothing goes on, nothing is owed, and everything is filed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import click

from hopdocs.cli.console import both
from hopdocs.cli.workspace_loading import clock_of, find_family, read_family_file, today_of
from hopdocs.cycle.absent.absences import paths_of
from hopdocs.cycle.erasure.carrying_out import Erasure
from hopdocs.cycle.erasure.held import meetings_held
from hopdocs.diagnostics import Diagnostic
from hopdocs.dispatch.unfiled import Unfiled, find_unfiled
from hopdocs.domain.course.erasable import WhyKept, why_kept
from hopdocs.domain.course.retention import kept_until
from hopdocs.domain.family_day import FamilyDay
from hopdocs.errors import FaultyInput
from hopdocs.freshness.cache import open_cache_to_read
from hopdocs.freshness.fingerprint import digest_source
from hopdocs.pages.status import STATE_TEXTS
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.cli.program import Invocation
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.workspace import Workspace


def decide(
    invocation: Invocation, workspace: Workspace, config: Config, family: str, *, early: bool
) -> tuple[Erasure, int]:
    """What to forget, and how many documents nobody can file any more; `FaultyInput` if it may not be. Writes nothing.

    `early`: somebody has decided that the time in `retention_days` need not pass.
    """
    path = _find_file(workspace, family)
    source, data = workspace.relative(path), read_family_file(workspace, path)
    read = parse_family(data, source, config)
    if read.family is None:  # nobody can tell whether a course goes on
        raise FaultyInput([*read.diagnostics, Diagnostic(source, 0, 0, "HD569")], {source: read.source.lines})
    day = FamilyDay.on(read.family, config, today_of(invocation, config))
    _refuse_twins(workspace, source, read.family_id)
    _refuse_running(day, source)
    unfiled = find_unfiled(read.family, source, workspace, config)
    _refuse_unfiled(read.family, source, unfiled, is_kept=_is_built(workspace, source, data))
    held = meetings_held(workspace.ledger_path, read.family_id, clock_of(invocation, config).now())
    if held:
        _refuse("HD763", source, family=read.family_id, count=str(held))
    until = kept_until(day)
    if until is not None and day.today < until and not early:
        _refuse("HD761", source, family=read.family_id, day=until.isoformat())
    names = (read.family.name, *(person.name for person in read.family.members.values()))
    case_number = read.family.case_number or ""
    return Erasure(read.family_id, source, day.state.value, case_number, names), len(unfiled.lost)


def _find_file(workspace: Workspace, family: str) -> Path:
    try:
        return find_family(workspace, family)
    except click.UsageError:
        gone = paths_of(workspace.ledger_path, family.upper())
        if not gone:
            raise
    msg = both(
        en=f"{gone[0]} is gone, but papers of {family.upper()} have stayed; bring the file back, from git or a backup, "
        "build, and forget it then: it says what must be filed first",
        da=f"{gone[0]} er væk, men papirer fra {family.upper()} er blevet; hent filen tilbage fra git eller en "
        "sikkerhedskopi, byg, og slet så: den siger, hvad der skal journaliseres først",
    )
    raise click.UsageError(msg)


def _refuse_twins(workspace: Workspace, source: str, family: str) -> None:
    """What is kept by the id would go for both."""
    with closing(open_cache_to_read(workspace.cache_path)) as cache:
        others = [path for path in cache.paths_with_id(family) if path != source and (workspace.root / path).is_file()]
    if others:
        _refuse("HD765", source, family=family, other=others[0])


def _refuse_running(day: FamilyDay, source: str) -> None:
    kept = why_kept(day)
    if kept is None:
        return
    began = both(en="all had said yes, so the course began", da="alle havde sagt ja, så forløbet er begyndt")
    state = both(en=day.state.value, da=STATE_TEXTS[day.state])
    _refuse("HD568", source, family=day.family.id, state=state if kept is WhyKept.STATE else began)


def _refuse_unfiled(family: Family, source: str, unfiled: Unfiled, *, is_kept: bool) -> None:
    """What was handed over since the last build is not kept yet, so that nobody could have filed it."""
    if family.deliveries and not is_kept:
        _refuse("HD764", source, family=family.id)
    if unfiled.there:
        titles = dict.fromkeys(f"{row.title} ({row.day.isoformat()})" for row in unfiled.there)
        shown = "; ".join(list(titles)[:_MOST_SHOWN]) + ("; …" if len(titles) > _MOST_SHOWN else "")
        _refuse("HD760", source, family=family.id, count=str(len(unfiled.there)), documents=shown)


def _is_built(workspace: Workspace, source: str, data: bytes) -> bool:
    with closing(open_cache_to_read(workspace.cache_path)) as cache:
        known = cache.signature(source)
    return known is not None and known.digest == digest_source(data)


def _refuse(code: str, source: str, **params: str) -> NoReturn:
    raise FaultyInput([Diagnostic(source, 0, 0, code, params)])


_MOST_SHOWN = 6
