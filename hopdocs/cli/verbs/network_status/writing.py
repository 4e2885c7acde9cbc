"""Makes the networks' status with the workspace's own template, as the cycle makes its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.cycle.session import Session
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.documents.kinds.project.reports.network import NETVAERKSSTATUS, fill_network
from hopdocs.documents.wanted import numbered_fields
from hopdocs.rendering.docx.properties import DocumentProperties

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.clock import Clock
    from hopdocs.documents.kinds.project.reports.network import MunicipalityCourses
    from hopdocs.workspace import Workspace


def write_status(workspace: Workspace, clock: Clock, found: Sequence[MunicipalityCourses], year: int) -> bytes:
    """The Word file; nothing else is written."""
    shared = read_shared_inputs(workspace, clock, writes=False)
    project = shared.project.project if shared.project is not None else None
    context = fill_network(found, year, shared.config, (project.name or "") if project is not None else "")
    today = shared.settings.today
    with Session(workspace, clock, writes=False) as session:
        store = session.store_for(shared)
        name, _ = store.choose_template(NETVAERKSSTATUS.name, None)
        properties = DocumentProperties(
            title=context.document.title, author=shared.config.municipality.name, created=today
        )
        return store.template(name).render(numbered_fields(context, version=1, day=today), properties=properties)
