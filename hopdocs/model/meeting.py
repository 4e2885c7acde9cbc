"""Meetings: what is planned, who comes, which children take part and why, what was said."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

from hopdocs.model.entry import Entry, TimedEntry, Visibility, keyed
from hopdocs.model.scalars.moments import ClockTime, DanishDate, DateAndTime, StartTime
from hopdocs.model.scalars.places import PlaceText
from hopdocs.model.scalars.reasons import TOLD_AS, ToldReasonWord
from hopdocs.model.scalars.values import (
    AreaRef,
    EmailAddress,
    MeetingRef,
    MemberRef,
    StaffRef,
    Text,
    WholeNumber,
    YesNo,
    closed_list,
)


class MeetingType(StrEnum):
    """The kinds of meeting of one family's course (samarbejdsaftale 2023, Mødestruktur)."""

    INTRODUKTIONSMØDE = "introduktionsmøde"
    FAGLIGT_FORMØDE = "fagligt formøde"
    FAMILIEPLANSMØDE = "familieplansmøde"
    OPFØLGNINGSMØDE = "opfølgningsmøde"
    AFSLUTNINGSMØDE = "afslutningsmøde"
    INTERVIEW = "interview"

    @property
    def is_for_family(self) -> bool:
        """Whether the family takes part: in all but the two meetings of professionals alone."""
        return self not in (MeetingType.INTRODUKTIONSMØDE, MeetingType.FAGLIGT_FORMØDE)

    @property
    def definite(self) -> str:
        """The meeting as one speaks of it: "familieplansmødet", "samtalen"."""
        return "samtalen" if self is MeetingType.INTERVIEW else f"{self.value}t"


FAMILY_MEETINGS: Final = (MeetingType.FAMILIEPLANSMØDE, MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE)
"""The meetings of family and team that the plan lives by."""


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


MEETING_TYPE_WORDS = {"formøde": "fagligt formøde", "opfølgende møde": "opfølgningsmøde"}
"""What the types are also called."""
MeetingTypeWord = Annotated[MeetingType, closed_list(MeetingType, MEETING_TYPE_WORDS)]
MeetingStatusWord = Annotated[
    MeetingStatus,
    closed_list(
        MeetingStatus,
        {"planlagt": "planned", "afholdt": "held", "aflyst": "cancelled", "udeblevet": "no_show", "udeblev": "no_show"},
    ),
]


class Move(Entry):
    """A meeting moved: from when, on which day, why, and who of the family was told when."""

    from_: DateAndTime = keyed("Fra", 'Den gamle tid: "2026-11-24 10.00".', alias="from")
    on: DanishDate = keyed("Flyttet den")
    reason: Text | None = keyed("Grund", default=None)
    told_as: ToldReasonWord | None = keyed("Fortælles som", TOLD_AS, default=None)
    told: dict[MemberRef, DanishDate] = keyed("Fortalt", "Hvem i familien der har fået besked, og hvornår.", default={})


class Guest(Entry):
    """Somebody from outside team and family, such as a bisidder."""

    name: Text = keyed("Navn")
    role: Text | None = keyed("Rolle", "bisidder, lærer, læge …", default=None)
    email: EmailAddress | None = keyed("E-mail", default=None)


class Interpreter(Entry):
    """The interpreter of one meeting."""

    language: Text = keyed("Sprog")
    name: Text | None = keyed("Navn", "Tolken eller bureauet.", default=None)
    booked: DanishDate | None = keyed("Bestilt", default=None)
    cancelled: DanishDate | None = keyed("Afbestilt", default=None)


class FamilyPoint(Entry):
    """Something the family wants to talk about."""

    point: Text = keyed("Punkt")
    visible_to: Visibility | None = keyed("Synlig for", "all, eller personer og fagområder.", default=None)


class AgendaPoint(Entry):
    """One point on the agenda."""

    point: Text = keyed("Punkt")
    minutes: WholeNumber | None = keyed("Minutter", default=None)
    by: Text | None = keyed("Ved", "Hvem der har punktet.", default=None)


def _read_point(value: Any) -> Any:
    return {"point": value} if isinstance(value, str) else value


FamilyPointLine = Annotated[FamilyPoint, BeforeValidator(_read_point, json_schema_input_type=str | FamilyPoint)]
AgendaLine = Annotated[AgendaPoint, BeforeValidator(_read_point, json_schema_input_type=str | AgendaPoint)]


class ChildEntry(Entry):
    """Whether one child takes part in one meeting, and why: a reason is due either way (barnets lov § 5)."""

    attends: YesNo | None = keyed("Deltager", default=None)
    part: Text | None = keyed("Hvornår", "En del af mødet: de første 30 minutter.", default=None)
    reason: Text | None = keyed("Begrundelse", default=None)
    view: Text | None = keyed("Barnets syn", "Hvad barnet har sagt, og hvordan det er hentet.", default=None)
    assessed_by: StaffRef | None = keyed("Vurderet af", default=None)
    assessed: DanishDate | None = keyed("Vurderet den", default=None)
    parents_agree: YesNo | None = keyed("Forældrene er enige", default=None)


class Attendance(Entry):
    """Who did not come. Everybody else who was invited did."""

    absent: tuple[Text, ...] = keyed("Udeblevet", "Kom ikke, uden afbud.", default=())
    excused: tuple[Text, ...] = keyed("Afbud", default=())


class MinutesPoint(Entry):
    """What was said and agreed under one point."""

    point: Text = keyed("Punkt")
    text: Text | None = keyed("Gengivelse", default=None)
    agreed: Text | None = keyed("Aftale", default=None)
    who: Text | None = keyed("Ansvarlig", "Medarbejder eller person i familien.", default=None)
    due: DanishDate | None = keyed("Senest", default=None)
    done: DanishDate | None = keyed(
        "Gjort", "Hvornår aftalen blev holdt. Indtil da følger den med til næste møde.", default=None
    )
    decided_in: AreaRef | None = keyed("Afgøres i", "Fagområdet, der træffer beslutningen.", default=None)
    for_: tuple[MemberRef, ...] = keyed(
        "For", "Hvem punktet handler om. Uden linjen er det hele familien.", alias="for", default=()
    )
    visible_to: Visibility | None = keyed("Synlig for", "all, eller personer og fagområder.", default=None)


class Minutes(Entry):
    """The minutes (referat)."""

    by: StaffRef | None = keyed("Referent", default=None)
    approved: DanishDate | None = keyed("Godkendt", default=None)
    points: tuple[MinutesPoint, ...] = keyed("Punkter", default=())
    family_remarks: Text | None = keyed("Familiens bemærkninger", default=None)
    internal: Text | None = keyed("Kun for fagpersoner", default=None)


class NoticeSwitch(StrEnum):
    """A hand on the brake: nothing leaves until the line is gone."""

    HOLD = "hold"


NoticeSwitchWord = Annotated[NoticeSwitch, closed_list(NoticeSwitch, {"vent": "hold"})]


class Meeting(TimedEntry):
    """One meeting."""

    id: MeetingRef = keyed("Id", "Kort navn, som aldrig skifter: det binder indkaldelsen til kalenderen.")
    type: MeetingTypeWord = keyed("Mødetype")
    date: DanishDate = keyed("Dato")
    start: StartTime = keyed("Start", '"10.00", eller begge dele her: 10.00-12.00.')
    end: ClockTime = keyed("Slut", '"12.00"')
    place: PlaceText = keyed("Sted", "Et id fra places i config.yaml, fri tekst eller home:<person>.")
    status: MeetingStatusWord | None = keyed("Status", "planned, held, cancelled eller no_show.", default=None)
    reason: Text | None = keyed(
        "Grund", "Hvorfor mødet er aflyst, eller ingen kom. Til dig selv: står i ingen breve.", default=None
    )
    told_as: ToldReasonWord | None = keyed("Fortælles som", TOLD_AS, default=None)
    moved: tuple[Move, ...] = keyed("Flyttet", default=())
    notices: NoticeSwitchWord | None = keyed("Mails", "hold: intet sendes, før linjen er væk.", default=None)
    invited: tuple[StaffRef, ...] | None = keyed("Indkaldte", "Ellers hele teamet den dag.", default=None)
    stand_ins: dict[StaffRef, StaffRef] = keyed("Stedfortrædere", "Hvem der kommer i stedet for hvem.", default={})
    guests: tuple[Guest, ...] = keyed("Gæster", default=())
    interpreter: Interpreter | None = keyed("Tolk", default=None)
    message: Text | None = keyed("Besked", "Et afsnit til netop dette mødes breve.", default=None)
    sheet: YesNo = keyed(
        "Ark til bordet", "ja: planen i stor skrift med tomme linjer, til at skrive på.", default=False
    )
    family_points: tuple[FamilyPointLine, ...] = keyed("Familiens punkter", default=())
    agenda: tuple[AgendaLine, ...] = keyed("Dagsorden", "Ellers den, der hører til mødetypen.", default=())
    children_as: MeetingRef | None = keyed("Børn som ved", "Arver børnenes linjer fra et andet møde.", default=None)
    children: dict[MemberRef, ChildEntry] = keyed("Børn", "Om hvert barn er med, og hvorfor.", default={})
    attendance: Attendance | None = keyed("Fremmøde", default=None)
    minutes: Minutes | None = keyed("Referat", default=None)
