"""Ledgers of every earlier shape open, lose nothing, and go on; one that lacks something says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest

from hopdocs.errors import LedgerFault
from hopdocs.freshness.delivered import DeliveredCopies
from hopdocs.freshness.versions import VersionBook
from hopdocs.notices.ledger.rows import COLUMNS
from hopdocs.notices.ledger.shape import APPLICATION_ID, VERSION
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import NoticeRecord, State
from tests.unit.notices.samples import FAMILY, NOW, RIGMOR, World, begin, sample_meeting

SHAPES = sorted((Path(__file__).parents[3] / "data" / "ledgers").glob("*.sql"))
"""What ledgers of these commits said: one invitation that was sent, and one update that waits."""


def restore(sql: Path, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql.read_text("utf-8"))
    return path


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.stem)
def test_a_ledger_of_an_earlier_version_keeps_its_promises(shape: Path, tmp_path: Path) -> None:
    path = restore(shape, tmp_path / "ledger.db")
    with closing(sqlite3.connect(path)) as before:
        kept = before.execute("SELECT id, message_id, sequence, state, mime FROM notice ORDER BY id").fetchall()
        log = before.execute("SELECT hash FROM notice_event ORDER BY seq").fetchall()
    world = World(ledger=Ledger(connect_ledger(path)))
    ledger = world.ledger
    ledger.verify()
    read = "SELECT id, message_id, sequence, state, mime FROM notice ORDER BY id"
    assert ledger._connection.execute(read).fetchall() == kept
    assert ledger._connection.execute("SELECT hash FROM notice_event ORDER BY seq").fetchall() == log
    [waiting] = ledger.in_state(State.PENDING)
    assert ledger.mime(waiting.id) == kept[-1][-1]  # the bytes that were kept are those that leave
    assert not world.save(sample_meeting(place=waiting.facts.place, attendees=(RIGMOR,)))[1:]  # type: ignore[union-attr]
    world.deliver()
    world.pass_time(hours=1)
    assert [item.sequence for item in world.save(sample_meeting(attendees=(RIGMOR,)))] == [2]
    ledger.close()
    with closing(Ledger(connect_ledger(path))) as again:
        again.verify()


def test_a_new_ledger_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(connect_ledger(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("SELECT value FROM notice_meta WHERE key = 'schema'").fetchone() == (str(VERSION),)


@pytest.mark.parametrize("column", ["notice.held", "notice_event.hash", "notice_answer.time_key"])
def test_a_column_that_is_missing_is_named(column: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(connect_ledger(path)).close()
    table, _, name = column.partition(".")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
        connection.commit()
    with pytest.raises(LedgerFault) as told:
        Ledger(connect_ledger(path))
    assert (told.value.code, told.value.params["what"]) == ("HD487", column)


def test_the_tables_of_documents_get_what_came_later_and_name_what_is_missing(tmp_path: Path) -> None:
    with closing(connect_ledger(tmp_path / "ledger.db")) as connection:
        connection.execute("CREATE TABLE document_output (path TEXT, folder TEXT, digest TEXT, previous TEXT)")
        VersionBook(connection).prepare()
        assert VersionBook(connection).standing_since("x") == {}
        connection.execute("CREATE TABLE delivered_copy (family TEXT, kind TEXT)")
        with pytest.raises(LedgerFault, match="HD487"):
            DeliveredCopies(connection).prepare()


@pytest.mark.parametrize(("pragma", "code"), [("user_version = 99", "HD411"), ("application_id = 7", "HD410")])
def test_a_newer_ledger_and_another_programs_file_are_left_alone(pragma: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {pragma}")
    before = path.read_bytes()
    with pytest.raises(LedgerFault, match=code):
        Ledger(connect_ledger(path))
    assert path.read_bytes()[:18] == before[:18]


def test_a_migration_that_is_cut_short_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    path = restore(SHAPES[0], tmp_path / "ledger.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notice_stranger (wrong TEXT)")
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON notice_meta BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
        connection.commit()
    with pytest.raises(LedgerFault):
        Ledger(connect_ledger(path))
    with closing(sqlite3.connect(path)) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(notice)")}
        assert "draft" not in columns
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_mail_is_made_when_it_is_tried_and_kept_as_it_was_tried() -> None:
    world = World()
    [record] = world.save(sample_meeting(attendees=(RIGMOR,)))
    stored = "SELECT length(mime) FROM notice"
    assert world.ledger._connection.execute(stored).fetchone() == (0,)
    would_be = world.ledger.mime(record.id)
    begin(world.ledger, record.id, NOW)
    assert world.ledger._connection.execute("SELECT mime FROM notice").fetchone() == (would_be,)
    assert len(world.ledger.of_family(FAMILY)) == 1


def test_the_columns_stand_in_the_order_of_the_records_fields() -> None:
    assert COLUMNS.split(", ") == [field.name for field in fields(NoticeRecord)]
