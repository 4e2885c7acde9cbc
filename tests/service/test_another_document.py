"""A kind of document from outside the package goes all the way: checked, made, listed, delivered, logged and shown."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest
from docx import Document

from hopdocs.documents.kinds import table
from hopdocs.documents.kinds.kind import DocumentKind, HandoverDeadline, Paper
from hopdocs.documents.letterhead import document_info, member_recipient, municipality_box
from hopdocs.documents.meeting_facts import MeetingFacts, contact_box
from hopdocs.documents.views import Context, MeetingView
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.meeting import Meeting, MeetingType
from hopdocs.model.meeting_answers import CurrentAnswers
from tests.unit.cli.running import run

EXAMPLE: Final = Path(__file__).parents[1] / "data" / "example"
NAME: Final = "huskeseddel"
FAMILY: Final = "HOP-2026-007"
PAPER: Final = "huskeseddel-familieplan-nadira.docx"
DELIVERY: Final = (
    "deliveries:\n  - {document: huskeseddel, meeting: familieplan, to: [nadira], date: 2026-11-21, how: paper}\n\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderContext(Context):
    meeting: MeetingView
    bring: tuple[str, ...]


def reminders(gathering: MeetingFacts, _current_answers: CurrentAnswers) -> Iterator[Paper]:
    """One for each of the family who is invited to talk about the plan."""
    for member in gathering.invited if gathering.meeting.type is MeetingType.FAMILIEPLANSMØDE else ():
        context = ReminderContext(
            document=document_info(NAME, "Husk til mødet"),
            municipality=municipality_box(gathering.audience.config),
            case_number=gathering.audience.family.case_number or "",
            recipient=member_recipient(gathering.audience, member),
            tovholder=contact_box(gathering, ()),
            meeting=gathering.view,
            bring=("jeres kalender", "det, I vil tale om"),
        )
        yield Paper(context=context, recipient=member)


def is_ahead(day: FamilyDay, meeting_id: str, _recipient: str) -> bool:
    meeting = day.family.meeting(meeting_id)
    return meeting is not None and day.is_planned(meeting)


def ten_days_before(_day: FamilyDay, meeting: Meeting) -> date | None:
    return meeting.date - timedelta(days=10) if meeting.type is MeetingType.FAMILIEPLANSMØDE else None


REMINDER: Final = DocumentKind(
    name=NAME,
    title="Huskeseddel",
    template="huskeseddel",
    context=ReminderContext,
    needs_consent=True,
    for_meeting=reminders,
    is_called_for=is_ahead,
    is_final_once_delivered=True,
    handover=HandoverDeadline("reminder", "Familien har huskesedlen til", ten_days_before),
)


class Municipality:
    """A copy of the example, without PDFs, at work on the day on which the deadline of the letter has passed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(EXAMPLE, root)
        self.edit("config.yaml", "pdf: auto ", "pdf: none ")
        (self.root / "templates").mkdir(exist_ok=True)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def save_template(self, *paragraphs: str) -> None:
        template = Document()
        for text in paragraphs:
            template.add_paragraph(text)
        template.save(str(self.root / "templates" / "huskeseddel.docx"))

    def run(self, *words: str, code: int = 0) -> str:
        done = run("-w", self.root, "--today", "2026-11-21", *words)
        assert done.code == code, done.out + done.err
        return done.out + done.err

    def words_of(self, name: str) -> list[str]:
        return [line.text for line in Document(str(self.root / "out/hop-2026-007" / name)).paragraphs if line.text]

    def page(self) -> str:
        return (self.root / "out/hop-2026-007/overblik.html").read_text(encoding="utf-8")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Municipality:
    monkeypatch.setenv("HOPDOCS_LANG", "en")
    monkeypatch.setattr(table, "KINDS", (*table.KINDS, REMINDER))
    return Municipality(tmp_path / "ws")


def test_a_template_of_a_new_kind_is_checked_against_what_its_context_has(town: Municipality) -> None:
    town.save_template("{{ meeting.when }}", "{{ bringe }}")
    told = town.run("check", code=1)
    assert "templates/huskeseddel.docx" in told
    assert "bringe" in told
    town.save_template("{{ meeting.when }}", "{{ bring | join(', ') }}")
    assert "error" not in town.run("check", code=0)


def test_a_kind_of_document_from_outside_is_made_listed_delivered_logged_and_shown(town: Municipality) -> None:
    town.save_template("Kære {{ recipient.first_name }}", "Tag med: {{ bring | join(' og ') }}")
    town.run("build")
    assert town.words_of(PAPER) == ["Kære Nadira", "Tag med: jeres kalender og det, I vil tale om"]
    made = sorted(path.name for path in (town.root / "out/hop-2026-007").glob("huskeseddel-*.docx"))
    assert made == [f"huskeseddel-familieplan-{who}.docx" for who in ("nadira", "tariq", "yasmin")]
    assert "Familien har huskesedlen til familieplansmødet" in town.run("status")
    assert PAPER in town.run("log", FAMILY)
    assert letters_to_deliver(town.page()) == ["late"] * 3

    town.edit("families/hop-2026-007.yaml", "measurements:\n", f"{DELIVERY}measurements:\n")
    assert "HD608" not in town.run("check")
    town.run("build")
    assert "Familien har huskesedlen" not in town.run("status")
    assert letters_to_deliver(town.page()) == ["late", "late", "delivered"]

    town.save_template("Hej {{ recipient.first_name }}", "Tag med: {{ bring | join(' og ') }}")
    town.run("build")
    assert town.words_of(PAPER)[0] == "Kære Nadira", "what somebody holds is kept as it was"
    assert town.words_of("huskeseddel-familieplan-tariq.docx")[0] == "Hej Tariq"


def test_without_its_line_in_the_table_a_delivery_of_it_is_a_fault(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "KINDS", tuple(kind for kind in table.KINDS if kind is not REMINDER))
    town.edit("families/hop-2026-007.yaml", "measurements:\n", f"{DELIVERY}measurements:\n")
    told = town.run("check", code=1)
    assert 'HD608: there is no kind of document called "huskeseddel"' in told
    assert "do you mean one of " in told
    assert "huskeseddel" not in told.partition("do you mean one of ")[2].partition("(")[0]


def letters_to_deliver(page: str) -> list[str]:
    """How the letters of the new kind stand in the page's table of what must be delivered."""
    table_of_letters = page.partition('id="breve"')[2].partition("</table>")[0]
    rows = [row for row in table_of_letters.split("<tr>") if "huskeseddel-familieplan-" in row]
    return ["delivered" if "afleveret" in row else "late" if "haster" in row else "in time" for row in rows]
