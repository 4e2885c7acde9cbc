"""`hopdocs new family`, `meeting`, `minutes` and `registration`: well-formed YAML with sensible defaults of today."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, VerbGroup
from hopdocs.model.meeting import MeetingType
from hopdocs.model.scalars.moments import parse_date, parse_month, parse_time
from hopdocs.model.scalars.values import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hopdocs.cli.drafts import NewMeeting, Person
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

_LENGTHS = {
    MeetingType.INTRODUKTIONSMØDE: timedelta(minutes=60),
    MeetingType.FAGLIGT_FORMØDE: timedelta(minutes=90),
    MeetingType.FAMILIEPLANSMØDE: timedelta(minutes=120),
    MeetingType.OPFØLGNINGSMØDE: timedelta(minutes=60),
    MeetingType.AFSLUTNINGSMØDE: timedelta(minutes=60),
    MeetingType.INTERVIEW: timedelta(minutes=60),
}
_USUAL_START = time(10, 0)


class _Word(click.ParamType[Any]):
    """A value in the forms that people write in the files."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The date or time of day."""
        from pydantic_core import PydanticCustomError  # noqa: PLC0415

        if not isinstance(value, str):
            return value
        try:
            return _PARSERS[self.name](value)
        except PydanticCustomError:
            if self.name == "month":
                hint = both(en="write 2026-11", da="skriv 2026-11")
                self.fail(both(en=f"{value} is no month", da=f"{value} er ikke en måned") + f"; {hint}", param, ctx)
            if self.name == "date":
                hint = both(en="write 2026-11-24", da="skriv 2026-11-24")
                self.fail(both(en=f"{value} is no date", da=f"{value} er ikke en dato") + f"; {hint}", param, ctx)
            hint = both(en="write 10.00", da="skriv 10.00")
            self.fail(
                both(en=f"{value} is no time of day", da=f"{value} er ikke et klokkeslæt") + f"; {hint}", param, ctx
            )


class _Name(click.ParamType[str]):
    """A name of a family or a person."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name without white space around it."""
        if not str(value).strip():
            self.fail(both(en="the name is empty", da="navnet er tomt"), param, ctx)
        return str(value).strip()


_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {"date": parse_date, "time": parse_time, "month": parse_month}
_DATE, _TIME, _MONTH, _NAME = _Word("date"), _Word("time"), _Word("month"), _Name()


@click.group(
    cls=VerbGroup,
    help=both(
        en="Write a new family's file, or a meeting, its minutes or a month's figures into a family's file.",
        da="Skriv en ny families fil, eller et møde, dets referat eller en måneds tal ind i en families fil.",
    ),
)
def command() -> None:
    """Groups them."""


@command.command(
    "family",
    help=both(
        en="Write families/<id>.yaml for a new family. The id is the next free one unless you give it.",
        da="Skriv families/<id>.yaml for en ny familie. Id'et er det næste ledige, medmindre du giver et.",
    ),
    examples=(
        'hopdocs new family "Familien Prøve" --parent "Ida Prøve" 1988-02-29 --child "Bo Prøve" 2015-06-01',
        'hopdocs new family "Familien Prøve" --id HOP-2026-100 --case-number 26-014410 --parent "Ida Prøve" 29.2.1988',
    ),
)
@click.argument("name", type=_NAME)
@click.option("--id", "family_id", metavar="ID", help=both(en="The family's id.", da="Familiens id."))
@click.option("--case-number", default="", help=both(en="The shared case.", da="Den fælles sag."))
@click.option(
    "--parent",
    "parents",
    type=(_NAME, _DATE),
    multiple=True,
    required=True,
    metavar="NAME BORN",
    help=both(en="Who has custody; once for each.", da="Hvem der har forældremyndighed; én gang for hver."),
)
@click.option(
    "--child",
    "children",
    type=(_NAME, _DATE),
    multiple=True,
    metavar="NAME BORN",
    help=both(en="A child; once for each.", da="Et barn; én gang for hvert."),
)
@click.pass_obj
def new_family(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    name: str,
    family_id: str | None,
    case_number: str,
    parents: tuple[tuple[str, date], ...],
    children: tuple[tuple[str, date], ...],
) -> None:
    """Writes the file, and refuses to write one that would not be read without a fault."""
    from hopdocs.cli.drafts import Person, draft_family, next_family_id  # noqa: PLC0415
    from hopdocs.cli.family_edit import read_without_fault  # noqa: PLC0415
    from hopdocs.cli.safe_write import save_new  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import read_config, today_of  # noqa: PLC0415
    from hopdocs.cycle.erasure.proof import erased_families  # noqa: PLC0415

    workspace, config = read_config(invocation)
    today = today_of(invocation, config)
    taken = [path.stem for path in workspace.families.glob("*.yaml")] + erased_families(workspace.ledger_path)
    chosen = family_id or next_family_id(taken, today.year)
    people: tuple[Person, ...] = (
        *(Person(*parent) for parent in parents),
        *(Person(*child, is_child=True) for child in children),
    )
    path = workspace.families / f"{chosen.lower()}.yaml"
    data = draft_family(chosen, name, case_number, people, today).encode()
    read_without_fault(data, workspace.relative(path), config)
    save_new(path, data)
    invocation.console.say(workspace.relative(path))


@command.command(
    "meeting",
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
@click.argument("day", metavar="[DATE]", type=_DATE, required=False)
@click.option("--start", type=_TIME, help=both(en="When it begins (10.00).", da="Hvornår det begynder (10.00)."))
@click.option("--end", type=_TIME, help=both(en="When it ends.", da="Hvornår det slutter."))
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
    """Adds the lines, and refuses where the file would not be read without new faults."""
    from hopdocs.cli.drafts import add_meeting  # noqa: PLC0415
    from hopdocs.cli.family_edit import save_with  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import open_family, read_config, today_of  # noqa: PLC0415
    from hopdocs.deadlines.proposal import propose_day  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415

    workspace, config = read_config(invocation)
    file = open_family(workspace, config, family_id)
    chosen = _meeting_type(kind)
    today = today_of(invocation, config)
    meeting = _plan(file.family, config, chosen, day or propose_day(FamilyDay.on(file.family, config, today), chosen))
    meeting = _with_times(meeting, start, end, place)
    save_with(file, config, lambda text, source: add_meeting(text, source, meeting))
    invocation.console.say(f"{file.name}: {meeting.id}, {chosen.value} {meeting.day.isoformat()} {meeting.start:%H.%M}")


@command.command(
    "minutes",
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


@command.command(
    "registration",
    help=both(
        en="Write the figures that a month asks for. Into the family's file comes an empty line for each member and "
        "each figure that has none yet. Without --month it is the month that ended last. What is asked for is what the "
        "family has been measured on before, and what stands under indicators_used in config.yaml.",
        da="Skriv de tal op, som en måned spørger om. I familiens fil kommer en tom linje for hver person og hvert "
        "tal, der ikke har nogen endnu. Uden --month er det den måned, der sluttede sidst. Der spørges "
        "om det, familien er målt på før, og om det, der står under indicators_used i config.yaml.",
    ),
    examples=("hopdocs new registration HOP-2026-007", "hopdocs new registration HOP-2026-007 --month 2026-11"),
)
@click.argument("family_id", metavar="FAMILY")
@click.option("--month", type=_MONTH, help=both(en="Which month (2026-11).", da="Hvilken måned (2026-11)."))
@click.pass_obj
def new_registration(invocation: Invocation, *, family_id: str, month: date | None) -> None:
    """Adds the lines, changes none, and refuses where the file would not be read without new faults."""
    from hopdocs.cli.family_edit import save_with  # noqa: PLC0415
    from hopdocs.cli.figure_import.month_lines import add_registration  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import open_family, read_config, today_of  # noqa: PLC0415
    from hopdocs.domain.calendar import months_later  # noqa: PLC0415
    from hopdocs.domain.course.registration import asked_values, may_be_measured  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415

    workspace, config = read_config(invocation)
    file = open_family(workspace, config, family_id)
    today = today_of(invocation, config)
    chosen = month or months_later(today.replace(day=1), -1)
    day = FamilyDay.on(file.family, config, today)
    asked = asked_values(day, chosen)
    fresh = [item for item in asked if not item.has_line]
    if fresh:
        save_with(file, config, lambda text, source: add_registration(text, source, fresh, chosen))
    for item in fresh:
        about = f" ({item.member})" if item.member is not None else ""
        invocation.console.say(f"{file.name}: {chosen:%Y-%m} {item.written_as}{about}")
    if not may_be_measured(day):
        text = both(
            en=f"{file.name}: nobody is measured while not all have said yes",
            da=f"{file.name}: ingen måles, så længe ikke alle har sagt ja",
        )
        invocation.console.say(text)
    elif not asked:
        text = both(
            en=f"{file.name}: nothing is asked for; write what you measure under indicators_used in config.yaml",
            da=f"{file.name}: der spørges ikke om noget; skriv det, I måler på, under indicators_used i config.yaml",
        )
        invocation.console.say(text)
    elif not fresh:
        every = both(en="every figure has its line already", da="alle tal har allerede deres linje")
        invocation.console.say(f"{file.name}: {chosen:%Y-%m} {every}")


def _meeting_type(word: str) -> MeetingType:
    names = [str(kind.value) for kind in MeetingType]
    found = next((name for name in names if name == word.lower()), "") or nearest(word, names)
    begun = [name for name in names if name.startswith(word.lower())]
    if word.lower() not in names and len(begun) == 1:
        found = begun[0]
    if not found:
        msg = both(en=f"{word} is no kind of meeting", da=f"{word} er ikke en mødetype") + f": {', '.join(names)}"
        raise click.UsageError(msg)
    return MeetingType(found)


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
