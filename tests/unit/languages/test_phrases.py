"""Short Danish texts in other languages, and text that remembers what it was put together of."""

from __future__ import annotations

import pickle
from datetime import date, time

from hopdocs.documents.agendas import OWN_POINTS
from hopdocs.documents.sector_plans import PLAN_NAMES
from hopdocs.languages.phrases import Phrases, known_phrases, shipped_phrases
from hopdocs.languages.said import Days, Hours, say
from hopdocs.model.meeting import FAMILY_MEETINGS, MeetingType
from hopdocs.model.scalars.reasons import ToldReason


def test_a_phrase_is_found_with_a_capital_and_with_a_full_stop() -> None:
    phrases = Phrases("en", {})
    assert phrases.find("sygdom") == "illness"
    assert phrases.find("Sygdom.") == "Illness"
    assert phrases.find("Sami har det svært") is None


def test_the_municipalitys_own_words_go_before_those_that_hopdocs_comes_with() -> None:
    assert Phrases("en", {"sygdom": "sickness"}).find("sygdom") == "sickness"
    assert Phrases("ar", {"sygdom": "مرض"}).find("sygdom") == "مرض"
    assert Phrases("ar", {}).find("sygdom") is None


def test_english_has_a_word_for_all_that_hopdocs_says_to_a_family_by_itself() -> None:
    said = {str(reason) for reason in ToldReason} | set(PLAN_NAMES.values())
    for kind in (*FAMILY_MEETINGS, MeetingType.INTERVIEW):
        said |= {point for point, _ in OWN_POINTS[kind]}
        said |= {f"{kind.definite.capitalize()} er aflyst", f"Nyt tidspunkt for {kind.definite}"}
        said.add("Invitation til samtale" if kind is MeetingType.INTERVIEW else f"Invitation til {kind.value}")
    assert said <= shipped_phrases("en").keys()
    assert said <= set(known_phrases())


def test_a_language_that_hopdocs_does_not_come_with_has_no_words_of_its_own() -> None:
    assert shipped_phrases("tlh") == {}
    assert shipped_phrases("da-let") == {}


def test_what_was_put_together_reads_as_danish_and_remembers_of_what() -> None:
    away = say(
        "{name} er væk {days}. Ring imens til {whom}.",
        name="Ingolf",
        days=Days((date(2026, 11, 23), date(2026, 12, 4))),
        whom="Rigmor",
    )
    assert away == "Ingolf er væk 23.\u00a0november–4.\u00a0december 2026. Ring imens til Rigmor."
    assert (away.pattern, away.parts["whom"]) == ("{name} er væk {days}. Ring imens til {whom}.", "Rigmor")
    assert say("{hours}", hours=Hours((time(10), time(12)))) == "kl.\u00a010.00–12.00"


def test_another_process_gets_the_text() -> None:
    sent = pickle.loads(pickle.dumps(say("Hjemme hos {name}", name="Nadira")))  # noqa: S301 - our own bytes
    assert type(sent) is str
    assert sent == "Hjemme hos Nadira"
