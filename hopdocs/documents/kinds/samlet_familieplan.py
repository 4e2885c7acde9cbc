"""The samlet familieplan: a copy of the plan, and behind it the statutory plans that its reader may see, in one PDF."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from hopdocs.documents.kinds.familieplan import FAMILIEPLAN
from hopdocs.documents.kinds.kind import DocumentKind, Paper, PlanReader
from hopdocs.documents.sector_plans import sector_plan_name, visible_sector_plans
from hopdocs.documents.views import Context
from hopdocs.documents.wanted import AttachmentRef

_NAME: Final = "samlet-familieplan"
_TITLE: Final = "Samlet familieplan"


@dataclass(frozen=True, slots=True, kw_only=True)
class SamletFamilieplanContext(Context):
    """The bound PDF has no template of its own; this says what is in it."""

    plan: str
    """File stem of the plan's copy that it binds."""
    attachments: tuple[str, ...]
    """Titles of the sector plans behind it, in order."""


def _papers(asking: PlanReader) -> Iterator[Paper]:
    """One for each reader who may see a statutory plan that lies in the family's folder."""
    attachments = _attachments(asking)
    for plan in asking.papers if attachments else ():
        if plan.kind is FAMILIEPLAN:
            document, letterhead = plan.context.document, plan.context
            yield Paper(
                context=SamletFamilieplanContext(
                    document=replace(document, kind=_NAME, title=f"{_TITLE} (udkast)" if document.draft else _TITLE),
                    municipality=letterhead.municipality,
                    case_number=letterhead.case_number,
                    recipient=letterhead.recipient,
                    tovholder=letterhead.tovholder,
                    plan=plan.stem,
                    attachments=tuple(attachment.title for attachment in attachments),
                ),
                recipient=asking.recipient,
                final=plan.final,
                bound=plan,
                attachments=attachments,
                facts=plan.facts,
            )


def _attachments(asking: PlanReader) -> tuple[AttachmentRef, ...]:
    return tuple(
        AttachmentRef(plan.file, sector_plan_name(plan), ("plan", "sector_plans", index, "file"))
        for index, plan in visible_sector_plans(asking.audience, asking.reader)
        if plan.file is not None
    )


SAMLET_FAMILIEPLAN: Final = DocumentKind(
    name=_NAME,
    title=_TITLE,
    template=None,
    context=SamletFamilieplanContext,
    needs_consent=True,
    for_plan_reader=_papers,
    is_copy_of_plan=True,
)
