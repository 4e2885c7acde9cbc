"""The mail itself, as bytes that are stored before it is tried and never made again.

The structure is the one that CalConnect's best practices and RFC 6047 2.4 ask for, and the headers are few.
Everything is written out here instead of through `email.message`, for three reasons: the bytes must be
the same for the same notice (fixed boundaries and dates), a base64 part must keep the calendar's CRLF, and folding a
long subject must not lose a space, as the standard library's does.
"""

from __future__ import annotations

import base64
import hashlib
import html
import quopri
import re
from dataclasses import dataclass
from email.utils import format_datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hopdocs.notices.mail.wording import greeting
from hopdocs.notices.record import Method
from hopdocs.notices.wanted import one_line

if TYPE_CHECKING:
    from datetime import datetime
    from typing import TypeAlias

    from hopdocs.notices.kinds.kind import Rows
    from hopdocs.notices.record import NewNotice

    _Texts: TypeAlias = tuple[str, Rows, tuple[str, ...]]

CRLF: Final = "\r\n"
OUTER_BOUNDARY: Final = "=_hopdocs-mixed"
INNER_BOUNDARY: Final = "=_hopdocs-alternative"
"""Fixed: neither quoted-printable nor base64 can hold `=_` (RFC 2045 6.7), so no part can hold a boundary."""

_WORD_MARK: Final = "=?"
"""How an encoded word begins. Text that only looks like one is encoded, or mail programs would decode it."""

_ENCODED_WORD_OCTETS: Final = 42
"""How many octets of UTF-8 go into one encoded word, so that it stays below 75 characters (RFC 2047 2)."""

_QUOTED_NAME_LENGTH: Final = 63
"""A longer name is written as encoded words, which can be folded (RFC 5322 2.1.1: no line over 998 characters)."""


@dataclass(frozen=True, slots=True)
class ComposedNotice:
    """A notice with its bytes: what the ledger stores and the mail server gets."""

    notice: NewNotice
    subject: str
    message_id: str
    mime: bytes


def derive_message_id(notice: NewNotice) -> str:
    """The Message-ID (RFC 5322 3.6.4): the same for every copy of this notice, and for no other."""
    domain = _organizer(notice).rpartition("@")[2]
    parts = [notice.channel, notice.uid, str(notice.revision), notice.kind.name, notice.email]
    key = "|".join([*parts, notice.start] if notice.start else parts)
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def subject_of(notice: NewNotice) -> str:
    """Its subject. In a trial (`mail.redirect_all_to`) the mail goes to the trial box and says whose it would be."""
    subject = notice.kind.subject(notice)
    return f"[Prøve, til {notice.email}] {subject}" if notice.channel else subject


def compose_notice(notice: NewNotice, message_id: str = "") -> ComposedNotice:
    """The whole mail: CRLF lines, ASCII only, the same bytes for the same notice.

    `message_id` is the one that the ledger has for it, if it has one.
    """
    subject = subject_of(notice)
    message_id = message_id or derive_message_id(notice)
    body = _alternative(notice)
    headers = [
        ("From", _mailbox(notice.facts.organizer_name, notice.facts.organizer)),
        ("To", _mailbox(notice.name, notice.channel or notice.email)),
        ("Reply-To", _mailbox("", notice.facts.reply_to)),
        ("Subject", encode_header(subject, first=len("Subject: "))),
        ("Date", _date(notice.dtstamp)),
        ("Message-ID", message_id),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("Content-Language", "da"),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/mixed; boundary="{OUTER_BOUNDARY}"'),
    ]
    text = CRLF.join(f"{name}: {value}" for name, value in headers if value)
    whole = f"{text}{CRLF}{CRLF}--{OUTER_BOUNDARY}{CRLF}{body}--{OUTER_BOUNDARY}--{CRLF}"
    return ComposedNotice(notice, subject, message_id, whole.encode("ascii"))


@lru_cache(maxsize=256)
def encode_header(text: str, *, first: int = 0) -> str:
    """`text` as RFC 2047 encoded words if it isn't plain ASCII, folded between words.

    White space between two encoded words is not part of the text, so the fold can't add or lose a space. `first` is the
    length that the header's name takes on the first line.
    """
    text = one_line(text)
    if text.isascii() and _WORD_MARK not in text and len(text) + first < 76:  # noqa: PLR2004 - RFC 5322 2.1.1: 78 characters with the CRLF
        return text
    words: list[str] = []
    chunk = b""
    for character in text:
        octets = character.encode()
        room = _ENCODED_WORD_OCTETS - (first if not words else 0) // 2
        if len(chunk) + len(octets) > room:
            words.append(_encoded_word(chunk))
            chunk = b""
        chunk += octets
    words.append(_encoded_word(chunk))
    return f"{CRLF} ".join(words)


def plain_text(notice: NewNotice) -> str:
    """The mail as text: what `notices preview` shows in the terminal, too."""
    return _plain_text(notice, _texts(notice))


def _plain_text(notice: NewNotice, texts: _Texts) -> str:
    opening, rows, closing = texts
    width = max((len(label) for label, _ in rows), default=0) + 1
    table = [f"{label + ':':<{width}} {value}" for label, value in rows]
    signature = one_line(notice.facts.signature or notice.facts.organizer_name)
    blocks = [[greeting(notice)], [opening], table, closing, ["Venlig hilsen", signature, ""]]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _texts(notice: NewNotice) -> _Texts:
    """The first sentence, the table of labels and values, and the sentences after it."""
    kind = notice.kind
    return one_line(kind.opening(notice)), kind.rows(notice), kind.closing(notice)


def _html_text(notice: NewNotice, texts: _Texts) -> str:
    opening, rows, closing = texts
    after = "".join(f"<p>{html.escape(line)}</p>\n" for line in closing)
    signature = html.escape(one_line(notice.facts.signature or notice.facts.organizer_name))
    return (
        '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8">'
        f"<title>{html.escape(notice.kind.subject(notice))}</title></head>\n"
        '<body style="font-family:Calibri,Carlito,sans-serif;font-size:11pt">\n'
        f"<p>{html.escape(greeting(notice))}</p>\n<p>{html.escape(opening)}</p>\n"
        f"{_html_table(rows)}{after}<p>Venlig hilsen<br>{signature}</p>\n</body></html>\n"
    )


@lru_cache(maxsize=16)
def _html_table(rows: Rows) -> str:
    """Everybody who is invited gets the same table."""
    cells = "".join(
        f'<tr><th scope="row" style="text-align:left;padding:2px 12px 2px 0;font-weight:600;vertical-align:top">'
        f"{html.escape(label)}</th><td>{_html_value(value)}</td></tr>\n"
        for label, value in rows
    )
    return f"<table>\n{cells}</table>\n" if cells else ""


def _html_value(value: str) -> str:
    """A value with its addresses as links: the case, or where an online meeting is held. Blanks stay as they are."""
    if "https://" not in value:
        return html.escape(value)
    return "".join(
        _link(token) if token.startswith("https://") else html.escape(token) for token in _TOKENS.split(value)
    )


_TOKENS: Final = re.compile(r"(\s+)")


def _link(token: str) -> str:
    """The mark that ends a sentence belongs to the text, not to the address."""
    return f'<a href="{html.escape(token.rstrip(".,;:!?)"))}">{html.escape(token)}</a>'


def _alternative(notice: NewNotice) -> str:
    """Text, HTML and calendar, simplest first. Never a Content-Disposition on these: it hides the invitation."""
    texts = _texts(notice)
    parts = [
        _part('text/plain; charset="utf-8"', "quoted-printable", _quoted(_plain_text(notice, texts))),
        _part('text/html; charset="utf-8"', "quoted-printable", _quoted(_html_text(notice, texts))),
    ]
    if notice.method is not Method.NONE:
        from hopdocs.notices.mail.calendar import compose_calendar  # noqa: PLC0415 - icalendar takes a tenth of a second

        kind = f'text/calendar; charset="utf-8"; method={notice.method.value}'
        parts.append(_part(kind, "base64", _base64(compose_calendar(notice))))
    opened = "".join(f"--{INNER_BOUNDARY}{CRLF}{part}" for part in parts)
    head = f'Content-Type: multipart/alternative; boundary="{INNER_BOUNDARY}"'
    return f"{head}{CRLF}{CRLF}{opened}--{INNER_BOUNDARY}--{CRLF}"


def _part(kind: str, encoding: str, body: str) -> str:
    return f"Content-Type: {kind}{CRLF}Content-Transfer-Encoding: {encoding}{CRLF}{CRLF}{body}"


def _quoted(text: str) -> str:
    encoded = quopri.encodestring(text.encode(), quotetabs=False).decode("ascii")
    return encoded.replace("\n", CRLF)


@lru_cache(maxsize=8)
def _base64(data: bytes) -> str:
    """Everybody who is invited gets the same calendar object."""
    return base64.encodebytes(data).decode("ascii").replace("\n", CRLF)


def _encoded_word(octets: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(octets).decode('ascii')}?="


@lru_cache(maxsize=16)
def _date(moment: datetime) -> str:
    """The same for all that one look at the families plans."""
    return format_datetime(moment)


@lru_cache(maxsize=512)
def _mailbox(name: str, address: str) -> str:
    """`"Name" <address>`; an empty string without an address."""
    address = one_line(address)
    name = one_line(name)
    if not address or not name:
        return address
    if name.isascii() and _WORD_MARK not in name and len(name) <= _QUOTED_NAME_LENGTH:
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}" <{address}>'
    return f"{encode_header(name, first=12)}{CRLF} <{address}>"


def _organizer(notice: NewNotice) -> str:
    return notice.facts.organizer
