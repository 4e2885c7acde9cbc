"""`hopdocs serve` as it is installed: what it shows, to whom, and how it ends."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.service.serving import Serving
from tests.service.watched import make_workspace
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_workspace(tmp_path_factory.mktemp("serve") / "workspace")
    (folder / "out" / "hop-2026-007").mkdir(parents=True)
    (folder / "out" / "overblik.html").write_text("<body>Overblik</body>")
    (folder / "out" / "hop-2026-007" / "plan.pdf").write_bytes(b"%PDF")
    return folder


@pytest.fixture(scope="module")
def serving(folder: Path) -> Iterator[Serving]:
    found = Serving(folder)
    yield found
    found.kill()


def contents_of(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def test_pages_and_papers_are_shown_nothing_else_is_and_nothing_is_written(serving: Serving) -> None:
    before = contents_of(serving.folder)
    assert (serving.address.hostname, len(serving.address.path)) == ("127.0.0.1", 45)
    assert b"Overblik" in serving.ask("overblik.html").read()
    assert serving.ask("hop-2026-007/plan.pdf").read() == b"%PDF"
    for path in (
        "../config.yaml",
        "%2e%2e/config.yaml",
        "..%2f..%2fconfig.yaml",
        "families/hop-2026-007.yaml",
        "/etc/passwd",
        "hop-2026-007/",
    ):
        assert serving.ask(path).status == 404
    assert serving.ask("overblik.html", {"Host": "evil.example"}).status == 421
    assert serving.ask("overblik.html", {"Sec-Fetch-Site": "cross-site"}).status == 403
    assert serving.ask("overblik.html?live", {"Origin": "http://evil.example"}).status == 403
    assert serving.ask("overblik.html", method="POST").status == 405
    assert contents_of(serving.folder) == before


def test_nobody_off_this_machine_hears_it(serving: Serving) -> None:
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{serving.address.port:04X}") and line.split()[3] == "0A"
    ]
    loopback = {"0100007F", "00000000000000000000000001000000"}
    assert listening
    assert {where.partition(":")[0] for where in listening} <= loopback


def test_the_token_is_in_no_list_of_what_runs(serving: Serving) -> None:
    token = serving.address.path.strip("/")
    running = Path(f"/proc/{serving.process.pid}")
    assert token.encode() not in (running / "cmdline").read_bytes() + (running / "environ").read_bytes()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_while_somebody_follows_a_page(folder: Path, number: signal.Signals) -> None:
    serving = Serving(folder)
    try:
        stream = serving.ask("overblik.html?live", {"Sec-Fetch-Site": "same-origin"})
        assert stream.readline().startswith(b"data: ")
        code, said = serving.end(number)
    finally:
        serving.kill()
    assert code == 0
    assert said == "åbn den i en browser på denne maskine, og giv den ikke videre; Ctrl-C slutter\n"


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path) -> None:
    refused = run("-w", tmp_path, "serve")
    assert refused.code == 3
    assert "http" not in refused.out


@pytest.mark.parametrize("option", ["--host", "--bind", "--address", "--ip"])
def test_no_other_address_can_be_asked_for(folder: Path, option: str) -> None:
    assert run("-w", folder, "serve", option, "0.0.0.0").code == 2  # noqa: S104 - which is refused
