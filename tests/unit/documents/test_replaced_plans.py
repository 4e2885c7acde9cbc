"""The consent form names the plans that a yes lets this one replace, and the paragraph of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.kinds.samtykkeerklaering import SamtykkeerklaeringContext
from hopdocs.model.config import Law
from tests.unit.documents.example import load_config, regnbuehoej, wanted, words_of, zamirandi
from tests.unit.letters.word_text import all_text, render

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

MIN_PLAN = (
    "    - {kind: min_plan, area: BES, for: [tariq], source: Momentum, relation: erstattes, file: min-plan-tariq.pdf}\n"
)
PARENTS_PART = "Den del af barnets plan, der handler om forældrene"


def with_laws(**ends: date) -> Config:
    config = load_config()
    laws = {
        "erstatter_ungeplan": "barnets lov § 110, stk. 3",
        "erstatter_barnets_plan": "barnets lov § 110, stk. 2 og 3",
        "erstatter_min_plan": "LAB § 40, stk. 3",
        "erstatter_voksen_handleplan": "serviceloven § 141, stk. 7",
    }
    entries = {
        key: Law.model_validate({"text": text, "from": date(2024, 1, 1), "to": ends.get(key)})
        for key, text in laws.items()
    }
    return config.model_copy(update={"law": {**config.law, **entries}})


def form_of(family: Family, member: str, config: Config | None = None) -> SamtykkeerklaeringContext:
    context = wanted(family, config or with_laws())[f"samtykkeerklaering-{member}"].context
    assert isinstance(context, SamtykkeerklaeringContext)
    return context


def names(context: SamtykkeerklaeringContext) -> list[tuple[str, tuple[str, ...]]]:
    return [(plan.name, plan.for_) for plan in context.replaces]


def test_whose_plan_is_replaced_reads_it_with_its_paragraph_and_nobody_else_does() -> None:
    his = form_of(zamirandi(), "tariq")
    assert his.are_replaced
    assert names(his) == [("Min Plan", ())]
    assert his.replacing_law == ("Min Plan: LAB § 40, stk. 3",)
    for other in ("nadira", "yasmin"):
        assert form_of(zamirandi(), other).replaces == ()
        assert "Min Plan" not in words_of(form_of(zamirandi(), other))


def test_a_plan_that_two_grown_ups_share_names_neither_in_the_form_of_the_other() -> None:
    family = zamirandi(("{kind: min_plan, area: BES, for: [tariq]", "{kind: min_plan, area: BES, for: [tariq, nadira]"))
    for member in ("tariq", "nadira"):
        assert names(form_of(family, member)) == [("Min Plan", ())]


def test_a_youths_plan_is_asked_of_both_parents_and_of_herself() -> None:
    family = zamirandi(("source: DUBU, relation: særskilt", "source: DUBU, relation: erstattes"))
    assert ("Ungeplan", ("Yasmin",)) in names(form_of(family, "nadira"))
    assert ("Ungeplan", ("Yasmin",)) in names(form_of(family, "tariq"))
    assert names(form_of(family, "yasmin")) == [("Ungeplan", ())]
    assert form_of(family, "nadira").replacing_law == ("Ungeplan (Yasmin): barnets lov § 110, stk. 3",)


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        (
            "nadira",
            [("Ungeplan", ("Yasmin",)), (PARENTS_PART, ("Sami", "Lina", "Omar")), ("Min Plan", ()), ("Handleplan", ())],
        ),
        ("yasmin", [("Ungeplan", ())]),
    ],
)
def test_while_the_file_says_nothing_the_form_names_those_that_may_be_replaced(
    member: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    family = zamirandi((MIN_PLAN, ""))
    assert names(form_of(family, member)) == expected
    assert not form_of(family, member).are_replaced


def test_a_parent_without_grown_children_is_asked_about_no_ungeplan() -> None:
    assert [name for name, _ in names(form_of(regnbuehoej(), "karla"))] == [PARENTS_PART, "Min Plan", "Handleplan"]


def test_the_law_is_that_of_the_day_on_which_she_was_asked() -> None:
    ended = with_laws(erstatter_min_plan=date(2026, 9, 14))
    assert form_of(zamirandi(), "tariq", ended).replacing_law == ()
    asked = with_laws(erstatter_min_plan=date(2026, 9, 15))
    assert form_of(zamirandi(), "tariq", asked).replacing_law == ("Min Plan: LAB § 40, stk. 3",)


def test_without_a_reference_in_config_the_plans_are_named_all_the_same() -> None:
    form = form_of(zamirandi(), "tariq", load_config())
    assert names(form) == [("Min Plan", ())]
    assert form.replacing_law == ()


def test_the_form_tells_it_in_words_and_names_the_paragraph_in_the_last_box_alone() -> None:
    text = all_text(render("samtykkeerklaering", form_of(zamirandi(), "tariq")))
    assert "Den nye plan træder i stedet for planerne her." in text
    assert "Ja, planen må træde i stedet for: Min Plan." in text
    assert text.index("Reglerne bag") < text.index("LAB §")
    maybe = all_text(render("samtykkeerklaering", form_of(zamirandi((MIN_PLAN, "")), "nadira")))
    assert "Den nye plan kan træde i stedet for planerne her." in maybe
    assert "Ungeplan (Yasmin)" in maybe
    none = all_text(render("samtykkeerklaering", form_of(zamirandi(), "nadira")))
    assert "Hvilke andre planer" not in none
