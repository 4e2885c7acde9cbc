"""A thousand notices from the families' wishes to the mail server, against smtplib with the same bytes."""

from __future__ import annotations

import json
import smtplib
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.figure import Figure, at_least, at_most
from bench.rivals.installation import PROGRAMS
from bench.sender import DOMAIN, make_families
from bench.table import format_seconds
from bench.turns import clock
from hopdocs.notices.mail.message import compose_notice
from hopdocs.notices.planning.revisions import LedgerView, plan_revisions

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT: Final = 1000
MORE: Final = 4000
ROUNDS: Final = 3
LEAST_SHARE: Final = 1.0
FLAT: Final = 1.1
SEND_SECONDS: Final = 300
_NOTE: Final = (
    f"{COUNT} notices planned, composed, stored and delivered over as many connections as hopdocs opens, with a commit "
    "of the ledger (fsync) before each body and after each answer, those of all connections in one where they come "
    "together; smtplib sends the same stored bytes over one connection to the same aiosmtpd"
)


def measure() -> Iterator[Figure]:
    """The rate, the memory, and what composing one costs."""
    ours: list[dict[str, float]] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name, mail_server() as port:
        for number in range(ROUNDS):
            ledger = Path(name) / f"{number}.db"
            ours.append(send_with_hopdocs(port, COUNT, ledger))
            mails = read_mails(ledger)
            theirs.append(clock(lambda mails=mails: send_with_smtplib(port, mails)))  # type: ignore[misc]
        more = send_with_hopdocs(port, MORE, Path(name) / "more.db")
    seconds = median(answer["plan"] + answer["deliver"] for answer in ours)
    yield Figure(
        what="notices composed and delivered, a second",
        ours=f"{COUNT / seconds:.0f}/s",
        theirs=f"smtplib {COUNT / median(theirs):.0f}/s",
        measured=median(theirs) / seconds,
        target=at_least(LEAST_SHARE),
        notes=(_NOTE,),
    )
    composing = time_composing()
    yield Figure(
        what="composing one notice",
        ours=format_seconds(composing),
        theirs=f"sending it with smtplib {format_seconds(median(theirs) / COUNT)}",
        measured=composing / (median(theirs) / COUNT),
    )
    peak = median(answer["peak"] for answer in ours)
    yield Figure(
        what=f"peak memory of the sender, {MORE} notices",
        ours=f"{more['peak'] / 1e6:.0f} MB",
        theirs=f"with {COUNT}: {peak / 1e6:.0f} MB",
        measured=more["peak"] / peak,
        target=at_most(FLAT),
    )


def send_with_hopdocs(port: int, count: int, ledger: Path) -> dict[str, float]:
    """What `bench.sender` says of its work."""
    command = [sys.executable, "-m", "bench.sender", str(port), str(count), str(ledger)]
    home = Path(__file__).parents[1]
    done = subprocess.run(command, check=True, capture_output=True, timeout=SEND_SECONDS, cwd=home)  # noqa: S603 - ours
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def read_mails(ledger: Path) -> list[tuple[str, bytes]]:
    """The stored bytes, each with its recipient."""
    with closing(sqlite3.connect(ledger)) as connection:
        return [
            (email, bytes(mime)) for email, mime in connection.execute("SELECT email, mime FROM notice ORDER BY id")
        ]


def send_with_smtplib(port: int, mails: list[tuple[str, bytes]]) -> None:
    """One connection, one transaction a mail."""
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as client:
        for recipient, mime in mails:
            client.sendmail(f"hop@{DOMAIN}", [recipient], mime)


def time_composing() -> float:
    """Seconds to compose one notice, planning left out."""
    now = datetime.now(UTC)
    plan = plan_revisions(make_families(COUNT, now), LedgerView(), now)

    def compose_all() -> None:
        for notice in plan.notices:
            compose_notice(notice)

    compose_all()
    return median(clock(compose_all) for _ in range(ROUNDS)) / len(plan.notices)


@contextmanager
def mail_server() -> Iterator[int]:
    """The port of a server that runs in a process of its own."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, str(PROGRAMS / "smtp_server_program.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the server has no pipes")
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(10)
