"""All rules, and from which states on each applies. A new rule is a function in such a module and a line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hopdocs.domain.state import BEFORE_CONSENT, ENDED, RUNNING, State
from hopdocs.rules import (
    agendas,
    attendance,
    closing,
    consent,
    deadlines,
    indicators,
    law,
    measurements,
    meetings,
    plan,
    post,
    readability,
)
from hopdocs.rules.people import children, interpreters, named_people, target_group, team, tovholder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hopdocs.diagnostics import Finding
    from hopdocs.domain.family_day import FamilyDay


@dataclass(frozen=True, slots=True)
class Rule:
    """One question about a family, and the states in which it is asked."""

    check: Callable[[FamilyDay], Iterator[Finding]]
    states: frozenset[State]


_ALWAYS = frozenset(State)
_NOT_ENDED = BEFORE_CONSENT | RUNNING
_WITH_PAPERS = frozenset(State) - BEFORE_CONSENT - {State.SAMTYKKE_TRUKKET, State.SAMTYKKE_AFSLAAET}
_STARTED = RUNNING - {State.SAMTYKKE_GIVET}

RULES: tuple[Rule, ...] = (
    Rule(consent.check_custody, _NOT_ENDED),
    Rule(consent.check_missing, _NOT_ENDED),
    Rule(consent.check_dates, _ALWAYS),
    Rule(consent.check_areas, _ALWAYS),
    Rule(consent.check_narrower_form, RUNNING),
    Rule(consent.check_signers, _ALWAYS),
    Rule(consent.check_expiry, _NOT_ENDED),
    Rule(consent.check_sixteenth_birthday, RUNNING),
    Rule(consent.check_activities, RUNNING),
    Rule(law.check_consent_to_replace, RUNNING),
    Rule(consent.check_after_withdrawal, frozenset({State.SAMTYKKE_TRUKKET, State.SAMTYKKE_AFSLAAET})),
    Rule(target_group.check_areas_with_cases, _NOT_ENDED),
    Rule(target_group.check_parent_has_case, _NOT_ENDED),
    Rule(target_group.check_criteria, RUNNING),
    Rule(tovholder.check_one_at_a_time, _ALWAYS),
    Rule(tovholder.check_authority, _ALWAYS),
    Rule(tovholder.check_on_team, _ALWAYS),
    Rule(tovholder.check_there_is_one, _STARTED),
    Rule(tovholder.check_shifts, RUNNING),
    Rule(tovholder.check_substitute, RUNNING),
    Rule(team.check_breadth, RUNNING),
    Rule(team.check_areas_have_consent, RUNNING),
    Rule(team.check_still_employed, RUNNING),
    Rule(team.check_twice_on_team, RUNNING),
    Rule(meetings.check_days, _NOT_ENDED),
    Rule(meetings.check_hours, _NOT_ENDED),
    Rule(meetings.check_status, _ALWAYS),
    Rule(meetings.check_order, _NOT_ENDED),
    Rule(meetings.check_time_to_prepare, RUNNING),
    Rule(meetings.check_family_came, RUNNING),
    Rule(meetings.check_family_points, RUNNING),
    Rule(meetings.check_family_free_meetings, _NOT_ENDED),
    Rule(meetings.check_invited, RUNNING),
    Rule(meetings.check_stand_ins_have_consent, RUNNING),
    Rule(meetings.check_before_consent, RUNNING),
    Rule(agendas.check_time_for_agenda, RUNNING),
    Rule(attendance.check_absences, RUNNING),
    Rule(children.check_births, _ALWAYS),
    Rule(children.check_generations, _ALWAYS),
    Rule(children.check_participation, RUNNING),
    Rule(named_people.check_names, RUNNING),
    Rule(named_people.check_attendance, RUNNING),
    Rule(named_people.check_agreements, RUNNING),
    Rule(named_people.check_points_of_health, RUNNING),
    Rule(interpreters.check_booked, RUNNING),
    Rule(interpreters.check_outsider, _NOT_ENDED),
    Rule(interpreters.check_language, RUNNING),
    Rule(plan.check_has_content, _STARTED),
    Rule(plan.check_goals, RUNNING),
    Rule(plan.check_progress, _ALWAYS),
    Rule(plan.check_rhythm, RUNNING),
    Rule(plan.check_own_area_sees, RUNNING),
    Rule(plan.check_indicators, _ALWAYS),
    Rule(plan.check_activities, _ALWAYS),
    Rule(plan.check_load, RUNNING),
    Rule(plan.check_times, RUNNING),
    Rule(plan.check_law, RUNNING),
    Rule(plan.check_jobs, RUNNING),
    Rule(plan.check_replaced_plans, RUNNING),
    Rule(closing.check_order, _ALWAYS),
    Rule(closing.check_activities, RUNNING | ENDED),
    Rule(closing.check_meetings, _ALWAYS),
    Rule(closing.check_case_number, RUNNING | {State.AFSLUTTET}),
    Rule(deadlines.check_follow_up, frozenset({State.AKTIV})),
    Rule(deadlines.check_ended_activities, frozenset({State.AKTIV})),
    Rule(deadlines.check_waiting_times, RUNNING),
    Rule(measurements.check_baseline, _STARTED),
    Rule(measurements.check_draws, _STARTED),
    Rule(measurements.check_costs, _ALWAYS),
    Rule(indicators.check_values, _ALWAYS),
    Rule(indicators.check_subjects, _ALWAYS),
    Rule(indicators.check_months, _ALWAYS),
    Rule(post.check_digital_post, _ALWAYS),
    Rule(post.check_mail_addresses, RUNNING),
    Rule(post.check_annexes, _NOT_ENDED),
    Rule(post.check_delivered_documents, _ALWAYS),
    Rule(post.check_protected_home, _NOT_ENDED),
    Rule(post.check_known_home, _ALWAYS),
    Rule(post.check_protected_address, _ALWAYS),
    Rule(readability.check_reasons, _WITH_PAPERS),
    Rule(readability.check_childrens_reasons, RUNNING),
    Rule(readability.check_texts, RUNNING),
    Rule(readability.check_words, RUNNING),
)


def check_family(day: FamilyDay) -> list[Finding]:
    """Everything the rules have to say about one family on one day, in the order of the table."""
    return [finding for rule in RULES if day.state in rule.states for finding in rule.check(day)]
