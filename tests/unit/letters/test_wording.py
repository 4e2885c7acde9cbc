from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from hopdocs.domain.readability import LONG_SENTENCE_WORDS, measure_readability
from hopdocs.languages.phrases import Phrases
from tests.unit.letters import samples
from tests.unit.letters.cases import CASES
from tests.unit.letters.samples import bare
from tests.unit.letters.small_samples import TO_FAMILY, TO_STAFF
from tests.unit.letters.translated_samples import IN_EASY_DANISH, IN_ENGLISH, in_words
from tests.unit.letters.word_text import W, all_text, blocks_of, body_of, render, with_version
from tools.letters.build import LETTERS, build_template

FAMILY = [
    case
    for case in CASES
    if not case.startswith(("indkaldelse", "koereplan", "effektrapport", "screening", "projekt"))
    and case not in TO_STAFF
]
LETTERS_IN_PROSE = [
    case for case in FAMILY if not case.startswith(("dagsorden", "familieplan")) and not case.endswith("fagomraade")
]
RUNNING_TEXT = ("Normal", "EfterTabel", "Bokstekst", "Maal")


def prose_of(case: str) -> str:
    stem, context = CASES[case]
    return "\n".join(block.text for block in blocks_of(render(stem, bare(context))) if block.style in RUNNING_TEXT)


@pytest.mark.parametrize("case", LETTERS_IN_PROSE)
def test_family_letters_are_easy_to_read(case: str) -> None:
    assert measure_readability(prose_of(case)).lix <= 35


@pytest.mark.parametrize("case", ["informationsbrev-let", "informationsbrev-ung", "invitation-ung", *IN_EASY_DANISH])
def test_letters_in_easy_danish_and_to_the_young_are_easier_still(case: str) -> None:
    assert measure_readability(prose_of(case)).lix <= 30


@pytest.mark.parametrize("case", FAMILY)
def test_no_sentence_to_the_family_is_longer_than_25_words(case: str) -> None:
    stem, context = CASES[case]
    for block in blocks_of(render(stem, bare(context))):
        if block.kind == "p" and block.style != "Tabeltekst":  # what a drawing says is no sentence
            assert measure_readability(block.text).longest_sentence <= LONG_SENTENCE_WORDS, block.text


@pytest.mark.parametrize("case", [*IN_EASY_DANISH, *IN_ENGLISH])
def test_a_translation_says_before_anything_else_that_the_danish_letter_applies(case: str) -> None:
    stem, context = CASES[case]
    blocks = blocks_of(render(stem, context))
    first_box = next(block for block in blocks if block.kind == "tbl").text
    said = "What is written in Danish is what applies." if case in IN_ENGLISH else "Det er det almindelige, der gælder."
    assert said in first_box
    assert "Kære" not in "".join(block.text for block in blocks[: [block.text for block in blocks].index(first_box)])


def test_what_stands_in_danish_in_an_english_letter_is_read_aloud_in_danish() -> None:
    context = replace(samples.invitation(), message="Husk madpakke.", family_points=("Samis skole",))
    stated = {
        "".join(node.text or "" for node in run.iter(f"{W}t")): run.find(f"{W}rPr/{W}lang") is not None
        for run in body_of(render("invitation.en", in_words("invitation.en", context))).iter(f"{W}r")
    }
    assert stated["Husk madpakke."]
    assert stated["Samis skole"]
    assert stated["Hun er 17 år og en del af planen."]
    assert not stated["When and where?"]


def test_a_samtale_is_a_conversation_in_english_and_no_lecture() -> None:
    samtale = samples.invitation()
    samtale = replace(samtale, meeting=replace(samtale.meeting, type="interview"))
    texts = [block.text for block in blocks_of(render("invitation.en", samtale)) if block.style == "Title"]
    assert texts == ["You are invited to a conversation"]
    assert Phrases("en", {}).find("Invitation til samtale") == "Invitation to a conversation"


@pytest.mark.parametrize("stem", ["samtykkeerklaering.en", "samtykkeerklaering.da-let"])
def test_a_translated_form_has_nothing_to_tick_and_nowhere_to_sign(stem: str) -> None:
    text = all_text(build_template(stem))
    assert "☐" not in text
    assert "Underskrift:" not in text


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("informationsbrev.ung.da-let", "Du kan også fortælle det før mødet til en, du er tryg ved."),
        ("informationsbrev.ung.da-let", "Du kan stadig søge om hjælp"),
        ("samtykkeerklaering.da-let", "Kun de folk, der arbejder med jeres plan, får det at vide."),
        ("samtykkeerklaering.da-let", "siger vi ikke mere til hinanden på grund af dit ja"),
        ("samtykkeerklaering.da-let", "Så spørger vi dig igen."),
        ("invitation.da-let", "I bestemmer selv, om I vil svare."),
        ("invitation.ung.da-let", "Du bestemmer selv, om du vil svare."),
        ("invitation.ung.da-let", "Vi synes, at du ikke skal være med denne gang."),
    ],
)
def test_easy_danish_takes_away_no_right_and_promises_no_more_than_danish_does(stem: str, said: str) -> None:
    assert said in all_text(build_template(stem))


@pytest.mark.parametrize(
    ("danish", "case"),
    [
        ("informationsbrev", "informationsbrev-en"),
        ("invitation", "invitation-en"),
        ("invitation-ung", "invitation-ung-en"),
    ],
)
def test_a_translation_has_the_danish_letters_sections_in_their_order(danish: str, case: str) -> None:
    def outline(name: str) -> list[str]:
        stem, context = CASES[name]
        return [block.style for block in blocks_of(render(stem, context)) if block.style.startswith("Heading")]

    assert outline(case) == outline(danish)


@pytest.mark.parametrize("case", [case for case in FAMILY if case.startswith("referat")])
def test_nothing_stands_between_what_announces_the_contact_box_and_the_box(case: str) -> None:
    stem, context = CASES[case]
    texts = [block.text for block in blocks_of(render(stem, context))]
    assert not [text for text in texts if "er det:" in text and not text.endswith("er det:")]


@pytest.mark.parametrize("stem", sorted(LETTERS))
def test_law_comes_from_the_configuration_alone(stem: str) -> None:
    text = all_text(build_template(stem))
    assert "§" not in text
    assert not re.search(r"\b(barnets lov|serviceloven|forvaltningsloven|stk\.)", text)


@pytest.mark.parametrize("case", FAMILY)
def test_paragraphs_of_law_stand_in_the_closing_box_only(case: str) -> None:
    stem, context = CASES[case]
    boxes = [block for block in blocks_of(render(stem, context)) if "§" in block.text]
    assert all(box.kind == "tbl" and box.text.startswith(("Reglerne bag", "The rules behind")) for box in boxes)
    assert len(boxes) <= 1


@pytest.mark.parametrize("stem", sorted(LETTERS))
def test_no_letter_decides_promises_or_guides_to_a_complaint(stem: str) -> None:
    text = all_text(build_template(stem))
    assert not re.search(r"\b(bevilges|bevilliger|har ret til|vil få|garanterer|klagefrist|klagevejledning)\b", text)
    assert all("Datatilsynet" in line for line in text.splitlines() if "klage" in line)
    assert all("ikke en afgørelse" in line for line in text.splitlines() if "afgørelse" in line)


@pytest.mark.parametrize("stem", sorted(LETTERS))
def test_words_that_have_lost_their_meaning_are_not_used(stem: str) -> None:
    text = all_text(build_template(stem)).lower()
    for word in ("jobcenter", "ressourceforløb", "bilag 5", "e-boks", "klient", "handleplan"):
        assert word not in text


def test_a_decision_is_always_told_with_its_area() -> None:
    text = all_text(render("familieplan", samples.familieplan()))
    assert "Dagtilbud og Undervisning har besluttet det." in text
    assert "Beskæftigelse skal beslutte det." in text
    plan = samples.familieplan()
    silent = replace(plan.goals[0], activities=(samples.activity(decision="", decision_text=""),))
    assert "Dagtilbud og Undervisning bestemmer." in all_text(render("familieplan", replace(plan, goals=(silent,))))


def test_the_consent_form_asks_for_two_things_apart_and_ticks_nothing() -> None:
    docx = render("samtykkeerklaering", samples.samtykkeerklaering())
    text = all_text(docx)
    assert "☒" not in text
    assert text.count("☐") >= 2 + 2 * 5
    assert "Ja, jeg vil være med" in text
    assert "må dele oplysninger om mig" in text
    assert "Tilbagekaldelse af samtykke" in text


def test_an_adult_without_children_signs_for_nobody_else() -> None:
    text = all_text(render("samtykkeerklaering", replace(samples.samtykkeerklaering(), children=())))
    assert "forældremyndighed" not in text
    assert "gælder også" not in text


def test_the_invitation_tells_that_a_meeting_is_off_and_nothing_else() -> None:
    text = all_text(render("invitation", samples.cancelled_invitation()))
    assert "er aflyst" in text
    assert "Tolken meldte afbud." in text
    assert "Hvem kommer?" not in text
    assert "Hvornår og hvor?" not in text


def test_the_invitation_tells_the_old_time_and_the_new() -> None:
    text = all_text(render("invitation", samples.moved_invitation()))
    assert "Jeres møde har fået en ny tid" in text
    assert "tirsdag den 17.\u00a0november 2026 kl.\u00a010.00" in text
    assert "Tirsdag den 24.\u00a0november 2026" in text


def test_a_young_person_is_spoken_to_as_one() -> None:
    text = all_text(render("invitation.ung", samples.youth_invitation()))
    assert "Hej Yasmin" in text
    assert "Du er inviteret" in text
    text = all_text(render("invitation.ung", bare(samples.youth_invitation())))
    assert not re.search(r"\b(I|[Jj]eres|[Jj]er)\b", text)


@pytest.mark.parametrize("stem", ["invitation", "invitation.ung"])
def test_a_young_person_reads_the_reason_about_herself_as_what_was_written(stem: str) -> None:
    text = all_text(render(stem, samples.youth_invitation()))
    assert "Det har vi skrevet om grunden: »Hun er 17 år og en del af planen.«" in text
    assert text.count("Hun er 17 år") == 1


def test_what_has_ended_or_was_refused_stands_apart_from_what_is_done() -> None:
    plan = samples.familieplan()
    lines = (
        samples.activity("Støttekontaktperson", is_over=True, end=date(2026, 10, 30), continues_in="en forening"),
        samples.activity("Aflastning", is_over=True, decision="afslag", decision_text="Børn har sagt nej til det."),
    )
    mixed = replace(plan.goals[0], activities=(samples.activity(), *lines))
    blocks = blocks_of(render("familieplan", replace(plan, goals=(mixed,))))
    table = next(block for block in blocks if block.text.startswith("Hvad sker der?"))
    assert "AKT-forløb" in table.text
    assert "Støttekontaktperson" not in table.text
    head = [block.text for block in blocks].index("Det er afsluttet")
    assert [block.text for block in blocks[head + 1 : head + 3]] == [
        "Støttekontaktperson for Sami, sluttede 30.\u00a0oktober 2026. Det fortsætter i en forening.",
        "Aflastning for Sami. Børn har sagt nej til det.",
    ]
    only_past = all_text(render("familieplan", replace(plan, goals=(replace(mixed, activities=lines),))))
    assert "Det er afsluttet" in only_past
    assert "Det gør vi" not in only_past
    assert "ingen aftaler" not in only_past


def test_the_draft_says_so_until_the_family_has_met() -> None:
    plan = samples.familieplan()
    assert "Udkast" in all_text(render("familieplan", plan))
    final = replace(plan, document=replace(plan.document, draft=False))
    assert "Udkast" not in all_text(render("familieplan", final))


def test_a_copy_for_an_area_says_so_and_asks_for_no_agreement() -> None:
    stem, context = CASES["familieplan-fagomraade"]
    text = all_text(render(stem, context))
    assert "Udgaven holder sig til det, som Beskæftigelse må vide." in text
    assert "Har vi læst planen sammen?" not in text


SPOKEN_TO = re.compile(r"\bI (?!planen er\b|uge\b)|\b[Jj]eres\b|\b[Vv]ores\b|\bringe til\?")
"""The family's copy says I and jeres; »I planen er« and »i uge 48« are no person."""


def test_a_professionals_copy_of_the_plan_speaks_about_the_family_and_not_to_it() -> None:
    area = samples.familieplan(samples.AREA)
    for copy in (area, replace(samples.closed_plan(), recipient=samples.AREA), samples.unwritten_plan(samples.AREA)):
        blocks = blocks_of(render("familieplan", copy))
        assert [block.text for block in blocks if block.style != "Quote" and SPOKEN_TO.search(block.text)] == []
    assert SPOKEN_TO.search(all_text(render("familieplan", samples.familieplan())))


def test_a_professionals_minutes_do_not_ask_whom_the_family_can_call() -> None:
    texts = {case: all_text(render(*CASES[case])) for case in CASES if case.startswith("referat")}
    asked = {case for case, text in texts.items() if "ringe til?" in text}
    assert asked
    assert asked == {case for case in texts if not CASES[case][1].recipient.is_professional}


def test_a_plan_that_says_nothing_yet_says_so_and_leaves_the_family_room_to_write() -> None:
    draft = samples.unwritten_plan()
    text = all_text(render("familieplan", draft))
    assert "Her står ikke noget endnu." in text
    assert "Det vil vi gerne opnå" in text
    for heading in ("Hvordan følger vi op?", "Har vi læst planen sammen?", "Hvem må vide hvad?", "Reglerne bag"):
        assert heading not in text
    text = all_text(render("familieplan", replace(draft, shared_goal="Vi vil have rolige morgener.")))
    assert "Hvordan følger vi op?" in text
    assert "Her står ikke noget endnu." not in text


def test_who_stands_in_the_plan_before_there_is_a_tovholder_is_not_called_one() -> None:
    text = all_text(render("familieplan", replace(samples.familieplan(), tovholder=samples.COORDINATOR)))
    assert "Kontaktperson" in text
    assert "Tovholder" not in text


def test_the_last_plan_asks_for_nothing_more() -> None:
    stem, context = CASES["familieplan-afsluttet"]
    text = all_text(render(stem, context))
    assert (
        "Forløbet sluttede den 12.\u00a0oktober 2027. Grunden er: Målene er nået. Planen bliver ikke ændret mere."
        in text
    )
    assert "Barnets plan (Børn og Familie)" in text
    assert "Hvordan følger vi op?" not in text
    assert "Har vi læst planen sammen?" not in text


YOUTHS = [case for case in TO_FAMILY if case.endswith("-ung")]


@pytest.mark.parametrize("case", YOUTHS)
def test_a_small_letter_says_du_to_somebody_under_18(case: str) -> None:
    stem, context = CASES[case]
    text = all_text(render(stem, context))
    assert "Hej Yasmin" in text
    assert not re.search(r"(?<!\w)(I|[Jj]er|[Jj]eres)(?!\w)", text)


@pytest.mark.parametrize("case", TO_FAMILY)
def test_a_small_letter_says_whom_to_call_and_bears_no_version(case: str) -> None:
    stem, context = CASES[case]
    newer = replace(context, document=replace(context.document, version=3, replaces=2))
    text = all_text(render(stem, newer))
    assert context.tovholder.phone in text
    assert "Udgave 3" not in text


@pytest.mark.parametrize("case", TO_STAFF)
def test_a_paper_that_leaves_the_team_names_nobody_of_the_family(case: str) -> None:
    stem, context = CASES[case]
    text = all_text(render(stem, context))
    assert case == "overdragelsesnotat" or "Zamirandi" not in text


def test_nobody_reads_that_another_has_said_no() -> None:
    text = all_text(render(*CASES["bekraeftelse-paa-nej-til-andre"]))
    assert "sagde du nej" not in text
    assert "sagt nej" not in text
    assert "Vi gør derfor ikke mere." in text


def test_a_report_that_shows_a_part_calls_nothing_unmeasured() -> None:
    whole, part = (all_text(render(*CASES[case])) for case in ("effektrapport", "effektrapport-del"))
    assert "Ikke målt" in whole
    assert "Ikke målt" not in part
    assert "Ingen tal i denne udgave" in part


@pytest.mark.parametrize("stem", ["invitation", "invitation.da-let", "invitation.en", "referat", "familieplan"])
def test_an_only_child_is_asked_about_by_name(stem: str) -> None:
    invitation, minutes, plan = samples.invitation(), samples.referat(), samples.familieplan()
    alone = {
        "invitation": replace(invitation, children=invitation.children[:1]),
        "referat": replace(minutes, children=minutes.children[:1]),
        "familieplan": replace(plan, children=plan.children[:1]),
    }[stem.partition(".")[0]]
    headings = [block.text for block in blocks_of(render(stem, alone)) if block.style.startswith("Heading")]
    assert (
        len([line for line in headings if re.search(r"(Hvad med|sker der for|What about) (Yasmin|Sami)\?", line)]) == 1
    )
    assert not {"Yasmin", "Sami"} & set(headings), "the question is heading enough"


@pytest.mark.parametrize(("version", "says_so"), [(1, True), (2, False)])
def test_only_the_first_edition_of_a_plan_says_that_it_is(version: int, *, says_so: bool) -> None:
    plan = with_version(samples.closed_plan(), version=version, day=date(2026, 11, 24))
    assert ("den første udgave" in all_text(render("familieplan", plan))) is says_so


@pytest.mark.parametrize("case", [case for case in FAMILY if "samtykkeerklaering" in case])
def test_every_rule_behind_a_consent_ends_as_a_sentence(case: str) -> None:
    stem, context = CASES[case]
    boxes = [block.text for block in blocks_of(render(stem, context)) if block.kind == "tbl"]
    [rules] = [text for text in boxes if text.startswith(("Reglerne bag", "The rules behind this"))]
    assert "Ungeplan (Yasmin): " in rules
    assert all(line.endswith((".", ":")) for line in rules.split("\n")[1:])
