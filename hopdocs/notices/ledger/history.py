"""Who was told what and when, in plain Danish: what `log FAMILY` says about mail, also a year later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from hopdocs.notices.mail.wording import say_time
from hopdocs.notices.reasons import say_reason
from hopdocs.notices.wanted import WantedMeeting

if TYPE_CHECKING:
    from datetime import datetime

    from hopdocs.notices.ledger.event_log import Event
    from hopdocs.notices.ledger.reader import LedgerReader
    from hopdocs.notices.record import NoticeRecord

_HAPPENINGS: Final = {
    "planned": "Skrev {what} til {who}.",
    "data_started": "",
    "accepted": "Sendte {what} til {who}.",
    "failed": "{What} til {who} blev afvist af mailserveren{code}.",
    "deferred": "Mailserveren bad os vente med {what} til {who}{code}.",
    "unanswered": "Mailserveren svarede ikke på {what} til {who}. Den samme mail sendes igen.",
    "in_doubt": "Det er uvist, om {what} nåede frem til {who}.",
    "interrupted": "Programmet blev afbrudt, mens {what} til {who} var på vej. Den samme mail sendes igen.",
    "dropped": "{What} til {who} blev ikke sendt: {reason}.",
    "held": "Et menneske holdt {what} til {who} tilbage.",
    "released": "Et menneske frigav {what} til {who}.",
    "resolved": "Et menneske har oplyst, at {what} til {who} {arrived}.",
    "bounced": "{What} til {who} kom retur{text}.",
    "answered": "{who} {answer} {what}.",
}

_UNREACHED: Final = {
    "failed": "{What} til {who} blev opgivet: mailserveren kunne ikke nås.",
    "deferred": "Mailserveren kunne ikke nås, så {what} til {who} venter.",
}
"""Without a reply code nobody has refused anything."""

_ANSWERS: Final = {
    "ACCEPTED": "svarede ja til",
    "DECLINED": "svarede nej til",
    "TENTATIVE": "svarede måske til",
    "NEEDS-ACTION": "tog sit svar tilbage på",
}

_ARRIVED: Final = {"yes": "er nået frem", "no": "ikke er nået frem. Den sendes igen"}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of the log. `at` is local time; `what` is the event's name in the ledger."""

    at: datetime
    text: str
    what: str
    recipient: str
    notice: int


def describe_history(ledger: LedgerReader, family: str, zone: str = "Europe/Copenhagen") -> list[HistoryRow]:
    """Everything that happened to a family's notices, oldest first."""
    records = {int(item.id): item for item in ledger.of_family(family)}
    rows: list[HistoryRow] = []
    for event in ledger.events(family):
        record = records.get(event.notice or 0)
        text = _describe_event(event, record) if record is not None else ""
        if text and record is not None:
            rows.append(HistoryRow(event.at.astimezone(ZoneInfo(zone)), text, event.what, record.email, int(record.id)))
    return rows


def _describe_event(event: Event, record: NoticeRecord) -> str:
    details = event.details
    code, text, reason = (details.get(name, "") for name in ("code", "text", "reason"))
    patterns = _HAPPENINGS if code != "0" else _HAPPENINGS | _UNREACHED
    what = _say_what(record)
    return patterns.get(event.what, "").format(
        what=what,
        What=what[:1].upper() + what[1:],
        who=record.email,
        code=f" ({code})" if code else "",
        text=f" ({text})" if text else "",
        reason=say_reason(reason, "da"),
        arrived=_ARRIVED.get(details.get("arrived", ""), ""),
        answer=_ANSWERS.get(details.get("answer", ""), "svarede på"),
    )


def _say_what(record: NoticeRecord) -> str:
    what, facts = record.kind.history_label, record.facts
    if isinstance(facts, WantedMeeting):
        return f"{what} ({facts.title.lower()} {say_time(facts)}, {facts.place})"
    return f"{what} ({record.subject})"
