"""`hopdocs who`: what a reader of a family's papers sees, what is withheld from her, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hopdocs.cli.workspace_loading import FamilyFile
    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.sight import Sight, SightEntry
    from hopdocs.model.config import Config
    from hopdocs.sources.families import FamilySource
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Show what each reader of a family's papers gets and sees, and what is withheld from her and why. A reader "
        "is a member's key, an area's code or the id of a colleague. It is for the tovholder: it names what others "
        "may not know.",
        da="Vis, hvad hver læser af en families papirer får og ser, og hvad hun ikke ser og hvorfor. En læser er et "
        "familiemedlems nøgle, et fagområdes kode eller en kollegas id. Svaret er til tovholderen: det nævner det, "
        "andre ikke må vide.",
    ),
    examples=("hopdocs who HOP-2026-007", "hopdocs who HOP-2026-007 tariq", "hopdocs who HOP-2026-007 BF"),
)
@click.argument("family")
@click.argument("reader", required=False)
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, family: str, reader: str | None, output: str) -> None:
    """Reads the family's file as it is now, and decides as the papers do."""
    from hopdocs.cli.workspace_loading import open_family, read_config, today_of  # noqa: PLC0415 - reads every layer

    workspace, config = read_config(invocation)
    file = open_family(workspace, config, family)
    views = _views(workspace, file, config, today_of(invocation, config), reader)
    if output == "json":
        shape = {"family": file.family.id, "readers": [view.as_json() for view in views]}
        invocation.console.emit_json(shape)
    elif reader is None:
        invocation.console.table([view.cells() for view in views], _heads())
    else:
        for view in views:
            view.show(invocation)


@dataclass(frozen=True, slots=True)
class _View:
    """One reader, her papers, and her sight with the lines that it speaks of."""

    name: str
    papers: Sequence[str]
    sight: Sight
    source: FamilySource

    def cells(self) -> list[str]:
        """Her row in the table of all."""
        return [self.name, str(len(self.papers)), str(len(self.sight.seen)), str(len(self.sight.withheld))]

    def show(self, invocation: Invocation) -> None:
        """Everything about her, line by line."""
        console, none = invocation.console, both(en="nothing", da="intet")
        console.say(f"{both(en='papers', da='papirer')}: {', '.join(self.papers) or none}")
        console.say(f"{both(en='sees', da='ser')}:{'' if self.sight.seen else f' {none}'}")
        for entry in self.sight.seen:
            console.say(f"  {self._words_of(entry)}")
        console.say(f"{both(en='does not see', da='ser ikke')}:{'' if self.sight.withheld else f' {none}'}")
        for entry, why in self.sight.withheld:
            console.say(f"  {self._words_of(entry)}: {_reasons()[why.value]}")

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "reader": self.name,
            "papers": list(self.papers),
            "seen": [self._entry_json(entry) for entry in self.sight.seen],
            "withheld": [self._entry_json(entry) | {"why": why.value} for entry, why in self.sight.withheld],
        }

    def _entry_json(self, entry: SightEntry) -> dict[str, Any]:
        return {"kind": entry.kind.value, "name": entry.name, "line": self._line_of(entry)}

    def _words_of(self, entry: SightEntry) -> str:
        line = both(en="line", da="linje")
        return f"{line} {self._line_of(entry)}, {_kinds()[entry.kind.value]} {entry.name}".rstrip()

    def _line_of(self, entry: SightEntry) -> int:
        return self.source.source.position(entry.at).line


def _views(workspace: Workspace, file: FamilyFile, config: Config, today: date, wanted: str | None) -> list[_View]:
    from hopdocs.cycle.template_names import find_translated, list_template_names  # noqa: PLC0415
    from hopdocs.documents.audience import Audience  # noqa: PLC0415
    from hopdocs.documents.desired import standing_documents  # noqa: PLC0415
    from hopdocs.documents.sight import entries_of, name_of, readers_of, sight_of, unseen_by  # noqa: PLC0415
    from hopdocs.documents.translated.letters import with_translations  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay, day_to_show  # noqa: PLC0415

    there = list_template_names(workspace)
    day = FamilyDay.on(file.family, config, today)
    shown = day_to_show(day)
    audience = Audience(shown or day)
    readers = readers_of(audience) if wanted is None else (find_reader(audience, wanted),)
    entries = entries_of(audience)
    documents = with_translations(
        standing_documents(day, shown),
        day,
        lambda template, form, language: find_translated(template, form, language.code, there),
    )
    return [
        _View(
            name=name_of(reader),
            papers=[item.stem for item in documents if item.recipient == name_of(reader)],
            sight=sight_of(audience, reader, entries) if shown is not None else unseen_by(reader, entries),
            source=file.source,
        )
        for reader in readers
    ]


def find_reader(audience: Audience, wanted: str) -> Reader:
    """A member, an area, or the area of a colleague, whatever the case of the letters."""
    from hopdocs.documents.audience import AreaReader, MemberReader  # noqa: PLC0415
    from hopdocs.model.scalars.values import nearest  # noqa: PLC0415

    family, config = audience.family, audience.config
    known: dict[str, Reader] = {key.lower(): AreaReader(person.area) for key, person in config.staff.items()}
    known |= {code.lower(): AreaReader(code) for code in config.areas}
    known |= {key.lower(): MemberReader(key) for key in family.members}
    if wanted.lower() not in known:
        near = nearest(wanted, [*family.members, *config.areas, *config.staff])
        choices = ", ".join([*family.members, *config.areas])
        also = both(en=f"; nearest: {near}", da=f"; tættest på: {near}") if near else f": {choices}"
        msg = both(en=f'nobody here is called "{wanted}"{also}', da=f'ingen her hedder "{wanted}"{also}')
        raise click.UsageError(msg)
    return known[wanted.lower()]


def _heads() -> list[str]:
    return [
        both(en="reader", da="læser"),
        both(en="papers", da="papirer"),
        both(en="sees", da="ser"),
        both(en="does not see", da="ser ikke"),
    ]


def _kinds() -> dict[str, str]:
    return {
        "goal": both(en="goal", da="mål"),
        "reading": both(en="reading", da="status"),
        "activity": both(en="activity", da="indsats"),
        "sector_plan": both(en="sector plan", da="sektorplan"),
        "network": both(en="network", da="netværk"),
        "assessment": both(en="part of the assessment", da="del af undersøgelsen"),
        "remark": both(en="line of the plan", da="linje i planen"),
        "point": both(en="the family's point", da="familiens punkt"),
        "minutes": both(en="point in the minutes", da="punkt i referatet"),
        "view": both(en="part in a meeting of", da="deltagelse i et møde for"),
        "address": both(en="address", da="adresse"),
        "reason": both(en="reason of", da="grunden til"),
        "measured": both(en="values of", da="målinger af"),
    }


def _reasons() -> dict[str, str]:
    return {
        "kept_to_others": both(en="visible_to names others", da="visible_to nævner andre"),
        "health": both(en="knowledge of health, about somebody else", da="viden om helbred, og om en anden"),
        "other_home": both(en="about another household", da="handler om en anden husstand"),
        "no_consent": both(en="no consent covers it", da="intet samtykke dækker det"),
        "unsaid": both(en="it may be about health: name an area", da="det kan handle om helbred: skriv et fagområde"),
        "own_words": both(en="your own words: see told_as", da="dine egne ord: se told_as"),
        "about_others": both(en="a part about others", da="en del, der handler om andre"),
        "not_its_work": both(en="the area takes no part in it", da="fagområdet tager ikke del i det"),
        "not_there": both(en="said at a meeting without this reader", da="sagt på et møde uden denne læser"),
    }
