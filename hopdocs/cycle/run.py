"""One pass over the workspace: load, check, build, notify, write the pages. What should be, against what is.

Every cycle looks at everything, so that nothing depends on having seen an event; what a save named comes first, so
that nobody waits for ten thousand other families.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from hopdocs.cycle import cross_family
from hopdocs.cycle.absent.holding import hold_back_vanished
from hopdocs.cycle.absent.leaving import remove_gone
from hopdocs.cycle.mail.answers_folder import NOTHING_CAME, read_incoming
from hopdocs.cycle.mail.notice_planning import plan_notices, read_gates, remember_places
from hopdocs.cycle.mail.returned_mail import tell_of_returned_mail
from hopdocs.cycle.mail.strangers import tell_of_strangers
from hopdocs.cycle.mail.unreadable_pushes import tell_of_pushed_faults
from hopdocs.cycle.making.conversion import convert_families
from hopdocs.cycle.making.kept.archive import Archive
from hopdocs.cycle.making.kept.lost_copies import LostCopies, find_lost_copies
from hopdocs.cycle.making.publishing import Publisher
from hopdocs.cycle.making.workers import produce_families, usable_cores
from hopdocs.cycle.making.workload import Workload, drain
from hopdocs.cycle.page_writing import PageWriter, shared_faults, without_reader
from hopdocs.cycle.personal.weekly_list import tell_of_weekly_tasks
from hopdocs.cycle.project.rows_of_all import RowsOfAll
from hopdocs.cycle.report import CycleOptions, CycleReport, DocumentLine, Progress
from hopdocs.cycle.scanning import Scan, Scanner
from hopdocs.cycle.session import Session
from hopdocs.cycle.shared_inputs import read_answers, read_shared_inputs
from hopdocs.cycle.template_review import faults_in_use
from hopdocs.diagnostics import Diagnostic, Severity, read_diagnostic, sort_diagnostics
from hopdocs.freshness.cache import CacheDamaged
from hopdocs.freshness.publish import sweep_temporaries
from hopdocs.workspace import PROJECT_FOLDER, PROJECT_NAME, folder_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.clock import Clock
    from hopdocs.cycle.making.publishing import PublishedFamily
    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.freshness.fingerprint import Digest
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.workspace import Workspace

__all__ = ["CycleOptions", "CycleReport", "DocumentLine", "Progress", "Session", "run_cycle"]

MOST_IN_MEMORY: Final = 64
"""Families whose PDFs wait in memory; those beyond are looked at again when it is their turn."""
_DEFAULT: Final = CycleOptions()


def run_cycle(
    workspace: Workspace, clock: Clock, options: CycleOptions = _DEFAULT, session: Session | None = None
) -> CycleReport:
    """One cycle, in a session of its own or in the service's.

    Raises `FaultyInput` if `config.yaml` cannot be used, and the environment's faults (`hopdocs.errors`).
    """
    if session is None:
        with Session(workspace, clock, writes=options.writes) as own:
            return run_cycle(workspace, clock, options, own)
    try:
        return _Cycle(session, options).run()
    except CacheDamaged:
        session.replace_cache()
        return _Cycle(session, options).run()
    except BaseException:
        session.needs_sweep = True  # workers may have left files that nobody put in their places
        raise


class _Cycle:
    """The steps of one pass, in order, and what later steps need of earlier ones."""

    def __init__(self, session: Session, options: CycleOptions) -> None:
        self._session = session
        self._options = options
        self._shared = read_shared_inputs(
            session.workspace, session.clock, writes=options.writes, fallback_config=session.last_config
        )
        session.last_config = self._shared.settings.config_text
        self._incoming = NOTHING_CAME
        if options.plans_notices and session.ledger is not None:
            self._take_in(session.ledger)
        self._publisher = Publisher(
            settings=self._shared.settings,
            shared=self._shared.digest,
            footing=self._shared.footing,
            engine=self._shared.engine,
            book=session.book if options.writes else None,
            cache=session.cache if options.writes else None,
            archive=self._open_archive() if options.writes else None,
        )
        settings = self._shared.settings
        self._workload = Workload(settings, self._shared.config_digest, session.cache, session.book, session.absences)
        self._scanner = Scanner(
            session.workspace,
            settings.output,
            session.cache,
            self._shared.digest,
            self._workload.is_same,
            folders=session.folders,
            keeps=options.writes,
        )
        files = settings.template_files
        self._template_faults = faults_in_use(files, session.cache, writes=options.writes)
        self._output = session.workspace.relative(self._shared.settings.output)
        self._report = CycleReport(documents=session.untold)
        self._diagnostics: dict[str, list[Diagnostic]] = {}
        self._published_first: dict[str, Digest] = {}
        self._evaluated: set[str] = set()
        self._rows = RowsOfAll(session.cache, writes=options.writes)
        self._notices: dict[str, str] = {}
        self._pdf_families: list[PublishedFamily] = []
        self._pdf_paths: list[str] = []
        self._converted_later: set[str] = set()
        self._mailed: frozenset[str] = frozenset()
        self._together_before: list[Diagnostic] = []
        self._is_news = False
        """Whether anything was found out that nobody has asked of all families together yet."""
        self._lost = LostCopies([])
        self._told_elsewhere: tuple[Diagnostic, ...] = ()

    def _open_archive(self) -> Archive | None:
        settings, copies = self._shared.settings, self._session.delivered
        return Archive(settings.output, settings.access, copies) if copies is not None else None

    def _take_in(self, ledger: Ledger) -> None:
        """Read what came back before anything is made: agendas say who comes."""
        shared, workspace = self._shared, self._session.workspace
        self._incoming = read_incoming(shared.config, workspace, ledger, self._session.clock.now())
        if self._incoming.answers:
            settings = replace(shared.settings, answers=read_answers(workspace))
            self._shared = replace(shared, settings=settings)

    def run(self) -> CycleReport:
        """Load, check and build, notify, answer."""
        session, seconds = self._session, self._report.seconds
        clock = session.clock
        began = clock.monotonic()
        if self._options.writes and session.needs_sweep:
            sweep_temporaries(self._shared.settings.output)
            session.needs_sweep = False
        self._build(self._scanner.scan_some(self._options.first))
        scan = self._scanner.scan_all(self._options.families, self._options.may_remove)
        if not self._options.families:
            hold_back_vanished(scan, self._shared, session, removed=self._options.removed, writes=self._options.writes)
        self._build(scan)
        for folder, results in remove_gone(scan, self._session, self._publisher):
            self._add_lines(folder, results)
        self._is_news = bool(self._diagnostics or scan.gone) or not cross_family.is_told(session.cache, scan.ids)
        if not self._options.families:
            self._make_project(scan)
        seconds["documents"] = clock.monotonic() - began
        if self._options.plans_notices:
            self._plan_notices(scan)
        self._convert()
        self._report.next_look = session.failed_pdfs.next_look()
        seconds["pdf"] = clock.monotonic() - began - seconds["documents"]
        together = across = self._check_together(scan)
        keeps, settings = self._options.writes and not self._options.families, self._shared.settings
        ledger = self._session.workspace.ledger_path
        self._lost = find_lost_copies(ledger, settings.output, self._session.cache, settings.today, keeps=keeps)
        together = [*together, *self._lost.diagnostics]
        if self._options.writes:
            self._write_pages(scan, across, together)
        if keeps and self._is_news:
            cross_family.mark_told(session.cache, scan.ids)
        self._collect_diagnostics(scan, together)
        if self._options.lists_unchanged:
            self._list_unchanged(scan)
        self._report.families = len(scan.ids)
        self._report.answers, self._report.bounces = self._incoming.answers, self._incoming.bounces
        self._report.nothing = self._incoming.nothing
        self._report.missing = tuple(scan.missing)
        self._report.shared = self._shared
        self._report.is_at_rest = self._is_at_rest(scan)
        self._report.documents.sort(key=lambda line: line.path)
        session.untold = []
        return self._report

    def _build(self, scan: Scan) -> None:
        """Word files of every family that must be looked at, and was not in this cycle already."""
        stale = [item for item in scan.stale if self._published_first.get(item.path) != item.digest]
        scan.stale = []
        total, done = len(stale), 0
        if not total:
            return
        store = self._session.store_for(self._shared)
        jobs = self._options.jobs or usable_cores()
        tasks = self._workload.tasks(drain(stale), scan)
        far = self._session.elsewhere
        settings = self._shared.settings
        for products in produce_families(tasks, settings, store, count=total, jobs=jobs, elsewhere=far):
            for published in self._publisher.publish(products):
                self._take_note(published)
            done += len(products)
            self._options.progress(Progress("documents", done, total))
        self._report.must_retry |= done < total
        self._report.evaluated += done

    def _take_note(self, published: PublishedFamily) -> None:
        """Keep what the later steps need of a family, and nothing of its data."""
        task, outcome = published.product.task, published.product.outcome
        if task.path in self._options.first:
            self._published_first[task.path] = task.digest
        if self._options.plans_notices:
            self._evaluated.add(outcome.family_id)
            self._notices[task.path] = published.signature.notices
        self._rows.take(outcome, task.twins)
        self._diagnostics[task.path] = [*outcome.diagnostics, *published.product.faults]
        self._add_lines(task.folder, published.results, outcome.family_id)
        is_held_up = any(item.is_to_be_retried for item in published.results)
        self._report.must_retry |= is_held_up or published.is_waiting or not published.product.is_settled
        if not published.jobs:
            self._report.must_retry |= not published.signature.is_settled
        elif not self._options.writes:
            self._add_lines(task.folder, [job.as_result() for job in published.jobs], outcome.family_id)
        elif len(self._pdf_families) < MOST_IN_MEMORY:
            self._pdf_families.append(published.without_data())
        else:
            self._pdf_paths.append(task.path)

    def _make_project(self, scan: Scan) -> None:
        """The papers of the project, once all families say what they say."""
        from hopdocs.cycle.project.making import ProjectMaker  # noqa: PLC0415 - a check of one family asks for none

        project = ProjectMaker(self._session, self._shared, self._publisher, self._workload.is_same)
        if self._shared.project is None:
            if not project.is_current():
                self._add_lines(PROJECT_FOLDER, project.remove())
        elif self._is_news or not project.is_current():
            published = project.make(self._rows, scan.ids.keys())
            if published is not None:
                self._take_note(published)
                known = self._diagnostics[PROJECT_NAME]  # what is wrong with the file itself is among what all share
                self._diagnostics[PROJECT_NAME] = [item for item in known if item not in self._shared.diagnostics]

    def _plan_notices(self, scan: Scan) -> None:
        """Plan what people must be told, before the slow part begins."""
        ledger, book = self._session.ledger, self._session.book
        if ledger is None or book is None:
            return
        ids = {path: family for path, family in scan.ids.items() if path not in scan.vanished}
        planned = plan_notices(
            ids,
            {path: digest for path, digest in (scan.notices | self._notices).items() if digest},
            self._shared,
            cache=self._session.cache,
            ledger=ledger,
            book=book,
            now=self._session.clock.now(),
            first=self._options.first,
            makes_way=self._options.makes_way,
        )
        self._report.must_retry |= not planned.is_whole
        self._report.queued, self._report.dropped = planned.queued, planned.dropped
        cache, now = self._session.cache, self._session.clock.now()
        self._mailed = (
            planned.families
            | tell_of_pushed_faults(ids, self._shared, cache=cache, ledger=ledger, now=now)
            | tell_of_returned_mail(ids, self._shared, ledger=ledger, now=now)
            | tell_of_strangers(ids, self._shared, ledger=ledger, now=now)
        )
        if not self._report.must_retry:
            tell_of_weekly_tasks(ids.keys(), self._shared, cache=cache, ledger=ledger, now=now)
        remember_places(self._shared, self._session.workspace, ledger)
        self._report.gates = read_gates(ids, self._shared, self._session.workspace, self._session.cache, ledger)

    def _convert(self) -> None:
        """PDFs of what changed. Of very many families, those beyond the first are looked at again, some at a time."""
        if self._pdf_families:
            self._convert_some(self._pdf_families)
        store = self._session.store_for(self._shared) if self._pdf_paths else None
        while store is not None and self._pdf_paths and not self._options.should_stop():
            some, self._pdf_paths = self._pdf_paths[:MOST_IN_MEMORY], self._pdf_paths[MOST_IN_MEMORY:]
            found = self._scanner.scan_some(some)
            tasks = self._workload.tasks(found.stale, found)
            settings, far = self._shared.settings, self._session.elsewhere
            chunks = produce_families(tasks, settings, store, count=len(found.stale), jobs=1, elsewhere=far)
            self._convert_some([item for products in chunks for item in self._publisher.publish(products)])
            self._converted_later |= set(some)
        self._report.must_retry |= bool(self._pdf_families) and self._options.should_stop()

    def _convert_some(self, families: list[PublishedFamily]) -> None:
        done, total = 0, sum(len(item.jobs) for item in families)

        def report_result(result: DocumentResult, published: PublishedFamily) -> None:
            nonlocal done
            done += 1
            self._report.must_retry |= result.is_to_be_retried
            self._add_lines(published.product.task.folder, [result])
            self._options.progress(Progress("pdf", done, total))

        faults = convert_families(
            families,
            self._publisher,
            self._session.converter,
            self._session.binder,
            failures=self._session.failed_pdfs,
            should_stop=self._options.should_stop,
            report_result=report_result,
        )
        for path, items in faults.items():
            known = self._diagnostics.setdefault(path, [])
            known += items
            if items:
                self._session.cache.keep_diagnostics(path, [asdict(item) for item in known])

    def _write_pages(self, scan: Scan, across: list[Diagnostic], together: list[Diagnostic]) -> None:
        """The pages: those of families whose PDFs or mail changed after theirs was written, and the one of all."""
        cache = self._session.cache
        pages = PageWriter(self._shared, cache, self._session.ledger, self._report.gates)
        by_path: dict[str, list[Diagnostic]] = {}
        for item in together:
            by_path.setdefault(item.path, []).append(item)
        again = {item.product.task.path for item in self._pdf_families} | self._converted_later
        again |= self._publisher.archive.touched if self._publisher.archive is not None else set()
        again |= cross_family.find_changed(self._together_before, across) | (self._diagnostics.keys() & by_path.keys())
        again |= self._lost.changed & scan.ids.keys()
        mailed = self._mailed | self._incoming.families | self._options.mailed
        mailed |= pages.families_with_mail() & self._evaluated
        by_mail = {path for path, family in scan.ids.items() if family in mailed} | (pages.left() & scan.ids.keys())
        again |= by_mail & set(self._options.first)
        for path in sorted(again - {PROJECT_NAME}):
            pages.rewrite_family(path, by_path.get(path, ()))
        self._report.must_retry |= not pages.rewrite_in_turn(by_mail - again, by_path, self._options.makes_way)
        templates = [item for item in self._template_faults if item.severity is Severity.ERROR]
        of_nobody = [
            *self._shared.diagnostics,
            *templates,
            *scan.diagnostics,
            *map(without_reader, self._publisher.faults),
        ]
        faults, alerts = shared_faults(of_nobody)
        is_changed = bool(self._is_news or again or by_mail)
        pages.write_overview(scan.ids.keys(), faults, alerts, is_changed=is_changed)

    def _check_together(self, scan: Scan) -> list[Diagnostic]:
        """What is wrong only when the families are seen together; looked at again when one of them changed."""
        cache = self._session.cache
        self._together_before = cross_family.remembered(cache)
        if not self._is_news:
            return self._together_before
        is_of_some = bool(self._options.families) and not self._options.writes and not scan.current
        facts = self._rows.facts(scan.ids.keys(), only_clashing=is_of_some)
        found = cross_family.check_families_together(self._session.workspace, self._shared.config, scan.ids, facts)
        if self._options.writes:
            cross_family.remember(cache, found)
        return found

    def _collect_diagnostics(self, scan: Scan, together: list[Diagnostic]) -> None:
        """All that is wrong: with what all share, with each family, and with the families together."""
        cache = self._session.cache
        found = [*self._shared.diagnostics, *self._template_faults, *scan.diagnostics, *self._publisher.faults]
        self._told_elsewhere = self._session.elsewhere.diagnostics() if self._session.elsewhere is not None else ()
        found += self._told_elsewhere
        for items in self._diagnostics.values():
            found += items
        unchanged = set(scan.current) - set(self._diagnostics)
        if self._options.lists_unchanged:
            for path, rows in cache.diagnostics():
                if path in unchanged:
                    found += map(read_diagnostic, rows)
        if self._shared.project is not None and PROJECT_NAME not in self._diagnostics:
            kept = map(read_diagnostic, cache.diagnostics_of(PROJECT_NAME))
            found += [item for item in kept if item not in self._shared.diagnostics]
        chosen = unchanged | set(self._diagnostics)
        is_whole = not self._options.families
        found += [item for item in together if item.path in chosen or (is_whole and item.path not in scan.ids)]
        self._report.diagnostics = sort_diagnostics(found)
        self._report.looked_at = frozenset((*self._diagnostics, *scan.gone))

    def _list_unchanged(self, scan: Scan) -> None:
        """A line for each document that nothing happened to, or their number."""
        if self._options.counts_unchanged and not self._diagnostics:
            project = self._session.cache.remembered_of(PROJECT_NAME)
            self._report.unchanged = scan.documents + (project.documents if project is not None else 0)
            return
        listed = {line.path for line in self._report.documents}
        chosen = set(scan.current) | set(self._diagnostics)
        if self._shared.project is not None and not self._options.families:
            chosen.add(PROJECT_NAME)
        for path, name, key in self._session.cache.document_keys(chosen if self._options.families else ()):
            place = f"{self._output}/{folder_of(path)}/{name}"
            if path in chosen and place not in listed:
                self._report.documents.append(DocumentLine.unchanged(key, place))

    def _is_at_rest(self, scan: Scan) -> bool:
        """Families that are not settled are looked at again whatever anybody says, and need not be asked here."""
        is_whole = self._options.writes and not self._options.families
        told_once = [*self._publisher.faults, *scan.diagnostics, *self._lost.diagnostics, *self._told_elsewhere]
        return is_whole and not (told_once or scan.missing) and not self._report.must_retry

    def _add_lines(self, folder: str, results: Iterable[DocumentResult], family: str = "") -> None:
        self._report.documents += [DocumentLine.of(item, f"{self._output}/{folder}", family) for item in results]
