"""The pages, on disk: writes each family's page and the page of all families, once everything else is known.

A page is a look at one moment, made from what the databases say; losing one loses nothing. So pages are written whole
but not synced, and only if something that they show has changed.
"""

from __future__ import annotations

import json
from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from hopdocs.catalogue import fill_hint, fill_message
from hopdocs.cycle.mail.answers_folder import lying_unused, say_nothing_came
from hopdocs.cycle.making.output_check import PAGE
from hopdocs.cycle.personal.person_pages import are_there, write_person_pages
from hopdocs.diagnostics import Severity, read_diagnostic
from hopdocs.domain.family_day import FamilyDay
from hopdocs.evaluation import FamilyOutcome
from hopdocs.freshness.cache_keys import MetaKey
from hopdocs.freshness.delivered import read_copies
from hopdocs.freshness.fingerprint import digest_plain
from hopdocs.freshness.publish import OutputFault, publish_page
from hopdocs.freshness.staleness import Format
from hopdocs.notices.ledger.standing import NOT_STARTED
from hopdocs.notices.record import State
from hopdocs.notices.sending.outbox import Outbox
from hopdocs.pages.composition import (
    PageFacts,
    family_row,
    family_view,
    fault_line,
    project_lines,
    stopped_row,
    stopped_view,
    waiting_line,
)
from hopdocs.pages.overview import render_family, render_overview
from hopdocs.pages.views import FamilyRow, OverviewView
from hopdocs.sources.families import parse_family
from hopdocs.workspace import PROJECT_FOLDER, PROJECT_NAME, UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.cycle.tasks import Settings
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.delivered import DeliveredCopy
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.config import Config
    from hopdocs.notices.ledger.standing import Reason
    from hopdocs.notices.ledger.store import Ledger
    from hopdocs.notices.record import NoticeRecord
    from hopdocs.notices.sending.outbox import Gates, OutboxRow
    from hopdocs.pages.views import DocumentLine

_TOLD_SHOWN: Final = 10
_MOST_NOTICES: Final = 200
_NOT_STARTED: Final = (
    "Mails er ikke sat i gang i denne mappe: intet bliver sendt. Se, hvad der ville gå ud, med `hopdocs notices "
    "preview`, og sæt i gang med `hopdocs notices start`."
)


def say_not_started(reason: Reason) -> str:
    """Why no mail leaves, for the page of all."""
    if reason.code == NOT_STARTED:
        return _NOT_STARTED
    said = fill_message(reason.code, reason.params, "da"), fill_hint(reason.code, reason.params, "da")
    return ". ".join(text[:1].upper() + text[1:] for text in said) + "."


def compose_family_page(  # noqa: PLR0913, PLR0917 - what one page shows
    outcome: FamilyOutcome,
    config: Config,
    settings: Settings,
    records: Sequence[Record],
    faults: Sequence[Diagnostic],
    failed: Mapping[str, str],
    *,
    waiting: Sequence[OutboxRow] = (),
    told: Sequence[Any] = (),
    delivered: Sequence[DeliveredCopy] = (),
) -> tuple[bytes, dict[str, Any]]:
    """A family's page, and its row on the page of all, as plain data for the cache.

    Nothing for the project, and nothing where nothing is written: `check` finds no fault in a page, and its drawings
    take longer than all else that one family asks for.
    """
    if outcome.path == PROJECT_NAME or not settings.writes:
        return b"", {}
    folder = PurePosixPath(outcome.path).stem
    diagnostics = (*outcome.diagnostics, *faults)
    facts = PageFacts(
        source=outcome.path,
        folder=folder,
        read_at=settings.now,
        diagnostics=diagnostics,
        records=records,
        faults=failed,
        waiting=waiting,
        told=told,
        delivered=delivered,
        awaits_pdf=settings.makes_pdf,
        answers=settings.answers.get(outcome.family_id, {}),
        next_step=outcome.next_step,
    )
    name = outcome.family_id or folder
    if outcome.is_stopped or outcome.day is None:
        view, row = stopped_view(name, config, settings.today, facts), stopped_row(name, folder, diagnostics)
    else:
        view = family_view(outcome.day, facts)
        row = family_row(outcome.day, folder, diagnostics)
    return render_family(view).encode(), row.as_json()


class PageWriter:
    """Writes pages in the cycle's own process."""

    def __init__(self, shared: SharedInputs, cache: Cache, ledger: Ledger | None, gates: Gates | None) -> None:
        self._shared = shared
        self._settings = shared.settings
        self._cache = cache
        self._ledger = ledger
        self._outbox = Outbox(ledger, gates, shared.settings.now) if ledger and gates else None

    def families_with_mail(self) -> frozenset[str]:
        """The families that a mail waits for."""
        return self._ledger.waiting.families() if self._ledger is not None and self._outbox is not None else frozenset()

    def rewrite_family(self, path: str, together: Iterable[Diagnostic] = ()) -> None:
        """Write a family's page anew from its file and from what is remembered of it."""
        with suppress(FileNotFoundError, UnreadableFile, OutputFault):
            self._rewrite(path, list(together))

    def left(self) -> set[str]:
        """The pages that an earlier cycle left to this one."""
        return set(json.loads(self._cache.meta(MetaKey.LEFT_PAGES) or "[]"))

    def rewrite_in_turn(
        self, paths: Iterable[str], together: Mapping[str, Iterable[Diagnostic]], makes_way: Callable[[], bool]
    ) -> bool:
        """Write the pages of families that nothing but mail has moved for; whether all are written.

        If it `makes_way`, the rest is left to the next cycle, also to that of a service that is started anew.
        """
        rest = deque(sorted(paths))
        while rest:
            path = rest.popleft()
            self.rewrite_family(path, together.get(path, ()))
            if makes_way():
                break
        if set(rest) != self.left():
            self._cache.set_meta(MetaKey.LEFT_PAGES, json.dumps([*rest]))
        return not rest

    def _rewrite(self, path: str, together: list[Diagnostic]) -> None:
        found = self._cache.findings(path)
        if found is None:
            return
        data = read_source(self._settings.workspace.root / path)
        diagnostics = self._cache.diagnostics_of(path)
        outcome = replace(FamilyOutcome.from_json(path, found), diagnostics=tuple(map(read_diagnostic, diagnostics)))
        if not outcome.is_stopped:
            family = parse_family(data, path, self._shared.config).family
            day = FamilyDay.on(family, self._shared.config, self._settings.today) if family is not None else None
            outcome = replace(outcome, day=day)
        folder = self._settings.output / PurePosixPath(path).stem
        records = self._cache.records(path).values()
        has_got = outcome.day is not None and outcome.day.family.deliveries
        told = [
            item
            for item in (self._ledger.of_family(outcome.family_id) if self._ledger else [])
            if item.state in (State.ACCEPTED, State.FAILED, State.IN_DOUBT)
        ]
        page, row = compose_family_page(
            outcome,
            self._shared.config,
            self._settings,
            [item for item in records if item.format is not Format.PDF or (folder / item.name).is_file()],
            together,
            found.get("failed", {}),
            waiting=self._outbox.rows(outcome.family_id) if self._outbox is not None else (),
            told=sorted(told, key=self._weight)[-_TOLD_SHOWN:][::-1],
            delivered=read_copies(self._settings.workspace.ledger_path, outcome.family_id) if has_got else (),
        )
        publish_page(folder / PAGE, page, self._settings.access)
        self._cache.keep_row(path, row)

    def _weight(self, record: NoticeRecord) -> tuple[bool, int]:
        """What somebody should still do something about comes before what is newer."""
        is_open = record.state is not State.ACCEPTED and record.expires_at > self._settings.now
        return is_open, record.id

    def write_overview(
        self, present: Collection[str], faults: Sequence[Diagnostic], alerts: Sequence[str], *, is_changed: bool
    ) -> None:
        """Write the page of all families, and with it everybody's own, unless it says the same already."""
        config, settings = self._shared.config, self._settings
        waiting = self._outbox.first_rows(_MOST_NOTICES) if self._outbox is not None else []
        notices = [waiting_line(row, config) for row in waiting]
        alerts = (*alerts, *self._standing_alerts())
        lines = [fault_line(item) for item in faults]
        project = self._project_lines()
        shown = [[repr(item) for item in items] for items in (notices, lines, project)]
        href = f"{PROJECT_FOLDER}/{PAGE}" if (settings.output / PROJECT_FOLDER / PAGE).is_file() else ""
        key = digest_plain([settings.today.isoformat(), *shown, list(alerts), href])
        path = settings.output / PAGE
        is_same = not is_changed and self._cache.meta(MetaKey.OVERVIEW) == key
        if is_same and path.is_file() and are_there(settings.output, self._cache):
            return
        rows = [FamilyRow.from_json(json.loads(text)) for source, text in self._cache.rows() if source in present]
        write_person_pages(rows, self._shared, self._cache)
        page = render_overview(
            OverviewView(
                municipality=config.municipality.name,
                unit=config.municipality.unit,
                today=settings.today,
                read_at=settings.now.astimezone(self._shared.zone),
                families=tuple(rows),
                notices=tuple(notices),
                faults=tuple(lines),
                alerts=tuple(alerts),
                project=project,
                project_href=href,
            )
        )
        with suppress(OutputFault):
            publish_page(path, page.encode(), settings.access)
            self._cache.set_meta(MetaKey.OVERVIEW, key)

    def _project_lines(self) -> tuple[DocumentLine, ...]:
        """The papers of the project; none if the workspace has no project.yaml."""
        if self._shared.project is None:
            return ()
        records = list(self._cache.records(PROJECT_NAME).values())
        failed = (self._cache.findings(PROJECT_NAME) or {}).get("failed", {})
        facts = PageFacts(PROJECT_NAME, PROJECT_FOLDER, self._settings.now, records=records, faults=failed)
        return project_lines(facts, self._shared.config)

    def _standing_alerts(self) -> list[str]:
        config, ledger = self._shared.config, self._ledger
        if config.mail is None or ledger is None:
            return []
        unused = say_nothing_came(lying_unused(config, self._settings.workspace, ledger), config, "da")
        reason = ledger.why_not_started()
        waiting = [say_not_started(reason)] if reason is not None else []
        return [*waiting, *([f"{unused}."] if unused else [])]


def shared_faults(diagnostics: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[str]]:
    """What belongs to no family: faults with a place in a file, and the machine's own needs as sentences."""
    faults, alerts = [], []
    for item in diagnostics:
        if item.line == 0 and item.severity is not Severity.ERROR:
            alerts.append(f"{fill_message(item.code, item.params, 'da')}.")
        else:
            faults.append(item)
    return faults, list(dict.fromkeys(alerts))


def without_reader(item: Diagnostic) -> Diagnostic:
    """What is wrong with a document in a family's folder, for the page of all: its name would say who reads it."""
    folder, _, name = item.path.rpartition("/")
    stem = name.rpartition(".")[0]
    if not stem:
        return item
    anybodys = f"{folder}/*"
    params = {
        key: value.replace(f"{folder}/{stem}", stem).replace(stem, anybodys) for key, value in item.params.items()
    }
    return replace(item, path=f"{anybodys}{name.removeprefix(stem)}", params=params)
