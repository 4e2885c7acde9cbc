"""The example family after its meeting, with minutes that have something for each reader."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.unit.documents.example import zamirandi

if TYPE_CHECKING:
    from hopdocs.model.family import Family

AFTER = date(2026, 11, 27)
NEXT_MEETING = "  - id: opfoelgning-1\n    type: opfølgningsmøde\n"
MINUTES = """\
    status: held
    attendance: {absent: [tariq], excused: [ppa]}
    minutes:
      by: rri
      approved: 2026-11-25
      points:
        - {point: Skolen, text: Sami har ondt i maven., agreed: Pelle møder Sami ved døren, who: ppa, due: 2026-12-01, decided_in: DU}
        - {point: Behandling, text: Nadira går til samtaler., agreed: Sofus finder en tid, who: ssk, for: [nadira], decided_in: SO}
        - {point: Rusmidler, text: Det talte Sofus om., who: ssk}
        - {point: Fritid, agreed: Yasmin melder sig i klubben, who: yasmin}
        - {point: Penge, text: Pengene er små., visible_to: [nadira, tariq, BF]}
        - {point: Ikke nået}
      family_remarks: Vi vil gerne have Ingolf til at blive ved.
      internal: Underretningen tages for sig.
"""  # noqa: E501 - one point a line reads best


def held(*changes: tuple[str, str], minutes: str = MINUTES) -> Family:
    """The family with its familieplansmøde held."""
    return zamirandi((NEXT_MEETING, minutes + NEXT_MEETING), *changes)
