"""Who must be told: plans the notices of every family whose wishes changed, and says what may leave.

A family is planned again when what it asks for, the day, or the channel is another than when it was last planned, or if
mail of it that still helps was given up by a clock that ran ahead. That is remembered in the ledger itself, so that a
restored ledger plans what it does not know of.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.mail.mail_settings import keep_mail_settings
from hopdocs.evaluation import FamilyOutcome
from hopdocs.freshness.fingerprint import digest_plain
from hopdocs.git import GitFault, blob_id, find_checkout
from hopdocs.notices.ledger.entering import record_wanted
from hopdocs.notices.ledger.standing import OUTPUT
from hopdocs.notices.record import NoticeId
from hopdocs.notices.sending.outbox import Gates, GitSight, MailPolicy, Scope
from hopdocs.notices.wanted import WantedFamily
from hopdocs.workspace import OPERATOR_FOLDER, UnreadableFile, Workspace, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.versions import VersionBook
    from hopdocs.git import Checkout
    from hopdocs.model.config import Config, Mail
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.sending.transport import TransportSettings

_BATCH = 50
NOTHING_ASKED: Final = Scope(frozenset(), NoticeId(0))
"""Of what waits for a person to start it, nothing need be asked: the cycle after the start asks."""
_BRANCH: Final = "branch"
"""What the ledger calls the branch that mail leaves from."""


@dataclass(frozen=True, slots=True)
class PlannedNotices:
    """What planning came to: how many notices are new or dropped, which families' pages show it, and if it is all."""

    queued: int = 0
    dropped: int = 0
    families: frozenset[str] = frozenset()
    is_whole: bool = True


def plan_notices(  # noqa: PLR0913 - what there is, and where it is written
    ids: Mapping[str, str],
    digests: Mapping[str, str],
    shared: SharedInputs,
    *,
    cache: Cache,
    ledger: Ledger,
    book: VersionBook,
    now: datetime,
    first: Collection[str] = (),
    makes_way: Callable[[], bool] = lambda: False,
) -> PlannedNotices:
    """Close the difference between what families ask for and what the ledger has.

    `ids` has by path every family that is there, also those that cannot be read; `digests` by path what each asks for.
    Those in `first` are planned first. If it `makes_way`, the rest is left to the next cycle, which knows what is done.
    """
    mail = shared.config.mail
    if mail is None:
        return PlannedNotices()
    channel = mail.redirect_all_to or ""
    today = shared.settings.today.isoformat()
    known = book.told_keys()
    keys = {path: digest_plain([digest, today, channel, ids.get(path, "")]) for path, digest in digests.items()}
    again = ledger.waiting.given_up_early(now)
    changed = (path for path, key in keys.items() if known.get(path) != key or ids.get(path) in again)
    due = sorted(changed, key=lambda path: (path not in first, path))
    present = frozenset(family for family in ids.values() if family)
    batches = [due[start : start + _BATCH] for start in range(0, len(due), _BATCH)]
    if not batches and ledger.families_ahead(now) - present:
        batches = [[]]
    queued, dropped, families = 0, 0, set[str]()
    for batch in batches:
        wanted = [item for path in batch if (item := wanted_of(cache, path)) is not None]
        plan = record_wanted(wanted, ledger, now, present=present, channel=channel)
        book.remember_told({path: keys[path] for path in batch})
        queued += len(plan.notices)
        dropped += len(plan.drops)
        if plan:
            families |= {item.family for item in plan.notices} | {item.family for item in wanted}
        if batch is not batches[-1] and makes_way():
            return PlannedNotices(queued, dropped, frozenset(families), is_whole=False)
    return PlannedNotices(queued, dropped, frozenset(families))


def wanted_of(cache: Cache, path: str) -> WantedFamily | None:
    """What a family asks for, as it was last evaluated; None for one that is stopped."""
    found = cache.findings(path)
    return WantedFamily.from_json(found["notices"]) if found and found["notices"] else None


def read_gates(
    ids: Mapping[str, str], shared: SharedInputs, workspace: Workspace, cache: Cache, ledger: Ledger
) -> Gates | None:
    """What stands in the way of the notices that wait, apart from time; None if there is no mail."""
    mail = shared.config.mail
    if mail is None:
        return None
    if not ledger.started:
        return Gates(mail_policy(mail, shared.config), scope=NOTHING_ASKED)
    scope = Scope(ledger.waiting.families(), ledger.waiting.newest())
    pending = scope.families
    paths = {path: family for path, family in ids.items() if family in pending}
    outcomes = {
        family: FamilyOutcome.from_json(path, raw)
        for path, family in paths.items()
        if (raw := cache.findings(path)) is not None
    }
    policy = mail_policy(mail, shared.config)
    checkout = find_checkout(workspace.root)
    git = look_at_checkout(checkout, shared.config, ledger) if checkout is not None else GitSight()
    uncommitted: frozenset[str] = frozenset()
    if policy.release == "committed":
        try:
            uncommitted = frozenset(_uncommitted(paths, workspace, checkout))
        except GitFault as fault:
            git = replace(git, fault=(fault.code, fault.params.get("detail", "")))
    return Gates.of(
        policy,
        [item.notices for item in outcomes.values() if item.notices is not None],
        unreadable=[family for family, item in outcomes.items() if item.is_stopped and item.notices is None],
        uncommitted=uncommitted,
        git=git,
        scope=scope,
    )


def remember_places(shared: SharedInputs, workspace: Workspace, ledger: Ledger) -> None:
    """Keep where documents lie, the branch that mail first leaves from, and the settings that it left by.

    Beside the documents it is marked how far mail has come. Where config names no branch, another than the first is
    somebody's work in progress. What others push of where mail goes waits for a person.
    """
    output = os.path.relpath(shared.settings.output, workspace.root)
    if ledger.meta(OUTPUT) != output:
        with ledger.transaction():
            ledger.set_meta(OUTPUT, output)
    _remember_branch(shared, workspace, ledger)
    keep_mail_settings(shared.settings.config_text, ledger)


def _remember_branch(shared: SharedInputs, workspace: Workspace, ledger: Ledger) -> None:
    checkout = find_checkout(workspace.root)
    if checkout is None or shared.config.git is not None or not ledger.started or ledger.meta(_BRANCH):
        return
    with suppress(GitFault):
        branch = checkout.branch()
        if branch and not checkout.unfinished():
            with ledger.transaction():
                ledger.set_meta(_BRANCH, branch)


def look_at_checkout(checkout: Checkout, config: Config, ledger: Ledger) -> GitSight:
    """Whether the files are those that mail may be about: no command under way, no old commit, the right branch."""
    command = ""
    try:
        command = checkout.command_under_way()
        branch = checkout.branch()
        detached = (checkout.head()[:9] or "HEAD") if not branch else ""
    except GitFault as fault:
        return GitSight(command, fault=(fault.code, fault.params.get("detail", "")))
    right = config.git.branch if config.git is not None else ledger.meta(_BRANCH)
    wrong = branch if branch and right and branch != right else ""
    return GitSight(command, detached, wrong, right)


def mail_policy(mail: Mail, config: Config) -> MailPolicy:
    """What `mail:` says about when mail may leave, and to which addresses, for the sender."""
    return MailPolicy(
        allowed_domains=mail.allowed_domains,
        hold_seconds=int(mail.hold.total_seconds()),
        hours_start_minute=mail.hours.start,
        hours_end_minute=mail.hours.end,
        zone=config.timezone,
        release=mail.release.value,
        mass_limit=mail.mass_limit,
        redirect_all_to=mail.redirect_all_to or "",
        rate_count=mail.rate.count,
        rate_seconds=mail.rate.per_seconds,
        server=digest_plain([str(mail.server)]),
    )


def transport_settings(config: Config | None, workspace: Workspace) -> TransportSettings | None:
    """The mail server and how to log in, from `mail: server:`; None if this machine has none.

    Relative paths of files start where they were written: at the operator's file, or at the workspace if there is none.
    """
    if config is None or config.mail is None or config.mail.server is None:
        return None
    from hopdocs.notices.sending.transport import TransportSettings  # noqa: PLC0415 - only who sends needs a client

    server = config.mail.server
    home = workspace.root if workspace.operator is None else workspace.operator.parent
    return TransportSettings(
        host=server.host,
        port=server.port,
        security=server.security.value,
        user=server.user or "",
        password_file=str(home / server.password_file) if server.password_file else "",
        secret_folders=tuple(map(str, dict.fromkeys((home, OPERATOR_FOLDER)))),
        ca_file=str(home / server.ca_file) if server.ca_file else "",
        envelope_sender=config.mail.from_,
    )


def _uncommitted(paths: Mapping[str, str], workspace: Workspace, checkout: Checkout | None) -> Iterable[str]:
    """The families whose file is not as it stands in HEAD. Outside git nothing is committed."""
    if checkout is None:
        yield from paths.values()
        return
    blobs = checkout.committed_blobs(workspace.families)
    others: dict[Path, str] = {}
    for path in paths:
        try:
            data = read_source(workspace.root / path)
        except (FileNotFoundError, UnreadableFile):
            data = b""
        if blobs.get(path.removeprefix("families/")) != blob_id(data):
            others[workspace.root / path] = path
    stored = checkout.stored_blobs(list(others))
    for file, path in others.items():
        if blobs.get(path.removeprefix("families/"), "") != stored.get(file):
            yield paths[path]
