"""What one family's file means today: its faults, its documents, its notices, and what others must know of it.

Pure: bytes and digests come in, values go out. Everything but the documents' data is plain enough for the cache, so
that an untouched family costs one hash; the documents' data are made anew whenever something has to be looked at.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from hopdocs.deadlines.course import course_dates
from hopdocs.deadlines.next_step import say_step
from hopdocs.diagnostics import Blocks, Diagnostic, Finding, Severity, read_diagnostic, sort_diagnostics
from hopdocs.documents.audience import Audience
from hopdocs.documents.changes.seen import NOTHING_SEEN
from hopdocs.documents.desired import standing_documents
from hopdocs.documents.measured.project_row import tell_project
from hopdocs.documents.past.stopped_course import papers_of_stopped_course
from hopdocs.documents.sight_changes import NEVER_SEEN, Edited, SightHistory
from hopdocs.documents.table_points import find_points_left_out
from hopdocs.documents.translated.letters import no_translation, readers_without_translation, with_translations
from hopdocs.domain.consent import Gate
from hopdocs.domain.family_day import FamilyDay, day_to_show
from hopdocs.figures.course import CourseFigures
from hopdocs.notices.current_answers import find_current_answers
from hopdocs.notices.planning.free_text import find_personal_data
from hopdocs.notices.planning.invitations import wanted_family
from hopdocs.notices.wanted import WantedFamily
from hopdocs.pages.status import family_status
from hopdocs.pages.withheld_faults import mark_what_says_ids, mark_withheld
from hopdocs.rules import check_family
from hopdocs.rules.across_families import FamilyFacts, family_facts
from hopdocs.sources.families import FamilySource, parse_family, place_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from hopdocs.diagnostics import DataPath
    from hopdocs.documents.changes.seen import SeenPlans
    from hopdocs.documents.translated.letters import FindTranslation
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.notices.current_answers import FamilyAnswers

_NOT_TO_BE_FOUND: Final = frozenset({"HD504", "HD509", "HD510"})


def _nothing_seen(_family: Family) -> SeenPlans:
    return NOTHING_SEEN


NO_ANSWERS: Final[Mapping[str, FamilyAnswers]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AttachmentLookup:
    """A file that a document binds: its digest, or why it cannot be used (a code of the catalogue)."""

    digest: str = ""
    fault: str = ""

    @property
    def mark(self) -> str:
        """What it is remembered by: another as soon as other contents are found, or another reason against them."""
        return self.digest or self.fault


@dataclass(frozen=True, slots=True)
class FamilyOutcome:
    """What one file means.

    `family_id` is what the file calls itself, also if it is stopped, and '' if nothing can be read. `day` and
    `documents` are None and empty for a family that is stopped: then its last good documents stay. Its `notices` are
    None if the file cannot be read; if it can, what people hold is still put right. `is_frozen` says that only
    time has closed the consent gate: beyond what consent is asked with, nothing new is made, and what exists stays.
    """

    path: str
    family_id: str
    diagnostics: tuple[Diagnostic, ...] = ()
    is_stopped: bool = True
    is_frozen: bool = False
    gate_closed: bool = False
    withheld_by: Diagnostic | None = None
    facts: FamilyFacts | None = None
    figures: CourseFigures | None = None
    notices: WantedFamily | None = None
    status: Mapping[str, Any] = field(default_factory=dict)
    next_step: str = ""
    """What to do next, with its line in the file; empty if nothing is, and for a family that is stopped."""
    lookups: Mapping[str, str] = field(default_factory=dict)
    attachment_places: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """By file: line, column and length of the first place that names it, for faults that are found in it later."""
    delivery_places: tuple[tuple[int, int, int], ...] = ()
    """Line, column and length of each line under `deliveries`, for what is found out about its copy later."""
    sights: SightHistory = NEVER_SEEN
    day: FamilyDay | None = None
    documents: tuple[WantedDocument, ...] = ()
    historic: tuple[WantedDocument, ...] = ()
    """Papers of a course that was stopped: where they stand they stay, and none of them is made."""

    def as_json(self) -> dict[str, Any]:
        """Plain values for the cache; the documents' data are not among them."""
        return {
            "family_id": self.family_id,
            "diagnostics": [asdict(item) for item in self.diagnostics],
            "is_stopped": self.is_stopped,
            "is_frozen": self.is_frozen,
            "gate_closed": self.gate_closed,
            "withheld_by": asdict(self.withheld_by) if self.withheld_by else None,
            "facts": self.facts.as_json() if self.facts else None,
            "figures": self.figures.as_json() if self.figures else None,
            "notices": self.notices.as_json() if self.notices else None,
            "status": dict(self.status),
            "next_step": self.next_step,
            "lookups": dict(self.lookups),
            "sights": self.sights.as_json(),
        }

    @classmethod
    def from_json(cls, path: str, raw: Mapping[str, Any]) -> FamilyOutcome:
        """The inverse of `as_json`."""
        return cls(
            path=path,
            family_id=raw["family_id"],
            diagnostics=tuple(read_diagnostic(item) for item in raw["diagnostics"]),
            is_stopped=raw["is_stopped"],
            is_frozen=raw["is_frozen"],
            gate_closed=raw["gate_closed"],
            withheld_by=read_diagnostic(raw["withheld_by"]) if raw["withheld_by"] else None,
            facts=FamilyFacts.from_json(raw["facts"]) if raw["facts"] else None,
            figures=CourseFigures.from_json(raw["figures"]) if raw["figures"] else None,
            notices=WantedFamily.from_json(raw["notices"]) if raw["notices"] else None,
            status=raw["status"],
            next_step=raw.get("next_step", ""),
            lookups=raw["lookups"],
            sights=SightHistory.from_json(raw.get("sights")),
        )


@dataclass(frozen=True, slots=True)
class JudgedFamily:
    """What one file says, and what the rules find in it. `day` is None where nothing can be made of it."""

    read: FamilySource
    day: FamilyDay | None
    findings: tuple[Finding, ...]

    @property
    def is_stopped(self) -> bool:
        """Whether a fault stops the family."""
        return self.day is None or any(_stops(item, Blocks.FAMILY) for item in self.findings)


def judge_family(data: bytes, path: str, config: Config, today: date) -> JudgedFamily:
    """The part of `evaluate_family` that makes no document: what is wrong with what stands in the file itself."""
    read = parse_family(data, path, config)
    day = FamilyDay.on(read.family, config, today) if read.family is not None else None
    return JudgedFamily(read, day, tuple(check_family(day)) if day is not None else ())


def evaluate_family(  # noqa: PLR0913 - what a family's file is read beside
    data: bytes,
    path: str,
    config: Config,
    today: date,
    look_up: Callable[[str], AttachmentLookup],
    *,
    answers: Mapping[str, FamilyAnswers] = NO_ANSWERS,
    known: SightHistory = NEVER_SEEN,
    edited: Edited = Edited.NOTHING,
    look_back: Callable[[Family], SeenPlans] = _nothing_seen,
    find_translation: FindTranslation = no_translation,
) -> FamilyOutcome:
    """Everything that follows from one family's file on one day.

    `look_up` looks up a file in its folder; `answers` has by family what people have answered to invitations;
    `known` has what everybody saw at the last look, and `edited` says what somebody edited since;
    `look_back` gives the copies of the plan that its readers got before; `find_translation` the template that says a
    letter in another language.
    """
    judged = judge_family(data, path, config, today)
    read, day, findings = judged.read, judged.day, list(judged.findings)
    if day is None or judged.is_stopped:
        found = place_all(day, read, findings)
        notices = _notices(day, found) if day is not None else None
        return FamilyOutcome(path, read.family_id, tuple(found), notices=notices, sights=known)
    family = day.family
    current_answers = find_current_answers(family, config, answers.get(family.id, {}))
    shown = day_to_show(day)
    documents = standing_documents(day, shown, current_answers, dates=course_dates, seen=look_back(family))
    findings += readers_without_translation(documents, day, find_translation)
    documents = with_translations(documents, day, find_translation)
    if day.gate is not Gate.CLOSED:
        findings += find_points_left_out(Audience(day), documents)
    lookups, missing = _look_up_attachments(documents, look_up)
    kept_lookups, not_there = _look_up_kept_files(family, look_up)
    findings += [*missing, *not_there]
    if config.mail is not None:
        findings += find_personal_data(day)
    sights = known.after(today, shown, edited)
    if shown is not None:
        findings += sights.changes()
    withheld = [item for item in findings if _stops(item, Blocks.DOCUMENTS)]
    diagnostics = place_all(day, read, findings)
    status = family_status(day)
    return FamilyOutcome(
        path=path,
        family_id=family.id,
        diagnostics=tuple(diagnostics),
        is_stopped=False,
        is_frozen=day.gate is Gate.LAPSED,
        gate_closed=day.gate is Gate.CLOSED,
        withheld_by=_first_placed(withheld, read),
        facts=family_facts(day),
        figures=tell_project(day),
        notices=_notices(day, diagnostics),
        status=status.as_json(),
        next_step=say_step(status.next_step, read.source),
        lookups=kept_lookups | lookups,
        attachment_places=_place_attachments(documents, read),
        delivery_places=_place_deliveries(family, read),
        sights=sights,
        day=day,
        documents=_allowed(documents, family, withheld, read),
        historic=with_translations(papers_of_stopped_course(day), day, find_translation),
    )


def place_all(day: FamilyDay | None, read: FamilySource, findings: Iterable[Finding]) -> list[Diagnostic]:
    """All that is wrong with a file, each at its line, those marked that its page's reader may not see."""
    found = sort_diagnostics([*read.diagnostics, *place_findings(findings, read.source)])
    return mark_withheld(day, read.source, found) if day is not None else mark_what_says_ids(found)


def _notices(day: FamilyDay, found: Iterable[Diagnostic]) -> WantedFamily | None:
    """What people should be told. A fault stops new invitations only: a wrong one that stands is worse than none."""
    if day.config.mail is None:
        return None
    stopping = {item.code for item in found if _stops(item, Blocks.FAMILY) or _stops(item, Blocks.NOTICES)}
    return wanted_family(day, blocked=tuple(sorted(stopping)))


def _stops(item: Finding | Diagnostic, what: Blocks) -> bool:
    return item.severity is Severity.ERROR and item.blocks is what


def stops_plan(item: Finding | Diagnostic) -> bool:
    """Whether nobody gets a plan from a file with this fault: one in a meeting stops that meeting's papers alone."""
    is_of_meeting = isinstance(item, Finding) and _meeting_at(item) is not None
    return _stops(item, Blocks.FAMILY) or (_stops(item, Blocks.DOCUMENTS) and not is_of_meeting)


def _meeting_at(item: Finding) -> int | None:
    """The place among the meetings of the one that a fault is in; None if it is in none."""
    match item.at:
        case ("meetings", int() as index, *_):
            return index
    return None


def _allowed(
    documents: Iterable[WantedDocument], family: Family, withheld: list[Finding], read: FamilySource
) -> tuple[WantedDocument, ...]:
    """The documents that no fault and no closed gate stops.

    A fault in one meeting stops that meeting's papers: a child's missing reason there is no cause to take the
    plan away. Any other fault that stops documents stops all but those that consent is asked with.
    """
    meetings: set[str] = set()
    stops_all = any(_stops(item, Blocks.DOCUMENTS) for item in read.diagnostics)
    for finding in withheld:
        index = _meeting_at(finding)
        if index is not None:
            meetings.add(family.meetings[index].id)
        else:
            stops_all = True
    return tuple(
        item
        for item in documents
        if not item.kind.needs_consent or (not stops_all and (item.meeting or "") not in meetings)
    )


def _first_placed(findings: list[Finding], read: FamilySource) -> Diagnostic | None:
    placed = sort_diagnostics(place_findings(findings, read.source))
    return placed[0] if placed else None


def _place_attachments(documents: Iterable[WantedDocument], read: FamilySource) -> dict[str, tuple[int, int, int]]:
    named = {item.file: item.at for document in documents if document.binds for item in document.binds.attachments}
    places = {file: read.source.position(at) for file, at in named.items()}
    return {file: (place.line, place.column, place.length) for file, place in places.items()}


def _place_deliveries(family: Family, read: FamilySource) -> tuple[tuple[int, int, int], ...]:
    places = (read.source.position(("deliveries", index)) for index in range(len(family.deliveries)))
    return tuple((place.line, place.column, place.length) for place in places)


def _look_up_attachments(
    documents: Iterable[WantedDocument], look_up: Callable[[str], AttachmentLookup]
) -> tuple[dict[str, str], list[Finding]]:
    """The marks of all files that the documents bind, and a finding for each that cannot be used."""
    lookups: dict[str, str] = {}
    findings: dict[tuple[str, str], Finding] = {}
    for document in documents:
        for item in document.binds.attachments if document.binds else ():
            found = look_up(item.file)
            lookups[item.file] = found.mark
            if found.fault:
                # Without one sector plan the rest is still bound, and the plan itself is not touched.
                findings[item.file, str(item.at)] = Finding(
                    found.fault, item.at, {"file": item.file}, Severity.ERROR, Blocks.NOTHING
                )
    return lookups, list(findings.values())


def _look_up_kept_files(
    family: Family, look_up: Callable[[str], AttachmentLookup]
) -> tuple[dict[str, str], list[Finding]]:
    """A finding for each signed form or part of the assessment that is named and cannot be found.

    No document shows them, so only their absence is looked up again: what is there need not be read each cycle.
    """
    named: list[tuple[str | None, DataPath]] = [
        *((line.form, ("consents", index, "form")) for index, line in enumerate(family.consents)),
        *((part.file, ("assessment", index, "file")) for index, part in enumerate(family.assessment)),
    ]
    lookups: dict[str, str] = {}
    findings = []
    for file, at in named:
        fault = look_up(file).fault if file is not None else ""
        if file is not None and fault in _NOT_TO_BE_FOUND:
            lookups[file] = fault
            findings.append(Finding(fault, at, {"file": file}, Severity.WARNING, Blocks.NOTHING))
    return lookups, findings
