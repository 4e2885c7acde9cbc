from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hopdocs.domain.family_day import FamilyDay
from hopdocs.pages.composition import family_view
from hopdocs.pages.overview import render_family, render_overview
from hopdocs.pages.sections.mails import coming_reminders, group_mails
from hopdocs.pages.views import NoticeLine
from tests.unit.pages.sample import TODAY, config, family, today
from tests.unit.pages.test_pages import Outline, facts, overview

AT_TEN = datetime(2026, 11, 21, 10, tzinfo=UTC)
ABOUT = "familieplansmøde 24.11.2026 kl. 10.00"


def invited(recipient: str, *, case: str = "HOP-2026-007", when: datetime = AT_TEN) -> NoticeLine:
    what = f"indkaldelse: {ABOUT}"
    return NoticeLine(case, what, recipient, "venter", when, kind="indkaldelse", meeting="familieplan", about=ABOUT)


def test_one_mail_to_many_is_one_line_under_its_meeting() -> None:
    (group,) = group_mails([invited("Ingolf"), invited("Sofus"), invited("Rita", when=AT_TEN.replace(hour=11))])
    assert group.about == ABOUT
    assert [(line.what, line.recipients) for line in group.lines] == [
        ("indkaldelse", ["Ingolf", "Sofus"]),
        ("indkaldelse", ["Rita"]),
    ]


def test_a_short_mail_stands_with_the_others_of_its_meeting_and_keeps_its_own_words() -> None:
    short = NoticeLine("HOP-2026-007", "din del mangler", "Sofus", "venter", meeting="familieplan")
    (group,) = group_mails([short, invited("Ingolf")])
    assert [line.what for line in group.lines] == ["din del mangler", "indkaldelse"]


def test_meetings_of_two_families_on_one_day_are_kept_apart() -> None:
    groups = group_mails([invited("Ingolf"), invited("Ingolf", case="HOP-2025-003")])
    assert [item.family for item in groups] == ["HOP-2026-007", "HOP-2025-003"]


def test_the_page_has_the_meeting_once_and_counts_every_mail() -> None:
    text = Outline(render_overview(replace(overview(), notices=(invited("Ingolf"), invited("Sofus"))))).text
    assert text.count("Familieplansmøde 24.11.2026 kl. 10.00") == 1
    assert "Ingolf og Sofus" in text
    assert "2 mails på vej" in text


def test_the_page_says_which_reminders_are_to_come_and_to_whom() -> None:
    found = coming_reminders(today(family("2026-009")))
    assert [(line.day, line.recipients) for line in found] == [
        (date(2026, 11, 24), ("Kamma Korsedderkop",)),
        (date(2026, 12, 8), ("Kamma Korsedderkop",)),
    ]
    text = Outline(render_family(family_view(today(family("2026-009")), facts()))).text
    assert "Kamma Korsedderkop" in text.split("Påmindelser, der kommer")[1]


def test_no_reminder_is_to_come_where_no_mail_is_sent() -> None:
    quiet = config().model_copy(update={"mail": None})
    assert coming_reminders(FamilyDay.on(family("2026-009"), quiet, TODAY)) == ()
