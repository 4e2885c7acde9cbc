"""What became of a family's letters, for the verbs that tell a family's story."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hopdocs.cli.console import both
from hopdocs.documents.kinds.table import find_kind
from hopdocs.freshness.dispatched import Dispatched, ReceiptStatus
from hopdocs.freshness.read_only import connect_to_read

if TYPE_CHECKING:
    from hopdocs.freshness.dispatched import LaidLetter
    from hopdocs.workspace import Workspace


def last_receipts(workspace: Workspace, family: str) -> list[tuple[LaidLetter, ReceiptStatus, str]]:
    """The last that came back about each letter of a family, with its moment; nothing where no letter was laid."""
    if not workspace.ledger_path.is_file():
        return []
    with closing(connect_to_read(workspace.ledger_path)) as connection:
        dispatched = Dispatched(connection)
        outcomes, laid = dispatched.outcomes(family), dispatched.laid(family)
    return [(laid[item.id], item.status, item.at) for item in outcomes.values()]


def letter_history(workspace: Workspace, family: str) -> list[dict[str, Any]]:
    """When each letter was laid ready, and everything that came back about it."""
    if not workspace.ledger_path.is_file():
        return []
    with closing(connect_to_read(workspace.ledger_path)) as connection:
        dispatched = Dispatched(connection)
        laid, receipts = dispatched.laid(family), dispatched.receipts()
    ready = both(en="laid ready", da="lagt klar")
    rows = [
        _row(letter, letter.laid, letter.route, f"{_name(letter)}: {ready} ({_route(letter)})")
        for letter in laid.values()
    ]
    rows += [
        _row(letter, item.at, item.status.value, say_receipt(letter, item.status))
        for letter in laid.values()
        for item in receipts.get(letter.id, ())
    ]
    return sorted(rows, key=lambda row: datetime.fromisoformat(row["at"]))


def say_receipt(letter: LaidLetter, status: ReceiptStatus) -> str:
    """`invitation familieplan, yasmin: delivered`."""
    words = {
        ReceiptStatus.DELIVERED: both(en="delivered", da="leveret"),
        ReceiptStatus.NO_MAILBOX: both(en="no mailbox, goes on paper", da="ingen digital postkasse, går på papir"),
        ReceiptStatus.FAILED: both(en="could not be sent", da="kunne ikke sendes"),
    }
    return f"{_name(letter)}: {words[status]}"


def delivery_lines(letter: LaidLetter, at: str, zone: str) -> list[str]:
    """The lines under `deliveries` that say the same, as a person would write them; a covering letter's plan too."""
    day = datetime.fromisoformat(at).astimezone(ZoneInfo(zone)).date().isoformat()
    meeting = f"meeting: {letter.meeting}, " if letter.meeting else ""
    kind = find_kind(letter.kind)
    below = kind.is_settled_by[:1] if kind is not None and kind.encloses is not None else ()
    rest = f"{meeting}to: [{letter.recipient}], date: {day}, how: {letter.route}"
    return [f"{{document: {name}, {rest}}}" for name in (letter.kind, *below)]


def receipt_json(letter: LaidLetter, status: ReceiptStatus, at: str) -> dict[str, Any]:
    """What came of a letter, for programs."""
    return {
        "document": letter.kind,
        "meeting": letter.meeting or None,
        "recipient": letter.recipient,
        "edition": letter.edition,
        "route": letter.route,
        "status": status.value,
        "at": at,
    }


def _name(letter: LaidLetter) -> str:
    return f"{' '.join(part for part in (letter.kind, letter.meeting) if part)}, {letter.recipient}"


def _route(letter: LaidLetter) -> str:
    return both(en="on paper", da="på papir") if letter.route == "paper" else "Digital Post"


def _row(letter: LaidLetter, at: str, what: str, text: str) -> dict[str, Any]:
    return {"at": at, "what": what, "recipient": letter.recipient, "id": letter.id, "text": text}
