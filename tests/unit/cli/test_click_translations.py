from __future__ import annotations

import os
import subprocess
import sys
from gettext import GNUTranslations

from babel.messages.pofile import read_po

from hopdocs.cli.click_translations import LOCALE

FOLDER = LOCALE / "da" / "LC_MESSAGES"


def test_the_compiled_words_are_those_of_the_source() -> None:
    """`messages.mo` is made with Babel: `pybabel compile -d hopdocs/cli/locale`."""
    with (FOLDER / "messages.po").open("rb") as file:
        catalog = read_po(file, locale="da")
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalog:
        if isinstance(message.id, tuple):
            one, many = message.id
            found: object = (compiled.ngettext(one, many, 1), compiled.ngettext(one, many, 2))
        else:
            found = compiled.gettext(str(message.id))
        assert not message.id or found == message.string


def said(language: str, *words: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "hopdocs", *words],
        env=os.environ | {"HOPDOCS_LANG": language},
        capture_output=True,
        text=True,
        check=False,
    ).stderr


def test_usage_errors_are_told_in_the_persons_language() -> None:
    assert "error: No such command 'bild'." in said("en", "bild")
    assert "fejl: Kommandoen 'bild' findes ikke." in said("da", "bild")
    assert "Valget '--colour' findes ikke" in said("da", "check", "--colour")
    assert "Der mangler 'CODE'" in said("da", "explain")
