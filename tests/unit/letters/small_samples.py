"""The small letters as they mostly look, to a parent and to a youth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from hopdocs.documents.kinds.letters.afslutning import AfslutningsbrevContext, AfslutningsnotatContext, GoalOutcome
from hopdocs.documents.kinds.letters.dataanmodning import DataanmodningContext, DrawLine
from hopdocs.documents.kinds.letters.foelgebrev import FoelgebrevContext
from hopdocs.documents.kinds.letters.kvitteringer import (
    KvitteringForSamtykkeContext,
    KvitteringForTilbagekaldelseContext,
)
from hopdocs.documents.kinds.letters.moedeaendring import MoedeAflystContext, MoedeFlyttetContext
from hopdocs.documents.kinds.letters.nej import BekraeftelsePaaNejContext
from hopdocs.documents.kinds.letters.ny_tovholder import NyTovholderContext
from hopdocs.documents.kinds.letters.overdragelse import HandedOverLine, OverdragelsesnotatContext
from hopdocs.documents.kinds.letters.paamindelse import PaamindelseContext
from hopdocs.documents.kinds.letters.udgiftsanmodning import UdgiftsanmodningContext
from hopdocs.documents.kinds.letters.ventetid import VentetidContext, WaitLine
from tests.unit.letters.samples import (
    COORDINATOR,
    INGOLF,
    MUNICIPALITY,
    NADIRA,
    NOBODY,
    YASMIN,
    document,
    familieplan,
    meeting,
)

if TYPE_CHECKING:
    from hopdocs.documents.views import Context, Recipient

CASE = "26-012345"
BES = replace(NOBODY, key="BES", name="Beskæftigelse", first_name="Beskæftigelse")
LAST = date(2027, 10, 12)


def paamindelse(recipient: Recipient = NADIRA) -> PaamindelseContext:
    return PaamindelseContext(
        document=document("samtykke-paamindelse", "Vi mangler dit svar"), municipality=MUNICIPALITY, case_number=CASE,
        recipient=recipient, tovholder=COORDINATOR, form_given=date(2026, 9, 15),
    )  # fmt: skip


def nej(recipient: Recipient = NADIRA) -> BekraeftelsePaaNejContext:
    return BekraeftelsePaaNejContext(
        document=document("bekraeftelse-paa-nej", "Vi har fået dit svar"), municipality=MUNICIPALITY, case_number=CASE,
        recipient=recipient, tovholder=COORDINATOR, refused=date(2026, 12, 1), is_over=True,
    )  # fmt: skip


def ja(recipient: Recipient = NADIRA) -> KvitteringForSamtykkeContext:
    return KvitteringForSamtykkeContext(
        document=document("kvittering-for-samtykke", "Tak for dit samtykke"), municipality=MUNICIPALITY,
        case_number=CASE, recipient=recipient, tovholder=COORDINATOR, given=date(2026, 9, 22), until=date(2027, 9, 22),
        areas=("Børn og Familie", "Beskæftigelse"), children=("Sami", "Lina"), received_by="Ingolf Iskrystal",
    )  # fmt: skip


def trukket(recipient: Recipient = NADIRA) -> KvitteringForTilbagekaldelseContext:
    return KvitteringForTilbagekaldelseContext(
        document=document("kvittering-for-tilbagekaldelse", "Vi har modtaget din tilbagekaldelse"),
        municipality=MUNICIPALITY, case_number=CASE, recipient=recipient, tovholder=COORDINATOR,
        taken_back=date(2026, 11, 20), areas=("Sundhed og Omsorg",), left=("Børn og Familie", "Beskæftigelse"),
        is_over=False,
    )  # fmt: skip


def helt_trukket(recipient: Recipient = NADIRA) -> KvitteringForTilbagekaldelseContext:
    return replace(trukket(recipient), areas=(), left=(), is_over=True)


def ny_tovholder(recipient: Recipient = NADIRA) -> NyTovholderContext:
    return NyTovholderContext(
        document=document("ny-tovholder", "Ny tovholder"), municipality=MUNICIPALITY, case_number=CASE,
        recipient=recipient, tovholder=INGOLF, from_=date(2026, 11, 24), chosen_by_family=True,
        previous="Rigmor Rimfrost",
    )  # fmt: skip


def flyttet(recipient: Recipient = NADIRA) -> MoedeFlyttetContext:
    return MoedeFlyttetContext(
        document=document("moede-flyttet", "Familieplansmødet er flyttet"), municipality=MUNICIPALITY,
        case_number=CASE, recipient=recipient, tovholder=INGOLF, meeting=meeting(),
        old_time=datetime(2026, 11, 17, 10), reason="tolken meldte afbud",  # noqa: DTZ001 - local time
    )  # fmt: skip


def aflyst(recipient: Recipient = NADIRA) -> MoedeAflystContext:
    return MoedeAflystContext(
        document=document("moede-aflyst", "Familieplansmødet er aflyst"), municipality=MUNICIPALITY, case_number=CASE,
        recipient=recipient, tovholder=INGOLF, meeting=meeting(), reason="sygdom",
    )  # fmt: skip


def foelgebrev(recipient: Recipient = NADIRA) -> FoelgebrevContext:
    return FoelgebrevContext(
        document=document("foelgebrev", "Familieplanen er klar"), municipality=MUNICIPALITY, case_number=CASE,
        recipient=recipient, tovholder=INGOLF, follow_up_weeks=8,
    )  # fmt: skip


def afslutningsbrev(recipient: Recipient = NADIRA) -> AfslutningsbrevContext:
    return AfslutningsbrevContext(
        document=document("afslutningsbrev", "Planen er slut"), municipality=MUNICIPALITY, case_number=CASE,
        recipient=recipient, tovholder=INGOLF, ended=LAST, reason="målet er nået",
        goals=(
            GoalOutcome(goal="Samis fravær er under 10 % i marts 2027.", progress="nået"),
            GoalOutcome(goal="Nadira går til dansk tre gange om ugen i marts 2027.", progress=""),
        ),
        continues=("Barnets plan (Børn og Familie)",),
    )  # fmt: skip


def afslutningsnotat(recipient: Recipient = NADIRA) -> AfslutningsnotatContext:
    return AfslutningsnotatContext(
        document=document("afslutningsnotat", "Arbejdet med planen er stoppet"), municipality=MUNICIPALITY,
        case_number=CASE, recipient=recipient, tovholder=COORDINATOR, ended=LAST,
        continues=("Barnets plan (Børn og Familie)",),
    )  # fmt: skip


def overdragelse() -> OverdragelsesnotatContext:
    plan = familieplan(BES)
    return OverdragelsesnotatContext(
        document=document("overdragelsesnotat", "Overdragelse til ny tovholder"), municipality=MUNICIPALITY,
        case_number=CASE, recipient=BES, tovholder=INGOLF, family_name="Familien Zamirandi", from_=date(2026, 11, 24),
        previous="Rigmor Rimfrost", previous_phone="00 00 12 02",
        next_meeting="Opfølgningsmøde tirsdag den 19. januar 2027", team=plan.team,
        agreed=(
            HandedOverLine(agreed="Pelle følger fraværet.", who="Pelle Pærevang", due=date(2026, 12, 1)),
            HandedOverLine(agreed="Planen hænger på køleskabet.", who="", due=None),
        ),
        sharing=plan.sharing, records_name="eDoc",
    )  # fmt: skip


def ventetid() -> VentetidContext:
    return VentetidContext(
        document=document("ventetid", "Ventetid, der rammer en familieplan"), municipality=MUNICIPALITY,
        case_number=CASE, recipient=replace(NOBODY, name="Styregruppen", first_name="Styregruppen"),
        tovholder=COORDINATOR, limit_days=56,
        waits=(
            WaitLine(area="Handicap og Psykiatri", activity="Støtte i hjemmet", applied=date(2025, 6, 16),
                     expected=None, days=74, consequence="morgenerne kan ikke komme i gang"),
            WaitLine(area="Sundhed og Omsorg", activity="", applied=date(2026, 6, 16), expected=date(2026, 12, 1),
                     days=0, consequence=""),
            WaitLine(area="Beskæftigelse", activity="Praktik", applied=date(2026, 6, 16), expected=None, days=0,
                     consequence=""),
        ),
    )  # fmt: skip


def dataanmodning() -> DataanmodningContext:
    return DataanmodningContext(
        document=document("dataanmodning", "Anmodning om data"), municipality=MUNICIPALITY, case_number=CASE,
        recipient=BES, tovholder=COORDINATOR,
        draws=(DrawLine(name="6 måneder efter start", due=date(2027, 4, 6)), DrawLine(name="Ved afslutning", due=LAST)),
        officer="data-bes@vesterlyng.example",
    )  # fmt: skip


def udgiftsanmodning() -> UdgiftsanmodningContext:
    return UdgiftsanmodningContext(
        document=document("udgiftsanmodning", "Anmodning om udgifter pr. måned"), municipality=MUNICIPALITY,
        case_number=CASE, recipient=replace(NOBODY, name="Økonomiafdelingen"), tovholder=COORDINATOR,
        first_month=date(2026, 10, 1), last_month=date(2027, 10, 1),
    )  # fmt: skip


TO_FAMILY: dict[str, tuple[str, Context]] = {
    "samtykke-paamindelse": ("samtykke-paamindelse", paamindelse()),
    "samtykke-paamindelse-ung": ("samtykke-paamindelse", paamindelse(YASMIN)),
    "bekraeftelse-paa-nej": ("bekraeftelse-paa-nej", nej()),
    "bekraeftelse-paa-nej-alene": ("bekraeftelse-paa-nej", replace(nej(YASMIN), is_over=False)),
    "bekraeftelse-paa-nej-til-andre": ("bekraeftelse-paa-nej", replace(nej(), refused=None)),
    "kvittering-for-samtykke": ("kvittering-for-samtykke", ja()),
    "kvittering-for-samtykke-ung": ("kvittering-for-samtykke", replace(ja(YASMIN), children=())),
    "kvittering-for-tilbagekaldelse": ("kvittering-for-tilbagekaldelse", trukket()),
    "kvittering-for-tilbagekaldelse-hel": ("kvittering-for-tilbagekaldelse", helt_trukket()),
    "kvittering-for-tilbagekaldelse-ung": (
        "kvittering-for-tilbagekaldelse",
        replace(helt_trukket(YASMIN), is_over=False),
    ),
    "ny-tovholder": ("ny-tovholder", ny_tovholder()),
    "ny-tovholder-den-foerste": ("ny-tovholder", replace(ny_tovholder(), previous="", chosen_by_family=False)),
    "ny-tovholder-den-foerste-ung": (
        "ny-tovholder",
        replace(ny_tovholder(YASMIN), previous="", chosen_by_family=False),
    ),
    "ny-tovholder-ung": ("ny-tovholder", ny_tovholder(YASMIN)),
    "moede-flyttet": ("moede-flyttet", flyttet()),
    "moede-flyttet-ung": ("moede-flyttet", flyttet(YASMIN)),
    "moede-aflyst": ("moede-aflyst", aflyst()),
    "moede-aflyst-ung": ("moede-aflyst", aflyst(YASMIN)),
    "foelgebrev": ("foelgebrev", foelgebrev()),
    "foelgebrev-ung": ("foelgebrev", foelgebrev(YASMIN)),
    "afslutningsbrev": ("afslutningsbrev", afslutningsbrev()),
    "afslutningsbrev-ung": ("afslutningsbrev", afslutningsbrev(YASMIN)),
    "afslutningsnotat": ("afslutningsnotat", afslutningsnotat()),
    "afslutningsnotat-ung": ("afslutningsnotat", afslutningsnotat(YASMIN)),
}

TO_STAFF: dict[str, tuple[str, Context]] = {
    "overdragelsesnotat": ("overdragelsesnotat", overdragelse()),
    "ventetid": ("ventetid", ventetid()),
    "dataanmodning": ("dataanmodning", dataanmodning()),
    "udgiftsanmodning": ("udgiftsanmodning", udgiftsanmodning()),
}
