"""What belongs on the shared case: a row for each document that was handed over, received or written for it.

Public authorities file documents that come and go as soon as they can, with a date and a short title
(offentlighedsloven § 15). What is still a draft is no such document: it is listed only if asked for, and never as
filed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from hopdocs.documents.kinds.table import find_kind, name_of_danish
from hopdocs.freshness.delivered import ON_THE_CASE
from hopdocs.freshness.staleness import Format
from hopdocs.model.people import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from hopdocs.freshness.delivered import DeliveredCopy
    from hopdocs.freshness.staleness import Record
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

Direction: TypeAlias = Literal["ud", "ind", "intern"]
Store: TypeAlias = Literal["delivered", "attachments", "output"]

_ROLES: Final = {Role.PARENT: "forælder", Role.PARTNER: "partner", Role.CHILD: "barn", Role.OTHER: "anden"}
_SIGNED: Final = "Underskrevet samtykkeerklæring"
_ASSESSMENT: Final = "Familiefaglig undersøgelse"


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One document of the case.

    `keys` say what was handed over or received; one document may be handed to several on a day. `store` and `file` say
    where it lies, `digest` what it must be, '' if any file of that name is meant. `edition` is 0 for what hopdocs did
    not make. `folder` is the output folder of a copy, named after the family's file as it was called then; else ''.
    """

    keys: tuple[str, ...]
    family: str
    case_number: str
    title: str
    day: date
    direction: Direction
    parties: tuple[str, ...]
    store: Store
    file: str
    digest: str = ""
    edition: int = 0
    is_draft: bool = False
    folder: str = ""


def journal_rows(
    family: Family,
    config: Config,
    copies: Iterable[DeliveredCopy],
    drafts: Iterable[Record],
    known: Collection[str],
) -> list[JournalRow]:
    """A family's rows by day, less those that the records system has (`known`). `drafts`: documents as they are now."""
    copies = tuple(copies)
    rows = [*_delivered(family, config, copies, known), *_received(family), *_assessments(family, config)]
    rows += _drafts(family, copies, drafts)
    left = [row for row in rows if row.is_draft or row.keys[0] not in known]
    return sorted(left, key=lambda row: (row.is_draft, row.day, row.title, row.file))


def _delivered(
    family: Family, config: Config, copies: Iterable[DeliveredCopy], known: Collection[str]
) -> Iterator[JournalRow]:
    """What went out, or lay on the case for an area then: each copy once, with all who had it and were not listed."""
    groups: dict[tuple[Any, ...], list[DeliveredCopy]] = {}
    for item in copies:
        if item.files and _key_of(item) not in known:
            what = (item.kind, item.meeting, item.edition, item.day, item.how, item.folder, item.files)
            groups.setdefault(what, []).append(item)
    for items in groups.values():
        first = items[0]
        file, digest = min(first.files, key=lambda item: not item[0].endswith(f".{Format.PDF.value}"))
        yield JournalRow(
            keys=tuple(_key_of(item) for item in items),
            family=family.id,
            case_number=family.case_number or "",
            title=_title_of(family, first.kind, first.meeting),
            day=first.day,
            direction="intern" if first.how == ON_THE_CASE else "ud",
            parties=tuple(party_of(family, config, item.to) for item in items),
            store="delivered",
            file=file,
            digest=digest,
            edition=first.edition,
            folder=first.folder,
        )


def _key_of(item: DeliveredCopy) -> str:
    parts = (item.kind, item.meeting, item.recipient, item.to, item.day.isoformat(), item.how)
    return "|".join(("delivered", *parts))


def _received(family: Family) -> Iterator[JournalRow]:
    """The signed forms that came in."""
    for consent in family.consents:
        if consent.form is not None and consent.given is not None:
            yield JournalRow(
                keys=(f"consent|{consent.member}|{consent.given.isoformat()}|{consent.form}",),
                family=family.id,
                case_number=family.case_number or "",
                title=_SIGNED,
                day=consent.given,
                direction="ind",
                parties=(_member_party(family, consent.member),),
                store="attachments",
                file=consent.form,
            )


def _assessments(family: Family, config: Config) -> Iterator[JournalRow]:
    """The parts of the assessment that were written elsewhere and lie in the family's folder."""
    for part in family.assessment:
        if part.file is not None and part.date is not None:
            area = config.areas[part.area].name if part.area in config.areas else part.area
            yield JournalRow(
                keys=(f"assessment|{part.area}|{part.date.isoformat()}|{part.file}",),
                family=family.id,
                case_number=family.case_number or "",
                title=f"{_ASSESSMENT}, {area}",
                day=part.date,
                direction="intern",
                parties=(f"fagområde {part.area}",),
                store="attachments",
                file=part.file,
            )


def _drafts(family: Family, copies: Iterable[DeliveredCopy], drafts: Iterable[Record]) -> Iterator[JournalRow]:
    """Documents as they are now, less the editions that somebody has. A translation's own title is not in Danish."""
    handed = {(item.kind, item.meeting, item.recipient, item.edition) for item in copies}
    for record in drafts:
        key = record.key
        if record.format is Format.PDF and (key.kind, key.meeting, key.recipient, record.version) not in handed:
            yield JournalRow(
                keys=(f"draft|{record.name}",),
                family=family.id,
                case_number=family.case_number or "",
                title=_title_of(family, key.kind, key.meeting) if name_of_danish(key.kind) else record.title,
                day=record.day,
                direction="intern",
                parties=(),
                store="output",
                file=record.name,
                edition=record.version,
                is_draft=True,
            )


def _title_of(family: Family, kind: str, about: str) -> str:
    """`Invitation, familieplansmøde`: what it is and what about, and nobody's name."""
    found = find_kind(kind)
    title = found.title if found is not None else kind.capitalize()
    meeting = family.meeting(about) if about else None
    return f"{title}, {meeting.type.value}" if meeting is not None else title


def party_of(family: Family, config: Config, who: str) -> str:
    """Who got it, by role: a member of the family, or an area."""
    return f"fagområde {who}" if who in config.areas else _member_party(family, who)


def _member_party(family: Family, who: str) -> str:
    member = next((item for key, item in family.members.items() if key == who), None)
    return f"{_ROLES[member.role]} {who}" if member is not None else who
