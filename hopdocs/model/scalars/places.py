"""Where a meeting is held: in somebody's home, in a room that `config.yaml` names, or wherever a text says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from hopdocs.model.scalars.values import MemberKey, Reader, parse_text

if TYPE_CHECKING:
    from collections.abc import Container

_HOME: Final = "home:"
_HOME_AS_WRITTEN: Final = re.compile(r"home\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Location:
    """What a meeting's `place` says: `host` for a home, `room` for a key of `places`; for free text neither."""

    text: str
    host: MemberKey | None = None
    room: str | None = None


def locate(place: str, rooms: Container[str]) -> Location:
    """What `place` means, given the keys of `places`. Whether such a member exists is asked with the references."""
    place = normalise_place(place)
    if place.startswith(_HOME):
        return Location(place, host=MemberKey(place.removeprefix(_HOME)))
    return Location(place, room=place if place in rooms else None)


def normalise_place(text: str) -> str:
    """A place with its ends trimmed; a home as `home:signe`, however many blanks stand around the colon."""
    text = text.strip()
    found = _HOME_AS_WRITTEN.match(text)
    return f"{_HOME}{text[found.end() :]}" if found else text


def _parse_place(text: str) -> str:
    return normalise_place(parse_text(text))


PlaceText = Annotated[str, Reader(_parse_place, {"type": ["string", "number", "boolean"]})]
"""A meeting's place; `locate` says what it is."""
