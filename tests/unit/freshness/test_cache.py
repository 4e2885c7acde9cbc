"""The cache is only ever a shortcut: what the disk has changed in it is not believed."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hopdocs.errors import WorkspaceFault
from hopdocs.freshness.cache import Cache, CacheDamaged, open_cache, open_cache_to_read
from hopdocs.freshness.cache_keys import Lookup, MetaKey
from hopdocs.freshness.file_stats import FileStat
from hopdocs.freshness.fingerprint import Digest
from hopdocs.freshness.signatures import Signature

if TYPE_CHECKING:
    from pathlib import Path

PATH = "families/hop-1.yaml"
LOOKUPS = {
    Lookup.TEMPLATE.key("familieplan.docx"): "d1",
    Lookup.ANSWERS.key("HOP-1"): "a1",
    Lookup.ATTACHMENT.key("kort.pdf"): "",
}
SIGNATURE = Signature(
    Digest("d"),
    Digest("c"),
    Digest("s"),
    LOOKUPS,
    {"familieplan.docx": FileStat(1, 2, 3, 4)},
    is_settled=True,
    notices="n",
    twins=("families/hop-2.yaml",),
)
FINDINGS = {
    "diagnostics": [{"code": "HD202", "path": PATH}],
    "facts": {"id": "HOP-1"},
    "figures": {"case": "26-000001"},
    "page_row": {"name": "Æblegren"},
    "status": {"next": "2026-12-01"},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(open_cache(tmp_path / "cache.db")) as cache:
        cache.keep_family(PATH, "HOP-1", SIGNATURE, FINDINGS)
        cache.set_meta(MetaKey.ACROSS, "[]")
    return tmp_path / "cache.db"


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def whole(cache: Cache) -> tuple[object, ...]:
    """All that a cycle would read of it."""
    return (
        cache.signature(PATH),
        list(cache.remembered()),
        cache.findings(PATH),
        list(cache.facts()),
        list(cache.figures()),
        list(cache.diagnostics()),
        list(cache.rows()),
        cache.meta(MetaKey.ACROSS),
    )


def test_what_was_kept_is_there_again(path: Path) -> None:
    with closing(open_cache(path)) as cache:
        assert cache.signature(PATH) == SIGNATURE
        assert cache.findings(PATH) == FINDINGS
        assert list(cache.diagnostics()) == [(PATH, FINDINGS["diagnostics"])]
        assert cache.ids() == {PATH: "HOP-1"}
        [row] = cache.remembered()
        assert (row.documents, row.answers, row.folder) == (1, "a1", "")


def test_a_new_signature_has_no_folder_that_was_seen(path: Path) -> None:
    with closing(open_cache(path)) as cache:
        cache.keep_folders([(PATH, "1 2 3")])
        assert [row.folder for row in cache.remembered()] == ["1 2 3"]
        cache.keep_signature(PATH, SIGNATURE)
        assert [row.folder for row in cache.remembered()] == [""]


@pytest.mark.parametrize("column", ["family", "digest", "shared", "twins", "lookups", "answers", "notices"])
def test_a_signature_that_the_disk_changed_is_none(path: Path, column: str) -> None:
    change(path, f"UPDATE signature SET {column} = {column} || 'x'")  # noqa: S608 - a fixed list
    with closing(open_cache(path)) as cache:
        assert (cache.signature(PATH), list(cache.remembered())) == (None, [])


@pytest.mark.parametrize("column", ["diagnostics", "facts", "page_row"])
def test_findings_that_the_disk_changed_mean_a_new_cache(path: Path, column: str) -> None:
    change(path, f"UPDATE family SET {column} = replace({column}, '\"', '''')")  # noqa: S608 - a fixed list
    with closing(open_cache(path)) as cache, pytest.raises(CacheDamaged):
        whole(cache)


def test_bytes_that_a_disk_changed_anywhere_are_noticed_or_make_no_difference(path: Path) -> None:
    with closing(open_cache(path)) as cache:
        before = whole(cache)
    sound, chance = path.read_bytes(), random.Random(20261121)  # noqa: S311 - the same faults at each run
    noticed = 0
    for _ in range(150):
        data = bytearray(sound)
        for _ in range(chance.choice((1, 1, 4, 64))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            with closing(open_cache_to_read(path)) as cache:
                found = whole(cache)
        except CacheDamaged:
            noticed += 1
            continue
        noticed += found != before
        assert all(item in (sound_item, None, []) for item, sound_item in zip(found, before, strict=True))
    assert noticed


def test_a_cache_of_another_version_or_no_database_is_set_aside(path: Path) -> None:
    change(path, "PRAGMA user_version = 1")
    open_cache(path).close()
    path.write_bytes(b"no database" * 1000)
    with closing(open_cache(path)) as cache:
        assert not list(cache.remembered())
    assert sorted(file.name for file in path.parent.glob("*.unreadable-*")) == [
        "cache.db.unreadable-1",
        "cache.db.unreadable-2",
    ]


def test_a_cache_that_somebody_holds_is_a_fault_and_stays(path: Path) -> None:
    with closing(open_cache(path)) as cache, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        cache._connection.execute("PRAGMA busy_timeout = 1")  # nobody should wait half a minute here
        with pytest.raises(WorkspaceFault):
            cache.set_meta(MetaKey.ACROSS, "[1]")
    assert not list(path.parent.glob("*.unreadable-*"))
