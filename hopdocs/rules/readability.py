"""Are the texts that people write fit for the family's papers: plain enough to be read alone, and telling of nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.domain.delicate_reasons import (
    Delicacy,
    delicacy_of,
    first_named,
    speaks_of_consent,
    withdrawal_near,
    written_reasons,
)
from hopdocs.domain.readability import LONG_SENTENCE_WORDS, find_office_words, measure_readability
from hopdocs.model.scalars.reasons import told_reason
from hopdocs.rules.context import advise, warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath, Finding
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.entry import Entry


ENOUGH_WORDS = 30
"""A shorter text says little by its LIX: one compound word decides it."""

_GOAL_TEXTS = ("need", "goal", "sign")
_POINT_TEXTS = ("text", "agreed")


def check_texts(day: FamilyDay) -> Iterator[Finding]:
    """Each text written by a professional that a family reads; the family's own words are theirs."""
    settings = day.config.documents
    limit, most = settings.readability_advice, settings.readability_limit
    for at, text in _texts(day):
        measured = measure_readability(text)
        lix = measured.lix if measured.words >= ENOUGH_WORDS else 0
        if lix > most:
            yield warn("HD674", at, lix=str(measured.lix), limit=str(most))
        elif lix > limit or measured.longest_sentence > LONG_SENTENCE_WORDS:
            yield advise("HD207", at, lix=str(measured.lix), longest=str(measured.longest_sentence), limit=str(limit))


def check_words(day: FamilyDay) -> Iterator[Finding]:
    """The words of the office in those texts, each with one that the family would use."""
    for at, text in _texts(day):
        found = find_office_words(text)
        if found:
            yield advise("HD602", at, words=", ".join(f"{word} ({plain})" for word, plain in found))


def check_reasons(day: FamilyDay) -> Iterator[Finding]:
    """A reason that speaks of consent, names somebody or explains a withdrawal is for the tovholder alone."""
    for line in written_reasons(day.family):
        if line.reason is None or told_reason(line.reason, line.told_as) is not None:
            continue
        match delicacy_of(day.family, line.reason, line.day):
            case Delicacy.CONSENT:
                yield warn("HD577", line.at)
            case Delicacy.NAMES:
                yield warn("HD578", line.at, member=first_named(day.family, line.reason, day.family.members) or "")
            case Delicacy.WITHDRAWAL if line.day is not None:
                yield warn("HD579", line.at, date=str(withdrawal_near(day.family, line.day)))


def check_childrens_reasons(day: FamilyDay) -> Iterator[Finding]:
    """Why a child comes or not goes to everybody with custody, in both homes: it speaks of that child alone."""
    for index, meeting in enumerate(day.family.meetings):
        is_told = day.is_planned(meeting) or meeting.minutes is not None
        for child, entry in meeting.children.items() if is_told else ():
            others = [key for key in day.family.members if key != child]
            reason = entry.reason or ""
            if first_named(day.family, reason, others) is not None or speaks_of_consent(reason):
                at: DataPath = ("meetings", index, "children", child, "reason")
                yield warn("HD586", at, child=child)


def _texts(day: FamilyDay) -> Iterator[tuple[DataPath, str]]:
    family, plan = day.family, day.family.plan
    for index, meeting in enumerate(family.meetings):
        at: DataPath = ("meetings", index)
        yield from _written(meeting, at, ("message", "reason"))
        for child, entry in meeting.children.items():
            yield from _written(entry, (*at, "children", child), ("reason",))
        for number, point in enumerate(meeting.minutes.points if meeting.minutes is not None else ()):
            yield from _written(point, (*at, "minutes", "points", number), _POINT_TEXTS)
    if plan is not None:
        yield from _written(plan, ("plan",), ("shared_goal",))
        for index, goal in enumerate(plan.goals):
            yield from _written(goal, ("plan", "goals", index), _GOAL_TEXTS)
        for index, activity in enumerate(plan.activities):
            yield from _written(activity, ("plan", "activities", index), ("what",))


def _written(entry: Entry, at: DataPath, keys: tuple[str, ...]) -> Iterator[tuple[DataPath, str]]:
    for key in keys:
        text: str | None = getattr(entry, key)
        if text is not None:
            yield (*at, key), text
