"""`hopdocs templates`: what its owner learns about a template before it is saved for good."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from hopdocs.package_data import shipped_path
from tests.unit.cli.running import run
from tests.unit.cli.test_verbs import TODAY, quick

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = quick(tmp_path / "ws", "hop-2026-007")
    (root / "templates").mkdir()
    return root


def edited(stem: str, *changes: tuple[str, str]) -> bytes:
    """A shipped template with some of its text replaced."""
    stream = BytesIO()
    with ZipFile(shipped_path("templates") / f"{stem}.docx") as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                text = data.decode()
                for before, after in changes:
                    assert before in text
                    text = text.replace(before, after)
                data = text.encode()
            new.writestr(entry, data)
    return stream.getvalue()


def put(root: Path, name: str, data: bytes) -> None:
    (root / "templates" / name).write_bytes(data)


def test_tracked_changes_are_accepted_in_a_copy_and_the_template_stays(root: Path, tmp_path: Path) -> None:
    changed = '<w:del w:id="1" w:author="T"><w:r><w:delText>væk</w:delText></w:r></w:del></w:p><w:sectPr'
    data = edited("invitation", ("</w:p><w:sectPr", changed))
    put(root, "invitation.docx", data)
    assert "HD350" in run("-w", root, "templates", "check").out
    shown = run("-w", root, "templates", "accept", "invitation", "--to", tmp_path / "rettet")
    assert shown.code == 0
    assert (root / "templates" / "invitation.docx").read_bytes() == data
    accepted = (tmp_path / "rettet" / "invitation.docx").read_bytes()
    put(root, "invitation.docx", accepted)
    assert "HD350" not in run("-w", root, "templates", "check").out
    assert run("-w", root, "templates", "accept", "invitation", "--to", tmp_path / "rettet").code == 3
    assert run("-w", root, "templates", "accept", "ukendt", "--to", tmp_path / "rettet").code == 2


def test_a_misspelt_name_is_told_at_its_place_in_word(root: Path) -> None:
    put(root, "invitation.docx", edited("invitation", ("meeting.place }}", "meeting.plads }}")))
    shown = run("-w", root, "templates", "check")
    assert shown.code == 1
    assert "templates/invitation.docx" in shown.out
    assert "HD321" in shown.out
    assert 'body, table 2, "{{ meeting.plads }}' in shown.out
    (row,) = run("-w", root, "templates", "check", "--format", "json").shape["diagnostics"]
    assert (row["path"], row["code"], row["line"]) == ("templates/invitation.docx", "HD321", 0)
    assert row["place"].startswith('body, table 2, "{{ meeting.plads }}')
    lines = run("-w", root, "templates", "check", "--format", "github").out.splitlines()
    assert [line.partition(",")[0] for line in lines] == ["::error file=templates/invitation.docx"]


def test_a_draft_is_checked_before_anything_is_made_of_it(root: Path) -> None:
    put(root, "invitation.ung.udkast.docx", edited("invitation.ung", ("meeting.place }}", "meeting.plads }}")))
    shown = run("-w", root, "templates", "check", "--format", "json")
    assert shown.code == 1
    assert [row["path"] for row in shown.shape["diagnostics"]] == ["templates/invitation.ung.udkast.docx"]


def test_two_faults_alike_at_two_places_are_both_told(root: Path) -> None:
    change = ("{{ meeting.date|uge }}", "{{ meeting.dag }}"), ("{{ meeting.directions }}", "{{ meeting.dag }}.")
    put(root, "invitation.docx", edited("invitation", *change))
    rows = run("-w", root, "templates", "check", "--format", "json").shape["diagnostics"]
    assert [row["code"] for row in rows] == ["HD321", "HD321"]


def test_a_copy_with_comments_is_written_for_whoever_mends_it(root: Path, tmp_path: Path) -> None:
    put(root, "invitation.docx", edited("invitation", ("meeting.place }}", "meeting.plads }}")))
    put(root, "dagsorden.docx", b"no document")
    folder = tmp_path / "marked"
    shown = run("-w", root, "templates", "check", "--annotate", folder)
    assert shown.code == 1
    assert [path.name for path in folder.iterdir()] == ["invitation.docx"]
    marked: Any = docx.Document(str(folder / "invitation.docx"))
    assert [comment.text.partition(":")[0] for comment in marked.comments] == ["HD321"]
    assert "comments in" in shown.out


def test_a_marked_copy_never_takes_the_place_of_a_file(root: Path, tmp_path: Path) -> None:
    put(root, "invitation.docx", edited("invitation", ("meeting.place }}", "meeting.plads }}")))
    (tmp_path / "invitation.docx").write_bytes(b"mine")
    shown = run("-w", root, "templates", "check", "--annotate", tmp_path)
    assert (shown.code, (tmp_path / "invitation.docx").read_bytes()) == (3, b"mine")
    assert "HD598" in shown.err
    assert run("-w", root, "templates", "check", "--annotate", root / "templates").code == 2


def words_of(path: Path) -> str:
    document: Any = docx.Document(str(path))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_draft_is_previewed_for_the_family_and_reader_that_are_asked_for(root: Path, tmp_path: Path) -> None:
    put(root, "invitation.ung.udkast.docx", edited("invitation.ung", ("Hej {{", "Kære unge {{")))
    words = ("templates", "preview", "invitation.ung", "--family", "hop-2026-007", "--recipient", "yasmin")
    shown = run("-w", root, *TODAY, *words, "--to", tmp_path / "look", "--format", "json")
    assert shown.code == 0, shown.err
    assert shown.shape["template"] == "invitation.ung.udkast.docx"
    assert (shown.shape["family"], shown.shape["recipient"]) == ("HOP-2026-007", "yasmin")
    (file,) = (tmp_path / "look").iterdir()
    assert shown.shape["files"] == [str(file)]
    assert "Kære unge Yasmin" in words_of(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert not (root / "out").exists()


def test_without_a_family_the_preview_is_for_a_sample(root: Path) -> None:
    shown = run("-w", root, "--today", "2026-11-21", "templates", "preview", "informationsbrev.let")
    assert shown.code == 0, shown.err
    head, *files = shown.out.splitlines()
    assert head == "informationsbrev nadira of HOP-2026-007, with informationsbrev.let.docx"
    assert files[0].endswith("informationsbrev-nadira.docx")


def test_a_preview_stays_outside_the_workspace_and_names_what_there_is(root: Path) -> None:
    inside = run("-w", root, "templates", "preview", "invitation", "--to", root / "out")
    assert (inside.code, "in the workspace" in inside.err) == (2, True)
    near = run("-w", root, "templates", "preview", "invitatoin")
    assert (near.code, "did you mean invitation?" in near.err) == (2, True)
    nobody = run(
        "-w", root, *TODAY, "templates", "preview", "familieplan", "--family", "HOP-2026-007", "--recipient", "x"
    )
    assert nobody.code == 2
    assert "there are: nadira, tariq, BF" in nobody.err


def test_a_draft_is_compared_before_it_is_saved_for_good(root: Path) -> None:
    put(root, "invitation.ung.udkast.docx", edited("invitation.ung", ("Hej {{", "Kære unge {{")))
    shown = run("-w", root, *TODAY, "templates", "diff", "--format", "json")
    assert shown.code == 0
    rows = shown.shape["changes"]
    assert {(row["family"], row["kind"], row["recipient"]) for row in rows} == {
        ("HOP-2026-007", "invitation", "yasmin")
    }
    assert rows[0]["path"].startswith("out/hop-2026-007/invitation-")
    assert rows[0]["paragraphs"] == [{"was": "Hej Yasmin", "now": "Kære unge Yasmin"}]
    text = run("-w", root, *TODAY, "templates", "diff", "invitation.ung").out
    assert "  - Hej Yasmin\n  + Kære unge Yasmin\n" in text
    assert f"{len(rows)} of {len(rows)} documents would change" in text
    danish = run("-w", root, *TODAY, "templates", "diff", "dagsorden")
    assert (danish.code, "dagsorden.udkast.docx" in danish.err) == (2, True)


def test_the_same_change_in_many_letters_is_shown_once(root: Path) -> None:
    put(root, "informationsbrev.udkast.docx", edited("informationsbrev", ("Kære {{", "Hej {{")))
    rows = run("-w", root, *TODAY, "templates", "diff", "--format", "json").shape["changes"]
    families = list(dict.fromkeys(row["family"] for row in rows))
    assert len(rows) > 1
    text = run("-w", root, *TODAY, "templates", "diff").out
    assert text.count("  + Hej ") == 1
    assert f"  the same in {len(rows) - 1} more, in all of {', '.join(families)}\n" in text
    assert f"{len(rows)} of {len(rows)} documents would change" in text


def test_a_new_variant_changes_the_letters_of_those_who_ask_for_it(root: Path) -> None:
    family = root / "families/hop-2026-007.yaml"
    text = family.read_text(encoding="utf-8").replace("post: paper", "post: paper\n    letter: let", 1)
    family.write_text(text, encoding="utf-8")
    put(root, "invitation.let.udkast.docx", edited("invitation", ("Sig til, hvis", "Sig endelig til, hvis")))
    rows = run("-w", root, *TODAY, "templates", "diff", "--format", "json").shape["changes"]
    assert {(row["kind"], row["template"]) for row in rows} == {("invitation", "invitation.let.docx")}
    assert len({row["recipient"] for row in rows}) == 1


def test_what_is_final_is_no_templates_to_change(root: Path) -> None:
    for day in (TODAY, ("--today", "2027-03-01")):
        assert run("-w", root, *day, "build", "HOP-2026-007").code == 0
    put(root, "invitation.ung.udkast.docx", edited("invitation.ung", ("Hej {{", "Kære unge {{")))
    shown = run("-w", root, "--today", "2027-03-01", "templates", "diff", "--format", "json").shape
    assert shown["changes"] == []
    assert shown["final"] > 0


def test_an_invitation_that_comes_too_late_to_be_made_is_no_templates_to_change(root: Path) -> None:
    put(root, "invitation.ung.udkast.docx", edited("invitation.ung", ("Hej {{", "Kære unge {{")))
    shown = run("-w", root, "--today", "2027-03-01", "templates", "diff", "--format", "json").shape
    assert (shown["changes"], shown["final"]) == ([], 0)


def test_a_faulty_draft_is_told_and_nothing_is_ever_made_of_one(root: Path) -> None:
    put(root, "invitation.udkast.docx", edited("invitation", ("meeting.place }}", "meeting.plads }}")))
    shown = run("-w", root, *TODAY, "templates", "diff")
    assert shown.code == 1
    assert "HD321" in shown.err
    assert run("-w", root, *TODAY, "build").code == 0
    assert run("-w", root, *TODAY, "check").code == 0


def test_a_fault_that_no_family_meets_yet_is_told_with_the_others_and_on_the_page(root: Path) -> None:
    put(root, "invitation.docx", edited("invitation", ("moved.from_|", "moved.fra|")))
    for verb in ("check", "build", "check", "build"):  # seen for the first time, then remembered
        rows = run("-w", root, *TODAY, verb, "--format", "json").shape["diagnostics"]
        assert [row["code"] for row in rows if row["path"] == "templates/invitation.docx"] == ["HD321"], verb
    page = (root / "out/overblik.html").read_text(encoding="utf-8")
    assert "templates/invitation.docx" in page
    assert (root / "out/hop-2026-007/invitation-familieplan-nadira.docx").is_file()
    put(root, "invitation.docx", edited("invitation"))
    assert run("-w", root, *TODAY, "build").code == 0
    assert "templates/invitation.docx" not in (root / "out/overblik.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["invitation", "dagsorden", "familieplan", "informationsbrev"])
def test_what_a_template_may_ask_for_is_listed_with_examples(root: Path, kind: str, tmp_path: Path) -> None:
    shown = run("-w", root, "templates", "fields", kind)
    assert shown.code == 0
    assert "{{ municipality.name }}" in shown.out
    assert "{{ document.date|dato }}" in shown.out
    for name in ("felter.html", "felter.docx"):
        assert run("-w", root, "templates", "fields", kind, "--to", tmp_path / name).code == 0
    assert "<code>{{ municipality.name }}</code>" in (tmp_path / "felter.html").read_text(encoding="utf-8")
    put(root, f"{kind}.docx", (tmp_path / "felter.docx").read_bytes())
    codes = {row["code"] for row in run("-w", root, "templates", "check", "--format", "json").shape["diagnostics"]}
    assert "HD321" not in codes  # elements are told beside their loops, not in them
    assert run("-w", root, "templates", "fields", kind, "--to", tmp_path / "felter.docx").code == 3
    assert run("-w", root, "templates", "fields", kind, "--to", tmp_path / "felter.txt").code == 2
