"""A mail as a mailbox rule, a gateway or a person's hand has put it into a file: its parts, and who wrote it.

What stands before the headers is no part of the mail: a byte order mark of Windows programs, blank lines, the line that
begins a mail in an mbox. Python's parser takes the first header behind any of these for text, and the mail for empty.
The same goes for two bytes a letter, and for lines that end in two carriage returns and a line feed, which a mail gets
that is saved as text on Windows.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from typing import TYPE_CHECKING, Final

from hopdocs.notices.wanted import normalise_address

if TYPE_CHECKING:
    from email.message import Message

LARGEST_MAIL_BYTES: Final = 1024 * 1024
"""A reply is some 10 KB, with the pictures of somebody's signature a few hundred, a bounce with our mail in it 30."""
MOST_LINES: Final = 20_000
"""A mail of that size in base64 has 14,000. The standard library's parser takes its time by the line: ten seconds over
a megabyte of nothing but line breaks, and a minute over one of nothing but boundaries."""
LONGEST_HEADER: Final = 8 * 1024
MOST_PARTS: Final = 100

_WIDE: Final = (
    (re.compile(re.escape(codecs.BOM_UTF16_LE) + b"|" + re.escape(codecs.BOM_UTF16_BE)), "utf-16"),
    (re.compile(rb"(?:[\t\n\r -~]\x00){8}"), "utf-16-le"),
    (re.compile(rb"(?:\x00[\t\n\r -~]){8}"), "utf-16-be"),
)
"""How a file of two bytes a letter begins: with a mark that says so, or with headers, which are ASCII."""
_ENDS_TWICE: Final = re.compile(rb"[^\r\n]*\r\r\n")
_BEFORE_HEADERS: Final = re.compile(
    rb"(?:\xef\xbb\xbf|[ \t]*\r?\n|[ \t]*\r(?!\n))*(?:>?From (?!:)[^\r\n]*(?:\r\n|\r|\n)(?:[ \t]*\r?\n)*)?"
)
_ESCAPED: Final = re.compile(r"\\.")
_COMMENT: Final = re.compile(r"\([^()]*\)")
_QUOTED: Final = re.compile(r'"([^"]*)"')
_PLAIN_LOCAL: Final = re.compile(r"[^\s@<>,;:()\[\]]+")
_BRACKETS: Final = re.compile(r"<([^<>]*)>")
_BETWEEN_WORDS: Final = re.compile(r"[\s<>,;:()\"]+")
_MOST_NESTED: Final = 5


def read_message(data: bytes) -> Message:
    """A mail as its parts. Headers stay text: parsing one that goes on for ever takes for ever.

    Raises `ValueError` for what no mail program writes.
    """
    data = _from_first_header(data)
    is_large = len(data) > LARGEST_MAIL_BYTES or data.count(b"\n") > MOST_LINES
    if is_large or data.count(b"\n--") > 2 * MOST_PARTS:
        msg = "too large, or too many parts"
        raise ValueError(msg)
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    if any(len(str(value)) > LONGEST_HEADER for part in message.walk() for value in part.values()):
        msg = "too long a header"
        raise ValueError(msg)
    return message


def sender_of(message: Message) -> str:
    """The one address in From; empty where it is not exactly one (a forged list, a broken header).

    Mail programs write names that RFC 5322 wants quoted: `Last, First <a@b>`, `a@b <a@b>`. In brackets there stands
    the address, and a name before them is only a name; but an address before a comma is another sender.
    """
    headers = [str(value) for value in message.get_all("from", [])]
    return _one_address(headers[0]) if len(headers) == 1 else ""


def _one_address(header: str) -> str:
    plain = _QUOTED.sub(_without_quotes, _ESCAPED.sub(" ", header))
    for _ in range(_MOST_NESTED):
        plain = _COMMENT.sub(" ", plain)
    bracketed = _BRACKETS.findall(plain)
    if not bracketed:
        return _only(_addresses(plain))
    *before, rest = _BRACKETS.split(plain)[::2]
    others = [text for name in before for text in name.split(",")[:-1]]
    named = [_addresses(text) for text in (*bracketed, *others, rest)]
    return _only(set().union(*named)) if all(named[: len(bracketed)]) else ""


def _without_quotes(quoted: re.Match[str]) -> str:
    """What stands before an @ in quotes that it does not need, as some programs write all addresses; else nothing."""
    is_local = quoted.string.startswith("@", quoted.end()) and _PLAIN_LOCAL.fullmatch(quoted[1])
    return quoted[1] if is_local else " "


def _addresses(text: str) -> set[str]:
    """What looks like an address, also behind `mailto:`."""
    words = [word.partition("@") for word in _BETWEEN_WORDS.split(text)]
    return {
        normalise_address(f"{local}@{domain}") for local, _, domain in words if local and "@" not in domain and domain
    }


def _only(addresses: set[str]) -> str:
    return next(iter(addresses)) if len(addresses) == 1 else ""


def wide_encoding(data: bytes) -> str:
    """The encoding of a text of two bytes a letter that begins in ASCII, with a mark or without; '' for all others."""
    return next((name for beginning, name in _WIDE if beginning.match(data)), "")


def _from_first_header(data: bytes) -> bytes:
    """The mail without what stands before it; a file of two bytes a letter as one of UTF-8."""
    wide = wide_encoding(data)
    if wide and len(data) <= 2 * LARGEST_MAIL_BYTES:
        data = data.decode(wide).encode("utf-8")
    if _ENDS_TWICE.match(data):
        data = data.replace(b"\r\r\n", b"\r\n")
    found = _BEFORE_HEADERS.match(data)
    return data[found.end() :] if found is not None else data
