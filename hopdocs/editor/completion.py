"""What may be written at a place: keys, words to choose from, and everybody and everything that has an id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.editor.keys import describe
from hopdocs.editor.names import names_at
from hopdocs.sources.references import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.editor.keys import Described, KeyWords, SourceKind
    from hopdocs.editor.names import Directory, Named
    from hopdocs.editor.place import Place
    from hopdocs.sources.editor.schema import Schema


class OfferKind(StrEnum):
    """What an offer is, for the sign that an editor sets before it."""

    KEY = "key"
    WORD = "word"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be written. `text` takes the place's word; it is found by its id and by its name."""

    label: str
    text: str
    kind: OfferKind
    beside: str = ""
    """Shown beside it, in one line."""
    about: str = ""
    sought_by: str = ""
    is_last: bool = False


def offer(place: Place, kind: SourceKind, schema: Schema, directory: Directory) -> list[Offer]:
    """Everything that may be written at a place, in the order in which it is listed."""
    found: dict[str, Offer] = {}
    if place.value_at is not None:
        for item in _offer_values(place, kind, schema, directory):
            found.setdefault(item.text, item)
    if place.key_in is not None:
        for item in _offer_keys(place, kind, schema, directory):
            found.setdefault(item.text, item)
    return list(found.values())


def _offer_values(place: Place, kind: SourceKind, schema: Schema, directory: Directory) -> Iterator[Offer]:
    at = place.value_at or ()
    named = names_at(kind, at, on_key=False)
    described = describe(schema, at)
    begins_list = described.is_list and named is None
    if begins_list:  # on the line of its key, where one word alone would be no list
        named = names_at(kind, (*at, 0), on_key=False)
    if named is not None:
        words = {word for word, _ in described.choices}
        for item in directory.of(named):
            yield _by_name(item, f"[{item.id}]" if begins_list and item.id not in words else item.id)
        if named is Names.INDICATOR:
            return
    for word, said in described.choices:
        yield Offer(word, word, OfferKind.WORD, beside=said, about=described.about, sought_by=f"{word} {said}")


def _offer_keys(place: Place, kind: SourceKind, schema: Schema, directory: Directory) -> Iterator[Offer]:
    mapping = place.key_in or ()
    described = describe(schema, mapping)
    if described.is_list and not described.keys:
        yield from _begin_entry(place, describe(schema, (*mapping, 0)))
        return
    for key in described.keys:
        if key.key not in place.taken:
            yield _by_key(key, _after(key, place))
    named = names_at(kind, (*mapping, ""), on_key=True)
    for item in directory.of(named) if named is not None else ():
        if item.id not in place.taken:
            yield _by_name(item, item.id if place.has_colon else f"{item.id}:")


def _begin_entry(place: Place, entry: Described) -> Iterator[Offer]:
    """Below the name of a list each entry begins with a dash."""
    for key in entry.keys:
        text = f"- {key.key}{_after(key, place)}"
        yield Offer(f"- {key.key}", text, OfferKind.KEY, key.title, key.about, f"- {key.key} {key.title}")
    if entry.takes_text or not entry.keys:
        yield Offer("- ", "- ", OfferKind.WORD, entry.title, entry.about)


def _by_key(key: KeyWords, after: str) -> Offer:
    title = f"{key.title} – skal stå her" if key.is_required else key.title
    return Offer(key.key, f"{key.key}{after}", OfferKind.KEY, title, key.about, f"{key.key} {key.title}")


def _after(key: KeyWords, place: Place) -> str:
    """What follows a key: nothing where its colon stands already."""
    if place.has_colon:
        return ""
    if place.is_in_brackets:
        return ": "
    return ": " if key.holds == "text" else ":"


def _by_name(item: Named, text: str) -> Offer:
    beside = f"{item.called} ({item.more})" if item.more and item.called else item.called or item.more
    return Offer(
        item.id, text, OfferKind.NAME, beside, sought_by=f"{item.id} {item.called}".strip(), is_last=item.is_past
    )
