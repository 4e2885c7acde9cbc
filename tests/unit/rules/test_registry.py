from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hopdocs.diagnostics import Blocks, Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.rules import check_family
from hopdocs.rules.registry import RULES
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from tests.unit.rules.samples import TODAY, config, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from hopdocs.diagnostics import Finding
    from tests.unit.rules.samples import Raw

SAMPLES = Path(__file__).parents[3] / "families"


def _errors(found: list[Finding]) -> list[Finding]:
    return [item for item in found if item.severity is Severity.ERROR]


def test_the_example_families_are_as_they_should_be() -> None:
    assert check_family(FamilyDay.on(zamirandi(), config(), TODAY)) == []
    assert check_family(FamilyDay.on(regnbuehoej(), config(), TODAY)) == []


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_sample_family_has_an_error(path: Path) -> None:
    settings = parse_config((SAMPLES.parent / "config.yaml").read_bytes(), "config.yaml").config
    assert settings is not None
    family = parse_family(path.read_bytes(), f"families/{path.name}", settings).family
    assert family is not None
    assert _errors(check_family(FamilyDay.on(family, settings, TODAY))) == []


def test_a_family_that_only_waits_for_its_answers_is_warned_and_stopped_from_nothing() -> None:
    def wait(raw: Raw) -> None:
        for key in ("team", "tovholder", "meetings", "plan", "assessment", "measurements"):
            raw.pop(key)
        for line in raw["consents"]:
            line.pop("given")

    found = check_family(FamilyDay.on(zamirandi(wait), config(), TODAY))
    assert [(item.code, item.severity) for item in found] == [
        ("HD202", Severity.WARNING),
        ("HD202", Severity.WARNING),
        ("HD204", Severity.WARNING),
    ]


def test_a_family_whom_nobody_has_asked_yet_is_warned_of_nothing() -> None:
    def refer(raw: Raw) -> None:
        for key in (
            "team",
            "tovholder",
            "meetings",
            "plan",
            "assessment",
            "measurements",
            "cases",
            "information_given",
        ):
            raw.pop(key)
        raw["consents"] = [{"member": line["member"]} for line in raw["consents"]]

    assert check_family(FamilyDay.on(zamirandi(refer), config(), TODAY)) == []


@pytest.mark.parametrize("weeks", range(0, 150, 7))
def test_time_alone_never_blocks_a_family_or_takes_its_documents(weeks: int) -> None:
    for family in (zamirandi(), regnbuehoej()):
        found = check_family(FamilyDay.on(family, config(), TODAY + timedelta(weeks=weeks)))
        assert [item for item in found if item.blocks in (Blocks.FAMILY, Blocks.DOCUMENTS)] == []


def test_a_withdrawn_course_is_asked_nothing_that_only_matters_while_it_runs() -> None:
    assert _errors(check_family(FamilyDay.on(regnbuehoej(), config(), date(2030, 1, 1)))) == []


def test_every_rule_stands_in_the_table_once_and_applies_somewhere() -> None:
    checks = [rule.check for rule in RULES]
    assert len(set(checks)) == len(checks)
    assert all(rule.states for rule in RULES)
    assert all(rule.check.__doc__ for rule in RULES)
