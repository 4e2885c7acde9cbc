"""The steps of a course by its phases, for the tovholder's page: each with its day from the deadlines, or its event.

What her area may not know of stands in no line: a colleague whom no consent covers together with her is not named, nor
is such a colleague's area, nor an activity, a statutory plan or an examination that is hidden from her.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.danish import join
from hopdocs.documents.audience import AreaReader
from hopdocs.documents.kinds.course.known_dates import may_know_date
from hopdocs.domain.consent import days_of_taking_back
from hopdocs.domain.course.first_consent import signed_by_all_on
from hopdocs.domain.state import State
from hopdocs.model.meeting import MeetingStatus, MeetingType
from hopdocs.model.people import ChosenBy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.documents.audience import Audience
    from hopdocs.documents.kinds.course.dates import CourseDate
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import AreaCode

START: Final = "Før start"
CONSENT: Final = "Samtykke"
TEAM: Final = "Team"
INTRODUCTION: Final = "Introduktionsmøde"
NETWORK: Final = "Netværkskort"
MEASURING: Final = "Måling"
PREPARATION: Final = "Fagligt formøde"
PLAN: Final = "Familieplansmøde"
AFTER: Final = "Efter mødet"
FOLLOW_UP: Final = "Opfølgning"
SHIFT: Final = "Ny tovholder"
WAITING: Final = "Ventetid"
WITHDRAWAL: Final = "Tilbagekaldelse"
CLOSING: Final = "Afslutning"

_OF_MEETING: Final = {
    MeetingType.INTRODUKTIONSMØDE: INTRODUCTION,
    MeetingType.FAGLIGT_FORMØDE: PREPARATION,
    MeetingType.FAMILIEPLANSMØDE: PLAN,
    MeetingType.OPFØLGNINGSMØDE: FOLLOW_UP,
    MeetingType.AFSLUTNINGSMØDE: CLOSING,
    MeetingType.INTERVIEW: MEASURING,
}
_PHASES: Final = {
    "consent_renewal": CONSENT,
    "minutes": AFTER,
    "review": FOLLOW_UP,
    "first_follow_up": FOLLOW_UP,
    "waiting_time": WAITING,
    "data_draw_final": CLOSING,
    "final_interview": CLOSING,
    "survey_familie_slut": CLOSING,
    "survey_medarbejder_slut": CLOSING,
}
"""Where a deadline of that kind stands; what hangs on a meeting stands with it, all else with the follow-up."""
_TOLD_BY_EVENTS: Final = frozenset(
    {"introduction", "network", "baseline_interview", "assessment", "familieplan", "consent_reminder_1"}
)
"""Deadlines that a step of its own shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what, by when, done when, by whom. `is_done` without a day if the file has none."""

    phase: str
    text: str
    due: date | None = None
    done: date | None = None
    is_done: bool = False
    who: str = ""


def list_steps(audience: Audience, area: AreaCode, dates: tuple[CourseDate, ...]) -> Iterator[Step]:
    """Every step, phase by phase, as a reader of that area may see it."""
    steps = _Steps(audience, AreaReader(area), dates)
    yield from steps.before_the_plan()
    yield from steps.with_the_plan()
    yield from steps.when_it_happens()
    yield from steps.at_the_end()


class _Steps:
    """The steps of one course for one reader."""

    def __init__(self, audience: Audience, reader: AreaReader, dates: tuple[CourseDate, ...]) -> None:
        self._audience = audience
        self._day = audience.day
        self._family = audience.family
        self._reader = reader
        self._dates = [item for item in dates if may_know_date(audience, self._reader, item.key)]
        self._tovholder = audience.config.staff[audience.day.contact.staff].name

    def before_the_plan(self) -> Iterator[Step]:
        """From the enquiry to the formøde."""
        family = self._family
        coordinator = self._name(self._audience.config.project_coordinator)
        referred = family.referral.date if family.referral is not None else None
        yield self._event(START, "Henvendelse og afklaring", referred, who=coordinator)
        yield self._event(START, "Familien er informeret", family.information_given)
        yield self._event(CONSENT, "Samtykke fra alle, der skal svare", signed_by_all_on(self._day))
        yield from self._dated(CONSENT)
        joined = min((line.from_ for line in family.team), default=None)
        yield self._event(TEAM, "Familieteamet er sat", joined, who=coordinator, due=self._due("team"))
        chosen = [line.from_ for line in family.tovholder]
        yield self._event(TEAM, "Første tovholder er udpeget", min(chosen, default=None))
        yield self._meeting(INTRODUCTION, "Mødet i teamet", MeetingType.INTRODUKTIONSMØDE, "introduction")
        due = self._due("network") or self._day_of(MeetingType.FAMILIEPLANSMØDE)
        yield Step(NETWORK, "Udfyldt sammen med familien", due, is_done=bool(family.network), who=self._tovholder)
        interviewed = family.measurements.baseline_interview if family.measurements is not None else None
        yield self._event(
            MEASURING, "Indledende interview (nulpunkt)", interviewed, due=self._due("baseline_interview")
        )
        yield from self._draws()
        yield self._parts()
        yield self._meeting(PREPARATION, "Mødet i teamet", MeetingType.FAGLIGT_FORMØDE)

    def with_the_plan(self) -> Iterator[Step]:
        """The plan is made, handed over and followed up."""
        family = self._family
        yield from self._dated(PLAN)
        yield self._meeting(PLAN, "Mødet, hvor planen bliver til", MeetingType.FAMILIEPLANSMØDE, "familieplan")
        by_family = [line.from_ for line in family.tovholder if line.chosen_by is ChosenBy.FAMILY]
        yield self._event(PLAN, "Familien har valgt tovholder", min(by_family, default=None))
        yield from _latest(self._dated(AFTER)) or (Step(AFTER, "Referat og plan er ude", who=self._tovholder),)
        yield Step(AFTER, "Læg plan og referat på sagen", who=self._tovholder)
        yield from _latest(self._dated(FOLLOW_UP)) or (
            Step(FOLLOW_UP, "Opfølgning sammen med familien", who=self._tovholder),
        )

    def when_it_happens(self) -> Iterator[Step]:
        """What nobody can plan for."""
        shifts = [line for line in self._family.tovholder if line.from_ <= self._day.today][1:]
        handed_on = shifts[-1].from_ if shifts else None
        tasks = "Overdrag: åbne opgaver, telefonliste, adgang til sagen. Fortæl familien det, helst sammen"
        yield self._event(SHIFT, tasks, handed_on)
        waits = list(self._dated(WAITING))
        yield from waits or (Step(WAITING, "Skriv ventetiden ned, og hvad den betyder. Den løftes til styregruppen"),)
        taken_back = [on for on in days_of_taking_back(self._family) if on <= self._day.today]
        text = "Stop deling samme dag. Giv familien en kvittering. Sig til teamet, at det stopper, uden grund"
        yield self._event(WITHDRAWAL, text, max(taken_back, default=None))

    def at_the_end(self) -> Iterator[Step]:
        """How the course ends."""
        family = self._family
        settled = family.measurements.final_interview_settled if family.measurements is not None else None
        yield from self._dated(CLOSING, but=("final_interview",))
        yield self._meeting(CLOSING, "Afslutningsmøde", MeetingType.AFSLUTNINGSMØDE)
        title = "Afsluttende interview"
        if family.measurements is not None and family.measurements.final_interview_declined is not None:
            title = "Afsluttende interview: tilbudt og ikke ønsket"
        yield self._event(CLOSING, title, settled, due=self._due("final_interview"))
        ended = family.closing.date if self._day.state is State.AFSLUTTET and family.closing is not None else None
        yield self._event(CLOSING, "Brev til familien, spørgeskema til teamet, udgifter fra økonomi", ended)

    def _draws(self) -> Iterator[Step]:
        """The data draw that is next, or the last one made: the others are the coordinator's."""
        draws = [item for item in self._dates if item.kind.startswith("data_draw_") and item.kind != "data_draw_final"]
        waiting = [item for item in draws if item.done is None]
        for item in (waiting or draws[-1:])[:1]:
            yield self._step(MEASURING, item)

    def _parts(self) -> Step:
        """The parts of the assessment in one line: which are missing, as far as the reader may know whose they are."""
        parts = [item for item in self._dates if item.kind == "assessment"]
        missing = [item for item in parts if item.done is None]
        asked = {item.about for item in missing}
        areas = {code: area.name for code, area in self._audience.config.areas.items() if code in asked}
        known = [name for code, name in areas.items() if self._may_know_area(code)]
        others = len(missing) - len(known)
        names = join([*known, *([f"{others} andre"] if others else [])])
        text = "Undersøgelsens dele er skrevet" + (f". Mangler: {names}" if names else "")
        written = [item.done for item in parts if item.done is not None]
        is_done = bool(parts) and not missing
        return Step(
            PREPARATION,
            text,
            due=min((item.due for item in parts), default=None),
            done=max(written) if is_done else None,
            is_done=is_done,
            who="Hvert fagområde",
        )

    def _dated(self, phase: str, but: Iterable[str] = ()) -> Iterator[Step]:
        """The deadlines that stand in a phase."""
        for item in self._dates:
            if item.kind not in _TOLD_BY_EVENTS and item.kind not in but and self._phase_of(item) == phase:
                yield self._step(phase, item)

    def _phase_of(self, item: CourseDate) -> str:
        if item.kind in _PHASES:
            return _PHASES[item.kind]
        meeting = self._family.meeting(item.about) if item.about else None
        if meeting is not None:
            return _OF_MEETING[meeting.type]
        is_elsewhere = item.kind.startswith(("data_draw_", "birthday_", "consent_reminder", "team"))
        return "" if is_elsewhere else FOLLOW_UP

    def _step(self, phase: str, item: CourseDate) -> Step:
        return Step(phase, item.title, item.due, item.done, item.done is not None, self._name(item.who))

    def _event(
        self, phase: str, text: str, done: date | None, *, due: date | None = None, who: str | None = None
    ) -> Step:
        return Step(phase, text, due, done, done is not None, self._tovholder if who is None else who)

    def _meeting(self, phase: str, text: str, kind: MeetingType, deadline: str = "") -> Step:
        """The first meeting of a type: held, or by when."""
        held = self._day.held(kind)
        due = self._due(deadline) if deadline else None
        return self._event(phase, text, held[0].date if held else None, due=due or self._day_of(kind))

    def _day_of(self, kind: MeetingType) -> date | None:
        return min((meeting.date for meeting in self._family.meetings if _stands(meeting, kind)), default=None)

    def _due(self, kind: str) -> date | None:
        return next((item.due for item in self._dates if item.kind == kind), None)

    def _may_know_area(self, area: AreaCode) -> bool:
        return self._audience.is_covered(frozenset((self._reader.area, area)), ())

    def _name(self, who: str) -> str:
        """A professional's name, if the reader may know that she works with the family."""
        config = self._audience.config
        person = next((person for key, person in config.staff.items() if key == who), None)
        if person is None:
            return who
        is_known = who in (config.project_coordinator, self._day.contact.staff) or person.area == self._reader.area
        return person.name if is_known or self._may_know_area(person.area) else "En kollega"


def _stands(meeting: Meeting, kind: MeetingType) -> bool:
    return meeting.type is kind and meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.NO_SHOW)


def _latest(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Everything that is open, and of what is done the last: a course of years still has one page."""
    found = list(steps)
    done = [step for step in found if step.is_done]
    kept = max(done, key=lambda step: (step.due is not None, step.due), default=None) if done else None
    return tuple(step for step in found if not step.is_done or step is kept)
