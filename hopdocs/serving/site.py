"""What is answered to whom: the pages and papers of one workspace, as they lie on the disk at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Protocol

from hopdocs.cycle.making.output_check import PAGE
from hopdocs.pages.overview import render_layout
from hopdocs.serving.admission import admit
from hopdocs.serving.answer import EVENTS, HTML, PDF, TEXT, Head
from hopdocs.serving.following import LINES, LINES_AWAITED, LINES_LIVE, LIVE, with_following, with_lines
from hopdocs.serving.request import Refused
from hopdocs.serving.shown_files import edition_of, media_type_of, read_shown
from hopdocs.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hopdocs.model.config import Municipality
    from hopdocs.serving.lines.paper import PaperView
    from hopdocs.serving.request import Request

_REFUSALS: Final = {
    HTTPStatus.METHOD_NOT_ALLOWED: "Her kan kun læses.",
    HTTPStatus.FORBIDDEN: "Siden kan kun åbnes herfra. Kopiér adressen fra terminalen ind i browseren.",
    HTTPStatus.NOT_FOUND: "Siden findes ikke. Adressen står i terminalen, hvor hopdocs serve kører.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Der spørges om for meget på én gang. Siden hentes igen om lidt.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "En fejl i hopdocs. Terminalen, hvor hopdocs serve kører, siger hvor.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its head and its body, or else what to look at again and again."""

    head: Head
    body: bytes = b""
    look: Callable[[], str] | None = None


@dataclass(frozen=True, slots=True)
class Folders:
    """What is looked at: the output folder, and the families' files, which a page beside a paper follows."""

    output: Path
    families: Path


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
    is_put_off = status is HTTPStatus.SERVICE_UNAVAILABLE
    return Answer(Head(status, TEXT, len(text), allow=allow, comes_again=is_put_off), text)


class Papers(Protocol):
    """Whoever finds the lines behind a paper."""

    def look_up(self, folder: str, name: str) -> PaperView:
        """A paper with its lines; `Refused` if there is none. May take seconds."""

    def close(self) -> None:
        """Look no further: nobody waits for an answer any more."""


class Site:
    """One workspace's output folder, behind a token."""

    def __init__(self, folders: Folders, municipality: Municipality, token: str, papers: Papers) -> None:
        self._output, self._families = folders.output, folders.families
        self._municipality = municipality
        self._token = token
        self._papers = papers

    def admit(self, request: Request) -> tuple[str, ...]:
        """What is asked for, without the token; `Refused` for whoever may not ask. Asks nothing of the disk."""
        return admit(request, self._token, is_stream=request.query in {LIVE, LINES_LIVE, LINES_AWAITED})

    def answer(self, path: tuple[str, ...], query: str) -> Answer:
        """What is answered to one who was admitted; `Refused` if nothing is."""
        if path in {(), ("",)}:
            return Answer(Head(HTTPStatus.SEE_OTHER, TEXT, 0, location=f"/{self._token}/{PAGE}"))
        media_type = media_type_of(path)
        is_familys_paper = media_type == PDF and len(path) == 2  # noqa: PLR2004 - folder and file
        if media_type and not query:
            return self._file(path, media_type)
        if media_type and query == LIVE:
            return _stream(lambda: edition_of(self._output, path))
        if is_familys_paper and query == LINES:
            return self._lines(path[0], path[1])
        if is_familys_paper and query in {LINES_LIVE, LINES_AWAITED}:
            return _stream(lambda: self._edition_of_lines(path[0], path[1], query))
        raise Refused(HTTPStatus.NOT_FOUND)

    def close(self) -> None:
        """Nothing more will be asked."""
        self._papers.close()

    def _file(self, path: tuple[str, ...], media_type: str) -> Answer:
        edition = edition_of(self._output, path)  # first, so that what comes meanwhile is seen
        try:
            shown = read_shown(self._output, path)
        except Refused:
            if media_type != HTML:
                raise
            return self._awaited(edition, is_first=path == (PAGE,))
        if media_type == HTML:
            is_familys = len(path) > 1 and path[0] != PROJECT_FOLDER
            return _page(HTTPStatus.OK, with_lines(shown.data) if is_familys else shown.data, shown.edition)
        saved_as = "" if media_type == PDF else path[-1]
        return Answer(Head(HTTPStatus.OK, media_type, len(shown.data), saved_as=saved_as), shown.data)

    def _lines(self, folder: str, name: str) -> Answer:
        edition = self._edition_of_lines(folder, name, LINES_LIVE)  # first, so that what changes meanwhile is seen
        awaited = self._edition_of_lines(folder, name, LINES_AWAITED)
        try:
            page = render_layout("paper.html.j2", self._papers.look_up(folder, name)).encode()
        except Refused:
            return self._awaited(awaited, LINES_AWAITED)
        return _page(HTTPStatus.OK, page, edition, LINES_LIVE)

    def _edition_of_lines(self, folder: str, name: str, follow: str) -> str:
        """Another one as soon as the paper or the family's file is another.

        Whoever waits for lines looks at the family's page too: that is made when everything is known of the papers.
        """
        looked_at = [edition_of(self._output, (folder, name)), edition_of(self._families, (f"{folder}.yaml",))]
        if follow == LINES_AWAITED:
            looked_at.append(edition_of(self._output, (folder, PAGE)))
        return "/".join(looked_at)

    def _awaited(self, edition: str, follow: str = LIVE, *, is_first: bool = False) -> Answer:
        """Stands where a page is not there (yet), and gives way to it."""
        view = _AwaitedView(self._municipality.name, self._municipality.unit, is_first)
        page = render_layout("awaited.html.j2", view).encode()
        return _page(HTTPStatus.NOT_FOUND, page, edition, follow)


def _page(status: HTTPStatus, page: bytes, edition: str, follow: str = LIVE) -> Answer:
    body = with_following(page, edition, follow)
    return Answer(Head(status, HTML, len(body)), body)


def _stream(look: Callable[[], str]) -> Answer:
    return Answer(Head(HTTPStatus.OK, EVENTS, None), look=look)
