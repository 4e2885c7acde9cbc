"""What was handed over is remembered in the ledger's file, row by row, and never forgotten."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from hopdocs.errors import LedgerFault
from hopdocs.freshness.delivered import DeliveredCopies, DeliveredCopy

COPY = DeliveredCopy(
    family="HOP-2026-007",
    kind="familieplan",
    meeting="",
    recipient="nadira",
    edition=1,
    day=date(2026, 9, 28),
    how="handed_over",
    to="nadira",
    folder="HOP-2026-007",
    files=(("2026-09-28-familieplan-nadira.docx", "abc"),),
    facts='{"goals": []}',
)


@pytest.fixture
def copies() -> Iterator[DeliveredCopies]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        found = DeliveredCopies(connection)
        found.prepare()
        yield found


def test_a_copy_is_read_as_it_was_written(copies: DeliveredCopies) -> None:
    copies.keep([COPY])
    assert copies.of_family("HOP-2026-007") == (COPY,)
    assert copies.of_family("HOP-2026-002") == ()


def test_a_pdf_that_came_later_is_added_and_everything_else_stays(copies: DeliveredCopies) -> None:
    copies.keep([COPY])
    with_pdf = replace(COPY, files=(*COPY.files, ("2026-09-28-familieplan-nadira.pdf", "def")))
    copies.keep([replace(with_pdf, edition=9, folder="elsewhere", facts="")])
    assert copies.of_family("HOP-2026-007") == (with_pdf,)


def test_the_same_paper_to_two_people_on_one_day_is_two_copies_in_the_order_of_days(copies: DeliveredCopies) -> None:
    father = replace(COPY, to="tariq", recipient="tariq")
    earlier = replace(COPY, day=date(2026, 9, 1))
    copies.keep([COPY, father, earlier])
    assert copies.of_family("HOP-2026-007") == (earlier, COPY, father)
    assert list(copies.all()) == [earlier, COPY, father]


def test_a_ledger_that_no_build_has_written_in_has_no_copies() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert DeliveredCopies(connection).of_family("HOP-2026-007") == ()


def test_a_ledger_that_refuses_says_so() -> None:
    closed = sqlite3.connect(":memory:")
    closed.close()
    with pytest.raises(LedgerFault):
        DeliveredCopies(closed).of_family("HOP-2026-007")
