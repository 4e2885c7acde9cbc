"""The skeleton of a meeting's minutes, written under the meeting in the family's file: lines are added, none changed.

What is known is filled in: who takes the minutes, the points of the family and of the agenda, who was asked and who
sent word. What was said stands open, with its keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.cli.drafts import scalar
from hopdocs.cli.family_edit import NoPlaceForIt, insert_lines, lines_of
from hopdocs.cli.family_edit.entries import end_of_mapping
from hopdocs.documents.agendas import agenda_lines
from hopdocs.domain.tovholder import tovholder_of
from hopdocs.model.meeting_answers import MeetingAnswer, answer_of

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.meeting_answers import CurrentAnswers
    from hopdocs.sources.yaml.yaml_text import ParsedYaml, Tree

_OPEN_KEYS: Final = ("text", "agreed", "who", "due")


class MinutesExist(Exception):
    """The meeting has minutes already."""


@dataclass(frozen=True, slots=True)
class NewMinutes:
    """What the skeleton of one meeting's minutes is filled with."""

    index: int
    """The meeting's place in the file's list."""
    was_held: bool
    """Whether the meeting's status is to be written too."""
    by: str
    asked: tuple[str, ...]
    """Keys of everybody who was asked."""
    excused: tuple[str, ...]
    points: tuple[tuple[str, tuple[str, ...]], ...]
    """Each with those it is kept to, if it is."""


def plan_minutes(day: FamilyDay, meeting: Meeting, current_answers: CurrentAnswers) -> NewMinutes:
    """What is known of a meeting before anything is written of it."""
    config, staff = day.config, day.invited_staff(meeting)
    declined = tuple(
        str(key)
        for key in staff
        if key in config.staff
        and answer_of(current_answers, meeting.id, config.staff[key].email) is MeetingAnswer.DECLINED
    )
    agenda = tuple((line.point, ()) for line in agenda_lines(day.family, config, meeting))
    return NewMinutes(
        index=day.family.meetings.index(meeting),
        was_held=meeting.status is None and meeting.date <= day.today,
        by=tovholder_of(day.family, meeting.date) or "",
        asked=(*map(str, day.family_invited(meeting)), *map(str, staff)),
        excused=declined,
        points=(*((line.point, line.visible_to or ()) for line in meeting.family_points), *agenda),
    )


def add_minutes(text: str, source: ParsedYaml, minutes: NewMinutes) -> str:
    """`text` with the skeleton at the end of its meeting; every other character stays as it is."""
    meetings = source.tree["meetings"]
    entry = meetings[minutes.index] if isinstance(meetings, list) else None
    if not isinstance(entry, dict):
        raise NoPlaceForIt
    if entry.get("minutes"):
        raise MinutesExist
    lines = lines_of(text)
    start = source.position(("meetings", minutes.index), on_key=False).line - 1
    lead = re.match(r"(\s*-\s+)[a-z_]+:(\s|$)", lines[start])
    if lead is None:
        raise NoPlaceForIt
    indent = " " * len(lead[1])
    if "minutes" in entry:
        at = source.position(("meetings", minutes.index, "minutes"), on_key=True).line
        if re.fullmatch(r"\s*minutes:\s*(#.*)?", lines[at - 1]) is None:
            raise NoPlaceForIt
        draft = _draft_minutes(minutes)[1:]
    else:
        at = end_of_mapping(lines, start, len(indent))
        draft = [*_draft_attendance(minutes, entry), *_draft_minutes(minutes)]
    return insert_lines(text, at, [indent + line for line in draft])


def _draft_attendance(minutes: NewMinutes, entry: dict[str, Tree]) -> list[str]:
    lines = ["status: held"] if minutes.was_held and "status" not in entry else []
    if "attendance" in entry:
        return lines
    return [
        *lines,
        f"attendance:              # indkaldt: {', '.join(minutes.asked)}",
        "  absent:                # kom ikke, uden afbud",
        "  excused:               # meldte afbud",
        *(f"    - {key}" for key in minutes.excused),
    ]


def _draft_minutes(minutes: NewMinutes) -> list[str]:
    lines = ["minutes:", f"  by: {minutes.by}".rstrip(), "  approved:              # indtil da er referatet et udkast"]
    lines.append("  points:")
    for point, kept_to in minutes.points:
        lines += [f"    - point: {scalar(point)}", *(f"      {key}:" for key in _OPEN_KEYS)]
        lines += ["      visible_to:", *(f"        - {key}" for key in kept_to)] if kept_to else []
    return [*lines, "  family_remarks:", "  internal:              # kun for fagpersoner"]
