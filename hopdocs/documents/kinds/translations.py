"""The kinds of which there may be translations, each by the kind of its Danish letters.

A translation has the letter's own data, goes in its envelope and is delivered with it: so it is called for by nobody,
calls to no meeting and has no day of its own. Which languages there are is said by the templates that lie beside the
Danish one: `invitation.en.docx`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hopdocs.documents.kinds.kind import DocumentKind

_ENDING: Final = "-oversat"


def with_translation(kind: DocumentKind) -> DocumentKind:
    """The kind, with one of its own for its translations."""
    translation = replace(
        kind,
        name=f"{kind.name}{_ENDING}",
        title=f"{kind.title}, oversat",
        for_family=None,
        for_meeting=None,
        for_plan_reader=None,
        is_called_for=None,
        handover=None,
        encloses=None,
        is_settled_by=(),
        calls_to_meeting=False,
        is_translation=True,
    )
    return replace(kind, translation=translation)
