"""Personal data in what people write themselves into a meeting's calls, said where it stands.

The last look at a mail finds it too, but only once the mail is made, and to somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.model.scalars.places import locate
from hopdocs.notices.mail.privacy import scan_text
from hopdocs.notices.planning.invitations import private_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.diagnostics import DataPath
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.meeting import Meeting


def find_personal_data(day: FamilyDay) -> Iterator[Finding]:
    """HD479 where a call to a meeting could not leave, HD480 where a name only might be the family's."""
    written = [
        (at, text)
        for index, meeting in enumerate(day.family.meetings)
        if day.is_planned(meeting)
        for at, text in _free_texts(day, meeting, index)
    ]
    if not written:
        return
    words = private_words(day.family, day.config)
    for at, text in written:
        leaks = scan_text(text, words)
        if any(leak.blocks for leak in leaks):
            yield Finding("HD479", at, {}, Severity.ERROR, Blocks.NOTICES)
        elif leaks:
            yield Finding("HD480", at, {}, Severity.WARNING, Blocks.NOTHING)


def _free_texts(day: FamilyDay, meeting: Meeting, index: int) -> Iterator[tuple[DataPath, str]]:
    """The texts that stand in the mail as they were written: where it is, and who comes from outside."""
    location = locate(meeting.place, day.config.places)
    if location.host is None and location.room is None:
        yield ("meetings", index, "place"), location.text
    for number, guest in enumerate(meeting.guests):
        if guest.email is not None:
            yield ("meetings", index, "guests", number, "name"), guest.name
