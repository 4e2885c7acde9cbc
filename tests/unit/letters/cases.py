"""Every letter as it mostly looks, the large and the small: template stem and context."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.letters import report_samples, samples, small_samples, translated_samples

if TYPE_CHECKING:
    from hopdocs.documents.views import Context

CASES: dict[str, tuple[str, Context]] = {
    **samples.CASES,
    **small_samples.TO_FAMILY,
    **small_samples.TO_STAFF,
    **report_samples.REPORT_CASES,
    **translated_samples.TRANSLATED_CASES,
}
