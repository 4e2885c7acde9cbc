"""What short Danish texts are called in other languages: hopdocs' own, and the municipality's beside them.

A phrase is looked up as it stands in Danish: a word of a closed list, an agenda's usual point, a profession, or a
pattern with `{blanks}`. What nobody has translated stays Danish: a name is right in any language, and a sentence that
somebody wrote is theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from hopdocs.danish import capitalise

if TYPE_CHECKING:
    from collections.abc import Mapping

_BLANK: Final = re.compile(r"\{(\w+)\}")
_HOME: Final = Path(__file__).parent / "phrases"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language. `own` are the municipality's, which go before those that hopdocs comes with."""

    code: str
    own: Mapping[str, str]

    def find(self, danish: str) -> str | None:
        """The phrase in this language; None if nobody has given one. A capital or a full stop makes no other phrase."""
        bare = danish.removesuffix(".")
        for written in (danish, bare):
            found = self._as_written(written)
            if found is None and written[:1].isupper():
                small = self._as_written(written[:1].lower() + written[1:])
                found = capitalise(small) if small is not None else None
            if found is not None:
                return found
        return None

    def _as_written(self, danish: str) -> str | None:
        return self.own.get(danish) or shipped_phrases(self.code).get(danish)


@cache
def shipped_phrases(code: str) -> Mapping[str, str]:
    """What hopdocs comes with: by the Danish phrase, that of the language; empty for a language it knows none of."""
    path = _HOME / f"{code}.yaml"
    if not path.is_file():
        return {}
    found: dict[str, str] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - ours
    return found


def blanks_of(pattern: str) -> frozenset[str] | None:
    """The names between the braces of a phrase; None where a brace is left over."""
    return frozenset(_BLANK.findall(pattern)) if not set("{}") & set(_BLANK.sub("", pattern)) else None


def fill_blanks(pattern: str, parts: Mapping[str, str]) -> str | None:
    """A phrase with its parts; None where it has other blanks: half a sentence is worse than a Danish one."""
    return _BLANK.sub(lambda found: parts[found[1]], pattern) if blanks_of(pattern) == frozenset(parts) else None


def known_phrases() -> tuple[str, ...]:
    """Every Danish phrase that hopdocs puts into letters by itself, for whoever gives another language."""
    return tuple(shipped_phrases("en"))
