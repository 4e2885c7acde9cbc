"""What is answered to whom: the pages and papers of one workspace, as they lie on the disk at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from hopdocs.cycle.page_writing import PAGE
from hopdocs.pages.overview import render_layout
from hopdocs.serving.admission import admit
from hopdocs.serving.answer import EVENTS, HTML, PDF, TEXT, Head
from hopdocs.serving.following import LIVE, with_following
from hopdocs.serving.request import Refused
from hopdocs.serving.shown_files import NOT_THERE, edition_of, media_type_of, read_shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hopdocs.model.config import Config
    from hopdocs.serving.request import Request

_REFUSALS: Final = {
    HTTPStatus.METHOD_NOT_ALLOWED: "Her kan kun læses.",
    HTTPStatus.FORBIDDEN: "Siden kan kun åbnes herfra. Kopiér adressen fra terminalen ind i browseren.",
    HTTPStatus.NOT_FOUND: "Siden findes ikke. Adressen står i terminalen, hvor hopdocs serve kører.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its head and its body, or else what to look at again and again."""

    head: Head
    body: bytes = b""
    look: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class _AwaitedView:
    """A page that is not there, in the frame of those that are."""

    municipality: str
    unit: str
    is_first: bool


def refusal(status: HTTPStatus) -> Answer:
    """An answer to whoever gets nothing: it says the same whatever is there."""
    text = f"{_REFUSALS.get(status, status.phrase)}\n".encode()
    allow = "GET, HEAD" if status is HTTPStatus.METHOD_NOT_ALLOWED else ""
    return Answer(Head(status, TEXT, len(text), allow=allow), text)


class Site:
    """One workspace's output folder, behind a token."""

    def __init__(self, output: Path, config: Config, token: str) -> None:
        self._output = output
        self._config = config
        self._token = token

    def answer(self, request: Request) -> Answer:
        """What is answered to a request; `Refused` for one that gets nothing."""
        path = admit(request, self._token, is_stream=request.query == LIVE)
        if path in {(), ("",)}:
            return Answer(Head(HTTPStatus.SEE_OTHER, TEXT, 0, location=f"/{self._token}/{PAGE}"))
        media_type = media_type_of(path)
        if not media_type or request.query not in {"", LIVE}:
            raise Refused(HTTPStatus.NOT_FOUND)
        if request.query == LIVE:
            return Answer(Head(HTTPStatus.OK, EVENTS, None), look=lambda: edition_of(self._output, path))
        try:
            shown = read_shown(self._output, path)
        except Refused:
            if media_type != HTML:
                raise
            return self._awaited(path)
        if media_type == HTML:
            return _page(HTTPStatus.OK, shown.data, shown.edition)
        saved_as = "" if media_type == PDF else path[-1]
        return Answer(Head(HTTPStatus.OK, media_type, len(shown.data), saved_as=saved_as), shown.data)

    def _awaited(self, path: tuple[str, ...]) -> Answer:
        """Stands where a page is not there (yet), and gives way to it."""
        view = _AwaitedView(self._config.municipality.name, self._config.municipality.unit, is_first=path == (PAGE,))
        return _page(HTTPStatus.NOT_FOUND, render_layout("awaited.html.j2", view).encode(), NOT_THERE)


def _page(status: HTTPStatus, page: bytes, edition: str) -> Answer:
    body = with_following(page, edition)
    return Answer(Head(status, HTML, len(body)), body)
