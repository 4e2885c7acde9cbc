"""Deadlines about consent: an answer, a renewal, a birthday that changes whose word counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.deadlines.deadline import Deadline, Kind, set_deadline
from hopdocs.domain.calendar import birthday, months_later
from hopdocs.domain.consent import Answer, last_day, missing_consents, needed_consents, standing_of
from hopdocs.domain.tovholder import contact_person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

RENEWAL_LEAD_MONTHS = 1
"""A renewal is listed when the consent has so long to go."""

_BIRTHDAYS = (
    # age, listed so many months ahead, what it changes
    (10, 1, "Et barn fylder 10 år og bliver selv part i nogle sager"),
    (15, 1, "Et barn fylder 15 år og får egen digital postkasse"),
    (16, 3, "En ung fylder 16 år: eget samtykke og stilling til ungeplan"),
    (18, 6, "En ung fylder 18 år: overgang til voksenområdet"),
)


def list_answers(family: Family, config: Config, today: date) -> Iterator[Deadline]:
    """The friendly reminders while an answer is awaited."""
    for member in missing_consents(family, today):
        handed_out = [line.form_given for line in family.consents if line.member == member and line.form_given]
        if not handed_out or standing_of(family, member, today).answer is Answer.REFUSED:
            continue
        for number, days in enumerate(config.deadlines.consent_reminders, start=1):
            yield set_deadline(
                config,
                f"consent_reminder_{number}:{member}",
                f"Mind om samtykket ({number}. gang)",
                max(handed_out) + timedelta(days=days),
                done=None,
                kind=Kind.LOCAL,
                who=config.project_coordinator,
            )


def list_renewals(family: Family, config: Config, today: date) -> Iterator[Deadline]:
    """When each consent must be renewed; with health information in it the law says so (sundhedsloven § 44)."""
    who = contact_person(family, config, today).staff
    for member in needed_consents(family, today):
        lines = [line for line in family.consents if line.member == member and line.given and line.given <= today]
        current = max(lines, key=lambda line: line.given or today, default=None)
        end = last_day(current) if current is not None else None
        if current is None or end is None or end > months_later(today, RENEWAL_LEAD_MONTHS):
            continue
        is_health = any(config.is_health(area) for area in current.areas)
        yield set_deadline(
            config,
            f"consent_renewal:{member}",
            "Samtykke skal fornyes",
            end,
            done=None,
            kind=Kind.LAW if is_health else Kind.LOCAL,
            who=who,
        )


def list_birthdays(family: Family, config: Config, today: date) -> Iterator[Deadline]:
    """Birthdays that change something, from some months ahead until the day. Nobody is late for one that is to come."""
    who = contact_person(family, config, today).staff
    for key, person in family.members.items():
        for age, lead_months, title in _BIRTHDAYS:
            day = birthday(person.born, age)
            if person.is_child and today <= day <= months_later(today, lead_months):
                yield Deadline(f"birthday_{age}:{key}", title, due=day, nominal=day, done=None, kind=Kind.LAW, who=who)
