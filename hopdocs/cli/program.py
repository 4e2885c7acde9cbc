"""The list of verbs, what they share, and how their help reads. A verb's module is read only when it is asked for."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hopdocs import __version__
from hopdocs.cli.console import Console, both

if TYPE_CHECKING:
    from collections.abc import Callable

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_VERBS = {
    "init": both(en="make a new workspace", da="lav et nyt arbejdsområde"),
    "guide": both(en="your first family, step by step", da="din første familie, trin for trin"),
    "check": both(en="find every fault in what people wrote", da="find alle fejl i det, folk har skrevet"),
    "build": both(en="make the documents that are out of date", da="lav de dokumenter, der ikke er friske"),
    "watch": both(en="build and send whenever a file is saved", da="byg og send, hver gang en fil gemmes"),
    "serve": both(en="the pages in a browser on this machine", da="siderne i en browser på denne maskine"),
    "notices": both(en="see and steer the mail that is on its way", da="se og styr de mails, der er på vej"),
    "dispatch": both(en="lay ready what goes to the family", da="læg klar, hvad der skal ud til familien"),
    "status": both(en="where each family stands", da="hvor hver familie står"),
    "tasks": both(en="what is whose in all families, by day", da="hvem der skal gøre hvad, dag for dag"),
    "who": both(en="what each reader sees, and what not", da="hvad hver læser ser, og hvad ikke"),
    "changes": both(en="what is new in the plan to each reader", da="hvad der er nyt i planen for hver læser"),
    "new": both(en="write a new family, consent, goal, meeting …", da="skriv en ny familie, et samtykke, mål, møde …"),
    "import": both(en="bring in figures and answers from a table", da="hent tal og svar ind fra en tabel"),
    "export": both(en="figures, costs, deadlines and meetings, out", da="tal, udgifter, frister og møder ud herfra"),
    "network-status": both(en="several municipalities' exports as one status", da="flere kommuners tal i én status"),
    "delivered": both(en="write down what was handed over, and to whom", da="skriv, hvad der er givet, og til hvem"),
    "removed": both(en="families' files that went missing together", da="familiers filer, der forsvandt sammen"),
    "candidates": both(en="households ranked by cost and contacts", da="husstande efter udgifter og kontakter"),
    "doctor": both(en="whether this machine has what is needed", da="om maskinen har det, der skal til"),
    "explain": both(
        en="the long text of a diagnostic's code, or the lines behind a figure",
        da="den lange forklaring på en fejlkode, eller linjerne bag et tal",
    ),
    "templates": both(en="check, preview and compare Word templates", da="tjek, prøv og sammenlign Word-skabeloner"),
    "schema": both(en="JSON Schema for editors", da="JSON Schema til editorer"),
    "lsp": both(en="help in an editor, while you type", da="hjælp i en editor, mens der skrives"),
    "log": both(en="what was made and told for a family", da="hvad der er lavet og fortalt for en familie"),
    "verify": both(
        en="what a document was made from, and whether all are right",
        da="hvad et dokument er lavet af, og om alle passer",
    ),
    "forget": both(en="delete everything that is kept of a family", da="slet alt, der er gemt om en familie"),
    "backup": both(en="copy all that can't be made again", da="kopiér alt, der ikke kan laves igen"),
    "restore": both(en="lay a backup out as a workspace again", da="læg en sikkerhedskopi ud som arbejdsområde"),
    "cluster": both(en="other machines that make documents", da="andre maskiner, der laver dokumenter"),
    "demo": both(en="the whole thing on sample families", da="det hele på prøvefamilier"),
}

_MODULES = {"import": "imports", "network-status": "network_status"}
"""Verbs whose name no module may have, and the module of each."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """What stands before the verb: where, as of when, and who prints."""

    workspace: Path
    today: date | None
    console: Console
    operator: Path | None = None


class Verb(click.Command):
    """A verb, with its examples at the end of its help."""

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands that can be copied as they stand."""
        super().format_epilog(ctx, formatter)
        if self.examples:
            with formatter.section(both(en="Examples", da="Eksempler")):
                for line in self.examples:
                    formatter.write(f"{' ' * formatter.current_indent}{line}\n")


class VerbGroup(click.Group):
    """Verbs under a verb: `notices list`, `new family`."""

    command_class = Verb


class Program(click.Group):
    """`hopdocs`: finds a verb's module by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order that a newcomer meets them."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The verb's command, read now."""
        if cmd_name not in _VERBS:
            return None
        module = _MODULES.get(cmd_name, cmd_name)
        command: click.Command = import_module(f"hopdocs.cli.verbs.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A mistyped verb is answered with the nearest; the library looks among those that are read, and none is."""
        is_run = not ctx.resilient_parsing  # a shell that completes words is answered with words alone
        if is_run and args[0] not in _VERBS and (near := get_close_matches(args[0], _VERBS, n=1)):
            ctx.fail(
                both(
                    en=f"No such command '{args[0]}'. Did you mean '{near[0]}'?",
                    da=f"Kommandoen '{args[0]}' findes ikke. Mente du '{near[0]}'?",
                )
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The verbs and what each does, without reading a module for each."""
        with formatter.section(both(en="Verbs", da="Kommandoer")):
            formatter.write_dl(list(_VERBS.items()))


def _find_workspace(_context: click.Context, _option: click.Parameter, value: Path | None) -> Path:
    """What was named, else the nearest folder from here upwards that looks like a workspace."""
    if value is not None:
        return value
    here = Path.cwd()
    for folder in (here, *here.parents):
        with suppress(OSError):  # a folder above that may not be looked into
            if (folder / "config.yaml").is_file() and (folder / "families").is_dir():
                return folder
    return here


def _parse_today(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    with suppress(ValueError):
        if _ISO_DATE.fullmatch(value):
            return date.fromisoformat(value)
    from pydantic_core import PydanticCustomError  # noqa: PLC0415 - other ways to write it are seldom, and the model is large

    from hopdocs.model.scalars.moments import parse_date  # noqa: PLC0415

    try:
        return parse_date(value)
    except PydanticCustomError as err:
        msg = both(en=f"{value} is no date; write 2026-11-21", da=f"{value} er ikke en dato; skriv 2026-11-21")
        raise click.BadParameter(msg) from err


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help=both(
        en="Save one YAML file, and every document that the family and its team need is right on disk a moment later;\n"
        "everyone who must know is told, once.",
        da="Gem én YAML-fil, og et øjeblik efter er alle familiens og teamets dokumenter rigtige;\n"
        "alle, der skal vide det, får det at vide én gang.",
    ),
)
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    callback=_find_workspace,
    metavar="DIR",
    help=both(
        en="The folder with config.yaml; else this one, or the nearest above it.",
        da="Mappen med config.yaml; ellers denne, eller den nærmeste over den.",
    ),
)
@click.option(
    "--today",
    callback=_parse_today,
    metavar="DATE",
    help=both(en="Act as of this day.", da="Gør, som om det var denne dag."),
)
@click.option(
    "--operator",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="HOPDOCS_OPERATOR",
    metavar="FILE",
    help=both(
        en="What belongs to this machine; else the file in /etc/hopdocs that names the workspace.",
        da="Det, der hører maskinen til; ellers den fil i /etc/hopdocs, der nævner mappen.",
    ),
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context, workspace: Path, today: date | None, operator: Path | None) -> None:
    """`hopdocs`."""
    context.obj = Invocation(workspace, today, Console(), operator)


def verb(*, help: str, examples: tuple[str, ...] = ()) -> Callable[[Callable[..., None]], click.Command]:  # noqa: A002
    """Marks a verb's function: its help, and examples that work as they stand."""
    return click.command(cls=Verb, help=help, examples=examples)


def format_option(*formats: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """`--format`: text for people, the others for programs."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(["text", *formats]),
        default="text",
        help=both(en="For people (text) or for programs.", da="Til mennesker (text) eller til programmer."),
    )
