"""The plan and the letter that covers it leave in one envelope, and one delivery says that both have arrived."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.unit.dispatch.office import FAMILY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.dispatch.office import Office

LETTER, PLAN = "foelgebrev-nadira", "familieplan-nadira"
FOLDER = f"digital-post/nadira/{LETTER}"


@pytest.fixture
def met(office: Office) -> Office:
    """The family has met about the plan."""
    office.desk.edit("date: 2026-11-24", "date: 2026-11-20", f"families/{FAMILY}.yaml")
    office.build()
    return office


def waiting(office: Office) -> dict[str, list[str]]:
    """By document that waits for Nadira: what is enclosed."""
    return {
        item["document"]: [file["file"].rpartition("/")[2] for file in item["attachments"]]
        for item in office.manifest()["letters"]
        if item["recipient"] == "nadira"
    }


def deliver(office: Office, kind: str) -> None:
    path = office.root / f"families/{FAMILY}.yaml"
    line = f"{{document: {kind}, to: [nadira], date: 2026-11-21, how: handed_over}}"
    path.write_text(f"{path.read_text('utf-8')}\ndeliveries:\n  - {line}\n", "utf-8")
    office.build()


def test_the_plan_lies_below_its_covering_letter_and_goes_in_no_envelope_of_its_own(met: Office) -> None:
    met.dispatch()
    assert waiting(met)["foelgebrev"] == [f"{PLAN}.pdf"]
    assert "familieplan" not in waiting(met)
    assert {f"{FOLDER}/{LETTER}.pdf", f"{FOLDER}/{PLAN}.pdf"} <= met.names()


@pytest.mark.parametrize("kind", ["familieplan", "samlet-familieplan"])
def test_a_delivery_of_the_plan_settles_its_covering_letter(met: Office, kind: str) -> None:
    deliver(met, kind)
    met.dispatch()
    assert not {"foelgebrev", "familieplan"} & waiting(met).keys()


def test_the_plan_still_goes_where_the_covering_letter_was_given_without_it(met: Office) -> None:
    deliver(met, "foelgebrev")
    met.dispatch()
    assert waiting(met)["familieplan"] == []


def test_a_receipt_of_the_covering_letter_is_one_of_the_plan_in_it_until_the_plan_changes(
    met: Office, tmp_path: Path
) -> None:
    met.dispatch()
    (sent,) = (
        item for item in met.manifest()["letters"] if (item["document"], item["recipient"]) == ("foelgebrev", "nadira")
    )
    receipts = tmp_path / "receipts"
    receipts.mkdir()
    receipt = {"id": sent["id"], "status": "delivered", "at": "2026-11-21T10:15:00Z"}
    (receipts / "a.json").write_text(json.dumps(receipt), "utf-8")
    told = met.dispatch("receipts", str(receipts)).out
    assert "{document: foelgebrev, to: [nadira]" in told
    assert "{document: familieplan, to: [nadira]" in told
    met.dispatch()
    assert not {"foelgebrev", "familieplan"} & waiting(met).keys()
    met.desk.edit("name: Sami Zamirandi", "name: Sami Nyhavn", f"families/{FAMILY}.yaml")
    met.build()
    met.dispatch()
    assert "foelgebrev" not in waiting(met)
    assert waiting(met)["familieplan"] == []
