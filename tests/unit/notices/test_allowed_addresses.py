"""Which addresses may get mail, and how a link to a case is written: every place that asks gives one answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.records import Records
from hopdocs.notices.planning.invitations import wanted_family
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.wanted import Attendee
from hopdocs.pages.meeting_answers import meeting_answers
from hopdocs.sources.config import parse_config
from hopdocs.sources.families import parse_family
from tests.unit.notices.planning.test_invitations import EXAMPLE
from tests.unit.notices.samples import POLICY, World, sample_meeting

if TYPE_CHECKING:
    from hopdocs.model.config import Config

TODAY = date(2026, 11, 21)
_GUESTS = "\n    interpreter: {language: dari, name"


def config_with(*, domain: str, staff: str = "rri@vesterlyng.example", url: str = "") -> tuple[Config, set[str]]:
    text = (EXAMPLE / "config.yaml").read_text("utf-8")
    text = text.replace("allowed_domains: [", f"allowed_domains: [{domain}, ").replace("rri@vesterlyng.example", staff)
    parsed = parse_config(text.encode(), "config.yaml")
    assert parsed.config is not None
    config = parsed.config
    if url:
        config = config.model_copy(update={"records": Records(case_url=url)})
    return config, {item.code for item in parsed.diagnostics}


def day_with_guest(config: Config, email: str) -> FamilyDay:
    text = (EXAMPLE / "families/hop-2026-007.yaml").read_text("utf-8")
    text = text.replace(_GUESTS, f"\n    guests: [{{name: Lis, email: {email}}}]{_GUESTS}")
    family = parse_family(text.encode(), "families/hop-2026-007.yaml", config).family
    assert family is not None
    return FamilyDay.on(family, config, TODAY)


@pytest.mark.parametrize(
    ("address", "domain", "may"),
    [
        ("lis@skole.example", "skole.example", True),
        ("lis@Skole.example", "skole.example", True),
        ("lis@skole.example", "SKOLE.example", True),
        ("lis@skole.example.elsewhere.example", "skole.example", False),
        ("lis@anden.example", "skole.example", False),
    ],
)
def test_everybody_who_asks_whether_an_address_may_get_mail_hears_the_same(
    address: str, domain: str, *, may: bool
) -> None:
    config, _ = config_with(domain=domain)
    assert config.mail is not None
    assert config.mail.allows(address) is may
    day = day_with_guest(config, address)
    meeting = next(item for item in day.family.meetings if item.guests)
    wanted = next(item for item in wanted_family(day).meetings if item.meeting == meeting.id)
    assert ("Lis" in [item.name for item in wanted.attendees]) is may
    with_answers = config.model_copy(update={"mail": config.mail.model_copy(update={"answers": "svar"})})
    assert (
        "Lis" in [item.name for item in meeting_answers(FamilyDay.on(day.family, with_answers, day.today), meeting, {})]
    ) is may
    assert ("HD185" not in config_with(domain=domain, staff=address)[1]) is may
    world = World()
    world.ledger.start(world.now)
    world.save(sample_meeting(attendees=(Attendee(address.lower(), "Lis"),)))
    gates = world_gates(config.mail.allowed_domains)
    assert (world.holds(gates) != ["HD426"]) is may


def world_gates(domains: tuple[str, ...]) -> Gates:
    return Gates(replace(POLICY, allowed_domains=domains))


def test_a_case_number_with_a_stroke_and_a_blank_is_one_part_of_the_link() -> None:
    records = Records(case_url="https://records.example/sag/{case_number}/")
    assert records.url_of("26/012345 A") == "https://records.example/sag/26%2F012345%20A/"
    assert records.url_of(None) == ""
    assert Records().url_of("26-1") == ""


def test_the_link_in_mails_is_the_quoted_one() -> None:
    config, _ = config_with(domain="skole.example", url="https://records.example/{case_number}")
    day = day_with_guest(config, "lis@skole.example")
    family = day.family.model_copy(update={"case_number": "26/012345 A"})
    (meeting, *_) = wanted_family(FamilyDay.on(family, config, TODAY)).meetings
    assert meeting.case_url == "https://records.example/26%2F012345%20A"
