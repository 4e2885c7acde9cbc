"""What would leave for the present edit, to whom and why: before anything is in the ledger.

The same planner and the same bytes as the real thing, so that what is shown is what leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hopdocs.notices.mail.message import ComposedNotice, compose_notice, plain_text
from hopdocs.notices.mail.privacy import Leak, scan_mail
from hopdocs.notices.mail.wording import changes_of
from hopdocs.notices.planning.revisions import RevisionPlan, plan_revisions
from hopdocs.notices.wanted import PrivateWords

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from hopdocs.notices.ledger.reader import LedgerReader
    from hopdocs.notices.record import NoticeRecord
    from hopdocs.notices.wanted import WantedFamily


@dataclass(frozen=True, slots=True)
class PreviewedNotice:
    """One mail that would leave."""

    composed: ComposedNotice
    text: str
    leaks: tuple[Leak, ...] = ()

    @property
    def file_name(self) -> str:
        """A name for the .eml file: family, meeting, kind and address, so that no two recipients share one."""
        notice = self.composed.notice
        parts = [notice.family, notice.meeting or notice.key, notice.kind.name, notice.email]
        return "_".join("".join(c if c.isalnum() or c in "-." else "-" for c in part) for part in parts) + ".eml"

    def as_json(self) -> dict[str, Any]:
        """Plain values for `notices preview --format json`."""
        notice = self.composed.notice
        return {
            "family": notice.family,
            "meeting": notice.meeting,
            "kind": notice.kind.name,
            "method": notice.method.value,
            "recipient": notice.email,
            "sequence": notice.sequence,
            "subject": self.composed.subject,
            "why": notice.cause.value,
            "changes": [list(item) for item in changes_of(notice)],
            "text": self.text,
            "leaks": [leak.kind for leak in self.leaks],
            "file": self.file_name,
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """What an edit would set in motion: new mails, mails that would no longer leave, and those that wait already."""

    notices: tuple[PreviewedNotice, ...]
    dropped: tuple[tuple[NoticeRecord, str], ...] = ()
    waiting: tuple[NoticeRecord, ...] = ()


def preview_notices(
    wanted: Iterable[WantedFamily],
    ledger: LedgerReader,
    now: datetime,
    *,
    gone: Collection[str] = (),
    channel: str = "",
) -> Preview:
    """Plan what the next cycle would plan, and write nothing down."""
    families = tuple(wanted)
    view = ledger.view([*(item.family for item in families), *gone], channel=channel)
    plan = plan_revisions(families, view, now, gone=gone)
    private = {item.family: item.private for item in families}
    dropped = {item.id: item.reason for item in plan.drops}
    return Preview(
        notices=tuple(_previewed(composed, private) for composed in compose_plan(plan)),
        dropped=tuple((item, dropped[item.id]) for item in view.records if item.id in dropped),
        waiting=tuple(item for item in view.records if item.state == "pending" and item.id not in dropped),
    )


def compose_plan(plan: RevisionPlan) -> list[ComposedNotice]:
    """The bytes of every new notice in a plan."""
    return [compose_notice(item) for item in plan.notices]


def _previewed(composed: ComposedNotice, private: dict[str, PrivateWords]) -> PreviewedNotice:
    leaks = scan_mail(composed.mime, private.get(composed.notice.family, PrivateWords()))
    return PreviewedNotice(composed, plain_text(composed.notice), leaks)
