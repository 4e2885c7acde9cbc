"""Is every consent there, dated right, and wide enough (samarbejdsaftale 2023, Samtykke)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks
from hopdocs.domain.calendar import birthday
from hopdocs.domain.consent import (
    SIGNING_AGE,
    Answer,
    Gate,
    holders_of_custody,
    is_own_word,
    lapsed_areas,
    last_day,
    missing_consents,
    shared_areas,
    standing_of,
)
from hopdocs.domain.meetings import is_planned
from hopdocs.rules.context import error, in_words, warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.model.consent import Consent
    from hopdocs.model.family import Family
    from hopdocs.model.values import AreaCode, MemberKey
    from hopdocs.rules.context import Course

NOTICE_DAYS = 30
"""How long before time takes something away it becomes a task."""


def check_custody(course: Course) -> Iterator[Finding]:
    """Somebody must be able to say yes for the children; without that the gate could never open."""
    if not holders_of_custody(course.family):
        yield error("HD201", ("members",), blocks=Blocks.DOCUMENTS, missing=True)


def check_missing(course: Course) -> Iterator[Finding]:
    """Everyone with custody, and every youth of 16, has said yes.

    A family that only waits for its answers is as it should be: a warning. It is an error once the file asks for
    more than the information letter and the consent form.
    """
    asks_for_more = bool(
        course.family.team
        or course.family.plan
        or any(is_planned(meeting, course.today) for meeting in course.family.meetings)
    )
    for member in missing_consents(course.family, course.today):
        at = _where_to_write(course.family, member)
        code = "HD204" if course.family.members[member].is_child else "HD202"
        if course.gate is Gate.LAPSED or not asks_for_more:
            yield warn(code, at, missing=True, member=member)
        else:
            yield error(code, at, blocks=Blocks.DOCUMENTS, missing=True, member=member)


def _where_to_write(family: Family, member: MemberKey) -> DataPath:
    lines = [index for index, line in enumerate(family.consents) if line.member == member]
    return ("consents", lines[-1], "given") if lines else ("consents",)


def check_dates(course: Course) -> Iterator[Finding]:
    """A signature comes after the information and the form, and not from the future."""
    for index, line in enumerate(course.family.consents):
        at: DataPath = ("consents", index)
        yield from _check_signature_day(course, line, at)
        if line.given is not None and line.refused == line.given:
            yield error("HD208", (*at, "refused"), blocks=Blocks.DOCUMENTS, member=line.member)
        if line.given is None and line.refused is None and line.form_given is None:
            yield warn("HD210", (*at, "form_given"), missing=True, member=line.member)


def _check_signature_day(course: Course, line: Consent, at: DataPath) -> Iterator[Finding]:
    if line.given is None:
        return
    informed = course.family.information_given
    if line.given > course.today:
        yield error("HD205", (*at, "given"), blocks=Blocks.DOCUMENTS, date=line.given.isoformat())
    if informed is not None and line.given < informed:
        yield error(
            "HD206", (*at, "given"), blocks=Blocks.DOCUMENTS, date=informed.isoformat(), key="information_given"
        )
    if line.form_given is not None and line.given < line.form_given:
        yield error(
            "HD206", (*at, "given"), blocks=Blocks.DOCUMENTS, date=line.form_given.isoformat(), key="form_given"
        )


def check_areas(course: Course) -> Iterator[Finding]:
    """A yes names the areas that may share, and only what was given can be taken back."""
    for index, line in enumerate(course.family.consents):
        at: DataPath = ("consents", index)
        if line.given is not None and not line.areas:
            yield error("HD209", (*at, "areas"), blocks=Blocks.DOCUMENTS, missing=True, member=line.member)
        for number, withdrawal in enumerate(line.withdrawn):
            place: DataPath = (*at, "withdrawn", number)
            if line.given is not None and withdrawal.date < line.given:
                yield error("HD211", (*place, "date"), blocks=Blocks.DOCUMENTS, date=line.given.isoformat())
            elif withdrawal.date > course.today:
                yield warn("HD212", (*place, "date"), date=withdrawal.date.isoformat())
            unknown = [area for area in withdrawal.areas or () if area not in line.areas]
            if unknown:
                yield warn("HD213", (*place, "areas"), member=line.member, areas=in_words(unknown))


def check_narrower_form(course: Course) -> Iterator[Finding]:
    """A newer form with fewer areas than the one before takes the rest away; say so, it is easily a slip."""
    signed = [
        (line.given, index, line)
        for index, line in enumerate(course.family.consents)
        if line.given is not None and line.given <= course.today
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


def check_signers(course: Course) -> Iterator[Finding]:
    """Children under 16 do not sign; their parents do."""
    for index, line in enumerate(course.family.consents):
        if not is_own_word(course.family, line):
            yield warn("HD215", ("consents", index, "member"), member=line.member)


def check_expiry(course: Course) -> Iterator[Finding]:
    """Consents that have expired, or soon will. Nothing is taken away by this alone; nothing new is made."""
    soon = course.today + timedelta(days=NOTICE_DAYS)
    for member in course.family.members:
        standing = standing_of(course.family, member, course.today)
        if standing.answer not in (Answer.GIVEN, Answer.EXPIRED):
            continue
        index, end = _current_line(course, member)
        at: DataPath = ("consents", index, "until" if course.family.consents[index].until else "given")
        health = [area for area in sorted(standing.lapsed) if course.config.is_health(area)]
        if health:
            yield error("HD216", at, member=member, date=end.isoformat(), areas=in_words(health))
        elif standing.lapsed:
            yield warn("HD217", at, member=member, date=end.isoformat())
        elif end <= soon:
            yield warn("HD218", at, member=member, date=end.isoformat())


def _current_line(course: Course, member: MemberKey) -> tuple[int, date]:
    """The newest signed line of a member, and its last day."""
    found = [
        (line.given, index, end)
        for index, line in enumerate(course.family.consents)
        if line.member == member
        and line.given is not None
        and line.given <= course.today
        and (end := last_day(line)) is not None
    ]
    _, index, end = max(found)
    return index, end


def check_sixteenth_birthday(course: Course) -> Iterator[Finding]:
    """A child who soon signs for herself is asked in good time."""
    for key, person in course.family.members.items():
        day = birthday(person.born, SIGNING_AGE)
        is_soon = course.today < day <= course.today + timedelta(days=NOTICE_DAYS)
        if person.is_child and is_soon and standing_of(course.family, key, day).answer is Answer.NONE:
            yield warn("HD222", ("members", key, "born"), member=key, date=day.isoformat())


def check_activities(course: Course) -> Iterator[Finding]:
    """No activity in an area that the person it is for has never let share.

    An area that was taken back later is no fault: its activities leave the copies of everybody else, and the
    file is asked what becomes of them.
    """
    plan = course.family.plan
    for index, activity in enumerate(plan.activities if plan is not None else ()):
        at: DataPath = ("plan", "activities", index)
        is_over = activity.last_day is not None and activity.last_day < course.today
        for member in activity.for_:
            if member not in course.family.members:
                continue
            if activity.area not in _areas_ever_signed(course.family, member, course):
                yield error(
                    "HD219",
                    (*at, "area"),
                    blocks=Blocks.DOCUMENTS,
                    area=activity.area,
                    member=member,
                    activity=activity.id,
                )
            elif not is_over and activity.area not in _areas_now(course, member) and activity.continues_in is None:
                yield warn("HD220", (*at, "area"), area=activity.area, member=member, activity=activity.id)


def _areas_now(course: Course, member: MemberKey) -> frozenset[AreaCode]:
    return shared_areas(course.family, member, course.today) | lapsed_areas(course.family, member, course.today)


def _areas_ever_signed(family: Family, member: MemberKey, course: Course) -> frozenset[AreaCode]:
    """What has been signed for about a person at any time, taken back or not."""

    def signed_by(signer: MemberKey) -> frozenset[AreaCode]:
        return frozenset(
            area
            for line in family.consents
            if line.member == signer
            and line.given is not None
            and line.given <= course.today
            and is_own_word(family, line)
            for area in line.areas
        )

    own = signed_by(member)
    if not family.members[member].is_child or (own and family.members[member].age_on(course.today) >= SIGNING_AGE):
        return own
    parents = [signed_by(parent) for parent in holders_of_custody(family)]
    return frozenset.intersection(*parents) if parents else frozenset()


def check_after_withdrawal(course: Course) -> Iterator[Finding]:
    """A course that has stopped has no meeting to come."""
    for index, meeting in enumerate(course.family.meetings):
        if is_planned(meeting, course.today):
            yield warn("HD221", ("meetings", index, "status"), missing=meeting.status is None, meeting=meeting.id)
