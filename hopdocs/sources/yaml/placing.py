"""From a fault in the data to a fault at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.catalogue.masking import mask_cpr_shapes
from hopdocs.diagnostics import Diagnostic, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.sources.yaml.yaml_text import ParsedYaml


def place_findings(findings: Iterable[Finding], source: ParsedYaml) -> list[Diagnostic]:
    """Each finding at its line and column in the file it came from; no parameter repeats a CPR number."""
    placed = []
    for finding in findings:
        place = source.position(finding.at, on_key=finding.on_key)
        params = {name: mask_cpr_shapes(value) for name, value in finding.params.items()}
        placed.append(
            Diagnostic(
                path=source.path,
                line=place.line,
                column=place.column,
                code=finding.code,
                params=params,
                severity=finding.severity,
                blocks=finding.blocks,
                length=place.length,
            )
        )
    return placed
