from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.audience import Audience, MemberReader
from hopdocs.documents.changes.facts import facts_of, read_facts
from hopdocs.documents.changes.news import PlanNews
from hopdocs.documents.changes.seen import NOTHING_SEEN, SeenPlan
from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.familieplan import FamilieplanContext
from hopdocs.documents.kinds.referat import ReferatContext
from hopdocs.model.scalars.values import MemberKey
from tests.unit.documents.example import TODAY, on_day, wanted, zamirandi

if TYPE_CHECKING:
    from hopdocs.documents.changes.seen import SeenPlans
    from hopdocs.documents.views import ChangesView
    from hopdocs.model.family import Family

FIRST, SECOND = date(2026, 11, 10), date(2026, 11, 14)
DECIDED = ("decision: afventer", "decision: bevilget")
MORE_HOURS = ("hours_per_week: 1,5", "hours_per_week: 3")
MINUTES = (
    "    family_points:\n",
    "    minutes: {by: iik, points: [{point: Siden sidst, text: Det går godt.}]}\n    family_points:\n",
)
AFTER_MEETING = date(2026, 11, 27)


def copy(family: Family, who: str, day: date) -> SeenPlan:
    return SeenPlan(day, read_facts(facts_of(wanted(family)[f"familieplan-{who}"])))


def told(family: Family, seen: SeenPlans, who: str = "nadira", today: date = TODAY) -> ChangesView | None:
    papers = {paper.stem: paper for paper in wanted_documents(on_day(family, today), seen=seen)}
    context = papers[f"familieplan-{who}"].context
    assert isinstance(context, FamilieplanContext)
    return context.changes


def minutes(family: Family, seen: SeenPlans, today: date = AFTER_MEETING) -> tuple[str, ...]:
    papers = {paper.stem: paper for paper in wanted_documents(on_day(family, today), seen=seen)}
    context = papers["referat-familieplan-nadira"].context
    assert isinstance(context, ReferatContext)
    return context.changes


def test_the_first_edition_says_that_it_is_the_first() -> None:
    view = told(zamirandi(), NOTHING_SEEN)
    assert view is not None
    assert (view.since, view.sentences) == (None, ())


def test_the_plan_tells_what_is_new_since_its_reader_last_got_it() -> None:
    view = told(zamirandi(DECIDED), {"nadira": (copy(zamirandi(), "nadira", FIRST),)})
    assert view is not None
    assert view.since == FIRST
    assert view.sentences == ("Sundhed og Omsorg har bevilget »Smertehåndteringsforløb« for Nadira.",)


def test_a_delivery_leaves_the_copy_as_it_was_handed_over() -> None:
    before = (copy(zamirandi(), "nadira", FIRST),)
    held = (*before, copy(zamirandi(DECIDED), "nadira", SECOND))
    assert told(zamirandi(DECIDED), {"nadira": held}) == told(zamirandi(DECIDED), {"nadira": before})
    first = (copy(zamirandi(), "nadira", FIRST),)
    assert told(zamirandi(), {"nadira": first}) == told(zamirandi(), NOTHING_SEEN)


def test_after_a_delivery_the_next_edit_is_told_alone() -> None:
    held = (copy(zamirandi(), "nadira", FIRST), copy(zamirandi(DECIDED), "nadira", SECOND))
    view = told(zamirandi(DECIDED, MORE_HOURS), {"nadira": held})
    assert view is not None
    assert view.since == SECOND
    assert [text.split("Sami ")[1] for text in view.sentences] == ["er nu 3 timer om ugen. Før var det 1,5."]


def test_no_day_that_passes_changes_what_is_told() -> None:
    held = {"nadira": (copy(zamirandi(), "nadira", FIRST),)}
    days = (TODAY, date(2026, 11, 25), date(2027, 3, 1), date(2027, 8, 1))
    assert len({told(zamirandi(DECIDED), held, today=day) for day in days}) == 1


def test_nothing_is_said_if_nobody_knows_what_she_got_last() -> None:
    held = (copy(zamirandi(), "nadira", FIRST), SeenPlan(SECOND, None))
    assert told(zamirandi(DECIDED), {"nadira": held}) is None


def test_an_area_is_handed_nothing_and_so_is_not_told_that_its_copy_is_the_first() -> None:
    assert told(zamirandi(), NOTHING_SEEN, "BF") is None
    assert told(zamirandi(), {"BF": (copy(zamirandi(), "BF", FIRST),)}, "BF") is None
    view = told(zamirandi(DECIDED), {"BF": (copy(zamirandi(), "BF", FIRST),)}, "BF")
    assert view is not None
    assert view.since == FIRST


def test_the_minutes_say_what_the_meeting_made_of_the_plan() -> None:
    before = copy(zamirandi(), "nadira", FIRST)
    decided = ("Sundhed og Omsorg har bevilget »Smertehåndteringsforløb« for Nadira.",)
    assert minutes(zamirandi(MINUTES, DECIDED), {"nadira": (before,)}) == decided
    after = copy(zamirandi(DECIDED), "nadira", date(2026, 11, 24))
    assert minutes(zamirandi(MINUTES, DECIDED, MORE_HOURS), {"nadira": (before, after)}) == decided


def test_the_minutes_of_a_reader_who_had_no_plan_yet_say_nothing_of_it() -> None:
    assert minutes(zamirandi(MINUTES, DECIDED), NOTHING_SEEN) == ()
    assert minutes(zamirandi(MINUTES, DECIDED), {"nadira": (SeenPlan(FIRST, None),)}) == ()


def test_the_minutes_mention_nothing_that_she_may_no_longer_see() -> None:
    before = copy(zamirandi(), "nadira", FIRST)
    after = copy(zamirandi(DECIDED), "nadira", date(2026, 11, 24))
    hidden = ("      what: Smerte", "      visible_to: [SO]\n      what: Smerte")
    assert minutes(zamirandi(MINUTES, DECIDED, hidden), {"nadira": (before, after)}) == ()


def test_the_minutes_of_an_earlier_meeting_are_not_told_of_what_came_after_the_next() -> None:
    later = ("    date: 2027-01-19\n", "    date: 2027-01-19\n    status: held\n")
    before = copy(zamirandi(), "nadira", FIRST)
    assert minutes(zamirandi(MINUTES, DECIDED, later), {"nadira": (before,)}, date(2027, 2, 1)) == ()


@pytest.mark.parametrize(
    ("said", "is_hidden"),
    [
        ("", False),
        (", withdrawn: [{date: 2026-11-09, areas: [SO]}]", False),
        (", withdrawn: [{date: 2026-11-10, areas: [SO]}]", True),
        (", withdrawn: [{date: 2026-11-11, areas: [SO]}]", True),
        ("}\n  - {member: nadira, refused: 2026-11-11", True),
    ],
)
def test_no_whole_copy_is_shown_again_once_anything_was_taken_back_since_its_day(said: str, *, is_hidden: bool) -> None:
    copy_then = copy(zamirandi(), "tariq", FIRST)
    family = zamirandi(("DU, SO], received_by: iik}", f"DU, SO], received_by: iik{said}}}"))
    news = PlanNews(Audience(on_day(family)), NOTHING_SEEN)
    assert news.shows_what_is_hidden(MemberReader(MemberKey("tariq")), copy_then) is is_hidden
