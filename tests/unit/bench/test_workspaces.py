"""The families that the figures at size are measured on are real ones: valid, and not all alike."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bench.samples import TODAY
from bench.workspaces import Standing, make_config, make_families, write_workspace
from hopdocs.diagnostics import Severity
from hopdocs.documents.desired import wanted_documents
from hopdocs.domain.consent import Consents, Gate
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.meeting import MeetingStatus
from hopdocs.rules import check_family
from hopdocs.rules.across_families import check_across, family_facts
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.model.config import Config
    from hopdocs.model.family import Family


def _config() -> Config:
    source = parse_config(make_config().encode(), "config.yaml")
    assert source.diagnostics == []
    assert source.config is not None
    return source.config


def _families(count: int, standing: Standing, *, every: int = 1) -> list[Family]:
    found = []
    for name, text in islice(make_families(count, standing), None, None, every):
        source = parse_family(text.encode(), f"families/{name}", _CONFIG)
        assert source.family is not None, name
        found.append(source.family)
    return found


_CONFIG = _config()


def test_every_family_is_without_errors() -> None:
    for family in _families(1000, Standing(), every=19):
        found = check_family(FamilyDay.on(family, _CONFIG, TODAY))
        assert not [item for item in found if item.severity is Severity.ERROR], family.id


def test_names_days_and_standings_vary() -> None:
    families = _families(100, Standing(cancelled_every=7, unconsented_every=10))
    assert len({family.id for family in families}) == len({family.case_number for family in families}) == 100
    assert len({family.name for family in families}) > 5
    assert len({member.name for family in families for member in family.members.values()}) > 60
    assert len({meeting.date for family in families for meeting in family.meetings}) > 6
    assert sum(Consents.on(family, TODAY).gate is Gate.CLOSED for family in families) == 10
    cancelled = [item for family in families for item in family.meetings if item.status is MeetingStatus.CANCELLED]
    assert len(cancelled) == 13


def test_nobody_is_at_two_meetings_at_once() -> None:
    facts = [family_facts(FamilyDay.on(family, _CONFIG, TODAY)) for family in _families(480, Standing())]
    assert check_across(facts, _CONFIG) == []


def test_the_first_ones_can_be_in_the_middle_of_their_course_and_all_others_at_its_beginning() -> None:
    families = _families(6, Standing(in_course=2))
    assert {Consents.on(family, TODAY).gate for family in families} == {Gate.OPEN}
    assert check_family(FamilyDay.on(families[-1], _CONFIG, TODAY)) == []
    assert [len(wanted_documents(FamilyDay.on(family, _CONFIG, TODAY))) > 20 for family in families] == [
        True,
        True,
        *[False] * 4,
    ]


def test_a_workspace_holds_them_as_files_and_makes_no_pdf(tmp_path: Path) -> None:
    write_workspace(tmp_path / "w", 3, Standing())
    assert sorted(path.name for path in (tmp_path / "w" / "families").iterdir()) == [
        "hop-2026-1000.yaml",
        "hop-2026-1001.yaml",
        "hop-2026-1002.yaml",
    ]
    assert "pdf: none" in (tmp_path / "w" / "config.yaml").read_text(encoding="utf-8")
