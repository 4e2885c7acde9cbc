"""What comes back: the folder of answers and bounces, read at the start of each cycle.

A rule in the operator's mailbox fills the folder (`mail: answers:`); hopdocs logs in nowhere. What a file may change,
`notices.inbound.answers` decides; here is only where it lies, and what the cycle must look at because of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.notices.inbound.answers import Reading, read_inbound_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from hopdocs.model.config import Config
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Incoming:
    """How many answers and bounces were new, and which families they are about."""

    answers: int = 0
    bounces: int = 0
    families: frozenset[str] = frozenset()


NOTHING_CAME = Incoming()


def answers_folder(config: Config, workspace: Workspace) -> Path | None:
    """Where the answers lie: named from the workspace; None where none are read."""
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
    """Take in what is new."""
    folder = answers_folder(config, workspace)
    if folder is None:
        return NOTHING_CAME
    found = [item for item in read_inbound_folder(ledger, folder, now) if item.reading in _TAKEN]
    return Incoming(
        answers=sum(item.reading is Reading.ANSWER for item in found),
        bounces=sum(item.reading is Reading.BOUNCE for item in found),
        families=frozenset(item.notice.family for item in found if item.notice is not None),
    )


_TAKEN = frozenset({Reading.ANSWER, Reading.BOUNCE})
