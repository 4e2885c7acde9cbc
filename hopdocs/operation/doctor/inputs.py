"""What the workspace brings along: its templates, and the git checkout that it may stand in."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from hopdocs.cycle.template_review import faults_in_use
from hopdocs.diagnostics import Severity
from hopdocs.freshness.cache import open_cache_to_read
from hopdocs.git import GitFault, find_checkout
from hopdocs.operation.doctor.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.cycle.shared_inputs import SharedInputs
    from hopdocs.model.config import Git
    from hopdocs.workspace import Workspace


def check_templates(workspace: Workspace, shared: SharedInputs) -> Finding:
    """Whether every letter's template can be used, as the service would find it."""
    files = shared.settings.template_files
    with closing(open_cache_to_read(workspace.cache_path)) as cache:
        faults = faults_in_use(files, cache, writes=False)
    errors = sum(item.severity is Severity.ERROR for item in faults)
    if errors:
        return Finding.mend("templates", "HD749", count=str(errors))
    return Finding.well("templates", str(len(files)))


def check_git(workspace: Workspace, settings: Git | None) -> Iterator[Finding]:
    """Whether git answers, what it says of the checkout, and whether its server is there if it is to be followed."""
    checkout = find_checkout(workspace.root)
    if checkout is None:
        yield Finding.well("git", "–")
        return
    try:
        head, branch = checkout.head(), checkout.branch()
        if settings is not None and settings.pull is not None:
            checkout.ask_server()
    except GitFault as fault:
        yield Finding.of("git", fault)
        return
    mark = checkout.unfinished()
    if mark:
        yield Finding.mend("git", "HD521", mark=mark, minutes="0")
    if settings is not None and branch != settings.branch:
        yield Finding.mend("git", "HD434", branch=branch or head[:9], right=settings.branch)
    elif not mark:
        yield Finding.well("git", f"{branch} {head[:9]}".strip())
