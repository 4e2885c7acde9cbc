"""Who has said yes to what, and until when, as the pages show it. Pure.

The family's page is the tovholder's, whose task it is to ask and to renew, so it names everybody. The page of all
families is read by all: it says how many, and names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from hopdocs.domain.consent import ConsentAnswer, is_own_word, last_day
from hopdocs.domain.state import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.scalars.values import AreaCode, MemberKey

SOON: Final = timedelta(days=60)
"""How long before its last day a consent is marked on the pages: time to meet and sign a new one."""

_NEVER_ASKED: Final = "er ikke spurgt endnu"
_ASKED: Final = "har fået erklæringen, svar mangler"
_FOR_HERSELF: Final = "er ikke spurgt; forløbet venter ikke på det"
_PARENTS: Final = "forældrene svarer for barnet"
_TEXTS: Final = {
    ConsentAnswer.GIVEN: "har sagt ja",
    ConsentAnswer.EXPIRED: "udløbet: skal fornyes",
    ConsentAnswer.REFUSED: "har sagt nej",
    ConsentAnswer.WITHDRAWN: "har trukket det tilbage",
}


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """Where one person's consent stands, with the areas by name. `weight` is how it is marked: done, wait or late."""

    name: str
    answer: str
    weight: str
    areas: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    others: tuple[str, ...] = ()  # what somebody else of the family lets share, and this person does not
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentCount:
    """The same for the page of all families: how many have answered yes of those whom the course needs."""

    given: int
    needed: int
    until: date | None = None
    """The first last day among those who have said yes."""
    is_soon: bool = False

    @property
    def missing(self) -> int:
        """How many have still to say yes, or to say it again."""
        return self.needed - self.given

    def as_json(self) -> dict[str, Any]:
        """Plain values for the cache."""
        return {"given": self.given, "needed": self.needed, "until": _iso(self.until), "is_soon": self.is_soon}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> ConsentCount:
        """The inverse of `as_json`."""
        return cls(**{**raw, "until": date.fromisoformat(raw["until"]) if raw["until"] else None})


def consent_lines(day: FamilyDay) -> tuple[ConsentLine, ...]:
    """Everybody of the family, in the file's order: those who answer for themselves, and the children."""
    return tuple(
        _signer_line(day, key) if day.consents.signs_for_herself(key) else _child_line(day, key)
        for key in day.family.members
    )


def count_consents(day: FamilyDay) -> ConsentCount | None:
    """How many of those whose yes the course needs have given it; none to count once a course is over."""
    if day.state in ENDED or not day.consents.needed:
        return None
    given = [key for key in day.consents.needed if day.consents.standing(key).answer is ConsentAnswer.GIVEN]
    until = min((end for end in (_last_day_of(day, key) for key in given) if end is not None), default=None)
    return ConsentCount(len(given), len(day.consents.needed), until, until is not None and until <= day.today + SOON)


def _signer_line(day: FamilyDay, key: MemberKey) -> ConsentLine:
    standing = day.consents.standing(key)
    is_needed = key in day.consents.needed
    if standing.answer is ConsentAnswer.NONE:
        was_asked = any(
            line.member == key and line.form_given is not None and line.form_given <= day.today
            for line in day.family.consents
        )
        text = _ASKED if was_asked else _NEVER_ASKED if is_needed else _FOR_HERSELF
        return ConsentLine(day.family.members[key].name, text, "late" if is_needed else "")
    until = _last_day_of(day, key)
    is_soon = until is not None and until <= day.today + SOON
    weight = "late" if standing.answer is ConsentAnswer.EXPIRED else "wait"
    if standing.answer is ConsentAnswer.GIVEN and not is_soon and not standing.lapsed:
        weight = "done"
    return ConsentLine(
        name=day.family.members[key].name,
        answer=_TEXTS[standing.answer],
        weight=weight,
        areas=_names(day, standing.areas),
        expired=_names(day, standing.lapsed),
        others=_names(day, day.consents.signed_areas - standing.areas - standing.lapsed) if standing.areas else (),
        until=until,
    )


def _child_line(day: FamilyDay, key: MemberKey) -> ConsentLine:
    """What may be shared about a child is what everybody with custody has said yes to."""
    consents = day.consents
    return ConsentLine(
        name=day.family.members[key].name,
        answer=_PARENTS,
        weight="",
        areas=_names(day, consents.shared_areas(key)),
        expired=_names(day, consents.lapsed_areas(key)),
    )


def _last_day_of(day: FamilyDay, key: MemberKey) -> date | None:
    """The first day on which something of a person's newest yes ends; what was taken back has no end any more."""
    standing, today = day.consents.standing(key), day.today
    lines = [line for line in day.family.consents if line.member == key and is_own_word(day.family, line)]
    newest = max((line.given for line in lines if line.given is not None and line.given <= today), default=None)
    standing_still = standing.areas | standing.lapsed
    ends = (last_day(line) for line in lines if line.given == newest and standing_still & set(line.areas))
    return min((end for end in ends if end is not None), default=None)


def _names(day: FamilyDay, codes: Iterable[AreaCode]) -> tuple[str, ...]:
    """By name, in the order of the config."""
    found = set(codes)
    return tuple(area.name for code, area in day.config.areas.items() if code in found)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
