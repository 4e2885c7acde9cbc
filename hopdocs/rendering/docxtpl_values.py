"""Values that only docxtpl can place, since they add parts to the package: pictures and subdocuments."""

from __future__ import annotations

from docxtpl import InlineImage


class NeedsDocxtplError(Exception):
    """A value that only docxtpl's own objects can place: a picture, a subdocument."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


def is_docxtpl_only(value: object) -> bool:
    """Whether only docxtpl can place this value: it adds parts to the package."""
    return isinstance(value, InlineImage) or type(value).__name__ == "Subdoc"
