"""Who may ask: a browser on this machine, at an address that only its user has been shown. Pure.

Three things could ask besides: another user of the machine, who does not know the token; another site in the same
browser, which the browser names (`Sec-Fetch-Site`, `Origin`); and a site whose name was made to lead here (DNS
rebinding), which stands in `Host`. The token is part of the path and not a cookie: cookies know no ports, so that a
browser would hand one to whatever another user serves on this machine.
"""

from __future__ import annotations

import hmac
import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from hopdocs.serving.request import Refused

if TYPE_CHECKING:
    from hopdocs.serving.request import Request

_LOOPBACK: Final = re.compile(r"(?:127\.0\.0\.1|\[::1\]|localhost)(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)
"""Any port, since a port that was forwarded (`ssh -L`) has another number at the browser's end."""
_OWN: Final = frozenset({"same-origin"})
_OWN_OR_TYPED: Final = frozenset({"none", "same-origin"})


def make_token() -> str:
    """A part of the address that nobody can guess."""
    return secrets.token_urlsafe(32)


def admit(request: Request, token: str, *, is_stream: bool) -> tuple[str, ...]:
    """The path behind the token; `Refused` for whoever may not ask.

    A stream of events is opened by the pages themselves alone; a page may be typed or clicked on in a terminal as well.
    """
    host = request.headers.get("host", "")
    if not _LOOPBACK.fullmatch(host):
        raise Refused(HTTPStatus.MISDIRECTED_REQUEST)
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in (_OWN if is_stream else _OWN_OR_TYPED):
        raise Refused(HTTPStatus.FORBIDDEN)
    if origin is not None and origin.lower() != f"http://{host}".lower():
        raise Refused(HTTPStatus.FORBIDDEN)
    if not hmac.compare_digest(request.path[0].encode(), token.encode()):
        raise Refused(HTTPStatus.NOT_FOUND)
    return request.path[1:]
