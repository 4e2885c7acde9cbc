"""The files of a family that are not rendered now: those that stay, those that go, and the PDFs to make later."""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import TYPE_CHECKING

from hopdocs.cycle.making.file_state import find_file_state
from hopdocs.cycle.making.frozen_papers import is_ended_by_a_date
from hopdocs.cycle.scanning import is_family_file
from hopdocs.cycle.tasks import DocumentResult, PdfWant
from hopdocs.diagnostics import Severity
from hopdocs.documents.kinds.table import name_of_danish
from hopdocs.freshness.publish import list_folder
from hopdocs.freshness.staleness import (
    FAMILY_GONE,
    FINAL,
    MAY_NOT_STAY,
    NO_LONGER_WANTED,
    ONLY_TIME_PASSED,
    OPEN_ELSEWHERE,
    Action,
    DocumentKey,
    FileState,
    Format,
    Reason,
    may_remove,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from hopdocs.cycle.tasks import FamilyTask
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.publish import FolderListing
    from hopdocs.freshness.staleness import Record


def leave_alone(task: FamilyTask, outcome: FamilyOutcome) -> list[DocumentResult]:
    """The results for a family that is stopped by an error: its last good documents stay."""
    first = next((item for item in outcome.diagnostics if item.severity is Severity.ERROR), None)
    twins = "HD200" if all(is_family_file(path) for path in task.twins) else "HD507"
    reason = Reason("HD565", {"code": first.code if first else twins, "line": str(first.line if first else 1)})
    return [
        DocumentResult(record.key, record.format, record.name, Action.KEPT, reason, record)
        for record in task.records.values()
    ]


def list_pdfs(
    outcome: FamilyOutcome, results: Iterable[DocumentResult], *, may_not_stay: Collection[str] = ()
) -> list[PdfWant]:
    """A PDF for each Word file that stands, and the plans that are bound with their attachments."""
    planned = outcome.day.planned() if outcome.day is not None else ()
    days = {str(meeting.id): meeting.date for meeting in planned[:1]}
    wants = [
        PdfWant(
            key=item.key,
            name=f"{item.name.removesuffix('.docx')}.pdf",
            title=item.record.title,
            word_file=item.name,
            is_final=item.record.is_final,
            needed_on=days.get(item.key.meeting),
        )
        for item in results
        if item.record is not None
    ]
    wants += [
        PdfWant(
            key=DocumentKey(*document.key),
            name=f"{document.stem}.pdf",
            title=document.title,
            word_file=f"{document.binds.plan_stem}.docx",
            is_final=document.final,
            attachments=tuple((item.file, item.title) for item in document.binds.attachments),
            is_bound=True,
        )
        for document in outcome.documents
        if document.binds is not None and f"{document.binds.plan_stem}.docx" not in may_not_stay
    ]
    return wants


def find_unwanted(  # noqa: PLR0913 - what is there, what should be, and what may not stay
    task: FamilyTask,
    outcome: FamilyOutcome,
    wanted: Collection[str],
    listing: FolderListing,
    *,
    keeps_pdf: bool,
    may_not_stay: Collection[str] = (),
) -> list[DocumentResult]:
    """What we made and should no longer be there: removed, unless only time has passed or it is open in Word.

    Four things go also where only time has passed: what `may_not_stay` names, what a withdrawal reached on its day, the
    copy of an area that has left the team, and a translation that its letter has no more, which would soon be an older
    letter's.
    """
    letters = {item.key for item in outcome.documents}
    may_go = may_remove(task.change, is_withdrawn=outcome.gate_closed)
    blocker = outcome.withheld_by
    gone = Reason("HD566", {"code": blocker.code, "line": str(blocker.line)}) if blocker else NO_LONGER_WANTED
    found: list[DocumentResult] = []
    for name in sorted((task.records.keys() | task.ours.keys()) - set(wanted)):
        record = task.records.get(name)
        key = record.key if record else DocumentKey(outcome.family_id, name.partition(".")[0].partition("-")[0])
        form = Format(name.rpartition(".")[2])
        file_state = find_file_state(listing, name, task, record)
        must_go = name in may_not_stay
        is_ended = record is not None and outcome.day is not None and is_ended_by_a_date(record, outcome.day)
        is_ended |= record is not None and _key_beside(record.key) in letters
        if not (may_go or must_go or is_ended) and (keeps_pdf or form is Format.DOCX):
            action, reason = Action.KEPT, ONLY_TIME_PASSED
        elif listing.is_open_elsewhere(name):
            action, reason = Action.KEPT, OPEN_ELSEWHERE
        else:
            action, reason = Action.REMOVED, MAY_NOT_STAY if must_go else gone
        found.append(DocumentResult(key, form, name, action, reason, record, file_state=file_state))
    return found


def _key_beside(key: DocumentKey) -> tuple[str, str, str, str]:
    """The letter that a translation lies beside; no document's for any other."""
    return (key.family, name_of_danish(key.kind), key.meeting, key.recipient)


def as_gone(
    folder: Path, names: Collection[str], records: Mapping[str, Record], final: Collection[str] = ()
) -> list[DocumentResult]:
    """The removals for a family whose file is gone: everything that was made of it, but for what is final."""
    listing = list_folder(folder)
    found: list[DocumentResult] = []
    for name in sorted(names):
        record = records.get(name)
        is_edited = record is not None and name in listing.file_stats and listing.digest(name) != record.digest
        found.append(
            DocumentResult(
                key=record.key if record else DocumentKey("", name.partition(".")[0].partition("-")[0]),
                format=Format(name.rpartition(".")[2]),
                name=name,
                action=Action.KEPT if name in final else Action.REMOVED,
                reason=FINAL if name in final else FAMILY_GONE,
                record=record,
                file_state=FileState.BY_HAND if is_edited else FileState.OURS,
            )
        )
    return found


def name_bug(err: BaseException) -> str:
    """The kind of an unexpected error, and where in hopdocs it came up: no word of the data."""
    frames = [frame for frame in traceback.extract_tb(err.__traceback__) if "hopdocs" in frame.filename]
    place = f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return f"{type(err).__name__}, {place}"
