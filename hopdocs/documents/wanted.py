"""A document that should exist, and everything it shows."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING

from hopdocs.model.scalars.languages import DANISH

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.diagnostics import DataPath
    from hopdocs.documents.changes.facts import PlanFacts
    from hopdocs.documents.kinds.kind import DocumentKind
    from hopdocs.documents.views import Context, DocumentInfo
    from hopdocs.model.scalars.languages import LetterLanguage
    from hopdocs.model.scalars.values import FamilyId, MeetingId


@dataclass(frozen=True, slots=True)
class AttachmentRef:
    """A file of the family's own folder, to be bound behind a plan."""

    file: str
    title: str
    at: DataPath
    """Where in the family's file it is named: a fault in it is shown there."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a bound PDF is made of."""

    plan_stem: str
    attachments: tuple[AttachmentRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedDocument:
    """A document that should exist, and everything it shows.

    `variant` asks for the template `<template>.<variant>`, if there is one. `date` is the letter's day when the
    data give it; else the day its version was first made. `final`: no new template or version remakes it, an edit
    of the data does. `facts` are what a copy of the plan says, for telling later what changed since.
    """

    family: FamilyId
    kind: DocumentKind
    meeting: MeetingId | None
    recipient: str | None
    stem: str
    template: str | None
    variant: str | None
    title: str
    context: Context
    date: date | None = None
    final: bool = False
    binds: Binding | None = None
    facts: PlanFacts | None = None
    historic: str = ""
    """What stands at the top of a paper that no longer counts; empty while it does."""

    is_past: bool = False
    """Whether its day has come: where somebody lives by now is no reason to make it anew."""
    calls_too_late: bool = False
    """Whether it calls to a meeting that is over, and nobody was handed it."""
    settled: frozenset[str] = frozenset()
    """Fields that show a day behind us: what an edit changes in these alone is no reason to make it anew."""
    as_of_today: Context | None = None
    """A held meeting's paper with what is shared today, where more was shared on its day."""
    stays_only: bool = False
    """Whether more was shared on its day than today: it may stand as it is, and is not made anew."""
    language: LetterLanguage = DANISH
    """What its template is written in, which its days and lists follow."""
    beside: tuple[str, str, str, str] | None = None
    """Of a translation: the key of the Danish letter that it lies beside, whose number and day stand on it too."""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same document from one cycle to the next."""
        return (self.family, self.kind.name, self.meeting or "", self.recipient or "")

    @property
    def is_too_late(self) -> bool:
        """Whether it may stand, and is not begun any more: what calls to a meeting that is over, or translates that."""
        return self.calls_too_late or (self.beside is not None and bool(self.meeting) and self.is_past)


def numbered(document: DocumentInfo, *, version: int, day: date) -> DocumentInfo:
    """What a document says of itself, with its version and day."""
    return replace(document, version=version, date=day, replaces=max(0, version - 1))


def numbered_fields(context: Context, *, version: int, day: date) -> dict[str, object]:
    """A context's fields by the names that a template knows, with the document's version and day; no more is copied."""
    document = numbered(context.document, version=version, day=day)
    kind: type = type(context)
    return {name: getattr(context, name) for name in _names_of(kind)} | {"document": document}


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))
