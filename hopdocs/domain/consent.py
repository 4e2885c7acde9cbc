"""Who must say yes, who has, and what may then be shared (samarbejdsaftale 2023, Samtykke).

Consent is per person and per area. The newest signed form is a person's will: it replaces older ones; what is
taken back later is taken off it. A person who takes everything back steps out; the course goes on for the others
with what they share, and it stops when nobody with custody is left.

Two things close the gate, and they are kept apart: what somebody wrote (nothing may stand any longer), and what
only time brought, a consent that expired or a sixteenth birthday (what stands may stay, nothing new is made).

`Consents` is all of that for one day, worked out at once: whoever asks, asks that value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from hopdocs.domain.ages import SIGNING_AGE
from hopdocs.domain.calendar import birthday, months_later

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from hopdocs.model.consent import Consent
    from hopdocs.model.family import Family
    from hopdocs.model.people import Member
    from hopdocs.model.scalars.values import AreaCode, MemberKey

EARLY_MONTHS = 3
"""How long before the birthday a youth is asked in good time: a yes from then counts from that day."""

CONSENT_MONTHS = 12
"""How long a consent lasts when the form says nothing else (sundhedsloven § 44 for health; ours for the rest)."""

_ONE_DAY = timedelta(days=1)
_NOTHING: frozenset[AreaCode] = frozenset()


class ConsentAnswer(StrEnum):
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

    answer: ConsentAnswer
    areas: frozenset[AreaCode] = _NOTHING
    lapsed: frozenset[AreaCode] = _NOTHING


@dataclass(frozen=True, slots=True)
class Consents:
    """Everybody's consent in one family on one day: who has said what, who is asked, and whether the gate is open.

    `needed`: whose yes the course needs, everyone with custody and every youth of 16, but not who has stepped out;
    other adults of the household are asked too, but only about what is shared about themselves. Of these, `missing`
    still have to answer or have said no, and the consent of `lapsed` has expired and must be renewed.
    `stepped_out`: who took part and does so no longer, having taken everything back or said no in a running course.
    `is_withdrawn`: the course has stopped, since nobody with custody is left in it.
    """

    family: Family
    day: date
    standings: Mapping[MemberKey, Standing]
    stepped_out: frozenset[MemberKey]
    needed: tuple[MemberKey, ...]
    missing: tuple[MemberKey, ...]
    lapsed: tuple[MemberKey, ...]
    gate: Gate
    is_withdrawn: bool
    sharing: Mapping[MemberKey, Sharing]

    @classmethod
    def on(cls, family: Family, day: date, known: dict[date, Consents] | None = None) -> Consents:
        """The consents as they stand on `day`.

        `known` has the family's days that were worked out before, and gets this one: no day is worked out twice.
        """
        known = {} if known is None else known
        if day not in known:
            known[day] = _work_out(family, day, known)
        return known[day]

    @property
    def signed_areas(self) -> frozenset[AreaCode]:
        """The areas that at least one person lets share; an expiry alone takes none away."""
        return frozenset(area for item in self.standings.values() for area in item.areas | item.lapsed)

    def standing(self, member: MemberKey) -> Standing:
        """Where one person's consent stands."""
        return self.standings[member]

    def has_stepped_out(self, member: MemberKey) -> bool:
        """Whether a person took part and does so no longer."""
        return member in self.stepped_out

    def signs_for_herself(self, member: MemberKey) -> bool:
        """Whether a person's own signature counts: adults, and youth from 16."""
        return _signs_for_herself(self.family.members[member], self.day)

    def shared_areas(self, member: MemberKey) -> frozenset[AreaCode]:
        """The areas that may share about a person: her own consent, for a child what every holder of custody gave."""
        return self.sharing[member].areas

    def lapsed_areas(self, member: MemberKey) -> frozenset[AreaCode]:
        """The areas that could share about a person until a consent expired."""
        return self.sharing[member].lapsed


@dataclass(frozen=True, slots=True)
class Sharing:
    """The areas that may share about one person on one day, and those that could until a consent expired."""

    areas: frozenset[AreaCode]
    lapsed: frozenset[AreaCode]


def last_day(consent: Consent) -> date | None:
    """The last day that a given consent is good for."""
    if consent.until is not None:
        return consent.until
    return months_later(consent.given, CONSENT_MONTHS) if consent.given is not None else None


def before_lapse(family: Family, today: date) -> Consents | None:
    """The consents of the last day on which all stood, in the family with what was taken back since taken back then.

    While time alone has closed the gate, this is what the papers that exist are held against: an expiry or a birthday
    takes nothing out of them, and everything else does. None if there is no such day.
    """
    ends = {last_day(line) for line in family.consents} - {None}
    eves = {birthday(person.born, SIGNING_AGE) - _ONE_DAY for person in family.members.values() if person.is_child}
    for day in sorted((end for end in ends | eves if end is not None and end < today), reverse=True):
        standing = Consents.on(_take_back_by(family, day, today), day)
        if standing.gate is Gate.OPEN:
            return standing
    return None


def _take_back_by(family: Family, day: date, today: date) -> Family:
    lines = []
    for line in family.consents:
        withdrawn = tuple(
            item.model_copy(update={"date": day}) if day < item.date <= today else item for item in line.withdrawn
        )
        refused = day if line.refused is not None and day < line.refused <= today else line.refused
        is_same = (withdrawn, refused) == (line.withdrawn, line.refused)
        lines.append(line if is_same else line.model_copy(update={"withdrawn": withdrawn, "refused": refused}))
    return family.model_copy(update={"consents": tuple(lines)})


def days_of_taking_back(family: Family) -> frozenset[date]:
    """The days from which anybody has taken something back; a no after a yes takes all of it back."""
    lines = family.consents
    withdrawn = {item.date for line in lines for item in line.withdrawn}
    refused = {
        line.refused
        for line in lines
        if line.refused is not None
        and any(yes.member == line.member and yes.given is not None and yes.given <= line.refused for yes in lines)
    }
    return frozenset(withdrawn | refused)


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


def holders_of_custody(family: Family) -> tuple[MemberKey, ...]:
    """Everybody with a share in the custody, in the file's order."""
    return tuple(key for key, member in family.members.items() if member.custody)


def _work_out(family: Family, day: date, known: dict[date, Consents]) -> Consents:
    """Everything about the consents of one day. Birthdays ask for their eves, which lie before it: it ends."""
    people = family.members
    own_lines: dict[MemberKey, list[Consent]] = {key: [] for key in people}
    for line in family.consents:
        if line.member in own_lines and is_own_word(family, line):
            own_lines[line.member].append(line)
    standings = {key: _standing(lines, day) for key, lines in own_lines.items()}

    def was_running_before_sixteen(person: Member) -> bool:
        eve = birthday(person.born, SIGNING_AGE) - _ONE_DAY
        return Consents.on(family, eve, known).gate is not Gate.CLOSED

    def has_stepped_out(key: MemberKey) -> bool:
        """A youth who says no when she is asked for the first time steps out of a course that ran until then.

        A parent who says no before it began stops it from beginning.
        """
        answer, person = standings[key].answer, people[key]
        is_youths_no = answer is ConsentAnswer.REFUSED and person.is_child and _signs_for_herself(person, day)
        return answer is ConsentAnswer.WITHDRAWN or (is_youths_no and was_running_before_sixteen(person))

    def only_turned_sixteen(key: MemberKey) -> bool:
        """Whether a missing answer is missing only because of a birthday in a running course."""
        person = people[key]
        is_asked_first = person.is_child and not person.custody and standings[key].answer is ConsentAnswer.NONE
        return is_asked_first and was_running_before_sixteen(person)

    stepped_out = frozenset(key for key in people if has_stepped_out(key))
    needed = tuple(
        key
        for key, person in people.items()
        if (person.custody or (person.is_child and _signs_for_herself(person, day))) and key not in stepped_out
    )
    missing = tuple(key for key in needed if standings[key].answer not in (ConsentAnswer.GIVEN, ConsentAnswer.EXPIRED))
    lapsed = tuple(key for key in needed if standings[key].answer is ConsentAnswer.EXPIRED)
    holders = holders_of_custody(family)
    is_custody_left = any(people[key].custody for key in needed)  # or nobody can say yes for the children
    if not is_custody_left or not all(only_turned_sixteen(key) for key in missing):
        gate = Gate.CLOSED
    else:
        gate = Gate.LAPSED if missing or lapsed else Gate.OPEN
    answers = {standings[key].answer for key in holders}
    return Consents(
        family=family,
        day=day,
        standings=standings,
        stepped_out=stepped_out,
        needed=needed,
        missing=missing,
        lapsed=lapsed,
        gate=gate,
        is_withdrawn=ConsentAnswer.WITHDRAWN in answers and not answers & {ConsentAnswer.GIVEN, ConsentAnswer.EXPIRED},
        sharing={
            key: _sharing([standings[signer] for signer in ((key,) if _signs_for_herself(person, day) else holders)])
            for key, person in people.items()
        },
    )


def _standing(lines: list[Consent], day: date) -> Standing:
    """Where a person's consent stands, from her own lines."""
    given = [line.given for line in lines if line.given is not None and line.given <= day]
    refused = [line.refused for line in lines if line.refused is not None and line.refused <= day]
    if not given:
        return Standing(ConsentAnswer.REFUSED if refused else ConsentAnswer.NONE)
    newest = max(given)
    if refused and max(refused) >= newest:
        return Standing(ConsentAnswer.WITHDRAWN)
    current = [line for line in lines if line.given == newest]
    areas = _areas_of(line for line in current if (last_day(line) or day) >= day)
    signed = _areas_of(current)
    taken_back = _areas_taken_back(lines, newest, day, signed)
    if not signed:
        return Standing(ConsentAnswer.NONE)
    if signed <= taken_back:
        return Standing(ConsentAnswer.WITHDRAWN)
    areas, lapsed = areas - taken_back, signed - areas - taken_back
    return Standing(ConsentAnswer.GIVEN if areas else ConsentAnswer.EXPIRED, areas, lapsed)


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


def _signs_for_herself(person: Member, day: date) -> bool:
    return not person.is_child or person.age_on(day) >= SIGNING_AGE


def _sharing(signers: list[Standing]) -> Sharing:
    """What all signers share, and what they would share besides if nothing had expired."""
    if not signers:
        return Sharing(_NOTHING, _NOTHING)
    areas = frozenset.intersection(*(item.areas for item in signers))
    with_lapsed = frozenset.intersection(*(item.areas | item.lapsed for item in signers))
    return Sharing(areas, with_lapsed - areas)
