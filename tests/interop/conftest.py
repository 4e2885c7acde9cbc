"""One relay for all tests of a module; each test begins with empty hands."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.interop.office import Office
from tests.interop.postfix import DOMAIN, Doors, Postfix, free_ports
from tests.interop.relay_rules import WELCOME, Accounts, Policy
from tests.interop.story import Story, tell_story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.interop.maildir import Arrival

PEOPLE: Final = ("hop", "kko", "rri", "tta", "mmo", "hha", "ssk", "ppa", "yym", "bbl", "iik")
USER: Final = "hop-service"
PASSWORD: Final = "Æblegrød med fløde"  # noqa: S105 - opens nothing but this test's own relay


@dataclass
class Relay:
    """Postfix and those whom it asks."""

    postfix: Postfix
    policy: Policy
    accounts: Accounts
    authority: Path
    stranger: Path

    @property
    def plain(self) -> str:
        """Its plain door, as config.yaml names it."""
        return f"host: localhost, port: {self.postfix.doors.plain}, security: none"

    @property
    def secured(self) -> str:
        """Its other door; the files stand beside config.yaml."""
        return (
            f"host: localhost, port: {self.postfix.doors.secured}, security: starttls, user: {USER}, "
            "password_file: secret, ca_file: authority.pem"
        )

    def arrivals(self) -> dict[str, list[Arrival]]:
        """What lies in each inbox once the queue is empty."""
        self.postfix.settle()
        found = {address: box.arrivals() for address, box in self.postfix.maildirs.items()}
        return {address: arrivals for address, arrivals in found.items() if arrivals}

    def forget(self) -> None:
        for box in self.postfix.maildirs.values():
            box.forget()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, Path]:
    """An authority of one's own, what it signed for localhost (key and chain), and another that signed nothing."""
    folder = tmp_path_factory.mktemp("authority")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "7300")
    signs = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")  # Python 3.13 asks for it
    own = ("-keyout", "authority.key", "-out", "authority.pem", "-subj", "/CN=Vesterlyng", *signs)
    relay = (
        "-keyout",
        "relay.key",
        "-out",
        "relay.pem",
        "-subj",
        "/CN=relay",
        "-addext",
        "subjectAltName=DNS:localhost",
    )
    signed = ("-CA", "authority.pem", "-CAkey", "authority.key", "-addext", "basicConstraints=CA:FALSE")
    stranger = ("-keyout", "stranger.key", "-out", "stranger.pem", "-subj", "/CN=Fremmed")
    for words in (own, (*relay, *signed), stranger):
        subprocess.run(["openssl", "req", "-x509", *key, *words], cwd=folder, check=True, capture_output=True)
    chain = (folder / "relay.key").read_bytes() + (folder / "relay.pem").read_bytes()
    return folder / "authority.pem", chain, folder / "stranger.pem"


@pytest.fixture(scope="session")
def _running_relay(authority: tuple[Path, bytes, Path]) -> Iterator[Relay]:
    # Not pytest's own folder: that lets no other user in, and Postfix's parts are other users.
    folder = Path(tempfile.mkdtemp(prefix="hopdocs-postfix-", dir="/tmp"))
    folder.chmod(0o755)
    doors = Doors(*free_ports(4))
    postfix = Postfix(folder, doors, PEOPLE, authority[1])
    with Policy(doors.policy) as policy, Accounts(doors.accounts, USER, PASSWORD) as accounts:
        try:
            postfix.start()
            yield Relay(postfix, policy, accounts, authority[0], authority[2])
        finally:
            postfix.stop()
            shutil.rmtree(folder)


@pytest.fixture
def relay(_running_relay: Relay) -> Relay:
    """It runs, asks nobody for leave, and its inboxes count as empty."""
    _running_relay.policy.rule = lambda _question: WELCOME
    if not _running_relay.postfix.is_running:
        _running_relay.postfix.start()
    _running_relay.postfix.settle()
    _running_relay.forget()
    return _running_relay


@pytest.fixture
def office(relay: Relay, tmp_path: Path) -> Office:
    """Its ledger is started; nobody has been invited yet."""
    return Office(tmp_path / "workspace", relay.plain)


def address_of(staff: str) -> str:
    return f"{staff}@{DOMAIN}"


@pytest.fixture(scope="session")
def story(_running_relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Told once; the tests only read it."""
    office = Office(tmp_path_factory.mktemp("story") / "workspace", _running_relay.plain)
    return tell_story(office, _running_relay)
