"""`hopdocs explain CODE`: why a diagnostic exists, with its source, and how to mend it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

import click

from hopdocs.catalogue import choose_language, load_wordings
from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

_PLACE: Final = re.compile(r"\{\w+\}")
"""Where a message names what it found: here it has found nothing."""


@verb(
    help=both(
        en="Tell why a diagnostic exists, with its source, and how to mend what it points at.",
        da="Fortæl, hvorfor en fejl meldes, hvor reglen kommer fra, og hvordan man retter det, den peger på.",
    ),
    examples=("hopdocs explain HD203", "HOPDOCS_LANG=da hopdocs explain HD203"),
)
@click.argument("code")
@click.pass_obj
def command(invocation: Invocation, code: str) -> None:
    """Shows the long text of one code."""
    words = load_wordings(choose_language())
    name = f"HD{code}" if code.isdecimal() else code.upper()
    if name not in words:
        near = ", ".join(get_close_matches(name, words, n=3, cutoff=0.5))
        also = both(en=f"; near it: {near}", da=f"; tæt på: {near}") if near else ""
        msg = both(en=f"there is no code {code}{also}", da=f"koden {code} findes ikke{also}")
        raise click.UsageError(msg)
    found, console = words[name], invocation.console
    console.say(f"{console.style(name, 'bold')}  {_PLACE.sub('…', found.message)}")
    if found.hint:
        console.say(f"{both(en='hint', da='råd')}: {_PLACE.sub('…', found.hint)}")
    console.say()
    console.say(found.explain.rstrip())
