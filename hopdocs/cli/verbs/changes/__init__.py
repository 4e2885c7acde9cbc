"""`hopdocs changes`: what is new in a family's plan since each reader last got it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, format_option, verb
from hopdocs.cli.verbs.who import find_reader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hopdocs.clock import Clock
    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.changes.news import News, PlanNews
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.workspace import Workspace


@verb(
    help=both(
        en="Tell what is new in a family's plan since each reader last got it, in the words of the plan itself. A "
        "reader is a member's key, an area's code or the id of a colleague. With --docx, write a Word file in which "
        "the two editions stand as tracked changes, to accept or reject.",
        da="Fortæl, hvad der er nyt i en families plan, siden hver læser sidst fik den, med planens egne ord. En læser "
        "er et familiemedlems nøgle, et fagområdes kode eller en kollegas id. Med --docx skrives en Word-fil, hvor de "
        "to udgaver står som sporede ændringer, der kan godkendes eller afvises.",
    ),
    examples=(
        "hopdocs changes HOP-2026-007",
        "hopdocs changes HOP-2026-007 --to nadira",
        "hopdocs changes HOP-2026-007 --to ppa --docx ændringer.docx",
    ),
)
@click.argument("family")
@click.option("--to", metavar=both(en="READER", da="LÆSER"), help=both(en="only this reader", da="kun denne læser"))
@click.option(
    "--docx",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=both(en="FILE", da="FIL"),
    help=both(en="write the tracked changes to FILE", da="skriv de sporede ændringer i FIL"),
)
@format_option("json")
@click.pass_obj
def command(invocation: Invocation, family: str, to: str | None, target: Path | None, output: str) -> None:
    """Reads the family's file as it is now, and what the ledger and git know of what was handed over."""
    from hopdocs.cli.workspace_loading import (  # noqa: PLC0415 - reads every layer below the pages
        clock_of,
        open_family,
        read_config,
        today_of,
    )

    workspace, config = read_config(invocation)
    file = open_family(workspace, config, family)
    found = _find(file.family, file.path, workspace, config, today_of(invocation, config), to)
    if target is not None:
        _compare(invocation, workspace, clock_of(invocation, config), file.path, file.family, found, target)
    elif output == "json":
        invocation.console.emit_json({"family": file.family.id, "readers": [item.as_json() for item in found]})
    else:
        for item in found:
            item.show(invocation)
        if not found:
            invocation.console.say(both(en="nobody gets a copy of the plan", da="ingen får planen"))


def _compare(  # noqa: PLR0913, PLR0917 - whose plan, and where all of it lies
    invocation: Invocation,
    workspace: Workspace,
    clock: Clock,
    path: Path,
    family: Family,
    found: list[_NewsOf],
    target: Path,
) -> None:
    from hopdocs.cli.safe_write import PRIVATE, save_new  # noqa: PLC0415
    from hopdocs.cli.verbs.changes.editions import compare_editions  # noqa: PLC0415
    from hopdocs.errors import WorkspaceFault  # noqa: PLC0415

    if len(found) != 1:
        raise click.UsageError(
            both(en="--docx is for one reader who gets the plan: name her with --to",
                 da="--docx er til én læser, der får planen: nævn hende med --to")
        )  # fmt: skip
    [item] = found
    since = item.news.since
    if since is None:
        raise WorkspaceFault("HD513", reader=item.name)
    if item.shows_what_is_hidden:
        raise WorkspaceFault("HD539", reader=item.name, day=f"{since:%d.%m.%Y}")
    # It holds what the plan holds, and lies where somebody asked for it.
    save_new(target, compare_editions(workspace, clock, path, family, item.name, since), PRIVATE)
    invocation.console.say(f"{both(en='written', da='skrevet')}: {target}")


@dataclass(frozen=True, slots=True)
class _NewsOf:
    """One reader, and what is new to her."""

    name: str
    news: News
    shows_what_is_hidden: bool = False
    """Whether the copy as a whole shows her what she may no longer see."""

    def as_json(self) -> dict[str, Any]:
        """For programs. `since` is null if no copy says anything else than the plan does now."""
        news = self.news
        return {
            "reader": self.name,
            "since": news.since.isoformat() if news.since is not None else None,
            "is_known": news.is_known,
            "changes": [
                {"kind": change.kind.value, "about": change.about, "text": change.text} for change in news.changes
            ],
        }

    def show(self, invocation: Invocation) -> None:
        """Her line, and a line for each change. What the plan says is Danish in every language."""
        since, say = self.news.since, invocation.console.say
        if since is None:
            say(f"{self.name}: {both(en='nothing new', da='intet nyt')}")
        elif not self.news.is_known:
            nobody = both(en="nobody knows what stood in the copy of", da="ingen ved, hvad der stod i udgaven fra")
            say(f"{self.name}: {nobody} {since:%d.%m.%Y}")
        else:
            say(f"{self.name}: {both(en='new since', da='nyt siden')} {since:%d.%m.%Y}")
            for change in self.news.changes:
                say(f"  - {change.text}")


def _find(  # noqa: PLR0913, PLR0917 - what the plan is read beside
    family: Family, path: Path, workspace: Workspace, config: Config, today: date, to: str | None
) -> list[_NewsOf]:
    from hopdocs.cycle.looking_back.seen_plans import search_on_disk  # noqa: PLC0415
    from hopdocs.documents.audience import Audience  # noqa: PLC0415
    from hopdocs.documents.changes.news import PlanNews  # noqa: PLC0415
    from hopdocs.domain.family_day import FamilyDay, day_to_show  # noqa: PLC0415

    shown = day_to_show(FamilyDay.on(family, config, today))
    if shown is None:
        return []
    audience = Audience(shown)
    seen = search_on_disk(family, path, config, workspace.ledger_path).seen(today)
    news = PlanNews(audience, seen)
    readers = _plan_readers(audience)
    if to is not None:
        wanted = find_reader(audience, to)
        readers = [reader for reader in readers if reader == wanted]
    return [_news_of(news, reader) for reader in readers]


def _news_of(news: PlanNews, reader: Reader) -> _NewsOf:
    from hopdocs.documents.sight import name_of  # noqa: PLC0415

    found = news.changes(reader)
    copy = news.copy_of(reader, found.since) if found.since is not None else None
    is_hidden = copy is not None and news.shows_what_is_hidden(reader, copy)
    return _NewsOf(name_of(reader), found, is_hidden)


def _plan_readers(audience: Audience) -> Sequence[Reader]:
    """Everybody who gets a copy of the plan."""
    from hopdocs.documents.audience import AreaReader  # noqa: PLC0415
    from hopdocs.documents.sight import readers_of  # noqa: PLC0415

    readers = readers_of(audience)
    return [item for item in readers if isinstance(item, AreaReader) or audience.reads_plan(item.member)]
