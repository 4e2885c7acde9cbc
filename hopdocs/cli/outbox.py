"""Opens the ledger and the outbox for a verb, beside a running watcher or without one."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hopdocs.catalogue import choose_language, fill_hint, fill_message
from hopdocs.cli.console import both
from hopdocs.cli.workspace_loading import clock_of, find_family, read_config
from hopdocs.cycle.mail.notice_planning import read_gates
from hopdocs.cycle.outcomes import find_families
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.diagnostics import sort_diagnostics
from hopdocs.evaluation import AttachmentLookup
from hopdocs.freshness.cache import open_cache_to_read
from hopdocs.model.scalars.hosts import LOCAL_NAME, is_this_machine
from hopdocs.notices.ledger.standing import NOT_STARTED
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.sending.outbox import Gates, MailPolicy, Outbox
from hopdocs.workspace import claim_state

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from hopdocs.cli.program import Invocation
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.notices.ledger.standing import Reason
    from hopdocs.notices.record import NoticeId, NoticeRecord, State
    from hopdocs.notices.wanted import WantedFamily
    from hopdocs.workspace import Workspace

_ALL = ("all", "alle")


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """The ledger, opened for a verb that looks after mail, and what such a verb asks beside it."""

    workspace: Workspace
    config: Config
    ledger: Ledger
    now: datetime


@contextmanager
def open_ledger(invocation: Invocation, *, writes: bool = False) -> Iterator[OpenLedger]:
    """The workspace's ledger; where there is none yet, an empty one in memory, so that looking makes nothing.

    Only its owner `writes`. SQLite gives the files that root makes beside it to its owner, so root may look.
    """
    workspace, config = read_config(invocation)
    if writes:
        claim_state(workspace)
    now = clock_of(invocation, config).now()
    path = workspace.ledger_path if workspace.has_ledger else Path(":memory:")
    ledger = Ledger(connect_ledger(path))
    try:
        yield OpenLedger(workspace, config, ledger, now)
    finally:
        ledger.close()


@contextmanager
def open_lasting_ledger(invocation: Invocation) -> Iterator[OpenLedger]:
    """The same, with a ledger on disk: what is written down must last."""
    workspace, _config = read_config(invocation)
    claim_state(workspace)
    if not workspace.has_ledger:
        Ledger(connect_ledger(workspace.ledger_path)).close()
    with open_ledger(invocation) as opened:
        yield opened


def open_outbox(invocation: Invocation, opened: OpenLedger) -> Outbox:
    """What waits, against the gates as they are now."""
    cache = open_cache_to_read(opened.workspace.cache_path)
    try:
        shared = read_shared_inputs(opened.workspace, clock_of(invocation, opened.config), writes=False)
        gates = read_gates(cache.ids(), shared, opened.workspace, cache, opened.ledger)
    finally:
        cache.close()
    return Outbox(opened.ledger, gates or Gates(MailPolicy(allowed_domains=())), opened.now)


def wanted_families(
    invocation: Invocation, opened: OpenLedger
) -> tuple[list[WantedFamily], frozenset[str], list[Diagnostic]]:
    """What each family asks for right now, straight from the files; the ids of all; and what stops some."""
    shared = read_shared_inputs(opened.workspace, clock_of(invocation, opened.config), writes=False)
    with closing(open_cache_to_read(opened.workspace.cache_path)) as cache:
        families = find_families(shared.config, shared.settings, cache)
    wanted: list[WantedFamily] = []
    faults = [*families.faults]
    for outcome in families.outcomes(_no_attachment):
        if outcome.notices is not None:
            wanted.append(outcome.notices)
        else:
            faults += outcome.diagnostics
    return wanted, frozenset(families.ids.values()), sort_diagnostics(faults)


def _no_attachment(_folder: Path, _name: str) -> AttachmentLookup:
    """No mail shows one, so none is read."""
    return AttachmentLookup()


def refuse_another_day(invocation: Invocation, config: Config) -> None:
    """`--today` would tell real people things on the wrong day: it goes with a mail server on loopback alone."""
    host = config.mail.server.host if config.mail and config.mail.server else LOCAL_NAME
    if invocation.today is not None and not is_this_machine(host):
        msg = both(
            en=f"--today is refused where mail leaves through {host}; it is for a mail server on this machine",
            da=f"--today afvises, når mails går ud gennem {host}; det er kun til en mailserver på samme maskine",
        )
        raise click.UsageError(msg)


def say_not_started(reason: Reason | None) -> str:
    """Why nothing leaves, and what a person does about it; '' where mail may leave."""
    if reason is None:
        return ""
    if reason.code == NOT_STARTED:
        return both(en="Nothing leaves before: hopdocs notices start", da="Intet går ud før: hopdocs notices start")
    language = choose_language()
    said = fill_message(reason.code, reason.params, language)
    return f"{reason.code}: {said}\n  {fill_hint(reason.code, reason.params, language)}"


def chosen_notices(opened: OpenLedger, words: Sequence[str], states: tuple[State, ...]) -> list[NoticeId]:
    """The notices that a person named: by number, by a family's id, or `all`."""
    rows = opened.ledger.in_state(*states)
    found: list[NoticeId] = []
    for word in words:
        matching = [row.id for row in rows if _names(word, row)]
        if not matching and word.isdecimal():
            msg = both(
                en=f"no notice with the number {word} waits for that", da=f"ingen mail med nummer {word} venter på det"
            )
            raise click.UsageError(msg)
        if not matching and word.lower() not in _ALL:
            find_family(opened.workspace, word)  # it is there, and nothing of it waits
        found += matching
    return list(dict.fromkeys(found))


def _names(word: str, row: NoticeRecord) -> bool:
    return word.lower() in (*_ALL, str(row.id), row.family.lower())
