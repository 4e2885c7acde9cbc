"""`python -m tests.endurance.kill_loop [KILLS] [SEED]`: the watcher killed at random moments, and what was made of it.

Each round starts the service, saves an edit that moves a meeting, and kills it some moment later: in its start, while
it makes documents, while it mails. At the end it runs in peace until nothing waits. Then every mail must be another
one, every document what a clean build makes, both databases whole, nothing half made lying about, nobody left behind.
"""

from __future__ import annotations

import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench.memory import descendants
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from tests.endurance.tally import Tally
from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace
from tests.service.watched import FAMILY, Watched

if TYPE_CHECKING:
    from tests.service.mailbox import Letter

_KILLS: Final = 50
_SEED: Final = 20261129
_LONGEST_SECONDS: Final = 2.0
"""How long after its start, or after an edit, the service is killed at the latest."""
_READY_SHARE: Final = 0.7
"""Of the rounds: killed after an edit that it heard, and not in its start."""
_END_SECONDS: Final = 10.0
_QUIET_SECONDS: Final = 120.0
_START: Final = re.compile(r'start: "10[.]\d\d"')


class KillLoop:
    """One workspace, and what was left behind by those that were killed."""

    def __init__(self, folder: Path, mailbox: Mailbox, seed: int, tally: Tally) -> None:
        self.workspace = MailedWorkspace(folder, mailbox)
        self._mailbox = mailbox
        self._tally = tally
        self._chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self._orphans = 0

    def run(self, kills: int) -> None:
        """All rounds, the peace after them, and the judgement."""
        self.workspace.run("build")
        self.workspace.run("notices", "start")
        ready = 0
        for number in range(kills):
            is_ready = self._chance.random() < _READY_SHARE
            watched = Watched(self.workspace.root)
            watched.start(is_ready=is_ready)
            self._edit(number)
            time.sleep(self._chance.uniform(0.0, _LONGEST_SECONDS))
            ready += is_ready
            self._kill(watched)
        self._tally.say(f"{kills} kills, {ready} of them after the first cycle; {len(self._mailbox.letters)} mails")
        watched = Watched(self.workspace.root)
        watched.start()
        self._wait_for_peace()
        self._tally.check(watched.stop() == 0, "the service did not end by itself")
        self._judge()

    def _edit(self, number: int) -> None:
        path = self.workspace.root / FAMILY
        text, changed = _START.subn(f'start: "10.{number % 60:02d}"', path.read_text("utf-8"))
        assert changed
        beside = path.with_name(".edit.tmp")
        beside.write_text(text, "utf-8")
        beside.replace(path)

    def _kill(self, watched: Watched) -> None:
        """All that the service had started must end by itself, since nobody tells it to."""
        assert watched.process is not None
        started = descendants(watched.process.pid)[1:]
        watched.stop(signal.SIGKILL)
        limit = time.monotonic() + _END_SECONDS
        while time.monotonic() < limit and any(map(_runs, started)):
            time.sleep(0.05)
        self._orphans += sum(map(_runs, started))

    def _wait_for_peace(self) -> None:
        """Until nothing that may leave now has not left, for a while."""
        last, since = -1, time.monotonic()
        limit = since + _QUIET_SECONDS
        while time.monotonic() < limit and time.monotonic() - since < _END_SECONDS:
            count = len(self._mailbox.letters)
            if count != last:
                last, since = count, time.monotonic()
            time.sleep(0.2)

    def _judge(self) -> None:
        root, tally = self.workspace.root, self._tally
        self._judge_mails(self._mailbox.letters)
        tally.check(self._orphans == 0, f"{self._orphans} processes outlived the service")
        left = [path.name for path in (root / "out").rglob(".hopdocs-*.tmp")]
        tally.check(not left, f"left lying about: {left}")
        shown = self.workspace.run("verify")
        tally.say(shown.strip().splitlines()[-1])
        tally.check("0 differ" in shown, f"verify: {shown}")
        for name in ("ledger.db", "cache.db"):
            with closing(sqlite3.connect(root / ".hopdocs" / name)) as database:
                (answer,) = database.execute("PRAGMA integrity_check").fetchone()
            tally.check(answer == "ok", f"{name}: {answer}")
        with closing(Ledger(connect_ledger(root / ".hopdocs/ledger.db"))) as ledger:
            ledger.verify()

    def _judge_mails(self, letters: list[Letter]) -> None:
        """A mail that was interrupted may come again, with the same bytes (data.md); nothing is told in another one."""
        copies, told = defaultdict[str, set[bytes]](set), defaultdict[tuple[str, str, int, str], set[str]](set)
        for letter in letters:
            message_id = str(letter.message["Message-ID"])
            copies[message_id].add(letter.data)
            if letter.has_event:
                event = letter.event
                key = (letter.recipients[0], str(event["UID"]), int(event["SEQUENCE"]), str(event["METHOD"]))
                told[key].add(message_id)
        again = len(letters) - len(copies)
        self._tally.say(f"{len(letters)} mails, {len(copies)} distinct, {again} came again with the same bytes")
        self._tally.check(all(len(each) == 1 for each in copies.values()), "one Message-ID has two contents")
        twice = [key for key, ids in told.items() if len(ids) > 1]
        self._tally.check(not twice, f"told twice in different mails: {twice[:3]}")


def _runs(process: int) -> bool:
    """Whether it is there and no more than a name that nobody has asked for yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def main() -> int:
    """The loop, with the number of kills and the seed that are given."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else _KILLS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else _SEED
    tally = Tally()
    tally.say(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="hopdocs-kill-") as home, Mailbox() as mailbox:
        KillLoop(Path(home) / "workspace", mailbox, seed, tally).run(kills)
    return tally.end()


if __name__ == "__main__":
    sys.exit(main())
