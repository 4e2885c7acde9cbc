"""A Postfix of one's own: its configuration, queue, log and maildirs in a folder, its ports on loopback alone.

Two doors, as a municipality's relay has them: a plain one, and one that demands STARTTLS and a login. Whatever is
outside `DOMAIN` is refused, and nothing can leave this machine: there is no SMTP client among its services. Who is
unknown within it is found out only later, as behind most relays: then the sender gets a bounce.
"""

from __future__ import annotations

import os
import pwd
import signal
import socket
import stat
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.interop.maildir import Maildir
from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DOMAIN: Final = "vesterlyng.example"
PROGRAMS: Final = "/usr/lib/postfix/sbin"

_SETTINGS: Final = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {programs}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
myhostname = relay.{domain}
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
default_transport = error:nothing leaves this machine
relay_transport = error:nothing leaves this machine
notify_classes =
virtual_transport = virtual
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/etc/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service inet:127.0.0.1:{policy}
smtpd_end_of_data_restrictions = check_policy_service inet:127.0.0.1:{policy}
smtpd_policy_service_retry_delay = 1s
service_throttle_time = 1s
smtpd_client_connection_rate_limit = 0
smtpd_peername_lookup = no
smtpd_tls_chain_files = {folder}/etc/relay.pem
smtpd_tls_mandatory_protocols = >=TLSv1.2
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{accounts}
smtpd_sasl_security_options = noanonymous
smtpd_sasl_authenticated_header = yes
smtpd_tls_received_header = yes
smtpd_error_sleep_time = 0s
in_flow_delay = 0s
"""

_SERVICES: Final = """\
127.0.0.1:{plain} inet n - n - - smtpd
127.0.0.1:{secured} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_tls_auth_only=yes
  -o smtpd_relay_restrictions=
  -o smtpd_client_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class Doors:
    """The ports: two that take mail, and two where Postfix asks for leave and for passwords."""

    plain: int
    secured: int
    policy: int
    accounts: int


class Postfix:
    """Start it, stop it, kill it; what was queued stays queued, as on a real relay."""

    def __init__(self, folder: Path, doors: Doors, mailboxes: Sequence[str], certificate: bytes) -> None:
        self.folder = folder
        self.doors = doors
        self._process: subprocess.Popen[bytes] | None = None
        taker = pwd.getpwnam("nobody")
        postfix = pwd.getpwnam("postfix")
        for name in ("etc", "queue", "data", "mail", "log"):
            (folder / name).mkdir()
        os.chown(folder / "data", postfix.pw_uid, postfix.pw_gid)
        os.chown(folder / "mail", taker.pw_uid, taker.pw_gid)
        values = {
            "folder": folder,
            "programs": PROGRAMS,
            "domain": DOMAIN,
            "uid": taker.pw_uid,
            "gid": taker.pw_gid,
            "plain": doors.plain,
            "secured": doors.secured,
            "policy": doors.policy,
            "accounts": doors.accounts,
        }
        etc = folder / "etc"
        (etc / "main.cf").write_text(_SETTINGS.format(**values), "ascii")
        (etc / "master.cf").write_text(_SERVICES.format(**values), "ascii")
        (etc / "mailboxes").write_text("".join(f"{name}@{DOMAIN} {name}/\n" for name in mailboxes), "ascii")
        (etc / "relay.pem").write_bytes(certificate)
        (etc / "relay.pem").chmod(0o600)
        self.maildirs = {f"{name}@{DOMAIN}": Maildir(folder / "mail" / name) for name in mailboxes}

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Returns when the plain door answers."""
        etc = str(self.folder / "etc")
        subprocess.run(["/usr/sbin/postfix", "-c", etc, "check"], check=True, capture_output=True)
        self._process = subprocess.Popen(
            [f"{PROGRAMS}/master", "-c", etc, "-d"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # the master signals its whole group
        )
        wait_until(self._answers, lambda: f"Postfix doesn't start:\n{self.log()}")

    def stop(self) -> None:
        """In good order: what is under way is finished."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As a power cut does it: the master and everything that it started, in the middle of a word."""
        children = self._children()
        self._end(signal.SIGKILL, *children)

    def settle(self) -> None:
        """Returns when everything that was taken is in its maildir."""
        wait_until(lambda: not self.queued(), lambda: f"still queued: {self.queued()}\n{self.log()}")

    def queued(self) -> list[str]:
        """The queue ids of mail that was taken and not delivered."""
        found = []
        for name in ("incoming", "active", "deferred"):
            for path in (self.folder / "queue" / name).rglob("*"):
                with suppress(FileNotFoundError):
                    mode = path.stat().st_mode
                    if stat.S_ISREG(mode) and mode & stat.S_IXUSR:  # how Postfix marks a file that is whole
                        found.append(path.name)
        return found

    def log(self) -> str:
        path = self.folder / "log" / "mail.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def _answers(self) -> bool:
        if not self.is_running:
            raise AssertionError(f"Postfix ended:\n{self.log()}")
        return self._is_open()

    def _is_open(self) -> bool:
        """Whether somebody answers at the plain door."""
        try:
            with socket.create_connection(("127.0.0.1", self.doors.plain), timeout=5) as line:
                return line.recv(4) == b"220 "
        except OSError:
            return False

    def _children(self) -> list[int]:
        if self._process is None:
            return []
        text = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text("ascii")
        return [int(word) for word in text.split()]

    def _end(self, how: signal.Signals, *also: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pid in (process.pid, *also):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
        process.wait(PATIENCE_SECONDS)
        wait_until(lambda: not self._is_open(), lambda: "Postfix is gone, and its door is still open")


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    lines = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(line.getsockname()[1]) for line in lines]
    for line in lines:
        line.close()
    return ports


def wait_until(is_so: Callable[[], bool], complain: Callable[[], str]) -> None:
    """Looks again and again, for as long as a slow machine may need."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError(complain())
        time.sleep(0.05)
