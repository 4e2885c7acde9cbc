"""What is wrong with the words that a municipality has given under `translations:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.diagnostics import Blocks, Finding, Severity
from hopdocs.languages.phrases import blanks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.model.config import Config


def check_translations(config: Config) -> Iterator[Finding]:
    """A phrase whose blanks are not those of the Danish one: letters go on saying it in Danish."""
    for language, phrases in config.translations.items():
        for danish, said in phrases.items():
            blanks = blanks_of(danish)
            if blanks is not None and blanks_of(said) != blanks:
                yield Finding(
                    "HD693",
                    ("translations", language, danish),
                    {"blanks": ", ".join(f"{{{name}}}" for name in sorted(blanks)) or "–"},
                    Severity.WARNING,
                    Blocks.NOTHING,
                )
