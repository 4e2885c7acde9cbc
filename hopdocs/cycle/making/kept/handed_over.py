"""Which copies of what was handed over are still to be kept, and which bytes they are.

A line under `deliveries` may be written days later, and the very edit that writes it may change the document. What the
family holds is what stood on the day that the line names: the file on the disk, if it has stood there since then, or a
copy that somebody else got of the same edition. If neither is there any more, no copy is kept: a wrong one is worse
than none, and it is said.

An area has its own copy of what the family gets on the shared case, and nobody writes a line about it: what it could
read there on the day that the family got theirs is kept too, where it still stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hopdocs.cycle.making.frozen_papers import HISTORIC
from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.documents.kinds.table import find_kind, name_of_plan, names_of_plan_copies
from hopdocs.domain.consent import days_of_taking_back
from hopdocs.freshness.delivered import ON_THE_CASE, DeliveredCopy
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.staleness import DocumentKey, Format

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.cycle.tasks import FamilyTask
    from hopdocs.documents.kinds.kind import DocumentKind
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.evaluation import FamilyOutcome
    from hopdocs.freshness.delivered import DeliveredBefore
    from hopdocs.freshness.publish import FolderListing
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.family import Delivery


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A copy to keep. `copy` has the files that are kept already; `is_known` if the ledger has it.

    `stem` is the document's file name without its ending, `word` the digest that its Word file must have (None if it
    has none, '' if it is only made in this cycle), `pdf` that of a PDF that is ready. `place` is the line in the
    family's file.
    """

    copy: DeliveredCopy
    place: tuple[int, int, int] = (0, 0, 0)
    stem: str = ""
    word: str | None = None
    pdf: str = ""
    is_known: bool = False

    def has(self, form: Format) -> bool:
        """Whether a file of that format is kept."""
        return any(name.endswith(f".{form.value}") for name, _ in self.copy.files)

    @property
    def is_on_the_case(self) -> bool:
        """Whether it is an area's own, of which nobody wrote a line: where there is none, nothing is said."""
        return self.copy.how == ON_THE_CASE

    def fault(self, code: str, path: str, **params: str) -> Diagnostic:
        """What is to be said of it, at its line."""
        line, column, length = self.place
        params |= {"document": self.copy.kind, "to": self.copy.to, "day": f"{self.copy.day:%d.%m.%Y}"}
        return Diagnostic(path, line, column, code, params, Severity.ADVICE, Blocks.NOTHING, length)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document as it lies on the disk: its edition, its files' digests, and the day since which it has been so."""

    stem: str
    edition: int
    since: date
    word: str | None
    pdf: str = ""


class Handing:
    """One family's deliveries, against what the ledger knows and what lies on the disk."""

    def __init__(
        self, day: FamilyDay, outcome: FamilyOutcome, task: FamilyTask, before: DeliveredBefore, listing: FolderListing
    ) -> None:
        self._day = day
        self._outcome = outcome
        self._folder = task.folder
        self._before = before
        self._listing = listing
        self._records = {(record.key, record.format): record for record in task.records.values()}
        self._wanted = {DocumentKey(*document.key): document for document in (*outcome.documents, *outcome.historic)}
        self._known = {item.handing: item for item in before.copies}
        self.held: dict[DocumentKey, set[int]] = {}
        """By document: the editions that somebody holds."""
        self.faults: list[Diagnostic] = []
        plans = names_of_plan_copies()  # a plan's edition bears the day of its making, a letter's the letter's own
        made = [on for key, numbers in before.editions.items() if key.kind in plans for on in numbers.values()]
        self._began = min([*made, *(since for _, since in before.standing.values())], default=day.today)
        """The first day on which anything was made of this family here."""
        self._from_before: list[HandedOver] = []
        self.to_keep = tuple(self._find())
        if self._from_before:
            number = str(len({(item.copy.kind, item.copy.meeting, item.copy.day) for item in self._from_before}))
            began = f"{self._began:%d.%m.%Y}"
            self.faults.append(self._from_before[0].fault("HD361", outcome.path, number=number, began=began))

    def _find(self) -> Iterator[HandedOver]:
        for line, place in zip(self._day.family.deliveries, self._outcome.delivery_places, strict=True):
            kind = find_kind(line.document)
            if kind is None or line.date > self._day.today:
                continue  # what people write elsewhere, and what is still to come
            for to in dict.fromkeys(line.to):
                found = self._find_one(kind, line, to, place)
                if found is not None:
                    yield found
                yield from self._find_beside(kind, line, to, place)
            yield from self._find_on_the_case(kind, line, place)

    def _find_on_the_case(
        self, kind: DocumentKind, line: Delivery, place: tuple[int, int, int]
    ) -> Iterator[HandedOver]:
        """The areas' own copies of what the family got. Nobody holds one, so an edition is not final for it."""
        then = self._day.consents_on(line.date)
        areas = frozenset[str]() if then.is_withdrawn else then.signed_areas - self._day.family.members.keys()
        about = (kind.name, line.meeting or "" if kind.for_meeting is not None else "")
        for key in sorted(key for key in self._wanted if (key.kind, key.meeting) == about and key.recipient in areas):
            standing = self._standing(key, kind)
            names = (key.family, key.kind, key.meeting, key.recipient)
            edition = standing.edition if standing is not None else 0
            copy = DeliveredCopy(*names, edition, line.date, ON_THE_CASE, key.recipient, self._folder, ())
            known = self._known.get(copy.handing)
            if known is not None:
                found = _with_pdf(known, standing, place)
            elif standing is None:
                word = None if kind.template is None else ""
                is_of_today = line.date == self._day.today
                found = HandedOver(copy, place, self._wanted[key].stem, word) if is_of_today else None
            else:
                stood = standing.since <= line.date and not self._is_changed(standing)
                stood = stood and not self._was_too_much(key.recipient, standing, line.date)
                found = HandedOver(copy, place, standing.stem, standing.word, standing.pdf) if stood else None
            if found is not None:
                yield found

    def _find_beside(
        self, kind: DocumentKind, line: Delivery, to: str, place: tuple[int, int, int]
    ) -> Iterator[HandedOver]:
        """The translation that lay beside a letter, of which nobody writes a line: kept if it stood there that day."""
        if kind.translation is None:
            return
        key = replace(self._key_of(kind, line, to), kind=kind.translation.name)
        standing = self._standing(key, kind.translation)
        copy = DeliveredCopy(
            *(key.family, key.kind, key.meeting, key.recipient, 0, line.date, line.how.value, to, self._folder, ())
        )
        known = self._known.get(copy.handing)
        if known is not None:
            self._hold(key, known.edition)
            found = _with_pdf(known, standing, place)
            if found is not None:
                yield found
        elif standing is not None and standing.since <= line.date and not self._is_changed(standing):
            self._hold(key, standing.edition)
            yield HandedOver(replace(copy, edition=standing.edition), place, standing.stem, standing.word, standing.pdf)
        elif standing is None and line.date == self._day.today and key in self._wanted:
            self._hold(key, 1)
            yield HandedOver(copy, place, self._wanted[key].stem, "")

    def _was_too_much(self, area: str, standing: Standing, day: date) -> bool:
        """Whether what stands is from before a taking back that held on that day, and the area sees less by it."""
        taken_back = days_of_taking_back(self._day.family)
        return area in self._outcome.sights.narrowed and any(standing.since <= on <= day for on in taken_back)

    def _find_one(self, kind: DocumentKind, line: Delivery, to: str, place: tuple[int, int, int]) -> HandedOver | None:
        key = self._key_of(kind, line, to)
        standing = self._standing(key, kind)
        copy = DeliveredCopy(
            *(key.family, key.kind, key.meeting, key.recipient, 0, line.date, line.how.value, to, self._folder, ())
        )
        if copy.handing in self._known:
            copy = self._known[copy.handing]
            self._hold(key, copy.edition)
            return _with_pdf(copy, standing, place)
        if standing is not None and standing.since <= line.date:
            self._hold(key, standing.edition)
            copy = replace(copy, edition=standing.edition)
            if self._is_changed(standing):
                self.faults.append(HandedOver(copy, place).fault("HD391", self._outcome.path))
                return None
            return HandedOver(copy, place, standing.stem, standing.word, standing.pdf)
        if standing is None and line.date == self._day.today and key in self._wanted:
            self._hold(key, 1)
            return HandedOver(copy, place, self._wanted[key].stem, None if kind.template is None else "")
        return self._find_same(key, copy, place)

    def _find_same(self, key: DocumentKey, copy: DeliveredCopy, place: tuple[int, int, int]) -> HandedOver | None:
        """The copy that was kept of the same edition: handed over before that day, to her or to somebody else."""
        edition = self._before.edition_on(key, copy.day)
        if edition:
            self._hold(key, edition)
        for item in self._before.copies:
            document = DocumentKey(item.family, item.kind, item.meeting, item.recipient)
            if document == key and item.edition == edition and item.day <= copy.day:
                return HandedOver(replace(item, day=copy.day, how=copy.how, to=copy.to), place)
        if copy.day < self._began:
            self._from_before.append(HandedOver(copy, place))
        else:
            self.faults.append(HandedOver(copy, place).fault("HD390", self._outcome.path))
        return None

    def _key_of(self, kind: DocumentKind, line: Delivery, to: str) -> DocumentKey:
        """Which document a line means: the own copy of whoever got it, else the one that is the same for all."""
        meeting = line.meeting or "" if kind.for_meeting is not None else ""
        own, common = (DocumentKey(self._day.family.id, kind.name, meeting, who) for who in (to, ""))
        there = self._before.editions.keys() | self._wanted.keys()
        return common if common in there and own not in there else own

    def _standing(self, key: DocumentKey, kind: DocumentKind) -> Standing | None:
        """The document on the disk; without the cache, as the ledger remembers it."""
        form = Format.PDF if kind.template is None else Format.DOCX
        record = self._records.get((key, form))
        if record is not None:
            return self._recorded(record) if HISTORIC not in record.fields else None
        document = self._wanted.get(key)
        known = self._before.standing.get(f"{document.stem}.{form.value}") if document is not None else None
        if document is None or known is None:
            return None
        digest, since = known
        edition = max(self._before.editions.get(key, {0: since}))
        is_word = form is Format.DOCX
        return Standing(document.stem, edition, since, digest if is_word else None, "" if is_word else digest)

    def _recorded(self, record: Record) -> Standing:
        made = record.made_on(self._day.config.timezone)
        digest, since = self._before.standing.get(record.name, ("", made))
        made = min(made, since) if digest == record.digest else made
        stem = record.name.removesuffix(f".{record.format.value}")
        if record.format is Format.PDF:
            return Standing(stem, record.version, made, None, record.digest)
        pdf = self._records.get((record.key, Format.PDF))
        is_of_it = pdf is not None and pdf.source == digest_bytes(record.digest.encode())
        return Standing(stem, record.version, made, record.digest, pdf.digest if pdf is not None and is_of_it else "")

    def _is_changed(self, standing: Standing) -> bool:
        """Whether a person has changed the file: whether before or after it was handed over, nobody can tell."""
        form, digest = (Format.PDF, standing.pdf) if standing.word is None else (Format.DOCX, standing.word)
        name = f"{standing.stem}.{form.value}"
        return name in self._listing.file_stats and self._listing.digest(name) != digest

    def _hold(self, key: DocumentKey, edition: int) -> None:
        """Who has a bound plan has the plan that it was bound from: they are numbered alike."""
        kind = find_kind(key.kind)
        bound_from = [replace(key, kind=name_of_plan())] if kind is not None and kind.template is None else []
        for held in (key, *bound_from):
            self.held.setdefault(held, set()).add(edition)


def _with_pdf(copy: DeliveredCopy, standing: Standing | None, place: tuple[int, int, int]) -> HandedOver | None:
    """A copy that lacks its PDF while the Word file that it is of still stands."""
    found = HandedOver(copy, place, is_known=True)
    if found.has(Format.PDF) or standing is None or standing.word not in dict(copy.files).values():
        return None
    return replace(found, stem=standing.stem, word=standing.word, pdf=standing.pdf)
