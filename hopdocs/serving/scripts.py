"""The scripts that a served page may run, each known by its digest: hopdocs' own, to the last letter."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import Final

_LAYOUTS: Final = files("hopdocs.pages") / "layouts"
FOLLOW_SCRIPT: Final = "\n" + (_LAYOUTS / "follow.js").read_text(encoding="utf-8")
_CHOICE_SCRIPT: Final = "\n" + (_LAYOUTS / "choice.js").read_text(encoding="utf-8")
"""As it stands in the page of all families: on lines of its own."""


def _hash_of(script: str) -> str:
    """A script as a Content-Security-Policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


SCRIPT_HASHES: Final = (_hash_of(FOLLOW_SCRIPT), _hash_of(_CHOICE_SCRIPT))
