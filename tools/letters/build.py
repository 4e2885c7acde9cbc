"""Writes `templates/*.docx`, all of them or none that differ only in time: the same sources give the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.letters.boernesiden import boernesiden
from tools.letters.bordark import bordark
from tools.letters.course.interviewguide import interviewguide
from tools.letters.course.koereplan import koereplan
from tools.letters.course.screening import screening
from tools.letters.dagsorden import dagsorden
from tools.letters.familieplan import familieplan
from tools.letters.indkaldelse import indkaldelse
from tools.letters.informationsbrev import informationsbrev, informationsbrev_let, informationsbrev_ung
from tools.letters.invitation import invitation, invitation_ung
from tools.letters.measured.effektrapport import effektrapport
from tools.letters.measured.fremgang import fremgang
from tools.letters.netvaerkskort import netvaerkskort
from tools.letters.package import pack_letter
from tools.letters.project.evalueringsrapport import evalueringsrapport
from tools.letters.project.januarstatus import januarstatus
from tools.letters.project.netvaerksstatus import netvaerksstatus
from tools.letters.project.projektdagsorden import projektdagsorden
from tools.letters.project.projektreferat import projektreferat
from tools.letters.project.projektstatus import projektstatus
from tools.letters.project.statusrapport import statusrapport
from tools.letters.referat import referat
from tools.letters.samtykkeerklaering import samtykkeerklaering
from tools.letters.small.table import SMALL_LETTERS
from tools.letters.translated import TRANSLATED
from tools.letters.undersoegelse import undersoegelse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.letters.package import Letter

TEMPLATES: Final[Path] = Path(__file__).resolve().parents[2] / "templates"

LETTERS: Final[Mapping[str, Callable[[], Letter]]] = {
    "boernesiden": boernesiden,
    "bordark": bordark,
    "dagsorden": dagsorden,
    "effektrapport": effektrapport,
    "evalueringsrapport": evalueringsrapport,
    "familieplan": familieplan,
    "fremgang": fremgang,
    "indkaldelse": indkaldelse,
    "informationsbrev": informationsbrev,
    "informationsbrev.let": informationsbrev_let,
    "informationsbrev.ung": informationsbrev_ung,
    "interviewguide": interviewguide,
    "invitation": invitation,
    "invitation.ung": invitation_ung,
    **TRANSLATED,
    "januarstatus": januarstatus,
    "koereplan": koereplan,
    "referat": referat,
    "netvaerkskort": netvaerkskort,
    "netvaerksstatus": netvaerksstatus,
    "projektdagsorden": projektdagsorden,
    "projektreferat": projektreferat,
    "projektstatus": projektstatus,
    "samtykkeerklaering": samtykkeerklaering,
    "screening": screening,
    "statusrapport": statusrapport,
    "undersoegelse": undersoegelse,
    **SMALL_LETTERS,
}
"""Every template by its stem: the kind of document, and behind the point its variant, its language, or both."""


def build_template(stem: str) -> bytes:
    """One template's bytes."""
    return pack_letter(LETTERS[stem]())


def write_templates(folder: Path = TEMPLATES) -> list[Path]:
    """Writes all of them and says which."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for stem in LETTERS:
        path = folder / f"{stem}.docx"
        path.write_bytes(build_template(stem))
        written.append(path)
    return written
