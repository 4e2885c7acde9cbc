"""The samlet familieplan: the plan and the attached sector plans, bound into one PDF.

The attachments come from other systems, or from whoever had the file last. A PDF can be made to fill a machine, so
they are read in a process of their own with limits on memory and time (`binder.py` starts it, `binding.py` is what runs
in it). What cannot be read is a fault of its own; the rest is bound.
"""

from __future__ import annotations

import json
import signal
from dataclasses import asdict, dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from hopdocs.errors import ConverterFault
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hopdocs.rendering.pdf.binder import Binder, Told

PROGRESS: Final = b"hopdocs-binds "
"""What the child writes before each attachment and after the last, so that it is known which one it died of."""

_GRACE_SECONDS: Final = 30.0
"""Beyond what the fork itself may take: to start, and to hand over what it made."""

_BY_OTHERS: Final = frozenset({-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP})
"""How a fork ends that the system or a person ends, for want of memory or to have peace: no limit of its own does."""

PLAN_TITLE: Final = "Familieplan"
"""The plan's entry in the outline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingLimits:
    """What binding one plan may take; a real plan with ten sector plans takes two seconds and 150 MB."""

    wall_seconds: float = 60.0
    cpu_seconds: int = 45
    memory_bytes: int = 1024 * 1024 * 1024
    most_attachment_bytes: int = LARGEST_ATTACHMENT_BYTES
    most_attachment_pages: int = 400


DEFAULT_LIMITS: Final = BindingLimits()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A PDF to bind behind the plan."""

    name: str
    """What faults call it: the file's name as it stands in the YAML."""
    data: bytes
    title: str
    """Its entry in the outline."""


@dataclass(frozen=True, slots=True)
class AttachmentFault:
    """Why one attachment was left out, or what of it is bound otherwise; the caller knows at which line it is named."""

    name: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoundPdf:
    """The bound file, and what is missing from it or shown otherwise than its owner sees it."""

    data: bytes
    pages: int
    faults: tuple[AttachmentFault, ...]


def bind_plan(
    plan_pdf: bytes,
    attachments: Sequence[Attachment],
    *,
    title: str,
    binder: Binder,
    limits: BindingLimits = DEFAULT_LIMITS,
) -> BoundPdf:
    """Bind, leaving out what cannot be bound; what was being read as others ended the fork gets a second chance.

    Raises ConverterFault (HD334) where not even the plan alone can be bound.
    """
    interrupts = binder.interrupts
    faults: dict[int, AttachmentFault] = {}

    def leave_out(index: int, code: str, params: Mapping[str, str]) -> None:
        name = attachments[index].name
        faults[index] = AttachmentFault(name, code, {"name": name, **params})

    for index, attachment in enumerate(attachments):
        if len(attachment.data) > limits.most_attachment_bytes:
            leave_out(index, "HD342", {"reason": f"> {limits.most_attachment_bytes // 2**20} MB"})
    suspected: set[int] = set()
    while True:
        chosen = [index for index in range(len(attachments)) if index not in faults]
        files = [plan_pdf, *(attachments[index].data for index in chosen)]
        request = {
            "title": title,
            "titles": [PLAN_TITLE, *(attachments[index].title for index in chosen)],
            "sizes": [len(data) for data in files],
            "limits": asdict(limits),
        }
        patience_seconds = limits.wall_seconds + _GRACE_SECONDS
        told = binder.ask(request, files, interrupts=interrupts, patience_seconds=patience_seconds)
        run = _read_answer(told, limits.wall_seconds)
        if run.is_done:
            found = list(faults.items())
            for place, code, params in run.faults:
                name = attachments[chosen[place]].name
                found.append((chosen[place], AttachmentFault(name, code, {"name": name, **params})))
            return BoundPdf(run.pdf, run.pages, tuple(fault for _, fault in sorted(found, key=itemgetter(0))))
        if run.died_at is None:
            raise ConverterFault("HD334", reason=run.reason)
        index = chosen[run.died_at]
        if run.is_by_others and index not in suspected:
            suspected.add(index)
        else:
            leave_out(index, "HD342", {"reason": run.reason})


@dataclass(frozen=True, slots=True)
class _Run:
    """What a child came to."""

    is_done: bool = False
    pdf: bytes = b""
    pages: int = 0
    faults: Sequence[tuple[int, str, Mapping[str, str]]] = ()
    died_at: int | None = None
    is_by_others: bool = False
    reason: str = ""


def _read_answer(told: Told, wall_seconds: float) -> _Run:
    begun, said = -1, told.said
    while said.startswith(PROGRESS):
        line, _, said = said.partition(b"\n")
        begun = int(line.removeprefix(PROGRESS))
    line, _, pdf = said.partition(b"\n")
    if told.code is None:  # somebody broke it off, or ended it with all its forks: no attachment is to blame
        return _Run(reason="broken off")
    if told.code != 0 or not line:
        reason = f"> {wall_seconds:g} s" if told.code == -signal.SIGALRM else f"exit {told.code}"
        died_at = begun if begun >= 0 else None
        return _Run(died_at=died_at, is_by_others=told.code in _BY_OTHERS, reason=reason)
    header = json.loads(line)
    if "refused" in header:
        return _Run(reason=str(header["refused"]))
    faults = [(int(index), str(code), dict(params)) for index, code, params in header["faults"]]
    return _Run(is_done=True, pdf=pdf, pages=int(header["pages"]), faults=faults)
