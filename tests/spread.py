"""Which tests share a process when pytest-xdist spreads them over the cores, and in which order they are handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    import pytest
    from xdist.remote import Producer

SHARED: Final = ("tests/interop/",)
"""Folders whose files build on one relay and one story, told once."""


class BySharedFixtures(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist ships no types
    """A file is never split, since its tests share what it builds once; nor is a folder that shares.

    In the order of collection: what starts processes and takes long (interop, service) comes well before the many
    small files of `unit`, so that the cores end together.
    """

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((folder for folder in SHARED if path.startswith(folder)), path)
