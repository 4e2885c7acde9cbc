"""Answers about a family are kept with it, and never given for another."""

from __future__ import annotations

import gc
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hopdocs.domain import memory
from hopdocs.domain.memory import remembered
from tests.unit.rules.samples import TODAY, config, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.config import Config
    from hopdocs.model.family import Family

_asked: list[str] = []


@remembered
def _ask(family: Family, settings: Config, day: date) -> str:
    answer = f"{family.name}, {settings.municipality.name}, {day}"
    _asked.append(answer)
    return answer


def test_the_same_question_is_worked_out_once() -> None:
    family, settings = zamirandi(), config()
    _asked.clear()
    assert _ask(family, settings, TODAY) == _ask(family, settings, TODAY) == _asked[0]
    assert _asked == ["Familien Zamirandi, Vesterlyng Kommune, 2026-11-21"]


def test_another_day_another_configuration_and_an_edited_family_are_other_questions() -> None:
    family, settings = zamirandi(), config()
    _asked.clear()
    _ask(family, settings, TODAY)
    _ask(family, settings, TODAY + timedelta(days=1))
    _ask(family, config(), TODAY)
    edited = family.model_copy(update={"name": "Familien Ny"})
    assert _ask(edited, settings, TODAY).startswith("Familien Ny")
    assert len(_asked) == 4


def test_nothing_is_kept_of_a_family_that_is_gone() -> None:
    family, settings = zamirandi(), config()
    _ask(family, settings, TODAY)
    identity = id(family)
    assert identity in memory._answers
    del family
    gc.collect()
    assert identity not in memory._answers
