"""The filters of templates in each language: the names are those of `hopdocs.danish`, so a translation keeps its tags.

Days, lists, numbers and spans of time are Babel's (CLDR). Easy Danish has those of Danish. What is a word and not a
form of one is left to the template's own text: `uge` gives the week's number, and `klokken` the time, alone. A date in
numbers stays Danish (`24.11.2026`): the order of the country, and the one on everything else that the reader gets.
"""

from __future__ import annotations

from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from hopdocs.danish import FILTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime, time
    from decimal import Decimal

    from hopdocs.model.scalars.languages import LetterLanguage

_DAYS_REMEMBERED: Final = 1024
_CURRENCY: Final = "DKK"


@cache
def filters_of(language: LetterLanguage) -> Mapping[str, Callable[..., Any]]:
    """The filters that a template in this language has."""
    if language.is_danish:
        return FILTERS
    say = Speech(language)
    own: dict[str, Callable[..., Any]] = {
        "lang_dato": say.long_date,
        "dato": say.day_and_month,
        "maaned": say.month,
        "klokken": say.clock,
        "tidsrum": say.time_range,
        "dato_og_tid": say.date_and_time,
        "uge": say.week,
        "periode": say.period,
        "tal": say.decimal,
        "kroner": say.money,
        "varighed": say.duration,
        "liste": say.join,
        "ejefald": say.genitive,
    }
    return MappingProxyType({**FILTERS, **own})


class Speech:
    """Days, times, numbers and lists in one language that is not Danish."""

    def __init__(self, language: LetterLanguage) -> None:
        self._locale = Locale.parse(language.locale)
        self._is_english = language.code == "en"
        self.long_date = lru_cache(_DAYS_REMEMBERED)(self._long_date)
        self.day_and_month = lru_cache(_DAYS_REMEMBERED)(self._day_and_month)

    def _long_date(self, day: date) -> str:
        """`Tuesday 24 November 2026`."""
        return format_date(day, "full", locale=self._locale)

    def _day_and_month(self, day: date) -> str:
        """`24 November 2026`."""
        return format_date(day, "long", locale=self._locale)

    def month(self, day: date) -> str:
        """`November 2026`."""
        return format_skeleton("yMMMM", day, locale=self._locale)

    def clock(self, moment: time) -> str:
        """`10:00`, by the clock of 24 hours that stands on every door in Denmark."""
        return format_time(moment, "HH:mm", locale=self._locale)

    def time_range(self, start: time, end: time) -> str:
        """`10:00–12:00`."""
        return f"{self.clock(start)}–{self.clock(end)}"

    def date_and_time(self, moment: datetime) -> str:
        """`Tuesday 24 November 2026, 10:00`."""
        pattern = str(self._locale.datetime_formats["long"]).replace("'", "")
        return pattern.format(self.clock(moment.time()), self.long_date(moment.date()))

    def week(self, day: date) -> str:
        """The ISO week's number."""
        return self.decimal(day.isocalendar().week)

    def period(self, start: date, end: date | None = None) -> str:
        """`24 November 2026 – 4 December 2026`; `24 November 2026 –` while there is no end."""
        return f"{self.day_and_month(start)} – {self.day_and_month(end) if end is not None else ''}".rstrip()

    def decimal(self, number: Decimal | float) -> str:
        """`1,250.5`, with at most two decimals."""
        return str(format_decimal(number, "#,##0.##", locale=self._locale))

    def money(self, amount: Decimal | float) -> str:
        """`DKK 18,200.00`, as the language writes sums in kroner."""
        return str(format_currency(amount, _CURRENCY, locale=self._locale))

    def duration(self, minutes: int) -> str:
        """`1 hour and 30 minutes`."""
        hours, rest = divmod(minutes, 60)
        parts = [format_unit(hours, "duration-hour", locale=self._locale)] if hours else []
        if rest or not hours:
            parts.append(format_unit(rest, "duration-minute", locale=self._locale))
        return self.join(parts)

    def join(self, words: Iterable[str], _last: str = "") -> str:
        """`a, b and c`; the Danish word for the last one is no word here."""
        return format_list([word for word in words if word], locale=self._locale)

    def genitive(self, name: str) -> str:
        """`Sami’s` in English; elsewhere the name, since an ending may not be known to fit."""
        return f"{name}’s" if self._is_english else name

    def language_name(self, language: LetterLanguage) -> str:
        """What that language is called in this one: `Dari`."""
        known = Locale.parse(language.locale if language.code != language.name else language.code)
        return self._locale.languages.get(str(known)) or self._locale.languages.get(language.code) or language.name
