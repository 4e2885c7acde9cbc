"""One connection to the mail server, with its phases kept apart.

SMTP can't say "exactly once": between the final dot and the reply nobody knows (RFC 1047). What can be known is in
which phase a fault came, and that decides everything: before the body nothing was delivered, after it
something may have been. aiosmtplib raises the same error in both cases, so DATA is sent here in its two halves, with
the ledger's commit between them; that uses `SMTP.protocol`, which is why the version is pinned.
"""

from __future__ import annotations

import asyncio
import math
import os
import re
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import aiosmtplib
from aiosmtplib.email import quote_address
from aiosmtplib.protocol import normalize_message_line_endings

from hopdocs.errors import MailFault
from hopdocs.model.scalars.hosts import LOCAL_NAME, is_this_machine
from hopdocs.notices.sending.connection_faults import NO_ROOT, connection_fault, say_lost
from hopdocs.notices.sending.outcome import NOT_THE_NOTICES_FAULT, Outcome, Phase, Verdict
from hopdocs.notices.sending.patience import Patience
from hopdocs.plain_files import UnsafeSecret, read_secret_file

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Security: TypeAlias = Literal["none", "starttls", "tls"]

CREDENTIAL_NAME: Final = "smtp-password"

_CLOSING: Final = 421
"""The server closes this connection (RFC 5321 3.8)."""

_PARAMETERS_REFUSED: Final = frozenset({455, 501, 504, 555})
"""Parameters of MAIL or RCPT are not understood, or not now (RFC 5321 4.1.1.11, 4.2.2)."""

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class TransportSettings:
    """Where the mail server is and how to talk to it. The secret itself is never in here."""

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password_file: str = ""
    secret_folders: tuple[str, ...] = ()
    """Where the password's file may lie; beside itself if nothing is said."""
    ca_file: str = ""
    envelope_sender: str = ""
    connect_seconds: float = 30.0
    command_seconds: float = 60.0
    data_seconds: float = 600.0

    def __post_init__(self) -> None:
        if self.security == "none" and not is_this_machine(self.host):
            raise MailFault("HD401", host=self.host)


@dataclass(frozen=True, slots=True)
class _Transaction:
    """One mail to one recipient, and what is to be done on the way."""

    recipient: str
    mime: bytes
    before_body: Callable[[], Awaitable[None]]
    sender: str
    meanwhile: Callable[[], None]


async def _nothing_to_commit() -> None:
    """A mail that no ledger knows of: a trial's."""


class Connection:
    """A connection that is opened when first needed, used for one recipient at a time, and opened again when lost."""

    def __init__(self, settings: TransportSettings) -> None:
        self._settings = settings
        self._client: aiosmtplib.SMTP | None = None
        self._patience: Patience | None = None
        self._asks_for_reports = True
        self.lead_seconds = math.inf
        """How long the server last took from MAIL to its readiness for a body."""

    async def send(
        self,
        recipient: str,
        mime: bytes,
        before_body: Callable[[], Awaitable[None]] = _nothing_to_commit,
        *,
        sender: str,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Outcome:
        """One mail to one recipient. `before_body` commits that the body begins; if it raises, no byte has left.

        `meanwhile` is done while the server thinks about the recipient: before anything has to be written down.
        A connection that the server has closed meanwhile, or over which it takes no more, is found at MAIL and opened
        anew, once.
        """
        reused = self._client is not None and self._client.is_connected
        try:
            client = await self._connected()
            transaction = _Transaction(recipient, mime, before_body, sender, meanwhile)
            outcome = await self._transact(client, transaction)
            is_over = outcome.verdict is Verdict.BROKEN or outcome.code == _CLOSING or outcome.refuses_us
            if reused and is_over and outcome.phase is Phase.MAIL:
                self.abort()
                client = await self._connected()
                outcome = await self._transact(client, transaction)
        except BaseException:
            self.abort()
            raise
        if outcome.verdict in {Verdict.BROKEN, Verdict.UNANSWERED} or self._has_unread():
            self.abort()
        return outcome

    async def open(self) -> str:
        """Connect, encrypt and log in, and no more: the day until which the server's certificate is valid, or ''."""
        client = await self._connected()
        certificate = client.get_transport_info("peercert") or {}
        return str(certificate.get("notAfter", ""))

    async def close(self) -> None:
        """Say QUIT, if there is somebody to say it to."""
        client = self._let_go()
        if client is not None and client.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await client.quit(timeout=5)
        if client is not None:
            client.close()

    def abort(self) -> None:
        """Close without a word: after a fault nothing that the server says can be matched to what we asked."""
        client = self._let_go()
        if client is not None:
            client.close()

    def _let_go(self) -> aiosmtplib.SMTP | None:
        client, self._client = self._client, None
        patience, self._patience = self._patience, None
        if patience is not None:
            patience.stop()
        return client

    def _has_unread(self) -> bool:
        """Whether the server said more than it was asked: the next reply could be taken for another's."""
        protocol = self._client.protocol if self._client is not None else None
        return protocol is not None and bool(protocol._buffer)  # noqa: SLF001 - the version is pinned, and this tested

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        settings = self._settings
        context = _tls_context(settings) if settings.security != "none" else None
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            timeout=settings.command_seconds,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=context,
            local_hostname=LOCAL_NAME if is_this_machine(settings.host) else None,
        )
        try:
            await client.connect(timeout=settings.connect_seconds)
            await _greet(client)
            if settings.user:
                await _log_in(client, settings.user, read_secret(settings))
        except MailFault:
            client.close()
            raise
        except BaseException as err:
            client.close()
            fault = connection_fault(err, settings)
            if fault is None:
                raise
            raise fault from err
        self._client, self._patience = client, Patience(lambda: _cut(client))
        return client

    async def _transact(self, client: aiosmtplib.SMTP, mail: _Transaction) -> Outcome:
        """One transaction, without asking for reports if they are refused: a gateway may offer what another takes."""
        reports = self._asks_for_reports and client.supports_extension("dsn")
        outcome = await self._try(client, mail, reports=reports)
        is_before_data = outcome.phase in {Phase.MAIL, Phase.RCPT}
        if reports and is_before_data and outcome.code in _PARAMETERS_REFUSED and client.is_connected:
            plain = await self._try(client, mail, reports=False)
            self._asks_for_reports = (plain.phase, plain.code) == (outcome.phase, outcome.code)
            return plain
        return outcome

    async def _try(self, client: aiosmtplib.SMTP, mail: _Transaction, *, reports: bool) -> Outcome:
        phase, begun = Phase.MAIL, time.monotonic()
        try:
            envelope = f"FROM:{_in_brackets(mail.sender)}", *(["RET=HDRS"] if reports else [])
            reply = await self._say(client, "MAIL", *envelope)
            if _is_success(reply):
                phase = Phase.RCPT
                envelope = f"TO:{_in_brackets(mail.recipient)}", *(["NOTIFY=FAILURE,DELAY"] if reports else [])
                reply = await self._say(client, "RCPT", *envelope, meanwhile=mail.meanwhile)
            if _is_success(reply):
                phase = Phase.DATA
                reply = await self._say(client, "DATA")
            if phase is Phase.DATA and reply.code == 354:  # noqa: PLR2004 - RFC 5321 4.1.1.4: start mail input
                self.lead_seconds = time.monotonic() - begun
                await mail.before_body()
                phase = Phase.BODY
                reply = await self._send_body(client, mail.mime)
        except aiosmtplib.SMTPResponseException as err:
            return await self._refused(client, phase, err.code, err.message)
        except ValueError:
            return Outcome(Verdict.REFUSED, phase, 0, "the address can't be used in SMTP")
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as err:
            return Outcome(Verdict.UNANSWERED if phase is Phase.BODY else Verdict.BROKEN, phase, 0, say_lost(err))
        if phase is Phase.BODY and _is_success(reply):
            return Outcome(Verdict.ACCEPTED, phase, reply.code, _printable(reply.message))
        return await self._refused(client, phase, reply.code, reply.message)

    async def _say(
        self, client: aiosmtplib.SMTP, *words: str, meanwhile: Callable[[], None] | None = None
    ) -> aiosmtplib.SMTPResponse:
        """One command and its reply. The client's own methods take any reply but 250 for a fault."""
        line = " ".join(words)
        if _CONTROL.search(line):
            raise ValueError(words[0])
        return await self._exchange(client, f"{line}\r\n".encode("ascii"), self._settings.command_seconds, meanwhile)

    async def _send_body(self, client: aiosmtplib.SMTP, mime: bytes) -> aiosmtplib.SMTPResponse:
        return await self._exchange(client, _as_body(mime), self._settings.data_seconds, None)

    async def _exchange(
        self, client: aiosmtplib.SMTP, data: bytes, seconds: float, meanwhile: Callable[[], None] | None
    ) -> aiosmtplib.SMTPResponse:
        protocol, patience = client.protocol, self._patience
        if protocol is None or patience is None or not protocol.is_connected:
            raise aiosmtplib.SMTPServerDisconnected("Connection lost")
        protocol.write(data)
        if meanwhile is not None:
            meanwhile()
        patience.begin(seconds)
        try:
            return await protocol.read_response()
        except aiosmtplib.SMTPServerDisconnected as err:
            if patience.has_run_out:
                raise TimeoutError from err
            raise
        finally:
            patience.end()

    async def _refused(self, client: aiosmtplib.SMTP, phase: Phase, code: int, text: str) -> Outcome:
        """What a reply other than success means; leaves the connection ready for the next recipient."""
        text = _printable(text)
        if not 400 <= code < 600:  # noqa: PLR2004 - not a refusal, so no answer to what we asked (RFC 5321 4.2.1)
            return Outcome(Verdict.UNANSWERED if phase is Phase.BODY else Verdict.BROKEN, phase, code, text)
        if code in NOT_THE_NOTICES_FAULT:
            if phase is not Phase.BODY:
                raise MailFault("HD406", reply=str(code), host=self._settings.host)
            self.abort()
            return Outcome(Verdict.LATER, phase, code, text)
        if code == _CLOSING or not client.is_connected:
            self.abort()
        elif phase is not Phase.BODY:
            await self._reset(client)
        if code >= 500:  # noqa: PLR2004 - RFC 5321 4.2.1: permanent
            return Outcome(Verdict.REFUSED, phase, code, text)
        return Outcome(Verdict.LATER, phase, code, text)

    async def _reset(self, client: aiosmtplib.SMTP) -> None:
        try:
            if not _is_success(await self._say(client, "RSET")):
                self.abort()
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            self.abort()


def _cut(client: aiosmtplib.SMTP) -> None:
    """End a connection over which nothing comes any more; closing it would wait for what could not be sent yet."""
    if isinstance(client.transport, asyncio.WriteTransport):
        client.transport.abort()


@lru_cache(maxsize=512)
def _in_brackets(address: str) -> str:
    """The address as MAIL and RCPT have it; colleagues get many mails each."""
    return quote_address(address)


def _as_body(mime: bytes) -> bytes:
    """The bytes as DATA carries them (RFC 5321 4.5.2): a dot more where a line begins with one, and the final dot."""
    if not mime.count(b"\r\n") == mime.count(b"\r") == mime.count(b"\n") or not mime.endswith(b"\r\n"):
        mime = normalize_message_line_endings(mime)
    return (b"." if mime.startswith(b".") else b"") + mime.replace(b"\n.", b"\n..") + b".\r\n"


def _is_success(reply: aiosmtplib.SMTPResponse) -> bool:
    """Any success is one, also 251 (RFC 5321 4.2.1)."""
    return 200 <= reply.code < 300  # noqa: PLR2004


async def _greet(client: aiosmtplib.SMTP) -> None:
    """Say EHLO if it is still to be said, also anew after STARTTLS (RFC 3207 4.2), or HELO to an old server."""
    if client.is_ehlo_or_helo_needed:
        try:
            await client.ehlo()
        except aiosmtplib.SMTPHeloError:
            await client.helo()


async def _log_in(client: aiosmtplib.SMTP, user: str, secret: str) -> None:
    """One try with one mechanism: a wrong password tried in three ways counts three times, and locks the account.

    The connection is encrypted or on loopback, so PLAIN is as good as any.
    """
    offered = {item.lower() for item in client.server_auth_methods}
    if "plain" in offered:
        await client.auth_plain(user, secret)
    elif "login" in offered:
        await client.auth_login(user, secret)
    elif "cram-md5" in offered:
        await client.auth_crammd5(user, secret)
    else:
        raise aiosmtplib.SMTPException("no AUTH mechanism in common")


def read_secret(settings: TransportSettings) -> str:
    """The password, from the service manager's credential folder or from a file that only we can read.

    Not from config (it is in git) and not from the environment (every child inherits it).
    """
    credentials = Path(os.environ.get("CREDENTIALS_DIRECTORY") or "/nowhere")
    path = Path(settings.password_file)
    folders = [Path(item) for item in settings.secret_folders] or [path.parent]
    try:
        if path.is_relative_to(credentials):
            return read_secret_file(path, [credentials], asks_rights=False)
        with suppress(FileNotFoundError, PermissionError):
            if settings.password_file:
                return read_secret_file(path, folders)
        return read_secret_file(credentials / CREDENTIAL_NAME, [credentials], asks_rights=False)
    except UnsafeSecret as unsafe:
        raise MailFault("HD717", file=settings.password_file or CREDENTIAL_NAME, why=unsafe.why) from unsafe
    except OSError as err:
        raise MailFault("HD405", user=settings.user) from err


def _tls_context(settings: TransportSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=settings.ca_file or None)
    except OSError as err:
        raise MailFault("HD404", host=settings.host, why=NO_ROOT, file=settings.ca_file) from err
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _printable(text: str) -> str:
    """A server's words for the log: one line, no control characters, no broken letters, not endless."""
    return re.sub(r"[^\x20-\x7e\u00a0-\ud7ff\ue000-\uffff]+", " ", text)[:300]
