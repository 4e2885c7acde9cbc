"""The key of the hash is made once, read by its owner alone, and never near a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hopdocs.candidates.key_file import load_key
from hopdocs.errors import EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path


def code_of(path: Path, workspace: Path) -> str:
    with pytest.raises(EnvironmentFault) as fault:
        load_key(path, workspace, workspace.parent / "lists")
    return fault.value.code


def test_a_key_that_is_missing_is_made_for_its_owner_alone_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "a.key"
    key = load_key(path, tmp_path / "workspace", tmp_path / "lists")
    assert len(key) == 64
    assert key.isalpha()  # figures might come in the shape of somebody's number
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert load_key(path, tmp_path / "workspace", tmp_path / "lists") == key
    assert load_key(tmp_path / "b.key", tmp_path / "workspace", tmp_path / "lists") != key


def test_a_key_in_the_workspace_beside_the_list_or_in_a_checkout_is_refused_and_not_made(tmp_path: Path) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "checkout" / ".git").mkdir(parents=True)
    (tmp_path / "away").symlink_to(tmp_path / "workspace")
    for folder in ("workspace", "workspace/deep", "checkout", "away", "lists"):
        path = tmp_path / folder / "a.key"
        assert code_of(path, tmp_path / "workspace") == "HD892"
        assert not path.exists()


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    load_key(path, tmp_path / "workspace", tmp_path / "lists")
    path.chmod(0o640)
    assert code_of(path, tmp_path / "workspace") == "HD893"


def test_a_key_that_is_too_short_or_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    path.write_bytes(b"short")
    path.chmod(0o600)
    (tmp_path / "link.key").symlink_to(path)
    assert code_of(path, tmp_path / "workspace") == "HD894"
    assert code_of(tmp_path / "link.key", tmp_path / "workspace") == "HD894"
