"""The small letters, in the order in which a course needs them. A new one is a module beside this one, and a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.letters.afslutning import AFSLUTNINGSBREV, AFSLUTNINGSNOTAT
from hopdocs.documents.kinds.letters.dataanmodning import DATAANMODNING
from hopdocs.documents.kinds.letters.foelgebrev import FOELGEBREV
from hopdocs.documents.kinds.letters.kvitteringer import KVITTERING_FOR_SAMTYKKE, KVITTERING_FOR_TILBAGEKALDELSE
from hopdocs.documents.kinds.letters.moedeaendring import MOEDE_AFLYST, MOEDE_FLYTTET
from hopdocs.documents.kinds.letters.nej import BEKRAEFTELSE_PAA_NEJ
from hopdocs.documents.kinds.letters.ny_tovholder import NY_TOVHOLDER
from hopdocs.documents.kinds.letters.overdragelse import OVERDRAGELSESNOTAT
from hopdocs.documents.kinds.letters.paamindelse import SAMTYKKE_PAAMINDELSE
from hopdocs.documents.kinds.letters.udgiftsanmodning import UDGIFTSANMODNING
from hopdocs.documents.kinds.letters.ventetid import VENTETID

if TYPE_CHECKING:
    from hopdocs.documents.kinds.kind import DocumentKind

LETTERS: Final[tuple[DocumentKind, ...]] = (
    SAMTYKKE_PAAMINDELSE,
    BEKRAEFTELSE_PAA_NEJ,
    KVITTERING_FOR_SAMTYKKE,
    KVITTERING_FOR_TILBAGEKALDELSE,
    NY_TOVHOLDER,
    OVERDRAGELSESNOTAT,
    MOEDE_FLYTTET,
    MOEDE_AFLYST,
    FOELGEBREV,
    VENTETID,
    DATAANMODNING,
    AFSLUTNINGSBREV,
    AFSLUTNINGSNOTAT,
    UDGIFTSANMODNING,
)
