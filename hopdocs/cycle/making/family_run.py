"""One family's way from its evaluation to finished Word files beside their places: decide, render, stage."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hopdocs.cycle.looking_back.kept_facts import with_facts
from hopdocs.cycle.looking_back.seen_plans import learn_plans
from hopdocs.cycle.making.file_state import find_file_state
from hopdocs.cycle.making.frozen_papers import (
    HISTORIC,
    Frozen,
    files_of,
    historic_digest,
    is_only_older,
    judge_frozen,
    mark_standing,
    may_show_more,
    only_time_has_passed,
    without_mark,
)
from hopdocs.cycle.making.kept.handed_over import Handing
from hopdocs.cycle.making.kept_aside import tell_asides
from hopdocs.cycle.making.unrendered import find_unwanted, leave_alone, list_pdfs
from hopdocs.cycle.making.wants import Numbers, describe, describe_frozen, is_of_its_day, record_of, result_of, standing
from hopdocs.cycle.making.whole_data import whole_of
from hopdocs.cycle.page_writing import compose_family_page
from hopdocs.cycle.tasks import DocumentResult, FamilyProduct, FamilyTask, say_failed
from hopdocs.errors import FaultyInput
from hopdocs.freshness.cache_keys import Lookup
from hopdocs.freshness.delivered import DeliveredBefore
from hopdocs.freshness.fingerprint import Digest, changed_fields, digest_bytes
from hopdocs.freshness.staleness import (
    FINAL,
    NEW,
    ONLY_TIME_PASSED,
    OPEN_ELSEWHERE,
    SHOWS_LESS,
    SHOWS_THE_SAME,
    Action,
    DocumentKey,
    FileState,
    Format,
    Reason,
    Record,
    Want,
    is_made_alike,
    kept_reason,
    why_stale,
)
from hopdocs.freshness.versions import Version
from hopdocs.git import blob_id
from hopdocs.rendering.docx.historic import mark_historic
from hopdocs.rendering.docx.zip_member import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hopdocs.cycle.making.staging import Stage
    from hopdocs.cycle.tasks import PdfWant
    from hopdocs.cycle.template_store import TemplateStore
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.rendering.template import Template


_EDITED: Final = "HD551"


class FamilyRun:
    """One family's way from file to documents."""

    def __init__(self, store: TemplateStore, task: FamilyTask, outcome: FamilyOutcome, stage: Stage) -> None:
        self._store = store
        self._stage = stage
        self._settings = store.settings
        self._task = task
        self._outcome = outcome
        self._finished: dict[str, bytes] = {}
        self._listing = store.list_output(task.folder)
        self._versions: Mapping[DocumentKey, Version] = {}
        self._delivered = DeliveredBefore()
        self._handing: Handing | None = None
        self._numbers = Numbers(task.path)
        self._lookups = {Lookup.ATTACHMENT.key(name): digest for name, digest in outcome.lookups.items()} | task.lookups
        answers, before = Lookup.ANSWERS.key(outcome.family_id), task.known.lookups if task.known else {}
        self._lookups[answers] = self._settings.answers_digest(outcome.family_id)
        if outcome.day is not None and outcome.day.family.deliveries:
            delivered = Lookup.DELIVERED.key(outcome.family_id)
            self._lookups[delivered] = self._settings.delivered_digest(outcome.family_id)
        self._change = replace(
            task.change,
            answers=before.get(answers, "") != self._lookups[answers],
            withdrawal=outcome.day is not None and task.sights.has_withdrawal_come(outcome.day),
        )
        self._faults: list[Diagnostic] = []
        self._may_not_stay: set[str] = set()
        self._now = self._settings.now.isoformat()
        self._blob = blob_id(task.data)

    def run(self) -> FamilyProduct:
        """Everything, in the order of the documents."""
        task, outcome = self._task, self._outcome
        if outcome.is_stopped:
            results = leave_alone(task, outcome)
            pdfs = []
        else:
            self._versions = self._store.latest_versions(outcome.family_id)
            self._look_at_deliveries()
            results = [
                result
                for document in map(self._as_it_may_be_made, outcome.documents)
                if document is not None
                and document.binds is None
                and (result := self._numbers.noted(document, self._produce(document))) is not None
            ]
            results += [found for document in outcome.historic if (found := self._freeze(document)) is not None]
            finished = dict(self._finished)
            results, refused = self._stage(results, self._finished)
            self._finished.clear()
            self._faults += refused
            pdfs = list_pdfs(outcome, results, may_not_stay=self._may_not_stay) if self._settings.wants_pdf else []
            wanted = {item.name for item in results} | {item.name for item in pdfs}
            results += find_unwanted(
                task,
                outcome,
                wanted,
                self._listing,
                keeps_pdf=self._settings.wants_pdf,
                may_not_stay=self._may_not_stay,
            )
            self._faults += tell_asides(outcome, self._listing, results, finished)
        is_waiting = any(item.reason == OPEN_ELSEWHERE or item.is_to_be_retried for item in results)
        page, row = self._compose_page(results, pdfs)
        return FamilyProduct(
            task=task,
            outcome=replace(outcome, day=None, documents=(), historic=()),
            results=tuple(results),
            pdfs=tuple(pdfs),
            lookups=self._lookups,
            faults=tuple(self._faults),
            is_settled=not is_waiting,
            handed_over=with_facts(self._handing.to_keep, outcome.documents, results) if self._handing else (),
            learned=learn_plans(outcome, partial(self._store.search_plans, task)),
            page=page,
            page_row=row,
        )

    def _look_at_deliveries(self) -> None:
        """What people hold, and what is still to be kept of it; nothing is asked where nothing was handed over."""
        task, day = self._task, self._outcome.day
        if day is None or not day.family.deliveries:
            return
        self._delivered = self._store.delivered_before(self._outcome.family_id, task.folder)
        self._handing = Handing(day, self._outcome, task, self._delivered, self._listing)
        self._faults += self._handing.faults

    def _compose_page(self, results: list[DocumentResult], pdfs: list[PdfWant]) -> tuple[bytes, dict[str, Any]]:
        """The family's page, as it is once these files stand. PDFs and mail come later, and then it is written anew."""
        records = standing(results, pdfs, self._task.records)
        return compose_family_page(
            self._outcome,
            self._store.config,
            self._settings,
            records,
            self._faults,
            say_failed(results),
            delivered=self._delivered.copies,
        )

    def _produce(self, document: WantedDocument) -> DocumentResult | None:
        key = DocumentKey(*document.key)
        name = f"{document.stem}.docx"
        record = self._task.records.get(name)
        is_frozen = self._outcome.is_frozen and document.kind.needs_consent
        if is_frozen and record is None:
            return None
        if (
            is_frozen
            and record is not None
            and only_time_has_passed(record, self._blob, self._outcome.day, config_changed=self._change.config)
        ):
            return DocumentResult(key, Format.DOCX, name, Action.KEPT, ONLY_TIME_PASSED, record)
        template_name, looked_for = self._store.choose_template(document.template or "", document.variant)
        looked_for |= self._store.look_for_translations(document, self._outcome.day)
        self._lookups |= {Lookup.TEMPLATE.key(name): digest for name, digest in looked_for.items()}
        try:
            template = self._store.template(template_name, document.language)
            want = describe(
                document,
                (template_name, template),
                self._versions.get(key),
                self._settings,
                author=self._store.config.municipality.name,
                is_held=self._is_held(key),
            )
            want = self._numbers.give(document, want, record)
            file_state = find_file_state(self._listing, name, self._task, record)
            if is_frozen and record is not None:
                return self._settle_frozen(document, want, record, file_state, template)
            decided = self._decide(document, want, record, file_state)
            if record is not None and record.fields.get(HISTORIC) != want.fields.get(HISTORIC):
                decided = self._mark(document, want, record, file_state)
            elif isinstance(decided, Reason) and self._is_held(key):
                decided, want = self._settle_held(document, want, decided, file_state)
            if isinstance(decided, DocumentResult):
                return decided
            data = self._render(document, template, want.version, want.day)
        except FaultyInput as fault:
            self._faults += fault.diagnostics
            return self._fail(document, key, fault.diagnostics[0].code if fault.diagnostics else "", record)
        return self._finish(want, decided, data, file_state)

    def _as_it_may_be_made(self, document: WantedDocument) -> WantedDocument | None:
        """A held meeting's paper as it stands, or as of today if it must be made: less is shared than on its day.

        No invitation to a meeting that is over is begun, nor a translation of one: it would call nobody to anything.
        """
        name = f"{document.stem}.docx"
        record, latest = self._task.records.get(name), self._versions.get(DocumentKey(*document.key))
        if name in self._may_not_stay or (document.is_too_late and latest is None):
            return None
        if not document.stays_only:
            return document
        known = record.whole if record is not None else latest.whole if latest is not None else ""
        is_ours = find_file_state(self._listing, name, self._task, record) is FileState.OURS
        if is_ours and known == whole_of(document):
            return document
        return replace(document, context=document.as_of_today) if document.as_of_today is not None else None

    def _mark(
        self, document: WantedDocument, want: Want, record: Record, file_state: FileState
    ) -> DocumentResult | Reason:
        """The course has ended, or goes on again: what else stays as it was is not made anew for the mark."""
        if not document.historic:
            return Reason("HD394")
        reason = Reason("HD393")
        shown, remembered = without_mark(want.fields), without_mark(record.fields)
        stale = why_stale(replace(want, fields=shown), replace(record, fields=remembered), file_state, self._change)
        is_as_it_was, changed = stale is None, changed_fields(remembered, shown)
        is_of_the_day = (document.kind.follows_day | document.settled).issuperset(changed)
        if changed and is_of_the_day and not may_show_more(record, document.recipient, self._outcome):
            whole = Digest(record.whole) if document.settled else want.whole  # what stands is of its day
            want, is_as_it_was = replace(want, version=record.version, day=record.day, whole=whole), True
        standing = self._listing.read(want.name) if is_as_it_was and file_state is FileState.OURS else None
        marked = mark_standing(document, standing) if standing is not None else None
        return self._finish(want, reason, marked, file_state) if marked is not None else reason

    def _freeze(self, document: WantedDocument) -> DocumentResult | None:
        """What stays of a stopped course: of the plan what somebody got, of a held meeting the paper that stands."""
        key, name = DocumentKey(*document.key), f"{document.stem}.docx"
        record, latest = self._task.records.get(name), self._versions.get(key)
        file_state = find_file_state(self._listing, name, self._task, record)
        held = self._handing.held.get(key, set()) if self._handing is not None else set()
        edition = max(held, default=0) if document.meeting is None else latest.number if latest is not None else 0
        if latest is None or not edition:
            return None
        if record and historic_digest(document).items() <= record.fields.items() and file_state is FileState.OURS:
            return DocumentResult(key, Format.DOCX, name, Action.KEPT, record.reason, record)
        source = self._store.kept_copy(self._delivered, key, edition)
        if source is None and file_state is FileState.OURS and (record is None or record.version == edition):
            source = self._listing.read(name)
        data = mark_standing(document, source) if source is not None else None
        if data is None or self._listing.is_open_elsewhere(name):
            return None
        want = describe_frozen(document, record, latest, edition, self._settings)
        return replace(self._finish(want, Reason("HD392"), data, file_state), version=latest)

    def _render(self, document: WantedDocument, template: Template, version: int, day: date) -> bytes:
        data = self._store.render(document, template, version, day)
        return mark_historic(data, document.historic) if document.historic else data

    def _fail(
        self, document: WantedDocument, key: DocumentKey, code: str, record: Record | None
    ) -> DocumentResult | None:
        """The last good file stays, unless it may show what its reader may no longer see; an edit is remembered."""
        name = f"{document.stem}.docx"
        if record is not None:
            is_edited = record.data != self._blob
            may_be_narrower = is_edited or self._change.config or self._change.withdrawal
            is_changed = may_be_narrower and record.whole != whole_of(document)
            if is_changed and may_show_more(record, document.recipient, self._outcome):
                self._take_away(document)
                return None
            record = replace(record, whole="") if self._change.family and is_edited else record
        return DocumentResult(key, Format.DOCX, name, Action.FAILED, Reason("HD564", {"code": code}), record)

    def _settle_frozen(
        self, document: WantedDocument, want: Want, record: Record, file_state: FileState, template: Template
    ) -> DocumentResult | None:
        """A paper that somebody's edit reaches while a consent has run out: it stays, shrinks or goes."""
        if want.fields == record.fields and file_state is not FileState.MISSING:
            return result_of(want, Action.KEPT, ONLY_TIME_PASSED, record)
        standing = self._listing.read(want.name) or b""
        present = self._render(document, template, record.version, record.day)
        try:
            judged = judge_frozen(standing, present)
        except (*UNREADABLE, SyntaxError):  # gone, or no Word file any more: nobody can tell
            judged = Frozen.GOES
        if judged is Frozen.STAYS:
            return result_of(want, Action.KEPT, ONLY_TIME_PASSED, record)
        if judged is Frozen.GOES or file_state is not FileState.OURS or self._listing.is_open_elsewhere(want.name):
            self._take_away(document)
            return None
        return self._finish(want, SHOWS_LESS, self._render(document, template, want.version, want.day), file_state)

    def _take_away(self, document: WantedDocument) -> None:
        self._may_not_stay |= files_of(document, self._outcome.documents)

    def _is_held(self, key: DocumentKey) -> bool:
        """Whether the family has the latest edition in hand: then only an edit makes another."""
        latest, held = self._versions.get(key), self._handing.held if self._handing is not None else {}
        return latest is not None and latest.number in held.get(key, ())

    def _settle_held(
        self, document: WantedDocument, want: Want, reason: Reason, file_state: FileState
    ) -> tuple[DocumentResult | Reason, Want]:
        """What the family has in hand stays where only days have passed, and comes back as it was where it is gone.

        The next edition is nobody's yet, and follows the days again.
        """
        record, day = self._task.records.get(want.name), self._outcome.day
        latest = self._versions[want.key]
        may_be_older = reason.code == _EDITED and not self._change.withdrawal
        if may_be_older and record and day and is_only_older(document, record, want, self._task, day):
            return self._leave(want, FINAL, record), want
        if file_state is FileState.MISSING and (copy := self._copy_to_put_back(want, record)) is not None:
            want = replace(want, version=latest.number)
            marked = mark_standing(document, copy) if document.historic else None
            return self._finish(want, reason, marked or copy, file_state), want
        return reason, replace(want, is_final=document.final or want.version == latest.number)

    def _copy_to_put_back(self, want: Want, record: Record | None) -> bytes | None:
        """The kept copy of what somebody holds and deleted here: it is put back as it was, and not made anew."""
        latest = self._versions[want.key]
        if record is None:
            is_as_it_was = latest.is_of(want.content, want.whole)
        else:
            is_as_it_was = why_stale(want, record, FileState.OURS, self._change) is None
        return self._store.kept_copy(self._delivered, want.key, latest.number) if is_as_it_was else None

    def _decide(
        self, document: WantedDocument, want: Want, record: Record | None, file_state: FileState
    ) -> DocumentResult | Reason:
        """The result if nothing is to be rendered, else the reason to render."""
        latest = self._versions.get(want.key)
        if (
            record is None
            and file_state is FileState.OURS
            and want.is_final
            and latest
            and latest.is_of(want.content, want.whole)
        ):
            # The cache is lost, the file is ours and right: what is final is not made again to find that out.
            # Which template made it is forgotten.
            digest = self._listing.digest(want.name) or Digest("")
            remembered = replace(record_of(want, NEW, digest, self._now, self._blob), template_digest="", data="")
            return result_of(want, Action.KEPT, FINAL, remembered)
        reason = why_stale(want, record, file_state, self._change)
        if reason is None:
            assert record is not None  # noqa: S101 - without a record it is new
            why = kept_reason(want, record)
            follows_later = want.is_final and not document.settled
            return self._leave(want, why, record) if follows_later else result_of(want, Action.KEPT, why, record)
        if reason.code == _EDITED and record is not None and is_of_its_day(document, want, record, self._outcome):
            left = self._leave(replace(want, is_final=True), FINAL, record)
            return replace(left, record=record, version=None) if document.settled else left
        if file_state is not FileState.MISSING and self._listing.is_open_elsewhere(want.name):
            if record is not None and (self._change.family or self._change.withdrawal):
                record = replace(record, whole="")  # what is final follows once it has been closed
            return result_of(want, Action.KEPT, OPEN_ELSEWHERE, record)
        if reason.code == "HD556" and want.is_final and record is not None and not is_made_alike(want, record):
            return result_of(want, Action.KEPT, Reason("HD573"), record)
        return reason

    def _leave(self, want: Want, why: Reason, record: Record) -> DocumentResult:
        """What is final stays; what it did not follow now, it shall not follow with the next edit either."""
        kept = replace(record, fields=want.fields, whole=want.whole, is_final=want.is_final)
        result = result_of(want, Action.KEPT, why, kept)
        latest = self._versions.get(want.key)
        if latest is None or latest.number != record.version or not self._is_held(want.key):
            return result
        return replace(result, version=Version(latest.number, latest.day, want.content, want.whole))

    def _finish(self, want: Want, reason: Reason, data: bytes, file_state: FileState) -> DocumentResult:
        digest = digest_bytes(data)
        record = self._task.records.get(want.name)
        version = Version(want.version, want.day, want.content, want.whole)
        if file_state is not FileState.MISSING and self._listing.digest(want.name) == digest:
            # Something changed that the document does not show: the file stays as it is, and so does its PDF.
            made_at, why = (record.made_at, record.reason) if record else (self._now, reason)
            same = record_of(want, why, digest, made_at, self._blob)
            return replace(result_of(want, Action.KEPT, SHOWS_THE_SAME, same), version=version)
        self._finished[want.name] = data
        made = result_of(want, Action.MADE, reason, record_of(want, reason, digest, self._now, self._blob))
        return replace(made, version=version, file_state=file_state)
