"""The project's papers in a cycle: after the families, since their numbers stand in them.

They go the way that a family's go, as one more task: the same decisions with their reasons, the same files that appear
whole, versions in the ledger, records in the cache. Where no `project.yaml` is, nothing happens; where it went, what
was made of it goes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hopdocs.cycle.making.output_check import is_project_untouched
from hopdocs.cycle.making.production import produce_family
from hopdocs.cycle.making.unrendered import as_gone
from hopdocs.cycle.tasks import FamilyTask
from hopdocs.danish import last_name
from hopdocs.documents.kinds.project.desired import coming_meetings, wanted_project_documents
from hopdocs.domain.project.numbers import add_up
from hopdocs.evaluation import FamilyOutcome
from hopdocs.freshness.cache_keys import Lookup
from hopdocs.freshness.fingerprint import digest_plain, digest_source
from hopdocs.freshness.project_numbers import keep_numbers, read_numbers
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.workspace import PROJECT_FOLDER, PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from hopdocs.cycle.making.publishing import PublishedFamily, Publisher
    from hopdocs.cycle.project.rows_of_all import RowsOfAll
    from hopdocs.cycle.project.source import ProjectInput
    from hopdocs.cycle.session import Session
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.cycle.tasks import DocumentResult
    from hopdocs.domain.project.numbers import ProjectNumbers
    from hopdocs.freshness.cache_keys import LookupKey

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
        )

    def make(self, rows: RowsOfAll, present: Collection[str]) -> PublishedFamily | None:
        """Its Word files, after what the families that are there say; some of them may not be readable."""
        found = self._shared.project
        if found is None:
            return None
        facts = rows.facts(present)
        numbers = add_up((item.course for item in facts.values()), len(present) - len(facts))
        task = self._task(found, numbers)
        store = self._session.store_for(self._shared)
        [published] = self._publisher.publish([produce_family(store, task)])
        return published

    def remove(self) -> list[DocumentResult]:
        """What was made of a project.yaml that is gone."""
        cache = self._session.cache
        records = cache.records(PROJECT_NAME)
        names = set(records) | set(self._ours())
        results = as_gone(self._shared.settings.output / PROJECT_FOLDER, names, records)
        return self._publisher.remove_family(PROJECT_NAME, PROJECT_FOLDER, results)

    def _ours(self) -> Mapping[str, frozenset[str]]:
        return self._session.book.outputs(PROJECT_FOLDER) if self._session.book is not None else {}

    def _task(self, found: ProjectInput, numbers: ProjectNumbers) -> FamilyTask:
        cache = self._session.cache
        return FamilyTask(
            path=PROJECT_NAME,
            data=found.data,
            digest=digest_source(found.data),
            config_digest=self._shared.config_digest,
            known=cache.signature(PROJECT_NAME),
            records=cache.records(PROJECT_NAME),
            ours=self._ours(),
            outcome=self._outcome(found, numbers),
            lookups={COURSES: digest_plain(numbers.as_json())},
        )

    def _outcome(self, found: ProjectInput, numbers: ProjectNumbers) -> FamilyOutcome:
        if found.project is None:
            return FamilyOutcome(PROJECT_NAME, "", found.diagnostics)
        named = found.find_named(self._last_names())
        today = self._shared.settings.today
        kept = self._kept_numbers(coming_meetings(found.project, today), numbers)
        documents = wanted_project_documents(found.project, self._shared.config, today, numbers, kept)
        return FamilyOutcome(PROJECT_NAME, "", tuple(named), is_stopped=False, documents=tuple(documents))

    def _last_names(self) -> frozenset[str]:
        """Of the families, as their rows on the page of all know them; not those that a colleague has too."""
        names = {last_name(json.loads(text)["name"]).casefold() for _, text in self._session.cache.rows()}
        staff = {last_name(person.name).casefold() for person in self._shared.config.staff.values()}
        return frozenset(names - staff)

    def _kept_numbers(self, coming: tuple[str, ...], numbers: ProjectNumbers) -> dict[str, ProjectNumbers]:
        """The numbers of the meetings that are over; today's are kept for those to come."""
        connection = self._session.connection
        if connection is not None:
            keep_numbers(connection, coming, numbers)
            return read_numbers(connection)
        path = self._session.workspace.ledger_path
        if not path.is_file():
            return {}
        connection = connect_to_read(path)
        try:
            return read_numbers(connection)
        finally:
            connection.close()
