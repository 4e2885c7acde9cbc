"""Deadlines around meetings: from the first consent to the plan, and before and after each meeting."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hopdocs.deadlines.deadline import Deadline, DeadlineKind, set_deadline
from hopdocs.documents.kinds import table
from hopdocs.domain.consent import holders_of_custody
from hopdocs.domain.meetings import PLAN_MEETINGS
from hopdocs.domain.team import writers_by_area
from hopdocs.domain.working_days import working_days_after
from hopdocs.model.meeting import FAMILY_MEETINGS, MeetingType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.scalars.values import StaffId

PLAN_MEETING_WITHIN = timedelta(days=21)
"""How long after the formøde the family's own meeting comes at the latest."""


def list_all(day: FamilyDay) -> Iterator[Deadline]:
    """Every deadline that hangs on a meeting."""
    yield from _list_start(day)
    yield from _list_assessment(day)
    yield from _list_network(day)
    yield from _list_before(day)
    yield from _list_after(day)
    yield from _list_moves(day)


def _list_start(day: FamilyDay) -> Iterator[Deadline]:
    """The way from consent to plan: introduktionsmøde, then from formøde to familieplansmøde."""
    family, config = day.family, day.config
    signed = [
        line.given
        for line in family.consents
        if line.given is not None and line.member in (*day.consents.needed, *holders_of_custody(family))
    ]
    begun = day.held(MeetingType.INTRODUKTIONSMØDE, MeetingType.FAGLIGT_FORMØDE, *PLAN_MEETINGS)
    if signed and (not family.team or not begun):
        yield set_deadline(
            config,
            "team",
            "Familieteamet er sat",
            max(signed) + timedelta(days=config.deadlines.team),
            done=min((line.from_ for line in family.team), default=None),
            kind=DeadlineKind.LOCAL,
            who=config.project_coordinator,
        )
    first_signed = [given for given in signed if not begun or given <= begun[0].date]
    if first_signed:  # a form that is signed again later moves nothing that was done
        yield set_deadline(
            config,
            "introduction",
            "Introduktionsmøde i teamet",
            max(first_signed) + timedelta(days=config.deadlines.introduction),
            done=begun[0].date if begun else None,
            kind=DeadlineKind.LOCAL,
            who=config.project_coordinator,
        )
    formøder = day.held(MeetingType.FAGLIGT_FORMØDE)
    plan_meetings = day.held(MeetingType.FAMILIEPLANSMØDE)
    if formøder:
        yield set_deadline(
            config,
            "familieplan",
            "Familieplansmøde",
            formøder[0].date + PLAN_MEETING_WITHIN,
            done=plan_meetings[0].date if plan_meetings else None,
            kind=DeadlineKind.LOCAL,
            who=day.contact.staff,
        )


def _list_assessment(day: FamilyDay) -> Iterator[Deadline]:
    """Each area's part of the assessment is written by the formøde; once the plan is made nobody asks for it."""
    family, config = day.family, day.config
    formøder = [meeting for meeting in family.meetings if meeting.type is MeetingType.FAGLIGT_FORMØDE]
    counted = [meeting for meeting in formøder if meeting.status not in ("cancelled", "no_show")]
    if not counted:
        return
    due = min(meeting.date for meeting in counted)
    written = {part.area: part.date for part in family.assessment}
    is_planned_for = not day.held(MeetingType.FAMILIEPLANSMØDE)
    for area, staff in writers_by_area(family, config, due).items():
        if area in day.consents.signed_areas and (is_planned_for or area in written):
            yield set_deadline(
                config,
                f"assessment:{area}",
                f"Familiefaglig undersøgelse: delen fra {config.areas[area].name}",
                due,
                done=written.get(area),
                kind=DeadlineKind.AGREEMENT,
                who=staff,
            )


def _list_network(day: FamilyDay) -> Iterator[Deadline]:
    """The network is drawn together with the family before the plan is made (samarbejdsaftale 2023, Tovholder).

    No day is written down for it: once somebody stands in it, it is done.
    """
    plan_meetings = [meeting.date for meeting in day.planned(MeetingType.FAMILIEPLANSMØDE)]
    if plan_meetings and not day.family.network and not day.held(MeetingType.FAMILIEPLANSMØDE):
        yield set_deadline(
            day.config,
            "network",
            "Netværkskort sammen med familien",
            plan_meetings[0],
            done=None,
            kind=DeadlineKind.AGREEMENT,
            who=day.contact.staff,
        )


def _list_before(day: FamilyDay) -> Iterator[Deadline]:
    """The family has its papers in time, and an interpreter is booked before that."""
    family, config = day.family, day.config
    who = day.contact.staff
    for meeting in day.planned():
        if not day.family_invited(meeting):
            continue
        if day.needs_interpreter(meeting):
            yield set_deadline(
                config,
                f"interpreter:{meeting.id}",
                f"Tolk bestilt til {meeting.type.definite}",
                meeting.date - timedelta(days=config.deadlines.invitation_with_interpreter),
                done=meeting.interpreter.booked if meeting.interpreter is not None else None,
                kind=DeadlineKind.LOCAL,
                who=who,
            )
        yield from _list_call(day, meeting, who)
        for kind in table.KINDS:
            due = kind.handover.due(day, meeting) if kind.handover is not None else None
            if kind.handover is not None and due is not None:
                yield set_deadline(
                    config,
                    kind.handover.key_of(meeting.id),
                    f"{kind.handover.title} {meeting.type.definite}",
                    due,
                    done=_delivered(family, meeting, kind.name),
                    kind=DeadlineKind.LOCAL,
                    who=who,
                )


def _list_call(day: FamilyDay, meeting: Meeting, who: StaffId) -> Iterator[Deadline]:
    """The team is called by hopdocs as soon as a meeting is written: only one that somebody holds back can be late."""
    if meeting.notices is not None or day.family.notices is not None:
        yield set_deadline(
            day.config,
            f"team_call:{meeting.id}",
            f"Teamet er indkaldt til {meeting.type.definite} (mails holdes tilbage)",
            meeting.date - timedelta(days=day.config.deadlines.invitation_team),
            done=None,
            kind=DeadlineKind.LOCAL,
            who=who,
        )


def _list_after(day: FamilyDay) -> Iterator[Deadline]:
    """Minutes and plan reach the family within some working days; what came of a later meeting settles an older one."""
    config = day.config
    held = day.held(*FAMILY_MEETINGS)
    done: date | None = None
    found: list[Deadline] = []
    for meeting in reversed(held):
        days = [on for on in (_handed_over(day.family, meeting), done) if on is not None]
        done = min(days, default=None)
        found.append(
            set_deadline(
                config,
                f"minutes:{meeting.id}",
                f"Referat og plan fra {meeting.type.definite} er ude",
                working_days_after(meeting.date, config.deadlines.minutes, config),
                done=done,
                kind=DeadlineKind.LOCAL,
                who=day.contact.staff,
            )
        )
    yield from reversed(found)


def _handed_over(family: Family, meeting: Meeting) -> date | None:
    """The day on which somebody had what came of a meeting: its minutes, and the plan that was agreed on at the first.

    Where nobody wrote minutes, the plan says what came of it.
    """
    minutes = [_delivered(family, meeting, name) for name in table.names_of_minutes()]
    plans = table.names_of_plan_copies()
    plan = [line.date for line in family.deliveries if line.document in plans and line.date >= meeting.date]
    needed = []
    if meeting.minutes is not None:
        needed.append(min((on for on in minutes if on is not None), default=None))
    if meeting.minutes is None or meeting.type is MeetingType.FAMILIEPLANSMØDE:
        needed.append(min(plan, default=None))
    days = [on for on in needed if on is not None]
    return max(days) if len(days) == len(needed) else None


def _list_moves(day: FamilyDay) -> Iterator[Deadline]:
    """When a meeting is moved, the family hears it from a person the next working day: hopdocs never mails them."""
    config = day.config
    for meeting in day.planned():
        if not meeting.moved:
            continue
        move = meeting.moved[-1]
        told = [move.told.get(key) for key in day.family_invited(meeting)]
        yield set_deadline(
            config,
            f"told:{meeting.id}",
            f"Familien ved, at {meeting.type.definite} er flyttet",
            working_days_after(move.on, 1, config),
            done=max((on for on in told if on is not None), default=None) if None not in told else None,
            kind=DeadlineKind.LOCAL,
            who=day.contact.staff,
        )


def _delivered(family: Family, meeting: Meeting, document: str) -> date | None:
    days = [line.date for line in family.deliveries if line.meeting == meeting.id and line.document == document]
    return min(days, default=None)
