from __future__ import annotations

import pytest

from hopdocs.domain.readability import find_office_words, measure_readability


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    measured = measure_readability("Vi vil gerne tale med jer. I bestemmer selv, hvem der kommer med.")
    assert (measured.words, measured.sentences, measured.long_words) == (13, 2, 1)
    assert measured.lix == round(13 / 2 + 100 / 13)


@pytest.mark.parametrize(
    "text",
    [
        "Mødet er kl. 10.00 den 24. november 2026.",
        "I kan f.eks. tage en ven med, fx en nabo.",
        "Det koster 12.450,00 kr. om året",
        "Vi ses på tirsdag!",
    ],
)
def test_abbreviations_dates_and_numbers_end_no_sentence(text: str) -> None:
    assert measure_readability(text).sentences == 1


def test_a_blank_line_ends_a_sentence_without_a_full_stop() -> None:
    assert measure_readability("Jeres møde\n\nVi ses på tirsdag.").sentences == 2


def test_no_text_has_no_score() -> None:
    assert measure_readability("").lix == 0
    assert measure_readability("1234 – 5678.").lix == 0


def test_hard_text_scores_higher_than_easy_text() -> None:
    easy = "Vi vil gerne mødes med jer. I kan tage en med. Sig til, hvis dagen er dårlig."
    hard = "Forvaltningen indkalder hermed familiens medlemmer til helhedsorienteret koordinering af indsatser."
    assert measure_readability(easy).lix < 25
    assert measure_readability(hard).lix > 55


def test_each_word_of_the_office_is_told_once_with_a_plainer_one() -> None:
    text = "Progressionen følges. Såfremt der er progression, iværksættes intet. Såfremt ikke, ringer vi."
    assert find_office_words(text) == (
        ("progressionen", "fremgang"),
        ("såfremt", "hvis"),
        ("progression", "fremgang"),
        ("iværksættes", "sætte i gang"),
    )


def test_plain_words_that_hold_an_office_word_inside_are_left_alone() -> None:
    assert find_office_words("En rolig morgen, og fraværet falder. Hun visker tavlen ren.") == ()
