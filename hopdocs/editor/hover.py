"""What stands at a place: the key's own words, who or what an id is, and what follows from it today."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

from hopdocs.danish import long_date, week
from hopdocs.editor.facts import facts_at, say_with_distance
from hopdocs.editor.keys import describe
from hopdocs.editor.names import names_at
from hopdocs.model.scalars.moments import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.editor.keys import SourceKind
    from hopdocs.editor.names import Directory
    from hopdocs.editor.place import Place
    from hopdocs.sources.editor.schema import Schema


def explain(  # noqa: PLR0913 - a place, and what it is explained by
    place: Place,
    kind: SourceKind,
    schema: Schema,
    directory: Directory,
    day: FamilyDay | None,
    *,
    is_of_this_text: bool = True,
) -> str:
    """Plain text for whoever rests on a word; '' where there is nothing to say.

    `day` is the family as it could last be read, None for other files. Of another text than this one only what has a
    name is told of: the second meeting may have been the first.
    """
    parts = [*_say_key(place, schema), *_say_named(place, kind, directory), *_say_date(place, directory.today)]
    is_counted = any(isinstance(step, int) for step in place.path)
    facts = facts_at(place.path, day) if day is not None and (is_of_this_text or not is_counted) else []
    return "\n\n".join(["\n".join(parts), "\n".join(facts)]).strip()


def _say_key(place: Place, schema: Schema) -> Iterator[str]:
    """The Danish name of the key, or of the list that an entry stands in, and its words."""
    path = place.path
    while path and not (described := describe(schema, path)).title:
        path = path[:-1]
    if path:
        yield ": ".join(text for text in (described.title, described.about) if text)


def _say_named(place: Place, kind: SourceKind, directory: Directory) -> Iterator[str]:
    named = names_at(kind, place.path, on_key=place.is_on_key)
    found = directory.find(named, place.word) if named is not None else None
    if found is not None:
        yield f"{found.id}: {found.called}" + (f", {found.more}" if found.more else "")


def _say_date(place: Place, today: date) -> Iterator[str]:
    if place.is_on_key:
        return
    with suppress(PydanticCustomError):
        there = parse_date(place.word)
        yield f"{say_with_distance(f'{long_date(there).capitalize()}, {week(there)}', there, today)}."
