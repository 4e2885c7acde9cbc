"""The letters of the example workspace, made from its own files."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from hopdocs.rendering.pdf.worker_pool import PdfConverter
from tests.unit.documents.example import TODAY, regnbuehoej, wanted, zamirandi
from tests.unit.letters import samples
from tests.unit.letters.page_room import find_torn
from tests.unit.letters.pdf_structure import find_faults
from tests.unit.letters.word_text import all_text, render, with_version
from tools.heard import Heard, hear
from tools.letters.build import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.documents.views import Recipient
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.family import Family
    from hopdocs.rendering.pdf.worker_pool import PdfConverter


def letters_of(family: Family, today: date = TODAY) -> dict[str, str]:
    return {
        stem: all_text(docx_of(document, today))
        for stem, document in wanted(family, today=today).items()
        if document.template is not None
    }


def docx_of(document: WantedDocument, today: date = TODAY) -> bytes:
    assert document.template is not None
    variant = f"{document.template}.{document.variant}"
    stem = variant if variant in LETTERS else document.template
    return render(stem, with_version(document.context, version=1, day=document.date or today))


@pytest.fixture(scope="module")
def zamirandis_letters() -> dict[str, str]:
    return letters_of(zamirandi())


def test_every_letter_of_the_example_is_whole(zamirandis_letters: dict[str, str]) -> None:
    others = [letters_of(regnbuehoej()), letters_of(regnbuehoej(), date(2026, 6, 1))]
    for letters in (zamirandis_letters, *others):
        for stem, text in letters.items():
            for trace in ("None", "{{", "{%", "}}", "%}", "datetime", "Decimal"):
                assert trace not in text, (stem, trace)


def test_the_plan_begins_with_the_familys_own_words(zamirandis_letters: dict[str, str]) -> None:
    plan = zamirandis_letters["familieplan-nadira"]
    assert plan.index("Vi vil have en hverdag") < plan.index("»Jeg vil forsørge min familie.«")
    assert plan.index("»Jeg vil forsørge min familie.«") < plan.index("Tariq er i arbejde senest")
    assert "1,5 timer om ugen" in plan
    assert "Dagtilbud og Undervisning har bevilget det." in plan


def test_a_plan_shows_no_health_goal_to_those_it_is_not_for(zamirandis_letters: dict[str, str]) -> None:
    assert "smerter" in zamirandis_letters["familieplan-nadira"]
    for stem in ("familieplan-tariq", "familieplan-yasmin", "dagsorden-familieplan", "indkaldelse-familieplan"):
        assert "smerter" not in zamirandis_letters[stem].lower(), stem


def test_the_invitation_names_the_day_the_place_and_whom_to_call(zamirandis_letters: dict[str, str]) -> None:
    letter = zamirandis_letters["invitation-familieplan-nadira"]
    for words in (
        "Tirsdag den 24.\u00a0november 2026",
        "Kl.\u00a010.00–12.00",
        "Mødelokale Havørnen",
        "Der er elevator.",
        "Vi vil gerne tale om Samis skole.",
        "Sami er med de første 30 minutter.",
        "Ja. Vi har bestilt en tolk, der taler dari.",
        "Ingolf Iskrystal",
    ):
        assert words in letter, words


def test_letters_become_accessible_pdfs(converter: PdfConverter) -> None:
    documents = wanted(zamirandi())
    for stem, least_heads, most_pages in (("familieplan-nadira", 10, 99), ("samtykkeerklaering-tariq", 3, 3)):
        reader = PdfReader(BytesIO(converter.convert(docx_of(documents[stem]), documents[stem].title)))
        catalogue: Any = reader.trailer["/Root"]
        assert catalogue["/Lang"] == "da-DK"
        tags = tags_of(catalogue["/StructTreeRoot"])
        assert tags[tags.index("/H1") :].count("/TH") >= least_heads
        assert tags.count("/H1") == 1
        assert tags.count("/H2") >= 2
        text = "\n".join(page.extract_text() for page in reader.pages)
        assert f"Side 1 af {len(reader.pages)}" in text
        assert len(reader.pages) <= most_pages, f"{stem} is longer than anybody reads"
        assert "{" not in text


def test_every_kind_of_letter_is_heard_as_it_is_read_and_fills_its_pages(converter: PdfConverter) -> None:
    kinds = {
        document.template: document for document in [*wanted(regnbuehoej()).values(), *wanted(zamirandi()).values()]
    }
    kinds |= {item.variant: item for item in wanted(zamirandi()).values() if item.variant}
    faults = {
        document.stem: found
        for document in kinds.values()
        if document.template
        and (pdf := converter.convert(docx_of(document), document.title))
        and (found := [*find_faults(pdf), *find_torn(pdf), *_misheard(hear(pdf))])
    }
    assert len(kinds) > 5
    assert faults == {}


@pytest.mark.parametrize("recipient", [samples.NADIRA, samples.AREA], ids=lambda reader: reader.name)
def test_a_plan_that_says_nothing_yet_is_one_page(converter: PdfConverter, recipient: Recipient) -> None:
    plan = samples.unwritten_plan(recipient)
    assert len(PdfReader(BytesIO(converter.convert(render("familieplan", plan), "Familieplan"))).pages) == 1


def _misheard(heard: list[Heard]) -> Iterator[str]:
    """What no clause forbids, and nobody would understand who only listens."""
    if "Vesterlyng Kommune" not in [one.words for one in heard if one.role == "P"][:1]:
        yield "it does not begin with who writes"
    if [one.role for one in heard].count("H1") != 1:
        yield "not one title"
    yield from (f"{one.words}: the box comes behind its word" for one in heard if re.search(r"\w\s*☐", one.words))


def tags_of(node: Any) -> list[str]:
    found = [str(node["/S"])] if "/S" in node else []
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object()
        if hasattr(inner, "get"):
            found += tags_of(inner)
    return found
