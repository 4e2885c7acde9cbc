"""All kinds of document. A new one is a module beside this one, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hopdocs.documents.kinds.boernesiden import BOERNESIDEN
from hopdocs.documents.kinds.bordark import BORDARK
from hopdocs.documents.kinds.course.interviewguide import INTERVIEWGUIDE
from hopdocs.documents.kinds.course.koereplan import KOEREPLAN
from hopdocs.documents.kinds.course.screening import SCREENING
from hopdocs.documents.kinds.dagsorden import DAGSORDEN
from hopdocs.documents.kinds.familieplan import FAMILIEPLAN
from hopdocs.documents.kinds.indkaldelse import INDKALDELSE
from hopdocs.documents.kinds.informationsbrev import INFORMATIONSBREV
from hopdocs.documents.kinds.invitation import INVITATION
from hopdocs.documents.kinds.letters.table import LETTERS
from hopdocs.documents.kinds.measured.effektrapport import EFFEKTRAPPORT
from hopdocs.documents.kinds.measured.fremgang import FREMGANG
from hopdocs.documents.kinds.netvaerkskort import NETVAERKSKORT
from hopdocs.documents.kinds.referat import REFERAT
from hopdocs.documents.kinds.samlet_familieplan import SAMLET_FAMILIEPLAN
from hopdocs.documents.kinds.samtykkeerklaering import SAMTYKKEERKLAERING
from hopdocs.documents.kinds.undersoegelse import UNDERSOEGELSE

if TYPE_CHECKING:
    from hopdocs.documents.kinds.kind import DocumentKind

KINDS: Final[tuple[DocumentKind, ...]] = (
    SCREENING,
    INFORMATIONSBREV,
    SAMTYKKEERKLAERING,
    BOERNESIDEN,
    INVITATION,
    INDKALDELSE,
    DAGSORDEN,
    REFERAT,
    BORDARK,
    FAMILIEPLAN,
    SAMLET_FAMILIEPLAN,
    NETVAERKSKORT,
    UNDERSOEGELSE,
    KOEREPLAN,
    INTERVIEWGUIDE,
    EFFEKTRAPPORT,
    *LETTERS,
    FREMGANG,
)
"""In the order in which a family's documents are listed: those of the family, of each meeting, of each plan reader,
of the tovholder."""


TRANSLATIONS: Final[tuple[DocumentKind, ...]] = tuple(
    kind.translation for kind in KINDS if kind.translation is not None
)
"""What lies beside a letter for somebody who reads another language."""


def find_kind(name: str) -> DocumentKind | None:
    """The kind of that name; None for one that this program does not have."""
    found = next((kind for kind in (*KINDS, *TRANSLATIONS) if kind.name == name), None)
    return found or next((kind for kind in _project_kinds() if kind.name == name), None)


def name_of_danish(name: str) -> str:
    """The kind of the Danish letters that translations of that kind lie beside; '' for one that is no translation."""
    return next((kind.name for kind in KINDS if kind.translation is not None and kind.translation.name == name), "")


def find_kind_of_template(stem: str) -> DocumentKind | None:
    """The kind whose documents are made with a template of that stem."""
    found = next((kind for kind in KINDS if kind.template == stem), None)
    return found or next((kind for kind in _project_kinds() if kind.template == stem), None)


def names_of_deliveries() -> tuple[str, ...]:
    """All that may be handed over: each kind of document that reaches the family."""
    return tuple(kind.name for kind in KINDS if not kind.stays_with_staff)


def names_of_minutes() -> tuple[str, ...]:
    """The papers that say what was said and agreed at one meeting."""
    return tuple(kind.name for kind in KINDS if kind.shows_what_came_of_meeting)


def names_of_plan_copies() -> tuple[str, ...]:
    """The papers that are a copy of the plan, alone or with others bound behind it."""
    return tuple(kind.name for kind in KINDS if kind.is_copy_of_plan)


def name_of_plan() -> str:
    """The plan itself, which others are bound from."""
    return next(kind.name for kind in KINDS if kind.is_copy_of_plan and kind.template is not None)


def _project_kinds() -> tuple[DocumentKind, ...]:
    """Those of no family. What the reports count takes longer to read than all else here, and families ask for none."""
    from hopdocs.documents.kinds.project.table import PROJECT_KINDS  # noqa: PLC0415

    return PROJECT_KINDS
