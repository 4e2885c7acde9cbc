"""What one family's file means as a whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hopdocs.diagnostics import Blocks, Severity
from hopdocs.evaluation import AttachmentLookup, FamilyOutcome, evaluate_family
from hopdocs.sources.config import parse_config

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
PATH = "families/hop-2026-007.yaml"
TODAY = date(2026, 11, 21)


def evaluate(*edits: tuple[str, str]) -> FamilyOutcome:
    config = parse_config((EXAMPLE / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    text = (EXAMPLE / PATH).read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return evaluate_family(text.encode(), PATH, config, TODAY, lambda _file: AttachmentLookup("digest"))


def test_what_goes_to_the_cache_comes_back_as_it_was() -> None:
    outcome = evaluate()
    again = FamilyOutcome.from_json(PATH, outcome.as_json())
    assert again.as_json() == outcome.as_json()


def test_a_meeting_mistyped_onto_a_saturday_stops_the_family_but_corrects_what_people_hold() -> None:
    outcome = evaluate(("date: 2026-11-24", "date: 2026-11-28"))
    assert (outcome.is_stopped, outcome.documents) == (True, ())
    assert outcome.notices is not None
    moved = next(item for item in outcome.notices.meetings if item.meeting == "familieplan")
    assert moved.starts.date() == date(2026, 11, 28)
    assert outcome.notices.blocked


def test_a_file_that_cannot_be_read_asks_for_no_notice_at_all() -> None:
    outcome = evaluate(("date: 2026-11-24", "date: 2026-11-31"))
    assert (outcome.is_stopped, outcome.notices) == (True, None)


def test_a_child_without_a_reason_costs_that_meetings_papers_alone() -> None:
    outcome = evaluate(("        reason: Emnerne er for de voksne.\n", ""))
    meetings = {item.meeting for item in outcome.documents}
    assert outcome.withheld_by is not None
    assert "formoede" in meetings
    assert "familieplan" not in meetings


def test_a_signed_form_or_a_part_of_the_assessment_that_is_not_there_is_told_and_looked_for_again() -> None:
    config = parse_config((EXAMPLE / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    text = (EXAMPLE / PATH).read_text(encoding="utf-8")
    text = text.replace("received_by: iik}", "received_by: iik, form: underskrift.pdf}", 1)
    text = text.replace(
        "assessment:\n", "assessment:\n  - area: SO\n    by: ssk\n    date: 2026-11-09\n    file: so.txt\n", 1
    )

    def look_up(file: str) -> AttachmentLookup:
        return AttachmentLookup(fault="HD509") if file in ("underskrift.pdf", "so.txt") else AttachmentLookup("digest")

    outcome = evaluate_family(text.encode(), PATH, config, TODAY, look_up)
    told = [item for item in outcome.diagnostics if item.code == "HD509"]
    assert [item.params["file"] for item in told] == ["underskrift.pdf", "so.txt"]
    assert {(item.severity, item.blocks) for item in told} == {(Severity.WARNING, Blocks.NOTHING)}
    assert "form: underskrift.pdf" in text.splitlines()[told[0].line - 1]
    assert (outcome.lookups["underskrift.pdf"], outcome.lookups["so.txt"]) == ("HD509", "HD509")
    found = evaluate_family(text.encode(), PATH, config, TODAY, lambda _file: AttachmentLookup("digest"))
    assert not [item for item in found.diagnostics if item.code == "HD509"]
    assert "underskrift.pdf" not in found.lookups
