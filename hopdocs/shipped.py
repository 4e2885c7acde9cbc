"""Where the templates, sample families and configuration that come with hopdocs lie.

In a checkout they are the repository's own `templates/`, `families/` and `config.yaml`: one copy, edited where it
is used. In a wheel the build puts that copy under `hopdocs/shipped/`, so that an installed hopdocs needs nothing
else.
"""

from __future__ import annotations

from pathlib import Path

from hopdocs.errors import EnvironmentFault

_PACKAGE = Path(__file__).resolve().parent


def shipped_path(name: str) -> Path:
    """The file or folder `name` (`templates`, `families`, `config.yaml`) that hopdocs comes with."""
    for home in (_PACKAGE / "shipped", _PACKAGE.parent):
        found = home / name
        if found.exists():
            return found
    raise EnvironmentFault("HD590", name=name)
