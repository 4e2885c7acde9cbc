"""What is said of each change: short sentences that a mother reads once, and that no day makes untrue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.danish import capitalise, day_and_month, lower, sentence
from hopdocs.model.plan import Decision, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.documents.changes.facts import Fact


def _quote(text: str) -> str:
    return f"»{text.strip().rstrip('.')}«"


def _day(text: str) -> str:
    return day_and_month(date.fromisoformat(text))


def _for(fact: Fact) -> str:
    return f" for {fact.of('for')}" if fact.of("for") else ""


def course_ends(day: str) -> str:
    """The course has a last day."""
    return f"Forløbets sidste dag er den {_day(day)}."


def shared_goal_is(goal: str) -> str:
    """The shared goal is new, or another."""
    return f"Det fælles mål er nu: {_quote(goal)}."


def rhythm_is(weeks: str, was: str) -> str:
    """How often all meet."""
    return f"Vi mødes nu cirka {_every(weeks)}. Før var det {_every(was)}."


def _every(weeks: str) -> str:
    return "hver uge" if weeks == "1" else f"hver {weeks}. uge"


def goal_added(goal: Fact) -> str:
    """A new goal."""
    return f"Nyt mål{_for(goal)}: {sentence(goal.of('goal'))}"


def goal_reworded(was: Fact, goal: Fact) -> str:
    """A goal that says something else."""
    return f"Målet {_quote(was.of('goal'))} er ændret. Nu lyder det: {_quote(goal.of('goal'))}."


def goal_has_news(goal: Fact) -> str:
    """Something else that stands under a goal."""
    return f"Der står noget nyt under målet {_quote(goal.of('goal'))}."


def goal_sign_is(goal: Fact) -> str:
    """How one can see that it goes the right way."""
    return f"Målet {_quote(goal.of('goal'))} har fået et nyt tegn på, at det går fremad: {sentence(goal.of('sign'))}"


def goal_came(goal: Fact, progress: Progress) -> str:
    """How far a goal has come."""
    name = f"Målet {_quote(goal.of('goal'))}"
    match progress:
        case Progress.NÅET:
            return f"{name} er nået."
        case Progress.PÅ_VEJ:
            return f"{name} er på vej."
        case Progress.IKKE_BEGYNDT:
            return f"{name} er ikke begyndt endnu."
        case Progress.OPGIVET:
            return f"{name} er opgivet."


def goal_ended(goal: Fact) -> str:
    """A goal put aside."""
    return f"Målet {_quote(goal.of('goal'))} er afsluttet den {_day(goal.of('ended'))}."


def goal_gone(goal: Fact) -> str:
    """A goal that is taken out."""
    return f"Målet {_quote(goal.of('goal'))} står ikke længere i planen."


def activity_added(activity: Fact) -> str:
    """New help, or something that the family does itself."""
    what = f"{sentence(activity.of('what')).rstrip('.')}{_for(activity)}"
    match activity.of("decision"):
        case Decision.ANSØGT:
            return f"Der er søgt om ny hjælp: {what}."
        case Decision.AFVENTER:
            return f"Ny hjælp, som ikke er afgjort endnu: {what}."
        case Decision.AFSLAG:
            return activity_decided(activity)
    begins = f"Fra den {_day(activity.of('start'))}."
    return f"{'Ny aftale' if activity.of('is_own') else 'Ny hjælp'}: {what}. {begins}"


def _named(activity: Fact) -> str:
    return f"{_quote(activity.of('what'))}{_for(activity)}"


def activity_decided(activity: Fact) -> str:
    """Where the area's decision stands now."""
    area, name = activity.of("area"), _named(activity)
    match activity.of("decision"):
        case Decision.BEVILGET:
            return f"{area} har bevilget {name}."
        case Decision.AFSLAG:
            return f"{area} har sagt nej til {name}."
        case Decision.ANSØGT:
            return f"Der er søgt om {name}."
    return f"{name} er ikke afgjort endnu."


def activity_changes(was: Fact, activity: Fact) -> Iterator[tuple[bool, str]]:
    """What is another than before, and whether it is that it now has an end."""
    name = _named(activity)
    changed = {word for word in activity.words.keys() | was.words.keys() if was.of(word) != activity.of(word)}
    if "what" in changed:
        yield False, f"{_quote(was.of('what'))} hedder nu {_quote(activity.of('what'))}."
    if "for" in changed:
        yield False, f"{_quote(activity.of('what'))} er nu for {activity.of('for') or 'hele familien'}."
    if "area" in changed:
        yield False, f"Det er nu {activity.of('area')}, der tager stilling til {name}."
    if "responsible" in changed:
        yield False, f"Det er nu {activity.of('responsible')}, der står for {name}."
    if "start" in changed:
        yield False, f"{name} begynder nu den {_day(activity.of('start'))}. Før var det den {_day(was.of('start'))}."
    if "end" in changed:
        yield not was.of("end"), _end_words(name, was, activity)
    yield from ((False, text) for text in _rhythm_changes(was, activity, changed))


def _rhythm_changes(was: Fact, activity: Fact, changed: set[str]) -> Iterator[str]:
    """How much, when, how it is followed up, and where it goes on: told where it is said."""
    name, hours = _named(activity), activity.of("hours")
    told = {word for word in changed if activity.of(word)}
    if "hours" in told:
        before = f" Før var det {was.of('hours')}." if was.of("hours") else ""
        yield f"{name} er nu {hours} {'time' if hours == '1' else 'timer'} om ugen.{before}"
    if "times" in told:
        yield f"{name} er nu {activity.of('times')}."
    if "follow_up" in told:
        yield f"Sådan følger vi nu op på {name}: {sentence(lower(activity.of('follow_up')))}"
    if "continues_in" in told:
        yield f"{name} fortsætter bagefter i {activity.of('continues_in').rstrip('.')}."


def _end_words(name: str, was: Fact, activity: Fact) -> str:
    if not activity.of("end"):
        return f"{name} fortsætter nu uden slutdato."
    end = _day(activity.of("end"))
    if not was.of("end"):
        return f"{name} slutter den {end}."
    verb = "fortsætter nu til" if activity.of("end") > was.of("end") else "slutter nu"
    return f"{name} {verb} den {end}. Før var det den {_day(was.of('end'))}."


def activity_gone(activity: Fact) -> str:
    """Help that is taken out of the plan."""
    return f"{_named(activity)} står ikke længere i planen."


def meeting_added(meeting: Fact) -> str:
    """A new meeting."""
    return f"Nyt møde: {meeting.of('type')} {meeting.of('when')}."


def meeting_moved(was: Fact, meeting: Fact) -> str:
    """A meeting at another time."""
    return f"Mødet er flyttet fra {was.of('when')} til {meeting.of('when')}."


def meeting_elsewhere(meeting: Fact) -> str:
    """A meeting in another place."""
    return f"Mødet {meeting.of('when')} holdes nu et andet sted: {sentence(meeting.of('place'))}"


def meeting_cancelled(meeting: Fact) -> str:
    """A meeting that is off."""
    return f"Mødet {meeting.of('when')} er aflyst."


def meeting_again(meeting: Fact) -> str:
    """A meeting that was off, and is not any more."""
    return f"Mødet {meeting.of('when')} var aflyst, men holdes alligevel."


def meeting_gone(meeting: Fact) -> str:
    """A meeting that is taken out."""
    return f"Mødet {meeting.of('when')} er ikke planlagt længere."


def tovholder_is(line: Fact) -> str:
    """Another tovholder."""
    return f"Fra den {_day(line.of('from'))} er {line.of('name')} tovholder."


def team_joined(line: Fact) -> str:
    """Somebody new on the team."""
    return f"Ny i teamet fra den {_day(line.of('from'))}: {line.of('name')}, {lower(line.of('title'))}."


def team_left(line: Fact) -> str:
    """Somebody who leaves the team."""
    return f"{line.of('name')} er med i teamet til og med den {_day(line.of('to'))}."


def network_joined(line: Fact) -> str:
    """Somebody new around the family."""
    return f"Ny i netværket: {line.of('name')}."


def network_left(line: Fact) -> str:
    """Somebody who is no longer among them."""
    return f"{line.of('name')} står ikke længere under netværket."


def sector_plan_added(line: Fact) -> str:
    """A statutory plan that belongs to this one."""
    return f"Ny plan, der hører til: {capitalise(line.of('name'))}{_for(line)}."


def sector_plan_is(line: Fact) -> str:
    """What this plan does to a statutory one now."""
    return f"{capitalise(line.of('name'))}{_for(line)}: {line.of('relation')}"


def sector_plan_gone(line: Fact) -> str:
    """A statutory plan that does not belong to this one any more."""
    return f"{capitalise(line.of('name'))}{_for(line)} hører ikke længere til planen."
