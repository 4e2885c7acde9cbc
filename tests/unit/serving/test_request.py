from __future__ import annotations

from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hopdocs.serving.request import Refused, parse_head
from tests.unit.serving.asking import head
from tests.work import at_most_calls


def status_of(asked: bytes) -> HTTPStatus:
    with pytest.raises(Refused) as refused:
        parse_head(asked)
    return refused.value.status


def test_a_browsers_request_is_read_into_names_and_headers() -> None:
    request = parse_head(head("/token/hop-2026-007/familieplan-J%C3%B8rgen%20P.pdf?linjer", cookie="x=1"))
    assert request.method == "GET"
    assert request.path == ("token", "hop-2026-007", "familieplan-Jørgen P.pdf")
    assert request.query == "linjer"
    assert request.headers["cookie"] == "x=1"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE", "PROPFIND", "X"])
def test_nothing_but_reading_is_understood(method: str) -> None:
    assert status_of(head(method=method)) is HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize(
    "asked",
    [
        b"\r\n\r\n",
        b"GET / HTTP/1.0\r\nhost: localhost\r\n\r\n",
        b"GET / HTTP/2\r\nhost: localhost\r\n\r\n",
        b"GET  / HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET http://localhost/ HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET localhost:443 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET * HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /\xc3\xb8 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /%C3 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /%4 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET /%zz HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\nhost: localhost\n\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\n folded\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost : localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\nx: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(asked: bytes) -> None:
    assert status_of(asked) is HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    "target",
    [
        "/t/../config.yaml",
        "/t/%2e%2e/config.yaml",
        "/t/%2E%2e/config.yaml",
        "/t/./overblik.html",
        "/t//overblik.html",
        "/t/hop%2f..%2f..%2fconfig.yaml",
        "/t/..%5c..%5cconfig.yaml",
        "/t/overblik.html%00.pdf",
        "/t/over%0ablik.html",
        "/t/..",
    ],
)
def test_a_way_out_of_the_folder_is_no_name(target: str) -> None:
    assert status_of(head(target)) is HTTPStatus.NOT_FOUND


def test_an_escape_is_read_once() -> None:
    assert parse_head(head("/t/%252e%252e/x.pdf")).path == ("t", "%2e%2e", "x.pdf")


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_a_request_or_a_refusal(sent: bytes) -> None:
    for asked in (sent, b"GET /" + sent + b" HTTP/1.1\r\nhost: localhost\r\n\r\n", head()[:-4] + sent + b"\r\n\r\n"):
        try:
            request = parse_head(asked)
        except Refused:
            continue
        assert not {"", ".", ".."} & set(request.path[:-1])
        assert not any(sign in name for name in request.path for sign in "/\\\0\r\n")


def test_a_header_of_blanks_costs_no_more_than_its_length() -> None:
    """One that costs its cube would hold up everybody for hours."""
    with at_most_calls(200):
        assert status_of(b"GET / HTTP/1.1\r\nx:" + b" " * 8000 + b"\x00\r\n\r\n") is HTTPStatus.BAD_REQUEST
    assert parse_head(b"GET / HTTP/1.1\r\nhost: \t localhost \t \r\n\r\n").headers == {"host": "localhost"}
