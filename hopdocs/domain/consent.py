"""Who must say yes, who has, and what may then be shared (samarbejdsaftale 2023, Samtykke).

Consent is per person and per area. The newest signed form is a person's will: it replaces older ones; what is
taken back later is taken off it. A person who takes everything back steps out; the course goes on for the others
with what they share, and it stops when nobody with custody is left.

Two things close the gate, and they are kept apart: what somebody wrote (nothing may stand any longer), and what
only time brought, a consent that expired or a sixteenth birthday (what stands may stay, nothing new is made).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.domain.calendar import birthday, months_later
from hopdocs.domain.memory import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.consent import Consent
    from hopdocs.model.family import Family
    from hopdocs.model.values import AreaCode, MemberKey

SIGNING_AGE = 16
"""From this age a youth gives consent herself (barnets lov § 110)."""

EARLY_MONTHS = 3
"""How long before the birthday a youth is asked in good time: a yes from then counts from that day."""

CONSENT_MONTHS = 12
"""How long a consent lasts when the form says nothing else (sundhedsloven § 44 for health; ours for the rest)."""

_ONE_DAY = timedelta(days=1)
_NOTHING: frozenset[AreaCode] = frozenset()


class Answer(StrEnum):
    """What one person has said."""

    NONE = "none"
    GIVEN = "given"
    EXPIRED = "expired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Gate(StrEnum):
    """Whether documents and notices about the family may exist.

    `LAPSED`: it was open, and time alone has closed it. What exists stays and is not remade; nothing new is made.
    """

    OPEN = "open"
    LAPSED = "lapsed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's consent on one day: the answer, the areas that may share, and those that only time took away."""

    answer: Answer
    areas: frozenset[AreaCode] = _NOTHING
    lapsed: frozenset[AreaCode] = _NOTHING


def last_day(consent: Consent) -> date | None:
    """The last day that a given consent is good for."""
    if consent.until is not None:
        return consent.until
    return months_later(consent.given, CONSENT_MONTHS) if consent.given is not None else None


def is_own_word(family: Family, line: Consent) -> bool:
    """Whether an answer is that of somebody old enough to give one; what a child signed never counts.

    A yes from the last months before sixteen is the youth's own, and waits for the birthday (`signs_for_herself`):
    that is when she was asked. A no before it binds nobody: the parents still answer, and she is asked again.
    """
    person, answered = family.members.get(line.member), line.given or line.refused
    if person is None or answered is None or not person.is_child:
        return True
    counts_from = answered if line.given is None else months_later(answered, EARLY_MONTHS)
    return person.age_on(counts_from) >= SIGNING_AGE


@remembered
def standing_of(family: Family, member: MemberKey, day: date) -> Standing:
    """Where a person's consent stands on `day`."""
    lines = [line for line in family.consents if line.member == member and is_own_word(family, line)]
    given = [line.given for line in lines if line.given is not None and line.given <= day]
    refused = [line.refused for line in lines if line.refused is not None and line.refused <= day]
    if not given:
        return Standing(Answer.REFUSED if refused else Answer.NONE)
    newest = max(given)
    if refused and max(refused) >= newest:
        return Standing(Answer.WITHDRAWN)
    current = [line for line in lines if line.given == newest]
    areas = _areas_of(line for line in current if (last_day(line) or day) >= day)
    signed = _areas_of(current)
    taken_back = _areas_taken_back(lines, newest, day, signed)
    if not signed:
        return Standing(Answer.NONE)
    if signed <= taken_back:
        return Standing(Answer.WITHDRAWN)
    areas, lapsed = areas - taken_back, signed - areas - taken_back
    return Standing(Answer.GIVEN if areas else Answer.EXPIRED, areas, lapsed)


def _areas_of(lines: Iterable[Consent]) -> frozenset[AreaCode]:
    return frozenset(area for line in lines for area in line.areas)


def _areas_taken_back(
    lines: list[Consent], newest: date, day: date, signed: frozenset[AreaCode]
) -> frozenset[AreaCode]:
    """What was taken off the newest form, wherever in the file it was written."""
    found: set[AreaCode] = set()
    for line in lines:
        for withdrawal in line.withdrawn:
            if withdrawal.date <= day and (line.given == newest or withdrawal.date > newest):
                found |= signed if withdrawal.areas is None else set(withdrawal.areas)
    return frozenset(found)


def holders_of_custody(family: Family) -> tuple[MemberKey, ...]:
    """Everybody with a share in the custody, in the file's order."""
    return tuple(key for key, member in family.members.items() if member.custody)


def signs_for_herself(family: Family, member: MemberKey, day: date) -> bool:
    """Whether a person's own signature counts: adults, and youth from 16."""
    person = family.members[member]
    return not person.is_child or person.age_on(day) >= SIGNING_AGE


@remembered
def needed_consents(family: Family, day: date) -> tuple[MemberKey, ...]:
    """Whose yes the course needs: everyone with custody and every youth of 16, but not who has stepped out.

    Other adults of the household are asked too, but only about what is shared about themselves.
    """
    return tuple(
        key
        for key, person in family.members.items()
        if (person.custody or (person.is_child and person.age_on(day) >= SIGNING_AGE))
        and not has_stepped_out(family, key, day)
    )


@remembered
def has_stepped_out(family: Family, member: MemberKey, day: date) -> bool:
    """Whether a person took part and does so no longer: took everything back, or said no in a running course.

    A sixteen-year-old who says no when asked for the first time steps out of a course that ran until then; a
    parent who says no before it began stops it from beginning.
    """
    answer = standing_of(family, member, day).answer
    if answer is Answer.WITHDRAWN:
        return True
    if answer is not Answer.REFUSED:
        return False
    person = family.members[member]
    return person.is_child and gate_of(family, birthday(person.born, SIGNING_AGE) - _ONE_DAY) is not Gate.CLOSED


def missing_consents(family: Family, day: date) -> tuple[MemberKey, ...]:
    """Who still has to answer, or has said no. An expired consent is not missing: see `lapsed_consents`."""
    return tuple(
        key
        for key in needed_consents(family, day)
        if standing_of(family, key, day).answer not in (Answer.GIVEN, Answer.EXPIRED)
    )


def lapsed_consents(family: Family, day: date) -> tuple[MemberKey, ...]:
    """Whose consent has expired and must be renewed."""
    return tuple(key for key in needed_consents(family, day) if standing_of(family, key, day).answer is Answer.EXPIRED)


@remembered
def gate_of(family: Family, day: date) -> Gate:
    """Whether the gate is open, and if not, whether a person or only time closed it."""
    needed = needed_consents(family, day)
    if not any(family.members[key].custody for key in needed):
        return Gate.CLOSED  # nobody is left, or the file names nobody, who can say yes for the children
    gate = Gate.OPEN
    for key in needed:
        answer = standing_of(family, key, day).answer
        if answer is Answer.GIVEN:
            continue
        if answer is not Answer.EXPIRED and not _only_turned_sixteen(family, key, day):
            return Gate.CLOSED
        gate = Gate.LAPSED
    return gate


def _only_turned_sixteen(family: Family, member: MemberKey, day: date) -> bool:
    """Whether a missing answer is missing only because of a birthday in a running course."""
    person = family.members[member]
    if not person.is_child or person.custody or standing_of(family, member, day).answer is not Answer.NONE:
        return False
    eve = birthday(person.born, SIGNING_AGE) - _ONE_DAY
    return gate_of(family, eve) is not Gate.CLOSED


def gate_is_open(family: Family, day: date) -> bool:
    """Whether everything may be made and sent. See `gate_of` for what time alone has closed."""
    return gate_of(family, day) is Gate.OPEN


def is_withdrawn(family: Family, day: date) -> bool:
    """Whether the course has stopped because the consents were taken back: nobody with custody is left in it."""
    answers = {standing_of(family, key, day).answer for key in holders_of_custody(family)}
    return Answer.WITHDRAWN in answers and not answers & {Answer.GIVEN, Answer.EXPIRED}


def consented_areas(family: Family, member: MemberKey, day: date) -> frozenset[AreaCode]:
    """The areas that a person's own consent lets share on `day`."""
    return standing_of(family, member, day).areas


def shared_areas(family: Family, member: MemberKey, day: date) -> frozenset[AreaCode]:
    """The areas that may share about a person: her own consent, for a child what every holder of custody gave."""
    return _shared(family, member, day)[0]


def lapsed_areas(family: Family, member: MemberKey, day: date) -> frozenset[AreaCode]:
    """The areas that could share about a person until a consent expired."""
    areas, with_lapsed = _shared(family, member, day)
    return with_lapsed - areas


def _shared(family: Family, member: MemberKey, day: date) -> tuple[frozenset[AreaCode], frozenset[AreaCode]]:
    """The shared areas, and the same as if nothing had expired."""
    signers = (member,) if signs_for_herself(family, member, day) else holders_of_custody(family)
    standings = [standing_of(family, signer, day) for signer in signers]
    if not standings:
        return _NOTHING, _NOTHING
    areas = frozenset.intersection(*(item.areas for item in standings))
    return areas, frozenset.intersection(*(item.areas | item.lapsed for item in standings))


def may_know(  # noqa: PLR0913 - two areas, a person and a day are what the question is about
    family: Family, config: Config, *, viewer_area: AreaCode, about_area: AreaCode, member: MemberKey, day: date
) -> bool:
    """Whether staff of one area may see what another knows about a person: both must be in the consent.

    Where only time has taken a consent away, health knowledge is hidden at once (sundhedsloven § 44); for the
    rest the renewal is asked for, and what people hold already stays readable.
    """
    areas, with_lapsed = _shared(family, member, day)
    allowed = areas if config.is_health(about_area) or config.is_health(viewer_area) else with_lapsed
    return viewer_area in allowed and about_area in allowed


@dataclass(frozen=True, slots=True)
class Consents:
    """Everybody's consent in one family on one day: who has said what, who is asked, and whether the gate is open."""

    family: Family
    day: date
    gate: Gate
    needed: tuple[MemberKey, ...]
    missing: tuple[MemberKey, ...]
    lapsed: tuple[MemberKey, ...]
    is_withdrawn: bool

    @classmethod
    def on(cls, family: Family, day: date) -> Consents:
        """The consents as they stand on `day`."""
        return cls(
            family=family,
            day=day,
            gate=gate_of(family, day),
            needed=needed_consents(family, day),
            missing=missing_consents(family, day),
            lapsed=lapsed_consents(family, day),
            is_withdrawn=is_withdrawn(family, day),
        )

    def standing(self, member: MemberKey) -> Standing:
        """Where one person's consent stands."""
        return standing_of(self.family, member, self.day)

    def has_stepped_out(self, member: MemberKey) -> bool:
        """Whether a person took part and does so no longer."""
        return has_stepped_out(self.family, member, self.day)

    def signs_for_herself(self, member: MemberKey) -> bool:
        """Whether a person's own signature counts: adults, and youth from 16."""
        return signs_for_herself(self.family, member, self.day)

    def shared_areas(self, member: MemberKey) -> frozenset[AreaCode]:
        """The areas that may share about a person."""
        return shared_areas(self.family, member, self.day)

    def lapsed_areas(self, member: MemberKey) -> frozenset[AreaCode]:
        """The areas that could share about a person until a consent expired."""
        return lapsed_areas(self.family, member, self.day)
