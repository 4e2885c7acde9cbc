"""What a paper says of why: to whom, and in whose words.

A reason is written once, for all that read. Where the whole family is one home, its members read it as it was written,
unless it tells of somebody. Professionals, and a family in two homes, read the word beside it (`told_as`), or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.documents.audience import MemberReader
from hopdocs.domain.delicate_reasons import delicacy_of
from hopdocs.model.scalars.reasons import say_reason

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.domain.delicate_reasons import Reasoned


def reason_for(audience: Audience, reader: Reader | None, line: Reasoned, day: date | None) -> str:
    """Why, for one reader, or for a table of professionals; empty where nothing may be said.

    `day` is that of what is explained, None for what has no day.
    """
    if line.reason and line.told_as is None and isinstance(reader, MemberReader):
        is_one_home = len(set(audience.homes.values())) == 1
        if is_one_home and delicacy_of(audience.family, line.reason, day) is None:
            return line.reason
    return say_reason(line.reason, line.told_as)
