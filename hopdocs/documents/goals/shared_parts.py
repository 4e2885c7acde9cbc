"""The goals that several readers of one paper may all read: a child and who hands it over, everybody at a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hopdocs.documents.plan_goals import activity_concern, visible_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.documents.audience import Audience, Reader
    from hopdocs.documents.plan_goals import GoalPart
    from hopdocs.model.plan import Plan


def parts_for_all(audience: Audience, plan: Plan, readers: Sequence[Reader]) -> tuple[GoalPart, ...]:
    """Each goal whose words every reader may read, with the activities that they all may see; none put aside."""
    first, *others = [visible_parts(audience, plan, reader) for reader in readers]
    read_by_others = [{part.goal.id for part in parts if not part.is_withheld} for parts in others]
    return tuple(
        replace(
            part,
            activities=tuple(
                activity for activity in part.activities if audience.all_may_see(readers, activity_concern(activity))
            ),
        )
        for part in first
        if part.goal.ended is None and not part.is_withheld and all(part.goal.id in goals for goals in read_by_others)
    )
