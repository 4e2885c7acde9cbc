"""Whose `.hopdocs` is, who may read it, and what a workspace's folders are like under any umask."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from hopdocs.workspace import Workspace
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return quick(tmp_path / "ws", "hop-2026-009")


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.usefixtures("open_umask")
def test_what_hopdocs_remembers_is_its_owners_alone_also_where_it_was_not(root: Path) -> None:
    run("-w", root, *TODAY, "build")
    state = root / ".hopdocs"
    assert {_rights(path) for path in state.iterdir()} == {0o600}
    state.chmod(0o755)
    for path in state.iterdir():
        path.chmod(0o644)
    run("-w", root, *TODAY, "watch", "--once")
    assert _rights(state) == 0o700
    assert {path.name: oct(_rights(path)) for path in state.iterdir() if _rights(path) != 0o600} == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_another_users_run_is_refused_before_it_writes_and_may_look(root: Path) -> None:
    run("-w", root, *TODAY, "build")
    owner = 65534
    state = Workspace(root).state
    for path in (root, *root.rglob("*")):
        os.chown(path, owner, owner)
    (state / "cache.db").unlink()
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    for words in (["build"], ["watch", "--once"], ["notices", "start"], ["notices", "hold", "all"]):
        refused = run("-w", root, *TODAY, *words)
        assert (refused.code, "HD718" in refused.err) == (3, True), refused.err
        assert "sudo -u nobody hopdocs" in refused.err
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    for words in (["check"], ["build", "--dry-run"]):
        assert run("-w", root, *TODAY, *words).code == 0
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    for words in (["status"], ["notices", "list"]):
        assert run("-w", root, *TODAY, *words).code == 0
    assert {path.stat().st_uid for path in root.rglob("*")} == {owner}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_roots_first_run_in_a_services_workspace_is_refused_too(root: Path) -> None:
    os.chown(root, 65534, 65534)
    assert run("-w", root, *TODAY, "build").code == 3
    assert not (root / ".hopdocs").exists()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o027, 0o077], ids="{:03o}".format)
def test_a_new_workspaces_families_are_private_under_any_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        assert run("init", tmp_path / "hop", "--sample").code == 0
    finally:
        os.umask(before)
    families = tmp_path / "hop/families"
    made = {path.relative_to(families).as_posix(): _rights(path) for path in families.rglob("*")}
    assert _rights(families) == 0o700
    assert {rights for name, rights in made.items() if not (families / name).is_dir()} == {0o600}
    assert {rights for name, rights in made.items() if (families / name).is_dir()} == {0o700}
    writable = [path for path in (tmp_path / "hop").rglob("*") if _rights(path) & 0o022 and not path.is_symlink()]
    assert writable == []


def test_the_last_damaged_caches_are_kept_and_told(root: Path) -> None:
    run("-w", root, *TODAY, "build")
    cache = root / ".hopdocs/cache.db"
    for _ in range(5):
        cache.write_bytes(b"no database" * 1000)
        run("-w", root, *TODAY, "build")
    kept = sorted(path.name for path in cache.parent.glob("*.unreadable-*"))
    assert kept == [f"cache.db.unreadable-{number}" for number in (3, 4, 5)]
    assert "3 damaged databases" in run("-w", root, *TODAY, "check").out
