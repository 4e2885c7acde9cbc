"""The extracts' rows: each understood, or refused with its reason and its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from hopdocs.candidates.columns import DAY_FORMS, Column, has_decimal_comma
from hopdocs.candidates.engine import lines_of, rows_of, swallows, text_of
from hopdocs.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hopdocs.candidates.engine import BrokenLine, Engine
    from hopdocs.candidates.extract import Extract

_SAMPLE: Final = 2000
PLACES: Final = 5
_THOUSANDS: Final = r"-?[0-9]{1,3}([.][0-9]{3})+(,[0-9]{1,2})?-?"
_MOST: Final = 1_000_000_000
"""More kroner than this in one row are no expense."""


class Reason(IntEnum):
    """Why a row is left out."""

    NO_ROW = 1
    """It has more or fewer columns than the head, or a quotation mark that nothing ends."""
    NO_HOUSEHOLD = 2
    NO_AMOUNT = 3
    NO_DAY = 4
    OUTSIDE = 5
    """Of a day outside the period that was asked for: nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """So many rows of one extract for one reason, and where the first ones stand."""

    name: str
    reason: Reason
    count: int
    rows: tuple[int, ...] = ()
    """Numbers as a spreadsheet counts them: the head is 1."""


@dataclass(frozen=True, slots=True)
class Period:
    """From and to, each with its day; None has no end."""

    first: date | None = None
    last: date | None = None


_NEEDED: Final = {
    "costs": ((Column.HOUSEHOLD,), (Column.AMOUNT,), (Column.DATE,)),
    "contacts": ((Column.HOUSEHOLD, Column.PERSON), (Column.UNIT, Column.AREA), (Column.DATE,)),
}


def check_columns(extracts: Sequence[Extract], what: str) -> None:
    """Raises an `EnvironmentFault` for the first extract that lacks a column without which its rows say nothing."""
    for extract in extracts:
        for one_of in _NEEDED[what]:
            if not any(column in extract.columns for column in one_of):
                raise EnvironmentFault("HD891", path=extract.name, column=" / ".join(one_of))


def parsed(engine: Engine, extract: Extract, period: Period, *, wants_amount: bool) -> str:
    """A query of the extract's rows with amount and day read, the rest as written: that is cleaned once it is added up.

    Those with a `reason` are left out by whoever reads it.
    """
    amount = _amount_of(engine, extract) if wants_amount else "0::DECIMAL(14, 2)"
    outside = [f"day < DATE '{period.first}'"] if period.first else []
    outside += [f"day > DATE '{period.last}'"] if period.last else []
    written = ", ".join(f"{_written(extract, column)} AS {column}" for column in AS_WRITTEN)
    return f"""
        SELECT *, CASE WHEN is_several THEN {Reason.NO_ROW:d}
                       WHEN amount IS NULL OR abs(amount) > {_MOST} THEN {Reason.NO_AMOUNT:d}
                       WHEN day IS NULL THEN {Reason.NO_DAY:d}
                       WHEN {" OR ".join(outside) or "false"} THEN {Reason.OUTSIDE:d} END AS reason
        FROM (SELECT {written}, {amount} AS amount, {_day_of(engine, extract)} AS day,
                     {swallows(extract)} AS is_several
              FROM {rows_of(extract, keeps_broken=True)})
    """  # noqa: S608 - columns and forms are from our own lists, days are dates


AS_WRITTEN: Final = (Column.HOUSEHOLD, Column.PERSON, Column.AREA, Column.UNIT, Column.KIND)


def _written(extract: Extract, column: Column) -> str:
    return f"c{extract.columns[column]}" if column in extract.columns else "NULL::VARCHAR"


def number_of(column: Column) -> str:
    """A person's or household's number in one form: no dashes or blanks, and the zero that a spreadsheet dropped.

    In a spreadsheet a number of ten digits is a float, and has `.0` at its end.
    """
    text = f"replace(replace({column}, '-', ''), ' ', '')"
    text = f"CASE WHEN suffix({text}, '.0') THEN {text}[:-3] ELSE {text} END"
    is_short = f"length({text}) = 9 AND regexp_full_match({text}, '[0-9]+')"
    return f"nullif(CASE WHEN {is_short} THEN '0' || {text} ELSE {text} END, '')"


def word_of(column: Column) -> str:
    """A word for an area, a unit or a kind, as the municipality's words are compared with it."""
    return f"nullif(lower(trim({column})), '')"


def whose_is_unknown(*, wants_amount: bool) -> str:
    """Whether a row says of nobody's."""
    household, person = number_of(Column.HOUSEHOLD), number_of(Column.PERSON)
    return f"{household} IS NULL" if wants_amount else f"{household} IS NULL AND {person} IS NULL"


def _amount_of(engine: Engine, extract: Extract) -> str:
    """Kroner. A minus may stand behind the number, where some accounting systems write it."""
    text = text_of(extract, Column.AMOUNT)
    samples = _samples_of(engine, extract, text)
    if any("," in it for it in samples) if extract.is_spreadsheet else has_decimal_comma(samples):
        whole = f"CASE WHEN NOT contains({text}, '.') THEN {text} WHEN regexp_full_match({text}, '{_THOUSANDS}') "
        text = f"replace({whole} THEN replace({text}, '.', '') END, ',', '.')"
    number = f"CASE WHEN suffix({text}, '-') THEN '-' || {text}[:-2] ELSE {text} END"
    return f"try_cast({number} AS DECIMAL(14, 2))"


def _day_of(engine: Engine, extract: Extract) -> str:
    text = text_of(extract, Column.DATE)
    samples = _samples_of(engine, extract, text)
    fitting = {
        form: engine.run("SELECT count(try_strptime(it, ?)) FROM unnest(?::VARCHAR[]) one(it)", (form, samples))[0][0]
        for form in DAY_FORMS
    }
    form = max(DAY_FORMS, key=fitting.__getitem__)
    return f"try_strptime({text}, '{form}')::DATE"


def _samples_of(engine: Engine, extract: Extract, text: str) -> list[str]:
    table = rows_of(extract, keeps_broken=False)
    rows = engine.run(f"SELECT it FROM (SELECT {text} AS it FROM {table} LIMIT {_SAMPLE}) WHERE it <> ''")  # noqa: S608 - as above
    return [it for (it,) in rows]


def places_of(
    engine: Engine, query: str, reason: Reason, broken: Sequence[BrokenLine], *, wants_amount: bool
) -> tuple[int, ...]:
    """Where the first rows that are refused for a reason stand: the engine counts those alone that are rows at all."""
    unknown = whose_is_unknown(wants_amount=wants_amount)
    why = f"coalesce(reason, CASE WHEN {unknown} THEN {Reason.NO_HOUSEHOLD:d} END) AS why"
    engine.run("SET preserve_insertion_order = true")
    numbered = f"SELECT row_number() OVER () + 1 AS number, {why} FROM ({query})"  # noqa: S608 - as above
    found = engine.run(f"SELECT number FROM ({numbered}) WHERE why = {reason:d} LIMIT {PLACES}")  # noqa: S608 - as above
    engine.run("SET preserve_insertion_order = false")
    return tuple(_with_broken(number, [it.line for it in broken]) for number in sorted(number for (number,) in found))


def _with_broken(number: int, lines: Sequence[int]) -> int:
    for line in lines:
        number += line <= number
    return number


def lines_within(engine: Engine, extract: Extract, broken: int) -> int:
    """How many lines a quotation mark that nothing ended keeps from being rows; `broken` are known to be none.

    What the engine takes for one row, or for one broken line, may be thousands: the file's own lines tell.
    """
    if not extract.has_quotes:
        return 0
    breaks = " + ".join(f"coalesce(length(c{n}) - length(replace(c{n}, chr(10), '')), 0)" for n in range(extract.width))
    ((rows, broken_off, swallowed),) = engine.run(f"""
        SELECT count(*), coalesce(sum(breaks), 0), coalesce(sum(breaks) FILTER (is_several), 0)
        FROM (SELECT {breaks} AS breaks, coalesce({swallows(extract)}, false) AS is_several
              FROM {rows_of(extract, keeps_broken=True)})
    """)  # noqa: S608 - as above
    ((lines,),) = engine.run(f"SELECT count(*) FROM {lines_of(extract)} WHERE line <> ''")  # noqa: S608 - as above
    return int(swallowed) + max(0, int(lines) - extract.head_lines - int(rows) - int(broken_off) - broken)


def in_latin(extracts: Sequence[Extract], paths: set[str]) -> list[Extract]:
    """Those of the paths in the other encoding: their beginning looked like UTF-8, and a later line was not."""
    return [replace(it, encoding="latin-1") if it.path in paths else it for it in extracts]
