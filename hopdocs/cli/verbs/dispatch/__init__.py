"""`hopdocs dispatch`: lays ready what goes to the family, reads what came of it, and lists it for the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import VerbGroup
from hopdocs.cli.verbs.dispatch.journal import journal
from hopdocs.cli.verbs.dispatch.lay import lay
from hopdocs.cli.verbs.dispatch.receipts import receipts

if TYPE_CHECKING:
    from hopdocs.cli.program import Verb


class _Dispatch(VerbGroup):
    """`dispatch` with families, or none, lays ready; a word of its own does something else."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is no verb of this group and no help is for `lay`."""
        asks_for_help = bool(args) and args[0] in ctx.help_option_names
        if not asks_for_help and (not args or args[0] not in self.commands):
            args = [lay.name or "", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Dispatch,
    no_args_is_help=False,
    help=both(
        en="Lay ready what waits to reach the family; `hopdocs dispatch [FAMILY]...` is short for `hopdocs dispatch "
        "lay`. hopdocs sends nothing to a family itself.",
        da="Læg klar, hvad der skal ud til familien; `hopdocs dispatch [FAMILY]...` er kort for `hopdocs dispatch "
        "lay`. hopdocs sender ikke selv noget til en familie.",
    ),
)
def command() -> None:
    """Groups what is done with letters to the family."""


_VERBS: tuple[Verb, ...] = (lay, receipts, journal)
for _verb in _VERBS:
    command.add_command(_verb)
