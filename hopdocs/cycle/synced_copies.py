"""Copies that synchronising programs make of a family's file when two have saved it, by their names.

Every program has its own way, and some write it in the language of the machine: `hop-1 (conflicted copy 2026-11-21
101112).yaml` (Nextcloud), `hop-1_conflict-20261121-101112.yaml` (ownCloud), `hop-1.sync-conflict-…` (Syncthing),
`hop-1 (case clash from …)` where only capitals differ, `hop-1 (Karlas kopi i konflikt …)` (Dropbox), `hop-1 (in
Konflikt stehende Kopie …)`, `hop-1 (1).yaml` (Google Drive), `hop-1-DESKTOP-4F7K2LM.yaml` (OneDrive). A family's file
has only letters, digits and hyphens in its name, and ids have hyphens: what it is a copy of ends where another sign or
the first word about a conflict begins, never at a hyphen.
"""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_STEM: Final = re.compile(r"[A-Za-z0-9æøåÆØÅ-]{1,64}")
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
"""What Windows opens as a device under any ending: a checkout there can't hold the file."""
_SAYS_CONFLICT: Final = re.compile(r"(?:conflict|konflikt|modstridende|widerspr[uü]ch|case[ -]clash)", re.IGNORECASE)
_NUMBERED: Final = re.compile(r" ?\(\d{1,3}\)")
_ONEDRIVES: Final = re.compile(r"-(?:DESKTOP|LAPTOP)-[0-9A-Z]{6,9}(?:-\d{1,3})?")
_WORD_BEHIND: Final = re.compile(r"-+(?:sync-|in-|i-)?(?:conflict|konflikt|modstridende).*", re.IGNORECASE)


def is_plain_name(name: str) -> bool:
    """Whether a file's name is that of a family, and not of a copy."""
    stem = name.removesuffix(".yaml")
    is_name = stem != name and _STEM.fullmatch(stem) is not None and _cut(stem) == stem
    return is_name and not stem.startswith("-") and stem.casefold() not in _DEVICES


def original_of(name: str) -> str:
    """The name of the file that `name` is a conflicting copy of; empty where it is none."""
    stem = unicodedata.normalize("NFC", name.rpartition(".")[0])
    first = _STEM.match(stem)
    if first is None:
        return ""
    behind = stem[first.end() :]
    original = _cut(first[0]).rstrip("-")
    is_copy = original != first[0].rstrip("-") or bool(_SAYS_CONFLICT.search(behind)) or _NUMBERED.fullmatch(behind)
    return f"{original}.yaml" if is_copy and original else ""


def copies_in(folder: str, name: str) -> Iterable[str]:
    """The conflicting copies of one file that lie beside it, as a program's hands left them."""
    stem = name.removesuffix(".yaml").casefold()
    try:
        with os.scandir(folder) as entries:
            beside = [item.name for item in entries if item.name.casefold().startswith(stem) and item.name != name]
    except OSError:
        return []
    return sorted(item for item in beside if original_of(item).casefold() == f"{stem}.yaml")


def _cut(stem: str) -> str:
    """A name of the shape of a family's without what says of which machine's or which conflict's copy it is."""
    for pattern in (_WORD_BEHIND, _ONEDRIVES):
        found = pattern.search(stem, 1)
        if found is not None and found.end() == len(stem):
            return stem[: found.start()]
    return stem
