"""What a browser sends, for tests that change one thing of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from hopdocs.serving.request import Refused
from hopdocs.serving.site import Folders, Site
from tests.unit.pages.sample import config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hopdocs.serving.lines.paper import PaperView

TOKEN = "a-part-of-the-address-that-nobody-can-guess"  # noqa: S105 - of no server
HOST = "127.0.0.1:8350"


def head(target: str = f"/{TOKEN}/overblik.html", method: str = "GET", host: str = HOST, **headers: str) -> bytes:
    """A request's lines; `sec_fetch_site` becomes `sec-fetch-site`."""
    named = {"host": host, "accept": "text/html", **{name.replace("_", "-"): said for name, said in headers.items()}}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {said}" for name, said in named.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")


class FoundPapers:
    """Says of each paper what it was told to; without that, there is none."""

    def __init__(self, say: Callable[[str, str], PaperView] | None = None) -> None:
        self._say = say
        self.is_closed = False

    def look_up(self, folder: str, name: str) -> PaperView:
        if self._say is None:
            raise Refused(HTTPStatus.NOT_FOUND)
        return self._say(folder, name)

    def close(self) -> None:
        self.is_closed = True


def site(output: Path, papers: FoundPapers | None = None, kind: type[Site] = Site) -> Site:
    """The pages in a folder, with the families' files in it too."""
    return kind(Folders(output, output), config().municipality, TOKEN, papers or FoundPapers())
