"""The samlet familieplan: the plan and the attached sector plans, bound into one PDF.

The attachments come from other systems, or from whoever had the file last. A PDF can be made to fill a machine, so
they are read in a child process with limits on memory and time (`binding.py`). What cannot be read is a fault of
its own; the rest is bound.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from hopdocs.errors import ConverterFault
from hopdocs.sources.file_sizes import LARGEST_ATTACHMENT_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROGRESS: Final = "hopdocs-binds "
"""What the child writes before each attachment, so that it is known which one it died of."""


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
    plan_title: str = "Familieplan",
    limits: BindingLimits = DEFAULT_LIMITS,
) -> BoundPdf:
    """Bind, leaving out what cannot be bound.

    Raises ConverterFault (HD334) where not even the plan alone can be bound.
    """
    faults: dict[int, AttachmentFault] = {}

    def leave_out(index: int, code: str, params: Mapping[str, str]) -> None:
        name = attachments[index].name
        faults[index] = AttachmentFault(name, code, {"name": name, **params})

    for index, attachment in enumerate(attachments):
        if len(attachment.data) > limits.most_attachment_bytes:
            leave_out(index, "HD342", {"reason": f"> {limits.most_attachment_bytes // 2**20} MB"})
    while True:
        chosen = [index for index in range(len(attachments)) if index not in faults]
        files = [plan_pdf, *(attachments[index].data for index in chosen)]
        request = {
            "title": title,
            "titles": [plan_title, *(attachments[index].title for index in chosen)],
            "sizes": [len(data) for data in files],
            "limits": asdict(limits),
        }
        run = _run_binder(request, files, limits.wall_seconds)
        if run.is_done:
            found = list(faults.items())
            for place, code, params in run.faults:
                name = attachments[chosen[place]].name
                found.append((chosen[place], AttachmentFault(name, code, {"name": name, **params})))
            return BoundPdf(run.pdf, run.pages, tuple(fault for _, fault in sorted(found, key=itemgetter(0))))
        if run.died_at is None:
            raise ConverterFault("HD334", reason=run.reason)
        leave_out(chosen[run.died_at], "HD342", {"reason": run.reason})


@dataclass(frozen=True, slots=True)
class _Run:
    """What a child came to."""

    is_done: bool = False
    pdf: bytes = b""
    pages: int = 0
    faults: Sequence[tuple[int, str, Mapping[str, str]]] = ()
    died_at: int | None = None
    reason: str = ""


def _run_binder(request: Mapping[str, object], files: Sequence[bytes], wall_seconds: float) -> _Run:
    environment = {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "TMPDIR") if key in os.environ}
    with subprocess.Popen(
        [sys.executable, "-m", "hopdocs.rendering.pdf.binding"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**environment, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
    ) as child:
        reason = ""
        try:
            out, progress = child.communicate(b"".join([json.dumps(request).encode(), b"\n", *files]), wall_seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            out, progress = child.communicate()
            reason = f"> {wall_seconds:g} s"
    line, _, pdf = out.partition(b"\n")
    if reason or child.returncode != 0 or not line:
        lines = progress.decode("utf-8", "replace").split("\n")
        begun = [int(one.removeprefix(PROGRESS)) for one in lines if one.startswith(PROGRESS)]
        died_at = begun[-1] if begun and begun[-1] >= 0 else None
        return _Run(died_at=died_at, reason=reason or f"exit {child.returncode}")
    header = json.loads(line)
    if "refused" in header:
        return _Run(reason=str(header["refused"]))
    faults = [(int(index), str(code), dict(params)) for index, code, params in header["faults"]]
    return _Run(is_done=True, pdf=pdf, pages=int(header["pages"]), faults=faults)
