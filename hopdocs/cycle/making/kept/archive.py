"""Keeps what was handed over: a copy of its files in `udleveret`, for ever, and a row in the ledger that says so.

A copy is written whole, synced and named before its row is written; both stand before the cycle replaces or removes
the file. A crash in between leaves a file that the next cycle finds under the same name. Nothing here is ever
overwritten: what a person changed or put there keeps its name, and the copy takes another.
"""

from __future__ import annotations

import contextlib
from dataclasses import astuple, replace
from itertools import count
from typing import TYPE_CHECKING, Final

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.freshness.delivered import FOLDER
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.publish import (
    OutputFault,
    OutputFolder,
    list_folder,
    read_digest,
    sweep_folder,
    sync_names,
)
from hopdocs.freshness.staleness import Action, Format, Reason
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hopdocs.cycle.making.kept.handed_over import HandedOver
    from hopdocs.cycle.tasks import DocumentResult, FamilyProduct
    from hopdocs.freshness.delivered import DeliveredBefore, DeliveredCopies
    from hopdocs.freshness.publish import AccessRule
    from hopdocs.freshness.staleness import DocumentKey

_NOT_TO_WRITE: Final = 0o222
_LARGEST_BYTES: Final = 1 << 30
"""More than any document of ours, with all that is bound behind it."""


class Archive:
    """The copies of all families, below the output folder. `touched` has the families' files that got one."""

    def __init__(self, output: Path, access: AccessRule, copies: DeliveredCopies) -> None:
        self._output = output
        mode = access.file_mode
        self._access = replace(access, file_mode=None if mode is None else mode & ~_NOT_TO_WRITE)
        self._copies = copies
        self.touched: set[str] = set()

    def keep_standing(self, product: FamilyProduct) -> FamilyProduct:
        """Keep what was handed over before anything of it is replaced or removed; what can't be kept now stays."""
        kept, results, faults = [], product.results, list(product.faults)
        for item in product.handed_over:
            try:
                kept.append(self._keep(product, item))
            except OutputFault as fault:
                faults.append(self._fault(product, fault))
                results = tuple(self._hold_back(product, found, item, fault) for found in results)
        return replace(product, handed_over=tuple(kept), results=results, faults=tuple(faults))

    def keep_learned(self, products: Sequence[FamilyProduct]) -> None:
        """Write down what stood in plans that nobody kept a copy of with it."""
        rows = [(item.outcome.family_id, *learned) for item in products for learned in item.learned]
        if rows:
            self._copies.keep_facts(rows)

    def keep_made(self, product: FamilyProduct, results: Sequence[DocumentResult]) -> FamilyProduct:
        """Keep what was made on the day on which it was handed over, and what was missing and is there again."""
        records = {item.name: item.record for item in results if item.record is not None}
        kept, faults = [], list(product.faults)
        for item in product.handed_over:
            record = records.get(f"{item.stem}.{Format.DOCX.value}")
            if item.is_known or item.word is None:
                kept.append(item)
            elif record is None:
                faults += [] if item.is_on_the_case else [item.fault("HD390", product.task.path)]
            else:
                made = replace(item.copy, edition=record.version) if not item.word else item.copy
                try:
                    found = self._keep(product, replace(item, word=item.word or record.digest, copy=made))
                except OutputFault as fault:
                    faults.append(self._fault(product, fault))
                    continue
                kept.append(found)
                if not (found.is_known or found.is_on_the_case):
                    faults.append(item.fault("HD390", product.task.path))
        return replace(product, handed_over=tuple(kept), faults=tuple(faults))

    def keep_pdf(self, product: FamilyProduct, result: DocumentResult) -> list[Diagnostic]:
        """Keep a PDF that was not ready when its Word file was handed over, or that is all there is of a document.

        Gives what the disk refuses: the family is then looked at again.
        """
        record = result.record
        if record is None or result.action is not Action.MADE:
            return []
        faults = []
        for item in product.handed_over:
            is_of_it = item.word is None or digest_bytes(item.word.encode()) == record.source
            if f"{item.stem}.{Format.PDF.value}" == record.name and is_of_it:
                made = item.copy if item.is_known else replace(item.copy, edition=record.version)
                try:
                    self._keep(product, replace(item, pdf=record.digest, copy=made))
                except OutputFault as fault:
                    faults.append(self._fault(product, fault))
        return faults

    def _hold_back(
        self, product: FamilyProduct, result: DocumentResult, item: HandedOver, fault: OutputFault
    ) -> DocumentResult:
        """A file that is not to be replaced or removed before there is a copy of it."""
        if result.name.rpartition(".")[0] != item.stem or (
            result.staged is None and result.action is not Action.REMOVED
        ):
            return result
        if result.staged is not None:
            with contextlib.suppress(OSError):
                (self._output / product.task.folder / result.staged.temporary).unlink()
        reason = Reason("HD564", {"code": fault.code})
        known = product.task.records.get(result.name)
        known = replace(known, whole="") if known is not None else None  # the edit still counts
        return replace(
            result,
            action=Action.FAILED,
            reason=reason,
            record=known,
            staged=None,
            version=None,
            is_to_be_retried=True,
        )

    def _fault(self, product: FamilyProduct, fault: OutputFault) -> Diagnostic:
        place = f"{self._output.name}/{product.task.folder}/{FOLDER}"
        return Diagnostic(place, 0, 0, fault.code, fault.params, Severity.ERROR, Blocks.NOTHING)

    def _keep(self, product: FamilyProduct, item: HandedOver) -> HandedOver:
        """Keep what is ready of one copy; gives it with the files that are kept now, or as it was if there are none.

        Raises `OutputFault` if the disk refuses.
        """
        folder = product.task.folder
        files = dict(item.copy.files)
        for form, digest in ((Format.DOCX, item.word), (Format.PDF, item.pdf)):
            path = self._output / folder / f"{item.stem}.{form.value}"
            data = _read(path, digest) if digest and not item.has(form) else None
            if data is not None:
                files[self._put(item, form, data)] = digest_bytes(data)
        if not files or (item.is_known and len(files) == len(item.copy.files)):
            return item
        self.touched.add(product.task.path)
        kept = replace(item, copy=replace(item.copy, files=tuple(files.items())), is_known=True)
        self._copies.keep([kept.copy])
        return kept

    def _put(self, item: HandedOver, form: Format, data: bytes) -> str:
        """Write one file where it stays; gives its name."""
        below = f"{item.copy.folder}/{FOLDER}"
        target, digest = self._output / below, digest_bytes(data)
        taken = {
            name: known
            for copy in self._copies.of_family(item.copy.family)
            if copy.folder == item.copy.folder
            for name, known in copy.files
        }
        there = list_folder(target).file_stats
        for name in _names(item, form):
            if name in there and read_digest(target / name) == digest and taken.get(name, digest) == digest:
                return name  # another got the same, or a crash came before the ledger's row
            if name not in there and name not in taken:
                break
        with OutputFolder(target, self._access) as opened:
            sweep_folder(target)
            opened.put_in_place(opened.stage(name, data))
        sync_names(self._output, [below])
        sync_names(self._output, [item.copy.folder])
        return name


def read_copy(output: Path, before: DeliveredBefore, key: DocumentKey, edition: int) -> bytes | None:
    """The Word file of an edition as it was handed over, if its copy is still what was kept."""
    for copy in before.copies:
        document = (copy.family, copy.kind, copy.meeting, copy.recipient)
        for name, digest in copy.files if (document, copy.edition) == (astuple(key), edition) else ():
            if name.endswith(f".{Format.DOCX.value}"):
                data = _read(output / copy.folder / FOLDER / name, digest)
                if data is not None:
                    return data
    return None


def _read(path: Path, digest: str) -> bytes | None:
    """A file's contents, if they are what they should be."""
    try:
        data = read_source(path, _LARGEST_BYTES)
    except (FileNotFoundError, UnreadableFile):
        return None
    return data if digest_bytes(data) == digest else None


def _names(item: HandedOver, form: Format) -> Iterator[str]:
    """The names that a copy may have, in turn: the day first, so that a folder reads like a list of what was given."""
    begin = f"{item.copy.day.isoformat()}-{item.stem}"
    return (f"{begin}.{form.value}" if number == 1 else f"{begin}-{number}.{form.value}" for number in count(1))
