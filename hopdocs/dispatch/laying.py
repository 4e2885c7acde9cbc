"""Lays ready: letters gathered, numbers asked for once, messages and print files made, folders put right.

What is laid is in the ledger before it lies in its folder, so that a receipt is known however soon it comes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.outcomes import evaluate_file
from hopdocs.diagnostics import Blocks, Diagnostic, Severity, sort_diagnostics
from hopdocs.dispatch.cpr_numbers import Answers, SourceFault, ask_numbers
from hopdocs.dispatch.manifest import compose_manifest, folder_of
from hopdocs.dispatch.message import compose_message, message_id, sender_id
from hopdocs.dispatch.planned import Built, PlannedLetter, plan_letters
from hopdocs.dispatch.print_file import Printed, bind_letters
from hopdocs.errors import ConverterFault
from hopdocs.freshness.dispatched import Dispatched, LaidLetter, ReceiptStatus
from hopdocs.freshness.fingerprint import digest_bytes
from hopdocs.freshness.laid_ready import ALL_FAMILIES, FOLDER, MANIFEST, MESSAGE, LaidFile, lay_files, print_name
from hopdocs.freshness.publish import OutputFault
from hopdocs.notices.wanted import derive_uid
from hopdocs.pages.letters import LetterRoute
from hopdocs.sources.families import FamilySource, parse_family, place_findings
from hopdocs.workspace import UnreadableFile, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from hopdocs.cycle.outcomes import Families
    from hopdocs.cycle.tasks import Settings
    from hopdocs.freshness.cache import Cache
    from hopdocs.freshness.dispatched import Receipt
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

_LARGEST: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class GatheredFamily:
    """One family's letters, and what keeps others of its letters back. `family` is None where its file stops it."""

    folder: str
    family: Family | None
    letters: tuple[PlannedLetter, ...] = ()
    held_back: tuple[Diagnostic, ...] = ()


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
        letters = [letter for item in gathered for letter in item.letters]
        answers = self._ask(letters)
        for item in gathered:
            told = self._untold_numbers(item, answers)
            self._done.diagnostics += [*item.held_back, *told]
            self._lay_family(item, answers)
        if is_for_all:
            self._lay_for_all(letters)
            self._clear_gone({item.folder for item in gathered})
        self._done.letters = letters
        self._done.diagnostics = sort_diagnostics(self._done.diagnostics)
        return self._done

    def _gather(self, families: Families, stale: Collection[str], cache: Cache) -> Iterator[GatheredFamily]:
        for path, _, twins in families.files:
            try:
                data = read_source(self._settings.workspace.root / path)
            except (FileNotFoundError, UnreadableFile):  # since we looked; a cycle says so
                continue
            yield self._gather_one(data, path, twins, stale, cache.records(path))

    def _gather_one(
        self, data: bytes, path: str, twins: Collection[str], stale: Collection[str], records: Mapping[str, Record]
    ) -> GatheredFamily:
        folder = PurePosixPath(path).stem
        outcome = evaluate_file(data, path, twins, self._config, self._settings)
        if outcome.is_stopped or outcome.day is None:
            fault = Diagnostic(path, 0, 0, "HD546", {}, Severity.WARNING, Blocks.NOTHING)
            return GatheredFamily(folder, None, held_back=(fault,))
        inside = f"{folder}/"
        built = Built(
            folder,
            records,
            frozenset(item.removeprefix(inside) for item in stale if item.startswith(inside)),
            lambda record: self._read(folder, record),
        )
        came = self._dispatched.outcomes(outcome.family_id)
        letters, findings = plan_letters(outcome.day, outcome.documents, built, came)
        source = parse_family(data, path, self._config)
        held_back = [*place_findings(findings, source.source), *_said_by_sender(letters, came, source)]
        return GatheredFamily(folder, outcome.day.family, tuple(letters), tuple(sort_diagnostics(held_back)))

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

    def _untold_numbers(self, item: GatheredFamily, answers: Answers | None) -> list[Diagnostic]:
        """Whose number the source does not have, or not as it can be."""
        members = dict.fromkeys(letter.recipient for letter in item.letters) if item.family is not None else {}
        path = f"families/{item.folder}.yaml"
        return [
            Diagnostic(path, 0, 0, "HD541", {"member": member, "why": why}, Severity.ERROR, Blocks.NOTHING)
            for member in members
            if item.family is not None and answers is not None
            for why in [answers.unusable.get((item.family.id, member), "")]
            if why
        ]

    def _lay_family(self, item: GatheredFamily, answers: Answers | None) -> None:
        wanted: dict[str, LaidFile] = {}
        made: set[str] = set()
        for letter in item.letters:
            folder = folder_of(letter)
            for file in letter.files:
                wanted[f"{folder}/{file.name}"] = LaidFile(file.data)
            number = answers.numbers.get(_who(letter), "") if answers is not None else ""
            if letter.route is LetterRoute.DIGITAL_POST and number:
                message = compose_message(letter, self._config, number, self._uid(letter.family, letter.about))
                wanted[f"{folder}/{MESSAGE}"] = LaidFile(message, secret=True)
                made.add(message_id(letter))
        name = print_name(self._settings.today.isoformat())
        data, printed = self._bind(item.letters)
        if data:
            wanted[name] = LaidFile(data)
        if item.family is not None and (item.letters or item.held_back):
            uids = {letter.about: self._uid(letter.family, letter.about) for letter in item.letters if letter.about}
            manifest = compose_manifest(
                item.family, self._config, item.letters, uids, made, printed, name, item.held_back
            )
            wanted[MANIFEST] = LaidFile(manifest)
        now = self._settings.now.isoformat(timespec="seconds")
        self._dispatched.remember_laid(
            LaidLetter(message_id(letter), *letter.document, letter.route.value, now) for letter in item.letters
        )
        if self._lay(f"{item.folder}/{FOLDER}", wanted):
            self._done.messages |= made

    def _lay_for_all(self, letters: Sequence[PlannedLetter]) -> None:
        """Everybody's letters on paper in one file: one run to the printer a day."""
        data, _ = self._bind(letters)
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
        try:
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


def _said_by_sender(
    letters: Sequence[PlannedLetter], came: Mapping[tuple[str, str, str, str, int], Receipt], source: FamilySource
) -> list[Diagnostic]:
    """What the sender said of letters that still wait: it had no mailbox to send to, or could not send."""
    found = []
    for letter in letters:
        if letter.document in came:
            code = "HD549" if came[letter.document].status is ReceiptStatus.NO_MAILBOX else "HD547"
            place = source.source.position(("members", letter.recipient))
            params = {"member": letter.recipient, "document": letter.stem}
            found.append(
                Diagnostic(
                    source.source.path,
                    place.line,
                    place.column,
                    code,
                    params,
                    Severity.WARNING,
                    Blocks.NOTHING,
                    place.length,
                )
            )
    return found
