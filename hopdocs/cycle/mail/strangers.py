"""Tells the tovholder of answers from addresses that were not invited: a colleague with two, or somebody else's.

Looked at in every cycle from what the ledger says, as mail that came back is (`returned_mail`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.cycle.mail.returned_mail import whom_to_tell
from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.kinds.returned_mail import strangers_event, strangers_mail
from hopdocs.notices.ledger.entering import has_had_mail, queue_short_mail
from hopdocs.notices.wanted import WantedMeeting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.notices.ledger.store import Ledger


def tell_of_strangers(ids: Mapping[str, str], shared: SharedInputs, *, ledger: Ledger, now: datetime) -> frozenset[str]:
    """Queue the mails that are due, one for each address and meeting while that is still ahead.

    `ids` has all families by path. Gives the families that were told of.
    """
    if shared.config.mail is None:
        return frozenset()
    paths = {family: path for path, family in ids.items()}
    channel = shared.config.mail.redirect_all_to or ""
    told = set[str]()
    for stranger in Inbox(ledger).strangers():
        record = next(iter(ledger.of_uid(stranger.uid)[-1:]), None)
        if record is None or not isinstance(record.facts, WantedMeeting) or record.family not in paths:
            continue
        event = strangers_event(stranger)
        if record.facts.starts_at <= now or has_had_mail(ledger, record.family, event, channel):
            continue
        recipient = whom_to_tell(paths[record.family], shared, besides=stranger.sender)
        if recipient is not None:
            mail = strangers_mail(stranger, record.facts, recipient, now, shared.settings.today)
            if queue_short_mail(ledger, mail, event, now, channel=channel) is not None:
                told.add(record.family)
    return frozenset(told)
