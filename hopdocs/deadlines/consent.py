"""Deadlines about consent: an answer, a renewal, a birthday that changes whose word counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.deadlines.deadline import Deadline, DeadlineKind, set_deadline
from hopdocs.documents.kinds.letters.paamindelse import SAMTYKKE_PAAMINDELSE
from hopdocs.domain.ages import ADULT_AGE, LETTER_AGE, OWN_VIEW_AGE, SIGNING_AGE
from hopdocs.domain.calendar import birthday, months_later
from hopdocs.domain.consent import ConsentAnswer, last_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.domain.family_day import FamilyDay

RENEWAL_LEAD_MONTHS = 1
"""A renewal is listed when the consent has so long to go."""
BIRTHDAY: Final = "birthday_"
"""Begins the key of a deadline whose title and day tell when somebody was born."""

_BIRTHDAYS = (
    # age, listed so many months ahead, what it changes
    (OWN_VIEW_AGE, 1, f"Et barn fylder {OWN_VIEW_AGE} år og bliver selv part i nogle sager"),
    (LETTER_AGE, 1, f"Et barn fylder {LETTER_AGE} år og får egen digital postkasse"),
    (SIGNING_AGE, 3, f"En ung fylder {SIGNING_AGE} år: eget samtykke og stilling til ungeplan"),
    (ADULT_AGE, 6, f"En ung fylder {ADULT_AGE} år: overgang til voksenområdet"),
)


def list_answers(day: FamilyDay) -> Iterator[Deadline]:
    """The friendly reminders while an answer is awaited."""
    family, config = day.family, day.config
    for member in day.consents.missing:
        handed_out = [line.form_given for line in family.consents if line.member == member and line.form_given]
        if not handed_out or day.consents.standing(member).answer is ConsentAnswer.REFUSED:
            continue
        asked = max(handed_out)
        reminded = sorted(
            line.date
            for line in family.deliveries
            if line.document == SAMTYKKE_PAAMINDELSE.name and member in line.to and line.date >= asked
        )
        for number, days in enumerate(config.deadlines.consent_reminders, start=1):
            yield set_deadline(
                config,
                f"consent_reminder_{number}:{member}",
                f"Mind om samtykket ({number}. gang)",
                asked + timedelta(days=days),
                done=reminded[number - 1] if number <= len(reminded) else None,
                kind=DeadlineKind.LOCAL,
                who=config.project_coordinator,
            )


def list_renewals(day: FamilyDay) -> Iterator[Deadline]:
    """When each consent must be renewed; with health information in it the law says so (sundhedsloven § 44)."""
    family, config, today = day.family, day.config, day.today
    who = day.contact.staff
    for member in day.consents.needed:
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
            kind=DeadlineKind.LAW if is_health else DeadlineKind.LOCAL,
            who=who,
        )


def list_birthdays(day: FamilyDay) -> Iterator[Deadline]:
    """Birthdays that change something, from some months ahead until the day. Nobody is late for one that is to come."""
    family, today = day.family, day.today
    who = day.contact.staff
    for key, person in family.members.items():
        for age, lead_months, title in _BIRTHDAYS:
            on = birthday(person.born, age)
            if person.is_child and today <= on <= months_later(today, lead_months):
                yield Deadline(
                    f"{BIRTHDAY}{age}:{key}", title, due=on, nominal=on, done=None, kind=DeadlineKind.LAW, who=who
                )
