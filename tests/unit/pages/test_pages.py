from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from hopdocs.diagnostics import Blocks, Diagnostic, Severity
from hopdocs.domain.family_day import FamilyDay
from hopdocs.freshness.staleness import DocumentKey, Format, Reason, Record
from hopdocs.model.measurement import SurveyLinks
from hopdocs.pages.composition import PageFacts, family_row, family_view, stopped_row, stopped_view
from hopdocs.pages.overview import render_family, render_overview
from hopdocs.pages.views import FamilyRow, NoticeLine, OverviewView
from tests.unit.pages.sample import TODAY, config, edited, family, today

READ_AT = datetime(2026, 11, 21, 8, 41, tzinfo=UTC)
FAMILIES = ("2025-003", "2026-002", "2026-007", "2026-009")
FAULT = Diagnostic(
    "families/hop-2026-007.yaml", 41, 12, "HD593", {"path": "<b>hop</b>"}, Severity.ERROR, Blocks.DOCUMENTS
)


def record(kind: str, recipient: str, meeting: str = "", ending: str = "docx") -> Record:
    stem = "-".join(part for part in (kind, meeting, recipient) if part)
    return Record(
        key=DocumentKey("HOP-2026-007", kind, meeting, recipient),
        format=Format(ending),
        name=f"{stem}.{ending}",
        title=kind.capitalize(),
        template=f"{kind}.docx",
        template_digest="",
        software="",
        fields={},
        whole="",
        version=2,
        day=date(2026, 11, 20),
        digest="",
        source="",
        reason=Reason("HD593", {"path": "x"}),
        made_at="2026-11-21T08:41:00+00:00",
    )


def facts(**more: object) -> PageFacts:
    return replace(PageFacts("families/hop-2026-007.yaml", "hop-2026-007", READ_AT), **more)  # type: ignore[arg-type]


def overview(*rows: FamilyRow) -> OverviewView:
    return OverviewView("Vesterlyng Kommune", "Familierådgivningen", TODAY, READ_AT, rows)


class Outline(HTMLParser):
    """What a screen reader goes by."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "col", "link"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "head"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def pages() -> list[str]:
    shown = [render_family(family_view(today(family(number)), facts())) for number in FAMILIES]
    rows = [family_row(today(family(number)), f"hop-{number}", ()) for number in FAMILIES]
    return [*shown, render_overview(overview(*rows)), render_overview(overview())]


@pytest.mark.parametrize("page", pages())
def test_every_page_can_be_read_by_keyboard_and_screen_reader(page: str) -> None:
    shown = Outline(page)
    assert shown.open == []
    assert shown.all("html") == [{"lang": "da"}]
    assert len(shown.all("h1")) == len(shown.all("main")) == len(shown.all("header")) == len(shown.all("footer")) == 1
    first = shown.all("a")[0]
    assert first["href"] == f"#{shown.all('main')[0]['id']}"
    assert all(attrs.get("scope") for attrs in shown.all("th"))
    assert all("src" not in attrs for attrs in shown.all("script"))
    assert not shown.all("img")
    ids = [attrs["id"] for _, attrs in shown.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for region in [attrs for attrs in shown.all("div") if attrs.get("class") == "scroll"]:
        assert region["tabindex"] == "0"  # on a narrow screen a table is moved sideways, by keys too
        assert region.get("aria-label") or region["aria-labelledby"] in ids


@pytest.mark.parametrize("page", pages())
def test_a_cell_says_its_columns_head_where_a_row_is_a_card(page: str) -> None:
    for table in re.findall(r'<table class="cards">.*?</table>', page, re.DOTALL):
        heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.partition("<tbody")[2], re.DOTALL):
            labels = re.findall(r'<td(?: data-label="(.*?)")?', row)
            assert labels in ([], heads[1:])


COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{6})")
ON_GROUND = [
    *((text, ground) for text in ("ink", "soft", "accent", "late", "wait", "ok") for ground in ("paper",)),
    *(("ink", ground) for ground in ("accent-soft", "late-soft", "wait-soft")),
]


def contrast(one: str, other: str) -> float:
    """Between two colours (WCAG 2.1, 1.4.3)."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("text", "ground"), ON_GROUND)
def test_text_stands_out_by_day_and_by_night(text: str, ground: str) -> None:
    by_day, by_night = render_overview(overview()).split("prefers-color-scheme: dark")
    day = dict(COLOUR.findall(by_day))
    for colours in (day, day | dict(COLOUR.findall(by_night))):
        assert contrast(colours[text], colours[ground]) >= 4.5


def test_what_is_late_is_said_before_what_a_narrow_screen_cuts_off() -> None:
    shown = render_family(family_view(today(family("2026-007")), facts()))
    row = shown[shown.index("Familien har invitationen til familieplansmødet") :]
    assert row.index("overskredet") < row.index("Ingolf Iskrystal")


@pytest.mark.parametrize("page", pages())
def test_no_page_fetches_anything(page: str) -> None:
    shown = Outline(page)
    links = [attrs["href"] or "" for attrs in shown.all("a")]
    assert not [link for link in links if "://" in link and not link.startswith("https://records.vesterlyng.example/")]
    assert "url(" not in page
    assert "@import" not in page


def test_a_familys_page_answers_how_it_stands() -> None:
    documents = [record("invitation", "tariq", "familieplan"), record("invitation", "tariq", "familieplan", "pdf")]
    shown = Outline(render_family(family_view(today(family("2026-007")), facts(records=documents))))
    for words in (
        "Familien Zamirandi",
        "Opstart",
        "Ingolf Iskrystal",
        "lørdag den 21.\u00a0november 2026 kl.\u00a009.41",
        "tirsdag den 24.\u00a0november 2026 kl.\u00a010.00",
        "Sofus Skumring: delen fra Sundhed og Omsorg",
        "Breve, som du skal aflevere",
        "på papir",
        "haster",
        "Planen på en tidslinje",
        "AKT-forløb med fast voksen",
    ):
        assert words in shown.text, words
    assert {"invitation-familieplan-tariq.docx", "invitation-familieplan-tariq.pdf"} <= {
        attrs["href"] for attrs in shown.all("a")
    }


def test_a_fault_is_shown_with_its_line_and_its_mend_and_text_from_files_is_escaped() -> None:
    page = render_family(family_view(today(family("2026-007")), facts(diagnostics=[FAULT])))
    shown = Outline(page)
    assert "linje 41, tegn 12" in shown.text
    assert "stopper dokumenter" in shown.text
    assert "vælg en tom mappe" in shown.text
    assert "<b>hop</b>" not in page


def test_a_familys_page_says_the_next_step_and_an_error_before_it() -> None:
    step = "Skriv, hvilke fagområder Bodil har sagt ja til: linje 54"
    known = facts(next_step=step)
    assert f"Næste skridt: {step}" in Outline(render_family(family_view(today(family("2026-007")), known))).text
    broken = replace(known, diagnostics=[FAULT])
    assert family_view(today(family("2026-007")), broken).next_step.endswith(": linje 41")
    assert stopped_view("HOP-2026-007", config(), TODAY, broken).next_step.endswith(": linje 41")
    elsewhere = replace(known, diagnostics=[replace(FAULT, path="templates/invitation.docx")])
    assert family_view(today(family("2026-007")), elsewhere).next_step == step


def test_a_letter_that_was_delivered_is_marked_so() -> None:
    delivered = edited(
        "2026-007",
        "# Planen: mål",
        "deliveries:\n  - document: invitation\n    meeting: familieplan\n    to: [tariq]\n    date: 2026-11-20\n"
        "    how: paper\n\n# Planen: mål",
    )
    documents = [record("invitation", "tariq", "familieplan"), record("invitation", "nadira", "familieplan")]
    view = family_view(today(delivered), facts(records=documents))
    assert [(line.recipient, line.route, line.delivered) for line in view.letters] == [
        ("Nadira Zamirandi", "Digital Post", None),
        ("Tariq Zamirandi", "på papir", date(2026, 11, 20)),
    ]


def test_a_file_that_cannot_be_read_keeps_its_last_documents_on_the_page() -> None:
    view = stopped_view("HOP-2026-007", config(), TODAY, facts(diagnostics=[FAULT], records=[record("dagsorden", "")]))
    shown = Outline(render_family(view))
    assert "Dokumenterne her er de seneste, der var i orden" in shown.text
    assert "dagsorden.docx" in {attrs["href"] for attrs in shown.all("a")}
    row = stopped_row("HOP-2026-007", "hop-2026-007", [FAULT])
    assert "1 fil med fejl" in Outline(render_overview(overview(row))).text


def test_the_overview_tells_what_leaves_when() -> None:
    waiting = NoticeLine(
        "HOP-2026-007", "ændring: familieplansmøde", "Pelle Pærevang", "venter", READ_AT, "to minutter"
    )
    shown = Outline(render_overview(replace(overview(), notices=(waiting,), alerts=("Mails er ikke sat i gang.",))))
    assert "Ændring: familieplansmøde" in shown.text
    assert "1 mail på vej" in shown.text
    assert "Mails er ikke sat i gang." in shown.text


@pytest.mark.parametrize("number", FAMILIES)
def test_a_row_survives_the_cache(number: str) -> None:
    row = family_row(today(family(number)), f"hop-{number}", [FAULT])
    assert FamilyRow.from_json(row.as_json()) == row


def test_long_and_odd_text_stays_whole() -> None:
    odd = 'Åse & Bo < 3 > "x" 🙂 ]]> ' + "lang tekst " * 300
    view = replace(family_view(today(family("2026-007")), facts()), name=odd)
    assert odd.strip() in Outline(render_family(view)).text


def test_what_the_machine_needs_is_said_in_whole_sentences() -> None:
    shown = Outline(render_overview(replace(overview(), alerts=("der er ingen mails; kør `hopdocs notices start`.",))))
    assert "Der er ingen mails; kør hopdocs notices start." in shown.text


@pytest.mark.parametrize(("day", "delivered"), [("2026-11-20", date(2026, 11, 20)), ("2026-11-19", None)])
def test_a_letter_delivered_before_it_was_made_anew_is_to_be_delivered_again(day: str, delivered: date | None) -> None:
    told = edited(
        "2026-007",
        "# Planen: mål",
        f"deliveries:\n  - document: invitation\n    meeting: familieplan\n    to: [tariq]\n    date: {day}\n"
        "    how: paper\n\n# Planen: mål",
    )
    view = family_view(today(told), facts(records=[record("invitation", "tariq", "familieplan")]))
    assert [line.delivered for line in view.letters] == [delivered]


def test_agendas_of_one_kind_are_told_apart_by_their_days() -> None:
    documents = [record("dagsorden", "", meeting) for meeting in ("familieplan", "opfoelgning-1")]
    view = family_view(today(family("2026-007")), facts(records=documents))
    assert [line.meeting_day for line in view.documents] == [date(2026, 11, 24), date(2027, 1, 19)]
    assert "24.\u00a0november 2026" in Outline(render_family(view)).text.split("Dokumenter")[1]


def test_the_page_has_the_links_to_the_surveys_and_says_whose_answers_are_in() -> None:
    links = SurveyLinks(family_start="https://svar.example/f?sag={case_number}", staff_start="http://svar.example/m")
    day = today(family("2025-003"))
    asking = FamilyDay.on(day.family, day.config.model_copy(update={"surveys": links}), TODAY)
    page = render_family(family_view(asking, facts()))
    outline = Outline(page)
    assert "Familiens spørgeskema ved start" in outline.text
    assert 'href="https://svar.example/f?sag=25-004182"' in page
    assert "http://svar.example/m" not in page
    assert "Spørgeskemaer" not in Outline(render_family(family_view(day, facts()))).text
