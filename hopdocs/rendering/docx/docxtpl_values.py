"""Values that only docxtpl can place, since they add to the package: pictures, subdocuments."""

from __future__ import annotations

from docxtpl import InlineImage, RichText, RichTextParagraph


class NeedsDocxtplError(Exception):
    """A value that only docxtpl's own objects can place: a picture, a subdocument."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


def is_docxtpl_only(value: object) -> bool:
    """Whether only docxtpl can place this value: it adds parts to the package."""
    return isinstance(value, InlineImage) or type(value).__name__ == "Subdoc"


def has_link(value: object) -> bool:
    """Whether a rich text has a link in it. Its target stands in the package of the docxtpl object it was made with.

    The text names only its number there. So without that object docxtpl writes a link to nowhere, and so do we; but
    we say so.
    """
    return isinstance(value, RichText | RichTextParagraph) and "<w:hyperlink r:id=" in value.xml
