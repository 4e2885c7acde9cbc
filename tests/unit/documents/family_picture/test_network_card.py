"""Who stands on whose network card, and what its drawing says to those who do not see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.family_picture.circles import draw_circles
from hopdocs.documents.kinds.netvaerkskort import NetvaerkskortContext
from hopdocs.documents.views import CircleLine, DrawnShape, ShapeKind
from tests.unit.documents.example import regnbuehoej, wanted, zamirandi
from tests.unit.letters.samples import LONG_NAME
from tests.unit.letters.samples import netvaerkskort as sample_card

if TYPE_CHECKING:
    from hopdocs.model.family import Family

BEFORE_WITHDRAWAL = date(2026, 8, 1)
TWO_HOMES = (
    "meetings:",
    (
        "network:\n  - {name: Mormor Tove, circle: close}\n  - {name: Farfar Aksel, circle: near, for: [anton]}\n"
        "  - {name: Klubben, circle: far, for: [storm], contact_ok: ja}\n\nmeetings:"
    ),
)
OWN = ("network:\n", "network:\n  - {name: Veninden Rosa, circle: close, for: [nadira]}\n")


def card(family: Family, who: str, today: date = date(2026, 11, 21)) -> NetvaerkskortContext:
    context = wanted(family, today=today)[f"netvaerkskort-{who}"].context
    assert isinstance(context, NetvaerkskortContext)
    return context


def names(family: Family, who: str, today: date = date(2026, 11, 21)) -> list[str]:
    return [line.name for line in card(family, who, today).network]


def test_the_other_home_has_its_own_part_only() -> None:
    assert names(regnbuehoej(TWO_HOMES), "karla", BEFORE_WITHDRAWAL) == ["Mormor Tove", "Klubben"]
    assert names(regnbuehoej(TWO_HOMES), "anton", BEFORE_WITHDRAWAL) == ["Farfar Aksel", "Klubben"]


def test_a_youth_has_what_is_the_whole_homes_and_her_own() -> None:
    assert "Veninden Rosa" in names(zamirandi(OWN), "tariq")
    assert names(zamirandi(OWN), "yasmin") == ["Farbror Karim", "Vesterlyng Boldklub"]


def test_an_area_has_those_whose_consent_opens_it() -> None:
    assert "Veninden Rosa" in names(zamirandi(OWN), "SO")
    only_his = ("network:\n", "network:\n  - {name: Kollegaen, circle: far, for: [tariq]}\n")
    assert "Kollegaen" not in names(zamirandi(only_his), "SO")


def test_no_health_worker_stands_on_somebody_elses_card() -> None:
    assert "Sofus Skumring" in {line.name for line in card(zamirandi(), "nadira").team}
    text = card(zamirandi(), "tariq").map.description
    assert "Sofus Skumring" not in text
    assert "Pelle Pærevang" in text


def test_who_has_nobody_gets_no_card_and_nobody_does_before_the_work_begins() -> None:
    nobody = zamirandi().model_copy(update={"network": ()})
    assert not [stem for stem in wanted(nobody) if stem.startswith("netvaerkskort")]
    uncalled = zamirandi().model_copy(update={"meetings": ()})
    assert not [stem for stem in wanted(uncalled) if stem.startswith("netvaerkskort")]


def test_a_card_says_whom_the_municipality_may_call() -> None:
    lines = {line.name: line for line in card(regnbuehoej(TWO_HOMES), "karla", BEFORE_WITHDRAWAL).network}
    assert lines["Klubben"].contact_ok
    assert lines["Klubben"].for_ == ("Storm",)
    assert not lines["Mormor Tove"].contact_ok


def test_the_drawing_is_told_in_the_words_of_the_tables() -> None:
    assert card(zamirandi(), "SO").map.description == (
        "Familien står i midten. Meget tæt: Farbror Karim. Tæt: Vesterlyng Boldklub. Lidt længere væk: ingen. "
        "Fagpersoner: Ingolf Iskrystal og Sofus Skumring."
    )


def crowd(size: int) -> tuple[CircleLine, ...]:
    first = sample_card().network[0]
    circles = ("Meget tæt", "Tæt", "Lidt længere væk")
    return tuple(replace(first, circle=circle, name=f"{LONG_NAME} {n}") for circle in circles for n in range(size))


def overlap(one: DrawnShape, other: DrawnShape) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    above = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not (beside or above)


def reaches_into(shape: DrawnShape, ellipse: DrawnShape) -> bool:
    middle = (ellipse.x + ellipse.width / 2, ellipse.y + ellipse.height / 2)
    corners = ((x, y) for x in (shape.x, shape.x + shape.width) for y in (shape.y, shape.y + shape.height))
    return any(
        (2 * (x - middle[0]) / ellipse.width) ** 2 + (2 * (y - middle[1]) / ellipse.height) ** 2 < 1 for x, y in corners
    )


@pytest.mark.parametrize("size", [0, 1, 2, 3, 5, 6, 7, 12, 13, 18, 19, 40])
def test_no_name_lies_over_another_however_many_they_are(size: int) -> None:
    team = sample_card().team * 9
    drawing = draw_circles("Familien", crowd(size), team[: size + 1])
    named = [shape for shape in drawing.shapes if shape.kind in (ShapeKind.PERSON, ShapeKind.PROFESSIONAL)]
    assert not [pair for pair in combinations(named, 2) if overlap(*pair)]
    (core,) = (shape for shape in drawing.shapes if shape.kind is ShapeKind.CORE)
    assert not [shape for shape in named if reaches_into(shape, core)]
    for shape in drawing.shapes:
        assert shape.x >= 0
        assert shape.x + shape.width <= drawing.width
        assert shape.y + shape.height <= drawing.height
        assert len(shape.text) <= 68
        assert shape.description
    assert drawing.height <= 170, "it would not stand on the first page, below the title"


def test_those_for_whom_a_ring_has_no_room_are_counted_there_and_named_in_the_words() -> None:
    drawing = draw_circles("Familien", crowd(8), ())
    assert "Og 3 til" in [shape.text for shape in drawing.shapes]
    assert drawing.description.count(LONG_NAME) == 24
