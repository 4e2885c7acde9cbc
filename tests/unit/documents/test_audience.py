from __future__ import annotations

from datetime import date

import pytest

from hopdocs.documents.audience import AreaReader, Audience, Concern, MemberReader, homes_of
from hopdocs.documents.letterhead import member_recipient
from hopdocs.model.scalars.values import AreaCode, MemberKey
from tests.unit.documents.example import on_day, regnbuehoej, words_of, zamirandi

BEFORE_WITHDRAWAL = date(2026, 8, 1)
AFTER_PARTIAL_WITHDRAWAL = date(2026, 9, 1)


def member(key: str) -> MemberReader:
    return MemberReader(MemberKey(key))


def area(code: str) -> AreaReader:
    return AreaReader(AreaCode(code))


def concern(*members: str, area: str | None = None, visible_to: tuple[str, ...] | None = None) -> Concern:
    return Concern(tuple(MemberKey(key) for key in members), AreaCode(area) if area is not None else None, visible_to)


@pytest.fixture
def zamirandis() -> Audience:
    return Audience(on_day(zamirandi()))


@pytest.fixture
def regnbuehoejs() -> Audience:
    return Audience(on_day(regnbuehoej(), BEFORE_WITHDRAWAL))


def test_a_household_sees_its_own_entries_but_not_each_others_health(zamirandis: Audience) -> None:
    assert zamirandis.may_see(member("tariq"), concern("nadira", area="BES"))
    assert not zamirandis.may_see(member("tariq"), concern("nadira", area="SO"))
    assert zamirandis.may_see(member("nadira"), concern("nadira", area="SO"))


def test_parents_see_the_health_of_children_under_fifteen_alone(zamirandis: Audience) -> None:
    assert zamirandis.may_see(member("tariq"), concern("sami", area="SO"))
    assert not zamirandis.may_see(member("tariq"), concern("yasmin", area="SO"))
    assert not zamirandis.may_see(member("yasmin"), concern("sami", area="SO"))


def test_two_homes_do_not_read_about_each_other_but_both_about_their_child(regnbuehoejs: Audience) -> None:
    assert not regnbuehoejs.may_see(member("anton"), concern("karla", area="HP"))
    assert regnbuehoejs.may_see(member("anton"), concern("storm", area="BF"))
    assert regnbuehoejs.may_see(member("anton"), concern("karla", "storm", area="BF"))


@pytest.mark.parametrize(
    ("visible_to", "who", "expected"),
    [
        (("all",), "tariq", True),
        (("tariq",), "tariq", True),
        (("tariq",), "nadira", False),
        (("BF",), "nadira", False),
    ],
)
def test_visible_to_narrows_or_widens_one_entry(
    zamirandis: Audience, visible_to: tuple[str, ...], who: str, *, expected: bool
) -> None:
    assert zamirandis.may_see(member(who), concern("nadira", area="SO", visible_to=visible_to)) is expected


def test_an_area_sees_what_both_areas_consents_open(zamirandis: Audience) -> None:
    assert zamirandis.may_see(area("DU"), concern("nadira", area="SO"))
    assert not zamirandis.may_see(area("SO"), concern("tariq", area="BES"))
    assert not zamirandis.may_see(area("DU"), concern("sami", area="SO"))
    assert not zamirandis.may_see(area("DU"), concern("nadira", "tariq", area="SO"))


def test_visible_to_never_reaches_past_a_consent(zamirandis: Audience) -> None:
    assert not zamirandis.may_see(area("SO"), concern("tariq", area="BES", visible_to=("SO",)))
    assert not zamirandis.may_see(area("SO"), concern("tariq", area="BES", visible_to=("all",)))
    assert not zamirandis.may_see(area("BF"), concern("tariq", area="BES", visible_to=("SO",)))


def test_a_partial_withdrawal_shrinks_the_audience_on_its_day(regnbuehoejs: Audience) -> None:
    treatment = concern("anton", area="SO")
    later = Audience(on_day(regnbuehoejs.family, AFTER_PARTIAL_WITHDRAWAL))
    assert regnbuehoejs.may_see(area("BF"), treatment)
    assert not later.may_see(area("BF"), treatment)


def test_a_child_in_two_homes_lives_in_both() -> None:
    family = regnbuehoej()
    homes = {key: homes_of(family, key) for key in family.members}
    assert homes[MemberKey("storm")] == homes[MemberKey("karla")] | homes[MemberKey("anton")]
    assert not homes[MemberKey("karla")] & homes[MemberKey("anton")]


def test_a_protected_address_stands_in_its_owners_letters_alone() -> None:
    older = regnbuehoej(("born: 2017-11-25, lives_with: [karla, anton]", "born: 2010-11-25, lives_with: [anton]"))
    audience = Audience(on_day(older, BEFORE_WITHDRAWAL))
    assert member_recipient(audience, MemberKey("anton")).address_lines == ("Opdigtvej 310", "9999 Vesterlyng")
    assert member_recipient(audience, MemberKey("karla")).address_lines == ("Opdigtvej 12", "9999 Vesterlyng")
    assert "Opdigtvej 310" not in " ".join(words_of(member_recipient(audience, MemberKey("storm"))))


def test_ages_count_on_the_meetings_day_where_one_is_given(zamirandis: Audience) -> None:
    grown = zamirandis.with_ages_on(date(2028, 12, 4))
    assert zamirandis.has_custody_of(MemberKey("tariq"), MemberKey("yasmin"))
    assert not grown.has_custody_of(MemberKey("tariq"), MemberKey("yasmin"))
    assert grown.gets_letters(MemberKey("sami"))


def test_a_protected_home_is_nobody_elses_even_where_no_address_is_written() -> None:
    written = "contact: {address: Opdigtvej 310, postcode: 9999, city: Vesterlyng, protected: true}"
    hidden = regnbuehoej((written, "contact: {protected: true}"))
    assert homes_of(hidden, MemberKey("anton")) == frozenset({"home of anton"})
    nowhere = regnbuehoej(
        (written, "contact: {protected: true}"),
        ("contact: {address: Opdigtvej 12, postcode: 9999, city: Vesterlyng}\n", ""),
    )
    assert not homes_of(nowhere, MemberKey("anton")) & homes_of(nowhere, MemberKey("karla"))


def test_who_has_stepped_out_gets_no_copies_though_the_course_goes_on() -> None:
    taken_back = "withdrawn: [{date: 2026-08-18, areas: [SO]}, {date: 2026-09-08}]"
    family = regnbuehoej((taken_back, "withdrawn: [{date: 2026-06-01}]"), (", withdrawn: [{date: 2026-09-08}]", ""))
    audience = Audience(on_day(family, BEFORE_WITHDRAWAL))
    assert [key for key in family.members if audience.takes_part(key)] == ["karla"]
