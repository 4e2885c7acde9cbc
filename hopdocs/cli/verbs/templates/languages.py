"""`hopdocs templates languages`: in which languages letters may be had, and the words that a new one needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, Verb, format_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.model.scalars.languages import LetterLanguage


@click.command(
    "languages",
    cls=Verb,
    short_help=both(en="list the languages of each letter", da="vis, hvilke sprog hvert brev findes på"),
    help=both(
        en="List in which languages each kind of letter may lie beside the Danish one. With --words the short texts "
        "that a language has no words for yet, to be translated and put under translations: in config.yaml.",
        da="Vis, på hvilke sprog hver slags brev kan ligge ved siden af det danske. Med --words de korte tekster, som "
        "et sprog endnu ikke har ord for: oversæt dem, og læg dem under translations: i config.yaml.",
    ),
    examples=("hopdocs templates languages", "hopdocs templates languages --words arabisk"),
)
@click.option(
    "--words",
    metavar="LANGUAGE",
    help=both(en="A language, by name or code.", da="Et sprog, ved navn eller kode."),
)
@format_option("json")
@click.pass_obj
def list_languages(invocation: Invocation, *, words: str | None, output: str) -> None:
    """What there is, by the templates that lie in the workspace and those that hopdocs comes with."""
    from hopdocs.cli.workspace_loading import read_config  # noqa: PLC0415 - reads the whole rendering layer
    from hopdocs.cycle.template_review import list_languages as languages_of  # noqa: PLC0415
    from hopdocs.model.scalars.languages import find_language  # noqa: PLC0415

    workspace, config = read_config(invocation)
    console = invocation.console
    if words is not None:
        language = find_language(words)
        if language is None or language.code == "da":
            raise click.BadParameter(both(en=f"{words} is no other language", da=f"{words} er ikke et andet sprog"))
        lacking = _words_lacking(language, config.translations.get(language.code, {}))
        if output == "json":
            console.emit_json({"language": language.code, "words": lacking})
        else:
            console.say("\n".join(_as_yaml(language, lacking)))
        return
    found = languages_of(workspace)
    if output == "json":
        console.emit_json({"languages": {short: list(codes) for short, codes in found.items()}})
        return
    width = max(map(len, found))
    for short, codes in found.items():
        console.say(f"{short:<{width}}  {', '.join(('da', *codes))}")


def _words_lacking(language: LetterLanguage, own: Iterable[str]) -> list[str]:
    from hopdocs.languages.phrases import known_phrases, shipped_phrases  # noqa: PLC0415

    there = {*own, *shipped_phrases(language.code)}
    return [danish for danish in known_phrases() if danish not in there]


def _as_yaml(language: LetterLanguage, lacking: Iterable[str]) -> Iterable[str]:
    """Lines for config.yaml, each with its translation left to write."""
    yield "translations:"
    yield f"  {language.code}:"
    for danish in lacking:
        quoted = danish.replace("'", "''")
        yield f"    '{quoted}': "
