"""The project's papers in a cycle: after the families, since their numbers stand in them.

They go the way that a family's go, as one more task: the same decisions with their reasons, the same files that appear
whole, versions in the ledger, records in the cache. Where no `project.yaml` is, nothing happens; where it went, what
was made of it goes.
"""

from __future__ import annotations

import json
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from hopdocs.cycle.making.output_check import PAGE, is_project_untouched
from hopdocs.cycle.making.production import produce_family
from hopdocs.cycle.making.unrendered import as_gone
from hopdocs.cycle.project.rows_of_all import read_figures
from hopdocs.cycle.project.source import last_names
from hopdocs.cycle.tasks import FamilyTask
from hopdocs.documents.kinds.project.desired import coming_meetings, wanted_project_documents
from hopdocs.documents.kinds.project.reports.facts import facts_until
from hopdocs.documents.kinds.project.reports.wanted import packed_when_approved, running_reports, wanted_reports
from hopdocs.domain.project.numbers import add_up
from hopdocs.evaluation import FamilyOutcome
from hopdocs.freshness.cache_keys import Lookup, MetaKey
from hopdocs.freshness.fingerprint import digest_plain, digest_source
from hopdocs.freshness.project_numbers import keep_numbers, keep_reports, read_numbers, read_reports
from hopdocs.freshness.publish import OutputFault, publish_page
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.pages.overview import render_project
from hopdocs.pages.project import project_view
from hopdocs.workspace import PROJECT_FOLDER, PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from hopdocs.cycle.making.publishing import PublishedFamily, Publisher
    from hopdocs.cycle.project.rows_of_all import RowsOfAll
    from hopdocs.cycle.project.source import ProjectInput
    from hopdocs.cycle.session import Session
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.documents.kinds.project.reports.facts import ReportFacts
    from hopdocs.domain.project.numbers import ProjectNumbers
    from hopdocs.figures.course import CourseFigures
    from hopdocs.freshness.cache_keys import LookupKey
    from hopdocs.freshness.fingerprint import Digest

COURSES = Lookup.COURSES.key("")


class ProjectMaker:
    """Makes what is stale of the project."""

    def __init__(
        self,
        session: Session,
        shared: SharedInputs,
        publisher: Publisher,
        is_same: Callable[[str, LookupKey, str], bool],
    ) -> None:
        self._session = session
        self._shared = shared
        self._publisher = publisher
        self._is_same = is_same

    def is_current(self) -> bool:
        """Whether everything stands as it was left, if no family has changed."""
        found, cache = self._shared.project, self._session.cache
        row = cache.remembered_of(PROJECT_NAME)
        if found is None or row is None:
            return found is None and row is None and not self._ours()
        known = cache.signature(PROJECT_NAME)
        return (
            known is not None
            and (row.digest, row.shared) == (digest_source(found.data), self._shared.digest)
            and known.is_settled
            and all(key == COURSES or self._is_same(PROJECT_NAME, key, digest) for key, digest in known.lookups.items())
            and is_project_untouched(str(self._shared.settings.output), cache)
            and (found.project is None or (self._shared.settings.output / PROJECT_FOLDER / PAGE).is_file())
        )

    def make(self, rows: RowsOfAll, present: Collection[str]) -> PublishedFamily | None:
        """Its Word files, after what the families that are there say; some of them may not be readable."""
        found = self._shared.project
        if found is None:
            return None
        facts, texts, names = rows.facts(present), rows.figures(present), self._last_names()
        told_of = (item.course for path, item in facts.items() if path in texts)  # not of two files of one family
        numbers = add_up(told_of, len(present) - len(texts))
        told = digest_plain([numbers.as_json(), sorted(texts.items()), sorted(names)])
        known = self._session.cache.signature(PROJECT_NAME)
        if known is not None and known.lookups.get(COURSES) == told and self.is_current():
            return None  # what was edited is in none of its papers
        courses = [read_figures(text) for text in texts.values()]
        task = self._task(found, self._outcome(found, numbers, courses, names), told)
        store = self._session.store_for(self._shared)
        [published] = self._publisher.publish([produce_family(store, task)])
        if found.project is not None and self._shared.settings.writes:
            self._write_page(facts_until(found.project, self._shared.config, self._today, courses, numbers))
        return published

    @property
    def _today(self) -> date:
        return self._shared.settings.today

    def _write_page(self, facts: ReportFacts) -> None:
        """The project's page, unless it says the same already."""
        settings, cache = self._shared.settings, self._session.cache
        view = project_view(facts, settings.now.astimezone(self._shared.zone))
        key = digest_plain(repr(replace(view, read_at=datetime.min)))  # noqa: DTZ901 - only to leave it out
        path = settings.output / PROJECT_FOLDER / PAGE
        if path.is_file() and cache.meta(MetaKey.PROJECT_PAGE) == key:
            return
        with suppress(OutputFault):
            publish_page(path, render_project(view).encode(), settings.access)
            cache.set_meta(MetaKey.PROJECT_PAGE, key)

    def remove(self) -> list[DocumentResult]:
        """What was made of a project.yaml that is gone."""
        cache = self._session.cache
        records = cache.records(PROJECT_NAME)
        names = set(records) | set(self._ours())
        results = as_gone(self._shared.settings.output / PROJECT_FOLDER, names, records)
        return self._publisher.remove_family(PROJECT_NAME, PROJECT_FOLDER, results)

    def _ours(self) -> Mapping[str, frozenset[str]]:
        return self._session.book.outputs(PROJECT_FOLDER) if self._session.book is not None else {}

    def _task(self, found: ProjectInput, outcome: FamilyOutcome, told: Digest) -> FamilyTask:
        cache = self._session.cache
        return FamilyTask(
            path=PROJECT_NAME,
            data=found.data,
            digest=digest_source(found.data),
            config_digest=self._shared.config_digest,
            known=cache.signature(PROJECT_NAME),
            records=cache.records(PROJECT_NAME),
            ours=self._ours(),
            outcome=outcome,
            lookups={COURSES: told},
        )

    def _outcome(
        self, found: ProjectInput, numbers: ProjectNumbers, courses: Sequence[CourseFigures], names: frozenset[str]
    ) -> FamilyOutcome:
        if found.project is None:
            return FamilyOutcome(PROJECT_NAME, "", found.diagnostics)
        project, config, today = found.project, self._shared.config, self._today
        kept = self._kept((*coming_meetings(project, today), *running_reports(project, today)), numbers)
        documents = [
            *wanted_project_documents(project, config, today, numbers, kept.numbers),
            *wanted_reports(project, config, today, courses, numbers, kept.numbers, kept.reports),
        ]
        if self._session.connection is not None:
            keep_reports(self._session.connection, packed_when_approved(project, today, documents))
        named = found.find_named(names)
        return FamilyOutcome(PROJECT_NAME, "", tuple(named), is_stopped=False, documents=tuple(documents))

    def _last_names(self) -> frozenset[str]:
        """Of the families, as their rows on the page of all know them."""
        return last_names((json.loads(text)["name"] for _, text in self._session.cache.rows()), self._shared.config)

    def _kept(self, coming: tuple[str, ...], numbers: ProjectNumbers) -> _Kept:
        """What was kept of the days that are over; today's numbers are kept for those to come."""
        connection = self._session.connection
        if connection is not None:
            keep_numbers(connection, coming, numbers)
            return _Kept(read_numbers(connection), read_reports(connection))
        path = self._session.workspace.ledger_path
        if not path.is_file():
            return _Kept({}, {})
        with closing(connect_to_read(path)) as connection:
            return _Kept(read_numbers(connection), read_reports(connection))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the ledger has of the project."""

    numbers: Mapping[str, ProjectNumbers]
    reports: Mapping[str, str]
