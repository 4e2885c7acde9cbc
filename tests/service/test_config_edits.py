"""One real service, and every odd thing that may be done to its config.yaml while it runs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.service.watched import FAMILY, OUT, Watched, make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAGSORDEN = f"{OUT}/dagsorden-familieplan.docx"

BAD: dict[str, Callable[[str], bytes]] = {
    "empty": lambda _: b"",
    "blanks alone": lambda _: b" \n\n",
    "no mapping": lambda _: b"- one\n- two\n",
    "a word alone": lambda _: b"config",
    "cut short": lambda good: good[: len(good) // 2].encode(),
    "an open bracket": lambda good: (good + "places: [\n").encode(),
    "another encoding": lambda good: good.encode("utf-16"),
    "no text": lambda _: bytes(range(256)),
    "zeros, as a file system leaves them after a crash": lambda _: bytes(4096),
    "far too large": lambda good: (good + "# x\n" * 100_000).encode(),
    "deeper than anybody writes": lambda good: (good + "law: " + "[" * 200 + "]" * 200 + "\n").encode(),
    "two documents": lambda good: (good + "---\n" + good).encode(),
    "an unknown zone": lambda good: good.replace("Europe/Copenhagen", "Europe/Nowhere").encode(),
    "a zone that leads out": lambda good: good.replace("Europe/Copenhagen", "../../etc/passwd").encode(),
    "clear text to another machine": lambda good: good.replace("host: localhost", "host: 127.evil.example").encode(),
    "a host of dots": lambda good: good.replace("host: localhost", 'host: "."').encode(),
    "no such port": lambda good: good.replace("port: 1025", "port: 99999").encode(),
    "port zero": lambda good: good.replace("port: 1025", "port: 0").encode(),
    "a group that this machine lacks": lambda good: good.replace(
        "access: private ", "access: group\n  group: no-such-group "
    ).encode(),
    "output over the families": lambda good: good.replace("output: out", "output: families").encode(),
    "output with a zero byte": lambda good: good.replace("output: out", r'output: "o\0t"').encode(),
    "a group with a zero byte": lambda good: good.replace(
        "access: private ", 'access: group\n  group: "a\\0b" '
    ).encode(),
    "a branch with a zero byte": lambda good: (good + '\ngit: {pull: 1s, branch: "a\\0b"}\n').encode(),
    "following pushes, with the mail server beside it": lambda good: (
        good + "\ngit: {pull: 1s, branch: main}\n"
    ).encode(),
    "answers with a zero byte": lambda good: good.replace("  hold: 10m", '  answers: "a\\0b"\n  hold: 10m').encode(),
}
ODD: dict[str, Callable[[str], str]] = {
    "a dot after the host": lambda good: good.replace("host: localhost", 'host: "localhost."'),
    "brackets around the host": lambda good: good.replace("host: localhost", 'host: "[::1]"'),
    "an address in full": lambda good: good.replace("host: localhost", 'host: "0:0:0:0:0:0:0:1"'),
    "a host that is no host": lambda good: good.replace("host: localhost", 'host: "mail..å b"').replace(
        "security: none", "security: tls "
    ),
    "a certificate that is not there": lambda good: good.replace(
        "security: none", "security: tls, ca_file: nowhere.pem"
    ),
    "a password that is not there": lambda good: good.replace(
        "security: none", "security: none, user: hop, password_file: nowhere"
    ),
    "a folder of answers that is a file": lambda good: good.replace(
        "  hold: 10m", "  answers: config.yaml\n  hold: 10m"
    ),
    "no mail": lambda good: good[: good.index("\nmail:")] + good[good.index("\nlaw:") :],
    "other line ends": lambda good: good.replace("\n", "\r\n"),
}


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    service = Watched(make_workspace(tmp_path_factory.mktemp("edits") / "workspace"))
    service.start()
    yield service
    assert service.stop() == 0
    assert service.lines[-1]["stopped"] is True


@pytest.fixture
def good(watched: Watched) -> Iterator[str]:
    """The config as it was; afterwards the service goes by it again."""
    config = watched.folder / "config.yaml"
    text = config.read_text("utf-8")
    yield text
    _replace(config, text.replace("Familierådgivningen", "Familiehuset").encode())
    watched.wait_until_made("dagsorden-familieplan.docx")
    _replace(config, text.encode())
    watched.wait_until_made("dagsorden-familieplan.docx")


@pytest.mark.parametrize("edit", BAD.values(), ids=BAD)
def test_a_config_that_cannot_be_used_is_told_and_the_last_good_one_stays(
    watched: Watched, good: str, edit: Callable[[str], bytes]
) -> None:
    _replace(watched.folder / "config.yaml", edit(good))
    told = watched.wait_for(lambda line: ["config.yaml", "HD520"] in line.get("diagnostics", ()))
    assert len([code for path, code in told["diagnostics"] if path == "config.yaml"]) > 1
    _edit_a_family(watched)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_config_that_may_not_be_read_is_told_and_the_last_good_one_stays(watched: Watched, good: str) -> None:
    config = watched.folder / "config.yaml"
    beside = watched.folder / ".config.tmp"
    beside.write_text(good, "utf-8")
    beside.chmod(0)
    beside.replace(config)
    watched.wait_for(lambda line: ["config.yaml", "HD520"] in line.get("diagnostics", ()))
    _edit_a_family(watched)


@pytest.mark.usefixtures("good")
@pytest.mark.parametrize("form", ["a link", "a folder"])
def test_a_config_that_is_no_file_is_told_and_the_last_good_one_stays(watched: Watched, form: str) -> None:
    config, kept = watched.folder / "config.yaml", watched.folder / "kept"
    config.replace(kept)
    if form == "a link":
        config.symlink_to(kept)
    else:
        config.mkdir()
    watched.wait_for(lambda line: ["config.yaml", "HD520"] in line.get("diagnostics", ()))
    _edit_a_family(watched)
    if form == "a folder":
        config.rmdir()
    kept.replace(config)


def test_a_config_that_is_gone_is_told_and_nothing_is_done_until_it_is_back(watched: Watched, good: str) -> None:
    config = watched.folder / "config.yaml"
    config.unlink()
    watched.wait_for(lambda line: ["", "HD531"] in line.get("diagnostics", ()))
    assert (watched.folder / DAGSORDEN).is_file()
    config.write_text(good, "utf-8")


@pytest.mark.parametrize("edit", ODD.values(), ids=ODD)
def test_an_odd_config_that_can_be_used_is_used(watched: Watched, good: str, edit: Callable[[str], str]) -> None:
    odd = edit(good)
    assert odd != good
    _replace(watched.folder / "config.yaml", odd.replace("Familierådgivningen", "Børnehuset").encode())
    watched.wait_until_made("dagsorden-familieplan.docx")
    _edit_a_family(watched)


def _edit_a_family(watched: Watched) -> None:
    """The service still hears an edit, and makes what it asks for."""
    path = watched.folder / FAMILY
    text = path.read_text("utf-8")
    _replace(
        path, text.replace("# edited\n", "").encode() if text.endswith("# edited\n") else f"{text}# edited\n".encode()
    )
    watched.wait_for(lambda line: line.get("is_report") and line["evaluated"])


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(data)
    beside.replace(path)
