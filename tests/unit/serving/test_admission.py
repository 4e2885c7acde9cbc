from __future__ import annotations

from http import HTTPStatus

import pytest

from hopdocs.serving.admission import admit, make_token
from hopdocs.serving.request import Refused, parse_head
from tests.unit.serving.asking import HOST, TOKEN, head


def status_of(*, is_stream: bool = False, target: str = f"/{TOKEN}/overblik.html", **headers: str) -> HTTPStatus | None:
    try:
        admit(parse_head(head(target, **headers)), TOKEN, is_stream=is_stream)
    except Refused as refused:
        return refused.status
    return None


@pytest.mark.parametrize("host", [HOST, "127.0.0.1", "localhost:8350", "LOCALHOST:9000", "[::1]:8350", "[::1]"])
def test_a_browser_on_this_machine_is_let_in_also_through_a_forwarded_port(host: str) -> None:
    assert status_of(host=host) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8350",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.2",
        "0.0.0.0:8350",
        "127.1",
        "[::ffff:127.0.0.1]:8350",
        "localhost:8350@evil.example",
        "localhost:",
        "",
    ],
)
def test_a_name_that_was_made_to_lead_here_is_refused_whatever_it_knows(host: str) -> None:
    assert status_of(host=host) is HTTPStatus.MISDIRECTED_REQUEST


@pytest.mark.parametrize("site", ["cross-site", "same-site", "unheard-of"])
@pytest.mark.parametrize("is_stream", [False, True])
def test_another_site_in_the_browser_is_refused_also_one_of_another_port(site: str, *, is_stream: bool) -> None:
    assert status_of(is_stream=is_stream, sec_fetch_site=site) is HTTPStatus.FORBIDDEN


def test_a_page_may_be_typed_and_a_stream_of_events_may_not() -> None:
    assert status_of(sec_fetch_site="none") is None
    assert status_of(is_stream=True, sec_fetch_site="none") is HTTPStatus.FORBIDDEN
    assert status_of(is_stream=True, sec_fetch_site="same-origin") is None


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://127.0.0.1:9999", "https://127.0.0.1:8350", "http://localhost:8350", "null"],
)
def test_a_script_of_another_origin_is_refused(origin: str) -> None:
    assert status_of(origin=origin) is HTTPStatus.FORBIDDEN
    assert status_of(origin=f"http://{HOST}") is None


@pytest.mark.parametrize(
    "target",
    ["/", "/overblik.html", "//overblik.html", f"/{TOKEN[:-1]}/overblik.html", f"/{TOKEN}x/", f"/x{TOKEN}/", "/ø/"],
)
def test_who_does_not_know_the_token_sees_nothing(target: str) -> None:
    assert status_of(target=target.replace("ø", "%C3%B8")) is HTTPStatus.NOT_FOUND


def test_no_two_starts_have_one_token() -> None:
    tokens = {make_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) >= 43 for token in tokens)
