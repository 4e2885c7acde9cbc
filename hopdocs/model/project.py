"""`project.yaml`: what belongs to no family."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from hopdocs.model.entry import Entry, TimedEntry, keyed
from hopdocs.model.meeting import Attendance, MeetingStatusWord
from hopdocs.model.scalars.moments import ClockTime, DanishDate, StartTime
from hopdocs.model.scalars.values import KeyText, StaffRef, Text, WholeNumber, YesNo, closed_list


class Level(StrEnum):
    """How likely or how grave a risk is."""

    LAV = "lav"
    MIDDEL = "middel"
    HØJ = "høj"


LevelWord = Annotated[Level, closed_list(Level, {"low": "lav", "medium": "middel", "high": "høj"})]


class ProjectPoint(Entry):
    """What was said and agreed under one point; no family is named here."""

    point: Text = keyed("Punkt", "Punktets overskrift.")
    text: Text | None = keyed("Gengivelse", "Uden familiers navne.", default=None)
    agreed: Text | None = keyed("Aftale", "Hvad der blev aftalt.", default=None)
    who: Text | None = keyed("Ansvarlig", "Medarbejderens korte id, eller et navn.", default=None)
    due: DanishDate | None = keyed("Senest", "Hvornår det skal være gjort.", default=None)
    done: DanishDate | None = keyed("Gjort", "Hvornår aftalen var på plads.", default=None)


class ProjectMinutes(Entry):
    """The minutes of a meeting about the work itself."""

    by: StaffRef | None = keyed("Referent", "Hvem der skrev referatet.", default=None)
    approved: DanishDate | None = keyed("Godkendt", "Uden dagen er det et udkast.", default=None)
    points: tuple[ProjectPoint, ...] = keyed("Punkter", "Et punkt ad gangen.", default=())


class ProjectMeeting(TimedEntry):
    """A meeting about the work itself: a stop-op-dag, the steering group's or the working group's."""

    id: KeyText = keyed("Id")
    date: DanishDate = keyed("Dato")
    start: StartTime = keyed("Start")
    end: ClockTime = keyed("Slut")
    place: Text = keyed("Sted")
    status: MeetingStatusWord | None = keyed("Status", "planned, held eller cancelled.", default=None)
    invited: tuple[StaffRef, ...] | None = keyed("Indkaldte", "Ellers hele gruppen.", default=None)
    agenda: tuple[Text, ...] = keyed("Dagsorden", default=())
    attendance: Attendance | None = keyed("Fremmøde", "Hvem der ikke kom.", default=None)
    minutes: ProjectMinutes | None = keyed("Referat", "Hvad der blev sagt og aftalt.", default=None)


class Milestone(Entry):
    """Something to have reached by a day."""

    name: Text = keyed("Milepæl")
    start: DanishDate | None = keyed("Begynder", "Arbejdet hen mod den; uden dagen er den et punkt.", default=None)
    due: DanishDate = keyed("Senest")
    reached: DanishDate | None = keyed("Nået", default=None)


class Risk(Entry):
    """What might go wrong, and what is done about it."""

    name: Text = keyed("Risiko")
    likelihood: LevelWord = keyed("Sandsynlighed", "lav, middel eller høj.")
    impact: LevelWord = keyed("Konsekvens", "lav, middel eller høj.")
    action: Text | None = keyed("Tiltag", default=None)
    owner: StaffRef | None = keyed("Ejer", default=None)


class Survey(Entry):
    """A survey held elsewhere."""

    name: Text = keyed("Navn")
    url: Text = keyed("Link")
    from_: DanishDate | None = keyed("Fra", alias="from", default=None)
    to: DanishDate | None = keyed("Til", default=None)


class ProjectPeriod(Entry):
    """How long the project runs. Its reports are made from here: nobody orders them."""

    from_: DanishDate = keyed("Fra", "Projektets første dag.", alias="from")
    midterm: DanishDate | None = keyed(
        "Midtvejs", "Dagen, som midtvejsevalueringen gælder; ellers midt i.", default=None
    )
    to: DanishDate = keyed("Til", "Projektets sidste dag.")


class ReportKind(StrEnum):
    """The reports about all families."""

    KVARTAL = "kvartal"
    MÅNED = "måned"
    JANUAR = "januar"
    MIDTVEJS = "midtvejs"
    AFSLUTNING = "afslutning"


ReportKindWord = Annotated[
    ReportKind,
    closed_list(
        ReportKind,
        {"quarter": "kvartal", "month": "måned", "january": "januar", "midterm": "midtvejs", "final": "afslutning"},
    ),
]


class ProjectReport(Entry):
    """What people add to one report, and when they approved it: from then on it is never made anew."""

    kind: ReportKindWord = keyed("Rapport", "kvartal, måned, januar, midtvejs eller afslutning.")
    day: DanishDate = keyed("Dag", "En dag i den periode, rapporten gælder: 2026-09-30.")
    approved: DanishDate | None = keyed("Godkendt", "Uden dagen er den et udkast, der følger tallene.", default=None)
    summary: Text | None = keyed("Resumé", "Det vigtigste med få ord, uden familiers navne.", default=None)
    decide: tuple[Text, ...] = keyed("Ønskes besluttet", "Et spørgsmål ad gangen.", default=())
    staff_view: Text | None = keyed("Medarbejdernes erfaringer", "Fra spørgeskemaer og stop-op-dage.", default=None)
    learned: tuple[Text, ...] = keyed("Læring og anbefalinger", "Et punkt ad gangen.", default=())


class Targets(Entry):
    """What the project aims at."""

    families: WholeNumber | None = keyed("Familier", default=None)


class Project(Entry):
    """The project around the families."""

    name: Text | None = keyed("Navn", default=None)
    stop_days: tuple[ProjectMeeting, ...] = keyed("Stop-op-dage", default=())
    steering_meetings: tuple[ProjectMeeting, ...] = keyed("Styregruppemøder", default=())
    working_group: tuple[StaffRef, ...] = keyed("Arbejdsgruppe", "Fagområdernes repræsentanter.", default=())
    working_group_meetings: tuple[ProjectMeeting, ...] = keyed(
        "Arbejdsgruppemøder", "Arbejdsgruppens møder.", default=()
    )
    milestones: tuple[Milestone, ...] = keyed("Milepæle", default=())
    risks: tuple[Risk, ...] = keyed("Risici", default=())
    surveys: tuple[Survey, ...] = keyed("Spørgeskemaer", default=())
    targets: Targets | None = keyed("Mål", default=None)
    period: ProjectPeriod | None = keyed("Periode", "Med den laves projektets rapporter.", default=None)
    reports: tuple[ProjectReport, ...] = keyed("Rapporter", "Det, der skrives til dem, og godkendelsen.", default=())
    monthly_status: YesNo = keyed("Statusrapport hver måned", "ja eller nej.", default=False)
