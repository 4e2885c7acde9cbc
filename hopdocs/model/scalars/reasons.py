"""Why something was called off, moved, put aside or ended: what letters may say of it.

A reason is written by the tovholder for herself, and may speak of anybody. No paper repeats it. What a paper says is
one of the few words here: written in `told_as`, or as the whole reason.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final

from hopdocs.model.scalars.values import closed_list

if TYPE_CHECKING:
    from collections.abc import Mapping


class ToldReason(StrEnum):
    """A reason that tells of nobody, in the words that letters use."""

    SYGDOM = "sygdom"
    DOBBELTBOOKING = "to aftaler på samme tid"
    ØNSKE = "familiens ønske"
    TOLK = "tolken meldte afbud"
    FERIE = "ferie"
    VEJR = "vejret"
    PRAKTISK = "praktiske grunde"
    MÅL = "målet er nået"


_OTHER_SPELLINGS: Final = {
    "illness": "sygdom",
    "dobbeltbooking": "to aftaler på samme tid",
    "double booking": "to aftaler på samme tid",
    "family wish": "familiens ønske",
    "familien ønsker det": "familiens ønske",
    "interpreter": "tolken meldte afbud",
    "tolken kan ikke": "tolken meldte afbud",
    "holiday": "ferie",
    "weather": "vejret",
    "practical": "praktiske grunde",
    "goal reached": "målet er nået",
    "målene er nået": "målet er nået",
    "nået": "målet er nået",
}

TOLD_AS: Final = "Det, brevene siger i stedet for grunden. Uden ordet siger de ingen grund."
"""The key's description for the editor: the same wherever it stands."""

ToldReasonWord = Annotated[ToldReason, closed_list(ToldReason, _OTHER_SPELLINGS)]

_READ_AS: Final[Mapping[str, ToldReason]] = MappingProxyType(
    {str(word): word for word in ToldReason}
    | {spelling: ToldReason(value) for spelling, value in _OTHER_SPELLINGS.items()}
)


def told_reason(reason: str | None, told_as: ToldReason | None) -> ToldReason | None:
    """What papers say: the word beside the reason, else the reason itself if it is one of those words."""
    if told_as is not None:
        return told_as
    return _READ_AS.get(" ".join((reason or "").casefold().split()).rstrip("."))


def say_reason(reason: str | None, told_as: ToldReason | None) -> str:
    """The same as a text; empty if the reason is the tovholder's alone."""
    return str(told_reason(reason, told_as) or "")
