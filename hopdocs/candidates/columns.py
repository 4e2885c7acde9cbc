"""Which column of an extract is which, by its head, and how its amounts and days are written."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Column(StrEnum):
    """What a column may hold. The values are what `--column` takes."""

    PERSON = "person"
    HOUSEHOLD = "household"
    AREA = "area"
    UNIT = "unit"
    KIND = "kind"
    AMOUNT = "amount"
    DATE = "date"


_HEADS: Final[Mapping[Column, str]] = {
    Column.PERSON: (
        "person personid personnr personnummer cpr cprnr cprnummer borger borgerid borgercpr borgerscpr citizen"
    ),
    Column.HOUSEHOLD: (
        "household householdid husstand husstandid husstandsid husstandnr husstandsnr husstandsnummer "
        "familie familieid familienr familienummer family"
    ),
    Column.AREA: "area fagområde fagomraade område omraade forvaltning center sektor department",
    Column.UNIT: "unit enhed afdeling team kontaktsted kontaktpunkt sagsbehandler rådgiver",
    Column.KIND: (
        "kind service ydelse ydelsestype ydelsesnavn indsats indsatstype foranstaltning art artstekst kontotekst gruppe"
    ),
    Column.AMOUNT: "amount cost beløb beloeb udgift udgifter kroner kr pris nettobeløb bruttobeløb",
    Column.DATE: "date month dato dag måned maaned periode bogføringsdato bogfoeringsdato posteringsdato kontaktdato",
}
"""The heads that each is known by, in small letters, without signs and blanks."""
_NOT_A_SIGN: Final = re.compile(r"[\W_]+")

DAY_FORMS: Final = (
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%d-%m-%Y %H:%M:%S",
    "%Y-%m",
    "%m-%Y",
    "%Y%m%d",
    "%Y%m",
)
"""How extracts write a day or a month; the first that reads most of them is the file's. Years always have four digits:
of `01-02-03` nobody can say what it means."""


def recognise_columns(heads: Sequence[str], named: Mapping[Column, str]) -> dict[Column, int]:
    """Each column's index: by the head that the person named for it, else by one that is known. The first counts."""
    plain = [_plain(head) for head in heads]
    found: dict[Column, int] = {}
    for column, known in _HEADS.items():
        wanted = [_plain(named[column])] if column in named else known.split()
        place = next((index for index, head in enumerate(plain) if head in wanted), None)
        if place is not None:
            found[column] = place
    return found


def _plain(head: str) -> str:
    return _NOT_A_SIGN.sub("", head.casefold())


def has_decimal_comma(samples: Sequence[str]) -> bool:
    """Whether amounts are written as in Danish, `1.234,50`.

    Without a comma anywhere, points tell: `12.50` has a decimal point, and `1.234` is twelve hundred and something to
    everybody who writes Danish.
    """
    if any("," in text for text in samples):
        return True
    points = [text for text in samples if "." in text]
    return not any(re.fullmatch(r"-?\d{1,3}(\.\d{3})+-?", text.strip()) is None for text in points)
