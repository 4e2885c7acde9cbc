from __future__ import annotations

from decimal import Decimal

import pandas as pd
import yaml

from hopdocs.figures.indicators import Verdict, find_series, list_series
from tests.unit.figures.courses import FJORDGLIMT, ROOT, course, measured, month, sample_course, shipped_catalogue


def test_before_and_after_are_the_first_and_the_latest_that_stand_in_the_file() -> None:
    raw = yaml.safe_load((ROOT / "families" / FJORDGLIMT).read_text("utf-8"))["measurements"]["indicators"]
    lines = pd.DataFrame(raw).sort_values("month", kind="stable")
    lines["who"] = [people[0] if isinstance(people, list) else "" for people in lines["for"]]
    written = lines.groupby(["key", "who"])["value"].agg(["first", "last", "count"])
    catalogue = shipped_catalogue()
    series = {(item.kind.key, item.member): item for item in list_series(sample_course(FJORDGLIMT), catalogue)}
    assert len(series) == len(written)
    for (name, who), row in zip(written.index, written.to_numpy().tolist(), strict=True):
        kind = catalogue.find(name)
        assert kind is not None
        item = series[kind.key, who]
        assert item.after is not None
        assert (item.before.value, item.after.value, len(item.points)) == tuple(row)


def test_less_absence_is_better_and_a_lower_wellbeing_is_worse() -> None:
    lines = (
        measured("b_skole_fravaer", "2025-05", 31),
        measured("b_skole_fravaer", "2025-09", 12),
        measured("b_trivsel", "2025-05", 6),
        measured("b_trivsel", "2025-11", 5),
        measured("b_fritid", "2025-05", 6),
        measured("b_fritid", "2025-11", 6),
        measured("b_familie", "2025-11", 6),
        measured("a_behandling", "2025-05", 2, "mor"),
        measured("a_behandling", "2025-11", 4, "mor"),
    )
    series = list_series(course(measured=lines), shipped_catalogue())
    assert {item.kind.key: item.verdict for item in series} == {
        "b_skole_fravaer": Verdict.BETTER,
        "b_trivsel": Verdict.WORSE,
        "b_fritid": Verdict.SAME,
        "b_familie": Verdict.UNKNOWN,
        "a_behandling": Verdict.UNKNOWN,
    }


def test_what_a_parent_and_a_teacher_answer_are_two_series() -> None:
    lines = (
        measured("b_sdq", "2025-05", 19, informant="forælder"),
        measured("b_sdq", "2025-09", 12, informant="lærer"),
    )
    series = list_series(course(measured=lines), shipped_catalogue())
    assert [(item.informant, item.verdict) for item in series] == [
        ("forælder", Verdict.UNKNOWN),
        ("lærer", Verdict.UNKNOWN),
    ]


def test_each_person_has_a_series_and_each_value_its_place() -> None:
    lines = (
        measured("b_trivsel", "2025-11", 7),
        measured("b_trivsel", "2025-05", 5),
        measured("v_hjem", "2025-05", 3, "mor"),
        measured("b_ukendt", "2025-05", 3),
    )
    series = list_series(course(measured=lines), shipped_catalogue())
    assert [(item.kind.key, item.member) for item in series] == [("b_trivsel", "barn"), ("v_hjem", "mor")]
    assert series[0].at == ("indicators.b_trivsel.barn.2025-05", "indicators.b_trivsel.barn.2025-11")
    assert find_series(series, "b_trivsel", member="mor") == ()


def test_several_professionals_answers_of_a_month_are_one_mean() -> None:
    lines = tuple(measured("m_oplevelse_5", "2025-05", value, "") for value in (2, 5))
    (item,) = list_series(course(measured=lines), shipped_catalogue())
    assert [(point.on, point.value, len(point.at)) for point in item.points] == [(month("2025-05"), Decimal("3.5"), 2)]
