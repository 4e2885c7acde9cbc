"""Is the law that the papers rest on in force, and has everybody said yes whom it asks?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.documents.law import is_named_in_letters, law_of_replacing
from hopdocs.documents.sector_plans import PLAN_NAMES, replaced_plans, sector_plan_name, who_must_agree
from hopdocs.domain.ages import SIGNING_AGE
from hopdocs.domain.calendar import months_later
from hopdocs.domain.consent import ConsentAnswer
from hopdocs.rules.context import advise, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config
    from hopdocs.model.scalars.values import MemberKey

AHEAD: Final = timedelta(days=90)
"""How long before a reference ends somebody should look for what takes its place."""
REVIEW_MONTHS: Final = 12
"""How long a look at a reference without a known end is good for."""


def check_references(config: Config, today: date) -> Iterator[Finding]:
    """The references in `config.yaml` that end soon, have ended while letters name them, or wait to be looked at."""
    for key, law in config.law.items():
        at: DataPath = ("law", key)
        if law.to is not None and today <= law.to <= today + AHEAD:
            yield warn("HD661", (*at, "to"), law=law.text, date=law.to.isoformat(), days=str((law.to - today).days))
        elif law.to is not None and law.to < today and is_named_in_letters(key):
            yield warn("HD662", (*at, "to"), law=law.text, date=law.to.isoformat())
        elif law.to is None and law.reviewed is not None and months_later(law.reviewed, REVIEW_MONTHS) < today:
            yield advise("HD663", (*at, "reviewed"), law=law.text, date=law.reviewed.isoformat())


def check_consent_to_replace(day: FamilyDay) -> Iterator[Finding]:
    """Who has stepped out no longer agrees that a plan is replaced; the law asks for each one's yes.

    The course may go on for the others, and share what they let it share. But the plan that was replaced must be
    made again, or all asked anew. While the file names no replaced plan, what a holder of custody takes back is said
    once all the same: a plan about the child can then not be replaced later either.
    """
    for member in day.family.members:
        if day.consents.standing(member).answer is not ConsentAnswer.WITHDRAWN:
            continue
        at, lost = _where_taken_back(day, member), _lost_plans(day, member)
        if at is not None and lost:
            laws = (law_of_replacing(day.config, kind, day.today) for kind in lost)
            law = in_words(tuple(dict.fromkeys(text for text in laws if text))) or "–"
            yield warn("HD660", at, member=member, plans=in_words(tuple(lost.values())), law=law)


def _lost_plans(day: FamilyDay, member: MemberKey) -> dict[str, str]:
    """By kind, the names of the plans that cannot be replaced without this person."""
    known = replaced_plans(day.family)
    if known:
        return {
            line.kind: sector_plan_name(line)
            for line in known
            if member in who_must_agree(day.family, line.for_, day.today)
        }
    children = {
        key: person.age_on(day.today)
        for key, person in day.family.members.items()
        if person.is_child and member in who_must_agree(day.family, (key,), day.today)
    }
    kinds = {"ungeplan" if age >= SIGNING_AGE else "barnets_plan" for age in children.values()}
    return {kind: PLAN_NAMES[kind] for kind in sorted(kinds)}


def _where_taken_back(day: FamilyDay, member: MemberKey) -> DataPath | None:
    """The line that took it back, the latest one; or the no that came after the yes.

    None for a yes and a no of the same day: that is another fault, and asked about first.
    """
    found: list[tuple[date, DataPath]] = []
    for index, line in enumerate(day.family.consents):
        if line.member != member:
            continue
        found += [
            (item.date, ("consents", index, "withdrawn", number, "date"))
            for number, item in enumerate(line.withdrawn)
            if item.date <= day.today
        ]
        if line.refused is not None and line.refused <= day.today and line.refused != line.given:
            found.append((line.refused, ("consents", index, "refused")))
    return max(found, key=lambda item: item[0])[1] if found else None
