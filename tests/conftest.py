"""What every test gets without asking: a folder of its own to stand in, and a guard over what it touches."""

from __future__ import annotations

import itertools
import os
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.guard import GUARD, install_guard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

settings.register_profile("any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Only asked for with `-n`, and only where pytest-xdist is installed."""
    from tests.spread import BySharedFixtures  # noqa: PLC0415 - as it is not asked for elsewhere

    return BySharedFixtures(config, log)


@pytest.fixture(scope="session", autouse=True)
def _temporary_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Sends every cache and temporary file of this session, and of what it starts, under pytest's own folder."""
    base = tmp_path_factory.getbasetemp().resolve()
    home = base / "home"
    home.mkdir()
    patch = pytest.MonkeyPatch()
    patch.setenv("HOME", str(home))
    patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    patch.setenv("XDG_STATE_HOME", str(home / "state"))
    patch.setenv("HOPDOCS_LANG", "en")
    _stand_in_temp(patch, base / "tmp")
    GUARD.homes.append(str(base))
    install_guard()
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """What is built in this process shares its templates; tests of the command in its own process compile them."""
    from tests.compiling import compiling_once  # noqa: PLC0415 - once the caches lie elsewhere

    with compiling_once():
        yield


def _stand_in_temp(patch: pytest.MonkeyPatch, folder: Path) -> None:
    folder.mkdir()
    patch.setenv("TMPDIR", str(folder))
    patch.setattr(tempfile, "tempdir", str(folder))


_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _own_temp(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another left where temporary files lie: `forget` looks there."""
    _stand_in_temp(monkeypatch, tmp_path_factory.getbasetemp().resolve() / f"tmp-{next(_numbers)}")


@pytest.fixture(autouse=True)
def _guarded(tmp_path: Path) -> Iterator[None]:
    """Fails a test that writes outside its temporary folder or opens a socket off loopback."""
    before = os.getcwd()  # noqa: PTH109 - restored as it was
    os.chdir(tmp_path)
    GUARD.strays.clear()
    GUARD.is_on = True
    try:
        yield
    finally:
        GUARD.is_on = False
        os.chdir(before)
    if GUARD.strays:
        pytest.fail("this test " + "; ".join(dict.fromkeys(GUARD.strays)), pytrace=False)
