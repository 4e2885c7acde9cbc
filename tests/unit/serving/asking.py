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


def no_papers(_folder: str, _name: str) -> PaperView:
    raise Refused(HTTPStatus.NOT_FOUND)


def site(output: Path, look_up: Callable[[str, str], PaperView] = no_papers, kind: type[Site] = Site) -> Site:
    """The pages in a folder, with the families' files in it too."""
    return kind(Folders(output, output), config().municipality, TOKEN, look_up)
