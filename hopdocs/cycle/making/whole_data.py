"""All that a document could show, whatever its template shows of it, as one digest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from hopdocs.documents.wanted import with_version
from hopdocs.freshness.field_digests import digest_sorted
from hopdocs.rendering.checking.template_inputs import to_plain

if TYPE_CHECKING:
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.freshness.fingerprint import Digest

FINGERPRINT_DAY: Final = date(1, 1, 1)
"""Stands for the day of a version while it is asked whether there is a new one."""


def whole_of(document: WantedDocument) -> Digest:
    """The digest of the data that a document's template is given."""
    return digest_sorted(to_plain(with_version(document.context, version=0, day=document.date or FINGERPRINT_DAY)))
