"""Who comes to the next meeting, for the page and the terminal. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hopdocs.model.meeting_answers import MeetingAnswer, answer_of

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting
    from hopdocs.model.meeting_answers import CurrentAnswers


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What one of those who are invited by mail has answered. `who` is a key of the staff, or a guest's address."""

    who: str
    name: str
    answer: MeetingAnswer

    def as_json(self) -> dict[str, Any]:
        """The shape that programs read."""
        return {"who": self.who, "answer": self.answer.value}


def meeting_answers(day: FamilyDay, meeting: Meeting | None, current_answers: CurrentAnswers) -> tuple[AnswerLine, ...]:
    """Everybody who gets a calendar invitation to a meeting, with the answer; nothing if no answers are read."""
    staff, mail = day.config.staff, day.config.mail
    if meeting is None or mail is None or not (mail.answers or meeting.id in current_answers):
        return ()
    people = [(str(key), staff[key].name, staff[key].email) for key in day.invited_staff(meeting) if key in staff]
    people += [
        (guest.email, guest.name, guest.email)
        for guest in meeting.guests
        if guest.email is not None and mail.allows(guest.email)
    ]
    return tuple(AnswerLine(who, name, answer_of(current_answers, meeting.id, email)) for who, name, email in people)
