"""Writes what was rendered beside its places. What the disk refuses is failed, and tried again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.freshness.publish import OutputFault, OutputFolder
from hopdocs.freshness.staleness import Action, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.cycle.tasks import DocumentResult, FamilyTask, Settings
    from hopdocs.freshness.publish import Staged


class Stage(Protocol):
    """What becomes of a family's finished files: given with their results, which come back as they are then."""

    def __call__(
        self, results: list[DocumentResult], finished: Mapping[str, bytes], /
    ) -> tuple[list[DocumentResult], list[Diagnostic]]:
        """The results, and what was refused."""


def stage_all(
    settings: Settings, task: FamilyTask, results: list[DocumentResult], finished: Mapping[str, bytes], *, lasting: bool
) -> tuple[list[DocumentResult], list[Diagnostic]]:
    """The results with their files staged, and what the disk refused."""
    if not finished or not settings.writes:
        return results, []
    staged: Mapping[str, Staged | OutputFault]
    try:
        with OutputFolder(settings.output / task.folder, settings.access) as folder:
            staged = folder.stage_all(finished, lasting=lasting)
    except OutputFault as fault:
        staged = dict.fromkeys(finished, fault)
    faults: list[Diagnostic] = []
    done = []
    for item in results:
        found = staged.get(item.name)
        if isinstance(found, OutputFault):
            place = f"{settings.output.name}/{task.folder}/{item.name}"
            faults.append(Diagnostic(place, 0, 0, found.code, found.params, Severity.ERROR, Blocks.NOTHING))
            done.append(_failed(item, task, found))
        else:
            done.append(replace(item, staged=found) if found is not None else item)
    return done, faults


def _failed(result: DocumentResult, task: FamilyTask, fault: OutputFault) -> DocumentResult:
    return replace(
        result,
        action=Action.FAILED,
        reason=Reason("HD564", {"code": fault.code}),
        record=task.records.get(result.name),
        version=None,
        is_to_be_retried=True,
    )
