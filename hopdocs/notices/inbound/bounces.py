"""Mail that came back, as mail servers report it (RFC 3464), and what one widespread server writes instead.

A report may be about several recipients, each with a fate of its own: ours may have been delivered while a colleague's
was not. It names the mail by its Message-ID, in what it returns of it or in the headers that make it an answer.
"""

from __future__ import annotations

import binascii
import re
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from hopdocs.notices.inbound.mail_file import sender_of
from hopdocs.notices.wanted import normalise_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED_TYPES: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers"}
)
_ACTIONS: Final = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
_SAID_OTHERWISE: Final = {"failure": "failed"}
_MOST_EXPLAINED: Final = 100
_MESSAGE_ID: Final = re.compile(r"(?im)^[> \t]*(?:[a-z0-9-]{1,60}-)?message-id:\s*<?([^<>\s@]+@[^<>\s]+)>?")
"""Also where a server gave the mail a Message-ID of its own and kept ours: `X-Microsoft-Original-Message-ID`,
`X-Google-Original-Message-ID`, `Original-Message-ID`."""
_STATUS_BEGINS: Final = re.compile(
    r"(?i)\s*(?:reporting-mta|original-envelope-id|dsn-gateway|received-from-mta|arrival-date|original-recipient"
    r"|final-recipient)[ \t]*:"
)
"""How a status begins (RFC 3464 2.2, 2.3), also where a gateway has made an attached text of it."""
_HEADERS_BEGIN: Final = re.compile(r"\s*[!-9;-~]{1,70}:")
_COPY_BEGINS: Final = re.compile(
    r"(?im)^[ \t>]*-{3,}[^\n]{0,40}\b(?:below this line is a copy|original message|unsent message|returned message"
    r"|message (?:header|body|text))"
)
_FAILED_FOR_GOOD: Final = re.compile(r"\b5\.\d\.\d{1,3}\b|\b55[0-4]\b")
_GOES_ON: Final = re.compile(r"(?i)delayed|warning|will be retried|will (?:keep|continue) trying|forsinket")
_BETWEEN_WORDS: Final = re.compile(r"[\s<>,;:()\"']+")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the mail to one recipient. `addresses`: as it was sent, and as it was last tried."""

    addresses: frozenset[str]
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report: which mail it may be about, the likeliest first, and what became of it.

    `returned` are the Message-IDs of the very mail that came back, others those of the thread that it stands in.
    """

    message_ids: tuple[str, ...]
    fates: tuple[Fate, ...]
    returned: frozenset[str] = frozenset()

    def fate_of(self, message_id: str, addresses: frozenset[str]) -> Fate | None:
        """What became of the mail to somebody of these addresses; the worst where it is said twice.

        A report may name nobody, or only the mailbox that an alias leads to. Each of our mails goes to one recipient:
        where it is the very mail that came back, and it reached nobody, it did not reach her.
        """
        found = [item for item in self.fates if addresses & item.addresses or not item.addresses]
        if not found and message_id in self.returned and {item.action for item in self.fates} <= {"failed", "delayed"}:
            return max(self.fates, key=lambda item: item.action != "failed", default=None)
        return min(found, key=lambda item: item.action != "failed", default=None)


def parse_bounce(message: Message) -> Bounce | None:
    """The report in a mail, also where a gateway has packed it in; None where there is none or it says nothing."""
    statuses = [_text_of(part) for part in message.walk() if part.get_content_type() in _STATUS_TYPES]
    statuses = statuses or _attached(message, _STATUS_BEGINS)
    fates = [fate for text in statuses for fate in _read_fates(text)]
    if not fates:
        return _parse_exim(message) or _parse_plain(message)
    texts = [_text_of(part) for part in message.walk() if part.get_content_type() in _RETURNED_TYPES]
    texts = texts or _attached(message, _HEADERS_BEGIN)
    texts = [*(_headers_of(text) for text in texts), *statuses]
    returned = [item for text in texts for item in _message_ids(text)] + _renamed_ids(message)
    explained = [] if returned else _explained_ids(message)
    returned = returned or re.findall(r"<[^<>\s]+>", str(message.get("in-reply-to", "")))
    return _bounce([*returned, *explained], message, fates, frozenset(returned))


def is_from_mail_server(message: Message) -> bool:
    """Whether a machine that carries mail wrote it: a report in a form that may not be understood."""
    local = sender_of(message).partition("@")[0]
    is_report = message.get_content_type() == "multipart/report"
    return is_report or local in {"mailer-daemon", "postmaster"} or str(message.get("return-path", "")).strip() == "<>"


def _parse_exim(message: Message) -> Bounce | None:
    """Exim's own form: the recipients in a header, the returned mail as text. Its warnings have no such header."""
    failed = str(message.get("x-failed-recipients", ""))
    addresses = frozenset(normalise_address(item) for item in failed.split(",") if "@" in item)
    if not addresses:
        return None
    found = [item for text in _texts(message) for item in _message_ids(text)]
    return _bounce(found, message, [Fate(frozenset({item}), "failed", "") for item in sorted(addresses)])


def _parse_plain(message: Message) -> Bounce | None:
    """A report in plain words, as qmail and older servers write it: who, why, a line, and the mail that came back."""
    if not is_from_mail_server(message):
        return None
    for text in _texts(message):
        copy = _COPY_BEGINS.search(text)
        words = text[: copy.start()] if copy is not None else ""
        status = _FAILED_FOR_GOOD.search(words)
        if copy is not None and status is not None and not _GOES_ON.search(words):
            named = {normalise_address(item) for item in _BETWEEN_WORDS.split(words) if item.count("@") == 1}
            said = status[0] if "." in status[0] else ""
            fates = [Fate(frozenset({item}), "failed", said) for item in sorted(named)]
            return _bounce(_message_ids(text[copy.start() :])[:1], message, fates)
    return None


def _bounce(
    ids: list[str], message: Message, fates: list[Fate], returned: frozenset[str] = frozenset()
) -> Bounce | None:
    threads = [str(message.get(name, "")) for name in ("in-reply-to", "references")]
    found = [*ids, *_renamed_ids(message), *(item for text in threads for item in re.findall(r"<[^<>\s]+>", text))]
    return Bounce(tuple(dict.fromkeys(found)), tuple(fates), returned) if found else None


def _message_ids(text: str) -> list[str]:
    return [f"<{found}>" for found in _MESSAGE_ID.findall(text)]


def _explained_ids(message: Message) -> list[str]:
    """What may be our Message-ID in the words of a report that returns nothing of our mail."""
    texts = (unescape(_text_of(part)) for part in message.walk() if part.get_content_maintype() == "text")
    found = (word.strip(".[]") for text in texts for word in _BETWEEN_WORDS.split(text) if word.count("@") == 1)
    return [f"<{word}>" for word in islice(found, _MOST_EXPLAINED)]


def _renamed_ids(message: Message) -> list[str]:
    """Our Message-ID among the report's own headers, under the name that a server keeps it by."""
    own = (f"{name}: {value}" for name, value in message.items() if name.lower() != "message-id")
    return [item for line in own for item in _message_ids(line)]


def _headers_of(text: str) -> str:
    """What stands before a mail's text: a mail that was answered or forwarded in it has a Message-ID too."""
    return re.split(r"\n[ \t]*\r?\n", text.lstrip(), maxsplit=1)[0]


def _attached(message: Message, beginning: re.Pattern[str]) -> list[str]:
    """The parts of a mail server's report that begin so, whatever a gateway calls their type."""
    if not is_from_mail_server(message):
        return []
    return [text for part in message.walk() if not part.is_multipart() and beginning.match(text := _text_of(part))]


def _texts(message: Message) -> list[str]:
    return [_text_of(part) for part in message.walk() if part.get_content_maintype() in {"text", "message"}]


def _read_fates(text: str) -> Iterator[Fate]:
    """A block a recipient (RFC 3464 2.3), after one about the mail as a whole; a broken one gives what it has."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        fields = dict(_header_lines(block))
        status = fields.get("status", "")
        action = re.split(r"[\s(;]", fields.get("action", "").lower())[0]
        action = _SAID_OTHERWISE.get(action, action)
        if action not in _ACTIONS:
            action = "failed" if "action" not in fields and re.match(r"5\.\d+\.\d+", status) else ""
        if action:
            named = [fields.get(name, "") for name in ("original-recipient", "final-recipient")]
            addresses = [normalise_address((item.partition(";")[2] or item).strip("<> \t")) for item in named]
            yield Fate(frozenset(item for item in addresses if item), action, status)


def _header_lines(text: str) -> Iterator[tuple[str, str]]:
    for line in re.sub(r"\n[ \t]+", " ", text).splitlines():
        name, colon, value = line.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def _text_of(part: Message) -> str:
    """A part as text. The standard library reads a delivery status or a returned mail as messages of their own."""
    payload: Any = part.get_payload()
    if isinstance(payload, list):
        return _decoded("\n".join(item.as_string() for item in payload), str(part.get("content-transfer-encoding", "")))
    decoded: Any = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else str(payload or "")


def _decoded(text: str, encoding: str) -> str:
    """A returned mail may be in base64, which RFC 2046 5.2.1 forbids and some servers do."""
    inner = text.strip().encode("utf-8", "replace")
    with suppress(ValueError):
        match encoding.strip().lower():
            case "base64":
                return binascii.a2b_base64(inner).decode("utf-8", "replace")
            case "quoted-printable":
                return binascii.a2b_qp(inner).decode("utf-8", "replace")
    return text
