"""Whom a name in the minutes means: a professional, one of the family, or somebody else in her own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import MemberKey, StaffId


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody who is named. Neither `staff` nor `member`: somebody that the files have no key for."""

    name: str
    staff: StaffId | None = None
    member: MemberKey | None = None


def find_person(family: Family, config: Config, text: str) -> NamedPerson:
    """Who goes by a key or by the whole name; two who share the whole name are told apart by their keys alone."""
    said = " ".join(text.split()).casefold()
    members = [key for key, person in family.members.items() if key == text or person.name.casefold() == said]
    staff = [key for key, person in config.staff.items() if key == text or person.name.casefold() == said]
    if text in members or (len(members) == 1 and text not in staff):
        member = next((key for key in members if key == text), members[0])
        return NamedPerson(family.members[member].name, member=member)
    if text in staff or (len(staff) == 1 and not members):
        known = next((key for key in staff if key == text), staff[0])
        return NamedPerson(config.staff[known].name, staff=known)
    return NamedPerson(text)
