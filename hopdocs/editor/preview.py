"""What would happen if a text were saved as it stands: which papers are made or removed, which mails are queued.

By the same steps as a build that only looks (`build --dry-run`), and by the planner of the mail itself. Nothing is
written.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.catalogue import fill_message
from hopdocs.cycle.making.production import produce_family
from hopdocs.cycle.making.workload import Workload
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.diagnostics import Blocks, Severity
from hopdocs.errors import LedgerFault
from hopdocs.freshness.cache import CacheDamaged, empty_cache, open_cache_to_read
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.freshness.staleness import Action
from hopdocs.notices.ledger.reader import LedgerReader
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.preview import Preview, preview_notices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.catalogue import Language
    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.cycle.tasks import DocumentResult, FamilyProduct, FamilyTask
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.freshness.cache import Cache
    from hopdocs.notices.wanted import WantedFamily

_SIGNS: Final = {Action.MADE: "+", Action.REMOVED: "–", Action.FAILED: "!"}
_MOST_LINES: Final = 10


@dataclass(frozen=True, slots=True)
class SavedText:
    """A family's file as it would be, and what it is read beside."""

    path: str
    data: bytes
    rivals: tuple[str, ...]
    shared: SharedInputs

    def task(self) -> FamilyTask:
        """What a build would have to do of it, by what the last one left."""
        with closing(open_cache_to_read(self.shared.settings.workspace.cache_path)) as cache, suppress(CacheDamaged):
            return self._task(cache)
        with closing(empty_cache()) as cache:
            return self._task(cache)

    def _task(self, cache: Cache) -> FamilyTask:
        work = Workload(self.shared.settings, self.shared.config_digest, cache, None, None)
        return work.task(self.path, self.data, self.rivals)


@dataclass(frozen=True, slots=True)
class SavePreview:
    """What would follow. `stopped_by` is the fault that lets nothing be made; `notices` is None without any mail."""

    stopped_by: Diagnostic | None
    documents: tuple[DocumentResult, ...]
    notices: Preview | None

    def count(self, action: Action) -> int:
        """How many papers something happens to."""
        return sum(1 for item in self.documents if item.action is action)


class Previewer:
    """Keeps the compiled templates from one look to the next. Not for two threads at once."""

    def __init__(self) -> None:
        self._store: TemplateStore | None = None

    def look(self, saved: SavedText) -> SavePreview:
        """What saving would do."""
        product = self._produce(saved)
        outcome = product.outcome
        stopping = [item for item in outcome.diagnostics if item.severity is Severity.ERROR]
        by = next((item for item in stopping if item.blocks is Blocks.FAMILY), None) if outcome.is_stopped else None
        changed = tuple(item for item in product.results if item.action is not Action.KEPT)
        return SavePreview(by, changed, _plan_mail(outcome.notices, saved.shared) if outcome.notices else None)

    def _produce(self, saved: SavedText) -> FamilyProduct:
        shared = saved.shared
        if self._store is None:
            self._store = TemplateStore(shared.settings)
        else:
            self._store.adopt(shared.settings)
        return produce_family(self._store, saved.task())


def _plan_mail(wanted: WantedFamily, shared: SharedInputs) -> Preview | None:
    mail = shared.config.mail
    with suppress(sqlite3.Error, LedgerFault), _open_ledger(shared.settings.workspace.ledger_path) as ledger:
        channel = (mail.redirect_all_to or "") if mail is not None else ""
        return preview_notices([wanted], ledger, shared.settings.now, channel=channel)
    return None  # what is wrong with the ledger, whoever opens it to write will say


@contextmanager
def _open_ledger(path: Path) -> Iterator[LedgerReader]:
    """The ledger as it is; where there is none yet, an empty one in memory."""
    if path.is_file():
        with closing(connect_to_read(path)) as connection:
            yield LedgerReader(connection)
    else:
        with closing(Ledger(connect_ledger(Path(":memory:")))) as ledger:
            yield ledger


def summarise(preview: SavePreview, language: Language) -> str:
    """In one line what saving would do."""
    da = language == "da"
    if preview.stopped_by is not None:
        line = preview.stopped_by.line
        return (
            f"Gemmes filen nu, laves der intet, før fejlen på linje {line} er rettet"
            if da
            else f"If saved: nothing is made before the fault on line {line} is mended"
        )
    made, gone, failed = (preview.count(action) for action in (Action.MADE, Action.REMOVED, Action.FAILED))
    mails = len(preview.notices.notices) if preview.notices is not None else 0
    parts = [
        _count(made, "papir laves", "papirer laves", "paper made", "papers made", da=da),
        _count(gone, "fjernes", "fjernes", "removed", "removed", da=da),
        _count(failed, "kan ikke laves", "kan ikke laves", "can't be made", "can't be made", da=da),
        _count(mails, "mail til en fagperson", "mails til fagpersoner", "mail queued", "mails queued", da=da),
    ]
    told = ", ".join(part for part in parts if part)
    if da:
        return f"Gemmes filen nu: {told or 'intet papir ændres, og ingen mail går ud'}"
    return f"If saved: {told or 'no paper changes and no mail leaves'}"


def list_changes(preview: SavePreview, language: Language) -> list[str]:
    """A line for each paper and each mail; of very many, the first of each and how many more there are."""
    papers = [
        f"{_SIGNS[item.action]} {item.name}  ({fill_message(item.reason.code, item.reason.params, language)})"
        for item in preview.documents
    ]
    if preview.notices is None:
        return _first_of(papers)
    mails = [f"→ {item.composed.notice.email}: {item.composed.subject}" for item in preview.notices.notices]
    mails += [f"× {record.email}: {record.subject}" for record, _ in preview.notices.dropped]
    return [*_first_of(papers), *_first_of(mails)]


def _first_of(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return lines if more <= 0 else [*lines[:_MOST_LINES], f"… +{more}"]


def _count(number: int, one: str, many: str, one_en: str, many_en: str, *, da: bool) -> str:  # noqa: PLR0913
    if not number:
        return ""
    return f"{number} {(one if number == 1 else many) if da else (one_en if number == 1 else many_en)}"
