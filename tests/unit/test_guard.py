"""The guard itself: a test that would leave its room is stopped before it does."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.guard import GUARD, StrayEffect

_ELSEWHERE = Path(__file__).parent / "never-written"


def test_writing_outside_the_temporary_folder_is_refused() -> None:
    with pytest.raises(StrayEffect):
        _ELSEWHERE.write_text("no", encoding="utf-8")
    assert not _ELSEWHERE.exists()
    assert GUARD.strays
    GUARD.strays.clear()


def test_moving_a_file_out_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("mine", encoding="utf-8")
    with pytest.raises(StrayEffect):
        own.rename(_ELSEWHERE)
    GUARD.strays.clear()


def test_a_database_elsewhere_is_refused() -> None:
    with pytest.raises(StrayEffect):
        sqlite3.connect(_ELSEWHERE)
    GUARD.strays.clear()


def test_a_connection_off_loopback_is_refused() -> None:
    with socket.socket() as outgoing, pytest.raises(StrayEffect):
        outgoing.connect(("192.0.2.1", 25))  # RFC 5737: an address that is nobody's
    GUARD.strays.clear()


def test_a_connection_on_loopback_and_a_file_of_ones_own_are_allowed(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("mine", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
    assert not GUARD.strays
