"""Households, dearest or most met first, out of all that the extracts say (domain: Projekt 50 of Næstved).

One pass over the rows adds them up by household, person, area and kind. Then each household's number gives way to its
keyed hash, people's numbers go, and only what is left is joined, measured against the target group and ranked.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.candidates.columns import Column
from hopdocs.candidates.engine import open_engine
from hopdocs.candidates.extract import open_extract
from hopdocs.candidates.reading import (
    AS_WRITTEN,
    PLACES,
    Period,
    Reason,
    Refused,
    check_columns,
    in_latin,
    lines_within,
    number_of,
    parsed,
    places_of,
    whose_is_unknown,
    word_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from hopdocs.candidates.engine import Engine
    from hopdocs.candidates.extract import Extract

_BLOCK: Final = 64
"""Bytes that SHA-256 takes at a time (RFC 2104: the key is padded to them)."""
_SIGNS: Final = 16
"""Of the hash, four bits each: two households of a million are the same once in 37 million lists."""


class Order(StrEnum):
    """What the list begins with."""

    COST = "cost"
    CONTACTS = "contacts"
    TOGETHER = "together"
    """By the sum of both places."""


_ORDERS: Final = {
    Order.COST: "by_cost, by_points",
    Order.CONTACTS: "by_points, by_cost",
    Order.TOGETHER: "by_cost + by_points, by_cost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be ranked, and how the municipality's words are understood."""

    costs: Sequence[Path]
    contacts: Sequence[Path]
    key: bytes
    columns: Mapping[Column, str] = field(default_factory=dict)
    areas: Mapping[str, str]
    """The code of each area, by every word for it, in small letters."""
    groups: Mapping[str, Sequence[str]]
    """By group: the words, in small letters, of which one stands in the kind of a service."""
    required_area: str | None = None
    other_areas: int = 0
    period: Period = field(default_factory=Period)
    order: Order = Order.COST
    top: int = 50
    memory_megabytes: int = 700


@dataclass(frozen=True, slots=True)
class Household:
    """One line of the list."""

    pseudonym: str
    people: int
    cost: Decimal
    costs: Mapping[str, Decimal]
    """By area; '' is what belongs to none of them."""
    areas: tuple[str, ...]
    """With expenses or contacts."""
    contact_points: int
    contacts: int
    groups: tuple[str, ...]
    place_by_cost: int
    place_by_contacts: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The list, and what it was made of."""

    households: tuple[Household, ...]
    all_households: int
    all_cost: Decimal
    in_target_group: int
    target_cost: Decimal
    rows: int
    """Read and understood, of both kinds of extracts."""
    first: date | None
    last: date | None
    refused: tuple[Refused, ...]
    unknown_areas: int
    """Rows whose area none of the words means; their money counts, and belongs to no area."""
    without_household: int
    """Contacts of people of whom no extract says which household they belong to."""

    @property
    def months(self) -> int:
        """How many months the rows are of, at least one."""
        if self.first is None or self.last is None:
            return 1
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


def rank_households(wanted: Wanted) -> Ranking:
    """Reads, adds up and ranks. Raises `EnvironmentFault` for what cannot be read, or not in so much memory."""
    with ExitStack() as until_done:
        costs, contacts = (
            [until_done.enter_context(open_extract(path, wanted.columns)) for path in paths]
            for paths in (wanted.costs, wanted.contacts)
        )
        check_columns(costs, "costs")
        check_columns(contacts, "contacts")
        ranking, wrongly = _rank(wanted, costs, contacts)
        if wrongly:
            ranking, _ = _rank(wanted, in_latin(costs, wrongly), in_latin(contacts, wrongly))
    return ranking


def _rank(wanted: Wanted, costs: Sequence[Extract], contacts: Sequence[Extract]) -> tuple[Ranking, set[str]]:
    with open_engine([*costs, *contacts], wanted.memory_megabytes) as engine:
        queries = _read(engine, wanted, costs, contacts)
        if wrongly := engine.wrongly_encoded() - {it.path for it in (*costs, *contacts) if it.encoding == "latin-1"}:
            return _NOTHING, wrongly
        refused = _refused(engine, [*costs, *contacts], queries, len(costs))
        _write_words(engine, wanted)
        _leave_numbers_behind(engine, wanted.key)
        return _ranking(engine, wanted, refused), set()


_NOTHING: Final = Ranking((), 0, Decimal(), 0, Decimal(), 0, None, None, (), 0, 0)


def _read(engine: Engine, wanted: Wanted, costs: Sequence[Extract], contacts: Sequence[Extract]) -> list[str]:
    """Fills `spent` and `met`, in which what is refused has its reason; gives the query of each extract."""
    queries = [parsed(engine, it, wanted.period, wants_amount=True) for it in costs]
    queries += [parsed(engine, it, wanted.period, wants_amount=False) for it in contacts]
    _add_up(engine, "spent", word_of(Column.KIND), dict(enumerate(queries[: len(costs)])), wants_amount=True)
    what = f"coalesce({word_of(Column.UNIT)}, {word_of(Column.AREA)})"
    _add_up(engine, "met", what, dict(enumerate(queries[len(costs) :], len(costs))), wants_amount=False)
    return queries


def _add_up(engine: Engine, table: str, what: str, queries: Mapping[int, str], *, wants_amount: bool) -> None:
    columns = ", ".join(AS_WRITTEN)
    nothing = ", ".join(f"NULL::VARCHAR AS {column}" for column in AS_WRITTEN)
    rows = " UNION ALL ".join(
        [
            f"SELECT {number} AS source, reason, {columns}, amount, day FROM ({query})"  # noqa: S608 - our own queries
            for number, query in queries.items()
        ]
        or [f"SELECT 0 AS source, 0 AS reason, {nothing}, 0::DECIMAL(14, 2) AS amount, NULL::DATE AS day WHERE false"]
    )
    unknown = whose_is_unknown(wants_amount=wants_amount)
    engine.run(f"""
        CREATE TABLE {table} AS
        SELECT source, coalesce(reason, CASE WHEN {unknown} THEN {Reason.NO_HOUSEHOLD:d} END) AS reason,
               {number_of(Column.HOUSEHOLD)} AS household, {number_of(Column.PERSON)} AS person,
               {word_of(Column.AREA)} AS area, {what} AS what, amount, times, first, last
        FROM (SELECT source, reason, {columns}, sum(amount) AS amount, count(*) AS times, min(day) AS first,
                     max(day) AS last
              FROM ({rows}) GROUP BY source, reason, {columns})
    """)  # noqa: S608 - as above


def _refused(engine: Engine, extracts: Sequence[Extract], queries: Sequence[str], costs: int) -> tuple[Refused, ...]:
    found = []
    broken = engine.broken_lines()
    for number, extract in enumerate(extracts):
        own = [it for it in broken if it.path == extract.path]
        counts = {
            Reason(reason): int(count)
            for reason, count in engine.run(
                "SELECT reason, sum(times) FROM (FROM spent UNION ALL FROM met) "
                "WHERE source = ? AND reason IS NOT NULL GROUP BY reason",
                [number],
            )
        }
        within = lines_within(engine, extract, len(own))
        for why in sorted({*counts, *([Reason.NO_ROW] if own or within else [])}):
            wants = number < costs
            asked = why in counts and why is not Reason.OUTSIDE
            places = places_of(engine, queries[number], why, own, wants_amount=wants) if asked else ()
            count = counts.get(why, 0)
            if why is Reason.NO_ROW:
                places = tuple(sorted({*places, *(it.line for it in own)})[:PLACES])
                count += len(own) + within
            found.append(Refused(extract.name, why, count, places))
    return tuple(found)


def _write_words(engine: Engine, wanted: Wanted) -> None:
    """The municipality's words for areas and groups, as tables."""
    for table, pairs in (
        ("area_words", list(wanted.areas.items())),
        ("group_words", [(word, str(1 << bit)) for bit, words in enumerate(wanted.groups.values()) for word in words]),
    ):
        engine.run(
            f"CREATE TABLE {table} AS SELECT unnest(?::VARCHAR[]) AS word, unnest(?::VARCHAR[]) AS name",
            ([word for word, _ in pairs], [name for _, name in pairs]),
        )


def _leave_numbers_behind(engine: Engine, key: bytes) -> None:
    """From `spent` and `met` to `costs` and `contacts`, in which a household is its pseudonym; the numbers are dropped.

    HMAC-SHA256 (RFC 2104), written out since the engine has the hash alone. Its signs are letters, so that no program
    reads a number into one and none of them can look like a CPR number.
    """
    padded = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C))
    engine.run(
        "CREATE TABLE homes AS SELECT person, arg_max(household, last) AS household FROM spent "
        "WHERE reason IS NULL AND person IS NOT NULL GROUP BY person"
    )
    engine.run(
        "CREATE TABLE meetings AS SELECT coalesce(met.household, homes.household) AS household, "
        "met.* EXCLUDE household FROM met LEFT JOIN homes USING (person) WHERE reason IS NULL"
    )
    engine.run(
        "CREATE TABLE pseudonyms AS SELECT household, "  # noqa: S608 - a number
        f"translate(sha256(?::BLOB || from_hex(sha256(?::BLOB || encode(household))))[:{_SIGNS}], "
        "'0123456789abcdef', 'bcdfghjkmnpqrstv') AS pseudonym "
        "FROM (SELECT household FROM spent WHERE reason IS NULL UNION SELECT household FROM meetings) "
        "WHERE household IS NOT NULL",
        (outer, inner),
    )
    engine.run(
        "CREATE TABLE kinds AS SELECT what, bit_or(name::UINTEGER) AS groups "
        "FROM (SELECT DISTINCT what FROM spent WHERE reason IS NULL AND what IS NOT NULL) "
        "JOIN group_words ON contains(what, word) GROUP BY what"
    )
    engine.run(
        "CREATE TABLE costs AS SELECT pseudonym, person, name AS area, area AS written, amount, times, first, last, "
        "groups FROM spent JOIN pseudonyms USING (household) LEFT JOIN area_words ON area = word "
        "LEFT JOIN kinds USING (what) WHERE reason IS NULL"
    )
    engine.run(
        "CREATE TABLE people AS SELECT pseudonym, count(DISTINCT person) AS people FROM costs GROUP BY pseudonym"
    )
    engine.run("ALTER TABLE costs DROP person")
    engine.run(
        "CREATE TABLE contacts AS SELECT pseudonym, name AS area, area AS written, what, times, first, last "
        "FROM meetings LEFT JOIN pseudonyms USING (household) LEFT JOIN area_words ON area = word"
    )
    for table in ("spent", "met", "meetings", "homes", "pseudonyms", "kinds"):
        engine.run(f"DROP TABLE {table}")


_HOUSEHOLDS: Final = """
    CREATE TABLE households AS
    WITH costed AS (
        SELECT pseudonym, sum(amount) AS cost, bit_or(groups) AS groups FROM costs GROUP BY pseudonym
    ), met AS (
        SELECT pseudonym, count(DISTINCT what) AS points, sum(times) AS contacts
        FROM contacts WHERE pseudonym IS NOT NULL GROUP BY pseudonym
    ), placed AS (
        SELECT pseudonym, list_sort(list(DISTINCT area)) AS areas
        FROM (SELECT pseudonym, area FROM costs UNION SELECT pseudonym, area FROM contacts) WHERE area IS NOT NULL
        GROUP BY pseudonym
    )
    SELECT pseudonym, coalesce(people, 0) AS people, coalesce(cost, 0) AS cost, coalesce(points, 0) AS points,
           coalesce(contacts, 0)::BIGINT AS contacts, coalesce(areas, []) AS areas, coalesce(groups, 0) AS groups
    FROM costed FULL JOIN met USING (pseudonym) LEFT JOIN placed USING (pseudonym) LEFT JOIN people USING (pseudonym)
"""
_CANDIDATES: Final = """
    CREATE TABLE candidates AS
    SELECT *, rank() OVER (ORDER BY cost DESC) AS by_cost, rank() OVER (ORDER BY points DESC) AS by_points
    FROM households
    WHERE ($required::VARCHAR IS NULL OR list_contains(areas, $required))
      AND len(areas) - CASE WHEN list_contains(areas, $required) THEN 1 ELSE 0 END >= $others
"""
_TOTALS: Final = """
    SELECT (SELECT count(*) FROM households), (SELECT coalesce(sum(cost), 0) FROM households),
           (SELECT count(*) FROM candidates), (SELECT coalesce(sum(cost), 0) FROM candidates),
           (SELECT coalesce(sum(times), 0)::BIGINT FROM every_row), (SELECT min(first) FROM every_row),
           (SELECT max(last) FROM every_row),
           (SELECT coalesce(sum(times), 0)::BIGINT FROM every_row WHERE written IS NOT NULL AND area IS NULL),
           (SELECT coalesce(sum(times), 0)::BIGINT FROM contacts WHERE pseudonym IS NULL)
"""


def _ranking(engine: Engine, wanted: Wanted, refused: tuple[Refused, ...]) -> Ranking:
    engine.run(_HOUSEHOLDS)
    engine.run(_CANDIDATES, {"required": wanted.required_area, "others": wanted.other_areas})
    engine.run(
        "CREATE VIEW every_row AS SELECT area, written, times, first, last FROM costs "
        "UNION ALL SELECT area, written, times, first, last FROM contacts"
    )
    listed = engine.run(
        "SELECT pseudonym, people, cost, areas, points, contacts, groups, by_cost, by_points FROM candidates "  # noqa: S608 - one of ours
        f"ORDER BY {_ORDERS[wanted.order]}, len(areas) DESC, bit_count(groups) DESC, pseudonym LIMIT {wanted.top:d}"
    )
    spread: dict[str, dict[str, Decimal]] = {}
    for pseudonym, area, amount in engine.run(
        "SELECT pseudonym, coalesce(area, ''), sum(amount) FROM costs WHERE list_contains(?::VARCHAR[], pseudonym) "
        "GROUP BY ALL ORDER BY ALL",
        [[row[0] for row in listed]],
    ):
        spread.setdefault(pseudonym, {})[area] = amount
    households = tuple(
        Household(
            row[0],
            row[1],
            row[2],
            spread.get(row[0], {}),
            tuple(row[3]),
            row[4],
            row[5],
            _groups(wanted, row[6]),
            *row[7:],
        )
        for row in listed
    )
    ((count, cost, within, within_cost, rows, first, last, unknown, homeless),) = engine.run(_TOTALS)
    return Ranking(households, count, cost, within, within_cost, rows, first, last, refused, unknown, homeless)


def _groups(wanted: Wanted, bits: int) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(wanted.groups) if bits >> bit & 1)
