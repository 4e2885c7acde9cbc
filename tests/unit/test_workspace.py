"""Where things are, who may write, and how a file that people wrote is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle.shared_inputs import find_templates
from hopdocs.errors import WorkspaceFault
from hopdocs.package_data import shipped_path
from hopdocs.sources.file_sizes import LARGEST_SOURCE_BYTES
from hopdocs.workspace import UnreadableFile, Workspace, open_workspace, read_source, sole_writer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "config.yaml").write_text("municipality: {}\n", "utf-8")
    return open_workspace(tmp_path)


def test_without_config_there_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceFault) as caught:
        open_workspace(tmp_path)
    assert caught.value.code == "HD501"


def test_a_workspace_s_own_template_stands_before_the_shipped_one(workspace: Workspace) -> None:
    assert find_templates(workspace, [])["dagsorden.docx"].path == shipped_path("templates") / "dagsorden.docx"
    workspace.templates.mkdir()
    own = workspace.templates / "dagsorden.docx"
    own.touch()
    assert find_templates(workspace, [])["dagsorden.docx"].path == own


def test_the_second_writer_hears_who_holds_the_lock(workspace: Workspace) -> None:
    with sole_writer(workspace):
        with pytest.raises(WorkspaceFault) as caught, sole_writer(workspace):
            pass
        assert (caught.value.code, caught.value.params) == ("HD502", {"process": str(os.getpid())})
    with sole_writer(workspace):
        pass


def test_a_writer_that_was_cut_short_is_known_by_what_it_left(workspace: Workspace) -> None:
    with sole_writer(workspace) as is_first:
        assert is_first
    with sole_writer(workspace) as was_cut_short:
        assert not was_cut_short
    with pytest.raises(RuntimeError), sole_writer(workspace):
        raise RuntimeError
    with sole_writer(workspace) as was_cut_short:
        assert was_cut_short


def test_what_hopdocs_remembers_is_private(workspace: Workspace) -> None:
    with sole_writer(workspace):
        assert workspace.state.stat().st_mode & 0o777 == 0o700
        assert (workspace.state / "lock").stat().st_mode & 0o777 == 0o600


def test_links_pipes_and_folders_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("somebody's", "utf-8")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for name in ("link.yaml", "pipe.yaml", "folder.yaml"):
        with pytest.raises(UnreadableFile) as caught:
            read_source(tmp_path / name)
        assert caught.value.code == "HD504"
    with pytest.raises(FileNotFoundError):
        read_source(tmp_path / "missing.yaml")


def test_of_a_file_that_is_too_large_only_one_byte_more_is_read(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_bytes(b"x" * (LARGEST_SOURCE_BYTES + 5))
    (tmp_path / "fits.yaml").write_bytes(b"x" * LARGEST_SOURCE_BYTES)
    assert len(read_source(tmp_path / "large.yaml")) == LARGEST_SOURCE_BYTES + 1
    assert len(read_source(tmp_path / "fits.yaml")) == LARGEST_SOURCE_BYTES


def test_an_operators_file_that_nobody_can_look_up_is_missing(workspace: Workspace) -> None:
    workspace.state.mkdir()
    workspace.operator_mark.write_text(f"/etc/{'x' * 300}.yaml\n", "utf-8")  # as behind a folder that is closed
    with pytest.raises(WorkspaceFault) as caught:
        open_workspace(workspace.root)
    assert caught.value.code == "HD716"


def test_an_operators_file_in_the_workspace_is_refused_also_where_a_pushed_mark_names_it(workspace: Workspace) -> None:
    pushed = workspace.root / "operator.yaml"
    pushed.write_text(f"workspace: {workspace.root}\n", "utf-8")
    workspace.state.mkdir()
    workspace.operator_mark.write_text(f"{pushed}\n", "utf-8")
    with pytest.raises(WorkspaceFault) as caught:
        open_workspace(workspace.root)
    assert caught.value.code == "HD714"


@pytest.mark.parametrize("written", ["{}", '"{}"', "'{}'  # ours", "{}  # ours", "{} "])
def test_an_operators_file_is_found_for_a_folder_with_a_blank_in_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    root, etc = tmp_path / "HOP plans 1", tmp_path / "etc"
    root.mkdir()
    etc.mkdir()
    (root / "config.yaml").write_text("municipality: {}\n", "utf-8")
    (etc / "operator.yaml").write_text(f"git: {{pull: 5m}}\nworkspace: {written.format(root)}\n", "utf-8")
    monkeypatch.setattr("hopdocs.workspace.OPERATOR_FOLDER", etc)
    found = open_workspace(root).operator
    assert found == etc / "operator.yaml"
