"""Why no connection to the mail server came about, in codes that say it in words: never a library's own names."""

from __future__ import annotations

import errno
import socket
import ssl
from typing import TYPE_CHECKING, Final

import aiosmtplib

from hopdocs.errors import MailFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.notices.sending.transport import TransportSettings

NOBODY_ANSWERS: Final = "HD407"
NO_SUCH_NAME: Final = "HD408"
BROKEN_OFF: Final = "HD409"
REPLIED: Final = "HD470"
TOO_SLOW: Final = "HD471"
NOT_UNDERSTOOD: Final = "HD472"
EXPIRED: Final = "HD473"
ANOTHER_NAME: Final = "HD474"
UNKNOWN_ISSUER: Final = "HD475"
NO_ENCRYPTION: Final = "HD476"
NO_ROOT: Final = "HD477"
NOT_RIGHT: Final = "HD478"

_LOWEST_REPLY: Final = 200
"""What is no reply of SMTP (RFC 5321 4.2.1), the library gives a number below that."""
_UNREACHABLE: Final = frozenset(
    {errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EADDRNOTAVAIL}
)
_CERTIFICATES: Final = {10: EXPIRED, 62: ANOTHER_NAME, 63: ANOTHER_NAME, 64: ANOTHER_NAME} | dict.fromkeys(
    (2, 18, 19, 20, 21, 27), UNKNOWN_ISSUER
)
"""What OpenSSL calls the faults of a certificate (X509_verify_cert_error_string).

Any other is told in its own words, since only they say what to mend: Python 3.13 asks for all of RFC 5280, and refuses
an authority of one's own whose root does not say that it may sign (keyUsage), which 3.11 took.
"""


def connection_fault(err: BaseException, settings: TransportSettings) -> MailFault | None:
    """Our own fault for an error while connecting; None where it is none of the connection's."""
    host, user, port = settings.host, settings.user, str(settings.port)
    reply = str(err.code) if isinstance(err, aiosmtplib.SMTPResponseException) else ""
    if isinstance(err, aiosmtplib.SMTPAuthenticationError):
        code = "HD405" if reply.startswith("5") else "HD402"
        return MailFault(code, user=user, host=host, port=port, reply=reply, why=REPLIED)
    encryption = next((item for item in _causes(err) if isinstance(item, ssl.SSLError)), None)
    if encryption is not None:
        return MailFault("HD404", host=host, **_why_not_encrypted(encryption))
    if not isinstance(err, (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError)):
        return None  # ValueError: a host's name that can't be one
    if not reply and "STARTTLS" in str(err):
        return MailFault("HD403", host=host)
    if not reply and "AUTH" in str(err).upper():
        return MailFault("HD405", user=user, host=host)
    return MailFault("HD402", host=host, port=port, reply=reply, why=_why(err) if _is_no_reply(reply) else REPLIED)


def _why_not_encrypted(err: ssl.SSLError) -> dict[str, str]:
    if not isinstance(err, ssl.SSLCertVerificationError):
        return {"why": NO_ENCRYPTION}
    return {"why": _CERTIFICATES.get(err.verify_code, NOT_RIGHT), "reason": err.verify_message}


def _is_no_reply(reply: str) -> bool:
    return not reply.isdecimal() or int(reply) < _LOWEST_REPLY


def say_lost(err: BaseException) -> str:
    """What the ledger keeps of a transaction that was broken off: a word of its own (`notices.reasons`)."""
    return "no answer" if _why(err) in {TOO_SLOW, NOBODY_ANSWERS} else "connection lost"


def _why(err: BaseException) -> str:
    if isinstance(err, aiosmtplib.SMTPResponseException) and err.code < _LOWEST_REPLY:
        return NOT_UNDERSTOOD
    for item in _causes(err):
        if isinstance(item, (socket.gaierror, UnicodeError)) or type(item) is ValueError:
            return NO_SUCH_NAME
        if isinstance(item, aiosmtplib.SMTPConnectTimeoutError) or getattr(item, "errno", None) in _UNREACHABLE:
            return NOBODY_ANSWERS
    if isinstance(err, (aiosmtplib.SMTPTimeoutError, TimeoutError)):
        return TOO_SLOW
    if isinstance(err, (aiosmtplib.SMTPServerDisconnected, OSError)):
        return BROKEN_OFF
    return NOBODY_ANSWERS if isinstance(err, aiosmtplib.SMTPConnectError) else NOT_UNDERSTOOD


def _causes(err: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, as the libraries have wrapped it."""
    seen: list[BaseException] = []
    here: BaseException | None = err
    while here is not None and here not in seen:
        seen.append(here)
        yield here
        here = here.__cause__ or here.__context__
