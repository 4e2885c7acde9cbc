"""Who hears of an answer from an address that was not invited."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hopdocs.notices.kinds.returned_mail import STRANGERS_ANSWER
from hopdocs.notices.mail.privacy import scan_mail
from hopdocs.notices.record import State
from hopdocs.notices.wanted import PrivateWords
from tests.unit.cycle.mail.test_returned_mail import Office
from tests.unit.cycling import Desk, copy_example
from tests.unit.notices.inbound.test_answers import reply

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.notices.record import NoticeRecord

OTHER = "rigmor.rimfrost@vesterlyng.example"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = copy_example(tmp_path / "ws")
    desk.edit("  reply_to: tovholder", "  answers: svar\n  reply_to: tovholder", "config.yaml")
    (desk.root / "svar").mkdir()
    return desk


def put(office: Office, name: str, **fields: str) -> None:
    (office.desk.root / "svar" / name).write_bytes(reply(**fields))  # type: ignore[arg-type]
    office.cycle()


def told(office: Office) -> list[tuple[NoticeRecord, str]]:
    with closing(office.ledger()) as ledger:
        waiting = [item for item in ledger.in_state(State.PENDING) if item.kind is STRANGERS_ANSWER]
        assert [leak for item in waiting for leak in scan_mail(ledger.mime(item.id), PrivateWords())] == []
        return [(item, "\n".join(getattr(item.facts, "lines", ()))) for item in waiting]


def answered(office: Office) -> dict[str, str]:
    with closing(office.ledger()) as ledger:
        return {item.email: item.partstat for item in ledger.answers()}


def test_the_tovholder_is_shown_it_once_and_how_to_mend_it(desk: Desk) -> None:
    office = Office(desk)
    put(office, "1.eml", sender=OTHER, attendee=OTHER)
    office.cycle()
    ((record, text),) = told(office)
    assert (record.email, record.family) == ("iik@vesterlyng.example", "HOP-2026-007")
    assert record.subject == "Et svar kom fra en, der ikke er indkaldt, sag 26-012345"
    assert text.startswith(
        f"Et ja til familieplansmødet tirsdag den 24. november kom fra {OTHER}, som ikke er indkaldt."
    )
    assert "aliases" in text
    assert answered(office) == {}
    assert "Et svar kom fra en" in (desk.root / "out/hop-2026-007/overblik.html").read_text("utf-8")


def test_an_alias_is_the_mend_and_the_answer_is_read_again(desk: Desk) -> None:
    office = Office(desk)
    put(office, "1.eml", sender=OTHER, attendee=OTHER)
    desk.edit(
        "email: rri@vesterlyng.example", f"email: rri@vesterlyng.example, aliases: [{OTHER.upper()}]", "config.yaml"
    )
    office.cycle()
    assert answered(office) == {"rri@vesterlyng.example": "ACCEPTED"}
    put(office, "2.eml", sender=OTHER, attendee=OTHER, partstat="DECLINED", number="2", written="20261121T080500Z")
    assert answered(office) == {"rri@vesterlyng.example": "DECLINED"}
    assert len(told(office)) == 1


def test_another_answer_from_the_same_address_is_shown_too(desk: Desk) -> None:
    office = Office(desk)
    put(office, "1.eml", sender=OTHER, attendee=OTHER)
    put(office, "2.eml", sender=OTHER, attendee=OTHER, partstat="DECLINED", number="2")
    assert [text.partition(" til ")[0] for _, text in told(office)] == ["Et ja", "Et afbud"]


def test_the_tovholders_own_other_address_is_shown_to_the_coordinator(desk: Desk) -> None:
    """Not at that address, at least: it may be anybody's."""
    office = Office(desk)
    put(office, "1.eml", sender="iik@vesterlyng.example", attendee=OTHER)
    ((_, text),) = told(office)
    assert OTHER in text


def test_an_address_that_is_more_than_one_is_not_repeated(desk: Desk) -> None:
    office = Office(desk)
    put(office, "1.eml", sender="x" * 70 + "@x.example", attendee="x" * 70 + "@x.example")
    ((_, text),) = told(office)
    assert "fra en adresse, der ikke kan vises, som ikke" in text


def test_nobody_hears_of_an_answer_to_a_meeting_that_has_been(desk: Desk) -> None:
    office = Office(desk)
    desk.clock.pass_days(30)
    put(office, "1.eml", sender=OTHER, attendee=OTHER)
    assert told(office) == []
