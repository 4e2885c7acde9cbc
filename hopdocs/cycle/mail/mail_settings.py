"""What decides where mail goes, while others may push: it counts as it was until a person lets a change count.

Whoever may push the workspace could otherwise send every invitation to an address of her own, or let them all out at
once. The rest of a pushed configuration takes effect; these few settings wait for `hopdocs notices accept`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hopdocs.operator_file import RELEASED
from hopdocs.sources.operator import waiting_settings, write_mail_settings

if TYPE_CHECKING:
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.sources.config import ConfigSource, ConfigText


def keep_mail_settings(text: ConfigText, ledger: Ledger) -> None:
    """Keep those that count when mail leaves here for the first time; forget them where nobody pushes any more."""
    source = text.parse()
    follows = source.operator is not None and source.operator.follows_pushes
    if follows and ledger.started and not ledger.meta(RELEASED):
        _write(ledger, write_mail_settings(source.source.tree))
    elif not follows and ledger.meta(RELEASED):
        _write(ledger, "")


def find_waiting(source: ConfigSource, ledger: Ledger) -> dict[str, tuple[Any, Any]]:
    """By key under `mail`: what counts, and what waits."""
    if source.operator is None:
        return {}
    return waiting_settings(source.source.tree, source.operator, ledger.meta(RELEASED))


def accept_mail_settings(source: ConfigSource, ledger: Ledger) -> None:
    """A person has looked: they count as they stand in `config.yaml`."""
    if source.operator is not None and source.operator.follows_pushes:
        _write(ledger, write_mail_settings(source.source.tree))


def _write(ledger: Ledger, text: str) -> None:
    with ledger.transaction():
        ledger.set_meta(RELEASED, text)
