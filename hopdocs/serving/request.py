"""What a browser asks for, read strictly. Pure: bytes come in, a `Request` or a refusal comes out.

Only what browsers send is understood (RFC 9112): one line, then headers, each line ended by CR LF. Whatever could be
read in two ways is refused, since a proxy or a forwarded port in between may have read it in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_HEAD_BYTES: Final = 16 * 1024
END_OF_HEAD: Final = b"\r\n\r\n"
_REQUEST_LINE: Final = re.compile(rb"([A-Z]{1,16}) (/[!-~]*) HTTP/1\.1")
_HEADER: Final = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\x00-\x08\x0a-\x1f\x7f]*)")
"""With the blanks around what is said: a pattern that looks for their ends tries each of them with each."""
_HALF_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_NO_NAME: Final = re.compile(r"|\.\.?|.*[/\\\x00-\x1f\x7f].*", re.DOTALL)


class Refused(Exception):
    """An answer other than the page that was asked for."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """A request for a page. `path` has the decoded names between the slashes, the last one '' after a slash."""

    method: str
    path: tuple[str, ...]
    query: str
    headers: Mapping[str, str]


def parse_head(head: bytes) -> Request:
    """The request in `head`, which ends with an empty line; `Refused` for anything that no browser would ask for."""
    first, *lines = head.removesuffix(END_OF_HEAD).split(b"\r\n")
    said = _REQUEST_LINE.fullmatch(first)
    if said is None:
        raise Refused(HTTPStatus.BAD_REQUEST)
    headers = _parse_headers(lines)
    if "transfer-encoding" in headers or headers.get("content-length", "0") != "0":
        raise Refused(HTTPStatus.BAD_REQUEST)
    method = said[1].decode()
    if method not in ("GET", "HEAD"):
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED)
    path, _, query = said[2].decode().partition("?")
    return Request(method, _parse_path(path), query, headers)


def _parse_headers(lines: list[bytes]) -> dict[str, str]:
    """Each header once: of two, nobody can say which is meant."""
    headers: dict[str, str] = {}
    for line in lines:
        said = _HEADER.fullmatch(line)
        name = said[1].decode().lower() if said is not None else ""
        if said is None or name in headers:
            raise Refused(HTTPStatus.BAD_REQUEST)
        headers[name] = said[2].strip(b" \t").decode("latin-1")
    return headers


def _parse_path(path: str) -> tuple[str, ...]:
    """The names of folders and file. One that is none (`..`, a slash that was hidden in it) is looked for nowhere."""
    if _HALF_ESCAPE.search(path):
        raise Refused(HTTPStatus.BAD_REQUEST)
    try:
        *folders, last = (unquote_to_bytes(name).decode() for name in path[1:].split("/"))
    except UnicodeDecodeError as err:
        raise Refused(HTTPStatus.BAD_REQUEST) from err
    if any(_NO_NAME.fullmatch(name) for name in (*folders, last or "-")):
        raise Refused(HTTPStatus.NOT_FOUND)
    return (*folders, last)
