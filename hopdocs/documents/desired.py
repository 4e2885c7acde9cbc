"""The kinds of document, one entry each, and which documents should exist for a family on a day.

Desired state, computed anew each time. Before consent there are two kinds, and after a withdrawal the same two.
Papers of past meetings stay wanted: only an edit takes a document away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from hopdocs.documents.audience import AreaReader, Audience, MemberReader
from hopdocs.documents.consent_papers import informationsbrev, samtykkeerklaering
from hopdocs.documents.kinds.dagsorden import dagsorden
from hopdocs.documents.kinds.familieplan import familieplan, last_day_of_course, sector_plan_name, visible_sector_plans
from hopdocs.documents.kinds.indkaldelse import indkaldelse
from hopdocs.documents.kinds.invitation import invitation
from hopdocs.documents.meeting_facts import gather
from hopdocs.documents.views import (
    DagsordenContext,
    FamilieplanContext,
    IndkaldelseContext,
    InformationsbrevContext,
    InvitationContext,
    SamletFamilieplanContext,
    SamtykkeerklaeringContext,
)
from hopdocs.documents.wanted import AttachmentRef, Binding, Kind, WantedDocument
from hopdocs.domain.consent import Gate
from hopdocs.model.attendance import NOBODY_ANSWERED
from hopdocs.model.meeting import MeetingStatus, MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hopdocs.documents.audience import Reader
    from hopdocs.documents.views import Context
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.attendance import Attendances
    from hopdocs.model.consent import Consent
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.values import MemberKey


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """One kind of document.

    `template` is the stem of its Word file, None where the document is bound from others. `needs_consent`: it does
    not exist before all have said yes.
    """

    kind: Kind
    title: str
    template: str | None
    context: type[Context]
    needs_consent: bool


def _entries(*kinds: DocumentKind) -> Mapping[Kind, DocumentKind]:
    return MappingProxyType({entry.kind: entry for entry in kinds})


KINDS: Mapping[Kind, DocumentKind] = _entries(
    DocumentKind(
        kind=Kind.INFORMATIONSBREV,
        title="Informationsbrev",
        template="informationsbrev",
        context=InformationsbrevContext,
        needs_consent=False,
    ),
    DocumentKind(
        kind=Kind.SAMTYKKEERKLAERING,
        title="Samtykkeerklæring",
        template="samtykkeerklaering",
        context=SamtykkeerklaeringContext,
        needs_consent=False,
    ),
    DocumentKind(
        kind=Kind.INVITATION,
        title="Invitation",
        template="invitation",
        context=InvitationContext,
        needs_consent=True,
    ),
    DocumentKind(
        kind=Kind.INDKALDELSE,
        title="Indkaldelse",
        template="indkaldelse",
        context=IndkaldelseContext,
        needs_consent=True,
    ),
    DocumentKind(
        kind=Kind.DAGSORDEN,
        title="Dagsorden",
        template="dagsorden",
        context=DagsordenContext,
        needs_consent=True,
    ),
    DocumentKind(
        kind=Kind.FAMILIEPLAN,
        title="Familieplan",
        template="familieplan",
        context=FamilieplanContext,
        needs_consent=True,
    ),
    DocumentKind(
        kind=Kind.SAMLET_FAMILIEPLAN,
        title="Samlet familieplan",
        template=None,
        context=SamletFamilieplanContext,
        needs_consent=True,
    ),
)


YOUTH_VARIANT: Final = "ung"
"""The form of a letter that speaks to somebody under 18, for those kinds that have one."""


class _Place(NamedTuple):
    """Which paper of its kind it is."""

    meeting: Meeting | None = None
    recipient: str | None = None


def wanted_documents(day: FamilyDay, attendances: Attendances = NOBODY_ANSWERED) -> tuple[WantedDocument, ...]:
    """Every document that should exist, in a stable order: letters, then meeting by meeting, then the plan.

    Where only time has closed the gate (`Gate.LAPSED`) all are still wanted, since only an edit removes one; that
    nothing new is made meanwhile is the build's to see to.
    """
    audience = Audience(day)
    wanted = list(_consent_papers(audience))
    if day.gate is not Gate.CLOSED and not day.consents.is_withdrawn:
        wanted += [*_meeting_papers(audience, attendances), *_plan_copies(audience)]
    return _with_own_stems(wanted)


def _consent_papers(audience: Audience) -> Iterator[WantedDocument]:
    family = audience.family
    readers = [member for member in family.members if audience.gets_letters(member)]
    for member in readers:
        context = informationsbrev(audience, member)
        letter = _document(audience, Kind.INFORMATIONSBREV, _Place(None, member), context)
        yield replace(letter, date=family.information_given)
    for member in readers:
        if audience.day.consents.signs_for_herself(member):
            context_form = samtykkeerklaering(audience, member)
            form = _document(audience, Kind.SAMTYKKEERKLAERING, _Place(None, member), context_form)
            newest = _newest_form(family, member)
            yield replace(form, date=newest.form_given if newest is not None else None)


def _newest_form(family: Family, member: MemberKey) -> Consent | None:
    lines = [line for line in family.consents if line.member == member and line.form_given is not None]
    return max(lines, key=lambda line: line.form_given or line.given or family.start_date, default=None)


def _meeting_papers(audience: Audience, attendances: Attendances) -> Iterator[WantedDocument]:
    for meeting in audience.family.meetings:
        gathering = gather(audience, meeting)
        for member in gathering.invited:
            place = _Place(meeting, member)
            yield _document(audience, Kind.INVITATION, place, invitation(gathering, member))
        if meeting.status is MeetingStatus.CANCELLED or meeting.type is MeetingType.INTERVIEW:
            continue  # a talk between the tovholder and the family has neither summons nor agenda
        if gathering.seats:
            yield _document(audience, Kind.INDKALDELSE, _Place(meeting), indkaldelse(gathering))
        yield _document(audience, Kind.DAGSORDEN, _Place(meeting), dagsorden(gathering, attendances))


def _plan_copies(audience: Audience) -> Iterator[WantedDocument]:
    """One copy a reader; a family that has not met about a plan yet gets a draft to write in."""
    family = audience.family
    meets = any(
        meeting.type is MeetingType.FAMILIEPLANSMØDE and meeting.status is not MeetingStatus.CANCELLED
        for meeting in family.meetings
    )
    if family.plan is None and not meets:
        return
    is_final = last_day_of_course(family, audience.today) is not None
    for reader in _plan_readers(audience):
        recipient = reader.member if isinstance(reader, MemberReader) else reader.area
        context = familieplan(audience, reader)
        copy = replace(_document(audience, Kind.FAMILIEPLAN, _Place(None, recipient), context), final=is_final)
        yield copy
        attachments = _attachments(audience, reader)
        if attachments:
            yield replace(
                _document(
                    audience,
                    Kind.SAMLET_FAMILIEPLAN,
                    _Place(None, recipient),
                    SamletFamilieplanContext(
                        document=replace(
                            context.document,
                            kind=Kind.SAMLET_FAMILIEPLAN.value,
                            title="Samlet familieplan (udkast)" if context.document.draft else "Samlet familieplan",
                        ),
                        municipality=context.municipality,
                        case_number=context.case_number,
                        recipient=context.recipient,
                        tovholder=context.tovholder,
                        plan=copy.stem,
                        attachments=tuple(attachment.title for attachment in attachments),
                    ),
                ),
                final=is_final,
                binds=Binding(copy.stem, attachments),
            )


def _plan_readers(audience: Audience) -> Iterator[Reader]:
    family, config, today = audience.family, audience.config, audience.today
    for member in family.members:
        if audience.reads_plan(member):
            yield MemberReader(member)
    present = [line for line in family.team if (line.to is None or line.to >= today) and line.staff in config.staff]
    for area in dict.fromkeys(config.staff[line.staff].area for line in present):
        if audience.is_on_board(area):
            yield AreaReader(area)


def _attachments(audience: Audience, reader: Reader) -> tuple[AttachmentRef, ...]:
    return tuple(
        AttachmentRef(plan.file, sector_plan_name(plan), ("plan", "sector_plans", index, "file"))
        for index, plan in visible_sector_plans(audience, reader)
        if plan.file is not None
    )


def _document(audience: Audience, kind: Kind, place: _Place, context: Context) -> WantedDocument:
    entry = KINDS[kind]
    meeting, recipient = place
    return WantedDocument(
        family=audience.family.id,
        kind=kind,
        meeting=meeting.id if meeting is not None else None,
        recipient=recipient,
        stem="-".join(part for part in (kind.value, meeting.id if meeting is not None else None, recipient) if part),
        template=entry.template,
        variant=_variant(audience, recipient, context) if entry.template is not None else None,
        title=context.document.title,
        context=context,
        final=meeting is not None and (_is_settled(audience, meeting) or _is_delivered(audience, kind, place)),
    )


def _variant(audience: Audience, recipient: str | None, context: Context) -> str | None:
    """Which form of a letter a person gets: what `letter:` says, else a youth the one that says "du"."""
    person = next((member for key, member in audience.family.members.items() if key == recipient), None)
    if person is None:
        return None
    return person.letter or (YOUTH_VARIANT if context.recipient.is_youth else None)


def _is_settled(audience: Audience, meeting: Meeting) -> bool:
    return not audience.day.is_planned(meeting)


def _is_delivered(audience: Audience, kind: Kind, place: _Place) -> bool:
    """Whether somebody holds it; a paper that is the same for all (the agenda) as soon as anybody does."""
    meeting, recipient = place
    return meeting is not None and any(
        line.document == kind.value and line.meeting == meeting.id and (recipient is None or recipient in line.to)
        for line in audience.family.deliveries
    )


def _with_own_stems(documents: list[WantedDocument]) -> tuple[WantedDocument, ...]:
    """Keys may hold hyphens and differ in case alone: on some disks two names would then be one file."""
    stems: dict[tuple[str, ...], str] = {}
    taken: set[str] = set()
    for document in documents:
        names = (document.stem if number == 1 else f"{document.stem}-{number}" for number in count(1))
        stem = next(name for name in names if name.casefold() not in taken)
        stems[document.key] = stem
        taken.add(stem.casefold())
    if all(stems[document.key] == document.stem for document in documents):
        return tuple(documents)
    return tuple(_renamed(document, stems) for document in documents)


def _renamed(document: WantedDocument, stems: dict[tuple[str, ...], str]) -> WantedDocument:
    named = replace(document, stem=stems[document.key])
    if document.binds is None or not isinstance(document.context, SamletFamilieplanContext):
        return named
    plan = stems[document.family, Kind.FAMILIEPLAN.value, "", document.recipient or ""]
    return replace(named, binds=replace(document.binds, plan_stem=plan), context=replace(document.context, plan=plan))
