"""Why something from outside could not be used, in plain words. The reasons are short words that hold no data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hopdocs.catalogue import Language
    from hopdocs.diagnostics import Diagnostic

_WORDS: Final = {
    "command_or_file": ("name either a command or a file", "skriv enten en kommando eller en fil"),
    "no_full_path": ("its full path is needed", "den fulde sti skal stå der"),
    "inside": ("it lies in the workspace", "det ligger i arbejdsmappen"),
    "unreadable": ("the file cannot be read", "filen kan ikke læses"),
    "open_to_others": ("others may read the file", "andre kan læse filen"),
    "does_not_start": ("the command does not start", "kommandoen starter ikke"),
    "too_slow": ("the command took too long", "kommandoen var for længe om det"),
    "too_much": ("the answer is too long", "svaret er for langt"),
    "failed": ("the command failed", "kommandoen fejlede"),
    "not_understood": ("the answer is not of the form that is asked for", "svaret har ikke den form, der er bedt om"),
    "no_cvr": ("config.yaml has no CVR number of the municipality", "kommunens CVR-nummer mangler i config.yaml"),
    "no_source": ("config.yaml does not say whom to ask", "config.yaml siger ikke, hvem der skal spørges"),
    "missing": ("the source has none", "kilden har intet"),
    "no_number": ("what the source gave is no CPR number", "det, kilden gav, er ikke et CPR-nummer"),
    "several": ("the source gave several", "kilden gav flere"),
    "born_otherwise": ("the source's number says another day of birth", "kildens nummer siger en anden fødselsdag"),
    "shared": ("the source gave two people the same", "kilden gav to personer det samme"),
    "said_again": ("the same", "det samme"),
    "denied": ("something else", "noget andet"),
    "foreign": ("no such message was laid ready here", "der er ikke lagt sådan en besked klar her"),
    "to_come": ("its time is still to come", "dens tidspunkt er ikke kommet endnu"),
    "unknown_form": ("it is not of the form that is asked for", "den har ikke den form, der er bedt om"),
    "unknown_kind": ("only .json and .xml are read", "kun .json og .xml bliver læst"),
}

_SOURCE: Final = (
    "write under dispatch, recipients, in config.yaml who knows the CPR numbers",
    "skriv under dispatch, recipients, i config.yaml, hvem der kender CPR-numrene",
)
_MENDS: Final = {
    "no_cvr": ("write it under municipality, cvr, in config.yaml", "skriv det under municipality, cvr, i config.yaml"),
    "unreadable": ("see who may read the file, and where it lies", "se, hvem der må læse filen, og hvor den ligger"),
    "open_to_others": (
        "let its owner alone read it (chmod 600)",
        "lad kun ejeren læse den (chmod 600)",
    ),
    "does_not_start": ("run the command by hand, as the same user", "kør kommandoen i hånden som samme bruger"),
    "failed": ("run the command by hand, as the same user", "kør kommandoen i hånden som samme bruger"),
    "too_slow": (
        "run the command by hand, or give it longer: dispatch, recipients, timeout",
        "kør kommandoen i hånden, eller giv den længere tid: dispatch, recipients, timeout",
    ),
    "too_much": (
        "let the source answer for those alone who are asked for",
        "lad kilden kun svare på dem, der spørges om",
    ),
    "not_understood": ("see the form: `hopdocs explain HD540`", "se formen: `hopdocs explain HD540`"),
    "foreign": (
        "see whether it belongs to another workspace, or is older than a restored backup",
        "se, om den hører til et andet arbejdsområde eller er ældre end en indlæst sikkerhedskopi",
    ),
    "to_come": ("put the sender's clock and time zone right", "ret afsenderens ur og tidszone"),
    "unknown_form": ("see the form that is read: docs/dispatch.md", "se formen, der bliver læst: docs/dispatch.md"),
    "unknown_kind": ("let the sender write .json or .xml", "lad afsenderen skrive .json eller .xml"),
}
"""What mends a reason that the code's own hint does not."""


def in_words(item: Diagnostic, language: Language) -> Diagnostic:
    """The same with its reason in a language's words, and what mends it."""
    why = item.params.get("why", "")
    chosen = 1 if language == "da" else 0
    if why not in _WORDS:
        return item
    mend = _MENDS.get(why, _SOURCE)[chosen]
    return replace(item, params={**item.params, "why": _WORDS[why][chosen], "mend": mend})
