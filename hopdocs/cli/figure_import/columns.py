"""Which column holds what: known by its head, in Danish or English, or by what the person says of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from hopdocs.model.scalars.values import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.cli.figure_import.tables import Row, Table
    from hopdocs.model.config import Config
    from hopdocs.model.indicators import IndicatorKind
    from hopdocs.model.scalars.values import AreaCode


class Column(StrEnum):
    """What a column may hold."""

    CASE = "case"
    MEMBER = "member"
    BORN = "born"
    INDICATOR = "indicator"
    VALUE = "value"
    MONTH = "month"
    DATE = "date"
    MOMENT = "moment"
    AREA = "area"
    AMOUNT = "amount"
    COUNT = "count"
    SOURCE = "source"
    INFORMANT = "informant"


class Kind(StrEnum):
    """What the rows of a table are about."""

    INDICATORS = "indicators"
    COSTS = "costs"
    SERVICES = "services"


_HEADS: Final[Mapping[Column, str]] = {
    Column.CASE: "case|case number|sagsnummer|sagsnr|sag|sags nr|sags-nr|familie|family|familie id|family id",
    Column.MEMBER: (
        "member|medlem|person|fornavn|first name|for|barn|barnet|barnets navn|borger|elev|elevens navn|fulde navn"
    ),
    Column.BORN: "born|født|fødselsdato|fødselsdag|date of birth|birth date",
    Column.INDICATOR: "indicator|indikator|key|nøgle|måling",
    Column.VALUE: "value|værdi|tal|score|svar|resultat",
    Column.MONTH: "month|måned|periode|period",
    Column.DATE: "date|dato|målt|measured|svardato|besvaret|afsluttet dato|optalt",
    Column.MOMENT: "moment|tidspunkt|runde|start eller slut",
    Column.AREA: "area|fagområde|område|forvaltning",
    Column.AMOUNT: "amount|beløb|udgift|udgifter|kr|kroner|cost|costs",
    Column.COUNT: "count|antal|ydelser|antal ydelser|services",
    Column.SOURCE: "source|kilde",
    Column.INFORMANT: "informant|oplyst af|besvaret af|svaret af",
}
_COLUMN_OF: Final = {name: column for column, names in _HEADS.items() for name in names.split("|")}
_LOOSE_NAMES: Final = ("navn", "name")
"""Somebody's name where no other column says who; beside one it may be anything's."""
_ASIDE: Final = re.compile(r"[(\[].*?[)\]]")
_SIGNS: Final = re.compile(r"[^\w-]+|_")
_LOOKED_AT: Final = 20
"""How many rows may stand above the heads: a title, who made it, a blank line."""


@dataclass(frozen=True)
class Layout:
    """Where everything stands in one table. `fixed` holds what is the same for all its rows."""

    kind: Kind
    heads: Row
    places: Mapping[Column, int]
    fixed: Mapping[Column, str]
    indicators: Mapping[int, IndicatorKind]
    areas: Mapping[int, AreaCode]
    unused: tuple[str, ...]

    def has(self, column: Column) -> bool:
        """Whether anything is known of it."""
        return column in self.places or column in self.fixed


class HeadsUnknown(Exception):
    """No row of the table can be its heads: the nearest one, and what it lacks."""

    def __init__(self, heads: Row | None, missing: str, twice: str = "") -> None:
        super().__init__(missing)
        self.heads = heads
        self.missing = missing
        self.twice = twice


@dataclass(frozen=True)
class Reading:
    """How the person says that the heads are to be read: `named` by head, `fixed` by column."""

    named: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[Column, str] = field(default_factory=dict)


def find_layout(table: Table, config: Config, reading: Reading) -> Layout:
    """The first row that can be heads, and what it says. Raises `HeadsUnknown`."""
    best: tuple[int, HeadsUnknown] = (-1, HeadsUnknown(None, Column.CASE))
    for row in table.rows[:_LOOKED_AT]:
        found = _Heads(row, config, reading)
        missing = found.missing()
        if not missing and not found.twice:
            return found.layout()
        if found.known > best[0]:
            best = (found.known, HeadsUnknown(row, missing, found.twice))
    raise best[1]


def column_named(word: str) -> Column | None:
    """The column of that name or head."""
    return _COLUMN_OF.get(_plain(word))


def nearest_column(word: str) -> str:
    """The column that was probably meant."""
    return nearest(word, list(_COLUMN_OF))


def unknown_meaning(reading: Reading, config: Config) -> str:
    """The first that the person said of a head and that no column can hold; '' if each may be held."""
    names = {*_LOOSE_NAMES, *(_plain(kind.label) for kind in config.catalogue.kinds), *_areas_by_name(config)}
    for word in reading.named.values():
        is_named = _plain(word) in names or column_named(word) is not None
        if not is_named and config.catalogue.find(word) is None:
            return word
    return ""


class _Heads:
    """One row, read as heads."""

    def __init__(self, row: Row, config: Config, reading: Reading) -> None:
        self._row, self._fixed = row, reading.fixed
        self._places: dict[Column, int] = {}
        self._indicators: dict[int, IndicatorKind] = {}
        self._areas: dict[int, AreaCode] = {}
        self._unused: list[str] = []
        self.twice = ""
        loose: dict[int, str] = {}
        named = {_plain(head): meaning for head, meaning in reading.named.items()}
        areas = _areas_by_name(config)
        kinds = {_plain(kind.label): kind for kind in config.catalogue.kinds}
        for place, cell in enumerate(row.cells):
            head = str(cell)
            word = named.get(_plain(head), head)
            bare = _ASIDE.sub("", word).strip()  # `Fravær (%)` is called `fravær`
            column = column_named(bare)
            kind = config.catalogue.find(bare) or kinds.get(_plain(word)) or kinds.get(_plain(bare))
            if column is not None:
                self.twice = self.twice or (head if column in self._places else "")
                self._places.setdefault(column, place)
            elif kind is not None:
                self._indicators[place] = kind
            elif (area := areas.get(_plain(word))) is not None:
                self._areas[place] = area
            elif _plain(bare) in _LOOSE_NAMES:
                loose[place] = head
            elif head:
                self._unused.append(head)
        if len(loose) == 1 and Column.MEMBER not in self._places:
            self._places[Column.MEMBER] = loose.popitem()[0]
        self._unused += loose.values()

    @property
    def known(self) -> int:
        return len(self._places) + len(self._indicators) + len(self._areas)

    def missing(self) -> str:
        """The first column without which nothing can be read; '' if there is none."""
        if not self._has(Column.CASE):
            return Column.CASE
        kind = self._kind()
        if kind is None:
            return Column.VALUE
        times = {
            Kind.INDICATORS: (Column.MONTH, Column.DATE, Column.MOMENT),
            Kind.COSTS: (Column.MONTH, Column.DATE),
            Kind.SERVICES: (Column.DATE,),
        }[kind]
        return "" if any(map(self._has, times)) else times[0]

    def layout(self) -> Layout:
        kind = self._kind()
        assert kind is not None  # noqa: S101 - asked for only where nothing is missing
        return Layout(kind, self._row, self._places, self._fixed, self._indicators, self._areas, tuple(self._unused))

    def _kind(self) -> Kind | None:
        """Amounts are costs and counts are services; of areas side by side, those with a month are costs."""
        if self._indicators or (self._has(Column.INDICATOR) and self._has(Column.VALUE)):
            return Kind.INDICATORS
        if self._areas or self._has(Column.AREA):
            if self._has(Column.AMOUNT) or (self._areas and self._has(Column.MONTH)):
                return Kind.COSTS
            if self._has(Column.COUNT) or self._areas:
                return Kind.SERVICES
        return None

    def _has(self, column: Column) -> bool:
        return column in self._places or column in self._fixed


def _areas_by_name(config: Config) -> dict[str, AreaCode]:
    named = {_plain(area.name): code for code, area in config.areas.items()}
    return named | {_plain(code): code for code in config.areas}


def area_named(word: str, config: Config) -> AreaCode | None:
    """The area of that code or name, whatever the case of its letters."""
    return _areas_by_name(config).get(_plain(word))


def _plain(head: str) -> str:
    """In small letters, one blank for each run of other signs."""
    text = unicodedata.normalize("NFC", head).casefold()
    return " ".join(_SIGNS.sub(" ", text).split())
