"""A month's empty lines in a family's file: what is asked for stands there, and only the value is left to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.cli.family_edit.entries import add_entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.domain.course.registration import AskedValue


def add_registration(text: str, asked: Iterable[AskedValue], month: date) -> str:
    """`text` with an empty line for each figure at the end of the family's indicators, all else as it is."""
    lines = [line for item in asked for line in draft_value(item, month)]
    return add_entry(text, ("measurements", "indicators"), lines)


def draft_value(asked: AskedValue, month: date) -> list[str]:
    """The line of one figure that is still to be written."""
    kind = asked.kind
    return [
        f"- key: {asked.written_as}  # {kind.label} ({kind.unit})",
        *([f"  for: [{asked.member}]"] if asked.member is not None else []),
        f"  month: {month:%Y-%m}",
        "  value:",
        *([f"  source: {kind.source.value}"] if kind.source is not None else []),
        *(["  informant:"] if kind.informant else []),
    ]
