"""What is to be done next in one family's course: one thing, in one sentence, and where it is written. Pure.

A list of all that is open asks its reader to choose. The order here is that of the work: the family is informed and
says yes, a team and a tovholder are found, and then what is latest comes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.danish import day_and_month, first_name, genitive
from hopdocs.domain.consent import Gate, is_own_word
from hopdocs.domain.state import ENDED, State
from hopdocs.model.meeting import MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hopdocs.deadlines.deadline import Deadline
    from hopdocs.diagnostics import DataPath
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import MemberKey
    from hopdocs.sources.yaml.event_tree import Tree
    from hopdocs.sources.yaml.yaml_text import ParsedYaml


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do, as an imperative without its full stop; `at` is where it is then written, `()` for nowhere.

    The path of a list means a new entry in it.
    """

    text: str
    at: DataPath = ()
    for_programs: str = ""
    """The same with somebody's key for her name, where the text has one."""

    def by_key(self) -> NextStep:
        """The same without a name."""
        return NextStep(self.for_programs or self.text, self.at)


_CALLED_TO: Final = {
    "introduction": (MeetingType.INTRODUKTIONSMØDE, MeetingType.FAGLIGT_FORMØDE),
    "familieplan": (MeetingType.FAMILIEPLANSMØDE,),
    "follow_up_target": (MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE),
    "follow_up_limit": (MeetingType.OPFØLGNINGSMØDE, MeetingType.AFSLUTNINGSMØDE),
}
"""Deadlines that a meeting keeps: it is held if it stands in the calendar, else it is called."""

_ASKED: Final = {
    "team": "Skriv, hvem der er på familieteamet",
    "network": "Tegn netværkskortet sammen med familien, og skriv det ind",
    "baseline_interview": "Hold det indledende interview, og skriv dagen",
    "final_interview": "Hold det afsluttende interview, og skriv dagen",
    "assessment": "Skriv delen fra {area} af den familiefaglige undersøgelse",
    "interpreter": "Bestil tolk til {meeting}, og skriv dagen",
    "told": "Fortæl familien, at {meeting} er flyttet, og skriv dagen",
    "team_call": "Giv slip på mails om {meeting}, så teamet bliver indkaldt",
    "invitation": "Aflever invitationen til {meeting}, og skriv dagen",
    "agenda": "Aflever dagsordenen til {meeting}, og skriv dagen",
    "minutes": "Aflever referat og plan fra {meeting}, og skriv dagen",
}
"""By kind of deadline. The others are said by their titles."""

_WRITTEN_AT: Final[Mapping[str, DataPath]] = {
    "team": ("team",),
    "network": ("network",),
    "assessment": ("assessment",),
    "minutes": ("deliveries",),
    "consent_renewal": ("consents",),
    "baseline_interview": ("measurements", "baseline_interview"),
    "final_interview": ("measurements", "final_interview"),
    "monthly_registration": ("measurements",),
    **dict.fromkeys(_CALLED_TO, ("meetings",)),
}
_WRITTEN_BY: Final = {
    "assessment": "new assessment",
    "consents": "new consent",
    "deliveries": "delivered",
    "meetings": "new meeting",
    "team": "new team",
    "tovholder": "new tovholder",
}
"""The verb that writes a section's lines."""
_IN_THE_MEETING: Final = {"interpreter": "interpreter", "told": "moved", "team_call": "notices"}


def find_next_step(day: FamilyDay, open_deadlines: Sequence[Deadline]) -> NextStep | None:
    """The next thing to do; None if nothing is. The deadlines are those that the tovholder may know of."""
    if day.state in ENDED:
        return _by_deadline(day, open_deadlines)
    if (asked := _about_consent(day, open_deadlines)) is not None:
        return asked
    if not any(line.to is None or line.to >= day.today for line in day.family.team):
        return NextStep(_ASKED["team"], ("team",))
    if day.tovholder is None and not any(line.from_ > day.today for line in day.family.tovholder):
        return NextStep("Skriv, hvem der er tovholder", ("tovholder",))
    return _by_deadline(day, open_deadlines)


def say_step(step: NextStep | None, source: ParsedYaml) -> str:
    """The whole sentence, with its line: `Skriv, hvilke fagområder Maja har sagt ja til: linje 41`."""
    if step is None:
        return ""
    where = _say_place(step.at, source) if step.at else ""
    return f"{step.text}: {where}" if where else f"{step.text}."


def _say_place(at: DataPath, source: ParsedYaml) -> str:
    """The line; of a list, that of its name, below which a new entry goes; of what is not written yet, the nearest."""
    value: Tree = source.tree
    for depth, step in enumerate(at):
        inner = _inside(value, step)
        if inner is None:
            return f"linje {source.position(at).line}" if depth else _say_new_section(step)
        value = inner
    below = "under " if isinstance(value, list) else ""
    return f"{below}linje {source.position(at, on_key=True).line}"


def _say_new_section(key: str | int) -> str:
    """A section that is not in the file yet; its shape is the verb's to know."""
    verb = _WRITTEN_BY.get(str(key))
    return f'en ny linje nederst i filen, "{key}:"' + (f", eller hopdocs {verb}" if verb else "")


def _inside(value: Tree, step: str | int) -> Tree:
    if isinstance(value, dict) and isinstance(step, str):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _about_consent(day: FamilyDay, open_deadlines: Iterable[Deadline]) -> NextStep | None:
    """What can be done at once comes before what must be waited for."""
    if day.state is State.HENVENDT and day.family.information_given is None:
        return NextStep("Giv familien informationsbrevet, og skriv dagen", ("information_given",))
    if day.gate is Gate.CLOSED and not day.consents.missing:
        return NextStep("Skriv, hvem der har forældremyndigheden", ("members",))
    late = {item.key.partition(":")[2] for item in open_deadlines if _is_late_reminder(item, day)}
    steps = [_ask_for_consent(day, key, is_late=key in late) for key in day.consents.missing]
    if steps:
        return min(steps, key=lambda item: item[0])[1]
    if day.consents.lapsed:
        return _step_for(day, day.consents.lapsed[0], "Få {whose} samtykke fornyet, og skriv det", ("consents",))
    return None


def _is_late_reminder(item: Deadline, day: FamilyDay) -> bool:
    return item.key.startswith("consent_reminder") and item.due <= day.today


def _ask_for_consent(day: FamilyDay, member: MemberKey, *, is_late: bool) -> tuple[int, NextStep]:
    """What lacks of one person's consent, and its rank: what was half written, what nobody did, what is awaited."""
    family = day.family
    lines = [index for index, line in enumerate(family.consents) if line.member == member and is_own_word(family, line)]
    if not lines:
        return 1, _step_for(day, member, _HAND_OUT, ("consents",))
    index = lines[-1]
    line = family.consents[index]
    if line.given is not None and not line.areas:
        asked = "Skriv, hvilke fagområder {who} har sagt ja til"
        return 0, _step_for(day, member, asked, ("consents", index, "areas"))
    if line.form_given is None and line.given is None:
        return 1, _step_for(day, member, _HAND_OUT, ("consents", index, "form_given"))
    if is_late:
        return 2, _step_for(day, member, "Mind {who} om samtykket, eller skriv svaret", ("consents", index, "given"))
    return 3, _step_for(day, member, "Skriv {whose} svar på samtykket, når det er der", ("consents", index, "given"))


_HAND_OUT: Final = "Giv {who} samtykkeerklæringen, og skriv dagen"


def _step_for(day: FamilyDay, member: MemberKey, text: str, at: DataPath) -> NextStep:
    """A step about somebody: `{who}` and `{whose}` are her first name, and her key where programs read."""
    name = first_name(day.family.members[member].name)
    said, keyed = (text.format(who=who, whose=genitive(who)) for who in (name, member))
    return NextStep(said, at, keyed)


def _by_deadline(day: FamilyDay, open_deadlines: Sequence[Deadline]) -> NextStep | None:
    """What should have been done first; else what comes first, a meeting or a deadline. Data draws hold up no work."""
    first = min(open_deadlines, key=lambda item: (_is_coming_draw(item, day), item.due), default=None)
    planned = day.planned() if day.state not in ENDED else ()
    if planned and (first is None or planned[0].date < first.due):
        return _hold(day, planned[0])
    return _keep(day, first) if first is not None else None


def _is_coming_draw(item: Deadline, day: FamilyDay) -> bool:
    return item.key.startswith("data_draw") and not item.is_overdue(day.today)


def _hold(day: FamilyDay, meeting: Meeting) -> NextStep:
    text = f"Hold {meeting.type.definite} den {day_and_month(meeting.date)}"
    return NextStep(text, ("meetings", day.family.meetings.index(meeting)))


def _keep(day: FamilyDay, item: Deadline) -> NextStep:
    kind, _, of = item.key.partition(":")
    if kind in _CALLED_TO:
        types = _CALLED_TO[kind]
        if planned := day.planned(*types):
            return _hold(day, planned[0])
        asked = f"Skriv dag og sted for {_DEFINITE.get(types[0], types[0].definite)}"
    else:
        meeting = day.family.meeting(of)
        area = next((area.name for code, area in day.config.areas.items() if code == of), of)
        words = {"meeting": meeting.type.definite if meeting is not None else "mødet", "area": area}
        asked = _ASKED[kind].format_map(words) if kind in _ASKED else item.title
    aside = [_name(day.config, item.who)] if item.who != day.contact.staff else []
    if item.is_overdue(day.today):
        aside.append(f"skulle være sket senest den {day_and_month(item.due)}")
    else:
        asked = f"{asked}, senest den {day_and_month(item.due)}"
    return NextStep(f"{asked} ({'; '.join(aside)})" if aside else asked, _written_at(day, kind, of))


_DEFINITE: Final = {MeetingType.OPFØLGNINGSMØDE: "det næste opfølgningsmøde"}


def _name(config: Config, who: str) -> str:
    return next((staff.name for key, staff in config.staff.items() if key == who), who)


def _written_at(day: FamilyDay, kind: str, of: str) -> DataPath:
    family = day.family
    if kind in _IN_THE_MEETING:
        index = next((index for index, meeting in enumerate(family.meetings) if meeting.id == of), None)
        return ("meetings", index, _IN_THE_MEETING[kind]) if index is not None else ()
    activities = family.plan.activities if family.plan is not None else ()
    index = next((index for index, activity in enumerate(activities) if activity.id == of), None)
    if kind in ("review", "first_follow_up") and index is not None:
        return ("plan", "activities", index)
    if family.meeting(of) is not None:
        return ("deliveries",)
    return _WRITTEN_AT.get(kind, ())
