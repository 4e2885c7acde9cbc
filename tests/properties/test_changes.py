"""What is told as new holds nothing that its reader may not see, both then and now, whatever the family looks like.

Two random editions of one family: entries come and go, consents and `visible_to` are other ones. Each word found in a
sentence is held against the rules of who sees what, on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from hopdocs.documents.audience import AreaReader, Audience, MemberReader
from hopdocs.documents.changes.comparison import Change, changes_between, sight_of_gone
from hopdocs.documents.changes.facts import PlanFacts, facts_of, read_facts
from hopdocs.documents.desired import wanted_documents
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.plan import Decision, GoalStatus, Plan, Progress
from hopdocs.model.scalars.values import AreaCode, MemberKey
from tests.properties.test_audience import (
    AREAS,
    CONFIG,
    EVERY_FAMILY,
    TODAY,
    Drawn,
    Rules,
    drawn_consents,
    families,
    some,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.family import Family
    from hopdocs.model.plan import Activity

Item = TypeVar("Item")


@dataclass(frozen=True)
class Editions:
    before: Family
    now: Family
    drawn: Drawn


@st.composite
def editions(draw: st.DrawFn) -> Editions:
    drawn = draw(families())
    return Editions(draw(edited(drawn.family)), draw(edited(drawn.family)), drawn)


@st.composite
def edited(draw: st.DrawFn, family: Family) -> Family:
    """The same family with some of its entries, and with other consents and other readers for some."""
    plan = family.plan
    assert plan is not None
    visible_to = st.none() | st.just(("all",)) | some([*family.members, *AREAS], least=1)

    def keep(items: Sequence[Item]) -> tuple[Item, ...]:
        return tuple(item for item in items if draw(st.integers(0, 3)))

    def other(item: Activity) -> Activity:
        hours, decision = draw(st.sampled_from([2, 3])), draw(st.none() | st.sampled_from(Decision))
        shown = draw(visible_to) if draw(st.booleans()) else item.visible_to
        return item.model_copy(update={"visible_to": shown, "decision": decision, "hours_per_week": hours})

    goals = keep(plan.goals)
    known = {goal.id for goal in goals}
    activities = tuple(other(item) for item in keep(plan.activities) if item.goal in known)
    readings = tuple(
        GoalStatus(goal=goal.id, date=TODAY, progress=draw(st.sampled_from(Progress)))
        for goal in goals
        if draw(st.booleans())
    )
    shown = Plan(
        shared_goal="Fælles", goals=goals, activities=activities, status=readings,
        sector_plans=keep(plan.sector_plans),
    )  # fmt: skip
    consents = draw(drawn_consents(family.members)) if draw(st.booleans()) else family.consents
    return family.model_copy(update={"plan": shown, "consents": consents, "network": keep(family.network)})


def plans(family: Family) -> dict[str, WantedDocument]:
    papers = wanted_documents(FamilyDay.on(family, CONFIG, TODAY))
    return {paper.recipient or "": paper for paper in papers if paper.kind.name == "familieplan"}


def facts(paper: WantedDocument) -> PlanFacts:
    found = read_facts(facts_of(paper))
    assert found is not None
    return found


def told(found: Editions) -> Iterator[tuple[str, Change]]:
    """By reader: what is new for each who gets a copy of both."""
    before, now = plans(found.before), plans(found.now)
    audience = Audience(FamilyDay.on(found.now, CONFIG, TODAY))
    for who in before.keys() & now.keys():
        reader = AreaReader(AreaCode(who)) if who in AREAS else MemberReader(MemberKey(who))
        for change in changes_between(
            facts(before[who]), facts(now[who]), family=found.now.id, since=TODAY,
            may_still_see=sight_of_gone(audience, reader),
        ):  # fmt: skip
            yield who, change


def entry_of(family: Family, word: str, what: tuple[Any, ...]) -> tuple[Any, ...]:
    """What an activity is about in one edition: who may see it may be another than as it was drawn."""
    plan = family.plan
    assert plan is not None
    shown = next((item.visible_to for item in plan.activities if word in item.what), what[2])
    return (*what[:2], shown)


def stands_in(family: Family, word: str) -> bool:
    return word in family.model_dump_json()


@EVERY_FAMILY
@given(editions())
def test_a_sentence_tells_nothing_that_its_reader_may_not_see_both_then_and_now(found: Editions) -> None:
    for who, change in told(found):
        for word, (kind, what) in found.drawn.marks.about.items():
            if word not in change.text:
                continue
            assert kind in ("goal", "entry"), change
            for family in (found.before, found.now):
                rules = Rules(family, TODAY)
                if kind == "goal":
                    assert rules.sees_goal(who, what), (who, change)
                elif stands_in(family, word):
                    assert rules.sees(who, entry_of(family, word, what)), (who, change)
                elif family is found.now:  # gone: she could see it if it were there
                    assert rules.sees(who, (*what[:2], None)), (who, change)


@EVERY_FAMILY
@given(editions())
def test_what_is_only_hidden_or_only_shown_is_never_told_as_gone_or_new(found: Editions) -> None:
    for _, change in told(found):
        for word in found.drawn.marks.about:
            if word in change.text and "står ikke længere" in change.text:
                assert not stands_in(found.now, word), change
            if word in change.text and change.text.startswith(("Ny ", "Nyt ")):
                assert not stands_in(found.before, word), change


@EVERY_FAMILY
@given(families())
def test_the_facts_that_are_kept_hold_no_word_that_the_copy_does_not_show(drawn: Drawn) -> None:
    for paper in plans(drawn.family).values():
        shown = {drawn.marks.about[word] for word in drawn.marks.about if word in repr(paper.context)}
        assert {drawn.marks.about[word] for word in drawn.marks.about if word in facts_of(paper)} <= shown


@EVERY_FAMILY
@given(families())
def test_a_plan_that_nobody_edited_has_nothing_new_in_it(drawn: Drawn) -> None:
    assert not list(told(Editions(drawn.family, drawn.family, drawn)))
