"""Follows what people push: `git pull --ff-only` every so often, beside the loop: a slow network stops nothing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, Self

from hopdocs.cycle.making.unrendered import name_bug
from hopdocs.errors import HopdocsError
from hopdocs.git import GitFault, find_checkout

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from hopdocs.model.config import Git
    from hopdocs.workspace import Workspace

LEAST_SECONDS: Final = 1.0
LAST_SECONDS: Final = 5.0


class Puller:
    """Pulls in a thread of its own. `fault` is why the last pull failed; `wake` is called when something came."""

    def __init__(self, workspace: Workspace, wake: Callable[[], None]) -> None:
        self._workspace = workspace
        self._wake = wake
        self._git: Git | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.fault: HopdocsError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(LAST_SECONDS)

    def follow(self, git: Git | None) -> None:
        """What `git:` in config.yaml says now."""
        self._git = git
        runs = self._thread is not None and self._thread.is_alive()
        if git is not None and git.pull is not None and not runs:
            self._thread = threading.Thread(target=self._run, name="puller", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            git = self._git
            seconds = git.pull.total_seconds() if git and git.pull else 60.0
            if self._stopping.wait(max(seconds, LEAST_SECONDS)):
                return
            if git is not None and git.pull is not None:
                self._pull(git.branch)

    def _pull(self, branch: str) -> None:
        """One pull. Whatever goes wrong is told; a thread that is gone would follow nobody, and say nothing."""
        before, came = self.fault, False
        try:
            checkout = find_checkout(self._workspace.root)
            if checkout is None or checkout.unfinished():
                return
            came = checkout.pull(branch, lambda: not self._stopping.is_set())
            self.fault = None
        except GitFault as fault:
            self.fault = fault
        except Exception as err:  # noqa: BLE001 - see above
            self.fault = HopdocsError("HD535", detail=name_bug(err))
        if came or (before is None) != (self.fault is None):
            self._wake()
