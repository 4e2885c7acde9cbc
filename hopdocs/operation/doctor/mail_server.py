"""The mail server, by really logging in; and one marked mail, if a person names whom to send it to."""

from __future__ import annotations

import asyncio
import secrets
import ssl
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from hopdocs.errors import MailFault
from hopdocs.notices.sending.outcome import Verdict
from hopdocs.notices.sending.transport import Connection
from hopdocs.operation.doctor.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.model.config import Mail
    from hopdocs.notices.sending.transport import TransportSettings

LEAST_LEFT: Final = timedelta(days=14)
"""How long the server's certificate should still be valid."""
MARK: Final = "X-Hopdocs-Trial"
_TEXT: Final = """\
Dette er en prøve fra hopdocs doctor. Den handler ikke om nogen, og der skal ikke svares på den.

This is a trial from hopdocs doctor. It is about nobody, and needs no answer.
"""


def check_mail(mail: Mail | None, settings: TransportSettings | None, now: datetime, to: str) -> Iterator[Finding]:
    """Connect, encrypt and log in, and send the trial mail where one is asked for. The ledger knows nothing of it."""
    if mail is None or settings is None:
        yield Finding.well("mail", "–")
        return
    if to and not mail.allows(to):
        yield Finding.mend("mail", "HD426", domain=to.rpartition("@")[2].lower())
        return
    try:
        yield from asyncio.run(_try(mail, settings, now, to))
    except MailFault as fault:
        yield Finding.of("mail", fault)


async def _try(mail: Mail, settings: TransportSettings, now: datetime, to: str) -> list[Finding]:
    connection = Connection(settings)
    place = f"{settings.host}:{settings.port} {settings.security}"
    try:
        valid_until = await connection.open()
        if to:
            message = _compose(mail, now, to)
            outcome = await connection.send(to, message, sender=mail.from_)
            if outcome.verdict is not Verdict.ACCEPTED:
                said = f"{outcome.code} {outcome.text}".strip()
                return [Finding.broken("mail", "HD757", host=settings.host, reply=said)]
            place += f", {outcome.code} {outcome.text}"
    finally:
        await connection.close()
    if valid_until:
        left = datetime.fromtimestamp(ssl.cert_time_to_seconds(valid_until), UTC) - now
        if left < LEAST_LEFT:
            return [Finding.mend("mail", "HD755", host=settings.host, days=str(max(left.days, 0)))]
    return [Finding.well("mail", place)]


def _compose(mail: Mail, now: datetime, to: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(mail.from_name, addr_spec=mail.from_)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = "Prøve fra hopdocs doctor"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{mail.from_.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message[MARK] = "1"
    message.set_content(_TEXT)
    return message.as_bytes()
