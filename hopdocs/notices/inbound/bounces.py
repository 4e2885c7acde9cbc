"""Mail that came back, as mail servers tell it (RFC 3464), and what one widespread server writes instead.

A report may be about several recipients, each with a fate of its own: ours may have been delivered while a colleague's
was not. It names the mail by its Message-ID, in what it returns of it or in the headers that make it an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hopdocs.notices.wanted import normalise_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

_STATUS_TYPES: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED_TYPES: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers"}
)
_ACTIONS: Final = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
_MESSAGE_ID: Final = re.compile(r"(?im)^[> \t]*message-id:\s*(<[^<>\s]+>)")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the mail to one recipient. `addresses`: as it was sent, and as it was last tried."""

    addresses: frozenset[str]
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report: which mail it may be about, the likeliest first, and what became of it."""

    message_ids: tuple[str, ...]
    fates: tuple[Fate, ...]

    def fate_of(self, address: str) -> Fate | None:
        """What became of the mail to `address`; the worst where it is said twice. A report may name nobody."""
        found = [item for item in self.fates if address in item.addresses or not item.addresses]
        return min(found, key=lambda item: item.action != "failed", default=None)


def parse_bounce(message: Message) -> Bounce | None:
    """The report in a mail, also where a gateway has packed it in; None where there is none or it says nothing."""
    fates: list[Fate] = []
    for part in message.walk():
        if part.get_content_type() in _STATUS_TYPES:
            fates += _read_fates(_text_of(part))
    if not fates:
        return _parse_exim(message)
    returned = [_text_of(part) for part in message.walk() if part.get_content_type() in _RETURNED_TYPES]
    return _bounce([found[1] for found in map(_MESSAGE_ID.search, returned) if found], message, fates)


def _parse_exim(message: Message) -> Bounce | None:
    """Exim's own form: the recipients in a header, the returned mail as text. Its warnings have no such header."""
    failed = str(message.get("x-failed-recipients", ""))
    addresses = frozenset(normalise_address(item) for item in failed.split(",") if "@" in item)
    if not addresses:
        return None
    texts = [_text_of(part) for part in message.walk() if part.get_content_maintype() in {"text", "message"}]
    found = [item for text in texts for item in _MESSAGE_ID.findall(text)]
    return _bounce(found, message, [Fate(frozenset({item}), "failed", "") for item in sorted(addresses)])


def _bounce(returned: list[str], message: Message, fates: list[Fate]) -> Bounce | None:
    threads = [str(message.get(name, "")) for name in ("in-reply-to", "references", "x-original-message-id")]
    ids = [*returned, *(item for text in threads for item in re.findall(r"<[^<>\s]+>", text))]
    return Bounce(tuple(dict.fromkeys(ids)), tuple(fates)) if ids else None


def _read_fates(text: str) -> Iterator[Fate]:
    """A block a recipient (RFC 3464 2.3), after one about the mail as a whole; a broken one gives what it has."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        fields = dict(_header_lines(block))
        status = fields.get("status", "")
        action = re.split(r"[\s(;]", fields.get("action", "").lower())[0]
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
        return "\n".join(item.as_string() for item in payload)
    decoded: Any = part.get_payload(decode=True)
    return decoded.decode("utf-8", "replace") if isinstance(decoded, bytes) else str(payload or "")
