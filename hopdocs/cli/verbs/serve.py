"""`hopdocs serve`: the pages in a browser on this machine, following what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

if TYPE_CHECKING:
    from hopdocs.cli.console import Console


@verb(
    help=both(
        en="Show the pages in a browser on this machine alone, and anew when they change, until SIGTERM or Ctrl-C. "
        "From a family's page each PDF leads to the lines of the family's file that it comes from.\n\n"
        "The address holds a secret that is another each time: give it to nobody. Nothing is changed and nothing made: "
        "`hopdocs watch` beside it does that.",
        da="Vis siderne i en browser på denne maskine alene, og på ny, når de ændrer sig, til SIGTERM eller Ctrl-C. "
        "Fra en families side fører hver PDF til de linjer i familiens fil, den kommer af.\n\n"
        "Adressen rummer en hemmelighed, som er en ny hver gang: giv den ikke videre. Intet bliver ændret, og intet "
        "lavet: det gør `hopdocs watch` ved siden af.",
    ),
    examples=("hopdocs serve", "hopdocs serve --port 8350"),
)
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    metavar="N",
    help=both(en="On this port; else whichever is free.", da="På denne port; ellers en, der er fri."),
)
@click.pass_obj
def command(invocation: Invocation, port: int | None) -> None:
    """Says the address, and answers."""
    import asyncio  # noqa: PLC0415 - the server is only for this verb

    from hopdocs.cli.workspace_loading import clock_of, read_config  # noqa: PLC0415
    from hopdocs.operator_file import read_config_text  # noqa: PLC0415
    from hopdocs.serving.admission import make_token  # noqa: PLC0415
    from hopdocs.serving.lines.paper import PaperDesk  # noqa: PLC0415
    from hopdocs.serving.loopback import listen_on_loopback  # noqa: PLC0415
    from hopdocs.serving.server import Server  # noqa: PLC0415
    from hopdocs.serving.site import Folders, Site  # noqa: PLC0415

    console = invocation.console
    workspace, config = read_config(invocation)
    clock, token = clock_of(invocation, config), make_token()
    desk = PaperDesk(workspace, clock, read_config_text(workspace))
    folders = Folders(workspace.output(config.documents), workspace.families)
    site = Site(folders, config.municipality, token, desk)
    server = Server(site, clock, lambda err: _complain(console, err))
    sockets = listen_on_loopback(port or 0)
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/{token}/"
    asyncio.run(server.run_until_signalled(sockets, lambda: _say_address(console, address)))


def _say_address(console: Console, address: str) -> None:
    console.say(address)
    console.tell(
        both(
            en="open it in a browser on this machine, and give it to nobody; Ctrl-C ends",
            da="åbn den i en browser på denne maskine, og giv den ikke videre; Ctrl-C slutter",
        )
    )


def _complain(console: Console, err: BaseException) -> None:
    """A fault of hopdocs' own by its place in the program: what it says may hold what stands in a file."""
    from hopdocs.cycle.making.unrendered import name_bug  # noqa: PLC0415 - seldom

    console.complain(name_bug(err))
