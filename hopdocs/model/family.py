"""One family: everything that stands in one YAML file."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from hopdocs.model.consent import Consent
from hopdocs.model.entry import Entry, Visibility, keyed
from hopdocs.model.measurement import Measurements, WaitingTime
from hopdocs.model.meeting import Meeting, NoticeSwitchWord
from hopdocs.model.people import (
    Case,
    Contact,
    Member,
    NetworkPerson,
    Referral,
    TeamMember,
    TovholderPeriod,
)
from hopdocs.model.plan import Plan
from hopdocs.model.scalars.moments import DanishDate
from hopdocs.model.scalars.reasons import TOLD_AS, ToldReasonWord
from hopdocs.model.scalars.values import (
    AreaRef,
    FamilyIdText,
    MeetingRef,
    MemberRef,
    StaffRef,
    Text,
    WholeNumber,
    YesNo,
    closed_list,
)

if TYPE_CHECKING:
    from datetime import date


class DeliveryRoute(StrEnum):
    """How a document was really handed over."""

    HANDED_OVER = "handed_over"
    DIGITAL_POST = "digital_post"
    PAPER = "paper"


DeliveryRouteWord = Annotated[
    DeliveryRoute,
    closed_list(DeliveryRoute, {"udleveret": "handed_over", "digital post": "digital_post", "papir": "paper"}),
]


class AssessmentPart(Entry):
    """One area's part of the familiefaglig undersøgelse."""

    area: AreaRef = keyed("Fagområde")
    by: StaffRef = keyed("Af")
    date: DanishDate = keyed("Dato")
    works: Text | None = keyed("Det fungerer", default=None)
    concerns: Text | None = keyed("Bekymringer", default=None)
    wishes: Text | None = keyed("Ønsker", default=None)
    file: Text | None = keyed("Fil", "Teksten, når den er skrevet et andet sted.", default=None)
    for_: tuple[MemberRef, ...] = keyed(
        "For", "Hvem delen handler om. Uden: alle, som fagområdet arbejder med.", alias="for", default=()
    )
    sources: Text | None = keyed("Kilder", "Hvad delen bygger på: samtaler, test, udtalelser.", default=None)
    internal: Text | None = keyed("Kun for fagpersoner", "Det, der ikke tales om på mødet.", default=None)
    visible_to: Visibility | None = keyed("Synlig for", "all, eller personer og fagområder.", default=None)


class FamilyRhythm(Entry):
    """How often this family's plan is followed up, when not as the municipality's target."""

    every_weeks: WholeNumber = keyed("Uger imellem")
    reason: Text | None = keyed("Grund", default=None)
    told_as: ToldReasonWord | None = keyed("Fortælles som", TOLD_AS, default=None)


class Delivery(Entry):
    """What was really handed over. The file is kept as it was."""

    document: Text = keyed("Dokument", "familieplan, invitation, referat …")
    meeting: MeetingRef | None = keyed("Møde", default=None)
    to: tuple[MemberRef, ...] = keyed("Til")
    date: DanishDate = keyed("Dato")
    how: DeliveryRouteWord = keyed("Hvordan", "handed_over, digital_post eller paper.")


class Pause(Entry):
    """A pause that was agreed."""

    from_: DanishDate = keyed("Fra", alias="from")
    to: DanishDate | None = keyed("Til", default=None)
    reason: Text | None = keyed("Grund", default=None)


class ContinuingPlan(Entry):
    """A plan that lives on after this one."""

    plan: Text = keyed("Plan")
    area: AreaRef = keyed("Fagområde")


class Closing(Entry):
    """How the course ended."""

    date: DanishDate = keyed("Dato")
    reason: Text = keyed("Grund")
    told_as: ToldReasonWord | None = keyed("Fortælles som", TOLD_AS, default=None)
    continues: tuple[ContinuingPlan, ...] = keyed("Lever videre", default=())


class Family(Entry):
    """A family's course, as its tovholder keeps it."""

    id: FamilyIdText = keyed("Id", "HOP-2026-007: bruges i mails og logs i stedet for navne.")
    name: Text = keyed("Navn", "Står kun i dokumenter.")
    case_number: Text | None = keyed("Sagsnummer", "Den fælles sag i fagsystemet.", default=None)
    start_date: DanishDate = keyed("Startdato", "Herfra tælles 0, 6, 12 og 18 måneder.")
    contact: Contact | None = keyed("Kontakt", "Familiens adresse.", default=None)
    notices: NoticeSwitchWord | None = keyed("Mails", "hold: intet sendes, før linjen er væk.", default=None)
    referral: Referral | None = keyed("Henvendelse", default=None)
    information_given: DanishDate | None = keyed("Informeret", "Hvornår informationsbrevet blev givet.", default=None)
    members: dict[MemberRef, Member] = keyed("Familien", "Hver person under en kort nøgle.")
    criteria: tuple[Text, ...] = keyed("Kriterier", default=())
    cases: tuple[Case, ...] = keyed("Sager", default=())
    consents: tuple[Consent, ...] = keyed("Samtykker", "Slettes aldrig: nej og tilbagekaldelse hører med.", default=())
    team: tuple[TeamMember, ...] = keyed("Familieteam", default=())
    tovholder: tuple[TovholderPeriod, ...] = keyed("Tovholder", "Ny linje ved hvert skifte.", default=())
    network: tuple[NetworkPerson, ...] = keyed("Netværk", default=())
    assessment: tuple[AssessmentPart, ...] = keyed("Familiefaglig undersøgelse", "En del pr. fagområde.", default=())
    meetings: tuple[Meeting, ...] = keyed("Møder", default=())
    plan: Plan | None = keyed("Plan", default=None)
    follow_up: FamilyRhythm | None = keyed("Opfølgning", "Når rytmen ikke er kommunens.", default=None)
    deliveries: tuple[Delivery, ...] = keyed("Udleveret", default=())
    waiting_times: tuple[WaitingTime, ...] = keyed("Ventetider", default=())
    measurements: Measurements | None = keyed("Målinger", default=None)
    pauses: tuple[Pause, ...] = keyed("Pauser", default=())
    closing: Closing | None = keyed("Afslutning", default=None)
    moved_away: DanishDate | None = keyed("Fraflyttet", default=None)
    target_group_left: YesNo = keyed("Udgået af målgruppen", default=False)

    def team_on(self, day: date) -> tuple[TeamMember, ...]:
        """The team of that day, in the file's order."""
        return tuple(line for line in self.team if line.is_on_team(day))

    def tovholder_on(self, day: date) -> TovholderPeriod | None:
        """The tovholder of that day: the latest line that has begun and not ended."""
        begun = [line for line in self.tovholder if line.from_ <= day and (line.to is None or day <= line.to)]
        return max(begun, key=lambda line: line.from_) if begun else None

    def last_day_of_course(self, today: date) -> date | None:
        """The day the course ended, by its closing or because the family moved away; None while it runs."""
        days = (self.closing.date if self.closing is not None else None, self.moved_away)
        return min((day for day in days if day is not None and day <= today), default=None)

    def meeting(self, meeting_id: str) -> Meeting | None:
        """The meeting with that id."""
        return next((meeting for meeting in self.meetings if meeting.id == meeting_id), None)
