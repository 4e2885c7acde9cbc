"""A family with all that its making reads beside its file, so that nobody needs our disk.

What is seldom read is not sent: papers that stand, copies that were handed over, the history in git. A family whose
making asks for one of these is made here.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.looking_back.earlier_plans import EarlierPlans
from hopdocs.cycle.looking_back.seen_plans import KnownPlans, SeenPlansSearch
from hopdocs.cycle.scanning import written_id
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.freshness.delivered import DeliveredBefore, DeliveredCopies
from hopdocs.freshness.publish import FolderListing
from hopdocs.freshness.read_only import connect_to_read
from hopdocs.rendering.template import digest_template
from hopdocs.workspace import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from hopdocs.cycle.tasks import FamilyProduct, FamilyTask, Settings, TemplateFile
    from hopdocs.evaluation import AttachmentLookup
    from hopdocs.freshness.fingerprint import Digest
    from hopdocs.freshness.staleness import DocumentKey
    from hopdocs.freshness.versions import Version
    from hopdocs.model.family import Family
    from hopdocs.notices.current_answers import FamilyAnswers

MOST_ATTACHMENTS: Final = 64
_PAPERS: Final = (".docx", ".pdf")


class NotCarried(BaseException):
    """Something was asked for that was not sent. A `BaseException`, so that no `except Exception` makes it a fault."""


@dataclass(frozen=True, slots=True)
class CarriedListing(FolderListing):
    """What stands in a family's folder, with the digests of its papers and none of their contents."""

    digests: Mapping[str, Digest | None] = field(default_factory=dict)

    def digest(self, name: str) -> Digest | None:
        """As it was when the family was sent."""
        if name in self.file_stats and name not in self.digests:
            raise NotCarried
        return self.digests.get(name)

    def read(self, name: str) -> bytes | None:
        """Nothing where there is no such file."""
        if name in self.file_stats:
            raise NotCarried
        return None


@dataclass(frozen=True, slots=True)
class CarriedFamily:
    """One family's task, and what is read for it.

    `id` is what its file calls itself as far as anybody can see without parsing it; `before` is None where nothing
    was handed over.
    """

    task: FamilyTask
    id: str
    listing: CarriedListing
    attachments: Mapping[str, AttachmentLookup]
    versions: Mapping[DocumentKey, Version]
    before: DeliveredBefore | None
    learned: Mapping[tuple[str, date], str]
    answers: FamilyAnswers
    delivered: int | None


@dataclass(frozen=True, slots=True)
class Shared:
    """What all families of a cycle are made with, beside hopdocs itself."""

    settings: Settings
    templates: Mapping[Digest, bytes]


@dataclass(frozen=True, slots=True)
class Made:
    """A family as it was made: no file of it stands anywhere yet."""

    product: FamilyProduct
    finished: Mapping[str, bytes]


def share(store: TemplateStore) -> Shared:
    """What is to be sent once. Raises `NotCarried` where a template was changed meanwhile."""
    templates: dict[Digest, bytes] = {}
    for file in store.settings.template_files.values():
        try:
            data = store.read_template(file)
        except (FileNotFoundError, UnreadableFile) as err:
            raise NotCarried from err
        if digest_template(data) != file.digest:
            raise NotCarried
        templates[file.digest] = data
    return Shared(replace(store.settings, answers={}, delivered={}), templates)


def carry(store: TemplateStore, task: FamilyTask) -> CarriedFamily:
    """One family, with what is read for it. Raises `OutputFault` where its output folder cannot be."""
    settings = store.settings
    name = written_id(task.data)
    listing = store.list_output(task.folder)
    digests = {file: listing.digest(file) for file in listing.file_stats if file.endswith(_PAPERS)}
    is_handed_over = b"deliveries" in task.data
    folder = settings.workspace.attachments(task.path)
    return CarriedFamily(
        task=task,
        id=name,
        listing=CarriedListing(listing.path, listing.file_stats, digests),
        attachments={file: store.look_up(folder, file) for file in _named_files(folder, task.data)},
        versions=store.latest_versions(name),
        before=store.delivered_before(name, task.folder) if is_handed_over else None,
        learned=_learned(settings, name) if is_handed_over else {},
        answers=settings.answers.get(name, {}),
        delivered=settings.delivered.get(name),
    )


def _named_files(folder: Path, data: bytes) -> Iterator[str]:
    """The files in a family's own folder whose name stands somewhere in the family's file."""
    found = 0
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if found < MOST_ATTACHMENTS and name.encode("utf-8", "surrogateescape") in data:
                found += 1
                yield (Path(place) / name).relative_to(folder).as_posix()


def _learned(settings: Settings, family: str) -> Mapping[tuple[str, date], str]:
    path = settings.workspace.ledger_path
    if not path.is_file():
        return {}
    with contextlib.closing(connect_to_read(path)) as connection:
        return DeliveredCopies(connection).facts(family)


class CarriedStore(TemplateStore):
    """What documents are made with, out of what was sent alone: it opens no file but hopdocs' own."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._family: CarriedFamily | None = None
        super().__init__(shared.settings)

    def adopt_shared(self, shared: Shared) -> None:
        """Go on with these, keeping the compiled templates that are still the same."""
        self._shared = shared
        self.adopt(shared.settings)

    def look_at(self, family: CarriedFamily | None) -> None:
        """Whose making is next; nobody's."""
        self._family = family
        answers = {family.id: family.answers} if family is not None and family.answers else {}
        delivered = {family.id: family.delivered} if family is not None and family.delivered is not None else {}
        self.settings = replace(self._shared.settings, answers=answers, delivered=delivered)

    def read_template(self, file: TemplateFile) -> bytes:
        """As it was sent."""
        return self._shared.templates[file.digest]

    def list_output(self, folder: str) -> FolderListing:
        """What stood there when the family was sent."""
        family = self._carried
        if folder != family.task.folder:
            raise NotCarried
        return family.listing

    def sweep(self, folder: str) -> None:
        """Nothing: no file waits here."""

    def look_up(self, folder: Path, name: str) -> AttachmentLookup:  # noqa: ARG002 - one family's alone
        """What was found when the family was sent; of what was not, it is asked again where the files lie."""
        found = self._carried.attachments.get(name)
        if found is None:
            raise NotCarried
        return found

    def search_plans(self, task: FamilyTask, family: Family) -> SeenPlansSearch:
        """In what the ledger knew."""
        earlier = _NoHistory(Path(task.path), self.config, task.last_good)
        return SeenPlansSearch(family, self.config, self._recall, earlier)

    def kept_copy(self, before: DeliveredBefore, key: DocumentKey, edition: int) -> bytes | None:  # noqa: ARG002
        """None where nothing was handed over."""
        if before.copies:
            raise NotCarried
        return None

    def latest_versions(self, family: str) -> dict[DocumentKey, Version]:
        """As the ledger had them."""
        return dict(self._of(family).versions)

    def delivered_before(self, family: str, folder: str) -> DeliveredBefore:  # noqa: ARG002 - one family's alone
        """As the ledger had it."""
        before = self._of(family).before
        if before is None:
            raise NotCarried
        return before

    @property
    def _carried(self) -> CarriedFamily:
        if self._family is None:
            raise NotCarried
        return self._family

    def _of(self, family: str) -> CarriedFamily:
        if family != self._carried.id:
            raise NotCarried
        return self._carried

    def _recall(self, family: str) -> KnownPlans:
        known = self._of(family)
        if known.before is None:
            raise NotCarried
        return KnownPlans(family, known.before.copies, known.learned, known.versions)


class _NoHistory(EarlierPlans):
    """Git is where the families' files are."""

    def contents_before(self, moment: datetime) -> bytes:  # noqa: ARG002 - nobody can say
        raise NotCarried
