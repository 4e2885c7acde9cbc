"""How dates, times, numbers and lists read in Danish, and the filters that templates use for it.

Forms after Retskrivningsordbogen and the EU style guide for Danish: "tirsdag den 24. november 2026 kl. 10.00",
"kl. 10.00–12.00" with an en dash, decimal comma, "uge 48" by ISO 8601. A non-breaking space stands between the
day and its month, "kl." and its time, "§" and its number, so that Word never breaks a line there. Babel's own
Danish data are used; the machine's locale never is.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from hopdocs.model.scalars.moments import MONTHS, WEEKDAYS

DANISH = Locale("da", "DK")
NBSP = "\u00a0"
"""Keeps two words on one line."""
_DAYS_REMEMBERED = 4096
"""Babel takes a while over each day, and letters name the same few."""
DAY_PATTERN = f"d.'{NBSP}'MMMM"


@lru_cache(_DAYS_REMEMBERED)
def day_and_month(day: date) -> str:
    """`24. november 2026`."""
    return format_date(day, f"{DAY_PATTERN} y", locale=DANISH)


@lru_cache(_DAYS_REMEMBERED)
def long_date(day: date) -> str:
    """`tirsdag den 24. november 2026`."""
    return f"{format_date(day, 'EEEE', locale=DANISH)} den {day_and_month(day)}"


@lru_cache(_DAYS_REMEMBERED)
def short_date(day: date) -> str:
    """`24.11.2026`, for tables."""
    return format_date(day, "d.M.y", locale=DANISH)


@lru_cache(_DAYS_REMEMBERED)
def month_name(day: date) -> str:
    """`november 2026`."""
    return format_date(day, "MMMM y", locale=DANISH)


@lru_cache(_DAYS_REMEMBERED)
def short_month(day: date) -> str:
    """`nov. 26`, where a chart has little room."""
    return format_date(day, f"MMM'{NBSP}'yy", locale=DANISH)


def clock(moment: time) -> str:
    """`kl. 10.00`."""
    return f"kl.{NBSP}{moment.hour:02d}.{moment.minute:02d}"


def time_range(start: time, end: time) -> str:
    """`kl. 10.00–12.00`."""
    return f"{clock(start)}–{end.hour:02d}.{end.minute:02d}"


def date_and_time(moment: datetime) -> str:
    """`tirsdag den 24. november 2026 kl. 10.00`."""
    return f"{long_date(moment)} {clock(moment.time())}"


def say_day(day: date, *, year: bool = False) -> str:
    """`tirsdag den 24. november` in a mail, which has no lines of its own to keep together; with the year if asked."""
    text = f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def say_clock(moment: datetime) -> str:
    """`10.00`, without "kl."."""
    return f"{moment.hour:02d}.{moment.minute:02d}"


def phone_on_one_line(number: str | None) -> str:
    """`00 00 12 00`, which no line of a letter breaks; empty when there is none."""
    return (number or "").replace(" ", NBSP)


def week(day: date) -> str:
    """`uge 48`: the ISO week, which in the first days of January may be the old year's last."""
    return f"uge{NBSP}{day.isocalendar().week}"


def period(start: date, end: date | None = None) -> str:
    """`24. november–4. december 2026`; `fra 24. november 2026` while there is no end."""
    if end is None:
        return f"fra den {day_and_month(start)}"
    if start.year == end.year:
        return f"{format_date(start, DAY_PATTERN, locale=DANISH)}–{day_and_month(end)}"
    return f"{day_and_month(start)}–{day_and_month(end)}"


@lru_cache(1024)
def decimal(number: Decimal | float) -> str:
    """`1.250,5`: as many decimals as the number has, at most two. Few numbers are told, and each of them often."""
    return str(format_decimal(number, "#,##0.##", locale=DANISH))


def money(amount: Decimal | float) -> str:
    """`18.200 kr.`; øre only where there are some."""
    whole = Decimal(amount) == Decimal(amount).to_integral_value()
    return f"{format_decimal(amount, '#,##0' if whole else '#,##0.00', locale=DANISH)}{NBSP}kr."


def duration(minutes: int) -> str:
    """`1 time`, `2 timer`, `1 time og 30 minutter`, `45 minutter`."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{NBSP}{'time' if hours == 1 else 'timer'}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}{'minut' if rest == 1 else 'minutter'}")
    return join(parts)


def join(words: Iterable[str], last: str = "og") -> str:
    """`a, b og c`, without a comma before the last word.

    Where an item has its own "og" ("Børn og Familie"), the last one is joined by "samt", so that both can be told.
    """
    items = [word for word in words if word]
    if last == "og" and any(" og " in item for item in items):
        last = "samt"
    if len(items) < 2:  # noqa: PLR2004 - one thing is no list
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def first_name(name: str) -> str:
    """The first of somebody's names, up to the first blank; a name of blanks alone is as it was.

    "Anne Marie" is called Anne: nobody can tell a double name from a name and a middle name.
    """
    return name.split(maxsplit=1)[0] if name.split() else name


def last_name(name: str) -> str:
    """The last of them."""
    return name.rsplit(maxsplit=1)[-1] if name.split() else name


def genitive(name: str) -> str:
    """`Samis`, `Jonas'`: names that end in an s sound take an apostrophe."""
    return f"{name}'" if name[-1:].lower() in ("s", "x", "z") else f"{name}s"


def capitalise(text: str) -> str:
    """A capital first letter, the rest as written (a name inside keeps its own)."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """A small first letter, for text that goes on inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


_SENTENCE_ENDS = (".", "!", "?", "…", ":")
_CLOSERS = "\"'»«”’)"


def sentence(text: str) -> str:
    """What somebody wrote, with the capital and the full stop that people leave out between two phone calls."""
    written = capitalise(text.rstrip())
    if not written or written.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS):
        return written
    return f"{written}." if written[-1].isalnum() or written[-1] in "%)" else written


def yes_no(answer: bool) -> str:  # noqa: FBT001 - a template filter has one argument, the value
    """`ja` or `nej`."""
    return "ja" if answer else "nej"


def law_text(reference: str) -> str:
    """A law reference whose `§` never stands alone at the end of a line."""
    return re.sub(r"(§+|stk\.|nr\.) (?=\S)", rf"\1{NBSP}", reference)


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "lang_dato": long_date,
        "dato": day_and_month,
        "kort_dato": short_date,
        "maaned": month_name,
        "klokken": clock,
        "tidsrum": time_range,
        "dato_og_tid": date_and_time,
        "uge": week,
        "periode": period,
        "tal": decimal,
        "kroner": money,
        "varighed": duration,
        "liste": join,
        "ejefald": genitive,
        "stort": capitalise,
        "lille": lower,
        "saetning": sentence,
        "ja_nej": yes_no,
        "lovtekst": law_text,
    }
)
"""The words that templates use. `{{ meeting.date | lang_dato }}`, `{{ meeting.start | tidsrum(meeting.end) }}`."""
