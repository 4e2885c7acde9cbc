"""`hopdocs delivered`: writes down what the family got, so that nobody types YAML to record a handshake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb
from hopdocs.model.family import DeliveryRoute
from hopdocs.model.scalars.moments import parse_date
from hopdocs.model.scalars.values import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hopdocs.cli.drafts import NewDelivery
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.sources.families import FamilySource
    from hopdocs.workspace import Workspace

_ROUTES = [route.value for route in DeliveryRoute]


class _Day(click.ParamType[Any]):
    """A date in the forms that people write in the files."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The date."""
        from pydantic_core import PydanticCustomError  # noqa: PLC0415

        try:
            return parse_date(value) if isinstance(value, str) else value
        except PydanticCustomError:
            hint = both(en="write 2026-11-24", da="skriv 2026-11-24")
            self.fail(both(en=f"{value} is no date", da=f"{value} er ikke en dato") + f"; {hint}", param, ctx)


@verb(
    help=both(
        en="Write under `deliveries` in a family's file what was handed over, to whom, when and how. DOCUMENT is a "
        "kind of document (familieplan) or the name of its file; WHO are keys under members. What was never made for "
        "one of them is refused. Comments and order stay. "
        "The next build keeps a copy of what was handed over, for ever.",
        da="Skriv under `deliveries` i familiens fil, hvad der er givet, til hvem, hvornår og hvordan. DOCUMENT er en "
        "slags dokument (familieplan) eller navnet på dets fil; WHO er nøgler under members. Det, der aldrig er lavet "
        "til en af dem, bliver afvist. Filens kommentarer og rækkefølge bliver. Næste build gemmer en kopi af det, der "
        "er givet, for altid.",
    ),
    examples=(
        "hopdocs delivered HOP-2026-007 familieplan nadira yasmin",
        "hopdocs delivered HOP-2026-007 invitation-familieplan-tariq tariq --date 2026-11-10 --how digital_post",
    ),
)
@click.argument("family_id", metavar="FAMILY")
@click.argument("document", metavar="DOCUMENT")
@click.argument("who", metavar="WHO...", nargs=-1, required=True)
@click.option("--date", "day", type=_Day(), help=both(en="The day; else today.", da="Dagen; ellers i dag."))
@click.option(
    "--how",
    type=click.Choice(_ROUTES),
    default=DeliveryRoute.HANDED_OVER.value,
    show_default=True,
    help=both(en="Which way it went.", da="Hvordan det blev givet."),
)
@click.option(
    "--meeting",
    metavar="ID",
    help=both(
        en="Which meeting the paper is about; else the one in the file's name, or the nearest one.",
        da="Hvilket møde papiret handler om; ellers det i filens navn eller det nærmeste.",
    ),
)
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    invocation: Invocation,
    *,
    family_id: str,
    document: str,
    who: tuple[str, ...],
    day: date | None,
    how: str,
    meeting: str | None,
) -> None:
    """Adds the lines, and refuses where the file would not be read without new faults."""
    from hopdocs.cli.drafts import NewDelivery, add_delivery  # noqa: PLC0415 - what every verb loads
    from hopdocs.cli.family_edit import save_with  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import open_family, read_config, today_of  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay  # noqa: PLC0415

    workspace, config = read_config(invocation)
    file = open_family(workspace, config, family_id)
    name, family = file.name, file.family
    today = today_of(invocation, config)
    papers = _Papers(workspace, FamilyDay.on(family, config, today))
    kind, about = _find_document(family, document, meeting, day or today, papers)
    delivery = NewDelivery(kind, about, _find_people(family, who), day or today, how)
    if delivery.day > today:
        raise click.UsageError(both(en="the day is still to come", da="dagen er ikke kommet endnu"))
    papers.hold_against(delivery)
    if _is_written(family, delivery):
        invocation.console.say(f"{name}: {_say(delivery)} ({both(en='is there already', da='står der i forvejen')})")
        return
    family, source = save_with(file, config, lambda text, _: add_delivery(text, delivery))
    _tell_findings(FamilyDay.on(family, config, today), source, name, invocation, papers.without_copy(delivery))
    invocation.console.say(f"{name}: {_say(delivery)}")


def _find_document(family: Family, word: str, meeting: str | None, day: date, papers: _Papers) -> tuple[str, str]:
    """The kind of document and its meeting, '' if it belongs to none; a file's name says both.

    Where nobody says which meeting, it is one that there is such a paper of: nobody is invited to a meeting of
    professionals by letter, though it may well be the next one.
    """
    from pathlib import PurePath  # noqa: PLC0415

    from hopdocs.documents.kinds.table import find_kind, names_of_deliveries  # noqa: PLC0415

    names = names_of_deliveries()
    stem = PurePath(word).name.lower().removesuffix(".docx").removesuffix(".pdf")
    begun = [name for name in names if stem == name or stem.startswith(f"{name}-")]
    if not begun:
        _refuse(word, names, both(en="is no document that is handed over", da="er ikke et dokument, man giver"))
    name = max(begun, key=len)
    kind = find_kind(name)
    if kind is None or kind.for_meeting is None:
        return name, ""
    ids = {str(item.id).lower(): str(item.id) for item in family.meetings}
    if meeting is not None:
        if meeting.lower() not in ids:
            _refuse(meeting, ids.values(), both(en="is no meeting of the family", da="er ikke et af familiens møder"))
        return name, ids[meeting.lower()]
    rest = stem.removeprefix(name).removeprefix("-")
    named = [item for item in ids if rest == item or rest.startswith(f"{item}-")]
    if named:
        return name, ids[max(named, key=len)]
    there = papers.meetings_with(name)
    asked = [item for item in family.meetings if str(item.id) in there] or family.meetings
    return name, _nearest_meeting(asked, day, is_over=kind.shows_what_came_of_meeting)


def _nearest_meeting(meetings: Sequence[Meeting], day: date, *, is_over: bool) -> str:
    """What is handed over before a meeting is about the next one; its minutes are about the last."""

    def begins(meeting: Meeting) -> date:
        return meeting.date

    before = [item for item in meetings if item.date <= day]
    after = [item for item in meetings if item.date >= day]
    if not meetings:
        raise click.UsageError(both(en="the family has no meeting", da="familien har ingen møder"))
    if is_over or not after:
        return str(max(before or meetings, key=begins).id)
    return str(min(after, key=begins).id)


class _Papers:
    """A family's papers: those of today, and those that were ever built, each with the days of its editions."""

    def __init__(self, workspace: Workspace, day: FamilyDay) -> None:
        from contextlib import closing  # noqa: PLC0415

        from hopdocs.documents.desired import wanted_documents  # noqa: PLC0415
        from hopdocs.freshness.read_only import connect_to_read  # noqa: PLC0415
        from hopdocs.freshness.versions import VersionBook  # noqa: PLC0415

        self._today = day.today
        self._stems = {
            (item.kind.name, item.meeting or "", item.recipient or ""): item.stem for item in wanted_documents(day)
        }
        self._built: dict[tuple[str, str, str], list[date]] = {}
        if workspace.ledger_path.is_file():
            with closing(connect_to_read(workspace.ledger_path)) as connection:
                book = VersionBook(connection)
                editions = book.editions(day.family.id) if book.is_prepared() else {}
            for key, days in editions.items():
                self._built[key.kind, key.meeting, key.recipient] = list(days.values())

    def meetings_with(self, kind: str) -> set[str]:
        """Those that there is a paper of that kind about."""
        return {meeting for name, meeting, _ in self._stems.keys() | self._built.keys() if name == kind}

    def hold_against(self, delivery: NewDelivery) -> None:
        """Refuse what never existed: for each who got it, her own or the one that is the same for all."""
        from hopdocs.documents.kinds.table import names_of_deliveries  # noqa: PLC0415

        names = names_of_deliveries()
        known = {key for key in self._stems.keys() | self._built.keys() if key[0] in names}
        for who in delivery.to:
            own = {key for key in known if key[2] in (who, "")}
            if not {key for key in own if key[:2] == (delivery.document, delivery.meeting)}:
                there = {key for key in own if key[0] == delivery.document} or own
                stems = sorted(self._stems.get(key, "-".join(part for part in key if part)) for key in there)
                paper = " ".join(part for part in (delivery.document, delivery.meeting) if part)
                what = both(en=f"was never made for {who}; there is", da=f"er aldrig lavet til {who}; der er")
                raise click.UsageError(f"{paper} {what}: {', '.join(stems) or '–'}")

    def without_copy(self, delivery: NewDelivery) -> list[str]:
        """Those of whose paper no edition stood on that day: hopdocs has nothing of it to keep."""
        if delivery.day == self._today:
            return []
        about = (delivery.document, delivery.meeting)
        return [
            who
            for who in delivery.to
            if not any(day <= delivery.day for own in (who, "") for day in self._built.get((*about, own), ()))
        ]


def _find_people(family: Family, who: Iterable[str]) -> tuple[str, ...]:
    keys = [str(key) for key in family.members]
    found = []
    for word in who:
        if word.lower() not in keys:
            _refuse(word, keys, both(en="is nobody under members", da="er ingen under members"))
        found.append(word.lower())
    return tuple(dict.fromkeys(found))


def _refuse(word: str, choices: Iterable[str], what: str) -> None:
    names = list(choices)
    meant = nearest(word, names)
    hint = both(en=f"do you mean {meant}?", da=f"mener du {meant}?") if meant else ", ".join(names)
    msg = f"{word} {what}: {hint}"
    raise click.UsageError(msg)


def _is_written(family: Family, delivery: NewDelivery) -> bool:
    return any(
        (line.document, line.meeting or "", line.date, line.how.value)
        == (delivery.document, delivery.meeting, delivery.day, delivery.how)
        and set(delivery.to) <= set(line.to)
        for line in family.deliveries
    )


def _tell_findings(
    day: FamilyDay, source: FamilySource, name: str, invocation: Invocation, without_copy: Iterable[str]
) -> None:
    """What the rules say of the line that was written, and for whom there is no copy to keep."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415
    from hopdocs.catalogue.report import render_text  # noqa: PLC0415
    from hopdocs.diagnostics import Blocks, Finding, Severity  # noqa: PLC0415
    from hopdocs.rules import check_family  # noqa: PLC0415
    from hopdocs.sources.families import place_findings  # noqa: PLC0415

    last = len(day.family.deliveries) - 1
    line = day.family.deliveries[last]
    params = {"document": line.document, "day": f"{line.date:%d.%m.%Y}"}
    found = [item for item in check_family(day) if item.at[:2] == ("deliveries", last)]
    found += [
        Finding("HD390", ("deliveries", last), {**params, "to": who}, Severity.ADVICE, Blocks.NOTHING)
        for who in without_copy
    ]
    own = place_findings(found, source.source)
    if own:
        invocation.console.tell(render_text(own, {name: source.source.lines}, choose_language()).rstrip())


def _say(delivery: NewDelivery) -> str:
    about = f" ({delivery.meeting})" if delivery.meeting else ""
    to = both(en="to", da="til")
    return f"{delivery.document}{about} {to} {', '.join(delivery.to)}, {delivery.day.isoformat()}, {delivery.how}"
