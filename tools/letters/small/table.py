"""The small letters' templates by their stems."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tools.letters.small import consent, course, staff

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.letters.package import Letter

SMALL_LETTERS: Final[Mapping[str, Callable[[], Letter]]] = MappingProxyType(
    {
        "samtykke-paamindelse": consent.samtykke_paamindelse,
        "bekraeftelse-paa-nej": consent.bekraeftelse_paa_nej,
        "kvittering-for-samtykke": consent.kvittering_for_samtykke,
        "kvittering-for-tilbagekaldelse": consent.kvittering_for_tilbagekaldelse,
        "ny-tovholder": course.ny_tovholder,
        "moede-flyttet": course.moede_flyttet,
        "moede-aflyst": course.moede_aflyst,
        "foelgebrev": course.foelgebrev,
        "afslutningsbrev": course.afslutningsbrev,
        "afslutningsnotat": course.afslutningsnotat,
        "overdragelsesnotat": staff.overdragelsesnotat,
        "ventetid": staff.ventetid,
        "dataanmodning": staff.dataanmodning,
        "udgiftsanmodning": staff.udgiftsanmodning,
    }
)
