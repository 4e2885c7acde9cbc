from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from hopdocs.pages.composition import family_view
from hopdocs.pages.overview import render_family
from hopdocs.serving.lines.line_blocks import LineBlock, ShownLine
from hopdocs.serving.lines.paper import OtherPaper, PaperView
from hopdocs.serving.request import Refused, parse_head
from hopdocs.serving.site import Answer, refusal
from tests.unit.pages.sample import config, family, today
from tests.unit.pages.test_pages import facts, pages, record
from tests.unit.serving.asking import TOKEN, FoundPapers, head, site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOW = datetime(2026, 11, 21, 8, 41, tzinfo=UTC)


def family_page() -> str:
    papers = [record("invitation", "nadira", "familieplan", ending) for ending in ("docx", "pdf")]
    return render_family(family_view(today(family("2026-007")), replace(facts(), records=papers)))


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "hop-2026-007").mkdir()
    (tmp_path / "overblik.html").write_text(pages()[4], "utf-8")
    (tmp_path / "hop-2026-007" / "overblik.html").write_text(family_page(), "utf-8")
    (tmp_path / "hop-2026-007" / "plan nadira.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "hop-2026-007" / "plan nadira.docx").write_bytes(b"PK")
    return tmp_path


def ask(output: Path, target: str, say: Callable[[str, str], PaperView] | None = None, **headers: str) -> Answer:
    asked, request = site(output, FoundPapers(say)), parse_head(head(f"/{TOKEN}{target}", **headers))
    try:
        return asked.answer(asked.admit(request), request.query)
    except Refused as refused:
        return refusal(refused.status)


def headers_of(answer: Answer) -> dict[str, str]:
    _, *lines = answer.head.as_bytes(NOW).decode().strip().split("\r\n")
    return {name.lower(): said for name, _, said in (line.partition(": ") for line in lines)}


def test_the_address_leads_to_the_page_of_all_families(output: Path) -> None:
    for target in ("", "/"):
        answer = ask(output, target)
        assert answer.head.status == 303
        assert headers_of(answer)["location"] == f"/{TOKEN}/overblik.html"


def test_who_was_put_off_is_told_so_and_comes_again_and_nobody_else_does(output: Path) -> None:
    put_off = refusal(HTTPStatus.SERVICE_UNAVAILABLE)
    assert headers_of(put_off)["refresh"] == "5"
    assert "igen om lidt" in put_off.body.decode()
    others = [refusal(status) for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST and status != 503]
    assert not [answer for answer in (*others, ask(output, "/overblik.html")) if "refresh" in headers_of(answer)]


def test_no_folder_is_listed(output: Path) -> None:
    assert ask(output, "/hop-2026-007/").head.status == 404
    assert ask(output, "/hop-2026-007").head.status == 404


def test_every_answer_forbids_the_browser_what_no_page_needs(output: Path) -> None:
    for target in ("/", "/overblik.html", "/hop-2026-007/plan%20nadira.pdf", "/nothing.pdf", "/overblik.html?live"):
        headers = headers_of(ask(output, target))
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'; ")
        assert "frame-ancestors" in policy
        assert "http" not in policy
        assert "*" not in policy
        assert "'unsafe-eval'" not in policy
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["x-frame-options"] in {"DENY", "SAMEORIGIN"}
        assert headers["connection"] == "close"
        assert "set-cookie" not in headers
        assert "access-control-allow-origin" not in headers


def test_a_page_runs_the_scripts_that_hopdocs_wrote_and_no_other(output: Path) -> None:
    answer = ask(output, "/overblik.html")
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", answer.body.decode(), re.DOTALL)
    allowed = re.search(r"script-src ([^;]*)", headers_of(answer)["content-security-policy"])
    assert allowed is not None
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert len(digests) == 2
    assert sorted(allowed[1].split()) == sorted(f"'sha256-{digest}'" for digest in digests)


def test_a_page_has_no_icon_asked_for_and_its_policy_lets_it_say_so(output: Path) -> None:
    """Firefox holds any icon against the policy: the page's, and the `/favicon.ico` that it asks for by itself."""
    for target in ("/overblik.html", "/hop-2026-007/overblik.html", "/missing.html"):
        answer = ask(output, target)
        start, _, _ = answer.body.partition(b"</head>")
        assert b'<link rel="icon" href="data:,">' in start
        assert "img-src data:;" in headers_of(answer)["content-security-policy"]


def test_a_page_is_shown_as_it_lies_there_with_what_has_it_follow_its_file(output: Path) -> None:
    page = (output / "overblik.html").read_bytes()
    body = ask(output, "/overblik.html").body
    start, end = page[: page.rindex(b"</body>")], page[page.rindex(b"</body>") :]
    assert body.startswith(start)
    assert body.endswith(end)
    look = ask(output, "/overblik.html?live", sec_fetch_site="same-origin").look
    assert look is not None
    assert f'data-shown="{look()}"'.encode() in body


def test_a_paper_is_shown_and_a_word_file_saved_under_its_name(output: Path) -> None:
    paper = ask(output, "/hop-2026-007/plan%20nadira.pdf")
    assert paper.body == b"%PDF-1.7"
    assert "content-disposition" not in headers_of(paper)
    assert headers_of(paper)["content-length"] == "8"
    assert headers_of(paper)["x-frame-options"] == "SAMEORIGIN"
    word = headers_of(ask(output, "/hop-2026-007/plan%20nadira.docx"))
    assert word["content-disposition"] == "attachment; filename*=UTF-8''plan%20nadira.docx"


def test_a_page_that_is_not_there_yet_says_how_it_is_made_and_waits_for_it(output: Path) -> None:
    (output / "overblik.html").unlink()
    answer = ask(output, "/overblik.html")
    assert answer.head.status == 404
    assert "hopdocs watch" in answer.body.decode()
    assert b'data-shown="-"' in answer.body


def test_a_page_that_is_not_shown_is_not_read_anew_without_end(output: Path) -> None:
    os.link(output / "overblik.html", output / "second")
    answer = ask(output, "/overblik.html")
    look = ask(output, "/overblik.html?live", sec_fetch_site="same-origin").look
    assert answer.head.status == 404
    assert look is not None
    assert f'data-shown="{look()}"'.encode() in answer.body


def test_who_knows_no_token_gets_the_same_answer_whatever_is_there(output: Path) -> None:
    for target in ("/", "/overblik.html", "/x/overblik.html", "/x/nothing.html"):
        with pytest.raises(Refused) as refused:
            site(output).admit(parse_head(head(target)))
        said = refusal(refused.value.status)
        assert (said.head.status, said.body) == (404, refusal(said.head.status).body)
        assert config().municipality.name.encode() not in said.body


@pytest.mark.parametrize("query", ["x", "live&live", "LIVE", "linjer%00", "live?", "=", "path=/etc/passwd"])
def test_no_other_question_is_answered(output: Path, query: str) -> None:
    assert ask(output, f"/overblik.html?{query}").head.status == 404


def test_from_a_familys_page_each_of_its_pdfs_leads_to_the_lines_behind_it(output: Path) -> None:
    page = (output / "hop-2026-007" / "overblik.html").read_text("utf-8")
    papers = set(re.findall(r'href="([^"/]+\.pdf)">PDF', page))
    body = ask(output, "/hop-2026-007/overblik.html").body.decode()
    assert papers
    assert {name for name in papers if f'<a href="{name}?linjer">linjerne</a>' in body} == papers
    assert b"?linjer" not in ask(output, "/overblik.html").body


def view_of(folder: str, name: str) -> PaperView:
    block = LineBlock((ShownLine(4, "members:", is_shown=False), ShownLine(5, "  name: <b>", is_shown=True)))
    other = OtherPaper("plan & alt.pdf", "Familieplan")
    return PaperView(
        municipality="K",
        unit="E",
        title="Invitation",
        file=name,
        is_there=True,
        source=f"families/{folder}.yaml",
        template="templates/x.docx",
        note="",
        blocks=(block,),
        others=(other,),
    )


def test_a_paper_stands_beside_its_lines_and_follows_both_files(output: Path) -> None:
    (output / "hop-2026-007.yaml").write_text("id: HOP-2026-007")
    body = ask(output, "/hop-2026-007/plan%20nadira.pdf?linjer", say=view_of).body.decode()
    assert ' data-src="plan%20nadira.pdf#' in body
    assert " src=" not in body  # a browser that shows no PDF would save one
    assert "families/hop-2026-007.yaml:5" in body
    assert "  <mark>name: &lt;b&gt;</mark>" in body
    assert 'href="plan%20%26%20alt.pdf?linjer"' in body
    target = "/hop-2026-007/plan%20nadira.pdf?linjer-live"
    look = ask(output, target, say=view_of, sec_fetch_site="same-origin").look
    assert look is not None
    editions = [look()]
    assert f'data-shown="{editions[0]}" data-follow="linjer-live"' in body
    for path in (output / "hop-2026-007.yaml", output / "hop-2026-007" / "plan nadira.pdf"):
        path.unlink()
        editions.append(look())
    assert len(set(editions)) == 3


def test_only_a_familys_own_paper_has_lines(output: Path) -> None:
    for target in (
        "/overblik.html?linjer",
        "/hop-2026-007/plan%20nadira.docx?linjer",
        "/a/b/c.pdf?linjer",
        "/c.pdf?linjer",
    ):
        assert ask(output, target, say=view_of).head.status == 404
    assert ask(output, "/hop-2026-007/plan%20nadira.pdf?linjer-live", sec_fetch_site="none").head.status == 403


def test_lines_that_cannot_be_found_yet_are_waited_for_until_the_familys_page_is_made(output: Path) -> None:
    answer = ask(output, "/hop-2026-007/ny.pdf?linjer")
    assert answer.head.status == 404
    look = ask(output, "/hop-2026-007/ny.pdf?linjer-ventes", sec_fetch_site="same-origin").look
    assert look is not None
    before = look()
    assert f'data-shown="{before}" data-follow="linjer-ventes"'.encode() in answer.body
    (output / "hop-2026-007" / "overblik.html").unlink()
    assert look() != before


def test_a_paper_that_is_on_its_way_is_not_asked_for(output: Path) -> None:
    body = ask(output, "/hop-2026-007/x.pdf?linjer", say=lambda *at: replace(view_of(*at), is_there=False)).body
    assert b"<iframe" not in body
    assert "PDF'en er på vej" in body.decode()
