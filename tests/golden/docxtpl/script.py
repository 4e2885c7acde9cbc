"""One script of docxtpl's own collection: a template with the same features, and data of the same kind.

The templates are rebuilt by hand after what the scripts' data and docxtpl's manual say; the words are our own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docxtpl import DocxTemplate

    from tests.golden.docxtpl.word_markup import (
        Word,
    )

Context: TypeAlias = "dict[str, Any]"


@dataclass(frozen=True)
class Script:
    """A template and its data; what stands in `context` may need the docxtpl object that it is placed with."""

    word: Word
    context: Callable[[DocxTemplate], Context] = field(default=lambda _: {})
    prepare: Callable[[DocxTemplate], None] | None = None
    filters: Mapping[str, Callable[..., object]] = field(default_factory=dict)


def plain(**values: Any) -> Callable[[DocxTemplate], Context]:
    """Data that need no docxtpl object."""
    return lambda _: dict(values)
