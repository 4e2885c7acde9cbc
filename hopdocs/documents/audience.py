"""Who may see what: the one place that decides it, before any template gets data.

Two kinds of reader. A person of the family sees what belongs to the own household, and to the children she has
custody of; what a health area holds is seen only by those it is for, and by their parents with custody while they
are under 15. A professional area sees what another area knows of a person when both areas are in that person's
consent (for a child: in the consent of every holder of custody). `visible_to` on one entry narrows or widens that,
but never past a consent. Whatever is unclear is hidden.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from hopdocs.danish import first_name, short_date
from hopdocs.domain.addresses import has_no_known_home
from hopdocs.domain.ages import ADULT_AGE, LETTER_AGE
from hopdocs.domain.consent import ConsentAnswer
from hopdocs.domain.team import areas_on_team
from hopdocs.model.people import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.people import Contact
    from hopdocs.model.scalars.values import AreaCode, MemberKey, StaffId

EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class MemberReader:
    """A person of the family."""

    member: MemberKey


@dataclass(frozen=True, slots=True)
class AreaReader:
    """The staff of one professional area."""

    area: AreaCode


Reader = MemberReader | AreaReader


@dataclass(frozen=True, slots=True)
class Concern:
    """What decides who may see one entry: whom it is about, whose knowledge it is, and its own `visible_to`.

    Without members it is about the family as a whole; without an area it is shared by all. `is_health` says that it
    tells of somebody's health whichever area wrote it, or none: a score, a treatment that is counted.
    """

    members: tuple[MemberKey, ...] = ()
    area: AreaCode | None = None
    visible_to: tuple[str, ...] | None = None
    is_health: bool = False


class Withheld(StrEnum):
    """Why an entry is not shown to a reader."""

    KEPT_TO_OTHERS = "kept_to_others"
    """Its `visible_to` names others."""
    HEALTH = "health"
    """It is knowledge of a health area, and about somebody else."""
    OTHER_HOME = "other_home"
    """It is about people of another household."""
    NO_CONSENT = "no_consent"
    """No consent covers the reader's area and the area whose knowledge it is, for everybody whom it is about."""
    UNSAID = "unsaid"
    """Nothing says what the goal is about, and it may be health."""
    OWN_WORDS = "own_words"
    """It is a reason in the tovholder's own words, which letters say as one word or not at all."""
    ABOUT_OTHERS = "about_others"
    """It is an area's part of the assessment, and not about her or her children, or not about her alone; or it is what
    the staff say of their own work."""
    NOT_ITS_WORK = "not_its_work"
    """The reader's area may read nothing of what is done towards the goal."""
    NOT_THERE = "not_there"
    """It was said at a meeting that the reader took no part in."""


@dataclass(frozen=True, slots=True)
class _Sharing:
    """The areas that may share about one person, and those that could until time took the consent away."""

    areas: frozenset[AreaCode]
    with_lapsed: frozenset[AreaCode]


class Audience:
    """The readers of one family's documents on one day.

    Consents are those of `day`; ages count on `ages_on` if it is given, so that a birthday never remakes the papers
    of a meeting: those are right for the day they are about. What is asked again and again is worked out once.
    """

    def __init__(self, day: FamilyDay, *, ages_on: date | None = None) -> None:
        self.day = day
        self.family = day.family
        self.config = day.config
        self.today = day.today
        self.ages_on = ages_on or day.today
        self._covered: dict[tuple[frozenset[AreaCode], tuple[MemberKey, ...]], bool] = {}
        self.counts_lapsed = True

    def with_ages_on(self, day: date) -> Audience:
        """The same consents, with the ages of another day."""
        other = Audience(self.day, ages_on=day)
        other.counts_lapsed = self.counts_lapsed
        for name in ("sharing", "_covered", "homes", "full_names", "short_names"):
            other.__dict__[name] = getattr(self, name)  # none of them looks at ages
        return other

    def without_birthdays(self) -> Audience:
        """The same, with namesakes told apart by their keys: a birthday is no professional's or guest's to know."""
        other = self.with_ages_on(self.ages_on)
        people = self.family.members
        names = Counter(person.name for person in people.values())
        if any(count > 1 for count in names.values()):
            full = {
                key: person.name if names[person.name] == 1 else f"{person.name} ({key})"
                for key, person in people.items()
            }
            other.__dict__["full_names"] = full
            del other.__dict__["short_names"]  # worked out anew from these
        return other

    def without_lapsed(self) -> Audience:
        """The same for what is made anew each day, like a page: what only stood until a consent ran out is no new copy.

        An area still reads what is its own.
        """
        other = self.with_ages_on(self.ages_on)
        other.counts_lapsed = False
        return other

    @cached_property
    def sharing(self) -> Mapping[MemberKey, _Sharing]:
        """What each person's consents open."""
        return {
            member: _Sharing(sharing.areas, sharing.areas | sharing.lapsed)
            for member, sharing in self.day.consents.sharing.items()
        }

    @cached_property
    def homes(self) -> Mapping[MemberKey, frozenset[str]]:
        """Where each person lives."""
        return {member: homes_of(self.family, member) for member in self.family.members}

    @cached_property
    def full_names(self) -> Mapping[MemberKey, str]:
        """The whole name of each; with the birthday, or else the file's key, if two share all of it."""
        people = self.family.members
        names = Counter(person.name for person in people.values())
        births = Counter((person.name, person.born) for person in people.values())
        return {
            member: person.name
            if names[person.name] == 1
            else f"{person.name} (født {short_date(person.born)})"
            if births[person.name, person.born] == 1
            else f"{person.name} ({member})"
            for member, person in people.items()
        }

    @cached_property
    def short_names(self) -> Mapping[MemberKey, str]:
        """The first name of each, or the whole name if two in the family share the first."""
        firsts = Counter(first_name(person.name) for person in self.family.members.values())
        return {
            member: first_name(person.name) if firsts[first_name(person.name)] == 1 else self.full_names[member]
            for member, person in self.family.members.items()
        }

    def may_see(self, reader: Reader, concern: Concern) -> bool:
        """Whether `reader` may see an entry of that concern."""
        return self.why_hidden(reader, concern) is None

    def why_hidden(self, reader: Reader, concern: Concern) -> Withheld | None:
        """Why `reader` may not see an entry of that concern, or None if she may."""
        if isinstance(reader, MemberReader):
            return self._why_hidden_from_member(reader.member, concern)
        return self._why_hidden_from_area(reader.area, concern)

    def all_may_see(self, readers: Iterable[Reader], concern: Concern) -> bool:
        """Whether everybody at a table may see it."""
        return all(self.may_see(reader, concern) for reader in readers)

    def _why_hidden_from_member(self, viewer: MemberKey, concern: Concern) -> Withheld | None:
        if concern.visible_to is not None:
            return None if EVERYBODY in concern.visible_to or viewer in concern.visible_to else Withheld.KEPT_TO_OTHERS
        if concern.is_health or (concern.area is not None and self.config.is_health(concern.area)):
            is_hers = any(
                member == viewer or (self.has_custody_of(viewer, member) and self.is_under(member, LETTER_AGE))
                for member in concern.members
            )
            return None if is_hers else Withheld.HEALTH
        is_near = not concern.members or any(
            member == viewer or self.share_household(viewer, member) or self.has_custody_of(viewer, member)
            for member in concern.members
        )
        return None if is_near else Withheld.OTHER_HOME

    def _why_hidden_from_area(self, viewer: AreaCode, concern: Concern) -> Withheld | None:
        if concern.visible_to is not None and EVERYBODY not in concern.visible_to and viewer not in concern.visible_to:
            return Withheld.KEPT_TO_OTHERS
        if not concern.members:
            is_open = concern.area in (None, viewer) or self._some_member_shares(viewer, concern.area)
        else:
            is_open = all(
                self._area_may_know(viewer, concern.area, member, is_health=concern.is_health)
                for member in concern.members
            )
        return None if is_open else Withheld.NO_CONSENT

    def _some_member_shares(self, viewer: AreaCode, about: AreaCode | None) -> bool:
        return any(self._area_may_know(viewer, about, member) for member in self.family.members)

    def _area_may_know(
        self, viewer: AreaCode, about: AreaCode | None, member: MemberKey, *, is_health: bool = False
    ) -> bool:
        """Whether both areas are in the consent; what only time took away still counts if no health is told."""
        sharing = self.sharing[member]
        about_area = viewer if about is None else about
        is_health = is_health or self.config.is_health(about_area) or self.config.is_health(viewer)
        is_old = self.counts_lapsed or about == viewer
        allowed = sharing.with_lapsed if is_old and not is_health else sharing.areas
        return viewer in allowed and about_area in allowed

    def areas_with_copies(self, on: date | None = None) -> tuple[AreaCode, ...]:
        """The areas that get copies of their own: on the team today (or `on` another day), and in anybody's consent."""
        areas = areas_on_team(self.family, self.config, on or self.today)
        return tuple(area for area in areas if self._is_on_board(area))

    def _is_on_board(self, area: AreaCode) -> bool:
        """Whether an area is in anybody's consent at all; if not, it gets no copy of anything."""
        return any(area in sharing.areas for sharing in self.sharing.values())

    def is_covered(self, areas: frozenset[AreaCode], members: tuple[MemberKey, ...]) -> bool:
        """Whether the consent of one of these covers all these areas; no members are the whole family.

        What was taken back, or never given, names nobody. Each paper asks it of the same few again.
        """
        asked = (areas, members)
        if asked not in self._covered:
            sharing = [self.sharing[member] for member in members or self.family.members]
            is_health = any(self.config.is_health(area) for area in areas)
            self._covered[asked] = any(areas <= (item.areas if is_health else item.with_lapsed) for item in sharing)
        return self._covered[asked]

    def has_custody_of(self, viewer: MemberKey, member: MemberKey) -> bool:
        """Whether `member` is a child that `viewer` has custody of: custody ends at 18."""
        return (
            self.family.members[viewer].custody
            and self.family.members[member].is_child
            and self.is_under(member, ADULT_AGE)
        )

    def share_household(self, one: MemberKey, other: MemberKey) -> bool:
        """Whether two live in the same home; a child may live in two."""
        return bool(self.homes[one] & self.homes[other])

    def is_under(self, member: MemberKey, age: int) -> bool:
        """Whether a person is younger than `age`."""
        return self.family.members[member].age_on(self.ages_on) < age

    def gets_letters(self, member: MemberKey) -> bool:
        """Whether a person gets copies of her own: adults and youth from 15."""
        return self.family.members[member].role is not Role.CHILD or not self.is_under(member, LETTER_AGE)

    def takes_part(self, member: MemberKey) -> bool:
        """Whether a person gets copies of what consent opens for: invitations and the plan.

        Who has stepped out gets none, and who said no gets no more than she. An adult without custody who was never
        asked is invited where she lives with somebody who has it.
        """
        if not self.gets_letters(member) or self.day.consents.has_stepped_out(member):
            return False
        if self._is_in_by_right_or_consent(member):
            return True
        holders = [key for key, other in self.family.members.items() if other.custody]
        was_asked = self.day.consents.standing(member).answer is not ConsentAnswer.NONE
        return not was_asked and any(self.share_household(member, holder) for holder in holders)

    def reads_plan(self, member: MemberKey) -> bool:
        """Whether a person gets a copy of the plan: an adult without custody only with a consent of her own."""
        return self.takes_part(member) and self._is_in_by_right_or_consent(member)

    def _is_in_by_right_or_consent(self, member: MemberKey) -> bool:
        person = self.family.members[member]
        has_said_yes = self.day.consents.standing(member).answer in (ConsentAnswer.GIVEN, ConsentAnswer.EXPIRED)
        return person.custody or person.is_child or has_said_yes

    def area_of(self, staff: StaffId | None) -> AreaCode | None:
        """The area a professional belongs to."""
        known = self.config.staff.get(staff) if staff is not None else None
        return known.area if known is not None else None


def homes_of(family: Family, member: MemberKey) -> frozenset[str]:
    """The homes a person lives in, as keys that only compare: an address, or the family's, or an own unnamed one."""
    return _homes_of(family, member, frozenset())


def _homes_of(family: Family, member: MemberKey, seen: frozenset[MemberKey]) -> frozenset[str]:
    person = family.members[member]
    others = [key for key in person.lives_with if key in family.members and key not in seen and key != member]
    if others:
        return frozenset().union(*(_homes_of(family, key, seen | {member}) for key in others))
    contact = person.contact
    if contact is None or (contact.address is None and not contact.protected and not has_no_known_home(family, person)):
        return frozenset({_address_key(family.contact) or "family"})
    return frozenset({_address_key(contact) or f"home of {member}"})


def _address_key(contact: Contact | None) -> str:
    if contact is None or contact.address is None:
        return ""
    return " ".join(f"{contact.address} {contact.postcode or ''}".casefold().split())
