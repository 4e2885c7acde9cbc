"""Extracts for tests. Numbers are put together from their parts, so that none stands anywhere as one."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hopdocs.candidates.ranking import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KEY: Final = b"not-a-secret-of-anybody-at-all-0123456789"
AREAS: Final = {
    "bf": "BF",
    "børn og familie": "BF",
    "bes": "BES",
    "jobcenter": "BES",
    "du": "DU",
    "hp": "HP",
    "so": "SO",
}
GROUPS: Final = {"Anbragte": ["anbring"], "Overførselsindkomst": ["kontanthjælp"], "Sygdom": ["sygedagpenge"]}
COSTS: Final = ("Husstandsnr.", "CPR-nr", "Fagområde", "Ydelse", "Beløb", "Bogføringsdato")
CONTACTS: Final = ("CPR-nr", "Enhed", "Dato")
TEN_DIGITS: Final = re.compile(rb"(?<![0-9])[0-9]{6}-?[0-9]{4}(?![0-9])")


def number(person: int, *, dash: str = "-") -> str:
    """A number in the shape of a CPR number, with a day that no month has."""
    return f"{40 + person % 50:02}{person % 12 + 1:02}{person % 90 + 10:02}{dash}{person:04}"


def write(path: Path, heads: Iterable[str], rows: Iterable[Iterable[Any]], encoding: str = "utf-8") -> Path:
    lines = [";".join(map(str, row)) for row in [heads, *rows]]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def wanted(*costs: Path, contacts: Iterable[Path] = (), **more: Any) -> Wanted:
    rule = {"required_area": "BF", "other_areas": 1}
    return Wanted(costs=costs, contacts=[*contacts], key=KEY, areas=AREAS, groups=GROUPS, **{**rule, **more})


def kroner(text: str) -> Decimal:
    return Decimal(text)
