"""What one person has answered, as the letters about it tell it: to herself, and to nobody else."""

from dataclasses import dataclass
from datetime import date

from hopdocs.domain.consent import is_own_word
from hopdocs.model.config import Config
from hopdocs.model.consent import Consent
from hopdocs.model.family import Family
from hopdocs.model.scalars.values import AreaCode, MemberKey


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What somebody took back last: the day, and the areas; None for all of it."""

    day: date
    areas: tuple[AreaCode, ...] | None


def own_answers(family: Family, member: MemberKey) -> tuple[Consent, ...]:
    """A person's own lines: what was asked, and what she answered."""
    return tuple(line for line in family.consents if line.member == member and is_own_word(family, line))


def newest_yes(family: Family, member: MemberKey, today: date) -> Consent | None:
    """The newest form that a person has signed."""
    given = [line for line in own_answers(family, member) if line.given is not None and line.given <= today]
    return max(given, key=lambda line: line.given or today, default=None)


def newest_no(family: Family, member: MemberKey, today: date) -> date | None:
    """The newest day on which a person said no."""
    days = [line.refused for line in own_answers(family, member) if line.refused is not None]
    return max((day for day in days if day <= today), default=None)


def last_taken_back(family: Family, member: MemberKey, today: date) -> TakenBack | None:
    """What a person took back last of the yes that she gave last; a no after a yes takes all of it back."""
    yes = newest_yes(family, member, today)
    if yes is None or yes.given is None:
        return None
    refused = newest_no(family, member, today)
    found = [TakenBack(refused, None)] if refused is not None and refused >= yes.given else []
    for line in own_answers(family, member):
        found += [
            TakenBack(item.date, item.areas)
            for item in line.withdrawn
            if item.date <= today and (line is yes or item.date > yes.given)
        ]
    last = max((item.day for item in found), default=None)
    return _together([item for item in found if item.day == last])


def _together(same_day: list[TakenBack]) -> TakenBack | None:
    if not same_day:
        return None
    areas: list[AreaCode] = []
    for item in same_day:
        if item.areas is None:
            return item
        areas += item.areas
    return TakenBack(same_day[0].day, tuple(dict.fromkeys(areas)))


def area_names(config: Config, areas: frozenset[AreaCode]) -> tuple[str, ...]:
    """Areas by name, in the municipality's order."""
    return tuple(area.name for code, area in config.areas.items() if code in areas)
