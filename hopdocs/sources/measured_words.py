"""`value: ja` where a number belongs: the model reads both as numbers, so that is asked on the text as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.model.scalars.values import is_yes_no

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.model.indicators import IndicatorCatalogue
    from hopdocs.sources.yaml.yaml_text import Tree


def find_words_for_numbers(tree: dict[str, Tree], catalogue: IndicatorCatalogue) -> Iterator[Finding]:
    """Every yes or no that was written for something that is counted."""
    measurements = tree.get("measurements")
    lines = measurements.get("indicators") if isinstance(measurements, dict) else None
    for index, line in enumerate(lines if isinstance(lines, list) else ()):
        if not isinstance(line, dict):
            continue
        key, value = line.get("key"), line.get("value")
        kind = catalogue.find(key.strip()) if isinstance(key, str) else None
        if kind is not None and not kind.is_yes_or_no and isinstance(value, str) and is_yes_no(value.strip()):
            at = ("measurements", "indicators", index, "value")
            params = {"indicator": kind.label, "value": value.strip(), "unit": kind.unit}
            yield Finding("HD809", at, params, Severity.ERROR, Blocks.NOTHING)
