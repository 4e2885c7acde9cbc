"""References that end, and a yes that the law asks for and that was taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.diagnostics import Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.package_data import shipped_path
from hopdocs.rules.law import check_consent_to_replace, check_references
from hopdocs.sources.config import parse_config
from tests.unit.rules.samples import TODAY, config, consent, zamirandi

if TYPE_CHECKING:
    from hopdocs.diagnostics import DataPath, Finding
    from tests.unit.rules.samples import Raw

MIN_PLAN = "lov om en aktiv beskæftigelsesindsats § 40"


def found(key: str, today: date, **values: str) -> list[tuple[str, DataPath, dict[str, str]]]:
    def edit(raw: Raw) -> None:
        raw["law"] = {key: {"text": MIN_PLAN, "from": "2020-01-01"} | values}

    return [(item.code, item.at, dict(item.params)) for item in check_references(config(edit), today)]


@pytest.mark.parametrize(
    ("today", "days"),
    [(date(2026, 10, 1), None), (date(2026, 10, 2), "90"), (TODAY, "40"), (date(2026, 12, 31), "0")],
)
def test_a_reference_that_ends_is_told_of_ninety_days_ahead(today: date, days: str | None) -> None:
    expected = ("HD661", ("law", "min_plan", "to"), {"law": MIN_PLAN, "date": "2026-12-31", "days": days})
    assert found("min_plan", today, to="2026-12-31") == ([expected] if days else [])


def test_one_that_has_ended_is_told_of_only_where_letters_rest_on_it() -> None:
    after = date(2027, 1, 1)
    for key in ("helhedsorienteret_plan", "erstatter_min_plan"):
        assert [code for code, _, _ in found(key, after, to="2026-12-31")] == ["HD662"]
    assert found("min_plan", after, to="2026-12-31") == []


def test_one_without_a_known_end_is_to_be_looked_at_once_a_year() -> None:
    assert found("ungeplan", date(2027, 11, 21), reviewed="2026-11-21") == []
    ((code, at, _),) = found("ungeplan", date(2027, 11, 22), reviewed="2026-11-21")
    assert (code, at) == ("HD663", ("law", "ungeplan", "reviewed"))
    assert found("ungeplan", date(2030, 1, 1)) == []
    assert found("ungeplan", date(2027, 11, 22), reviewed="2025-01-01", to="2029-01-01") == []


def test_no_reference_of_the_sample_is_without_a_known_or_reviewed_end() -> None:
    source = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml")
    assert source.config is not None
    assert [key for key, law in source.config.law.items() if law.to is None and law.reviewed is None] == []
    ends = {item.at[1] for item in check_references(source.config, TODAY)}
    assert ends == {"min_plan", "virksomhedspraktik", "erstatter_min_plan"}


def test_help_at_home_and_practice_in_a_firm_rest_on_no_law_about_plans() -> None:
    source = parse_config(shipped_path("config.yaml").read_bytes(), "config.yaml")
    assert source.config is not None
    about_plans = {"min_plan", "voksen_handleplan", "barnets_plan", "ungeplan", "helhedsorienteret_plan"}
    for path in sorted(shipped_path("families").glob("*.yaml")):
        laws = [line.split("law:")[1].strip() for line in path.read_text("utf-8").splitlines() if " law:" in line]
        assert not about_plans & set(laws), path.name
        assert set(laws) <= source.config.law.keys()


def taken_back(member: str, relation: str, kind: str, for_: str) -> list[Finding]:
    def edit(raw: Raw) -> None:
        consent(raw, member)["withdrawn"] = [{"date": "2026-11-01", "areas": ["SO"]}, {"date": "2026-11-10"}]
        line = {"kind": kind, "area": "BF", "for": [for_], "relation": relation}
        raw["plan"]["sector_plans"] = [line] if kind else []

    def with_law(raw: Raw) -> None:
        raw["law"]["erstatter_ungeplan"] = {"text": "barnets lov § 110, stk. 3", "from": "2024-01-01"}

    day = FamilyDay.on(zamirandi(edit), config(with_law), TODAY)
    assert day.is_running
    return list(check_consent_to_replace(day))


@pytest.mark.parametrize(
    ("member", "relation", "kind", "for_", "plans"),
    [
        ("tariq", "erstattes", "ungeplan", "yasmin", "Ungeplan"),
        ("yasmin", "erstattes", "ungeplan", "yasmin", "Ungeplan"),
        ("tariq", "erstattes", "min_plan", "tariq", "Min Plan"),
        ("tariq", "erstattes", "min_plan", "nadira", None),
        ("yasmin", "erstattes", "barnets_plan", "sami", None),
        ("tariq", "gengives", "", "", "Barnets plan, Ungeplan"),
    ],
)
def test_who_takes_her_yes_back_no_longer_agrees_to_what_the_law_asks_her_for(
    member: str, relation: str, kind: str, for_: str, plans: str | None
) -> None:
    findings = taken_back(member, relation, kind, for_)
    assert [item.params["plans"] for item in findings] == ([plans] if plans else [])
    for item in findings:
        assert item.code == "HD660"
        assert item.severity is Severity.WARNING
        assert item.at[0] == "consents"
        assert item.at[2:] == ("withdrawn", 1, "date")


def test_the_finding_names_the_paragraph_from_config() -> None:
    (unge,) = taken_back("tariq", "erstattes", "ungeplan", "yasmin")
    (work,) = taken_back("tariq", "erstattes", "min_plan", "tariq")
    assert unge.params["law"] == "barnets lov § 110, stk. 3"
    assert work.params["law"] == "–"


def test_while_all_agree_nothing_is_said() -> None:
    assert list(check_consent_to_replace(FamilyDay.on(zamirandi(), config(), TODAY))) == []
