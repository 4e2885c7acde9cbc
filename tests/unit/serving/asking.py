"""What a browser sends, for tests that change one thing of it."""

from __future__ import annotations

TOKEN = "a-part-of-the-address-that-nobody-can-guess"  # noqa: S105 - of no server
HOST = "127.0.0.1:8350"


def head(target: str = f"/{TOKEN}/overblik.html", method: str = "GET", host: str = HOST, **headers: str) -> bytes:
    """A request's lines; `sec_fetch_site` becomes `sec-fetch-site`."""
    named = {"host": host, "accept": "text/html", **{name.replace("_", "-"): said for name, said in headers.items()}}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {said}" for name, said in named.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")
