"""One slip of the hand that two checks see: told once, with the hint that really helps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hopdocs.diagnostics import Diagnostic, Finding


def drop_misshapen_names(findings: Iterable[Finding], unknown: Iterable[Finding]) -> list[Finding]:
    """A person's name in an id's place cannot be an id, and nobody has it: the second says which id was meant."""
    told = {item.at for item in unknown}
    return [item for item in findings if item.code != "HD143" or item.at not in told]


def join_cut_lists(faults: Sequence[Diagnostic]) -> list[Diagnostic]:
    """`{for: sami, lina}` wants brackets, and no quotation marks around a text that the comma cut."""
    wanting = {(item.line, item.params["key"]) for item in faults if item.code == "HD180"}
    cuts = {
        place: item for item in faults if item.code == "HD114" and (place := (item.line, item.params["key"])) in wanting
    }
    joined = []
    for item in faults:
        cut = cuts.get((item.line, item.params.get("key", "")))
        if cut is not None and item.code == "HD180":
            length = cut.column + cut.length - item.column
            joined.append(replace(item, params={**item.params, "value": cut.params["text"]}, length=length))
        elif cut is not item:
            joined.append(item)
    return joined


def drop_unseen_indents(faults: Sequence[Diagnostic]) -> list[Diagnostic]:
    """How far in a line stands is known once its false spaces are gone: to count them with the true ones misleads."""
    false = {item.line for item in faults if item.code == "HD174"}
    return [item for item in faults if item.code != "HD173" or item.line not in false]
