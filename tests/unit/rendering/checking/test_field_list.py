"""The list that a template is written from names what is drawn as one thing, with the filter that draws it."""

from __future__ import annotations

from dataclasses import dataclass

from hopdocs.documents.views.chart import Chart, LineChart, SmallMultiples  # noqa: TC001 - asked for at run time
from hopdocs.documents.views.drawing import Drawing
from hopdocs.rendering.checking.field_list import list_fields
from tests.unit.charts.samples import ABSENCE, SMALL


@dataclass
class _Inner:
    course: LineChart | None


@dataclass
class _Context:
    all: tuple[Chart, ...]
    inner: _Inner
    map: Drawing
    one: SmallMultiples


def test_a_chart_or_a_drawing_is_one_field_with_its_filter_and_its_words() -> None:
    drawing = Drawing(name="Kort", width=1, height=1, shapes=(), description="Et kort.")
    fields = dict(list_fields(_Context(all=(ABSENCE,), inner=_Inner(None), map=drawing, one=SMALL)))
    assert fields == {
        "{% for all_ in all %} … {% endfor %}": "1",
        "{{r all_|billede }}": ABSENCE.description,
        "{{r inner.course|billede }}": "",
        "{{r map|tegning }}": "Et kort.",
        "{{r one|billede }}": SMALL.description,
    }
