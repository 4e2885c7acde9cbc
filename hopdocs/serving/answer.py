"""How an answer begins: its status, and the headers that tell the browser what it may do with it. Pure.

Every answer forbids everything but what hopdocs' own pages need, so that a page in which somebody had put a script, a
form or a picture from elsewhere would do nothing with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from hopdocs.serving.scripts import SCRIPT_HASHES

if TYPE_CHECKING:
    from datetime import datetime
    from http import HTTPStatus

TEXT: Final = "text/plain; charset=utf-8"
HTML: Final = "text/html; charset=utf-8"
PDF: Final = "application/pdf"
EVENTS: Final = "text/event-stream"
_NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; "
_PAGE_POLICY: Final = (
    f"{_NOTHING}style-src 'unsafe-inline'; script-src {' '.join(SCRIPT_HASHES)}; connect-src 'self'; "
    "img-src data:; frame-src 'self'; frame-ancestors 'none'"
)
"""Styles stand in attributes too (the timeline's places), which no hash reaches; they fetch nothing, nor does the empty
picture that a page has for its icon, and which Firefox takes for any other."""
_PAPER_POLICY: Final = f"{_NOTHING}object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""A PDF stands in a page of ours, and Chromium's own viewer is an object with styles inside the answer."""
_OTHER_POLICY: Final = f"{_NOTHING}frame-ancestors 'none'"
_POLICIES: Final = {HTML: _PAGE_POLICY, PDF: _PAPER_POLICY}

_SECONDS_PUT_OFF: Final = 5
"""A page that was put off has no script of ours that would read it anew."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before an answer's body.

    `size` is None for a stream; `saved_as` has a file saved and not shown; who `comes_again` was put off for a moment.
    """

    status: HTTPStatus
    media_type: str
    size: int | None
    saved_as: str = ""
    location: str = ""
    allow: str = ""
    comes_again: bool = False

    def as_bytes(self, now: datetime) -> bytes:
        """The lines as they are sent."""
        policy = _POLICIES.get(self.media_type, _OTHER_POLICY)
        headers = {
            "Date": format_datetime(now, usegmt=True),
            "Content-Type": self.media_type,
            "Cache-Control": "no-store",
            "Content-Security-Policy": policy,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN" if policy is _PAPER_POLICY else "DENY",
            "Connection": "close",
        }
        if self.size is not None:
            headers["Content-Length"] = str(self.size)
        if self.saved_as:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(self.saved_as, safe='')}"
        if self.location:
            headers["Location"] = self.location
        if self.allow:
            headers["Allow"] = self.allow
        if self.comes_again:
            headers["Refresh"] = str(_SECONDS_PUT_OFF)
        lines = [
            f"HTTP/1.1 {self.status.value} {self.status.phrase}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        return "\r\n".join([*lines, "", ""]).encode("ascii")
