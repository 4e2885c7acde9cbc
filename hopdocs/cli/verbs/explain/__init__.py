"""`hopdocs explain`: why a diagnostic exists and how to mend it, and the lines that a figure was made of."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

import click

from hopdocs.catalogue import choose_language, load_wordings
from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

_FIGURE: Final = ("figure", "tal")


class _Nothing(dict[str, str]):
    """Stands where a message names what it found: here it has found nothing."""

    def __missing__(self, key: str) -> str:
        return "…"


@verb(
    help=both(
        en="Tell why a diagnostic exists, with its source, and how to mend what it points at. After `figure`: the "
        "figures of a family, of a report or of all (projekt), by their names; of one of them the lines that it was "
        "made of.",
        da="Fortæl, hvorfor en fejl meldes, hvor reglen kommer fra, og hvordan man retter det, den peger på. Efter "
        "`figure`: tallene for en familie, en rapport eller alle (projekt) ved navn; for ét af dem de linjer, "
        "det er lavet af.",
    ),
    examples=(
        "hopdocs explain HD203",
        "HOPDOCS_LANG=da hopdocs explain HD203",
        "hopdocs explain figure HOP-2025-003",
        "hopdocs explain figure HOP-2025-003 udgift.tendens",
        "hopdocs explain figure projekt møder.rytme",
        "hopdocs explain figure projektstatus-2026-k3 forløb.aktive",
    ),
)
@click.argument("code")
@click.argument("of", nargs=-1, metavar=both(en="[FAMILY|projekt] [NAME]", da="[FAMILIE|projekt] [NAVN]"))
@click.pass_obj
def command(invocation: Invocation, code: str, of: tuple[str, ...]) -> None:
    """Shows the long text of one code, or figures."""
    if code.casefold() in _FIGURE:
        from hopdocs.cli.verbs.explain.figure import explain_figure  # noqa: PLC0415 - reads every layer below the pages

        explain_figure(invocation, of)
        return
    if of:
        msg = both(en=f"one code at a time, not {' '.join(of)} too", da=f"én kode ad gangen, ikke også {' '.join(of)}")
        raise click.UsageError(msg)
    words = load_wordings(choose_language())
    name = f"HD{code}" if code.isdecimal() else code.upper()
    if name not in words:
        near = ", ".join(get_close_matches(name, words, n=3, cutoff=0.5))
        also = both(en=f"; near it: {near}", da=f"; tæt på: {near}") if near else ""
        msg = both(en=f"there is no code {code}{also}", da=f"koden {code} findes ikke{also}")
        raise click.UsageError(msg)
    found, console = words[name], invocation.console
    console.say(f"{console.style(name, 'bold')}  {found.message.format_map(_Nothing())}")
    if found.hint:
        console.say(f"{both(en='hint', da='råd')}: {found.hint.format_map(_Nothing())}")
    console.say()
    console.say(found.explain.rstrip())
