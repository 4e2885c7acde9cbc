"""The files by which the parts of a cluster know each other."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

from bench.cluster_parts import make_certificates
from hopdocs.cluster.addresses import read_address
from hopdocs.cluster.certificates import security_for
from hopdocs.errors import ClusterFault

if TYPE_CHECKING:
    from pathlib import Path

HUB = read_address("tls://hub.vesterlyng.example:8786")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificates(tmp_path_factory.mktemp("made") / "all")


def _code(folder: Path | None) -> str:
    with pytest.raises(ClusterFault) as raised:
        security_for(HUB, folder)
    return raised.value.code


def test_each_end_demands_a_certificate_and_shows_its_own(made: Path) -> None:
    security = security_for(HUB, made)
    assert security.require_encryption
    for role in ("worker", "scheduler"):
        context = security.get_listen_args(role)["ssl_context"]
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.minimum_version is ssl.TLSVersion.TLSv1_3
    for role in ("client", "worker", "scheduler"):
        assert security.get_connection_args(role)["ssl_context"].verify_mode is ssl.CERT_REQUIRED


def test_what_the_page_says_makes_keys_that_nobody_else_reads(made: Path) -> None:
    assert not (made / "key.pem").stat().st_mode & 0o077


def test_without_a_folder_nothing_is_sent() -> None:
    assert _code(None) == "HD772"


@pytest.mark.parametrize("name", ["ca.pem", "cert.pem", "key.pem"])
@pytest.mark.parametrize("text", [None, "", "no certificate"], ids=["missing", "empty", "another file"])
def test_a_file_that_is_none_is_told_by_name(made: Path, tmp_path: Path, name: str, text: str | None) -> None:
    for file in made.glob("*.pem"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
        (tmp_path / file.name).chmod(0o600)
    (tmp_path / name).unlink() if text is None else (tmp_path / name).write_text(text)
    assert _code(tmp_path) == "HD779"


def test_a_key_that_others_can_read_is_refused(made: Path, tmp_path: Path) -> None:
    for file in made.glob("*.pem"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "key.pem").chmod(0o640)
    assert _code(tmp_path) == "HD778"
