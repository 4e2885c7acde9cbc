"""All kinds of document that belong to no family. A new one is a module beside this one, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.project.agenda import PROJEKTDAGSORDEN
from hopdocs.documents.kinds.project.minutes import PROJEKTREFERAT
from hopdocs.documents.kinds.project.reports.evaluation import EVALUERINGSRAPPORT
from hopdocs.documents.kinds.project.reports.january import JANUARSTATUS
from hopdocs.documents.kinds.project.reports.monthly import STATUSRAPPORT
from hopdocs.documents.kinds.project.reports.network import NETVAERKSSTATUS
from hopdocs.documents.kinds.project.reports.quarterly import PROJEKTSTATUS

if TYPE_CHECKING:
    from hopdocs.documents.kinds.kind import DocumentKind

PROJECT_KINDS: Final[tuple[DocumentKind, ...]] = (
    PROJEKTDAGSORDEN,
    PROJEKTREFERAT,
    PROJEKTSTATUS,
    STATUSRAPPORT,
    JANUARSTATUS,
    EVALUERINGSRAPPORT,
    NETVAERKSSTATUS,
)
"""The papers of those who steer the project and learn from it."""
