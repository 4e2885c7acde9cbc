"""Whether a file in the output folder is as we left it, changed by a person, or gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.freshness.staleness import FileState

if TYPE_CHECKING:
    from hopdocs.cycle.tasks import FamilyTask
    from hopdocs.freshness.publish import FolderListing
    from hopdocs.freshness.staleness import Record


def find_file_state(listing: FolderListing, name: str, task: FamilyTask, record: Record | None) -> FileState:
    """What a look at the disk says of one file. Its contents are read only if its directory entry differs."""
    file_stat = listing.file_stats.get(name)
    if file_stat is None:
        return FileState.MISSING
    if record is not None and task.known is not None and task.known.file_stats.get(name) == file_stat:
        return FileState.OURS
    ours = task.ours.get(name, frozenset()) | ({record.digest} if record else frozenset())
    return FileState.OURS if listing.digest(name) in ours else FileState.BY_HAND
