"""Every way in which a mail server can fail: the exact state in the ledger, and the exact number of copies."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.errors import HopdocsError, LedgerFault, MailFault
from hopdocs.notices.record import NoticeRecord, State
from hopdocs.notices.sending.delivery import become_sender
from hopdocs.notices.sending.pause import ServerPause
from hopdocs.notices.sending.sender_lock import SenderLock
from hopdocs.notices.sending.transport import TransportSettings, read_secret
from tests.service.smtp_script import Act, Script, ScriptedServer
from tests.service.test_delivery import Post, serve, start_post
from tests.unit.notices.samples import NOW, PELLE, RIGMOR, sample_meeting

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Try:
    """One invitation to Rigmor, tried once against a script."""

    post: Post
    server: ScriptedServer
    fault: HopdocsError | None

    @property
    def record(self) -> NoticeRecord:
        return self.post.world.ledger.of_family("HOP-2026-007")[0]

    @property
    def copies(self) -> int:
        return len(self.server.taken)

    def again(self, **span: float) -> NoticeRecord:
        """Let time pass and try once more, against a server that works."""
        self.post.pass_time(**span)
        self.server.scripts = [{}]
        self.post.send(self.server)
        return self.record


def try_once(script: Script, **settings: object) -> Try:
    post = start_post()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    server = serve(script)
    report = post.send(server, **settings)
    return Try(post, server, report.fault)


def test_a_refused_connection_costs_the_notice_nothing() -> None:
    """Fault F1."""
    post = start_post()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        server = serve()
        report = post.send(server, port=unused.getsockname()[1])
    record = post.world.ledger.of_family("HOP-2026-007")[0]
    assert (record.state, record.attempts, server.taken) == (State.PENDING, 0, [])
    assert report.fault is not None
    assert (report.fault.code, report.next_at) == ("HD402", NOW + timedelta(minutes=1))


def test_a_server_without_a_name_is_tried_again_later() -> None:
    """Fault F2."""
    tried = try_once({}, host="mail.invalid", security="starttls")
    assert tried.fault is not None
    assert (tried.fault.code, tried.record.state, tried.record.attempts) == ("HD402", State.PENDING, 0)


@pytest.mark.parametrize(
    "greeting",
    [
        pytest.param(Act.SILENCE, id="F3 no greeting"),
        pytest.param("421 busy", id="F4 421 greeting"),
        pytest.param("554 no", id="F5 554 greeting"),
        pytest.param(Act.CLOSE, id="closed at once"),
    ],
)
def test_a_bad_greeting_pauses_and_keeps_the_notice(greeting: str | Act) -> None:
    """Faults F3, F4, F5."""
    tried = try_once({"GREETING": greeting})
    assert tried.fault is not None
    assert (tried.fault.code, tried.record.state, tried.record.attempts) == ("HD402", State.PENDING, 0)
    assert tried.again(minutes=2).state is State.ACCEPTED
    assert tried.copies == 1


def test_pauses_grow_while_the_server_stays_away() -> None:
    post = start_post()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    waits = []
    for _ in range(5):
        report = post.send(serve({"GREETING": "421 busy"}))
        assert report.next_at is not None
        waits.append((report.next_at - post.clock.at) / timedelta(minutes=1))
        post.clock.at = report.next_at
    assert waits == [1, 5, 15, 60, 60]


# Encryption and login


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for localhost, one for another name, and one that only a client may show."""
    folder = tmp_path_factory.mktemp("certificates")
    kinds = {"localhost": (), "elsewhere.example": (), "client.example": ("-addext", "extendedKeyUsage=clientAuth")}
    for name, words in kinds.items():
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
                *("-days", "7300", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", *words),
                *("-keyout", str(folder / f"{name}.key"), "-out", str(folder / f"{name}.pem")),
            ],
            check=True,
            capture_output=True,
        )
    return folder


def server_side(certificates: Path, name: str = "localhost") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / f"{name}.pem", certificates / f"{name}.key")
    return context


WITH_TLS: Script = {"EHLO": "250-script.example\r\n250-AUTH PLAIN\r\n250 STARTTLS"}


def encrypted(post: Post, server: ScriptedServer, certificates: Path, **settings: object) -> HopdocsError | None:
    trusted = {"host": "localhost", "security": "starttls", "ca_file": str(certificates / "localhost.pem")}
    return post.send(server, **{**trusted, **settings}).fault


def with_notice() -> Post:
    post = start_post()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    return post


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_server_gets_the_mail_encrypted(certificates: Path, security: str) -> None:
    post = with_notice()
    server = ScriptedServer([WITH_TLS], tls=server_side(certificates), implicit_tls=security == "tls")
    assert encrypted(post, server, certificates, security=security) is None
    assert (len(server.accepted), server.clear_bytes) == (1, 0)


def test_no_byte_leaves_when_encryption_is_not_offered(certificates: Path) -> None:
    """Fault F6, acceptance case 24."""
    post, server = with_notice(), serve({})
    fault = encrypted(post, server, certificates)
    assert fault is not None
    assert (fault.code, server.taken, server.commands[-1:]) == ("HD403", [], server.commands[-1:])
    assert not any(line.startswith("MAIL") for line in server.commands)
    assert post.send(server).accepted == []  # the queue rests, also for a setting without encryption
    assert post.world.holds(post.gates) == ["HD446"]


def test_old_encryption_is_not_accepted(certificates: Path) -> None:
    """Fault F7, acceptance case 24."""
    context = server_side(certificates)
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    post, server = with_notice(), ScriptedServer([WITH_TLS], tls=context)
    fault = encrypted(post, server, certificates)
    assert fault is not None
    assert fault.code in {"HD402", "HD404"}
    assert server.taken == []


@pytest.mark.parametrize(
    ("name", "ca_file"),
    [
        pytest.param("localhost", "", id="F8 untrusted certificate"),
        pytest.param("elsewhere.example", "elsewhere.example.pem", id="F9 wrong name"),
    ],
)
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_prove_its_name_gets_nothing(
    certificates: Path, name: str, ca_file: str, security: str
) -> None:
    """Faults F8, F9, acceptance case 24."""
    post = with_notice()
    server = ScriptedServer([WITH_TLS], tls=server_side(certificates, name), implicit_tls=security == "tls")
    trusted = str(certificates / ca_file) if ca_file else ""
    fault = encrypted(post, server, certificates, ca_file=trusted, security=security)
    assert fault is not None
    assert (fault.code, server.taken) == ("HD404", [])
    assert not any(line.startswith("MAIL") for line in server.commands)


def test_a_certificate_that_does_not_hold_is_told_in_the_words_of_whoever_looked_at_it(certificates: Path) -> None:
    """Only they say what to mend; which demands are made depends on the version of Python."""
    server = ScriptedServer([WITH_TLS], tls=server_side(certificates, "client.example"))
    fault = encrypted(with_notice(), server, certificates, ca_file=str(certificates / "client.example.pem"))
    assert fault is not None
    assert (fault.code, fault.params["why"], server.taken) == ("HD404", "HD478", [])
    assert "certificate purpose" in fault.params["reason"]


def test_clear_text_off_loopback_is_refused_before_connecting() -> None:
    with pytest.raises(MailFault, match="HD401"):
        TransportSettings("mail.vesterlyng.example", 25, "none")


@pytest.fixture
def secret(tmp_path: Path) -> str:
    path = tmp_path / "password"
    path.write_text("not a real secret\n", "utf-8")
    path.chmod(0o600)
    return str(path)


def test_the_password_comes_from_a_file(certificates: Path, secret: str) -> None:
    post, server = with_notice(), ScriptedServer([WITH_TLS], tls=server_side(certificates))
    assert encrypted(post, server, certificates, user="hop", password_file=secret) is None
    assert len(server.accepted) == 1


def test_the_password_comes_from_the_credential_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "smtp-password").write_text("from the folder", "utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_secret(TransportSettings("localhost", 25, "none", user="hop")) == "from the folder"


def test_a_refused_login_causes_no_storm(certificates: Path, secret: str) -> None:
    """Fault F10, acceptance case 25."""
    post = start_post()
    post.world.save(sample_meeting())
    server = ScriptedServer([{**WITH_TLS, "AUTH": "535 no"}], tls=server_side(certificates))
    for _ in range(20):
        encrypted(post, server, certificates, user="hop", password_file=secret)
        post.pass_time(seconds=30)
    assert sum(line.startswith("AUTH") for line in server.commands) == 1
    assert {item.state for item in post.world.ledger.of_family("HOP-2026-007")} == {State.PENDING}


def test_a_login_that_fails_for_now_is_tried_again_soon(certificates: Path, secret: str) -> None:
    """Fault F11."""
    post = with_notice()
    server = ScriptedServer([{**WITH_TLS, "AUTH": "454 later"}, WITH_TLS], tls=server_side(certificates))
    fault = encrypted(post, server, certificates, user="hop", password_file=secret)
    assert fault is not None
    assert fault.code == "HD402"
    post.pass_time(minutes=1)
    assert encrypted(post, server, certificates, user="hop", password_file=secret) is None
    assert len(server.accepted) == 1


def test_the_secret_is_never_written_down(certificates: Path, secret: str) -> None:
    """Acceptance case 38."""
    post = with_notice()
    server = ScriptedServer([{**WITH_TLS, "AUTH": "535 not a real secret"}], tls=server_side(certificates))
    fault = encrypted(post, server, certificates, user="hop", password_file=secret)
    assert "not a real secret" not in str(fault)
    assert "not a real secret" not in str(ServerPause(post.world.ledger).state())


# Before the body: the notice is as it was


@pytest.mark.parametrize(
    "script",
    [
        pytest.param({"MAIL": "451 later"}, id="F12"),
        pytest.param({"RCPT": "450 later"}, id="F14"),
        pytest.param({"RCPT": "421 bye"}, id="F16"),
        pytest.param({"DATA": Act.CLOSE}, id="F18"),
        pytest.param({"DATA": "451 later"}, id="F19"),
        pytest.param({"MAIL": "432 4.3.2 too many"}, id="F31"),
    ],
)
def test_a_fault_before_the_body_defers_and_makes_no_copy(script: Script) -> None:
    """Faults F12, F14, F16, F18, F19, F31; acceptance case 26."""
    tried = try_once(script)
    record = tried.record
    assert (record.state, record.attempts, record.maybe_delivered, tried.copies) == (State.PENDING, 1, False, 0)
    assert record.not_before == NOW + timedelta(minutes=1)
    assert tried.again(seconds=59).state is State.PENDING
    assert tried.again(seconds=1).state is State.ACCEPTED
    assert tried.copies == 1


@pytest.mark.parametrize(
    "script", [pytest.param({"MAIL": "552 too big"}, id="F13"), pytest.param({"RCPT": "550 no such user"}, id="F15")]
)
def test_a_permanent_refusal_fails_for_that_recipient(script: Script) -> None:
    """Faults F13, F15."""
    tried = try_once(script)
    assert (tried.record.state, tried.copies) == (State.FAILED, 0)
    assert tried.again(hours=1).state is State.FAILED
    assert tried.copies == 0


def test_a_demand_for_login_pauses_instead_of_failing_everybody() -> None:
    tried = try_once({"MAIL": "530 5.7.0 authentication required"})
    assert tried.fault is not None
    assert (tried.fault.code, tried.record.state) == ("HD406", State.PENDING)


def test_one_bad_recipient_does_not_touch_the_good_one() -> None:
    """Fault F17, acceptance case 23."""
    post = start_post()
    post.world.save(sample_meeting())
    server = serve({f"RCPT {PELLE.email}": "550 no such user"})
    post.send(server)
    post.pass_time(hours=1)
    post.send(server)
    states = {item.email: item.state for item in post.world.ledger.of_family("HOP-2026-007")}
    assert states == {PELLE.email: State.FAILED, RIGMOR.email: State.ACCEPTED}
    assert [item.recipient for item in server.accepted] == [RIGMOR.email]


# From the body on


@pytest.mark.parametrize(
    ("script", "copies"),
    [
        pytest.param({"DOT": Act.CLOSE_MID_BODY}, 0, id="F20"),
        pytest.param({"DOT": Act.CLOSE}, 1, id="F21"),
        pytest.param({"DOT": Act.SILENCE}, 1, id="F22"),
        pytest.param({"DOT": Act.HALF_LINE}, 1, id="F23"),
        pytest.param({"DOT": "hello there"}, 1, id="F27"),
    ],
)
def test_an_unanswered_dot_is_followed_by_one_identical_copy_after_ten_minutes(script: Script, copies: int) -> None:
    """Faults F20, F21, F22, F23, F27; acceptance case 20."""
    tried = try_once(script)
    record = tried.record
    assert (record.state, record.unanswered, record.maybe_delivered) == (State.PENDING, 1, True)
    assert (record.not_before, tried.copies) == (NOW + timedelta(minutes=10), copies)
    assert tried.again(minutes=9).state is State.PENDING
    assert tried.again(minutes=1).state is State.ACCEPTED
    assert tried.copies == copies + 1
    assert len({item.data for item in tried.server.taken}) == 1


def test_a_second_unanswered_dot_is_left_to_a_person() -> None:
    tried = try_once({"DOT": Act.CLOSE})
    tried.post.pass_time(minutes=10)
    tried.post.send(tried.server)
    assert (tried.record.state, tried.copies) == (State.IN_DOUBT, 2)
    assert tried.again(days=1).state is State.IN_DOUBT
    tried.post.world.ledger.resolve(tried.record.id, tried.post.clock.at, arrived=True)
    assert (tried.record.state, tried.copies) == (State.ACCEPTED, 2)


def test_a_person_may_have_a_doubtful_notice_sent_again() -> None:
    tried = try_once({"DOT": Act.CLOSE})
    tried.post.pass_time(minutes=10)
    tried.post.send(tried.server)
    tried.post.world.ledger.resolve(tried.record.id, tried.post.clock.at, arrived=False)
    assert tried.again().state is State.ACCEPTED


def test_a_slow_answer_within_the_time_limit_is_one_copy() -> None:
    """Acceptance case 21."""
    post = with_notice()
    server = ScriptedServer([{}], delay_seconds=90.0)
    post.send(server, data_seconds=100.0, command_seconds=60.0)
    assert post.world.ledger.of_family("HOP-2026-007")[0].state is State.ACCEPTED
    assert len(server.taken) == 1


@pytest.mark.parametrize("reply", [pytest.param("451 later", id="F24"), pytest.param("421 closing", id="F26")])
def test_a_temporary_refusal_after_the_dot_is_tried_again(reply: str) -> None:
    """Faults F24, F26; acceptance case 22."""
    tried = try_once({"DOT": reply})
    record = tried.record
    assert (record.state, record.maybe_delivered, record.smtp_code) == (State.PENDING, False, int(reply[:3]))
    assert tried.again(minutes=1).state is State.ACCEPTED
    assert (tried.copies, len(tried.server.accepted)) == (2, 1)


def test_a_permanent_refusal_after_the_dot_leaves_the_connection_usable() -> None:
    """Fault F25, acceptance case 22."""
    post = start_post()
    post.world.save(sample_meeting())
    server = serve({f"DOT {PELLE.email}": "554 no"})
    post.send(server)
    states = {item.email: item.state for item in post.world.ledger.of_family("HOP-2026-007")}
    assert states == {PELLE.email: State.FAILED, RIGMOR.email: State.ACCEPTED}
    assert server.connections == 1


@pytest.mark.parametrize(
    "reply", [pytest.param("251 forwarded", id="F28"), pytest.param("250-one\r\n250-two\r\n250 three", id="F29")]
)
def test_any_success_counts_once(reply: str) -> None:
    """Faults F28, F29; acceptance case 27."""
    tried = try_once({"DOT": reply})
    assert tried.record.state is State.ACCEPTED
    assert tried.again(hours=1).state is State.ACCEPTED
    assert tried.copies == 1


def test_a_connection_that_was_closed_while_idle_is_opened_again() -> None:
    """Fault F30, acceptance case 28."""
    post = start_post()
    post.world.save(sample_meeting())
    server = serve({"AFTER DOT": Act.CLOSE})
    post.send(server)
    assert {item.state for item in post.world.ledger.of_family("HOP-2026-007")} == {State.ACCEPTED}
    assert (server.connections, len(server.taken)) == (2, 2)


def test_a_server_that_breaks_off_again_and_again_gets_a_rest() -> None:
    post = start_post()
    post.world.save(*(sample_meeting(meeting=f"m{n}", uid=f"{n}@x.example") for n in range(10)))
    server = serve({"DATA": Act.CLOSE})
    report = post.send(server)
    assert report.fault is not None
    assert sum(line == "DATA" for line in server.commands) == 2


# The ledger and time


def test_nothing_leaves_that_could_not_be_written_down(tmp_path: Path) -> None:
    """Fault F33, acceptance case 30."""
    post = start_post()
    post.world.save(*(sample_meeting(meeting=f"m{n}", uid=f"{n}@x.example") for n in range(40)))
    database = post.world.ledger._connection
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages}")
    server = serve()
    with pytest.raises(LedgerFault, match="HD413"):
        post.send(server)
    database.execute("PRAGMA max_page_count = 1000000")
    begun = [item.id for item in post.world.ledger.in_state(State.DATA_STARTED, State.ACCEPTED)]
    assert len(server.taken) <= len(begun) < 80
    with become_sender(post.world.ledger, tmp_path / "lock", post.clock.at):
        post.send(server)
    assert {item.state for item in post.world.ledger.of_family("HOP-2026-007")} == {State.ACCEPTED}
    assert len(server.taken) <= 81


FULL = "CREATE TRIGGER full BEFORE INSERT ON notice_attempt BEGIN SELECT RAISE(ABORT, 'disk full'); END"


@pytest.mark.parametrize(
    ("script", "state", "copies"),
    [
        pytest.param({"RCPT": "550 unknown"}, State.FAILED, 0, id="refused for good"),
        pytest.param({"RCPT": "450 later"}, State.PENDING, 0, id="refused for now"),
        pytest.param({"DOT": "450 later"}, State.PENDING, 1, id="body refused for now"),
        pytest.param({"DOT": "554 no"}, State.FAILED, 1, id="body refused for good"),
        pytest.param({"DOT": Act.CLOSE}, State.PENDING, 1, id="no answer"),
    ],
)
def test_whatever_comes_of_a_mail_while_the_disk_is_full_is_made_up_for(
    script: Script, state: State, copies: int
) -> None:
    """Fault F33: it neither stays under way until the next start, nor is tried again before its time."""
    post = start_post()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    server = serve(script)
    database = post.world.ledger._connection
    database.execute(FULL)
    for _ in range(2):
        with pytest.raises(LedgerFault, match="HD413"):
            post.send(server)
    database.execute("DROP TRIGGER full")
    server.scripts = [{}]
    post.send(server)
    (record,) = post.world.ledger.of_family("HOP-2026-007")
    assert (record.state, record.attempts, len(server.taken)) == (state, 1, copies)
    post.pass_time(hours=1)
    post.send(server)
    assert len(server.taken) == copies + (state is State.PENDING)
    post.world.ledger.verify()


def test_what_a_newer_edit_replaced_meanwhile_is_not_brought_back_by_what_was_owed() -> None:
    """Fault F33."""
    post = start_post()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    server = serve({"RCPT": "450 later"})
    database = post.world.ledger._connection
    database.execute(FULL)
    with pytest.raises(LedgerFault, match="HD413"):
        post.send(server)
    database.execute("DROP TRIGGER full")
    post.world.save(sample_meeting(attendees=(RIGMOR,), place="Opdigtvej 2, 9999 Vesterlyng"))
    server.scripts = [{}]
    post.send(server)
    assert [item.state for item in post.world.ledger.of_family("HOP-2026-007")] == [State.DROPPED, State.ACCEPTED]
    assert len(server.taken) == 1


def test_a_second_sender_is_refused_politely(tmp_path: Path) -> None:
    """Fault F36, acceptance case 29."""
    with SenderLock(tmp_path / "lock"), pytest.raises(LedgerFault, match="HD417"):
        SenderLock(tmp_path / "lock").__enter__()
    with SenderLock(tmp_path / "lock"):
        pass


def test_retries_stop_when_the_meeting_begins() -> None:
    post = with_notice()
    post.world.now = post.clock.at = datetime.fromisoformat("2026-11-24T08:50:00+00:00")
    server = serve({"RCPT": "450 later"})
    post.send(server)
    post.pass_time(minutes=5)
    post.send(server)
    post.pass_time(hours=2)
    post.send(server)
    assert post.world.ledger.of_family("HOP-2026-007")[0].state in {State.FAILED, State.DROPPED}
    assert server.taken == []


def test_retries_stop_after_two_days() -> None:
    post = start_post()
    start = datetime.fromisoformat("2027-06-01T10:00:00")
    post.world.save(sample_meeting(attendees=(RIGMOR,), starts=start, ends=start + timedelta(hours=1)))
    server = serve({"RCPT": "450 later"})
    tries = 0
    while post.world.ledger.of_family("HOP-2026-007")[0].state is State.PENDING:
        report = post.send(server)
        tries += 1
        post.clock.at = report.next_at or post.clock.at
    record = post.world.ledger.of_family("HOP-2026-007")[0]
    assert (record.state, record.reason) == (State.FAILED, "gave up")
    assert 48 <= tries <= 54


def test_a_cancellation_never_overtakes_its_invitation() -> None:
    """Acceptance case 18."""
    tried = try_once({"DOT": Act.CLOSE})
    tried.post.world.save(sample_meeting(attendees=(RIGMOR,), status="cancelled"))
    tried.again(minutes=10)
    methods = [b"method=CANCEL" in item.data for item in tried.server.taken]
    assert methods == [False, True]


def test_sending_can_be_cancelled_at_any_moment() -> None:
    post = with_notice()

    async def interrupt() -> None:
        async with ScriptedServer([{"DOT": Act.SILENCE}]) as server:
            task = asyncio.create_task(post.deliver(server))
            await server.has_taken.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(interrupt())
    record = post.world.ledger.of_family("HOP-2026-007")[0]
    assert (record.state, record.maybe_delivered) == (State.PENDING, True)
