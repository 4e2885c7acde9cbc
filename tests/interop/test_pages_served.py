"""What `hopdocs serve` shows, in a real browser: it follows its file, and no other site gets a word of it."""

from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING, Any

import pytest

from tests.interop.browser import open_browser
from tests.service.serving import Serving
from tests.unit.pages.test_pages import pages
from tests.unit.serving.lines.built import build_with_pdfs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.interop.browser import Browser
    from tests.unit.cycling import Desk

FAMILY = "hop-2026-002"
MARKED = "[...document.querySelectorAll('table.lines mark')].map((mark) => mark.textContent).join()"
TRACK_VIOLATIONS = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("browser")) as found:
        found.order("Page.enable")
        found.order("Page.addScriptToEvaluateOnNewDocument", source=TRACK_VIOLATIONS)
        yield found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return build_with_pdfs(tmp_path_factory.mktemp("served") / "workspace", FAMILY)


@pytest.fixture(scope="module")
def serving(desk: Desk) -> Iterator[Serving]:
    found = Serving(desk.root)
    yield found
    found.kill()


@pytest.fixture
def out(desk: Desk) -> Path:
    (desk.root / "out" / "overblik.html").write_text(pages()[4], "utf-8")
    (desk.root / "out" / FAMILY / "overblik.html").write_text(pages()[2], "utf-8")
    return desk.root / "out"


def save(page: Path, text: str) -> None:
    """As hopdocs does: whole, under its name at once."""
    page.with_name("new").write_text(text, "utf-8")
    page.with_name("new").rename(page)


def test_the_pages_work_as_from_the_disk_and_nothing_of_theirs_is_forbidden(
    browser: Browser, serving: Serving, out: Path
) -> None:
    for name in ("overblik.html", f"{FAMILY}/overblik.html"):
        browser.visit(serving.address.geturl() + name)
        assert browser.ask("violations.join()") == ""
    browser.visit(serving.address.geturl())
    assert browser.ask("document.getElementById('valg').checkVisibility()")
    assert not browser.ask("document.getElementById('mistet').checkVisibility()")
    browser.ask("document.querySelector('#alle-familier a[href*=\"2026-002\"]').click()")
    browser.wait_for("location.pathname.endsWith('/hop-2026-002/overblik.html') && document.readyState === 'complete'")
    assert (out / "overblik.html").read_text("utf-8") == pages()[4]


def test_a_page_is_read_anew_when_it_changes_and_keeps_what_was_chosen(
    browser: Browser, serving: Serving, out: Path
) -> None:
    browser.visit(f"{serving.address.geturl()}overblik.html#orden=moede")
    save(out / "overblik.html", pages()[4].replace("Overblik over familierne", "Nyt overblik"))
    browser.wait_for("document.querySelector('h1')?.textContent === 'Nyt overblik'")
    assert browser.ask("document.forms.valg.orden.value") == "moede"


def test_a_page_that_is_missing_gives_way_to_itself_once_it_is_made(
    browser: Browser, serving: Serving, out: Path
) -> None:
    page = (out / "overblik.html").read_text("utf-8")
    (out / "overblik.html").unlink()
    browser.visit(serving.address.geturl())
    assert "hopdocs watch" in browser.ask("document.body.innerText")
    save(out / "overblik.html", page)
    browser.wait_for("document.querySelector('h1')?.textContent === 'Overblik over familierne'")


def test_a_script_a_form_and_a_picture_that_came_into_a_page_do_nothing(
    browser: Browser, serving: Serving, out: Path
) -> None:
    hostile = (
        "<body><script>document.title = 'ran'</script><img src='//192.0.2.1/x'><p onclick='document.title = 1'>x</p>"
        "<form action='http://192.0.2.1/'></form><iframe src='https://192.0.2.1/'></iframe>"
        "<base href='//192.0.2.1/'><script src='overblik.html'></script></body>"
    )
    (out / "fremmed.html").write_text(hostile, "utf-8")
    browser.visit(f"{serving.address.geturl()}fremmed.html")
    browser.ask("document.querySelector('p').click(); document.forms[0].submit()")
    assert browser.ask("document.title") == ""
    assert browser.ask("location.hostname") == "127.0.0.1"
    forbidden = set(browser.ask("violations.join()").split(","))
    assert {"script-src-elem", "script-src-attr", "img-src", "form-action", "frame-src", "base-uri"} <= forbidden


class _Stranger(http.server.BaseHTTPRequestHandler):
    """Another user's server on this machine."""

    def do_GET(self) -> None:
        self.server.heads.append(str(self.headers))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>stranger</title>")

    def log_message(self, *_: Any) -> None:
        """Nothing is said."""


def test_another_site_gets_nothing_even_if_it_knew_the_address(browser: Browser, serving: Serving, out: Path) -> None:
    assert out.is_dir()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Stranger) as stranger:
        stranger.heads = heads = []  # type: ignore[attr-defined,var-annotated]
        threading.Thread(target=stranger.serve_forever).start()
        try:
            browser.visit(serving.address.geturl())
            browser.visit(f"http://127.0.0.1:{stranger.server_address[1]}/")
            page = f"{serving.address.geturl()}overblik.html"
            got = browser.ask(
                f"""(async () => {{
                    const tried = [];
                    const at = {page!r};
                    for (const mode of ["cors", "no-cors"]) {{
                        try {{ tried.push((await (await fetch(at, {{ mode }})).text()).length); }}
                        catch {{ tried.push("refused"); }}
                    }}
                    await new Promise((done) => {{
                        const events = new EventSource(at + "?live");
                        events.onmessage = () => {{ tried.push("heard"); done(); }};
                        events.onerror = () => {{ tried.push("refused"); events.close(); done(); }};
                    }});
                    await new Promise((done) => {{
                        const frame = document.createElement("iframe");
                        frame.onload = done;
                        frame.src = at;
                        document.body.append(frame);
                    }});
                    try {{ tried.push(document.querySelector("iframe").contentDocument.title); }}
                    catch {{ tried.push("refused"); }}
                    return tried.join();
                }})()"""
            )
        finally:
            stranger.shutdown()
    assert got.replace("null", "refused") == "refused,refused,refused,refused"
    assert not any(serving.address.path.strip("/") in head for head in heads)


def test_who_looks_on_after_the_end_is_told_that_the_page_follows_no_more(
    browser: Browser, desk: Desk, out: Path
) -> None:
    assert out.is_dir()
    serving = Serving(desk.root)
    browser.visit(serving.address.geturl())
    serving.kill()
    browser.wait_for("document.getElementById('mistet').checkVisibility()")
    assert browser.ask("document.querySelector('h1').textContent") == "Overblik over familierne"


def test_a_paper_stands_beside_its_lines_and_both_are_anew_once_the_file_is_saved(
    browser: Browser, serving: Serving, desk: Desk
) -> None:
    browser.visit(f"{serving.address.geturl()}{FAMILY}/informationsbrev-karla.pdf?linjer")
    browser.wait_for("document.querySelector('iframe').contentDocument?.contentType === 'application/pdf'")
    assert browser.ask("document.querySelector('iframe').checkVisibility()")
    assert browser.ask("violations.join()") == ""
    assert "Karla Regnbuehøj" in browser.ask("document.querySelector('h1').textContent")
    assert "Karla Regnbuehøj" in browser.ask(MARKED)
    desk.edit("name: Karla Regnbuehøj", "name: Karla Solopgang", f"families/{FAMILY}.yaml")
    browser.wait_for(f"({MARKED}).includes('Karla Solopgang')")
    assert "Filen er ændret" in browser.ask("document.body.innerText")


def test_a_browser_that_saves_pdfs_instead_of_showing_them_is_given_none(browser: Browser, serving: Serving) -> None:
    saves = "Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false })"
    script = browser.order("Page.addScriptToEvaluateOnNewDocument", source=saves)
    try:
        browser.visit(f"{serving.address.geturl()}{FAMILY}/informationsbrev-karla.pdf?linjer")
        assert not browser.ask("document.querySelector('iframe').checkVisibility()")
        assert browser.ask("document.querySelector('iframe').src") == ""
        assert browser.ask("document.querySelector('.beside a').checkVisibility()")
    finally:
        browser.order("Page.removeScriptToEvaluateOnNewDocument", **script)
