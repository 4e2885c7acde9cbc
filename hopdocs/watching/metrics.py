"""The figures as a text file for node_exporter's textfile collector: no port, no secret, nothing personal.

The format is Prometheus' text exposition format, names and units as its naming rules ask for them. The file appears
whole, since the collector may read it at any moment.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from hopdocs import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.watching.figures import Figures

MODE: Final = 0o644
"""Whoever collects runs as another user."""


def render_metrics(figures: Figures) -> str:
    """The file's text."""
    last = figures.last_scan.timestamp() if figures.last_scan else 0
    rows: tuple[tuple[str, str, float], ...] = (
        ("last_scan_timestamp_seconds", "When the last cycle over all families ended.", last),
        ("families", "Families' files.", figures.families),
        (
            "families_with_errors",
            "Families with an error in what people wrote.",
            figures.families_with_errors,
        ),
        ("pdfs_waiting", "Word files whose PDF is missing or older.", figures.pdfs_waiting),
        ("notices_pending", "Mails that wait, for whatever reason.", figures.pending),
        ("notices_held", "Those of them that wait for a person.", figures.held),
        ("notices_failed", "Mails that were refused for good and would still be of use.", figures.failed),
        ("notices_in_doubt", "Mails of which nobody knows whether they arrived.", figures.in_doubt),
        ("notices_oldest_age_seconds", "How long the mail that has been due longest has waited.", figures.oldest_age),
    )
    lines = [
        "# HELP hopdocs_build_info The hopdocs that wrote this.",
        "# TYPE hopdocs_build_info gauge",
        f'hopdocs_build_info{{version="{__version__}"}} 1',
    ]
    for name, says, value in rows:
        lines += [f"# HELP hopdocs_{name} {says}", f"# TYPE hopdocs_{name} gauge", f"hopdocs_{name} {value:.15g}"]
    return "\n".join(lines) + "\n"


def write_metrics(target: Path, figures: Figures) -> None:
    """Put the file in its place, whole; an OSError if that cannot be done. The collector reads only `*.prom`."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, MODE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(descriptor, MODE)
            file.write(render_metrics(figures))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
