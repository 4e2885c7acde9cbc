"""What directory entries tell of a family's documents, in small workspaces and in large ones."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.making.output_check import LOT, PAGE, OutputSight
from hopdocs.freshness.cache import Cache, empty_cache
from hopdocs.freshness.file_stats import list_file_stats
from hopdocs.freshness.fingerprint import Digest
from hopdocs.freshness.signatures import Signature, SignatureRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATH = "families/hop-1.yaml"
FEW = [PATH]
MANY = [f"families/hop-{number}.yaml" for number in range(1, 50 * LOT)]
LATER_NS = 3_000_000_000


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "hop-1"
    folder.mkdir()
    (folder / "familieplan.docx").write_bytes(b"plan")
    (folder / "indkaldelse.docx").write_bytes(b"call")
    (folder / PAGE).write_bytes(b"page")
    return tmp_path


@pytest.fixture
def cache(output: Path) -> Iterator[Cache]:
    digest = Digest("0")
    file_stats = list_file_stats(str(output / "hop-1"))
    signature = Signature(digest, digest, digest, {}, file_stats, is_settled=True)
    with closing(empty_cache()) as kept:
        kept.keep_family(PATH, "HOP-1", signature, dict.fromkeys(FINDINGS))
        yield kept


FINDINGS = ("diagnostics", "facts", "figures", "page_row")


def not_ours(number: int) -> int:
    """Of many families, those read whole lie in the middle: not the one of the test."""
    return number // 2


def look(
    output: Path,
    cache: Cache,
    paths: list[str],
    *,
    after_ns: int = LATER_NS,
    draw: Callable[[int], int] = not_ours,
) -> bool:
    sight = OutputSight(str(output), cache, lambda: time.time_ns() + after_ns, draw)
    sight.begin(paths)
    found = sight.is_untouched(known(cache), "hop-1")
    sight.keep()
    return found


def known(cache: Cache) -> SignatureRow:
    row = cache.remembered_of(PATH)
    assert row is not None
    return row


def write_where_it_lies(output: Path) -> None:
    with (output / "hop-1" / "familieplan.docx").open("r+b") as file:
        file.write(b"PLAN!")


@pytest.mark.parametrize("paths", [FEW, MANY], ids=["few", "many"])
def test_documents_that_nobody_touched_are_untouched_at_every_look(
    output: Path, cache: Cache, paths: list[str]
) -> None:
    assert [look(output, cache, paths) for _ in range(3)] == [True, True, True]
    assert bool(known(cache).folder) == (paths is MANY)  # of few every folder is read whole each time


@pytest.mark.parametrize("paths", [FEW, MANY], ids=["few", "many"])
def test_a_document_that_is_gone_or_was_replaced_is_seen_by_the_folder_s_entry(
    output: Path, cache: Cache, paths: list[str]
) -> None:
    assert look(output, cache, paths)
    new = output / "hop-1" / "new"
    new.write_bytes(b"mine")
    assert look(output, cache, paths)  # a file of somebody's beside ours is nobody's business
    new.replace(output / "hop-1" / "familieplan.docx")
    assert not look(output, cache, paths)
    (output / "hop-1" / "familieplan.docx").unlink()
    assert not look(output, cache, paths)


def test_writing_into_a_document_where_it_lies_is_seen_at_once_in_a_small_workspace(output: Path, cache: Cache) -> None:
    assert look(output, cache, FEW)
    write_where_it_lies(output)
    assert not look(output, cache, FEW)


def test_and_in_a_large_one_when_the_lot_falls_on_it(output: Path, cache: Cache) -> None:
    assert look(output, cache, MANY)
    write_where_it_lies(output)
    assert look(output, cache, MANY)
    # The lot may begin near the end: it goes on at the beginning then.
    assert not look(output, cache, MANY, draw=lambda number: number - 1)


def test_a_folder_that_changed_a_moment_ago_is_read_whole_again(output: Path, cache: Cache) -> None:
    assert look(output, cache, MANY, after_ns=0)
    assert not known(cache).folder
    write_where_it_lies(output)
    assert not look(output, cache, MANY, after_ns=0)


def test_no_folder_where_there_should_be_documents_is_seen(output: Path, cache: Cache) -> None:
    (output / "hop-1").rename(output / "elsewhere")
    assert not look(output, cache, FEW)
    (output / "hop-1").symlink_to(output / "elsewhere")
    assert not look(output, cache, FEW)
