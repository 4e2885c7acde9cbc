"""What a month's registration asks for, of whom, and what is told of it where no name may stand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hopdocs.domain.course.registration import (
    asked_values,
    is_registered,
    may_be_measured,
    missing_values,
    say_missing_values,
)
from hopdocs.domain.family_day import FamilyDay
from tests.unit.rules.samples import config, consent, zamirandi

if TYPE_CHECKING:
    from tests.unit.rules.samples import Raw

NOVEMBER = date(2026, 11, 1)


def day(*lines: Raw, used: tuple[str, ...] = (), withdrawn: str = "") -> FamilyDay:
    """The family on the third of December with these lines of indicators alone."""

    def edit(raw: Raw) -> None:
        raw["measurements"]["indicators"] = list(lines)
        if withdrawn:
            consent(raw, withdrawn)["withdrawn"] = [{"date": "2026-11-20"}]

    def ask(raw: Raw) -> None:
        raw["indicators_used"] = list(used)

    return FamilyDay.on(zamirandi(edit), config(ask), date(2026, 12, 3))


def line(key: str, month: str, value: str | None = "1", member: str = "sami") -> Raw:
    found: dict[str, Any] = {"key": key, "for": [member], "month": month}
    return found | ({"value": value} if value is not None else {})


def asked(on: FamilyDay, month: date = NOVEMBER) -> list[tuple[str, str]]:
    return [(item.written_as, item.member or "") for item in asked_values(on, month)]


def test_a_family_that_was_measured_on_nothing_is_asked_for_nothing() -> None:
    assert asked(day()) == []


def test_what_was_measured_before_is_asked_for_again_by_the_name_it_has_in_the_file() -> None:
    assert asked(day(line("skolefravær", "2026-09"), line("Skolefravær", "2026-10"))) == [("Skolefravær", "sami")]


def test_what_all_families_are_measured_on_is_asked_of_each_whom_it_is_about() -> None:
    assert asked(day(used=("skolefravær", "a_job", "b_fritidsjob", "m_oplevelse_5", "f_oplevelse_1"))) == [
        ("a_job", "nadira"),
        ("a_job", "tariq"),
        ("b_skole_fravaer", "yasmin"),
        ("b_fritidsjob", "yasmin"),
        ("b_skole_fravaer", "sami"),
        ("b_skole_fravaer", "lina"),
        ("b_skole_fravaer", "omar"),
    ]


def test_who_has_stepped_out_is_measured_on_nothing_more() -> None:
    assert asked(day(used=("a_job",), withdrawn="tariq")) == [("a_job", "nadira")]


def test_nobody_is_measured_before_all_have_said_yes() -> None:
    def unasked(raw: Raw) -> None:
        consent(raw, "tariq").pop("given")

    def ask(raw: Raw) -> None:
        raw["indicators_used"] = ["a_job"]

    on = FamilyDay.on(zamirandi(unasked), config(ask), date(2026, 12, 3))
    assert asked(on) == []
    assert not may_be_measured(on)


def test_a_figure_of_half_a_year_is_asked_for_half_a_year_after_the_last_one() -> None:
    half = day(line("b_trivsel", "2026-06", "4"))
    assert asked(half) == []
    assert asked(half, date(2026, 12, 1)) == [("b_trivsel", "sami")]
    assert asked(day(line("b_trivsel", "2026-11", "4"))) == [("b_trivsel", "sami")]
    assert asked(day(line("b_indsatstrin", "2026-06", "4"))) == []


def test_a_figure_of_a_data_draw_is_asked_for_from_the_month_in_which_the_draw_is_due() -> None:
    draws = day(used=("f_kontakt",))
    assert asked(draws, date(2026, 9, 1)) == []
    assert asked(draws, date(2026, 10, 1)) == asked(draws) == [("f_kontakt", "")]
    counted: Raw = {"key": "kontaktpersoner", "month": "2026-10", "value": "9"}
    assert asked(day(counted)) == []
    assert asked(day(counted), date(2027, 4, 1)) == [("kontaktpersoner", "")]


def test_a_line_without_a_value_is_there_and_still_missing() -> None:
    waiting = day(line("skolefravær", "2026-10"), line("skolefravær", "2026-11", None))
    (item,) = asked_values(waiting, NOVEMBER)
    assert (item.has_line, item.is_written) == (True, False)
    assert not is_registered(waiting, NOVEMBER)
    written = day(line("skolefravær", "2026-10"), line("skolefravær", "2026-11", "0"))
    assert missing_values(written, NOVEMBER) == ()
    assert is_registered(written, NOVEMBER)


def test_what_is_missing_is_said_of_each_without_a_name_and_without_what_is_wrong_with_her() -> None:
    on = day(used=("skolefravær", "a_job", "a_behandling", "f_kontakt", "b_trivsel"))
    missing = [item for item in missing_values(on, NOVEMBER) if item.member not in ("yasmin", "omar", "tariq")]
    assert say_missing_values(on, missing) == (
        "Voksen 1: Arbejde, helbred",
        "Barn 2: Barnets trivsel, Fravær fra skole eller dagtilbud",
        "Barn 3: Barnets trivsel, Fravær fra skole eller dagtilbud",
        "Familien: Kontaktpersoner i kommunen",
    )
