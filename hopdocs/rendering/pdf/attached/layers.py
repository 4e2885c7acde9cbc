"""Which of an attachment's layers its owner sees (optional content: ISO 32000-1, 8.11).

A layer may be switched off everywhere, or on screen alone, or on paper alone (`/AS`). The bound plan is read on both,
and whoever hid something anywhere did not want it there: only what both show is shown. Where the two differ, somebody
is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from hopdocs.rendering.pdf.attached.objects import dictionary_of, items_of, key_of, number_of, raw, resolve, text_of

_DEEPEST: Final = 32
"""And, Or and Not inside each other: more than anybody writes."""
_MEDIA: Final = ("/View", "/Print")


@dataclass(frozen=True)
class Layers:
    """The layers that are off, on screen and on paper."""

    off: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    names: dict[int, str] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)
    """Layers that were left out though one of the two shows them; grows as they are met."""

    @classmethod
    def read(cls, properties: DictionaryObject) -> Layers:
        """From the catalogue's /OCProperties, whose references are those of the pages."""
        groups = items_of(properties.get("/OCGs"))
        chosen = dictionary_of(properties.get("/D"))
        screen, paper = (_find_off(groups, chosen, medium) for medium in _MEDIA)
        return cls((screen, paper), {key_of(item): text_of(dictionary_of(item).get("/Name")) for item in groups})

    @property
    def hides(self) -> bool:
        """Whether there is anything to leave out at all."""
        return any(self.off)

    def is_seen(self, member: Any) -> bool:
        """Whether what belongs to this group, or to this membership dictionary, is seen on screen and on paper."""
        if member is None:
            return True
        screen, paper = (_is_on(member, off) for off in self.off)
        if screen != paper:
            own, groups = dictionary_of(member), [member]
            if own.get("/Type") == "/OCMD":
                found = resolve(own.get("/OCGs"))
                groups = list(found) if isinstance(found, ArrayObject) else [raw(own, "/OCGs")]
            self.differing.update(self.names[key_of(item)] for item in groups if key_of(item) in self.names)
        return screen and paper


def _find_off(groups: list[Any], chosen: DictionaryObject, medium: str) -> frozenset[int]:
    off = {key_of(item) for item in groups} if chosen.get("/BaseState") == "/OFF" else set()
    off -= {key_of(item) for item in items_of(chosen.get("/ON"))}
    off |= {key_of(item) for item in items_of(chosen.get("/OFF"))}
    for one in items_of(chosen.get("/AS")):
        usage = dictionary_of(one)
        if usage.get("/Event") != medium:
            continue
        categories = [str(resolve(item)) for item in items_of(usage.get("/Category"))]
        for group in items_of(usage.get("/OCGs")):
            states = [state for name in categories if (state := _state(dictionary_of(group), name)) is not None]
            if states and all(states):
                off.discard(key_of(group))
            elif states:
                off.add(key_of(group))
    return frozenset(off)


def _state(group: DictionaryObject, category: str) -> bool | None:
    """What a group's own usage says of itself for a category; None where it says nothing."""
    own = dictionary_of(dictionary_of(group.get("/Usage")).get(category))
    if category == "/Zoom":
        return number_of(own.get("/min"), 0) <= 1 < number_of(own.get("/max"), 2) if own else None
    said = own.get(f"{category}State")
    return None if said is None else resolve(said) != "/OFF"


def _is_on(member: Any, off: frozenset[int]) -> bool:
    own = dictionary_of(member)
    if own.get("/Type") != "/OCMD":
        return key_of(member) not in off
    if isinstance(expression := resolve(own.get("/VE")), ArrayObject) and expression:
        return _evaluate(expression, off, 0)
    found = resolve(own.get("/OCGs"))
    groups = list(found) if isinstance(found, ArrayObject) else [raw(own, "/OCGs")]
    states = [key_of(item) not in off for item in groups if resolve(item) is not None]
    if not states:
        return True
    policy = resolve(own.get("/P")) or "/AnyOn"
    return {
        "/AllOn": all(states),
        "/AnyOff": not all(states),
        "/AllOff": not any(states),
    }.get(str(policy), any(states))


def _evaluate(expression: ArrayObject, off: frozenset[int], depth: int) -> bool:
    if depth > _DEEPEST:
        raise PyPdfError("layers inside each other without end")
    operator, operands = resolve(expression[0]), list(expression)[1:]
    values = [
        _evaluate(inner, off, depth + 1) if isinstance(inner := resolve(item), ArrayObject) else _is_on(item, off)
        for item in operands
    ]
    if operator == NameObject("/Not"):
        return not all(values)
    return any(values) if operator == "/Or" else all(values)
