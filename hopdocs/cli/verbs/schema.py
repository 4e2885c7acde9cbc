"""`hopdocs schema family|config|indicators|operator`: what editors need to complete and check while somebody types.

`hopdocs schema export` is for programs that read what `hopdocs export` writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

if TYPE_CHECKING:
    from hopdocs.model.indicators import IndicatorCatalogue


@verb(
    help=both(
        en="Print the JSON Schema of a family's file, config.yaml, indikatorer.yaml or the operator's file, with "
        "Danish titles; or that of what `export` writes as JSON. The workspace's own indicators are among the keys.",
        da="Skriv JSON Schema for en families fil, config.yaml, indikatorer.yaml eller driftens fil, med danske "
        "forklaringer; eller for det, `export` skriver som JSON. Jeres egne indikatorer er blandt nøglerne.",
    ),
    examples=("hopdocs schema family > .vscode/family.schema.json", "hopdocs schema config"),
)
@click.argument("what", type=click.Choice(["family", "config", "indicators", "operator", "export"]))
@click.pass_obj
def command(invocation: Invocation, what: str) -> None:
    """Prints one schema."""
    from hopdocs.exports.schema import export_schema  # noqa: PLC0415 - reads the whole model
    from hopdocs.sources.editor import schema  # noqa: PLC0415

    own = _own_catalogue(invocation)
    schemas = {
        "family": lambda: schema.family_schema(own),
        "config": lambda: schema.config_schema(own),
        "indicators": schema.indicators_schema,
        "operator": schema.operator_schema,
        "export": export_schema,
    }
    invocation.console.emit_json(schemas[what]())


def _own_catalogue(invocation: Invocation) -> IndicatorCatalogue | None:
    """The indicators of the workspace, where there is one that has some of its own."""
    from hopdocs.sources.indicators import parse_catalogue  # noqa: PLC0415
    from hopdocs.workspace import UnreadableFile, Workspace, read_source  # noqa: PLC0415

    try:
        return parse_catalogue(read_source(Workspace(invocation.workspace).indicators_path)).catalogue
    except (FileNotFoundError, UnreadableFile):
        return None
