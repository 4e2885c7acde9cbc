from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hopdocs.catalogue import fill_message
from hopdocs.cli.live.picture import Line, Look
from hopdocs.cli.live.words import (
    list_courses,
    list_faults,
    list_mails,
    tell_delivery,
    tell_mail_fault,
    tell_round,
    tell_trouble,
)
from hopdocs.cycle.report import CycleReport, DocumentLine
from hopdocs.diagnostics import Diagnostic, Severity
from hopdocs.errors import MailFault
from hopdocs.freshness.staleness import NEW, Action, Reason
from hopdocs.notices.record import NoticeId
from hopdocs.notices.sending.delivery import DeliveryReport
from hopdocs.notices.sending.outbox import Hold
from hopdocs.watching.figures import Figures
from hopdocs.watching.outlook import HeldMails, MailGroup, OpenCourse, Outlook

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _danish(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "da")


def document(family: str, kind: str = "dagsorden", action: Action = Action.MADE) -> DocumentLine:
    return DocumentLine(family, kind, None, "nadira", "docx", f"out/{family}/{kind}-nadira.docx", action, NEW)


def test_a_round_is_told_by_family_without_the_names_of_its_readers() -> None:
    report = CycleReport(
        [
            document("HOP-2026-007"),
            document("HOP-2026-007", "invitation"),
            document("HOP-2026-009", action=Action.KEPT),
            document("HOP-2026-009", "familieplan", Action.FAILED),
            document("", "status", Action.REMOVED),
        ],
        queued=2,
    )
    lines = list(tell_round(report, "12.00.07"))
    assert [(line.whose, line.look) for line in lines] == [
        ("HOP-2026-007", Look.GOOD),
        ("HOP-2026-009", Look.BAD),
        ("projektet", Look.CHANGED),
        ("", Look.PLAIN),
    ]
    assert lines[0].what.startswith("2 lavet: ")
    assert lines[0].what.endswith(" · dagsorden, invitation")
    assert lines[1].what.startswith("1 mislykket: ")
    assert lines[3].what == "2 mails lagt klar"
    assert {line.when for line in lines} == {"12.00.07"}
    assert "nadira" not in "".join(line.what for line in lines)


def test_why_is_told_of_the_word_files_however_many_pdfs_follow_them() -> None:
    pdf = replace(document("HOP-2026-007"), format="pdf", reason=Reason("HD567"))
    [line] = tell_round(CycleReport([document("HOP-2026-007"), pdf, pdf]), "")
    assert fill_message(NEW.code, NEW.params, "da") in line.what
    [alone] = tell_round(CycleReport([pdf]), "")
    assert fill_message("HD567", {}, "da") in alone.what


def test_a_round_in_which_nothing_happened_is_no_news() -> None:
    assert list(tell_round(CycleReport([document("HOP-2026-007", action=Action.KEPT)]), "")) == []


def test_a_round_over_many_families_is_one_line() -> None:
    [line] = tell_round(CycleReport([document(f"HOP-2026-{number:03}") for number in range(400)]), "")
    assert line == Line("400 lavet til 400 familier", look=Look.GOOD)


def test_what_was_sent_is_told_by_what_it_was_and_what_was_not_by_its_number() -> None:
    sent = MailGroup("HOP-2026-007", "indkaldelse: familieplansmøde", ("Rigmor", "Pelle"))
    numbers = [NoticeId(1), NoticeId(2)]
    [line] = tell_delivery(DeliveryReport(accepted=numbers), [sent], "")
    assert (line.whose, line.what) == ("HOP-2026-007", "sendt til 2 personer – indkaldelse: familieplansmøde")
    [many] = tell_delivery(DeliveryReport(accepted=numbers), [], "")
    assert (many.what, many.look) == ("mails: 2 sendt.", Look.GOOD)
    [refused] = tell_delivery(DeliveryReport(failed=numbers), [], "")
    assert (refused.what, refused.look) == ("mails: 2 afvist.", Look.BAD)
    fault = tell_mail_fault(MailFault("HD401", host="localhost", port="1025", detail=""), "12.00.07")
    assert (fault.look, fault.when) == (Look.BAD, "12.00.07")


def test_mails_are_told_by_when_they_leave_and_what_else_they_wait_for() -> None:
    def at(day: int, hour: int) -> datetime:
        return datetime(2026, 11, day, hour, 41, tzinfo=ZONE)

    groups = [
        MailGroup("HOP-2026-007", "aflysning", ("Rigmor",), when) for when in (None, at(21, 12), at(22, 7), at(30, 7))
    ]
    outlook = Outlook(Figures(pending=6), tuple(groups), (HeldMails(2, Hold("HD422")), HeldMails(3, Hold("HD420"))))
    section = list_mails(outlook, NOW)
    assert section.title == "Mails på vej (6)"
    assert section.lines[0].what.startswith("2 venter: ")
    assert section.lines[1].what == "3 venter: Intet går ud før: hopdocs notices start"
    assert [line.when for line in section.lines[2:]] == ["nu", "kl. 12.41", "i morgen kl. 07.41", "30.11. kl. 07.41"]
    assert {line.what for line in section.lines[2:]} == {"aflysning → Rigmor"}


def test_where_only_the_first_mails_were_asked_at_least_so_many_wait() -> None:
    section = list_mails(Outlook(Figures(pending=4000), held=(HeldMails(60, Hold("HD422"), is_least=True),)), NOW)
    assert section.lines[0].what.startswith("mindst 60 venter: ")


def test_without_a_mail_server_no_time_is_told_as_if_mail_left_then() -> None:
    groups = (MailGroup("HOP-2026-007", "aflysning", ("Rigmor",), None),)
    section = list_mails(Outlook(Figures(pending=1), groups, has_no_server=True), NOW)
    assert section.lines[0].what == "der er ingen mailserver på denne maskine: intet går ud herfra"
    assert len(section.lines) == 2
    assert list_mails(Outlook(has_no_server=True), NOW).lines == ()


def test_errors_come_first_with_the_mend_of_the_first_and_warnings_are_few() -> None:
    warnings = [Diagnostic("config.yaml", number, 9, "HD245", severity=Severity.WARNING) for number in range(1, 6)]
    advice = Diagnostic("config.yaml", 1, 1, "HD361", severity=Severity.ADVICE)
    errors = [Diagnostic("families/hop-2026-009.yaml", line, 5, "HD170", {"open": "["}) for line in (59, 63)]
    section = list_faults([advice, *warnings, *errors], families=2)
    assert section.title == "Fejl og advarsler · 2 familier med fejl"
    told = [(line.what.partition(":")[0].strip(), line.look) for line in section.lines]
    assert told == [
        ("hop-2026-009.yaml", Look.BAD),
        ("løsning", Look.QUIET),
        ("hop-2026-009.yaml", Look.BAD),
        *[("config.yaml", Look.CHANGED)] * 3,
        ("og flere", Look.QUIET),
    ]
    assert section.lines[0].what.startswith("hop-2026-009.yaml:59:5: fejl HD170: ")
    assert list_faults([]).lines == ()


def test_what_the_service_itself_says_has_no_place_before_it() -> None:
    [line] = tell_trouble([Diagnostic("", 0, 0, "HD535", {"detail": "KeyError"})], "12.00.07")
    assert line.what.startswith("fejl HD535: ")


def test_a_course_says_what_is_late_and_whom_it_waits_for() -> None:
    courses = (
        OpenCourse("HOP-2026-007", ("Datatræk",), ("Søren: delen", "familien: svar")),
        OpenCourse("B", (), ("x",)),
    )
    section = list_courses(Outlook(open=courses, open_count=9))
    assert section.title == "Overskredet, og hvem der ventes på (9)"
    assert section.lines == (
        Line("overskredet: Datatræk · venter på Søren: delen; familien: svar", "HOP-2026-007"),
        Line("venter på x", "B"),
    )
