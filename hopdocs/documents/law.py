"""Law references in documents: always from config, never without a look at their validity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.config import Config

PLAN_LAW = ("helhedsorienteret_plan",)
"""The keys in config's `law` that the letters and the plan rest on."""

_REPLACING: Final = "erstatter_"
"""What the key begins with under which config says by which law a plan of some kind may be replaced, with consent."""


def law_reference(config: Config, key: str | None, day: date) -> str:
    """The reference behind a key, or nothing when it is unknown or not in force on `day`."""
    law = config.law.get(key) if key is not None else None
    return law.text if law is not None and law.is_valid_on(day) else ""


def plan_basis(config: Config, day: date) -> tuple[str, ...]:
    """What a helhedsorienteret plan rests on, on `day`."""
    return tuple(text for key in PLAN_LAW if (text := law_reference(config, key, day)))


def law_of_replacing(config: Config, kind: str, day: date) -> str:
    """By which law a plan of that kind may be replaced by this one, if those whom it asks say yes; else nothing."""
    return law_reference(config, f"{_REPLACING}{kind}", day)


def is_named_in_letters(key: str) -> bool:
    """Whether letters to all families name the reference, and not only what stands in some family's plan."""
    return key in PLAN_LAW or key.startswith(_REPLACING)
