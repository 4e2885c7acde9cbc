"""What comes back: the folder of answers and bounces, read at the start of each cycle.

A rule in the operator's mailbox fills the folder (`mail: answers:`); hopdocs logs in nowhere. What a file may change,
`notices.inbound.answers` decides; here is only where it lies, and what the cycle must look at because of it.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hopdocs.catalogue import fill_message
from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.notices.inbound.answers import Reading, pass_over_other_files, read_inbound_folder
from hopdocs.notices.inbound.inbox import Inbox
from hopdocs.notices.inbound.leftovers import READ_BEFORE
from hopdocs.notices.wanted import normalise_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from hopdocs.catalogue import Language
    from hopdocs.model.config import Config
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Incoming:
    """How many answers and bounces were new, and which families they are about.

    `nothing` says by the code of the reason how many mails came to nothing.
    """

    answers: int = 0
    bounces: int = 0
    families: frozenset[str] = frozenset()
    nothing: Mapping[str, int] = field(default_factory=dict)


NOTHING_CAME = Incoming()


def answers_folder(config: Config, workspace: Workspace) -> Path | None:
    """Where the answers lie: named from the workspace; None if none are read."""
    if config.mail is None or not config.mail.answers:
        return None
    return workspace.root / config.mail.answers


def check_answers_folder(config: Config, workspace: Workspace) -> Iterator[Finding]:
    """Whether the folder is there: a share that is not connected looks like nobody ever answering."""
    folder = answers_folder(config, workspace)
    if folder is None:
        return
    try:
        os.scandir(folder).close()
    except OSError:
        params = {"folder": str(config.mail.answers if config.mail else "")}
        yield Finding("HD525", ("mail", "answers"), params, Severity.WARNING, Blocks.NOTHING)


def read_incoming(config: Config, workspace: Workspace, ledger: Ledger, now: datetime) -> Incoming:
    """Read the files that are new and write what they say into the ledger; nothing if no folder is configured."""
    folder = answers_folder(config, workspace)
    if folder is None:
        return NOTHING_CAME
    aliases = known_aliases(config)
    Inbox(ledger).forget_strangers(aliases.keys())
    found = [*read_inbound_folder(ledger, folder, now, aliases), *pass_over_other_files(ledger, folder)]
    taken = [item for item in found if item.reading in _TAKEN]
    return Incoming(
        answers=sum(item.reading is Reading.ANSWER for item in found),
        bounces=sum(item.reading is Reading.BOUNCE for item in found),
        families=frozenset(item.notice.family for item in taken if item.notice is not None),
        nothing=Counter(item.why for item in found if item.why and not item.is_too_early),
    )


_TAKEN = frozenset({Reading.ANSWER, Reading.BOUNCE})


def known_aliases(config: Config) -> dict[str, str]:
    """By another address of somebody on the staff: the one that mail goes to."""
    return {
        normalise_address(alias): normalise_address(person.email)
        for person in config.staff.values()
        for alias in person.aliases
    }


def lying_unused(config: Config, workspace: Workspace, ledger: Ledger) -> dict[str, int]:
    """By the code of the reason: how many files in the folder came to nothing; what was read before, is dealt with."""
    folder = answers_folder(config, workspace)
    counts = Inbox(ledger).came_to_nothing(str(folder)) if folder is not None else {}
    return {code: count for code, count in counts.items() if code != READ_BEFORE}


def say_nothing_came(counts: Mapping[str, int], config: Config, language: Language) -> str:
    """How many came to nothing and why, in one sentence that names nobody; empty where none did."""
    if not counts:
        return ""
    reasons = "; ".join(f"{count} {fill_message(code, {}, language)}" for code, count in sorted(counts.items()))
    folder = config.mail.answers if config.mail is not None else ""
    params = {"count": str(sum(counts.values())), "folder": str(folder), "reasons": reasons}
    return fill_message("HD450", params, language)
