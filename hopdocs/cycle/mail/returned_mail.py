"""Tells the tovholder of a notice that came back or was refused: somebody was not told, and only a person can mend it.

Looked at in every cycle from what the ledger says, not when the bounce is read: a crash between the two loses nothing,
and the mail goes to whoever is the tovholder now, not when the notice left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.tovholder import contact_person
from hopdocs.notices.kinds.returned_mail import bounce_mail, returned_event
from hopdocs.notices.ledger.entering import has_had_mail, queue_short_mail
from hopdocs.notices.record import State
from hopdocs.notices.wanted import Attendee, normalise_address
from hopdocs.sources.families import parse_family
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.notices.ledger.store import Ledger


def tell_of_returned_mail(
    ids: Mapping[str, str], shared: SharedInputs, *, ledger: Ledger, now: datetime
) -> frozenset[str]:
    """Queue the mails that are due, one for each notice that did not arrive while its meeting is still ahead.

    Whether the municipality's own server knows an address, or only the one behind it, is nothing to whoever waits.

    `ids` has all families by path. Returns the families that a mail is about.
    """
    if shared.config.mail is None:
        return frozenset()
    paths = {family: path for path, family in ids.items()}
    told = set[str]()
    for record in ledger.in_state(State.FAILED):
        event = returned_event(record)
        if record.expires_at <= now or record.family not in paths:
            continue
        if has_had_mail(ledger, record.family, event, record.channel):
            continue
        recipient = whom_to_tell(paths[record.family], shared, besides=record.email)
        today = shared.settings.today
        mail = bounce_mail(record, recipient, now, today) if recipient is not None else None
        if mail is not None and queue_short_mail(ledger, mail, event, now, channel=record.channel) is not None:
            told.add(record.family)
    return frozenset(told)


def whom_to_tell(path: str, shared: SharedInputs, *, besides: str) -> Attendee | None:
    """The tovholder, or who answers for her today, or the coordinator; nobody at the address that it is about."""
    config = shared.config
    try:
        data = read_source(shared.settings.workspace.root / path)
        family = parse_family(data, path, config).family
    except (FileNotFoundError, UnreadableFile):
        family = None
    keys = [contact_person(family, config, shared.settings.today).reachable] if family is not None else []
    for key in (*keys, config.project_coordinator):
        person = config.staff.get(key)
        if person is not None and normalise_address(person.email) != besides:
            return Attendee(person.email, person.name, str(key))
    return None
