"""The catalogue of indicators: what may be measured, for whom, in which unit and how often.

hopdocs ships one (`indikatorer.yaml`), after the indicators of the national project 2013-2016 and of
samarbejdsaftale 2023 (Effektmåling); a municipality may add its own or replace an entry by its key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.measurement import ValueSourceWord
from hopdocs.model.scalars.values import DecimalNumber, KeyText, Text, YesNo, closed_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Subject(StrEnum):
    """Whom an indicator says something about."""

    BARN = "barn"
    UNG = "ung"
    """From thirteen on: what a younger child has none of, like a job after school."""
    VOKSEN = "voksen"
    FAMILIE = "familie"
    MEDARBEJDER = "medarbejder"


class Cadence(StrEnum):
    """How often a value is written."""

    MÅNEDLIG = "månedlig"
    HALVÅRLIG = "halvårlig"
    ÅRLIG = "årlig"
    START_OG_SLUT = "start_og_slut"
    DATATRÆK = "datatræk"
    """At the start, after 6, 12 and 18 months, and at the end."""
    HÆNDELSE = "hændelse"


class Better(StrEnum):
    """Which way is the better one."""

    HØJERE = "højere"
    LAVERE = "lavere"
    INGEN = "ingen"


SubjectWord = Annotated[Subject, closed_list(Subject, {"child": "barn", "youth": "ung", "adult": "voksen"})]
CadenceWord = Annotated[Cadence, closed_list(Cadence, {"monthly": "månedlig", "event": "hændelse"})]
BetterWord = Annotated[Better, closed_list(Better, {"higher": "højere", "lower": "lavere", "neither": "ingen"})]


class IndicatorKind(Entry):
    """One thing that may be measured."""

    key: KeyText = keyed("Nøgle", "Det, der skrives som key under measurements: b_trivsel.")
    label: Text = keyed("Navn", "Som det står i breve og rapporter.")
    who: SubjectWord = keyed("Hvem", "barn, ung (fra 13 år), voksen, familie eller medarbejder.")
    unit: Text = keyed("Enhed", "For eksempel %, timer, point, ja/nej.")
    lowest: DecimalNumber | None = keyed("Laveste", "Uden: ingen nedre grænse.", default=None)
    highest: DecimalNumber | None = keyed("Højeste", "Uden: ingen øvre grænse.", default=None)
    rhythm: CadenceWord = keyed("Hvor tit", "månedlig, halvårlig, årlig, start_og_slut, datatræk eller hændelse.")
    better: BetterWord = keyed("Bedre er", "højere, lavere eller ingen.", default=Better.INGEN)
    source: ValueSourceWord | None = keyed("Kilde", "register eller indtastet.", default=None)
    by: Text | None = keyed("Skrives af", "tovholder, skole, økonomi …", default=None)
    group: Text | None = keyed("Gruppe", "En af børnenes seks eller de voksnes syv grupper.", default=None)
    topic: Text | None = keyed(
        "Emne", "Hvad interviewet med familien kalder det, når der spørges til det der.", default=None
    )
    question: Text | None = keyed(
        "Spørgsmål", "Overskriften over det i interviewet: Hænger hjælpen sammen?", default=None
    )
    scale: Text | None = keyed("Skalaens spørgsmål", "Det, familien svarer på fra 0 til 10.", default=None)
    informant: YesNo = keyed("Oplyst af kræves", "ja, når den, der har svaret, altid skal nævnes (SDQ).", default=False)
    health: YesNo = keyed("Helbred", "ja, når værdien er en helbredsoplysning.", default=False)
    aliases: tuple[KeyText, ...] = keyed("Andre nøgler", "Tidligere navne for det samme.", default=())

    @property
    def is_yes_or_no(self) -> bool:
        """Whether its values are 1 for yes and 0 for no."""
        return self.unit == "ja/nej"


@dataclass(frozen=True)
class IndicatorCatalogue:
    """All indicators of a municipality, in the order in which they are listed."""

    kinds: tuple[IndicatorKind, ...] = field(default=())

    def find(self, key: str) -> IndicatorKind | None:
        """The indicator of that key or alias, whatever the case of its letters."""
        return self._by_key.get(key.casefold())

    def is_same(self, one: str, other: str) -> bool:
        """Whether two keys, as written, mean the same indicator."""
        found = self.find(one)
        return one.casefold() == other.casefold() or (found is not None and found is self.find(other))

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that may be written as a key: the keys, then the aliases."""
        return (*(kind.key for kind in self.kinds), *(alias for kind in self.kinds for alias in kind.aliases))

    @property
    def labels(self) -> dict[str, str]:
        """What each key is called."""
        return {kind.key: kind.label for kind in self.kinds}

    def joined(self, own: Iterable[IndicatorKind]) -> IndicatorCatalogue:
        """These with others beside them; one with the same key stands in the place of the earlier one."""
        by_key = {kind.key.casefold(): kind for kind in self.kinds}
        return IndicatorCatalogue(tuple((by_key | {kind.key.casefold(): kind for kind in own}).values()))

    @cached_property
    def _by_key(self) -> Mapping[str, IndicatorKind]:
        aliases = {alias.casefold(): kind for kind in self.kinds for alias in kind.aliases}
        return aliases | {kind.key.casefold(): kind for kind in self.kinds}


NO_INDICATORS = IndicatorCatalogue()
