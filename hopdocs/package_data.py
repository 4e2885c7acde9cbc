"""Where the templates, sample families, project and configuration that come with hopdocs lie.

In a checkout they are the repository's own `templates/`, `families/`, `project.yaml`, `indikatorer.yaml` and
`config.yaml`: one copy, edited where it is used. In a wheel the build puts that copy under `hopdocs/shipped/`, so that
an installed hopdocs needs nothing else.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Final

from hopdocs.errors import EnvironmentFault

CATALOGUE_NAME: Final = "indikatorer.yaml"
"""What may be measured; a workspace may have its own beside `config.yaml`."""
_PACKAGE = Path(__file__).resolve().parent


@cache
def describe_program() -> list[tuple[str, int, int]]:
    """The modules and wordings of hopdocs as they lie on the disk: name, size and time of each.

    A checkout that was pulled is another program, whatever its version says. Where the times alone differ, families are
    looked at once too often, and nothing else happens.
    """
    found: list[tuple[str, int, int]] = []
    folders = [str(_PACKAGE)]
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.endswith((".py", ".yaml")):
                    stat = entry.stat()
                    found.append((entry.path, stat.st_size, stat.st_mtime_ns))
    return sorted(found)


@cache
def digest_program() -> str:
    """The contents of all that, wherever it lies and whenever it was written: the same on two machines."""
    found = hashlib.sha256()
    for path, size, _ in describe_program():
        found.update(f"{Path(path).relative_to(_PACKAGE).as_posix()}\0{size}\0".encode())
        found.update(Path(path).read_bytes())
    return found.hexdigest()


def shipped_path(name: str) -> Path:
    """The file or folder `name` that hopdocs comes with: `templates`, `families`, `config.yaml` and so on."""
    for home in (_PACKAGE / "shipped", _PACKAGE.parent):
        found = home / name
        if found.exists():
            return found
    raise EnvironmentFault("HD590", name=name)
