"""`hopdocs schema family|config|operator`: what VS Code and other editors need to complete and check while typing.

`hopdocs schema export` is for programs that read what `hopdocs export` writes.
"""

from __future__ import annotations

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb


@verb(
    help=both(
        en="Print the JSON Schema of a family's file, config.yaml or the operator's file, with Danish titles; or that "
        "of what `export` writes as JSON.",
        da="Skriv JSON Schema for en families fil, config.yaml eller driftens fil, med danske forklaringer; eller for "
        "det, `export` skriver som JSON.",
    ),
    examples=("hopdocs schema family > .vscode/family.schema.json", "hopdocs schema config"),
)
@click.argument("what", type=click.Choice(["family", "config", "operator", "export"]))
@click.pass_obj
def command(invocation: Invocation, what: str) -> None:
    """Prints one schema."""
    from hopdocs.exports.schema import export_schema  # noqa: PLC0415 - reads the whole model
    from hopdocs.sources.editor.schema import config_schema, family_schema, operator_schema  # noqa: PLC0415 - reads the whole model

    schemas = {"family": family_schema, "config": config_schema, "operator": operator_schema, "export": export_schema}
    invocation.console.emit_json(schemas[what]())
