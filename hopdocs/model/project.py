"""`project.yaml`: what belongs to no family."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.moments import ClockTime, DanishDate
from hopdocs.model.scalars.values import KeyText, StaffRef, Text, WholeNumber, closed_list


class Level(StrEnum):
    """How likely or how grave a risk is."""

    LAV = "lav"
    MIDDEL = "middel"
    HØJ = "høj"


LevelWord = Annotated[Level, closed_list(Level, {"low": "lav", "medium": "middel", "high": "høj"})]


class ProjectMeeting(Entry):
    """A meeting about the work itself: a stop-op-dag or the steering group's."""

    id: KeyText = keyed("Id")
    date: DanishDate = keyed("Dato")
    start: ClockTime = keyed("Start")
    end: ClockTime = keyed("Slut")
    place: Text = keyed("Sted")
    agenda: tuple[Text, ...] = keyed("Dagsorden", default=())


class Milestone(Entry):
    """Something to have reached by a day."""

    name: Text = keyed("Milepæl")
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


class Targets(Entry):
    """What the project aims at."""

    families: WholeNumber | None = keyed("Familier", default=None)


class Project(Entry):
    """The project around the families."""

    name: Text | None = keyed("Navn", default=None)
    stop_days: tuple[ProjectMeeting, ...] = keyed("Stop-op-dage", default=())
    steering_meetings: tuple[ProjectMeeting, ...] = keyed("Styregruppemøder", default=())
    milestones: tuple[Milestone, ...] = keyed("Milepæle", default=())
    risks: tuple[Risk, ...] = keyed("Risici", default=())
    surveys: tuple[Survey, ...] = keyed("Spørgeskemaer", default=())
    targets: Targets | None = keyed("Mål", default=None)
