from __future__ import annotations

from dataclasses import replace

import pandas as pd
import yaml

from hopdocs.domain.data_deliveries import AT_THE_END
from hopdocs.figures.services import say_draw, service_table
from tests.unit.figures.courses import FJORDGLIMT, ROOT, sample_course


def test_the_counts_are_those_of_the_file() -> None:
    raw = yaml.safe_load((ROOT / "families" / FJORDGLIMT).read_text("utf-8"))["measurements"]["services"]
    written = pd.DataFrame([line["counts"] for line in raw], index=[line["date"] for line in raw])
    table = service_table(sample_course(FJORDGLIMT))
    assert sorted(table.areas) == sorted(written.columns)
    assert [draw.made for draw in table.made] == list(written.index)
    assert [table.total(draw) for draw in table.made] == list(written.sum(axis=1))
    assert table.change() == written.sum(axis=1).iloc[-1] - written.sum(axis=1).iloc[0]
    assert table.change("BF") == written["BF"].iloc[-1] - written["BF"].iloc[0]


def test_an_area_that_was_left_out_of_a_draw_leaves_the_total_unknown() -> None:
    course = sample_course(FJORDGLIMT)
    first, *others = course.draws
    shorter = replace(first, counts={area: count for area, count in first.counts.items() if area != "HP"})
    table = service_table(replace(course, draws=(shorter, *others)))
    assert table.count(shorter, "HP") is None
    assert table.total(shorter) is None
    assert table.count(others[-1], "BF") is None


def test_draws_are_called_as_the_agreement_does() -> None:
    assert [say_draw(months) for months in (0, 6, AT_THE_END)] == ["start", "6 mdr.", "afslutning"]
