"""The family's own sheet and the effect report, from the sample family's file."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import yaml

from hopdocs.documents.audience import AreaReader, Audience
from hopdocs.documents.kinds.table import names_of_deliveries
from hopdocs.documents.measured.seen import figures_for
from hopdocs.documents.measured.work import missing_lines
from hopdocs.domain.family_day import FamilyDay
from hopdocs.domain.state import State
from hopdocs.figures.gathering import gather_figures
from hopdocs.model.indicators import Cadence
from tests.unit.documents.example import words_of, zamirandi
from tests.unit.documents.measured.fjordglimt import PATH, TODAY, day_of, fjordglimt, papers, report, sheet
from tests.unit.documents.measured.values import with_values

CLOSED = ("measurements:\n", "closing:\n  date: 2026-11-02\n  reason: målet er nået\n\nmeasurements:\n")


def written() -> dict[str, Any]:
    """The file's own numbers, read by another program."""
    found: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))["measurements"]
    return found


def test_each_of_the_family_has_a_sheet_of_what_is_hers_to_see() -> None:
    mother, father = sheet(fjordglimt(), "signe"), sheet(fjordglimt(), "jeppe")
    assert {line.who for line in mother.lines} == {"Signe", "Malthe", "Alba", ""}
    assert {line.who for line in father.lines} == {"Malthe", "Alba", ""}
    assert "Signe" not in " ".join(words_of(father.lines) + words_of(father.charts))


def test_the_sheet_shows_neither_money_nor_services_nor_what_the_staff_answered() -> None:
    text = " ".join(words_of(sheet(fjordglimt(), "signe"))).casefold()
    for secret in ("kr.", "ydelse", "samarbejdet er smidigt", "udgift"):
        assert secret not in text


def test_a_line_has_every_value_with_its_month_and_says_which_way_it_goes() -> None:
    line = next(line for line in sheet(fjordglimt(), "signe").lines if line.name.startswith("Fravær"))
    assert line.outcome == "Det går den rigtige vej."
    values = [item["value"] for item in written()["indicators"] if item["key"] == "skolefravær"]
    numbers = [text.rpartition(": ")[2] for text in line.values]
    assert numbers == [*map(str, values[:-1]), f"{values[-1]}\u00a0%"]
    assert (line.values[0], line.values[-1]) == ("maj\u00a025: 38", "okt.\u00a026: 9\u00a0%")


def test_a_line_with_one_value_says_so_where_a_dash_would_say_nothing() -> None:
    one = "  indicators:\n    - {key: v_mobilitet, for: [signe], month: 2026-10, value: 2}\n"
    context = sheet(fjordglimt(("  indicators:\n", one)), "signe")
    assert [line.outcome for line in context.lines if len(line.values) == 1] == ["Der er kun ét tal."]


def test_six_curves_have_room_and_the_rest_is_said_to_stand_in_the_table() -> None:
    context = sheet(fjordglimt(), "signe")
    assert context.charts is not None
    assert len(context.charts.charts) == 6
    drawable = [line for line in context.lines if len(line.values) > 2]
    assert context.not_drawn == len(drawable) - 6


def test_only_an_answer_on_a_scale_is_drawn_on_all_of_it() -> None:
    charts = sheet(fjordglimt(), "signe").charts
    assert charts is not None
    ends = {chart.unit: (chart.lowest, chart.highest) for chart in charts.charts}
    assert ends["point (0-10)"] == (Decimal(0), Decimal(10))
    assert ends["timer om ugen"] == (Decimal(0), None)


def test_what_is_drawn_is_said_in_words_too() -> None:
    context = sheet(fjordglimt(), "signe")
    assert context.charts is not None
    for chart in context.charts.charts:
        assert chart.description in context.charts.description


def test_without_two_values_there_is_no_way_to_show() -> None:
    assert not [stem for stem in papers(zamirandi()) if stem.startswith("fremgang")]


def test_before_the_plan_is_made_there_is_neither_sheet_nor_report() -> None:
    assert day_of(fjordglimt(), date(2025, 6, 1)).state is State.OPSTART
    assert not papers(fjordglimt(), date(2025, 6, 1))


def test_the_report_is_for_the_tovholders_area_and_the_coordinators_and_for_nobody_of_the_family() -> None:
    assert {stem for stem in papers(fjordglimt()) if stem.startswith("effekt")} == {
        "effektrapport-HP",
        "effektrapport-BF",
    }
    assert "effektrapport" not in names_of_deliveries()
    assert "fremgang" in names_of_deliveries()


def test_a_report_shows_what_its_area_may_see_and_says_that_there_is_more() -> None:
    """The father let Handicap og Psykiatri share nothing, so that area reads nothing of the children."""
    narrow, whole = report(fjordglimt(), "HP"), report(fjordglimt(), "BF")
    assert (narrow.is_whole, whole.is_whole) == (False, True)
    assert {line.who for line in narrow.child_groups} == {""}
    assert {line.who for line in whole.child_groups} == {"", "Malthe", "Alba"}
    text = " ".join(words_of(narrow))
    assert "Malthe" not in text
    assert "Alba" not in text


def test_every_criterion_stands_in_the_report_with_its_values_or_as_not_measured() -> None:
    context = report(fjordglimt(), "BF")
    headings = [line.heading.partition(".")[0] for line in (*context.experienced, *context.counted)]
    assert list(dict.fromkeys(headings)) == [*"123456", "7a", "7b", "7c", "7d", "7e", "7f"]
    assert [line.heading for line in context.counted if not line.what] == [
        "7c. Uddannelse",
        "7d. Deltagelse i misbrugsbehandling",
    ]
    assert next(line for line in context.counted if line.heading.startswith("7e")).what == "Forløbet er ikke slut"
    absence = next(line for line in context.counted if line.heading.startswith("7b"))
    assert (absence.before, absence.after, absence.outcome) == (
        *("38\u00a0% (maj 2025)", "9\u00a0% (oktober 2026)"),
        "bedre",
    )


def test_the_costs_are_what_the_file_has_added_up_by_month() -> None:
    months: dict[str, int] = defaultdict(int)
    for line in written()["costs"]:
        months[line["month"]] += line["amount"]
    shown = {f"{line.month:%Y-%m}": line.total for line in report(fjordglimt(), "BF").months}
    assert shown == {
        month: f"{amount:,} kr.".replace(",", ".").replace(" ", "\u00a0") for month, amount in months.items()
    }
    totals = [Decimal(months[month]) for month in sorted(months)]
    first, last = (sum(some, Decimal(0)) / 3 for some in (totals[:3], totals[-3:]))
    trend = report(fjordglimt(), "BF").trends[0]
    assert (trend.name, trend.trend) == ("I alt", "fald")
    assert trend.change == f"{round((last - first) / first * 100, 1)} %".replace(".", ",")


def test_the_rule_behind_a_verdict_stands_beside_it() -> None:
    assert "højst 3 %" in report(fjordglimt(), "BF").cost_rule


def test_the_draws_are_what_the_file_has_and_the_missing_one_is_said() -> None:
    draws = report(fjordglimt(), "BF").draws
    counted = [sum(line["counts"].values()) for line in written()["services"]]
    assert [line.total for line in draws] == [*map(str, counted), ""]
    assert any("18 måneder" in line for line in report(fjordglimt(), "BF").missing)


def test_what_is_only_hidden_from_an_area_is_not_said_to_be_missing() -> None:
    whole, narrow = report(fjordglimt(), "BF").missing, report(fjordglimt(), "HP").missing
    assert any("skole eller dagtilbud" in line for line in whole)
    assert set(narrow) < set(whole)
    assert not any("Malthe" in line for line in narrow)


def test_that_a_last_answer_is_missing_is_told_only_to_whoever_sees_the_first() -> None:
    """A municipality may ask at the start and at the end about a person, too: who was asked is then hers to tell."""
    day = day_of(with_values(fjordglimt(CLOSED), ("b_trivsel", "malthe", 6)))
    kind = day.config.catalogue.find("b_trivsel")
    assert kind is not None
    asked = day.config.catalogue.joined([kind.model_copy(update={"rhythm": Cadence.START_OG_SLUT})])
    audience = Audience(FamilyDay.on(day.family, day.config.with_catalogue(asked), TODAY))
    whole = gather_figures(audience.day)
    told = {
        str(area): missing_lines(audience, figures_for(audience, AreaReader(area), whole), {})
        for area in audience.config.areas
    }
    line = f"{kind.label}: der mangler et svar ved slut."
    assert [line in told["BF"], line in told["HP"]] == [True, False]


def test_a_childs_part_in_the_meetings_is_counted_with_the_sort_of_reason() -> None:
    parts = {line.name: line for line in report(fjordglimt(), "BF").child_parts}
    assert parts.keys() == {"Malthe", "Alba"}
    assert all(line.took_part.endswith("møder") and line.reasons for line in parts.values())


def test_a_day_that_passes_changes_neither_paper() -> None:
    before, after = (papers(fjordglimt(), day) for day in (TODAY, TODAY + timedelta(days=5)))
    assert before == after


def test_a_course_that_has_ended_has_a_final_report_that_says_how() -> None:
    ended = papers(fjordglimt(CLOSED))
    assert all(item.final for item in ended.values())
    context = report(fjordglimt(CLOSED), "BF")
    assert context.ended == date(2026, 11, 2)
    assert (
        next(line for line in context.counted if line.heading.startswith("7e")).outcome
        == "ja, familien klarer sig selv"
    )


def test_a_withdrawal_of_all_leaves_neither_paper() -> None:
    renewed = "    given: 2026-04-21\n    areas: [BF, DU]\n    received_by: mmo\n"
    taken_back = fjordglimt((renewed, f"{renewed}    withdrawn:\n      - date: 2026-11-10\n"))
    signe = taken_back.consents[2].model_copy(update={"withdrawn": taken_back.consents[3].withdrawn})
    consents = (*taken_back.consents[:2], signe, taken_back.consents[3])
    nobody = taken_back.model_copy(update={"consents": consents})
    assert day_of(nobody).state is State.SAMTYKKE_TRUKKET
    assert not papers(nobody)


def test_who_takes_it_all_back_alone_has_no_sheet_and_the_other_one_keeps_hers() -> None:
    renewed = "    given: 2026-04-21\n    areas: [BF, DU]\n    received_by: mmo\n"
    alone = fjordglimt((renewed, f"{renewed}    withdrawn:\n      - date: 2026-11-10\n"))
    assert day_of(alone).state is not State.SAMTYKKE_TRUKKET
    assert [stem for stem in papers(alone) if stem.startswith("fremgang")] == ["fremgang-signe"]
