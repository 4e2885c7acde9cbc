"""Workspaces that are nobody's example: other areas, other households, every key, every form people write.

`seven_areas` is a municipality with neither mail nor places: a lone mother at home, grandparents with namesakes, a
family with nine children, two homes of which one is protected, a family that is still thinking it over.
`every_key` has all settings and `project.yaml`: text that looks like markup, another language's script, Windows
line ends and a byte order mark, a no, an expiry, an ended course, a move, and a meeting at a protected address.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
import yaml
from jsonschema import Draft202012Validator
from lxml import etree

from hopdocs.sources.editor.schema import config_schema, family_schema, operator_schema, project_schema
from tests.unit.cli.running import run
from tests.unit.letters.word_text import W
from tests.unit.sources.editor.test_schema import EditorLoader

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[1] / "data"
TODAY = "2026-11-21"
SCHEMAS = {"families": family_schema, "config": config_schema, "project": project_schema, "operator": operator_schema}
SLIPS = ("None", "undefined", "Undefined", "[]", "()", "  ", " .", ",,", "..", " ,")
"""What a reader would see of a value that is not there, or of two sentences that do not fit."""


class Workspace:
    """A copy of one of them, checked and built once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.read: dict[str, dict[str, str]] = {}
        self.check = run("-w", folder, "--today", TODAY, "check", "--format", "json")
        self.build = run("-w", folder, "--today", TODAY, "build", "--format", "json")

    def codes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for item in self.check.shape["diagnostics"]:
            found.setdefault(Path(item["path"]).stem.rpartition("-")[2], set()).add(item["code"])
        return found

    def papers(self, family: str) -> dict[str, str]:
        """Every document of a family by its file stem, as one text; each is read once."""
        if family not in self.read:
            folder = self.folder / "out" / f"hop-2026-{family}"
            self.read[family] = {path.stem: _text_of(path) for path in sorted(folder.glob("*.docx"))}
        return self.read[family]

    def paper(self, family: str, stem: str) -> str:
        return self.papers(family)[stem]


def _text_of(path: Path) -> str:
    with ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    lines = ["".join(str(part) for part in node.itertext()) for node in body.iter(f"{W}p")]
    return "\n".join(line.replace("\u00a0", " ").replace("  ·  ", " · ") for line in lines if line.strip())


def _copy(name: str, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp(name) / "workspace"
    shutil.copytree(DATA / name, folder)
    (folder / "svar").mkdir(exist_ok=True)  # a config.yaml names it for answers, and git keeps no empty folder
    return Workspace(folder)


@pytest.fixture(scope="module")
def seven_areas(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return _copy("seven_areas", tmp_path_factory)


@pytest.fixture(scope="module")
def every_key(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return _copy("every_key", tmp_path_factory)


@pytest.fixture(params=["seven_areas", "every_key"])
def workspace(request: pytest.FixtureRequest) -> Workspace:
    found: Workspace = request.getfixturevalue(request.param)
    return found


def _files() -> Iterator[tuple[str, Path]]:
    for name in ("seven_areas", "every_key"):
        for path in sorted((DATA / name).rglob("*.yaml")):
            yield path.parent.name if path.parent.name == "families" else path.stem, path


@pytest.mark.parametrize(("kind", "path"), [pytest.param(kind, path, id=path.stem) for kind, path in _files()])
def test_the_editor_underlines_nothing(kind: str, path: Path) -> None:
    tree = yaml.load(path.read_text("utf-8-sig"), Loader=EditorLoader)  # noqa: S506 - a SafeLoader with fewer types
    assert [fault.message for fault in Draft202012Validator(SCHEMAS[kind]()).iter_errors(tree)] == []


def test_the_loader_says_what_a_colleague_would_say_and_no_more(seven_areas: Workspace, every_key: Workspace) -> None:
    assert seven_areas.codes() == {
        "101": {"HD258", "HD263", "HD604"},  # tovholder away; no reason for a child that comes, no family points
        "102": {"HD247", "HD292", "HD581"},  # a past meeting without status; a data draw is due; a point for some
        "103": {"HD281", "HD361"},  # a law that has run out; a delivery of which nobody has the paper any more
        "104": {"HD187", "HD258", "HD281", "HD578", "HD581", "HD585"},  # a reason that names; a plan kept from its area
        "108": {"HD202"},  # waits for the answers
    }
    assert every_key.codes() == {
        "107": {"HD216", "HD222", "HD247", "HD271", "HD290", "HD259"},  # an expired consent to share health data
        "111": {"HD259", "HD287"},  # a meeting after the move
        "112": {
            "HD220",
            "HD238",
            "HD266",
            "HD296",
            "HD581",
            "HD672",
        },  # an interpreter who called off; a stand-in without consent; a guest whom no mail may reach
    }


def test_everything_wanted_is_made_and_nothing_unfilled_is_left(workspace: Workspace) -> None:
    documents: list[dict[str, Any]] = workspace.build.shape["documents"]
    assert documents
    assert {item["action"] for item in documents} == {"made"}
    families = {path.name.rpartition("-")[2] for path in (workspace.folder / "out").glob("hop-*")}
    for family in sorted(families - {"105"}):  # whose own text looks like slips
        for stem, text in workspace.papers(family).items():
            assert not [slip for slip in SLIPS if slip in text], (family, stem)


def test_no_child_under_fifteen_gets_a_letter(workspace: Workspace) -> None:
    children = {"barn", "anna1", "anna2", "emil", "finn", "gry", "hans", "ida", "kaj", "d", "Xu", "ole"}
    papers = [item for item in workspace.build.shape["documents"] if item["kind"] != "boernesiden"]  # for its parents
    written_to = {item["recipient"] for item in papers}
    assert not written_to & children - ({"ida"} if workspace.folder.parent.name.startswith("every_key") else set())


def test_one_parent_reads_nothing_of_the_others_treatment(seven_areas: Workspace) -> None:
    papers = seven_areas.papers("104")
    of_nis, of_lone = ("ædru", "antabus", "Rusmiddel", "Ambulant"), ("psykiatri", "Samtaleforløb", "medicin")
    for who, words in {"lone": of_nis, "nis": of_lone, "ea": of_nis + of_lone, "rex": of_nis + of_lone}.items():
        for stem in [stem for stem in papers if stem.endswith(f"-{who}") and stem[:5] in ("invit", "famil")]:
            assert not [word for word in words if word.lower() in papers[stem].lower()], stem
    for stem in [stem for stem in papers if stem.startswith("dagsorden") and stem[10:] not in ("intro", "fm")]:
        assert not [word for word in of_nis + of_lone if word.lower() in papers[stem].lower()], stem


def test_a_protected_address_stands_only_in_its_owners_own_letters(
    seven_areas: Workspace, every_key: Workspace
) -> None:
    for workspace, family, owners in ((seven_areas, "104", ("lone", "rex")), (every_key, "112", ("lone",))):
        for stem, text in workspace.papers(family).items():
            assert "Skjulte Sti" not in text or stem.endswith(owners), stem


def test_namesakes_and_children_of_two_homes_are_told_which_is_meant(
    seven_areas: Workspace, every_key: Workspace
) -> None:
    letter = seven_areas.paper("102", "invitation-fp-bedstefar")
    assert "Anna Sofie Dobbelt er med. Hun vil gerne med." in letter
    assert "Anna Marie Dobbelt er ikke med. Hun vil ikke med." in letter
    assert "Hjemme hos Lone Skjult" in every_key.paper("112", "invitation-fp-ea")
    assert "Hjemme hos jer" in every_key.paper("112", "invitation-fp-lone")


def test_who_reads_english_gets_her_letters_in_it_too_in_the_municipalitys_own_words(every_key: Workspace) -> None:
    papers = every_key.papers("112")
    assert {stem.rpartition("-")[0] for stem in papers if stem.endswith("-oversat")} == {
        stem
        for stem in papers
        if stem.endswith("-nis") and stem.startswith(("invitation", "informations", "samtykkee"))
    }
    assert "At the home of Lone Skjult" in papers["invitation-fp-nis-oversat"]


def test_every_form_of_a_date_is_the_same_in_print(seven_areas: Workspace) -> None:
    letter = seven_areas.paper("101", "invitation-opf3-mor")
    assert "Mødet skulle have været tirsdag den 26. januar 2027 kl. 10.00." in letter
    assert "Grunden er: Søren er på kursus." in letter
    assert "Tirsdag den 2. februar 2027 (uge 5)" in letter
    assert "Åge er med de sidste ti minutter." in letter
    assert "Det bestemmer familien selv." in seven_areas.paper("101", "familieplan-mor")


def test_what_looks_like_markup_is_printed_as_it_was_written(every_key: Workspace) -> None:
    letter, plan = every_key.paper("105", "invitation-fp-far"), every_key.paper("105", "familieplan-mor-1")
    for text in ("Café <Snak> & Sang", "{{ 7*7 }}", "{% for x in y %}", "5 < 6 & 7 > 3", "محمد بن علي", "😀"):
        assert text in letter, text
    assert 'Familien <Æ & Ø> "Smith" O\'Brien – {{ name }}' in plan
    assert plan.count("som en tovholder har klippet ind fra et andet sted") >= 50


def test_a_no_or_an_expiry_leaves_only_the_papers_of_asking(every_key: Workspace) -> None:
    asking = {"informationsbrev", "samtykkeerklaering"}
    left = {family: {stem.partition("-")[0] for stem in every_key.papers(family)} for family in ("106", "107")}
    assert left == {"106": asking | {"bekraeftelse"}, "107": asking | {"kvittering"}}


def test_a_course_that_has_ended_says_what_goes_on(every_key: Workspace) -> None:
    plan = every_key.paper("110", "familieplan-eva")
    assert "Forløbet sluttede den 31. oktober 2026. Grunden er: Målene er nået." in plan
    assert "Barnets plan (Familie og Forebyggelse)" in plan
    assert "Næste gang" not in plan
    assert "finder en dag" not in plan


def test_a_second_build_does_nothing(workspace: Workspace) -> None:
    again = run("-w", workspace.folder, "--today", TODAY, "build", "--format", "json").shape["documents"]
    assert {item["action"] for item in again} == {"kept"}
