"""Folders on the network: their server tells nobody what others change there, so their entries must be compared.

The kind of file system is asked of /proc/self/mountinfo (proc_pid_mountinfo(5)): statfs(2) knows all that runs through
FUSE by one number, sshfs and a local disk alike.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")
_KINDS: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "virtiofs", "vboxsf", "vmhgfs", "prl_fs"),
        *("ceph", "glusterfs", "lustre", "gfs2", "ocfs2", "beegfs", "davfs", "coda", "fuse"),
    }
)
"""Shares, cluster file systems, and a host's folders in a virtual machine."""
_FUSE: Final = "fuse."
"""Before the name of the program behind it (`fuse.sshfs`): nobody knows what others do there. A `fuseblk` is a disk."""
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def share_kind(folder: str | Path) -> str:
    """The kind of share that a folder lies on (`nfs4`), '' for a disk or where the system does not say."""
    try:
        mounts = MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    place = os.path.realpath(folder)
    kind, length = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:  # noqa: PLR2004 - the mount point is the fifth
            continue
        point = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[4])
        if _lies_in(place, point) and len(point) >= length:  # of two on one point, the later one is seen
            kind, length = after.split(" ")[0], len(point)
    return kind if kind in _KINDS or kind.startswith(_FUSE) else ""


def _lies_in(place: str, point: str) -> bool:
    return place == point or place.startswith(point.rstrip("/") + "/")
