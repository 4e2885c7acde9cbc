"""The real service against files saved in every way that editors, people and git do it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from hopdocs.package_data import shipped_path
from hopdocs.watching.service import DELETION_SECONDS
from tests.service.watched import FAMILY, OUT, Watched, make_workspace, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAGSORDEN = f"{OUT}/dagsorden-familieplan.docx"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One service for all tests that leave it as they found it: starting one takes seconds."""
    watched = Watched(make_workspace(tmp_path_factory.mktemp("watch") / "workspace"))
    watched.start()
    yield watched
    assert watched.stop(signal.SIGINT) == 0
    assert watched.lines[-1]["stopped"] is True


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(make_workspace(tmp_path / "workspace"))
    yield watched
    if watched.process is not None:
        assert watched.stop() == 0
        assert watched.lines[-1]["stopped"] is True


def save_in_place(path: Path, text: str) -> None:
    """As nano and many small editors: the file is empty for a moment."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        time.sleep(0.01)
        file.write(text[len(text) // 2 :])


def save_by_rename(path: Path, text: str) -> None:
    """As VS Code, gedit and rsync."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def save_as_vim(path: Path, text: str) -> None:
    """With a probe, a swap file and a backup that takes the name away for a moment."""
    swap, backup = path.with_name(f".{path.name}.swp"), path.with_name(f"{path.name}~")
    swap.write_bytes(b"b0VIM")
    probe = path.with_name("4913")
    probe.touch()
    probe.unlink()
    path.rename(backup)
    path.write_text(text, "utf-8")
    backup.unlink()
    swap.unlink()


def save_by_deleting(path: Path, text: str) -> None:
    """As some synchronising programs: gone for longer than a burst of events lasts."""
    gone_seconds = 0.3
    assert gone_seconds < DELETION_SECONDS
    path.unlink()
    time.sleep(gone_seconds)
    path.write_text(text, "utf-8")


SAVES: list[Callable[[Path, str], None]] = [save_in_place, save_by_rename, save_as_vim, save_by_deleting]


@pytest.mark.parametrize("save", SAVES)
def test_a_save_is_heard_however_the_editor_writes(shared: Watched, save: Callable[[Path, str], None]) -> None:
    path = shared.folder / FAMILY
    before = path.read_text("utf-8")
    number = SAVES.index(save) + 1
    clock = f"10.{number:02d}"
    old = "10.00" if number == 1 else f"10.{number - 1:02d}"
    save(path, before.replace(f'start: "{old}"', f'start: "{clock}"'))
    line = shared.wait_until_made("dagsorden-familieplan.docx")
    assert clock in text_of(shared.folder / DAGSORDEN)
    assert all(not path.startswith("out/hop-2026-002") for path, _, _ in line["documents"])
    assert [action for _, action, _ in line["documents"]].count("removed") == 0


def test_a_broken_edit_is_told_and_the_last_good_documents_stay(shared: Watched) -> None:
    path = shared.folder / FAMILY
    good = path.read_text("utf-8")
    before = (shared.folder / DAGSORDEN).read_bytes()
    save_by_rename(path, good + "meetings: [\n")
    line = shared.wait_for(lambda line: any(at == FAMILY for at, _ in line.get("diagnostics", ())))
    assert {action for _, action, _ in line["documents"]} == {"kept"}
    assert (shared.folder / DAGSORDEN).read_bytes() == before
    page = (shared.folder / OUT / "overblik.html").read_text("utf-8")
    assert "filen kan ikke læses" in page.lower()
    save_by_rename(path, good)
    shared.wait_for(lambda line: line["is_report"] and line["evaluated"] == 1)
    assert "filen kan ikke læses" not in (shared.folder / OUT / "overblik.html").read_text("utf-8").lower()


def test_an_invalid_config_keeps_the_old_one_and_is_told(shared: Watched) -> None:
    config = shared.folder / "config.yaml"
    good = config.read_text("utf-8")
    save_by_rename(config, good.replace("project_coordinator: kko", "project_coordinator: nobody"))
    line = shared.wait_for(lambda line: ["config.yaml", "HD520"] in line.get("diagnostics", ()))
    assert not [entry for entry in line["documents"] if entry[1] in ("made", "removed")]
    save_by_rename(config, good.replace("Familierådgivningen", "Familiehuset"))
    shared.wait_until_made("dagsorden-familieplan.docx")
    assert "Familiehuset" in _whole_text(shared.folder / DAGSORDEN)


def test_a_changed_template_remakes_only_its_own_documents_and_no_final_ones(shared: Watched) -> None:
    own_templates = shared.folder / "templates"
    own_templates.mkdir()
    _change_template(own_templates / "dagsorden.docx")
    line = shared.wait_until_made("dagsorden-familieplan.docx")
    made = {path for path, action, _ in line["documents"] if action == "made"}
    assert made == {DAGSORDEN, f"{OUT}/dagsorden-opfoelgning-1.docx"}
    reasons = {path: reason for path, _, reason in line["documents"]}
    assert reasons[f"{OUT}/dagsorden-formoede.docx"] == "HD561"  # that meeting is over


def test_new_and_deleted_families_follow(own: Watched) -> None:
    own.deletion_seconds = 0.1
    own.start()
    source = own.folder / "families/hop-2026-002.yaml"
    text = source.read_text("utf-8").replace("HOP-2026-002", "HOP-2026-099")
    new = own.folder / "families/hop-2026-099.yaml"
    save_by_rename(new, text)
    own.wait_until_made("informationsbrev-karla.docx")
    assert (own.folder / "out/hop-2026-099").is_dir()
    new.unlink()
    line = own.wait_for(lambda line: any(action == "removed" for _, action, _ in line.get("documents", ())))
    assert all(path.startswith("out/hop-2026-099/") for path, action, _ in line["documents"] if action == "removed")
    assert not (own.folder / "out/hop-2026-099").exists()


def test_a_recreated_folder_is_watched_again(own: Watched) -> None:
    own.start()
    families = own.folder / "families"
    moved = own.folder / "families.away"
    families.rename(moved)
    own.wait_for(lambda line: ["", "HD508"] in line.get("diagnostics", ()))
    assert (own.folder / DAGSORDEN).is_file()  # a missing folder is no deletion
    shutil.copytree(moved, families)
    path = own.folder / FAMILY
    own.wait_for(lambda line: line.get("is_report"))
    save_by_rename(path, path.read_text("utf-8").replace('start: "10.00"', 'start: "10.45"'))
    own.wait_until_made("dagsorden-familieplan.docx")
    assert "10.45" in text_of(own.folder / DAGSORDEN)


def test_git_is_waited_for_and_followed(own: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    operator = tmp_path / "operator.yaml"
    operator.write_text(f"workspace: {own.folder}\ngit: {{pull: 1s, branch: main}}\n", "utf-8")
    monkeypatch.setenv("HOPDOCS_OPERATOR", str(operator))
    (own.folder / ".gitignore").write_text("out/\n.hopdocs/\n", "utf-8")
    _git(own.folder, "init", "-b", "main")
    _git(own.folder, "add", ".")
    _git(own.folder, "commit", "-m", "first")
    origin, desk = tmp_path / "origin.git", tmp_path / "desk"
    _git(tmp_path, "clone", "--bare", str(own.folder), str(origin))
    _git(tmp_path, "clone", str(origin), str(desk))
    _git(own.folder, "remote", "add", "origin", str(origin))
    _git(own.folder, "fetch", "origin")
    _git(own.folder, "branch", "--set-upstream-to=origin/main", "main")
    own.start()

    lock = own.folder / ".git/index.lock"
    lock.touch()
    path = own.folder / FAMILY
    before = path.read_text("utf-8")
    save_by_rename(path, before.replace('start: "10.00"', 'start: "10.20"'))
    time.sleep(0.7)
    assert "10.20" not in text_of(own.folder / DAGSORDEN)
    lock.unlink()
    own.wait_until_made("dagsorden-familieplan.docx")
    assert "10.20" in text_of(own.folder / DAGSORDEN)

    _git(own.folder, "checkout", "-f", "main")
    own.wait_until_made("dagsorden-familieplan.docx")
    assert "10.00" in text_of(own.folder / DAGSORDEN)

    pushed = desk / FAMILY
    pushed.write_text(pushed.read_text("utf-8").replace('start: "10.00"', 'start: "10.50"'), "utf-8")
    _git(desk, "commit", "-am", "moved")
    _git(desk, "push")
    own.wait_until_made("dagsorden-familieplan.docx")
    assert "10.50" in text_of(own.folder / DAGSORDEN)


def test_a_second_service_is_refused(shared: Watched) -> None:
    second = Watched(shared.folder)
    second.start(is_ready=False)
    assert second.ended() == 3
    assert second.lines[-1] == {"fault": "HD502"}


def _git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@vesterlyng.example"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, env=environment)


def _whole_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if ".xml" in name)


def _change_template(target: Path) -> None:
    """The shipped agenda with another wording."""
    document = Document(str(shipped_path("templates") / "dagsorden.docx"))
    document.add_paragraph("Tag gerne kaffe med.")
    beside = target.with_name(".new.tmp")
    document.save(str(beside))
    beside.replace(target)
