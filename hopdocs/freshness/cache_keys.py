"""What things are called in the cache: single values, and what was looked up for a family.

A look-up's name is written by who makes a document and read by who asks whether it is still fresh. If the two spelled
it differently, a family would be made again in every cycle, or never; so the names are made and taken apart here alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NewType

LookupKey = NewType("LookupKey", str)
"""The name of something that was read or looked for: `template:dagsorden.docx`."""
_MARK: Final = ":"


class MetaKey(StrEnum):
    """The single values that the cache keeps."""

    STANDING = "standing"
    """What a build that ended with nothing left to do had read and said."""
    LEDGER = "ledger"
    """Which ledger's versions the documents bear, and how far these had come."""
    TEMPLATES = "templates"
    """What is wrong with the workspace's own templates."""
    ACROSS = "across"
    """What is wrong only when the families are seen together."""
    TOGETHER = "together"
    """Which families those were of which all that follows from them together was said, if none is known anew since."""
    OVERVIEW = "overview"
    """What the page of all families was made of."""
    LEFT_PAGES = "left_pages"
    """The families' files whose pages were left to the next cycle."""
    KEPT_COPIES = "kept_copies"
    """How the folders with copies of what was handed over looked when all in them was right."""
    PERSONS = "persons"
    """What each colleague's own page was made of."""
    PROJECT_PAGE = "project_page"
    """What the project's own page was made of."""
    FAMILIES_DEVICE = "families_device"
    """The device that families/ lay on when last no family's file was gone."""


class Lookup(StrEnum):
    """What is looked up for a family besides its own file."""

    TEMPLATE = "template"
    """By file name."""
    ANSWERS = "answers"
    """What people answered to invitations, by the family's id."""
    COURSES = "courses"
    """What all families say of the project."""
    DELIVERED = "delivered"
    """How much the ledger knows of what was handed over, by the family's id."""
    ATTACHMENT = "attachment"
    """What lies in the family's own folder, by file name."""

    def key(self, name: str) -> LookupKey:
        """The key that the look-up of `name` is kept under: the sort of look-up, a colon, the name."""
        return LookupKey(f"{self.value}{_MARK}{name}")

    def is_of(self, key: LookupKey) -> bool:
        """Whether a key is of this sort of look-up."""
        return key.startswith(f"{self.value}{_MARK}")


def split_key(key: LookupKey) -> tuple[Lookup, str]:
    """A key's sort of look-up, and the name."""
    sort, _, name = key.partition(_MARK)
    return Lookup(sort), name
