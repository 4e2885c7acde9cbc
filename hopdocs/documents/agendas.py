"""The points of an agenda when neither the meeting nor the municipality names any, one list a meeting type.

The order follows the agreement's stance (samarbejdsaftale 2023, Principper): the family's words come first, the
professionals' after. Each list ends with when one meets again.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from hopdocs.documents.letterhead import person_name
from hopdocs.documents.views import AgendaLine
from hopdocs.model.meeting import AgendaPoint, MeetingType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family
    from hopdocs.model.meeting import Meeting

OWN_POINTS: Mapping[MeetingType, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        MeetingType.INTRODUKTIONSMØDE: (
            ("Velkomst og præsentation", 5),
            ("Kort om den helhedsorienterede plan", 10),
            ("Samtykkerne: hvad må vi dele, og hvad må vi ikke", 10),
            ("Hvem er om familien i dag", 10),
            ("Valg af den første tovholder", 5),
            ("Opgaver, og hvem der gør hvad", 10),
            ("Den familiefaglige undersøgelse: hver sin del", 5),
            ("Datoer for de næste møder", 5),
        ),
        MeetingType.FAGLIGT_FORMØDE: (
            ("Formål og tavshedspligt", 5),
            ("Runde: det ser vi fra hvert fagområde", 25),
            ("Det, der allerede er i gang", 15),
            ("Mønstre, styrker og det, vi ser forskelligt på", 15),
            ("Faglige spørgsmål, der skal afklares", 10),
            ("Børnenes deltagelse: hvem er med, og hvorfor", 10),
            ("Sådan holder vi familieplansmødet", 5),
            ("Hvordan gik formødet?", 5),
        ),
        MeetingType.FAMILIEPLANSMØDE: (
            ("Velkomst, rammer og præsentation", 10),
            ("Det vil familien gerne tale om", 15),
            ("Drømme og ønsker", 15),
            ("Det går godt, og det er svært", 15),
            ("Fælles mål", 20),
            ("Hvem gør hvad", 20),
            ("Familien vælger tovholder", 5),
            ("Opfølgning og næste møde", 5),
            ("Aftalerne gentages med familiens ord", 5),
            ("Hvordan var mødet?", 5),
        ),
        MeetingType.OPFØLGNINGSMØDE: (
            ("Siden sidst: familien begynder", 10),
            ("Målene ét for ét", 20),
            ("Nyt i hverdagen", 5),
            ("Ventetid og andet, der står i vejen", 5),
            ("Hvem gør hvad til næste gang", 10),
            ("Er tovholderen stadig den rette?", 5),
            ("Børnene til næste møde, og datoen", 5),
        ),
        MeetingType.AFSLUTNINGSMØDE: (
            ("Velkomst", 5),
            ("Det har vi nået: familien begynder", 15),
            ("Målene ét for ét", 15),
            ("Det lever videre, og hvem familien ringer til", 15),
            ("Det har vi lært af hinanden", 10),
        ),
        MeetingType.INTERVIEW: (("Samtale om, hvordan hjælpen hænger sammen", 0),),
    }
)
"""Each point with its minutes in a meeting of the usual length."""

LEAST_MINUTES: Final = 5
"""No point of ours is cut to less."""


def agenda_lines(family: Family, config: Config, meeting: Meeting) -> tuple[AgendaLine, ...]:
    """The meeting's own points, else the municipality's for its type, else ours, cut to the meeting's length."""
    points = meeting.agenda or _municipal_points(config, meeting.type)
    if points:
        return tuple(
            AgendaLine(
                number=number,
                point=line.point,
                minutes=line.minutes or 0,
                by=person_name(family, config, line.by) if line.by else "",
            )
            for number, line in enumerate(points, start=1)
        )
    return tuple(
        AgendaLine(number=number, point=point, minutes=minutes, by="")
        for number, (point, minutes) in enumerate(_own_points(meeting), start=1)
    )


def length_in_minutes(meeting: Meeting) -> int:
    """How long a meeting takes."""
    return 60 * (meeting.end.hour - meeting.start.hour) + meeting.end.minute - meeting.start.minute


def minutes_needed(meeting: Meeting) -> int:
    """What the meeting's own points take together; 0 if it names none, or none has minutes."""
    return sum(line.minutes or 0 for line in meeting.agenda)


def own_points_fit(config: Config, meeting: Meeting) -> bool:
    """Whether the meeting has time for our points, where they are the ones that it gets."""
    if meeting.agenda or _municipal_points(config, meeting.type):
        return True
    timed = sum(1 for _, minutes in OWN_POINTS[meeting.type] if minutes)
    return LEAST_MINUTES * timed <= length_in_minutes(meeting)


def _own_points(meeting: Meeting) -> tuple[tuple[str, int], ...]:
    """Our points; in a short meeting the long ones give way first, five minutes at a time, and keep their order.

    A meeting with no time for them has them without minutes: a plan that nobody can keep helps nobody.
    """
    points = OWN_POINTS[meeting.type]
    minutes = [each for _, each in points]
    while sum(minutes) > length_in_minutes(meeting):
        longest = max(range(len(minutes)), key=minutes.__getitem__)
        if minutes[longest] <= LEAST_MINUTES:
            return tuple((point, 0) for point, _ in points)
        minutes[longest] -= LEAST_MINUTES
    return tuple((point, each) for (point, _), each in zip(points, minutes, strict=True))


def _municipal_points(config: Config, kind: MeetingType) -> tuple[AgendaPoint, ...]:
    return tuple(AgendaPoint(point=text) for text in config.agendas.get(kind.value, ()))
