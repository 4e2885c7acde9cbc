"""Who must be told: plans the notices of every family whose wishes changed, and says what may leave.

A family is planned again when what it asks for, the day, or the channel is another than when it was last planned. That
is remembered in the ledger itself, so that a restored ledger plans what it does not know of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopdocs.evaluation import FamilyOutcome
from hopdocs.freshness.fingerprint import digest_plain
from hopdocs.git import blob_id, find_checkout
from hopdocs.notices.ledger.entering import record_wanted
from hopdocs.notices.sending.outbox import Gates, MailPolicy, Scope
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import WantedFamily
from hopdocs.workspace import UnreadableFile, Workspace, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.versions import VersionBook
    from hopdocs.model.config import Config, Mail
    from hopdocs.notices.ledger.store import Ledger

_BATCH = 50


@dataclass(frozen=True, slots=True)
class PlannedNotices:
    """What planning came to: how many notices are new or dropped, and which families' pages show it."""

    queued: int = 0
    dropped: int = 0
    families: frozenset[str] = frozenset()


def plan_notices(  # noqa: PLR0913 - what there is, and where it is written
    ids: Mapping[str, str],
    digests: Mapping[str, str],
    shared: SharedInputs,
    *,
    cache: Cache,
    ledger: Ledger,
    book: VersionBook,
    now: datetime,
) -> PlannedNotices:
    """Close the difference between what families ask for and what the ledger has.

    `ids` has by path every family that is there, also those that cannot be read; `digests` by path what each asks for.
    """
    mail = shared.config.mail
    if mail is None:
        return PlannedNotices()
    channel = mail.redirect_all_to or ""
    today = shared.settings.today.isoformat()
    known = book.told_keys()
    keys = {path: digest_plain([digest, today, channel, ids.get(path, "")]) for path, digest in digests.items()}
    due = sorted(path for path, key in keys.items() if known.get(path) != key)
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
    return PlannedNotices(queued, dropped, frozenset(families))


def wanted_of(cache: Cache, path: str) -> WantedFamily | None:
    """What a family asks for, as it was last evaluated; None for one that is stopped."""
    found = cache.findings(path)
    return WantedFamily.from_json(found["notices"]) if found and found["notices"] else None


def read_gates(
    ids: Mapping[str, str], shared: SharedInputs, workspace: Workspace, cache: Cache, ledger: Ledger
) -> Gates | None:
    """What stands in the way of the notices that wait, apart from time; None where there is no mail."""
    mail = shared.config.mail
    if mail is None:
        return None
    scope = Scope(ledger.waiting.families(), ledger.waiting.newest())
    pending = scope.families
    paths = {path: family for path, family in ids.items() if family in pending}
    outcomes = {
        family: FamilyOutcome.from_json(path, raw)
        for path, family in paths.items()
        if (raw := cache.findings(path)) is not None
    }
    checkout = find_checkout(workspace.root)
    policy = mail_policy(mail, shared.config)
    wrong_branch = ""
    uncommitted: frozenset[str] = frozenset()
    if checkout is not None and policy.release == "committed":
        branch = checkout.branch()
        wanted_branch = shared.config.git.branch if shared.config.git else branch
        wrong_branch = branch if branch != wanted_branch else ""
        blobs = checkout.committed_blobs(workspace.families)
        uncommitted = frozenset(_uncommitted(paths, workspace, blobs))
    elif policy.release == "committed":
        uncommitted = frozenset(paths.values())  # outside git nothing is committed
    return Gates.of(
        policy,
        [item.notices for item in outcomes.values() if item.notices is not None],
        unreadable=[family for family, item in outcomes.items() if item.is_stopped and item.notices is None],
        uncommitted=uncommitted,
        merge_in_progress=checkout is not None and checkout.unfinished() != "",
        wrong_branch=wrong_branch,
        scope=scope,
    )


def mail_policy(mail: Mail, config: Config) -> MailPolicy:
    """What `mail:` says about when and to whom."""
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
    )


def transport_settings(mail: Mail, workspace: Workspace) -> TransportSettings:
    """Where the mail server is. Files are named from the workspace."""
    server = mail.server
    return TransportSettings(
        host=server.host,
        port=server.port,
        security=server.security.value,
        user=server.user or "",
        password_file=str(workspace.root / server.password_file) if server.password_file else "",
        ca_file=str(workspace.root / server.ca_file) if server.ca_file else "",
        envelope_sender=mail.from_,
    )


def _uncommitted(paths: Mapping[str, str], workspace: Workspace, blobs: Mapping[str, str]) -> Iterable[str]:
    for path, family in paths.items():
        try:
            data = read_source(workspace.root / path)
        except (FileNotFoundError, UnreadableFile):
            data = b""
        if blobs.get(path.removeprefix("families/")) != blob_id(data):
            yield family
