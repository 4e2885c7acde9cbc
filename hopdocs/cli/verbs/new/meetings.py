"""`hopdocs new meeting` and `minutes`: a meeting with its usual day, time and place, and what is written of it."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb
from hopdocs.cli.verbs.new.words import DATE, TIME
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from hopdocs.cli.drafts import NewMeeting
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting

_LENGTHS = {
    MeetingType.INTRODUKTIONSMØDE: timedelta(minutes=60),
    MeetingType.FAGLIGT_FORMØDE: timedelta(minutes=90),
    MeetingType.FAMILIEPLANSMØDE: timedelta(minutes=120),
    MeetingType.OPFØLGNINGSMØDE: timedelta(minutes=60),
    MeetingType.AFSLUTNINGSMØDE: timedelta(minutes=60),
    MeetingType.INTERVIEW: timedelta(minutes=60),
}
_USUAL_START = time(10, 0)


@click.command(
    "meeting",
    cls=Verb,
    short_help=both(en="a meeting", da="et møde"),
    help=both(
        en="Write a new meeting last in a family's meetings. Date, time and place are the usual ones "
        "unless you give them: the day lies within its type's deadlines, a follow-up's in the family's own rhythm.",
        da="Skriv et nyt møde sidst i familiens liste over møder. Dato, tid og sted er de sædvanlige, medmindre du "
        "giver dem: dagen ligger inden for mødetypens frister, en opfølgnings efter familiens egen rytme.",
    ),
    examples=(
        "hopdocs new meeting HOP-2026-007 opfølgningsmøde",
        "hopdocs new meeting HOP-2026-007 opfølgningsmøde 2027-03-16 --start 10.00 --end 11.00 --place havoern",
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("kind", metavar="TYPE")
@click.argument("day", metavar="[DATE]", type=DATE, required=False)
@click.option("--start", type=TIME, help=both(en="When it begins (10.00).", da="Hvornår det begynder (10.00)."))
@click.option("--end", type=TIME, help=both(en="When it ends.", da="Hvornår det slutter."))
@click.option(
    "--place", help=both(en="A place of config.yaml, or free text.", da="Et sted i config.yaml, eller fri tekst.")
)
@click.pass_obj
def new_meeting(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    kind: str,
    day: date | None,
    start: time | None,
    end: time | None,
    place: str | None,
) -> None:
    """Adds the lines, and refuses those that would stop the family: a day on which nobody works, for one.

    What is still to be written about the children is no news, so only a refusal is told.
    """
    from hopdocs.cli.drafts import add_meeting  # noqa: PLC0415
    from hopdocs.cli.family_edit.checked import save_checked  # noqa: PLC0415
    from hopdocs.cli.verbs.new.opened import OpenedFamily  # noqa: PLC0415
    from hopdocs.deadlines.proposal import propose_day  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415

    opened = OpenedFamily.by_id(invocation, family_id)
    family, config, chosen = opened.family, opened.config, _meeting_type(kind)
    proposed = day or propose_day(FamilyDay.on(family, config, opened.today), chosen)
    meeting = _with_times(_plan(family, config, chosen, proposed), start, end, place)
    save_checked(opened.file, config, opened.today, lambda text: add_meeting(text, meeting))
    said = f"{meeting.id}, {chosen.value} {meeting.day.isoformat()} {meeting.start:%H.%M}"
    invocation.console.say(f"{opened.file.name}: {said}")
    for other in _at_the_same_time(family, meeting):
        told = f"{other.id}, {other.type.value} {other.start:%H.%M}-{other.end:%H.%M}"
        invocation.console.tell(
            both(
                en=f"the family has another meeting then ({told}): move one, or delete the new lines",
                da=f"familien har et andet møde på den tid ({told}): flyt det ene, eller slet de nye linjer",
            )
        )


def _at_the_same_time(family: Family, new: NewMeeting) -> list[Meeting]:
    """Those that take place while the new one does: a command given twice, for one."""
    return [
        item
        for item in family.meetings
        if item.date == new.day
        and item.status is not MeetingStatus.CANCELLED
        and item.start < new.end
        and new.start < item.end
    ]


@click.command(
    "minutes",
    cls=Verb,
    short_help=both(en="the skeleton of a meeting's minutes", da="skelettet til et mødes referat"),
    help=both(
        en="Write the skeleton of a meeting's minutes. Under the meeting come who was asked and who sent word, the "
        "family's points and the agenda's, each with room for what was said and agreed.",
        da="Skriv skelettet til et mødes referat. Under mødet kommer, hvem der var indkaldt, og hvem der meldte afbud, "
        "familiens punkter og dagsordenens, hvert med plads til det, der blev sagt og aftalt.",
    ),
    examples=("hopdocs new minutes HOP-2026-007 familieplan",),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("meeting_id", metavar="MEETING")
@click.pass_obj
def new_minutes(invocation: Invocation, *, family_id: str, meeting_id: str) -> None:
    """Adds the lines, and refuses where there are minutes already or the file would not be read without new faults."""
    from hopdocs.cli.family_edit import save_with  # noqa: PLC0415
    from hopdocs.cli.minutes_draft import MinutesExist, add_minutes, plan_minutes  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import open_family, read_config, today_of  # noqa: PLC0415
    from hopdocs.cycle.shared_inputs import read_answers  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415
    from hopdocs.errors import WorkspaceFault  # noqa: PLC0415
    from hopdocs.notices.current_answers import find_current_answers  # noqa: PLC0415

    workspace, config = read_config(invocation)
    file = open_family(workspace, config, family_id)
    family = file.family
    meeting = family.meeting(meeting_id)
    if meeting is None:
        ids = ", ".join(str(item.id) for item in family.meetings) or "–"
        raise click.UsageError(
            both(en=f"no meeting is called {meeting_id}", da=f"intet møde hedder {meeting_id}") + f": {ids}"
        )
    answers = find_current_answers(family, config, read_answers(workspace).get(family.id, {}))
    draft = plan_minutes(FamilyDay.on(family, config, today_of(invocation, config)), meeting, answers)
    try:
        save_with(file, config, lambda text, source: add_minutes(text, source, draft))
    except MinutesExist as err:
        raise WorkspaceFault("HD532", path=file.name, meeting=meeting_id) from err
    invocation.console.say(f"{file.name}: {meeting.id}, {meeting.type.value} {meeting.date.isoformat()}")


def _meeting_type(word: str) -> MeetingType:
    from hopdocs.cli.verbs.new.opened import choose_word  # noqa: PLC0415
    from hopdocs.model.meeting import MeetingTypeWord  # noqa: PLC0415

    refused = both(en=f"{word} is no kind of meeting", da=f"{word} er ikke en mødetype")
    return MeetingType(choose_word(word, MeetingType, MeetingTypeWord, refused))


def _plan(family: Family, config: Config, kind: MeetingType, day: date) -> NewMeeting:
    from hopdocs.cli.drafts import NewMeeting, next_meeting_id, usual_place  # noqa: PLC0415

    same = [meeting for meeting in family.meetings if meeting.type is kind]
    start = same[-1].start if same else _USUAL_START
    needing = [member.language for member in family.members.values() if member.interpreter]
    earlier = [meeting for meeting in family.meetings if meeting.children or meeting.children_as]
    young = tuple(str(key) for key, member in family.members.items() if member.is_child)
    return NewMeeting(
        id=next_meeting_id(family, kind),
        type=kind,
        day=day,
        start=start,
        end=_later(start, _LENGTHS[kind]),
        place=usual_place(family, config),
        language=needing[0] if needing and kind.is_for_family else "",
        children_as=str(earlier[-1].id) if earlier and kind.is_for_family else "",
        children=young if kind.is_for_family else (),
    )


def _with_times(meeting: NewMeeting, start: time | None, end: time | None, place: str | None) -> NewMeeting:
    from dataclasses import replace  # noqa: PLC0415

    begin = start or meeting.start
    return replace(meeting, start=begin, end=end or _later(begin, _LENGTHS[meeting.type]), place=place or meeting.place)


def _later(clock: time, span: timedelta) -> time:
    minutes = min(clock.hour * 60 + clock.minute + int(span.total_seconds()) // 60, 23 * 60 + 59)
    return time(*divmod(minutes, 60))
