"""Days, times of day and months, in every form that a Danish caseworker writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated

from hopdocs.model.scalars.values import TEXTUAL, Reader, reject, shorten

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


_HYPHENS = str.maketrans(dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"))
_ISO_DATE = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_POINT_DATE = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})(?:[./-] ?| )(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}(?:[./-] ?\d{1,2}(?:[./-] ?| )|\.? ?[a-zæøå]+\.? )'?\d{2}")
_WORD_DATE = re.compile(r"(\d{1,2})\.? ?([a-zæøå]+)\.? (\d{4})")
_WEEKDAY_LEAD = re.compile(r"(?:([a-zæøå]{2,}),? )?(?:den |d\. ?)?(.*)")


def _plain(text: str) -> str:
    """In small letters, with the one space and the one hyphen that Word and mails put others in place of."""
    return " ".join(text.lower().translate(_HYPHENS).split())


def parse_date(text: str) -> date:
    """`2026-11-24`, `24.11.2026`, `24. november 2026`, `tirsdag den 24.11.2026`; a wrong weekday is refused."""
    lowered = _plain(text)
    weekday = ""
    lead = _WEEKDAY_LEAD.fullmatch(lowered)
    if lead and lead[1] not in MONTHS:
        weekday, lowered = lead[1] or "", lead[2]
        if weekday == "den":
            weekday = ""
        elif weekday and weekday not in WEEKDAYS:
            reject("HD130", value=shorten(text))
    found = _read_calendar_day(lowered, text)
    if weekday and WEEKDAYS[found.weekday()] != weekday:
        reject("HD131", value=shorten(text), weekday=WEEKDAYS[found.weekday()], date=found.isoformat())
    return found


def _read_calendar_day(lowered: str, text: str) -> date:
    if iso := _ISO_DATE.fullmatch(lowered):
        year, month, day = (int(part) for part in iso.groups())
    elif point := _POINT_DATE.fullmatch(lowered):
        day, month, year = (int(part) for part in point.groups())
    elif (word := _WORD_DATE.fullmatch(lowered)) and (number := _month_number(word[2])):
        day, month, year = int(word[1]), number, int(word[3])
    elif _SHORT_YEAR.fullmatch(lowered):
        reject("HD162", value=shorten(text))
    else:
        reject("HD130", value=shorten(text))
    try:
        found = date(year, month, day)
    except ValueError:
        reject("HD132", value=shorten(text))
    if not 1900 <= found.year <= 2199:  # noqa: PLR2004 - a typing mistake in the year, never a real day here
        reject("HD132", value=shorten(text))
    return found


def _month_number(word: str) -> int:
    names = [name for name in MONTHS if name == word or (len(word) >= 3 and name.startswith(word))]  # noqa: PLR2004
    return MONTHS.index(names[0]) + 1 if len(names) == 1 else 0


DanishDate = Annotated[date, Reader(parse_date, {"type": "string"})]
"""A calendar day, in any of the forms people write."""


_CLOCK = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d{2}))?")
_SPAN = re.compile(r"(?:fra )?((?:kl\.? ?)?\d{1,2}(?:[.:]\d{2})?) ?(?:-|til) ?((?:kl\.? ?)?\d{1,2}(?:[.:]\d{2})?)")


_NEARLY_CLOCK = re.compile(r"(?<!\d)(\d{1,2}?)(?:[ .:,;]?(\d{2}))?(?!\d)")


def parse_time(text: str) -> time:
    """`10.00`, `10:00`, `kl. 9.30`, and a whole hour: where a time is asked for, `10` is nothing else."""
    found = _CLOCK.fullmatch(_plain(text))
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock
        reject("HD133", value=shorten(text), meant=_meant_time(text))
    return time(hour, minute)


def split_span(text: str) -> tuple[str, str] | None:
    """Both ends of `14.00-15.00`, `kl. 14-15`, `14 til 15.30`; None for anything else."""
    found = _SPAN.fullmatch(_plain(text))
    return (found[1], found[2]) if found else None


def parse_start(text: str) -> time:
    """The same for a beginning, which may be written as a span: its end was split off before (`TimedEntry`)."""
    return parse_time(text)


def _meant_time(text: str) -> str:
    """What `1300` and `13,00` probably mean, to be written by a person; else any time."""
    found = _NEARLY_CLOCK.search(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (10, 0)
    return f"{hour:02d}.{minute:02d}" if hour <= 23 and minute <= 59 else "10.00"  # noqa: PLR2004 - the clock


ClockTime = Annotated[time, Reader(parse_time, TEXTUAL)]
"""A time of day, local to the municipality."""

StartTime = Annotated[time, Reader(parse_start, TEXTUAL)]
"""When something begins; with its end in the same line if nothing else says that."""


def parse_date_and_time(text: str) -> datetime:
    """`2026-11-24 10.00`: a local day and time."""
    day, _, clock = _plain(text).rpartition(" ")
    if not re.fullmatch(r"\d{1,2}[.:]\d{2}", clock):
        reject("HD134", value=shorten(text))
    return datetime.combine(parse_date(re.sub(r"[ ,]*kl\.?$", "", day)), parse_time(clock))


DateAndTime = Annotated[datetime, Reader(parse_date_and_time, {"type": "string"})]
"""A local day and time, without a zone."""


def parse_month(text: str) -> date:
    """`2026-09`, `09.2026`, `september 2026`: a calendar month, as its first day."""
    lowered = _plain(text)
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})", lowered):
        year, month = int(iso[1]), int(iso[2])
    elif point := re.fullmatch(r"(\d{1,2})[./-](\d{4})", lowered):
        year, month = int(point[2]), int(point[1])
    elif word := re.fullmatch(r"([a-zæøå]+) (\d{4})", lowered):
        year, month = int(word[2]), _month_number(word[1])
    else:
        reject("HD139", value=shorten(text))
    if not 1 <= month <= 12 or not 1900 <= year <= 2199:  # noqa: PLR2004 - the calendar
        reject("HD139", value=shorten(text))
    return date(year, month, 1)


Month = Annotated[date, Reader(parse_month, TEXTUAL)]
"""A calendar month, held as its first day."""
