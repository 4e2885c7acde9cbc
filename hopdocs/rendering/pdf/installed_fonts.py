"""Which fonts the machine has, and which one fontconfig takes for another, as LibreOffice asks it."""

from __future__ import annotations

import subprocess
from functools import cache


@cache
def read_installed_fonts() -> frozenset[str]:
    """The names of the families, in small letters; none where nobody can tell."""
    names = _ask("fc-list", ":", "family").replace("\n", ",").split(",")
    return frozenset(name.strip().lower() for name in names if name.strip())


@cache
def find_replacement(font: str) -> str:
    """The family that is taken for one that is missing."""
    return _ask("fc-match", "-f", "%{family[0]}", font).strip() or "–"


def _ask(*words: str) -> str:
    try:
        done = subprocess.run(words, capture_output=True, check=True, timeout=30)  # noqa: S603 - a fixed program, no shell
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")
