"""Runs one cycle for a verb, with its progress shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from hopdocs.cli.cluster_choice import ALONE, ClusterChoice
from hopdocs.cli.console import both
from hopdocs.cli.findings import count_of, text_of
from hopdocs.cli.workspace_loading import clock_of, find_family, read_config
from hopdocs.cycle.run import CycleOptions, CycleReport, Progress, Session, run_cycle

if TYPE_CHECKING:
    from hopdocs.cli.program import Invocation
    from hopdocs.cycle.up_to_date import UpToDateCheck
    from hopdocs.workspace import Workspace


class CycleChoices(TypedDict, total=False):
    """What only some verbs choose (`hopdocs.cycle.report.CycleOptions`)."""

    jobs: int | None
    counts_unchanged: bool


def run_once(  # noqa: PLR0913 - where, what of it, and how
    invocation: Invocation,
    families: tuple[str, ...],
    *,
    writes: bool,
    what: str,
    check: UpToDateCheck | None = None,
    cluster: ClusterChoice = ALONE,
    **options: Unpack[CycleChoices],
) -> tuple[Workspace, CycleReport]:
    """One cycle over the workspace, or over some families; a `check` made before it keeps what it left.

    With a `cluster`, what can leave this machine is done there.
    """
    workspace, config = read_config(invocation)
    families = tuple(workspace.relative(find_family(workspace, item)) for item in families)
    stages = {"documents": what, "pdf": both(en="making PDFs", da="laver PDF'er")}
    with invocation.console.progress(what) as advance:

        def show_progress(step: Progress) -> None:
            advance(step.done, step.total, stages.get(step.what, step.what))

        chosen = CycleOptions(families=families, writes=writes, progress=show_progress, **options)
        clock = clock_of(invocation, config)
        with (
            cluster.connect(config) as elsewhere,
            Session(workspace, clock, writes=writes, elsewhere=elsewhere) as session,
        ):
            report = run_cycle(workspace, clock, chosen, session)
            if check is not None:
                found = report.diagnostics
                check.keep(session.cache, report, text_of(found, workspace), count_of(found))
        return workspace, report
