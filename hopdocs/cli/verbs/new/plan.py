"""`hopdocs new goal`, `activity` and `status`: what the family wants, what an area does for it, and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.new.words import AMOUNT, DATE, TEXT, refuse_to_come

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.family import Family


@click.command(
    "goal",
    cls=Verb,
    short_help=both(en="a goal of the plan", da="et mål i planen"),
    help=both(
        en="Write a goal last in the plan's goals. ID is a short word for it, which activities and status lines name. "
        "What you don't give stands open, to be written on.",
        da="Skriv et mål sidst i planens mål. ID er et kort ord for det, som indsatser og status peger på. Det, du "
        "ikke giver, står åbent til at skrive videre på.",
    ),
    examples=(
        'hopdocs new goal HOP-2026-007 lektier "Sami får lavet sine lektier hver uge." --for sami',
        'hopdocs new goal HOP-2026-007 ro "Alle er ude ad døren kl. 7.45." --for sami,lina --words "Vi vil have ro."',
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("goal_id", metavar="ID")
@click.argument("goal", metavar="GOAL", type=TEXT)
@click.option(
    "--for",
    "whom",
    multiple=True,
    required=True,
    metavar="MEMBER",
    help=both(en="Whose goal it is.", da="Hvem målet gælder."),
)
@click.option("--words", type=TEXT, help=both(en="In the family's own words.", da="Med familiens egne ord."))
@click.option("--need", type=TEXT, help=both(en="What is needed for it.", da="Hvad der skal til."))
@click.option("--sign", type=TEXT, help=both(en="How it can be seen.", da="Hvordan man kan se det."))
@click.option("--direction", help=both(en="børns trivsel, livsmestring …", da="børns trivsel, livsmestring …"))
@click.pass_obj
def new_goal(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    goal_id: str,
    goal: str,
    whom: tuple[str, ...],
    words: str | None,
    need: str | None,
    sign: str | None,
    direction: str | None,
) -> None:
    """Adds the lines, and refuses an id that a goal has already."""
    from hopdocs.cli.drafts import scalar  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit.entries import add_entry, as_entry, as_list  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily, choose_word  # noqa: PLC0415
    from hopdocs.model.plan import Direction, DirectionWord  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    refused = both(en=f'"{direction}" is no direction', da=f'"{direction}" er ikke en retning')
    entry = as_entry(
        {
            "id": scalar(goal_id),
            "for": as_list(opened.members(whom)),
            "words": scalar(words) if words else "",
            "need": scalar(need) if need else "",
            "goal": scalar(goal),
            "sign": scalar(sign) if sign else "",
            "direction": choose_word(direction, Direction, DirectionWord, refused) if direction else "",
        }
    )
    opened.save(lambda text: add_entry(text, ("plan", "goals"), entry), goal_id)


@click.command(
    "activity",
    cls=Verb,
    short_help=both(en="what an area does for a goal", da="hvad et fagområde gør for et mål"),
    help=both(
        en="Write an activity last in the plan's activities. The area is that of the one who is responsible, it is for "
        "those whose goal it is, and begins today, unless you say otherwise.",
        da="Skriv en indsats sidst i planens indsatser. Fagområdet er den ansvarliges, den er for dem, målet gælder, "
        "og den begynder i dag, medmindre du siger andet.",
    ),
    examples=(
        "hopdocs new activity HOP-2026-007 ven Voksenven --goal skole --by ppa --end 1.3.2027 --hours 2 --every 6",
        "hopdocs new activity HOP-2026-007 job Kursus --goal arbejde --by iik --review 1.3.2027 --hours 2,5 --every 4",
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("activity_id", metavar="ID")
@click.argument("what", metavar="WHAT", type=TEXT)
@click.option("--goal", metavar="GOAL", help=both(en="Which goal; needless with one.", da="Hvilket mål, hvis flere."))
@click.option(
    "--by",
    "responsible",
    metavar="PERSON",
    required=True,
    help=both(en="A colleague, or one of the family.", da="En medarbejder, eller en i familien."),
)
@click.option("--area", metavar="AREA", help=both(en="The professional area.", da="Fagområdet."))
@click.option("--for", "whom", multiple=True, metavar="MEMBER", help=both(en="Whom it is for.", da="Hvem den er for."))
@click.option("--start", type=DATE, help=both(en="When it begins; else today.", da="Hvornår den begynder."))
@click.option("--end", type=DATE, help=both(en="The last day.", da="Den sidste dag."))
@click.option("--review", type=DATE, help=both(en="Ongoing; looked at again then.", da="Løbende; tages op igen da."))
@click.option(
    "--hours",
    type=AMOUNT,
    required=True,
    metavar="HOURS",
    help=both(en="Hours a week (1,5).", da="Timer om ugen (1,5)."),
)
@click.option(
    "--every",
    type=click.IntRange(min=1),
    required=True,
    metavar="WEEKS",
    help=both(en="Followed up so often.", da="Følges op så tit."),
)
@click.option("--how", type=TEXT, help=both(en="How it is followed up.", da="Hvordan der følges op."))
@click.option(
    "--decision", help=both(en="ansøgt, afventer, bevilget, afslag.", da="ansøgt, afventer, bevilget, afslag.")
)
@click.option(
    "--law", metavar="ID", help=both(en="An id under law in config.yaml.", da="Et id under law i config.yaml.")
)
@click.pass_obj
def new_activity(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    activity_id: str,
    what: str,
    goal: str | None,
    responsible: str,
    area: str | None,
    whom: tuple[str, ...],
    start: date | None,
    end: date | None,
    review: date | None,
    hours: str,
    every: int,
    how: str | None,
    decision: str | None,
    law: str | None,
) -> None:
    """Adds the lines, and refuses an id that an activity has already."""
    from hopdocs.cli.drafts import scalar  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit.entries import add_entry, as_entry, as_list  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily, choose_word  # noqa: PLC0415
    from hopdocs.model.plan import Decision, DecisionWord  # noqa: PLC0415

    if (end is None) == (review is None):
        raise click.UsageError(both(en="say either --end or --review", da="sig enten --end eller --review"))
    opened = OpenedFamily.by_id(invocation, family_id)
    towards = opened.goal(goal if goal is not None else _only_goal(opened.family))
    person = next((key for key in opened.family.members if key == responsible), None) or opened.staff(responsible)
    colleague = next((staff for key, staff in opened.config.staff.items() if key == person), None)
    if area is not None:
        code = opened.area(area)
    elif colleague is not None:
        code = colleague.area
    else:
        raise click.UsageError(both(en="say --area too", da="sig også --area"))
    plan = opened.family.plan
    theirs = [key for item in (plan.goals if plan else ()) if item.id == towards for key in item.for_]
    refused = both(en=f'"{decision}" is no decision', da=f'"{decision}" er ikke en beslutning')
    entry = as_entry(
        {
            "id": scalar(activity_id),
            "goal": towards,
            "area": code,
            "responsible": person,
            "for": as_list(opened.members(whom) or theirs),
            "what": scalar(what),
            "law": scalar(law) if law else "",
            "decision": choose_word(decision, Decision, DecisionWord, refused) if decision else "",
            "start": (start or opened.today).isoformat(),
            "end": end.isoformat() if end else "løbende",
            "review": review.isoformat() if review else None,
            "hours_per_week": hours,
            "follow_up": "",
            "  how": scalar(how) if how else "",
            "  every_weeks": str(every),
        }
    )
    opened.save(lambda text: add_entry(text, ("plan", "activities"), entry), activity_id)


@click.command(
    "status",
    cls=Verb,
    short_help=both(en="how far a goal has come", da="hvor langt et mål er nået"),
    help=both(
        en="Write how far a goal has come: ikke begyndt, på vej, nået or opgivet, and in a few words why. Where the "
        "family meets that day, it is told that it was said there.",
        da="Skriv, hvor langt et mål er: ikke begyndt, på vej, nået eller opgivet, og med få ord hvorfor. Holder "
        "familien møde den dag, skrives det, at det blev sagt dér.",
    ),
    examples=(
        'hopdocs new status HOP-2026-007 skole "på vej" "Fraværet er faldet til 24 %."',
        'hopdocs new status HOP-2026-007 arbejde nået --date 20.11.2026 "Tariq er ansat 20 timer om ugen."',
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("goal", metavar="GOAL")
@click.argument("progress", metavar="PROGRESS")
@click.argument("note", metavar="[NOTE]", type=TEXT, required=False)
@click.option("--date", "day", type=DATE, help=both(en="When; else today.", da="Hvornår; ellers i dag."))
@click.option("--area", metavar="AREA", help=both(en="Whose knowledge the note is.", da="Hvis viden noten er."))
@click.pass_obj
def new_status(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    goal: str,
    progress: str,
    note: str | None,
    day: date | None,
    area: str | None,
) -> None:
    """Adds the lines."""
    from hopdocs.cli.drafts import scalar  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit.entries import add_entry, as_entry  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily, choose_word  # noqa: PLC0415
    from hopdocs.model.plan import Progress, ProgressWord  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    named, on = opened.goal(goal), day or opened.today
    refuse_to_come(opened.today, on)
    refused = both(en=f'"{progress}" says nothing of how far it is', da=f'"{progress}" siger ikke, hvor langt det er')
    reached = choose_word(progress, Progress, ProgressWord, refused)
    entry = as_entry(
        {
            "goal": named,
            "date": on.isoformat(),
            "progress": reached,
            "note": scalar(note) if note else "",
            "area": opened.area(area) if area else None,
            "meeting": _meeting_on(opened.family, on),
        }
    )
    opened.save(lambda text: add_entry(text, ("plan", "status"), entry), f"{named}: {reached}, {on.isoformat()}")


def _only_goal(family: Family) -> str:
    """The goal that is meant where nobody says which: the only one that has not ended; none of several."""
    goals = [str(goal.id) for goal in (family.plan.goals if family.plan else ()) if goal.ended is None]
    if len(goals) != 1:
        raise click.UsageError(both(en="say --goal", da="sig hvilket med --goal") + f": {', '.join(goals) or '–'}")
    return goals[0]


def _meeting_on(family: Family, day: date) -> str | None:
    """The family's own meeting of that day, if there is just one and it was not called off."""
    from hopdocs.domain.meetings import status_of  # noqa: PLC0415
    from hopdocs.model.meeting import MeetingStatus  # noqa: PLC0415

    stands = (MeetingStatus.PLANNED, MeetingStatus.HELD)
    found = [
        str(meeting.id)
        for meeting in family.meetings
        if meeting.date == day and meeting.type.is_for_family and status_of(meeting, day) in stands
    ]
    return found[0] if len(found) == 1 else None
