"""The words a file may hold, read from the model itself: which keys exist where, and what they are called in Danish.

A person who writes `navn:` or `tovholdr:` is told the key that was meant; one who writes a key at the wrong level
is told the level.
"""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

if TYPE_CHECKING:
    from hopdocs.diagnostics import DataPath


def model_at(model: type[BaseModel], at: DataPath) -> type[BaseModel] | None:
    """The model of the mapping at a path, or None if the path leads to none."""
    here: Any = model
    for step in at:
        here = _inner(here, step)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _inner(kind: Any, step: str | int) -> Any:
    """What lies one step inside a type."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return keys_of(kind).get(str(step))
    arguments = [argument for argument in get_args(kind) if argument is not Ellipsis]
    origin = get_origin(kind)
    if origin in (tuple, list) and arguments:
        return _bare(arguments[0])
    if origin is dict:
        return _bare(arguments[1])
    return None


def _bare(kind: Any) -> Any:
    """A type without `Annotated` and without `| None`."""
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
        elif origin in (Union, UnionType):
            kinds = [argument for argument in get_args(kind) if argument is not NoneType]
            kind = next((item for item in kinds if _holds_model(item)), kinds[0])
        else:
            return kind


def _holds_model(kind: Any) -> bool:
    return isinstance(_bare(kind), type) and issubclass(_bare(kind), BaseModel)


@cache
def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of one mapping as they stand in YAML, with the bare type of each."""
    return {field.alias or name: _bare(field.annotation) for name, field in model.model_fields.items()}


@cache
def _danish_words(model: type[BaseModel]) -> dict[str, str]:
    """Lower-case Danish titles of a mapping's keys, and the keys."""
    titles = {(field.title or "").lower(): field.alias or name for name, field in model.model_fields.items()}
    return {title: key for title, key in titles.items() if title}


_OTHER_WORDS = {
    **dict.fromkeys(("tid", "tidspunkt", "kl", "klokken", "mødetid"), "start"),
    **dict.fromkeys(("fødselsdag", "fødselsdato", "fødselsår"), "born"),
    **dict.fromkeys(("tlf", "tlf.", "mobil", "telefonnummer"), "phone"),
    **dict.fromkeys(("mail", "e_mail", "mailadresse"), "email"),
    **dict.fromkeys(("lokale", "mødested", "adresse"), "place"),
    **dict.fromkeys(("årsag", "begrundelse"), "reason"),
    **dict.fromkeys(("deltagere", "inviterede", "attendees"), "invited"),
    **dict.fromkeys(("mødetype",), "type"),
}
"""What people call a key besides its title."""


def suggest_key(model: type[BaseModel], written: str) -> str:
    """The key that was probably meant, by its own name or its Danish title; empty if none is near."""
    known = {key.lower(): key for key in keys_of(model)}
    others = {word: key for word, key in _OTHER_WORDS.items() if key in known}
    words = others | _danish_words(model) | known
    lowered = written.strip(" \"'“”«»").lower().replace(" ", "_").replace("-", "_")
    if lowered in words:
        return words[lowered]
    if (spaced := lowered.replace("_", " ")) in words:
        return words[spaced]
    near = get_close_matches(lowered, list(words), n=1, cutoff=0.7)
    return words[near[0]] if near else ""


def find_home(root: type[BaseModel], written: str) -> str:
    """Where else in the file a key of that name belongs, such as `contact` for `postcode`; empty if nowhere."""
    return next((home for home, keys in _homes(root) if home and written in keys), "")


@cache
def _homes(root: type[BaseModel]) -> tuple[tuple[str, frozenset[str]], ...]:
    found: list[tuple[str, frozenset[str]]] = []
    waiting: list[tuple[str, Any]] = [("", root)]
    while waiting:
        home, kind = waiting.pop(0)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            keys = keys_of(kind)
            found.append((home, frozenset(keys)))
            waiting += [(f"{home}.{key}".strip("."), inner) for key, inner in keys.items()]
        elif (inner := _inner(kind, 0)) is not None:
            waiting.append((home, inner))
    return tuple(found)
