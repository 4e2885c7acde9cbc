"""The three groups that meet about the work itself, who sits in each, and what each talks about by default.

Nobody of any family is there, and no family is named (samarbejdsaftale 2023, Organisering).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hopdocs.danish import first_name
from hopdocs.documents.kinds.project.views import ProjectMeetingView, ProjectPerson
from hopdocs.model.meeting import MeetingStatus
from hopdocs.model.scalars.places import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from hopdocs.domain.project.numbers import ProjectNumbers
    from hopdocs.model.config import Config
    from hopdocs.model.project import Project, ProjectMeeting


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its name, what its meeting is called, and the points when its meeting names none."""

    name: str
    meeting: str
    agenda: tuple[str, ...]
    is_steering: bool = False


STEERING: Final = Group(
    "Styregruppen",
    "Styregruppemøde",
    ("Siden sidst", "Nye familier", "Fremdrift", "Ventetid", "Økonomi", "Milepæle og risici", "Beslutninger"),
    is_steering=True,
)
WORKING: Final = Group(
    "Arbejdsgruppen",
    "Møde i arbejdsgruppen",
    ("Siden sidst", "Hvad virker, og hvad driller", "Breve, skabeloner og aftaler", "Hvem gør hvad", "Næste møde"),
)
PROJECT: Final = Group(
    "Projektgruppen",
    "Stop-op-dag",
    (
        "Hvad har vi lært siden sidst?",
        "Det gode møde",
        "Det gode referat og den gode plan",
        "Et forløb, fortalt så ingen kan kendes",
        "Hvad gør vi anderledes fra nu af?",
    ),
)


@dataclass(frozen=True, slots=True)
class GroupMeeting:
    """A meeting, the group that holds it, and the group's other meetings in the order of their days."""

    group: Group
    meeting: ProjectMeeting
    others: tuple[ProjectMeeting, ...]

    @property
    def before(self) -> ProjectMeeting | None:
        """The meeting before this one."""
        earlier = [item for item in self.others if item.date < self.meeting.date]
        return earlier[-1] if earlier else None

    @property
    def after(self) -> ProjectMeeting | None:
        """The meeting after this one."""
        return next((item for item in self.others if item.date > self.meeting.date), None)

    def is_over(self, today: date) -> bool:
        """Whether its day has passed."""
        return self.meeting.date < today


def group_meetings(project: Project) -> Iterator[GroupMeeting]:
    """Every meeting that takes place, group by group."""
    lists = (
        (STEERING, project.steering_meetings),
        (WORKING, project.working_group_meetings),
        (PROJECT, project.stop_days),
    )
    for group, meetings in lists:
        standing = [item for item in meetings if item.status is not MeetingStatus.CANCELLED]
        in_order = tuple(sorted(standing, key=lambda item: (item.date, item.start, item.id)))
        for meeting in in_order:
            yield GroupMeeting(group, meeting, in_order)


def members_of(held: GroupMeeting, project: Project, config: Config, numbers: ProjectNumbers | None) -> list[str]:
    """The staff ids of those who are asked.

    The project group is nobody's list: it is everybody on the team of an active course, and the coordinator.
    """
    if held.meeting.invited is not None:
        return list(held.meeting.invited)
    if held.group is STEERING:
        return list(config.steering_group)
    if held.group is WORKING:
        return list(project.working_group)
    on_teams = numbers.staff if numbers is not None else ()
    return list(dict.fromkeys((config.project_coordinator, *on_teams)))


def people_of(config: Config, staff: Iterable[str]) -> tuple[ProjectPerson, ...]:
    """Names, titles and areas; somebody whom the config does not know by the name that was written."""
    found = []
    for key in staff:
        person = next((item for name, item in config.staff.items() if name == key), None)
        if person is None:
            found.append(ProjectPerson(name=key, title="", area=""))
            continue
        area = config.areas[person.area].name if person.area in config.areas else person.area
        found.append(ProjectPerson(name=person.name, title=person.title, area=area))
    return tuple(found)


def name_of(config: Config, who: str | None) -> str:
    """The name behind a staff id; free text stays as it is."""
    if who is None:
        return ""
    return next((person.name for key, person in config.staff.items() if key == who), who)


def is_same_person(config: Config, written: str, staff: str) -> bool:
    """Whether a word under absent or excused means that colleague: the id, the whole name or the first name."""
    name = name_of(config, staff)
    return written.casefold() in (staff.casefold(), name.casefold(), first_name(name).casefold())


def meeting_view(held: GroupMeeting, config: Config) -> ProjectMeetingView:
    """When and where."""
    meeting = held.meeting
    location = locate(meeting.place, config.places)
    room = config.places[location.room] if location.room is not None else None
    return ProjectMeetingView(
        title=held.group.meeting,
        group=held.group.name,
        date=meeting.date,
        start=meeting.start,
        end=meeting.end,
        place=room.text if room is not None else meeting.place,
    )
