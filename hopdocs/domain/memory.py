"""Answers about a family, kept as long as the family is: the same question comes from many rules, pages and letters."""

from __future__ import annotations

import weakref
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.model.family import Family

_P = ParamSpec("_P")
_R = TypeVar("_R")

_answers: Final[dict[int, tuple[weakref.ref[Family], dict[tuple[object, ...], Any]]]] = {}
"""By the family's identity. A family is frozen, so equal identity is equal contents; comparing would cost more."""


def remembered(question: Callable[Concatenate[Family, _P], _R]) -> Callable[Concatenate[Family, _P], _R]:
    """Ask a pure question about a family once. What else it is asked with must be hashable, or a frozen model."""

    @wraps(question)
    def ask(family: Family, /, *args: _P.args, **named: _P.kwargs) -> _R:
        known = _known_of(family)
        values = (*args, *named.values()) if named else args
        key = (question, *(id(item) if isinstance(item, BaseModel) else item for item in values), *named)
        if key not in known:
            known[key] = (question(family, *args, **named), values)  # models among the values live on, and their ids
        answer: _R = known[key][0]
        return answer

    return ask


def _known_of(family: Family) -> dict[tuple[object, ...], Any]:
    identity = id(family)
    found = _answers.get(identity)
    if found is None:
        gone = weakref.ref(family, lambda _: _answers.pop(identity, None))
        found = _answers[identity] = (gone, {})
    return found[1]
