"""Lays ready: letters gathered, numbers asked for once, messages and print files made, folders put right.

What is laid is in the ledger before it lies in its folder, so that a receipt is known however soon it comes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.outcomes import evaluate_file
from hopdocs.diagnostics import Blocks, Diagnostic, Finding, Severity, sort_diagnostics
from hopdocs.dispatch.cpr_numbers import Answers, SourceFault, ask_numbers
from hopdocs.dispatch.manifest import compose_manifest, folder_of
from hopdocs.dispatch.message import compose_message, message_id, sender_id
from hopdocs.dispatch.planned import Built, ChangedMeanwhile, PlannedLetter, plan_letters
from hopdocs.dispatch.print_file import Printed, bind_letters
from hopdocs.dispatch.reasons import in_words
from hopdocs.errors import ConverterFault
from hopdocs.freshness.dispatched import Dispatched, LaidLetter, ReceiptStatus
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.laid_ready import (
    ALL_FAMILIES,
    FOLDER,
    MANIFEST,
    MESSAGE,
    LaidFile,
    keep_only,
    lay_files,
    print_name,
    take_back,
)
from hopdocs.freshness.publish import OutputFault
from hopdocs.freshness.staleness import Format
from hopdocs.notices.wanted import derive_uid
from hopdocs.pages.letters import LetterRoute
from hopdocs.sources.families import parse_family, place_findings
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from hopdocs.cycle.outcomes import Families
    from hopdocs.cycle.tasks import Settings
    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.dispatched import LetterKey, Receipt
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

_LARGEST: Final = 1 << 30
_WORD: Final = f".{Format.DOCX.value}"


@dataclass(frozen=True, slots=True)
class GatheredFamily:
    """One family's letters, and what keeps others of its letters back. `family` is None where its file stops it.

    `places` has by member where a fault of her number is shown.
    """

    folder: str
    family: Family | None
    letters: tuple[PlannedLetter, ...] = ()
    held_back: tuple[Diagnostic, ...] = ()
    places: Mapping[str, Diagnostic] = field(default_factory=dict)


@dataclass(slots=True)
class LaidReady:
    """What a run did. `messages` are the ids of the letters that have a message."""

    letters: list[PlannedLetter] = field(default_factory=list)
    messages: set[str] = field(default_factory=set)
    print_files: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


class Laying:
    """One run over some families or all. `convert` makes Word into PDF; it is asked only for sheets with an address."""

    def __init__(
        self, config: Config, settings: Settings, dispatched: Dispatched, convert: Callable[[bytes, str], bytes]
    ) -> None:
        self._config = config
        self._settings = settings
        self._dispatched = dispatched
        self._convert = convert
        self._done = LaidReady()

    def run(self, families: Families, stale: Collection[str], cache: Cache, *, is_for_all: bool) -> LaidReady:
        """Lay ready what waits. `stale` are papers that a build would make anew, as `folder/name` without ending."""
        gathered = list(self._gather(families, stale, cache))
        answers = self._ask([letter for item in gathered for letter in item.letters])
        for item in gathered:
            self._done.letters += self._lay_family(item, answers)
        if is_for_all:
            self._lay_for_all(self._done.letters)
            self._clear_gone({item.folder for item in gathered})
        self._say_once_that_no_pdfs_are_made()
        self._done.diagnostics = sort_diagnostics(self._done.diagnostics)
        return self._done

    def _say_once_that_no_pdfs_are_made(self) -> None:
        """Where nothing makes PDFs no letter can leave: one word on the cause, and none on each of them."""
        waiting = [
            item for item in self._done.diagnostics if item.code == "HD647" and item.params["file"].endswith(_WORD)
        ]
        if waiting and not self._settings.makes_pdf:
            self._done.diagnostics = [item for item in self._done.diagnostics if item not in waiting]
            self._tell("config.yaml", "HD359", {})

    def _gather(self, families: Families, stale: Collection[str], cache: Cache) -> Iterator[GatheredFamily]:
        came = self._dispatched.outcomes()
        for path, _, twins in families.files:
            try:
                data = read_source(self._settings.workspace.root / path)
            except (FileNotFoundError, UnreadableFile):  # since we looked; a cycle says so
                continue
            yield self._gather_one(data, path, twins, came, self._built(path, stale, cache.records(path)))

    def _built(self, path: str, stale: Collection[str], records: Mapping[str, Record]) -> Built:
        folder = PurePosixPath(path).stem
        inside = f"{folder}/"
        own = frozenset(item.removeprefix(inside) for item in stale if item.startswith(inside))
        return Built(folder, records, own, lambda record: self._read(folder, record))

    def _gather_one(
        self, data: bytes, path: str, twins: Collection[str], came: Mapping[LetterKey, Receipt], built: Built
    ) -> GatheredFamily:
        outcome = evaluate_file(data, path, twins, self._config, self._settings)
        if outcome.is_stopped or outcome.day is None:
            fault = Diagnostic(path, 0, 0, "HD546", {}, Severity.WARNING, Blocks.NOTHING)
            return GatheredFamily(built.folder, None, held_back=(fault,))
        letters, findings = plan_letters(outcome.day, outcome.documents, built, came)
        findings += _said_by_sender(letters, came)
        source = parse_family(data, path, self._config).source
        members = dict.fromkeys(letter.recipient for letter in letters)
        numbers = [Finding("HD541", ("members", key), {"member": key}, blocks=Blocks.NOTHING) for key in members]
        return GatheredFamily(
            built.folder,
            outcome.day.family,
            tuple(letters),
            tuple(sort_diagnostics(place_findings(findings, source))),
            dict(zip(members, place_findings(numbers, source), strict=True)),
        )

    def _read(self, folder: str, record: Record) -> bytes | None:
        """A document's file, if it is still what was made."""
        try:
            data = read_source(self._settings.output / folder / record.name, _LARGEST)
        except (FileNotFoundError, UnreadableFile):
            return None
        return data if digest_bytes(data) == record.digest else None

    def _ask(self, letters: Sequence[PlannedLetter]) -> Answers | None:
        """The numbers of all who get a message; None if there is nobody to ask, or no message could be made."""
        asked = {_who(item): item.person.born for item in letters if item.route is LetterRoute.DIGITAL_POST}
        source = self._config.dispatch.recipients
        if not asked:
            return None
        if source is None:
            self._tell("config.yaml", "HD540", {"why": "no_source"}, Severity.ADVICE)
            return None
        if not sender_id(self._config):
            self._tell("config.yaml", "HD540", {"why": "no_cvr"})
            return None
        try:
            return ask_numbers(source, asked, self._settings.workspace.root)
        except SourceFault as fault:
            self._tell("config.yaml", "HD540", {"why": fault.reason})
            return None

    def _lay_family(self, item: GatheredFamily, answers: Answers | None) -> list[PlannedLetter]:
        """Lay ready one family's letters; gives those that lie there. One that changes meanwhile stays behind."""
        letters = list(item.letters)
        unusable = answers.unusable if answers is not None and item.family is not None else {}
        told = [
            replace(place, params={**place.params, "why": unusable[_who(letter)]})
            for member, place in item.places.items()
            for letter in letters
            if letter.recipient == member and _who(letter) in unusable
        ]
        held_back = sort_diagnostics([*item.held_back, *told])
        while True:
            try:
                wanted, made = self._compose(item.family, letters, held_back, answers)
                break
            except ChangedMeanwhile as fault:
                letters = self._leave_out(letters, fault.stem, held_back)
        now = self._settings.now.isoformat(timespec="seconds")
        self._dispatched.remember_laid(
            LaidLetter(message_id(letter), *letter.document, letter.route.value, now) for letter in letters
        )
        if self._lay(f"{item.folder}/{FOLDER}", wanted):
            self._done.messages |= made
        for letter in letters:
            if any(file.read() is None for file in letter.files):  # a build came between, and had nothing to take back
                letters = self._leave_out(letters, letter.stem, held_back)
                take_back(self._settings.output, item.folder, {letter.stem})
        self._done.diagnostics += held_back
        return letters

    @staticmethod
    def _leave_out(letters: list[PlannedLetter], stem: str, held_back: list[Diagnostic]) -> list[PlannedLetter]:
        """The letters without those that hold a paper, and a word on each of them."""
        gone = [item for item in letters if any(file.stem == stem for file in item.files)]
        held_back += [
            Diagnostic(f"families/{item.folder}.yaml", 0, 0, "HD544", {"file": stem}, Severity.WARNING, Blocks.NOTHING)
            for item in gone
        ]
        return [item for item in letters if item not in gone]

    def _compose(
        self,
        family: Family | None,
        letters: Sequence[PlannedLetter],
        held_back: Sequence[Diagnostic],
        answers: Answers | None,
    ) -> tuple[dict[str, LaidFile], set[str]]:
        """Every file of one family's folder, and the ids of the letters that have a message."""
        wanted: dict[str, LaidFile] = {}
        made: set[str] = set()
        for letter in letters:
            folder = folder_of(letter)
            for file in letter.files:
                wanted[f"{folder}/{file.name}"] = LaidFile(file.data)
            number = answers.numbers.get(_who(letter), "") if answers is not None else ""
            if letter.route is LetterRoute.DIGITAL_POST and number:
                message = compose_message(letter, self._config, number, self._uid(letter.family, letter.about))
                wanted[f"{folder}/{MESSAGE}"] = LaidFile(message, secret=True)
                made.add(message_id(letter))
        name = print_name(self._settings.today.isoformat())
        data, printed = self._bind(letters)
        if data:
            wanted[name] = LaidFile(data)
        if family is not None and (letters or held_back):
            uids = {letter.about: self._uid(letter.family, letter.about) for letter in letters if letter.about}
            told = [in_words(item, "da") for item in held_back]
            manifest = compose_manifest(family, self._config, letters, uids, made, printed, name, told)
            wanted[MANIFEST] = LaidFile(manifest)
        return wanted, made

    def _lay_for_all(self, letters: list[PlannedLetter]) -> None:
        """Everybody's letters on paper in one file: one run to the printer a day."""
        while True:
            try:
                data, _ = self._bind(letters)
                break
            except ChangedMeanwhile as fault:
                letters = self._leave_out(letters, fault.stem, self._done.diagnostics)
        name = print_name(self._settings.today.isoformat())
        if self._lay(ALL_FAMILIES, {name: LaidFile(data)} if data else {}) and data:
            self._done.print_files.append(f"{self._settings.output.name}/{ALL_FAMILIES}/{name}")

    def _clear_gone(self, present: Collection[str]) -> None:
        """What was laid ready for a family whose file is no longer there."""
        root = self._settings.output
        for path in sorted(root.glob(f"*/{FOLDER}")) if root.is_dir() else ():
            if (
                path.parent.name not in present
                and not (self._settings.workspace.families / f"{path.parent.name}.yaml").exists()
            ):
                self._lay(f"{path.parent.name}/{FOLDER}", {})

    def _bind(self, letters: Sequence[PlannedLetter]) -> tuple[bytes, dict[str, Printed]]:
        """The print file of those that go on paper; nothing if none does, or LibreOffice cannot draw an address."""
        on_paper = [item for item in letters if item.route is LetterRoute.PAPER]
        if not on_paper:
            return b"", {}
        try:
            data, printed = bind_letters(on_paper, self._config.dispatch.window, self._convert)
        except ConverterFault as fault:
            self._tell(self._settings.output.name, fault.code, fault.params)
            return b"", {}
        return data, {message_id(item.letter): item for item in printed}

    def _lay(self, place: str, wanted: Mapping[str, LaidFile]) -> bool:
        folder, _, below = place.partition("/")
        try:
            if below:
                keep_only(self._settings.output, folder, {str(PurePosixPath(path).parent) for path in wanted})
            lay_files(self._settings.output / place, wanted, self._settings.access)
        except OutputFault as fault:
            self._tell(f"{self._settings.output.name}/{place}", fault.code, fault.params)
            return False
        return True

    def _tell(self, path: str, code: str, params: Mapping[str, str], severity: Severity = Severity.ERROR) -> None:
        self._done.diagnostics.append(Diagnostic(path, 0, 0, code, params, severity, Blocks.NOTHING))

    def _uid(self, family: str, meeting: str) -> str:
        """The UID of a meeting in the team's calendars."""
        mail, sender = self._config.mail, self._config.municipality.email
        return derive_uid(family, meeting, (mail.from_ if mail is not None else sender).rpartition("@")[2])


def _who(letter: PlannedLetter) -> tuple[str, str]:
    return (letter.family, letter.recipient)


def _said_by_sender(letters: Sequence[PlannedLetter], came: Mapping[LetterKey, Receipt]) -> list[Finding]:
    """What the sender said of letters that still wait: it had no mailbox to send to, or could not send."""
    return [
        Finding(
            "HD549" if came[letter.document].status is ReceiptStatus.NO_MAILBOX else "HD547",
            ("members", letter.recipient),
            {"member": letter.recipient, "document": letter.stem},
            Severity.WARNING,
            Blocks.NOTHING,
        )
        for letter in letters
        if letter.document in came
    ]
