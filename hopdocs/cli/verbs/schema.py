"""`hopdocs schema family|config|operator`: what VS Code and other editors need to complete and check while typing."""

from __future__ import annotations

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb


@verb(
    help=both(
        en="Print the JSON Schema of a family's file, config.yaml or the operator's file, with Danish titles.",
        da="Skriv JSON Schema for en families fil, config.yaml eller driftens fil, med danske forklaringer.",
    ),
    examples=("hopdocs schema family > .vscode/family.schema.json", "hopdocs schema config"),
)
@click.argument("what", type=click.Choice(["family", "config", "operator"]))
@click.pass_obj
def command(invocation: Invocation, what: str) -> None:
    """Prints one schema."""
    from hopdocs.sources.editor.schema import config_schema, family_schema, operator_schema  # noqa: PLC0415 - reads the whole model

    schemas = {"family": family_schema, "config": config_schema, "operator": operator_schema}
    invocation.console.emit_json(schemas[what]())
