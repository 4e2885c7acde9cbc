"""What the service manager hears: that the service is ready and ends, and that it is well only while it is."""

from __future__ import annotations

import os
import socket
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from hopdocs.watching import notify
from hopdocs.watching.changes import Changes
from hopdocs.watching.notify import (
    DEAF_SECONDS,
    LONGEST_PING_SECONDS,
    QUEUE_SECONDS,
    SILENCE_SECONDS,
    Heartbeat,
    Pulse,
    ServiceManager,
    Vitals,
    find_ailment,
)
from hopdocs.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WELL = Vitals(silent_seconds=0, deaf_seconds=0, queued_seconds=0, sends_mail=True)


@contextmanager
def listening(path: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(path)
        channel.settimeout(60)
        yield channel


class Thread:
    """A stand-in for whatever has a thread, and for what hears changes."""

    def __init__(self, *, is_alive: bool = True, is_waiting: bool = False) -> None:
        self.alive, self.waiting = is_alive, is_waiting

    def is_alive(self) -> bool:
        return self.alive

    def is_waiting(self) -> bool:
        return self.waiting


@pytest.mark.parametrize("name", ["/{folder}/notify", "@hopdocs-test-{number}"])
def test_it_is_told_over_a_socket_in_the_file_system_and_outside_it(tmp_path: Path, name: str) -> None:
    named = name.format(folder=str(tmp_path).lstrip("/"), number=os.getpid())
    environment = {"NOTIFY_SOCKET": named, "HOME": "/"}
    with listening(named.replace("@", "\0")) as channel:
        ServiceManager(environment).tell(READY="1", STATUS="two\nlines")
        assert channel.recv(4096) == b"READY=1\nSTATUS=two lines"
    assert environment == {"HOME": "/"}


@pytest.mark.parametrize("named", ["", "vsock:2:1", "relative", "/nobody/listens"])
def test_that_nobody_hears_it_stops_nothing(named: str) -> None:
    ServiceManager({"NOTIFY_SOCKET": named}).tell(READY="1")


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ({"WATCHDOG_USEC": "10000000"}, 5.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": str(os.getpid())}, 5.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "3600000000"}, LONGEST_PING_SECONDS),
        ({"WATCHDOG_USEC": "soon"}, 0.0),
        ({}, 0.0),
    ],
)
def test_pings_come_twice_as_often_as_asked_and_only_if_asked_of_us(said: dict[str, str], seconds: float) -> None:
    assert ServiceManager({"NOTIFY_SOCKET": "/run/notify", **said}).ping_seconds == seconds


@pytest.mark.parametrize(
    ("vitals", "ailment"),
    [
        (WELL, ""),
        (Vitals(SILENCE_SECONDS, DEAF_SECONDS, QUEUE_SECONDS, sends_mail=True), ""),
        (Vitals(SILENCE_SECONDS + 1, 0, 0, sends_mail=True), "the loop stands still"),
        (Vitals(0, DEAF_SECONDS + 1, 0, sends_mail=True), "nothing listens for changes"),
        (Vitals(0, 0, QUEUE_SECONDS + 1, sends_mail=True), "changes are not taken"),
        (Vitals(0, 0, 0, sends_mail=False), "the mail sender is gone"),
    ],
)
def test_each_ailment_has_its_word(vitals: Vitals, ailment: str) -> None:
    assert find_ailment(vitals) == ailment


def test_pings_come_while_all_is_well_and_stop_when_it_is_not(tmp_path: Path) -> None:
    named = str(tmp_path / "notify")
    environment = {"NOTIFY_SOCKET": named, "WATCHDOG_USEC": "20000"}
    mail_sender = Thread()
    with (
        listening(named) as channel,
        Heartbeat(ServiceManager(environment), Pulse(), Thread(), mail_sender),
    ):
        assert [channel.recv(99) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
        mail_sender.alive = False
        while (said := channel.recv(99)) == b"WATCHDOG=1":
            pass
        assert said == b"STATUS=the mail sender is gone"
        mail_sender.alive = True
        assert channel.recv(99) == b"WATCHDOG=1"  # and nothing in between


def test_it_says_when_it_ends(tmp_path: Path) -> None:
    named = str(tmp_path / "notify")
    with listening(named) as channel:
        with Heartbeat(ServiceManager({"NOTIFY_SOCKET": named}), Pulse(), Thread(), Thread()):
            assert channel.recv(99) == b"READY=1"
        assert channel.recv(99) == b"STOPPING=1\nSTATUS=stopping"


def test_emitters_that_have_stopped_are_noticed_where_the_observer_still_lives(tmp_path: Path) -> None:
    (tmp_path / "families").mkdir()
    with Changes(Workspace(tmp_path)) as changes:
        heartbeat = Heartbeat(ServiceManager({}), Pulse(), changes, Thread())
        assert not find_ailment(heartbeat.look())
        observer = changes._watches._observer
        assert observer is not None
        for emitter in observer.emitters:
            emitter.stop()
            emitter.join()
        assert observer.is_alive()
        with patch.object(notify, "DEAF_SECONDS", 0.0):
            assert find_ailment(heartbeat.look()) == "nothing listens for changes"


def test_a_change_waits_until_the_loop_takes_it() -> None:
    pulse = Pulse()
    heartbeat = Heartbeat(ServiceManager({}), pulse, Thread(is_waiting=True), Thread())
    first = heartbeat.look().queued_seconds
    assert heartbeat.look().queued_seconds > first
    pulse.take()
    assert heartbeat.look().queued_seconds == 0
    pulse.last = time.monotonic() - SILENCE_SECONDS - 1
    assert find_ailment(heartbeat.look()) == "the loop stands still"
