"""All that a document could show, whatever its template shows of it, as one digest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from hopdocs.documents.wanted import numbered_fields
from hopdocs.freshness.field_digests import digest_sorted
from hopdocs.rendering.checking.template_inputs import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.freshness.fingerprint import Digest

FINGERPRINT_DAY: Final = date(1, 1, 1)
"""Stands for the day of a version while it is asked whether there is a new one."""


def unnumbered_fields(document: WantedDocument) -> dict[str, object]:
    """The data that a document's template is given, but for the version, which is looked up by what they digest to."""
    return numbered_fields(document.context, version=0, day=document.date or FINGERPRINT_DAY)


def whole_of(document: WantedDocument) -> Digest:
    """The digest of the data that a document's template is given."""
    return digest_whole(unnumbered_fields(document))


def digest_whole(fields: Mapping[str, object]) -> Digest:
    """The same where they are there already."""
    return digest_sorted({name: to_plain(fields[name]) for name in sorted(fields)})
