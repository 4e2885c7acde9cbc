"""The recipients' CPR numbers: asked for at the moment when messages are made, from outside the workspace.

A command is started without a shell, gets the family's ids and members' keys on its standard input as JSON, and writes
its answer; or a file holds the answer. What it says beside that (standard error) is thrown away: it could repeat a
number. A number goes into its message and nowhere else, so nothing here is raised, logged or shown with one.

    asked:   {"version": 1, "recipients": [{"family": "HOP-2026-007", "member": "nadira"}]}
    answer:  {"recipients": [{"family": "HOP-2026-007", "member": "nadira", "cpr": "…"}]}
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hopdocs.model.dispatch import RecipientSource

MOST_BYTES: Final = 4 * 1024 * 1024
_NUMBER: Final = re.compile(r"[0-9]{10}")
_FICTIVE_DAYS: Final = 60
"""Made-up numbers have this added to their day (Styrelsen for It og Læring)."""
_OTHERS_MAY_READ: Final = 0o077
_CHUNK: Final = 65_536
_PAUSE_SECONDS: Final = 0.01
Asked = tuple[str, str]
"""A family's id, and a member's key."""


class SourceFault(Exception):
    """The source gave no answer that can be used; `reason` has no number in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """What the source said of those who were asked about; of others, as a file may name all, nothing is kept.

    `numbers` by family and member; `unusable` says why there is none for the others.
    """

    numbers: Mapping[Asked, str]
    unusable: Mapping[Asked, str]


def ask_numbers(source: RecipientSource, asked: Mapping[Asked, date], workspace: Path) -> Answers:
    """The numbers of those who are asked about, each with the day the person was born, which the number must say too.

    Raises `SourceFault`.
    """
    if bool(source.command) == (source.file is not None):
        raise SourceFault("command_or_file")
    if source.file is not None:
        answer = _read_file(Path(source.file), workspace)
    else:
        answer = _run(source.command, asked, source.timeout.total_seconds(), workspace)
    return _check(_parse(answer), asked)


def _read_file(path: Path, workspace: Path) -> bytes:
    _refuse_inside(path, workspace)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise SourceFault("unreadable") from None
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise SourceFault("unreadable")
        if found.st_mode & _OTHERS_MAY_READ:
            raise SourceFault("open_to_others")
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SourceFault("too_much")
    return data


def _refuse_inside(path: Path, workspace: Path) -> None:
    """What people share through the workspace must neither hold numbers nor choose the program that gives them."""
    if not path.is_absolute():
        raise SourceFault("no_full_path")
    if path.resolve().is_relative_to(workspace.resolve()):
        raise SourceFault("inside")


def _run(command: tuple[str, ...], asked: Iterable[Asked], seconds: float, workspace: Path) -> bytes:
    _refuse_inside(Path(command[0]), workspace)
    question = {"version": 1, "recipients": [{"family": family, "member": member} for family, member in asked]}
    with tempfile.TemporaryFile() as stdin:  # a pipe would fill up if the command reads nothing
        stdin.write(json.dumps(question, ensure_ascii=False).encode())
        stdin.seek(0)
        try:
            process = subprocess.Popen(  # noqa: S603 - a list of words from the operator's own configuration
                command,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                start_new_session=True,
            )
        except (OSError, ValueError):
            raise SourceFault("does_not_start") from None
    deadline = time.monotonic() + seconds
    try:
        answer = _read_answer(process, deadline)
        _await_end(process.pid, deadline)
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # it, and whatever it started; not waited for yet, so it is the same
        code = process.wait()
        if process.stdout is not None:
            process.stdout.close()
    if code != 0:
        raise SourceFault("failed")
    return answer


def _read_answer(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    assert process.stdout is not None  # noqa: S101 - as it was started
    chunks: list[bytes] = []
    while True:
        ready, _, _ = select.select([process.stdout], [], [], max(deadline - time.monotonic(), 0))
        if not ready:
            raise SourceFault("too_slow")
        chunk = os.read(process.stdout.fileno(), _CHUNK)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        if sum(map(len, chunks)) > MOST_BYTES:
            raise SourceFault("too_much")


def _await_end(process: int, deadline: float) -> None:
    """Wait for a process without taking note of its end: its number stays its own until then."""
    while os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if time.monotonic() > deadline:
            raise SourceFault("too_slow")
        time.sleep(_PAUSE_SECONDS)


def _parse(answer: bytes) -> list[tuple[Asked, str]]:
    """Every entry of an answer: about whom, and the number as it was written."""
    try:
        shape: Any = json.loads(answer.decode("utf-8-sig"))
        entries = shape["recipients"]
        found = [((item["family"], item["member"]), item["cpr"]) for item in entries]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise SourceFault("not_understood") from None  # the cause would hold the answer
    if not all(isinstance(text, str) for (family, member), cpr in found for text in (family, member, cpr)):
        raise SourceFault("not_understood")
    return found


def _check(found: Iterable[tuple[Asked, str]], asked: Mapping[Asked, date]) -> Answers:
    """Only numbers that can be the person's: one for each, of her own day of birth, and nobody else's."""
    given: dict[Asked, set[str]] = {}
    for who, number in found:
        if who in asked:
            given.setdefault(who, set()).add("".join(number.split()).replace("-", "", 1))
    numbers: dict[Asked, str] = {}
    unusable: dict[Asked, str] = {}
    for who, born in asked.items():
        written, *others = given.get(who, {""})
        if others:
            unusable[who] = "several"
        elif not _NUMBER.fullmatch(written):
            unusable[who] = "no_number" if written else "missing"
        elif not _is_born_on(written, born):
            unusable[who] = "born_otherwise"
        else:
            numbers[who] = written
    for who in [who for who, number in numbers.items() if list(numbers.values()).count(number) > 1]:
        unusable[who] = "shared"
    return Answers({who: number for who, number in numbers.items() if who not in unusable}, unusable)


def _is_born_on(number: str, born: date) -> bool:
    day = int(number[:2])
    day -= _FICTIVE_DAYS if day > _FICTIVE_DAYS else 0
    return (day, number[2:6]) == (born.day, born.strftime("%m%y"))
