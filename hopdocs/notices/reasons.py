"""The ledger's own short words in plain ones: why a notice was dropped, what became of it, what a mail must not hold.

The ledger keeps English words that never change, whatever language it is read in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.catalogue import Language

_DANISH: Final = {
    "replaced by a newer edit": "en nyere rettelse kom i stedet",
    "back to what was told": "rettelsen blev taget tilbage",
    "no longer wanted": "der var ikke længere brug for den",
    "the meeting has begun": "mødet var begyndt",
    "expired": "tiden var gået",
    "consent has expired": "samtykket er udløbet",
    "family gone": "familiens fil er væk",
    "family forgotten": "familien er slettet",
    "moved to another day": "den blev flyttet til en anden dag",
    "trial is over": "prøvedriften er slut",
    "bounced": "kom retur",
    "gave up": "opgivet",
    "known": "regnes for kendt",
    "resolved": "afgjort af et menneske",
    "interrupted": "afbrudt",
    "no answer": "intet svar",
    "connection lost": "forbindelsen blev brudt",
}
_ENGLISH: Final = {"bounced": "came back", "known": "counts as told", "resolved": "settled by a person"}

_LEAKS_DANISH: Final = {
    "cpr": "CPR-nummer",
    "name": "navn",
    "phone": "telefonnummer",
    "address": "adresse",
}
_LEAKS_ENGLISH: Final = {"cpr": "CPR number", "phone": "phone number"}


def say_reason(reason: str, language: Language) -> str:
    """A reason as people say it; one that is not the ledger's own word (a server's reply) as it is."""
    return (_DANISH if language == "da" else _ENGLISH).get(reason, reason)


def say_params(params: Mapping[str, str], language: Language) -> dict[str, str]:
    """What a hold says of itself, with the kinds of personal data in words."""
    words = _LEAKS_DANISH if language == "da" else _LEAKS_ENGLISH
    kinds = [words.get(kind, kind) for kind in params.get("kinds", "").split(", ")]
    return {**params, "kinds": ", ".join(kinds)}
