"""`hopdocs schema family|config`: what VS Code and other editors need to complete and check while typing."""

from __future__ import annotations

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb


@verb(
    help=both(
        en="Print the JSON Schema of a family's file or of config.yaml, with Danish titles and descriptions.",
        da="Skriv JSON Schema for en families fil eller for config.yaml, med danske titler og forklaringer.",
    ),
    examples=("hopdocs schema family > .vscode/family.schema.json", "hopdocs schema config"),
)
@click.argument("what", type=click.Choice(["family", "config"]))
@click.pass_obj
def command(invocation: Invocation, what: str) -> None:
    """Prints one schema."""
    from hopdocs.sources.editor.schema import config_schema, family_schema  # noqa: PLC0415 - reads the whole model

    invocation.console.emit_json(family_schema() if what == "family" else config_schema())
