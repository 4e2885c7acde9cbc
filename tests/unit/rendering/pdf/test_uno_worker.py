"""The hand that drives LibreOffice, with a LibreOffice played by a few lines: what it says, and when."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from typing import Any

FOLDER = str(resources.files("hopdocs.rendering.pdf"))
PLAYED = """
import json, sys, types
from unittest.mock import MagicMock
for name in ("uno", "com", "com.sun", "com.sun.star", "com.sun.star.beans", "com.sun.star.connection",
             "com.sun.star.lang"):
    sys.modules[name] = MagicMock()
sys.path.insert(0, sys.argv[1])
import uno_worker
does = json.loads(sys.argv[2])

def close(_):
    print("closed", flush=True)
    if does["close"] == "fail":
        raise RuntimeError("it does not let go")

desktop = MagicMock()
document = desktop.loadComponentFromURL.return_value
document.close = close
if does["locale"] == "same":
    document.CharLocale = document.DocumentProperties.Language
document.createInstance = lambda name: print(name, flush=True) or MagicMock()
if does["store"] == "fail":
    document.storeToURL.side_effect = RuntimeError("no room")
uno_worker.write_profile = lambda _: None
uno_worker.connect = lambda *_: (types.SimpleNamespace(pid=1), desktop)
uno_worker.resident_bytes = lambda _: 7
uno_worker.name_links = lambda _: print("links", flush=True)
uno_worker.part_symbols = lambda _: print("symbols", flush=True)
waiting = [json.loads(line) for line in sys.stdin]
requests = MagicMock()
requests.get.side_effect = [*waiting, SystemExit]
uno_worker.serve("", None, requests, [])
"""


def serve(*requests: dict[str, Any], store: str = "", close: str = "", locale: str = "same") -> list[Any]:
    """What comes out for these requests, line by line."""
    done = subprocess.run(
        [sys.executable, "-c", PLAYED, FOLDER, json.dumps({"store": store, "close": close, "locale": locale})],
        input="".join(json.dumps({"source": "/a", "target": "/b", "title": "", **one}) + "\n" for one in requests),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) if line.startswith("{") else line for line in done.stdout.splitlines()][1:]


DONE = {"done": True, "resident": 7}
NOTHING = {"links": False, "symbols": False}


def test_a_document_is_searched_for_what_it_may_have_and_for_all_where_nobody_says() -> None:
    assert serve(NOTHING) == [DONE, "closed"]
    assert serve({"links": True, "symbols": False}) == ["links", DONE, "closed"]
    assert serve({}) == ["links", "symbols", DONE, "closed"]


def test_the_language_of_a_document_is_set_only_where_it_is_another() -> None:
    assert serve(NOTHING) == [DONE, "closed"]
    assert serve(NOTHING, locale="another") == ["com.sun.star.text.Defaults", DONE, "closed"]


def test_a_pdf_is_told_before_its_document_is_closed() -> None:
    """To close one takes LibreOffice as long as the parent needs to look at the PDF."""
    assert serve(NOTHING, NOTHING) == [DONE, "closed", DONE, "closed"]


def test_a_document_that_gives_no_pdf_is_closed_and_the_next_one_made() -> None:
    [closed, first, *others] = serve(NOTHING, NOTHING, store="fail")
    assert closed == "closed"
    assert first == {"done": False, "reason": "RuntimeError: no room"}
    assert others == [closed, first]


def test_a_libreoffice_that_does_not_let_go_of_a_document_is_asked_no_more() -> None:
    assert serve(NOTHING, NOTHING, close="fail") == [DONE, "closed"]
