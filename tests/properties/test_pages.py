"""The tovholder's page holds no word that her own area may not see, whatever the family looks like."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.config import Mail, Server
from hopdocs.model.plan import Decision
from hopdocs.notices.planning.invitations import wanted_family
from hopdocs.notices.wanted import PrivateWords
from hopdocs.pages.composition import PageFacts, family_row, family_view
from hopdocs.pages.overview import render_family
from hopdocs.pages.status import family_status
from tests.properties.test_audience import CONFIG, EVERY_FAMILY, STAFF, TODAY, Drawn, Rules, families

if TYPE_CHECKING:
    from hopdocs.model.family import Family

MAIL = Mail(from_="hop@vesterlyng.example", server=Server(host="localhost"), allowed_domains=("vesterlyng.example",))
WITH_MAIL = CONFIG.model_copy(update={"mail": MAIL})
FACTS = PageFacts("families/f-1.yaml", "f-1", datetime(2026, 11, 21, 8, 0, tzinfo=UTC))


def with_open_decisions(family: Family) -> Family:
    """Every activity applied for, and its id a word that tells what it is about: ids are chosen by people."""
    assert family.plan is not None
    activities = tuple(
        item.model_copy(update={"decision": Decision.ANSØGT, "id": item.what}) for item in family.plan.activities
    )
    return family.model_copy(update={"plan": family.plan.model_copy(update={"activities": activities})})


@EVERY_FAMILY
@given(families())
def test_the_page_and_the_status_name_only_what_the_tovholders_area_may_see(drawn: Drawn) -> None:
    family = with_open_decisions(drawn.family)
    day = FamilyDay.on(family, CONFIG, TODAY)
    rules, area = Rules(family, TODAY), STAFF[day.contact.staff]
    page = render_family(family_view(day, FACTS))
    row = repr(family_row(day, "f-1", ()))
    status = json.dumps(family_status(day).as_json(), ensure_ascii=False)
    for shown in (page, row, status):
        for kind, what in drawn.marks.found_in(shown):
            assert kind in ("entry", "goal"), (kind, what)
            assert rules.sees(area, what) if kind == "entry" else rules.sees_goal(area, what), (kind, what)


@EVERY_FAMILY
@given(families(), st.integers(-400, 60))
def test_what_the_team_is_told_holds_nothing_of_plan_children_or_homes(drawn: Drawn, days: int) -> None:
    day = FamilyDay.on(with_open_decisions(drawn.family), WITH_MAIL, TODAY + timedelta(days=days))
    told = replace(wanted_family(day), private=PrivateWords())
    assert not list(drawn.marks.found_in(json.dumps(told.as_json(), ensure_ascii=False)))


@EVERY_FAMILY
@given(families(), st.integers(-60, 40))
def test_no_two_mails_of_one_kind_about_one_thing_are_for_one_person(drawn: Drawn, days: int) -> None:
    told = wanted_family(FamilyDay.on(drawn.family, WITH_MAIL, TODAY + timedelta(days=days))).reminders
    assert len(told) == len({(item.kind, item.meeting, item.key, item.recipient.email) for item in told})
