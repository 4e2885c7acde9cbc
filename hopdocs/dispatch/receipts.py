"""What the municipality's sender writes back: one seam, `read_receipts`, whoever the sender is.

A receipt names the id of a message (`id` in forsendelse.json, `messageUUID` in the message), what became of it, and
when. A file holds one or many:

    {"receipts": [{"id": "80b01559-…", "status": "delivered", "at": "2026-11-22T10:15:00Z"}]}

    <receipts><receipt><id>80b01559-…</id><status>no_mailbox</status><at>2026-11-22T10:15:00Z</at></receipt></receipts>

`status` is `delivered`, `no_mailbox` or `failed`. The files stay where they are, and each counts once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from hopdocs.catalogue.masking import mask_cpr_shapes
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.errors import WorkspaceFault
from hopdocs.freshness.dispatched import Receipt, ReceiptStatus
from hopdocs.workspace import UnreadableFile, is_passing, printable_name, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hopdocs.freshness.dispatched import Dispatched, LaidLetter

MOST_BYTES: Final = 4 * 1024 * 1024
_AHEAD: Final = timedelta(days=2)
"""How far a sender's clock may be ahead of ours: more is a slip, and its day would stand under `deliveries`."""


@dataclass(slots=True)
class ReceiptsRead:
    """What was new, with the letter that each is about; how many were known already; and what is of no use."""

    new: list[tuple[LaidLetter, Receipt]] = field(default_factory=list)
    known: int = 0
    diagnostics: list[Diagnostic] = field(default_factory=list)


class _UnknownForm(Exception):
    """A file that is no receipt."""


def read_receipts(folder: Path, dispatched: Dispatched, now: datetime) -> ReceiptsRead:
    """Read every receipt in a folder, and remember those that are about a letter of this workspace."""
    reading = _Reading(dispatched, now)
    try:
        paths = sorted(path for path in folder.iterdir() if not is_passing(path.name))
    except OSError as err:
        raise WorkspaceFault("HD514", path=str(folder), detail=err.strerror or str(err)) from err
    for path in paths:
        if not path.is_dir():
            reading.take(path)
    dispatched.keep_receipts(receipt for _, receipt in reading.done.new)
    return reading.done


class _Reading:
    """A folder of receipts while it is read."""

    def __init__(self, dispatched: Dispatched, now: datetime) -> None:
        self.done = ReceiptsRead()
        self._laid = dispatched.laid()
        self._known = {identity: list(items) for identity, items in dispatched.receipts().items()}
        self._now = now.astimezone(UTC).isoformat(timespec="seconds")
        self._latest = (now.astimezone(UTC) + _AHEAD).isoformat(timespec="seconds")

    def take(self, path: Path) -> None:
        """Read one file; what is of no use in it is told."""
        name = mask_cpr_shapes(printable_name(path.name))
        parse = {".json": _parse_json, ".xml": _parse_xml}.get(path.suffix.lower())
        if parse is None:
            self._tell("HD649", name, why="unknown_kind")
            return
        try:
            data = read_source(path, MOST_BYTES)
            entries = list(parse(data)) if len(data) <= MOST_BYTES else []
        except (UnreadableFile, FileNotFoundError, _UnknownForm):
            entries = []
        if not entries:
            self._tell("HD649", name, why="unknown_form")
        for entry in entries:
            self._take_one(name, *entry)

    def _take_one(self, name: str, identity: str, status: str, at: str) -> None:
        try:
            moment = datetime.fromisoformat(at)
            receipt = Receipt(
                identity.strip().lower(), name, ReceiptStatus(status.strip().lower()), _in_utc(moment), self._now
            )
        except (ValueError, OverflowError):  # a moment in the year 1 or 9999 has none in another zone
            self._tell("HD649", name, why="unknown_form")
            return
        if receipt.at > self._latest:
            self._tell("HD649", name, why="to_come")
            return
        letter = self._laid.get(receipt.id)
        if letter is None:
            self._tell("HD649", name, why="foreign")
            return
        before = self._known.setdefault(receipt.id, [])
        if any((item.file, item.status, item.at) == (name, receipt.status, receipt.at) for item in before):
            self.done.known += 1
            return
        if before:
            why = "said_again" if before[-1].status is receipt.status else "denied"
            self._tell("HD548", name, other=before[-1].file, why=why)
        before.append(receipt)
        self.done.new.append((letter, receipt))

    def _tell(self, code: str, name: str, **params: str) -> None:
        self.done.diagnostics.append(
            Diagnostic(name, 0, 0, code, {"file": name, **params}, Severity.WARNING, Blocks.NOTHING)
        )


def _in_utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        msg = "a moment without its zone"
        raise ValueError(msg)
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _parse_json(data: bytes) -> Iterator[tuple[str, str, str]]:
    try:
        shape: Any = json.loads(data.decode("utf-8-sig"))
        entries = shape["receipts"] if isinstance(shape, dict) and "receipts" in shape else [shape]
        found = [(item["id"], item["status"], item["at"]) for item in entries]
    except (ValueError, TypeError, KeyError, RecursionError) as err:
        raise _UnknownForm from err
    if not all(isinstance(text, str) for entry in found for text in entry):
        raise _UnknownForm
    yield from found


def _parse_xml(data: bytes) -> Iterator[tuple[str, str, str]]:
    if b"<!" in data.replace(b"<!--", b""):  # a document type could make a small file a large one
        raise _UnknownForm
    try:
        root = ET.fromstring(data)  # noqa: S314 - no document type, and of bounded size
    except (ET.ParseError, ValueError, LookupError) as err:
        raise _UnknownForm from err
    for item in [root] if root.tag == "receipt" else root.findall("receipt"):
        identity, status, at = (item.findtext(name) for name in ("id", "status", "at"))
        if identity is None or status is None or at is None:
            raise _UnknownForm
        yield identity, status, at
