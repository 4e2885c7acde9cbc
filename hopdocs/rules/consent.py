"""Is every consent there, dated right, and wide enough (samarbejdsaftale 2023, Samtykke)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.ages import SIGNING_AGE
from hopdocs.domain.calendar import birthday
from hopdocs.domain.consent import (
    ConsentAnswer,
    Gate,
    holders_of_custody,
    is_own_word,
    last_day,
)
from hopdocs.domain.state import State
from hopdocs.model.consent import Consent
from hopdocs.rules.context import error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.scalars.values import AreaCode, MemberKey

NOTICE_DAYS = 30
"""How long before time takes something away it becomes a task."""


def check_custody(day: FamilyDay) -> Iterator[Finding]:
    """Somebody must be able to say yes for the children; without that the gate could never open."""
    if not holders_of_custody(day.family):
        yield error("HD201", ("members",), blocks=Blocks.DOCUMENTS, missing=True)


def check_missing(day: FamilyDay) -> Iterator[Finding]:
    """Everyone with custody, and every youth of 16, has said yes.

    A family that only waits for its answers is as it should be: a warning. It is an error once the file asks for
    more than the information letter and the consent form. Before anybody has been asked it is nothing at all.
    """
    asks_for_more = bool(
        day.family.team or day.family.plan or any(day.is_planned(meeting) for meeting in day.family.meetings)
    )
    if day.state is State.HENVENDT and not asks_for_more:
        return
    for member in day.consents.missing:
        at = _where_to_write(day.family, member)
        code = "HD204" if day.family.members[member].is_child else "HD202"
        if day.gate is Gate.LAPSED or not asks_for_more:
            yield warn(code, at, missing=True, member=member)
        else:
            yield error(code, at, blocks=Blocks.DOCUMENTS, missing=True, member=member)


def _where_to_write(family: Family, member: MemberKey) -> DataPath:
    lines = [index for index, line in enumerate(family.consents) if line.member == member]
    return ("consents", lines[-1], "given") if lines else ("consents",)


def check_dates(day: FamilyDay) -> Iterator[Finding]:
    """A signature comes after the information and the form, and not from the future."""
    for index, line in enumerate(day.family.consents):
        at: DataPath = ("consents", index)
        yield from _check_signature_day(day, line, at)
        if line.given is not None and line.refused == line.given:
            yield error("HD208", (*at, "refused"), blocks=Blocks.DOCUMENTS, member=line.member)
        says_nothing = line.given is None and line.refused is None and line.form_given is None
        is_laid_ready = day.state is State.HENVENDT and line == Consent(member=line.member)
        if says_nothing and not is_laid_ready:
            yield warn("HD210", (*at, "form_given"), missing=True, member=line.member)


def _check_signature_day(day: FamilyDay, line: Consent, at: DataPath) -> Iterator[Finding]:
    if line.given is None:
        return
    informed = day.family.information_given
    if line.given > day.today:
        yield error("HD205", (*at, "given"), blocks=Blocks.DOCUMENTS, date=line.given.isoformat())
    if informed is not None and line.given < informed:
        yield error(
            "HD206", (*at, "given"), blocks=Blocks.DOCUMENTS, date=informed.isoformat(), key="information_given"
        )
    if line.form_given is not None and line.given < line.form_given:
        yield error(
            "HD206", (*at, "given"), blocks=Blocks.DOCUMENTS, date=line.form_given.isoformat(), key="form_given"
        )


def check_areas(day: FamilyDay) -> Iterator[Finding]:
    """A yes names the areas that may share, and only what was given can be taken back."""
    for index, line in enumerate(day.family.consents):
        at: DataPath = ("consents", index)
        if line.given is not None and not line.areas:
            yield error("HD209", (*at, "areas"), blocks=Blocks.DOCUMENTS, missing=True, member=line.member)
        for number, withdrawal in enumerate(line.withdrawn):
            place: DataPath = (*at, "withdrawn", number)
            if line.given is not None and withdrawal.date < line.given:
                yield error("HD211", (*place, "date"), blocks=Blocks.DOCUMENTS, date=line.given.isoformat())
            elif withdrawal.date > day.today:
                yield warn("HD212", (*place, "date"), date=withdrawal.date.isoformat())
            unknown = [area for area in withdrawal.areas or () if area not in line.areas]
            if unknown:
                yield warn("HD213", (*place, "areas"), member=line.member, areas=in_words(unknown))


def check_narrower_form(day: FamilyDay) -> Iterator[Finding]:
    """A newer form with fewer areas than the one before takes the rest away; say so, it is easily a slip."""
    signed = [
        (line.given, index, line)
        for index, line in enumerate(day.family.consents)
        if line.given is not None and line.given <= day.today
    ]
    newest: dict[MemberKey, Consent] = {}
    for given, index, line in sorted(signed, key=lambda item: item[:2]):  # whichever way round the file has them
        before = newest.get(line.member)
        if before is not None and before.given != given:
            dropped = [area for area in before.areas if area not in line.areas and not _was_withdrawn(before, area)]
            if dropped:
                yield warn("HD214", ("consents", index, "areas"), member=line.member, areas=in_words(dropped))
        newest[line.member] = line


def _was_withdrawn(line: Consent, area: AreaCode) -> bool:
    return any(item.areas is None or area in item.areas for item in line.withdrawn)


def check_signers(day: FamilyDay) -> Iterator[Finding]:
    """Children under 16 do not sign; their parents do."""
    for index, line in enumerate(day.family.consents):
        if not is_own_word(day.family, line):
            yield warn("HD215", ("consents", index, "member"), member=line.member)


def check_expiry(day: FamilyDay) -> Iterator[Finding]:
    """Consents that have expired, or soon will. Nothing is taken away by this alone; nothing new is made."""
    soon = day.today + timedelta(days=NOTICE_DAYS)
    for member in day.family.members:
        standing = day.consents.standing(member)
        if standing.answer not in (ConsentAnswer.GIVEN, ConsentAnswer.EXPIRED):
            continue
        index, end = _current_line(day, member)
        at: DataPath = ("consents", index, "until" if day.family.consents[index].until else "given")
        health = [area for area in sorted(standing.lapsed) if day.config.is_health(area)]
        if health:
            yield error("HD216", at, member=member, date=end.isoformat(), areas=in_words(health))
        elif standing.lapsed:
            yield warn("HD217", at, member=member, date=end.isoformat())
        elif end <= soon:
            yield warn("HD218", at, member=member, date=end.isoformat())


def _current_line(day: FamilyDay, member: MemberKey) -> tuple[int, date]:
    """The newest signed line of a member, and its last day."""
    found = [
        (line.given, index, end)
        for index, line in enumerate(day.family.consents)
        if line.member == member
        and line.given is not None
        and line.given <= day.today
        and (end := last_day(line)) is not None
    ]
    _, index, end = max(found)
    return index, end


def check_sixteenth_birthday(day: FamilyDay) -> Iterator[Finding]:
    """A child who soon signs for herself is asked in good time."""
    for key, person in day.family.members.items():
        sixteenth = birthday(person.born, SIGNING_AGE)
        is_soon = day.today < sixteenth <= day.today + timedelta(days=NOTICE_DAYS)
        if person.is_child and is_soon and day.consents_on(sixteenth).standing(key).answer is ConsentAnswer.NONE:
            yield warn("HD222", ("members", key, "born"), member=key, date=sixteenth.isoformat())


def check_activities(day: FamilyDay) -> Iterator[Finding]:
    """No activity in an area that the person it is for has never let share.

    An area that was taken back later is no fault: its activities leave the copies of everybody else, and the
    file is asked what becomes of them.
    """
    plan = day.family.plan
    for index, activity in enumerate(plan.activities if plan is not None else ()):
        at: DataPath = ("plan", "activities", index)
        is_over = activity.last_day is not None and activity.last_day < day.today
        for member in activity.for_:
            if member not in day.family.members:
                continue
            if activity.area not in _areas_ever_signed(day, member):
                yield error(
                    "HD219",
                    (*at, "area"),
                    blocks=Blocks.DOCUMENTS,
                    area=activity.area,
                    member=member,
                    activity=activity.id,
                )
            elif not is_over and activity.area not in _areas_now(day, member) and activity.continues_in is None:
                yield warn("HD220", (*at, "area"), area=activity.area, member=member, activity=activity.id)


def _areas_now(day: FamilyDay, member: MemberKey) -> frozenset[AreaCode]:
    return day.consents.shared_areas(member) | day.consents.lapsed_areas(member)


def _areas_ever_signed(day: FamilyDay, member: MemberKey) -> frozenset[AreaCode]:
    """What has been signed for about a person at any time, taken back or not."""
    family = day.family

    def signed_by(signer: MemberKey) -> frozenset[AreaCode]:
        return frozenset(
            area
            for line in family.consents
            if line.member == signer
            and line.given is not None
            and line.given <= day.today
            and is_own_word(family, line)
            for area in line.areas
        )

    own = signed_by(member)
    if not family.members[member].is_child or (own and family.members[member].age_on(day.today) >= SIGNING_AGE):
        return own
    parents = [signed_by(parent) for parent in holders_of_custody(family)]
    return frozenset.intersection(*parents) if parents else frozenset()


def check_after_withdrawal(day: FamilyDay) -> Iterator[Finding]:
    """A course that has stopped has no meeting to come."""
    for index, meeting in enumerate(day.family.meetings):
        if day.is_planned(meeting):
            yield warn("HD221", ("meetings", index, "status"), missing=meeting.status is None, meeting=meeting.id)
