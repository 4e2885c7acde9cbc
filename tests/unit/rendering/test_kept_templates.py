"""A shipped template is compiled once for all processes, and anew as soon as it or the program is another."""

from __future__ import annotations

import shutil
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from hopdocs.cycle import template_store
from hopdocs.cycle.tasks import TemplateFile
from hopdocs.cycle.template_store import TemplateStore
from hopdocs.freshness.fingerprint import Digest
from hopdocs.model.scalars.languages import DANISH
from hopdocs.package_data import shipped_path
from hopdocs.rendering import kept_templates
from hopdocs.rendering.template import Template, digest_template

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.errors import FaultyInput

NAME = "netvaerkskort.docx"


class Store(TemplateStore):
    """Only what compiling asks for."""

    def __init__(self) -> None:
        pass


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of one shipped template, in a place that counts as that of the shipped ones."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(kept_templates, "shipped_path", lambda _: tmp_path)
    shutil.copy(shipped_path("templates") / NAME, tmp_path / NAME)
    return tmp_path / NAME


def compile_it(path: Path) -> Template | FaultyInput:
    file = TemplateFile(path, Digest(digest_template(path.read_bytes())))
    return Store()._compile(file, path.name, DANISH)


def compile_without_compiler(path: Path, monkeypatch: pytest.MonkeyPatch) -> Template | FaultyInput:
    with monkeypatch.context() as kept_only:
        kept_only.setattr(template_store, "compile_in", None)
        return compile_it(path)


def test_a_kept_template_is_the_one_that_was_compiled(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = compile_it(shipped)
    kept = compile_without_compiler(shipped, monkeypatch)
    assert isinstance(made, Template)
    assert isinstance(kept, Template)
    assert kept.compiled == made.compiled
    assert [part.source for part, _ in kept.sources] == [part.source for part, _ in made.sources]


def test_another_template_another_program_and_a_damaged_file_are_compiled_anew(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_it(shipped)
    digest = digest_template(shipped.read_bytes())
    kept = kept_templates.kept_path(NAME, "da")
    assert kept is not None
    assert kept_templates.read_kept(kept, digest) is not None
    assert kept_templates.read_kept(kept, digest_template(b"another")) is None
    with monkeypatch.context() as upgraded:
        upgraded.setattr(kept_templates, "_program", lambda: "another")
        assert kept_templates.read_kept(kept, digest) is None
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    assert kept_templates.read_kept(kept, digest) is None
    assert isinstance(compile_it(shipped), Template)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The template of a workspace, which has the shipped one's bytes until somebody edits it."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    shutil.copy(shipped_path("templates") / NAME, folder)
    return folder / NAME


@pytest.mark.parametrize("first", ["shipped", "own"])
def test_a_workspace_s_copy_of_a_shipped_template_is_kept_as_that(
    shipped: Path, own: Path, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = compile_it({"shipped": shipped, "own": own}[first])
    kept = compile_without_compiler(own, monkeypatch)
    assert isinstance(made, Template)
    assert isinstance(kept, Template)
    assert kept.compiled == made.compiled
    assert [path.name for path in own.parent.iterdir()] == [NAME]


def test_a_template_that_a_workspace_has_for_itself_is_never_kept(shipped: Path, own: Path) -> None:
    compile_it(shipped)
    [kept] = shipped.parent.joinpath("__pycache__").iterdir()
    before = kept.read_bytes()
    with zipfile.ZipFile(own, "a") as archive:
        archive.comment = b"edited"
    assert isinstance(compile_it(own), Template)
    own.rename(own.with_name("egen.docx"))
    assert isinstance(compile_it(own.with_name("egen.docx")), Template)
    assert [path.name for path in own.parent.iterdir()] == ["egen.docx"]
    assert list(kept.parent.iterdir()) == [kept]
    assert kept.read_bytes() == before


def test_nothing_is_kept_where_bytecode_is_not_wanted_or_nobody_may_write(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shipped.parent / "__pycache__").write_text("no folder", "utf-8")
    assert isinstance(compile_it(shipped), Template)
    (shipped.parent / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert isinstance(compile_it(shipped), Template)
    assert [path.name for path in shipped.parent.iterdir()] == [NAME]
