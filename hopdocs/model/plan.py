"""The one plan: goals in the family's words, activities of the areas, status, and the sector plans it gathers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator

from hopdocs.model.entry import Entry, Visibility, keyed
from hopdocs.model.scalars.moments import DanishDate, parse_date
from hopdocs.model.scalars.reasons import TOLD_AS, ToldReasonWord
from hopdocs.model.scalars.values import (
    ActivityRef,
    AreaRef,
    DecimalNumber,
    GoalRef,
    KeyText,
    MeetingRef,
    MemberRef,
    Reader,
    Text,
    WholeNumber,
    closed_list,
)
from hopdocs.model.scalars.weekly import WeeklyTimeText


class Direction(StrEnum):
    """What a goal moves towards."""

    BØRNS_TRIVSEL = "børns trivsel"
    LIVSMESTRING = "livsmestring"
    BESKÆFTIGELSE = "beskæftigelse"
    UDDANNELSE = "uddannelse"
    ØKONOMI = "økonomi"


class Decision(StrEnum):
    """Where the area's own decision about an activity stands; hopdocs never decides it."""

    ANSØGT = "ansøgt"
    AFVENTER = "afventer"
    BEVILGET = "bevilget"
    AFSLAG = "afslag"


class Progress(StrEnum):
    """How far a goal has come."""

    IKKE_BEGYNDT = "ikke begyndt"
    PÅ_VEJ = "på vej"
    NÅET = "nået"
    OPGIVET = "opgivet"


class PlanRelation(StrEnum):
    """What this plan does to a sector plan (barnets lov § 110; domain rules in config's law references)."""

    ERSTATTES = "erstattes"
    GENGIVES = "gengives"
    SÆRSKILT = "særskilt"


class OpenEnd(StrEnum):
    """An activity without a last day."""

    LØBENDE = "løbende"


DirectionWord = Annotated[Direction, closed_list(Direction)]
DecisionWord = Annotated[
    Decision,
    closed_list(
        Decision,
        {"applied": "ansøgt", "pending": "afventer", "granted": "bevilget", "refused": "afslag", "afslået": "afslag"},
    ),
]
ProgressWord = Annotated[
    Progress,
    closed_list(
        Progress,
        {"not started": "ikke begyndt", "on track": "på vej", "reached": "nået", "given up": "opgivet"},
    ),
]
PlanRelationWord = Annotated[
    PlanRelation,
    closed_list(PlanRelation, {"replaced": "erstattes", "quoted": "gengives", "separate": "særskilt"}),
]


def _parse_end(text: str) -> date | OpenEnd:
    return OpenEnd.LØBENDE if text.lower() in ("løbende", "ongoing") else parse_date(text)


EndDay = Annotated[date | OpenEnd, Reader(_parse_end, {"type": "string"})]
"""A last day, or `løbende`."""


class Remark(Entry):
    """A line of the plan, and whom it is about."""

    text: Text = keyed("Tekst")
    for_: tuple[MemberRef, ...] = keyed("For", "Hvem det handler om. Uden: hele familien.", alias="for", default=())
    visible_to: Visibility | None = keyed("Synlig for", "all, eller personer og fagområder.", default=None)


def _read_remark(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


RemarkLine = Annotated[Remark, BeforeValidator(_read_remark, json_schema_input_type=str | Remark)]
"""A line, or a line with whom it is about."""


class Ended(Entry):
    """A goal put aside."""

    date: DanishDate = keyed("Dato")
    reason: Text | None = keyed("Grund", default=None)
    told_as: ToldReasonWord | None = keyed("Fortælles som", TOLD_AS, default=None)


class Goal(Entry):
    """What the family wants to reach."""

    id: GoalRef = keyed("Id")
    for_: tuple[MemberRef, ...] = keyed("For", "Hvem målet gælder.", alias="for")
    words: Text | None = keyed("Egne ord", "Sådan siger familien det selv.", default=None)
    need: Text | None = keyed("Behov", default=None)
    goal: Text = keyed("Mål", "Det, vi kan se er nået.")
    to_child: Text | None = keyed(
        "Sagt til barnet", "Målet, som barnet får det at læse på sin egen side.", default=None
    )
    sign: Text | None = keyed("Tegn", "Hvordan vi kan se, at det går den rigtige vej.", default=None)
    direction: DirectionWord | None = keyed("Retning", default=None)
    baseline: Text | None = keyed(
        "Udgangspunkt", "Hvor vi begyndte. Med en indikator: dens første værdi.", default=None
    )
    target: Text | None = keyed("Ønsket", "Hvor vi vil hen, med få ord: højst 10 %.", default=None)
    indicator: Text | None = keyed(
        "Indikator", "En indikator under measurements, der viser, hvor langt målet er.", default=None
    )
    area: AreaRef | None = keyed(
        "Fagområde",
        "Hvis viden målet er, når indsatserne ikke siger det. Sundhed vises kun for dem, det gælder.",
        default=None,
    )
    visible_to: Visibility | None = keyed("Synlig for", "all, eller personer og fagområder.", default=None)
    ended: Ended | None = keyed("Afsluttet", default=None)


class FollowUp(Entry):
    """How an activity is followed up."""

    how: Text | None = keyed("Hvordan", default=None)
    every_weeks: WholeNumber | None = keyed("Uger imellem", default=None)
    by: Text | None = keyed("Ved", "Hvem der følger op, når det ikke er den ansvarlige.", default=None)


class Activity(Entry):
    """What one area does towards one goal (indsats)."""

    id: ActivityRef = keyed("Id")
    goal: GoalRef = keyed("Mål", "Målets id.")
    area: AreaRef = keyed("Fagområde")
    responsible: Text = keyed("Ansvarlig", "Medarbejder eller person i familien.")
    for_: tuple[MemberRef, ...] = keyed("For", alias="for")
    what: Text = keyed("Hvad", "Tilbuddet i klare ord.")
    law: KeyText | None = keyed("Lovgrundlag", "Et id under law i config.yaml.", default=None)
    decision: DecisionWord | None = keyed("Beslutning", "ansøgt, afventer, bevilget eller afslag.", default=None)
    start: DanishDate = keyed("Start")
    end: EndDay | None = keyed("Slut", "En dato, eller løbende (så skrives review).", default=None)
    review: DanishDate | None = keyed("Tages op", "Hvornår en løbende indsats vurderes igen.", default=None)
    hours_per_week: DecimalNumber | None = keyed("Timer om ugen", "1,5", default=None)
    times: tuple[WeeklyTimeText, ...] = keyed("Faste tider", "Hver uge: [tirsdag 9.00-12.00].", default=())
    follow_up: FollowUp | None = keyed("Opfølgning", default=None)
    visible_to: Visibility | None = keyed("Synlig for", "all, eller personer og fagområder.", default=None)
    continues_in: Text | None = keyed("Lever videre i", "Hvor indsatsen fortsætter, når planen slutter.", default=None)

    @property
    def last_day(self) -> date | None:
        """The last day, or None while it is open."""
        return self.end if isinstance(self.end, date) else None


class GoalStatus(Entry):
    """One reading of one goal."""

    goal: GoalRef = keyed("Mål", "Målets id.")
    date: DanishDate = keyed("Dato")
    progress: ProgressWord = keyed("Fremdrift", "ikke begyndt, på vej, nået eller opgivet.")
    note: Text | None = keyed("Note", default=None)
    area: AreaRef | None = keyed(
        "Fagområde", "Hvis viden noten er, når den ikke er for alle, der læser målet.", default=None
    )
    meeting: MeetingRef | None = keyed("Møde", "Mødet, hvor det blev sagt.", default=None)


class SectorPlan(Entry):
    """A statutory plan of one area, beside or inside this one."""

    kind: KeyText = keyed("Plan", "Et id under law i config.yaml: min_plan, barnets_plan, ungeplan …")
    area: AreaRef = keyed("Fagområde")
    for_: tuple[MemberRef, ...] = keyed("For", alias="for")
    source: Text | None = keyed("System", "Hvor planen føres.", default=None)
    relation: PlanRelationWord = keyed("Forhold", "erstattes, gengives eller særskilt.")
    decided: DanishDate | None = keyed("Besluttet", "Hvornår det blev besluttet, at planen skal laves.", default=None)
    ready: DanishDate | None = keyed("Færdig", "Hvornår planen lå klar.", default=None)
    file: Text | None = keyed("Fil", "PDF i familiens mappe.", default=None)
    visible_to: Visibility | None = keyed("Synlig for", "all, eller personer og fagområder.", default=None)


class Plan(Entry):
    """The familieplan's own content."""

    shared_goal: Text | None = keyed("Fælles mål", default=None)
    resources: tuple[RemarkLine, ...] = keyed(
        "Ressourcer", "Det, der går godt, og det, familien er god til.", default=()
    )
    goals: tuple[Goal, ...] = keyed("Mål", default=())
    activities: tuple[Activity, ...] = keyed("Indsatser", default=())
    status: tuple[GoalStatus, ...] = keyed("Status", default=())
    sector_plans: tuple[SectorPlan, ...] = keyed("Sektorplaner", default=())
    when_hard: tuple[RemarkLine, ...] = keyed(
        "Når det bliver svært", "Det, familien selv har aftalt at gøre.", default=()
    )
