"""No copy holds what its reader may not see, whatever the family looks like.

Every entry of a random family carries a word of its own. Each word found in a context is held against the rules of
who sees what, told here once more and independently of the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, time, timedelta
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hopdocs.documents.audience import AreaReader, Audience, Concern
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.translated.letters import with_translations
from hopdocs.documents.wanted import WantedDocument, numbered_fields
from hopdocs.domain.consent import Consents, Gate
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.config import Area, Config, Municipality, Staff
from hopdocs.model.consent import Consent, Withdrawal
from hopdocs.model.family import Family
from hopdocs.model.meeting import ChildEntry, FamilyPoint, Meeting, MeetingStatus, MeetingType
from hopdocs.model.people import ChosenBy, Circle, Contact, Member, NetworkPerson, Role, TeamMember, TovholderPeriod
from hopdocs.model.plan import Activity, Goal, GoalStatus, Plan, PlanRelation, Progress, SectorPlan
from hopdocs.model.scalars.values import AreaCode, MemberKey, StaffId

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TODAY = date(2026, 11, 21)
AREAS = {"BF": False, "DU": False, "BES": False, "SO": True, "HP": True}
STAFF = {f"s{number}": area for number, area in enumerate([*AREAS, *AREAS])}
HEALTH_TITLE = "sundhedstitel"

CONFIG = Config(
    municipality=Municipality(
        name="Vesterlyng", unit="Enhed", address="Vej 1", phone="00 00 12 00", email="hop@vesterlyng.example"
    ),
    areas={AreaCode(code): Area(name=f"Område {code}", health=health) for code, health in AREAS.items()},
    staff={
        StaffId(key): Staff(
            name=f"Medarbejder {key}",
            title=f"{HEALTH_TITLE} {key}" if AREAS[area] else "rådgiver",
            area=AreaCode(area),
            authority=True,
            email=f"{key}@vesterlyng.example",
        )
        for key, area in STAFF.items()
    },
    project_coordinator=StaffId("s0"),
)


@dataclass
class Marks:
    """Hands out words that stand nowhere else, and remembers what each is about."""

    about: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def mark(self, kind: str, what: Any) -> str:
        word = f"mærke{len(self.about):04d}x"
        self.about[word] = (kind, what)
        return word

    def found_in(self, value: object) -> Iterator[tuple[str, Any]]:
        for word in set(re.findall(r"mærke\d{4}x", " ".join(texts_of(value)))):
            yield self.about[word]


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for item in fields(value):
            yield from texts_of(getattr(value, item.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)


@dataclass(frozen=True)
class Drawn:
    family: Family
    marks: Marks


def some(items: Sequence[str], *, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    if not items:
        return st.just(())
    return st.lists(st.sampled_from(list(items)), min_size=least, max_size=3, unique=True).map(tuple)


@st.composite
def families(draw: st.DrawFn) -> Drawn:
    marks = Marks()
    members = draw(drawn_members(marks))
    keys = list(members)
    visible_to = st.none() | st.just(("all",)) | some([*keys, *AREAS], least=1)
    goals: list[Goal] = []
    activities: list[Activity] = []
    for number in range(draw(st.integers(0, 3))):
        shown = draw(visible_to)
        for_ = draw(some(keys, least=1))
        areas = [draw(st.sampled_from(list(AREAS))) for _ in range(draw(st.integers(0, 2)))]
        goal = Goal(
            id=f"g{number}", for_=for_, goal=marks.mark("goal", (for_, tuple(areas), shown)), visible_to=shown,
            words=marks.mark("goal", (for_, tuple(areas), shown)),
        )  # fmt: skip
        goals.append(goal)
        for area in areas:
            served, open_to = draw(some(keys, least=1)), draw(visible_to)
            activities.append(
                Activity(
                    id=f"a{len(activities)}", goal=goal.id, area=area, for_=served, visible_to=open_to,
                    responsible=draw(st.sampled_from([*STAFF, *keys])), start=TODAY, hours_per_week=2,
                    what=marks.mark("entry", (served, area, open_to)),
                )
            )  # fmt: skip
    sector_plans = []
    for _ in range(draw(st.integers(0, 2))):
        served, area, open_to = draw(some(keys, least=1)), draw(st.sampled_from(list(AREAS))), draw(visible_to)
        sector_plans.append(
            SectorPlan(
                kind="min_plan", area=area, for_=served, relation=PlanRelation.SÆRSKILT, visible_to=open_to,
                source=marks.mark("entry", (served, area, open_to)), file="plan.pdf",
            )
        )  # fmt: skip
    status = [
        GoalStatus(
            goal=goal.id, date=TODAY, progress=Progress.PÅ_VEJ,
            note=marks.mark("goal", (goal.for_, areas_towards(goal, activities), goal.visible_to)),
        )
        for goal in goals
    ]  # fmt: skip
    network = []
    for _ in range(draw(st.integers(0, 2))):
        for_ = draw(some(keys))
        network.append(NetworkPerson(name=marks.mark("entry", (for_, None, None)), circle=Circle.NEAR, for_=for_))
    return Drawn(
        Family(
            id="F-1",
            name="Familien",
            start_date=TODAY - timedelta(days=90),
            contact=Contact(address="Fælles 1", postcode="9999", city="By"),
            members=members,
            consents=draw(drawn_consents(members)),
            team=tuple(
                TeamMember(staff=staff, from_=TODAY - timedelta(days=80), for_=draw(some(keys)))
                for staff in draw(some(list(STAFF), least=1))
            ),
            tovholder=(
                TovholderPeriod(
                    staff=draw(st.sampled_from(list(STAFF))), from_=TODAY - timedelta(30), chosen_by=ChosenBy.TEAM
                ),
            ),
            network=tuple(network),
            meetings=draw(drawn_meetings(members, marks)),
            plan=Plan(
                shared_goal="Fælles", goals=tuple(goals), activities=tuple(activities), status=tuple(status),
                sector_plans=tuple(sector_plans),
            ),
        ),
        marks,
    )  # fmt: skip


def areas_towards(goal: Goal, activities: list[Activity]) -> tuple[str, ...]:
    return tuple(activity.area for activity in activities if activity.goal == goal.id)


@st.composite
def drawn_members(draw: st.DrawFn, marks: Marks) -> dict[MemberKey, Member]:
    members: dict[MemberKey, Member] = {}
    others = draw(st.lists(st.sampled_from([Role.CHILD, Role.CHILD, Role.PARTNER, Role.OTHER]), max_size=3))
    for number, role in enumerate([Role.PARENT, Role.PARENT, *others]):
        key = MemberKey(f"m{number}")
        years = draw(st.sampled_from([3, 14, 15, 16, 17])) if role is Role.CHILD else 40
        own = None
        if draw(st.booleans()) and role is not Role.CHILD:
            protected = draw(st.booleans())
            address = marks.mark("address", key) if protected else draw(st.sampled_from(["Anden 2", f"Egen {key}"]))
            own = Contact(address=address, postcode="9999", protected=protected)
        homes = draw(some([other for other in members if members[other].role is not Role.CHILD], least=0))
        members[key] = Member(
            name=f"Navn{number}",
            role=role,
            born=TODAY - timedelta(days=366 * years + 5),
            custody=role is Role.PARENT and draw(st.integers(0, 4)) < 4,
            contact=own,
            lives_with=homes if role is Role.CHILD else (),
            interpreter=draw(st.booleans()),
            reads=draw(st.sampled_from([None, "engelsk", "arabisk"])),
        )
    return members


@st.composite
def drawn_consents(draw: st.DrawFn, members: dict[MemberKey, Member]) -> tuple[Consent, ...]:
    consents = []
    for key in members:
        if draw(st.integers(0, 29)) == 29:
            continue
        areas = draw(some(list(AREAS), least=1)) if draw(st.integers(0, 3)) == 3 else tuple(AREAS)
        withdrawn = draw(st.integers(0, 9)) == 9
        taken_back = (Withdrawal(date=TODAY, areas=draw(some(list(AREAS), least=1))),) if withdrawn else ()
        consents.append(
            Consent(
                member=key, given=TODAY - timedelta(days=draw(st.integers(1, 300))), areas=areas, withdrawn=taken_back
            )
        )
    return tuple(consents)


@st.composite
def drawn_meetings(draw: st.DrawFn, members: dict[MemberKey, Member], marks: Marks) -> tuple[Meeting, ...]:
    meetings = []
    for number in range(draw(st.integers(0, 3))):
        meeting_id = f"moede{number}"
        shown = draw(st.none() | st.just(("all",)) | some([*members, *AREAS], least=1))
        children = {
            key: ChildEntry(
                attends=draw(st.booleans()),
                reason=marks.mark("child", (meeting_id, key, assessor)),
                view=marks.mark("child", (meeting_id, key, assessor)),
                assessed_by=assessor,
            )
            for key, person in members.items()
            if person.role is Role.CHILD
            for assessor in [draw(st.none() | st.sampled_from(list(STAFF)))]
        }
        meetings.append(
            Meeting(
                id=meeting_id,
                type=draw(st.sampled_from(MeetingType)),
                date=TODAY + timedelta(days=draw(st.integers(-60, 60))),
                start=time(10),
                end=time(11),
                place=draw(st.sampled_from([f"home:{key}" for key in members] + ["Rådhuset"])),
                status=draw(st.none() | st.just(MeetingStatus.CANCELLED)),
                family_points=(FamilyPoint(point=marks.mark("point", (meeting_id, shown)), visible_to=shown),),
                children=children,
            )
        )
    return tuple(meetings)


class Rules:
    """Who sees what, as the contract says it."""

    def __init__(self, family: Family, day: date, shared_on: date = TODAY) -> None:
        self.family = family
        self.day = day
        self.consents = Consents.on(family, shared_on)

    def homes(self, key: str) -> set[str]:
        person = self.family.members[MemberKey(key)]
        if person.lives_with:
            return set().union(*(self.homes(other) for other in person.lives_with))
        contact = person.contact or self.family.contact
        assert contact is not None
        return {str(contact.address)}

    def age(self, key: str) -> int:
        return self.family.members[MemberKey(key)].age_on(self.day)

    def raises(self, parent: str, child: str) -> bool:
        members = self.family.members
        is_child = members[MemberKey(child)].role is Role.CHILD and self.age(child) < 18
        return members[MemberKey(parent)].custody and is_child

    def sees(self, reader: str, entry: tuple[tuple[str, ...], str | None, tuple[str, ...] | None]) -> bool:
        about, area, shown = entry
        if reader in AREAS:
            if shown is not None and "all" not in shown and reader not in shown:
                return False
            return all({reader, area or reader} <= self.consents.shared_areas(MemberKey(who)) for who in about)
        if shown is not None:
            return "all" in shown or reader in shown
        if area is not None and AREAS[area]:
            return any(who == reader or (self.raises(reader, who) and self.age(who) < 15) for who in about)
        return not about or any(
            who == reader or self.homes(who) & self.homes(reader) or self.raises(reader, who) for who in about
        )

    def sees_goal(self, reader: str, goal: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...] | None]) -> bool:
        about, areas, shown = goal
        only_health = bool(areas) and all(AREAS[area] for area in areas)
        return self.sees(reader, (about, areas[0] if only_health and reader not in AREAS else None, shown))


def documents_of(family: Family) -> tuple[WantedDocument, ...]:
    """What is wanted of the family; everybody gets her letters in the language that she reads as well."""
    day = FamilyDay.on(family, CONFIG, TODAY)
    return with_translations(wanted_documents(day), day, lambda _template, _form, language: language.code)


def readers_of(document: WantedDocument, family: Family) -> list[str]:
    """Everybody who holds this paper."""
    if document.recipient is not None:
        return [document.recipient]
    meeting = family.meeting(document.meeting or "")
    assert meeting is not None
    day = FamilyDay.on(family, CONFIG, TODAY)
    areas = [STAFF[staff] for staff in day.invited_staff(meeting)]
    if document.kind.name != "dagsorden":
        return areas
    along = [key for key, entry in meeting.children.items() if entry.attends] if meeting.type.is_for_family else []
    return [*areas, *dict.fromkeys([*day.family_invited(meeting), *along])]


def rules_of(document: WantedDocument, family: Family) -> Rules:
    """A meeting's paper knows its day. One that only stays, as less is shared today, shows what was shared then."""
    meeting = family.meeting(document.meeting or "")
    day = meeting.date if meeting is not None else TODAY
    return Rules(family, day, day if document.stays_only else TODAY)


def may_stand_in(document: WantedDocument, family: Family, kind: str, what: Any) -> bool:
    rules = rules_of(document, family)
    readers = readers_of(document, family)
    if kind == "address":
        return [what] == readers
    if kind == "entry":
        return all(rules.sees(reader, what) for reader in readers)
    if kind == "goal":
        return all(rules.sees_goal(reader, what) for reader in readers)
    if kind == "point":
        is_own_copy = (
            document.kind.name == "familieplan" and document.recipient in (what[1] or ()) and readers[0] in AREAS
        )
        return (is_own_copy or what[0] == document.meeting) and all(
            rules.sees(reader, ((), None, what[1])) for reader in readers
        )
    meeting_id, child, assessor = what
    area = STAFF[assessor] if assessor is not None else None
    return document.meeting in (None, meeting_id) and all(
        rules.sees(reader, ((child,), area, None)) for reader in readers
    )


EVERY_FAMILY = settings(max_examples=35, deadline=None, suppress_health_check=list(HealthCheck))


@EVERY_FAMILY
@given(families())
def test_no_copy_holds_a_word_that_its_reader_may_not_see(drawn: Drawn) -> None:
    for document in documents_of(drawn.family):
        for kind, what in drawn.marks.found_in((document.context, document.title, document.stem)):
            assert may_stand_in(document, drawn.family, kind, what), (document.stem, kind, what)


@EVERY_FAMILY
@given(families())
def test_before_consent_there_is_nothing_but_the_two_papers_and_they_tell_nothing(drawn: Drawn) -> None:
    closed = drawn.family.model_copy(update={"consents": ()})
    documents = documents_of(closed)
    names = {document.kind.name.removesuffix("-oversat") for document in documents}
    assert names <= {"informationsbrev", "samtykkeerklaering", "screening"}
    for document in documents:
        assert {kind for kind, _ in drawn.marks.found_in(document.context)} <= {"address"}
        assert not any(document.context.tovholder.name == CONFIG.staff[line.staff].name for line in closed.team) or (
            document.context.tovholder.role == "projektkoordinator"
        )


@EVERY_FAMILY
@given(families())
def test_a_health_workers_title_reaches_only_those_she_works_with_and_colleagues(drawn: Drawn) -> None:
    for document in documents_of(drawn.family):
        rules = rules_of(document, drawn.family)
        titled = set(re.findall(rf"{HEALTH_TITLE} (s\d)", " ".join(texts_of(document.context))))
        for staff in titled:
            served = tuple(who for line in drawn.family.team if line.staff == staff for who in line.for_)
            for reader in readers_of(document, drawn.family):
                assert reader in AREAS or rules.sees(reader, (served, STAFF[staff], None)), (document.stem, staff)


@EVERY_FAMILY
@given(families(), st.sampled_from(list(AREAS)), st.sampled_from(list(AREAS)), st.integers(0, 400))
def test_what_areas_know_of_each_other_is_what_the_rules_of_consent_say(
    drawn: Drawn, viewer: str, about: str, days: int
) -> None:
    family, day = drawn.family, TODAY + timedelta(days=days)
    audience, consents = Audience(FamilyDay.on(family, CONFIG, day)), Consents.on(family, day)
    for member in family.members:
        concern = Concern((member,), AreaCode(about))
        allowed = consents.shared_areas(member)
        if not AREAS[viewer] and not AREAS[about]:  # what is health is hidden the day that a consent expires
            allowed |= consents.lapsed_areas(member)
        assert audience.may_see(AreaReader(AreaCode(viewer)), concern) is ({viewer, about} <= allowed)


@EVERY_FAMILY
@given(families())
def test_nothing_is_none_where_a_template_would_print_it(drawn: Drawn) -> None:
    for document in documents_of(drawn.family):
        for path in printed_nones(document.context):
            raise AssertionError((document.stem, path))
        assert "None" not in " ".join(texts_of(document.context))


def printed_nones(value: Any, path: str = "") -> Iterator[str]:
    """Where None stands though the type does not say it may."""
    if is_dataclass(value):
        for name, kind in get_type_hints(type(value)).items():
            item = getattr(value, name)
            if item is None and not (isinstance(kind, UnionType) and NoneType in get_args(kind)):
                yield f"{path}.{name}"
            yield from printed_nones(item, f"{path}.{name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if item is None:
                yield f"{path}[{index}]"
            yield from printed_nones(item, f"{path}[{index}]")


@EVERY_FAMILY
@given(families(), st.data())
def test_another_time_changes_only_that_meetings_papers_and_the_plan(drawn: Drawn, data: st.DataObject) -> None:
    family = drawn.family
    assume(family.meetings and Consents.on(family, TODAY).gate is Gate.OPEN)
    moved = data.draw(st.sampled_from(family.meetings))
    meetings = tuple(
        meeting.model_copy(update={"start": time(12), "end": time(13)}) if meeting.id == moved.id else meeting
        for meeting in family.meetings
    )
    before = {document.key: document.context for document in wanted_documents(FamilyDay.on(family, CONFIG, TODAY))}
    after = wanted_documents(FamilyDay.on(family.model_copy(update={"meetings": meetings}), CONFIG, TODAY))
    assert {document.key for document in after} == set(before)
    for document in after:
        if before[document.key] != document.context:
            assert document.meeting == moved.id or document.kind.name in {"familieplan", "interviewguide", "koereplan"}
        else:
            assert document.meeting != moved.id


@EVERY_FAMILY
@given(families())
def test_every_document_has_a_file_name_and_a_key_of_its_own_and_names_nobody_in_its_title(drawn: Drawn) -> None:
    documents = wanted_documents(FamilyDay.on(drawn.family, CONFIG, TODAY))
    assert len({document.stem.casefold() for document in documents}) == len(documents)
    assert len({document.key for document in documents}) == len(documents)
    for document in documents:
        assert isinstance(document.context, document.kind.context)
        assert not re.search(r"Navn\d|Familien\b", document.title)


@given(families(), st.integers(1, 9), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_version_changes_the_documents_own_line_alone(drawn: Drawn, version: int, day: date) -> None:
    for document in wanted_documents(FamilyDay.on(drawn.family, CONFIG, TODAY)):
        fields = numbered_fields(document.context, version=version, day=day)
        own = document.context.document
        assert fields["document"] == replace(own, version=version, date=day, replaces=version - 1)
        assert all(fields[name] == getattr(document.context, name) for name in fields.keys() - {"document"})
