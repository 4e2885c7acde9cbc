"""Until all have said yes only the coordinator hears of a family, and of a no only who brought the family."""

from __future__ import annotations

from typing import Any

import pytest

from hopdocs.notices.mail.message import plain_text
from hopdocs.notices.planning.reminders import reminder_notice
from tests.unit.notices.kinds.course.courses import asked_for, consent, mails, on_team, wanted
from tests.unit.notices.samples import NOW

ENQUIRY: dict[str, Any] = {"information_given": None, "consents": [], "team": [], "tovholder": []}
YYM = {"date": "2026-09-07", "source": "professional", "by": "yym"}
FORMS = [{"member": "signe", "form_given": "2026-09-10"}, {"member": "jeppe", "form_given": "2026-09-10"}]


def test_the_coordinator_is_told_of_a_new_enquiry_and_whom_to_call() -> None:
    told = mails("henvendelse", "2026-09-07", **ENQUIRY, referral=YYM)
    assert list(told) == ["kko"]
    assert "Ring til Yrsa Ymerdrys, 00 00 12 08." in told["kko"]


def test_where_the_family_came_by_itself_she_finds_it_in_the_file() -> None:
    told = mails("henvendelse", "2026-09-07", **ENQUIRY, referral={"date": "2026-09-07", "source": "family"})
    assert "Se familiens fil." in told["kko"]


@pytest.mark.parametrize(
    "changes",
    [
        {"referral": {"date": "2026-09-07", "source": "professional", "by": "kko"}},
        {"referral": YYM, "information_given": "2026-09-08"},
        {"referral": {**YYM, "date": "2026-08-24"}},
        {},
    ],
    ids=["written by herself", "informed already", "weeks ago", "no referral"],
)
def test_there_is_no_mail_about_an_enquiry_that_she_knows_of(changes: dict[str, Any]) -> None:
    assert mails("henvendelse", "2026-09-08", **{**ENQUIRY, **changes}) == {}


def test_a_no_is_told_to_the_coordinator_and_to_who_brought_the_family_and_to_nobody_else() -> None:
    no = [consent("signe"), {"member": "jeppe", "refused": "2026-09-22"}]
    told = mails("afslag", "2026-09-23", consents=no, referral=YYM)
    assert set(told) == {"kko", "yym"}
    assert set(told.values()) == {
        "Tilbuddet om en helhedsorienteret plan er ikke taget imod. Der laves ikke mere i sagen."
    }


@pytest.mark.parametrize(
    "changes",
    [
        {**ENQUIRY, "referral": YYM},
        {**ENQUIRY, "referral": YYM, "information_given": "2026-09-08"},
        {"consents": FORMS, "referral": YYM},
        {"consents": [consent("signe"), FORMS[1]], "referral": YYM},
        {"consents": [consent("signe"), {"member": "jeppe", "refused": "2026-09-22"}], "referral": YYM},
    ],
    ids=["henvendt", "informeret", "samtykke_afventer", "half of them", "samtykke_afslaaet"],
)
@pytest.mark.parametrize("today", ["2026-09-08", "2026-09-24", "2026-10-06", "2026-10-08", "2026-11-02"])
def test_nobody_on_a_team_or_in_the_steering_group_hears_of_a_family_that_has_not_said_yes(
    changes: dict[str, Any], today: str
) -> None:
    team = [on_team("rri"), on_team("hha")]
    waits = [{"area": "BES", "applied": "2026-08-01"}]
    told = wanted(today, **{"team": team, "tovholder": [], "waiting_times": waits, **changes})
    assert {item.recipient.staff for item in told.reminders} <= {"kko", "yym"}
    assert all(item.kind == "afslag" for item in told.reminders if item.recipient.staff == "yym")


def test_the_mail_about_an_enquiry_reads_as_a_colleague_would_write_it() -> None:
    (mail,) = asked_for("henvendelse", "2026-09-07", **ENQUIRY, referral=YYM, case_number=None)
    assert plain_text(reminder_notice(mail, [], "", NOW)) == (
        "Hej Kamma\n\n"
        "Der er kommet en ny henvendelse om en helhedsorienteret plan.\n\n"
        "Sag: HOP-2026-031\n\n"
        "Ring til Yrsa Ymerdrys, 00 00 12 08.\n\n"
        "Venlig hilsen\nFamilierådgivningen, Vesterlyng Kommune\n"
    )
