"""Tells the tovholder of a file that was pushed and cannot be read.

Whoever saved it sits at another machine and sees no page, so there goes a short mail: case number and line, nothing
else (data.md, The answer, on disk). Once for each broken content, and only if this checkout follows what others
push (`git: pull:`). Somebody who edits the file here sees the fault here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, Severity
from hopdocs.domain.tovholder import contact_person
from hopdocs.git import GitFault, blob_id, find_checkout
from hopdocs.notices.kinds.unreadable_file import unreadable_event, unreadable_mail
from hopdocs.notices.ledger.entering import has_had_mail, queue_short_mail
from hopdocs.notices.wanted import Attendee
from hopdocs.sources.families import parse_family
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.freshness.cache import Cache
    from hopdocs.git import Checkout
    from hopdocs.model.config import Config, Mail
    from hopdocs.model.family import Family
    from hopdocs.notices.ledger.store import Ledger


def tell_of_pushed_faults(
    ids: Mapping[str, str], shared: SharedInputs, *, cache: Cache, ledger: Ledger, now: datetime
) -> frozenset[str]:
    """Queue the mails that are due; returns the families that they are about. `ids` has all families by path."""
    config, workspace = shared.config, shared.settings.workspace
    mail = config.mail
    checkout = find_checkout(workspace.root)
    if mail is None or config.git is None or config.git.pull is None or checkout is None:
        return frozenset()
    told = set[str]()
    with suppress(
        GitFault, ValueError
    ):  # that git does not work, the puller says; and a folder may be a link elsewhere
        for path, line in _stopped(cache):
            family = ids.get(path, "")
            if family and _queue_mail(path, family, line, _MailContext(shared, mail, checkout, ledger, now)):
                told.add(family)
    return frozenset(told)


@dataclass(frozen=True, slots=True)
class _MailContext:
    """What every such mail is made with."""

    shared: SharedInputs
    mail: Mail
    checkout: Checkout
    ledger: Ledger
    now: datetime


def _queue_mail(path: str, family: str, line: int, context: _MailContext) -> bool:
    """Queue the mail about one file, if it is due; whether it was."""
    file, channel = context.shared.settings.workspace.root / path, context.mail.redirect_all_to or ""
    try:
        blob = blob_id(read_source(file))
    except (FileNotFoundError, UnreadableFile):
        return False
    event = unreadable_event(blob)
    if has_had_mail(context.ledger, family, event, channel):
        return False
    if context.checkout.pushed_blob(file) not in {blob, *context.checkout.stored_blobs([file]).values()}:
        return False
    last = _last_readable(context.checkout, path, context.shared)
    short = unreadable_mail(
        family,
        _whom_to_tell(last, context.shared),
        case_number=(last.case_number if last is not None else None) or family,
        line=line,
        organizer=context.mail.from_,
        organizer_name=context.mail.from_name,
        now=context.now,
        today=context.shared.settings.today,
    )
    return queue_short_mail(context.ledger, short, event, context.now, channel=channel) is not None


def _stopped(cache: Cache) -> Iterator[tuple[str, int]]:
    """The families' files that are stopped as a whole, and the line of the first fault that does it."""
    for path, found in cache.diagnostics():
        stopping = [
            item
            for item in found
            if item["path"] == path and (item["severity"], item["blocks"]) == (Severity.ERROR, Blocks.FAMILY)
        ]
        if stopping and PurePosixPath(path).suffix == ".yaml":
            yield path, int(stopping[0]["line"])


def _last_readable(checkout: Checkout, path: str, shared: SharedInputs) -> Family | None:
    """The newest committed version of a family's file that can be read: the broken one cannot say whose it is."""
    for data in checkout.earlier_contents(shared.settings.workspace.root / path):
        family = parse_family(data, path, shared.config).family
        if family is not None:
            return family
    return None


def _whom_to_tell(family: Family | None, shared: SharedInputs) -> Attendee:
    """The tovholder, or who answers for her today; the coordinator if no version can be read."""
    config: Config = shared.config
    key = contact_person(family, config, shared.settings.today).reachable if family else config.project_coordinator
    person = config.staff[key if key in config.staff else config.project_coordinator]
    return Attendee(person.email, person.name, str(key))
