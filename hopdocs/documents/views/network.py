"""What the network card and the assessment get."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleLine:
    """Somebody around the family, on the card."""

    circle: str
    """"Meget tæt", "Tæt" or "Lidt længere væk"."""
    name: str
    relation: str
    """May be empty."""
    for_: tuple[str, ...]
    """First names of those whose network it is; empty for the whole household."""
    helps_with: str
    """May be empty."""
    contact_ok: bool
    """Whether the municipality may call."""
