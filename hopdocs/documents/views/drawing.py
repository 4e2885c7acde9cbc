"""A drawing as a template gets it: shapes in millimetres, and its words for those who do not see it.

What a shape looks like in Word is rendering's to know; the template says where the drawing stands.
(No postponed annotations here: templates are checked against these types at run time.)
"""

from dataclasses import dataclass
from enum import StrEnum


class ShapeKind(StrEnum):
    """What is drawn, each with a look of its own."""

    RING = "ring"
    CORE = "core"
    PERSON = "person"
    PROFESSIONAL = "professional"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnShape:
    """One shape, by its left upper corner and its size."""

    kind: ShapeKind
    x: float
    y: float
    width: float
    height: float
    text: str
    """What stands in it; may be empty."""
    description: str
    """What is heard of it where its letter is a PDF: LibreOffice keeps no words of the group as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes from the back to the front. `{{r map|tegning }}` draws it."""

    name: str
    width: float
    height: float
    shapes: tuple[DrawnShape, ...]
    description: str
    """All that the drawing says, in words (PDF/UA-1, 7.3)."""
