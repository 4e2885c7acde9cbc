from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from hopdocs.diagnostics import Diagnostic, Severity
from hopdocs.editor.desk import Desk
from tests.unit.cli.running import run
from tests.unit.cli.workspaces import make_workspace
from tests.unit.cycling import SetClock

if TYPE_CHECKING:
    from pathlib import Path

FAMILY = "families/hop-2026-007.yaml"
OTHER = "families/hop-2026-002.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_workspace(tmp_path / "hop", "hop-2026-007", "hop-2026-002", "hop-2026-009")
    config = (root / "config.yaml").read_text("utf-8")
    (root / "config.yaml").write_text(config.replace("pdf: auto ", "pdf: none "), "utf-8")
    return root


def desk_of(root: Path) -> Desk:
    return Desk(root, SetClock())


def settle(desk: Desk) -> dict[str, list[Diagnostic]]:
    told: dict[str, list[Diagnostic]] = {}
    while desk.do_next(may_take_long=True):
        told |= desk.take_changed()
    return told


def text_of(root: Path, path: str = FAMILY) -> str:
    return (root / path).read_text("utf-8")


def codes(found: list[Diagnostic]) -> list[tuple[str, int]]:
    return [(item.code, item.line) for item in found]


def test_of_a_text_that_cannot_be_read_the_last_that_could_stays_known_as_another(root: Path) -> None:
    desk, whole = desk_of(root), text_of(root).encode()
    for data in (whole, whole + b"x: ["):
        desk.put(FAMILY, data)
        settle(desk)
        last = desk.last_read(FAMILY)
        assert last is not None
        assert last.data == whole


def test_what_is_open_stands_in_for_its_file(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).replace("staff: ppa", "staff: ppx").encode())
    assert codes(settle(desk)[FAMILY]) == [("HD150", 104)]
    desk.put(FAMILY, text_of(root).encode())
    assert settle(desk)[FAMILY] == []
    desk.put(FAMILY, b"id: [")
    assert settle(desk)[FAMILY]
    desk.close(FAMILY)
    assert settle(desk)[FAMILY] == []


def test_it_says_what_check_says(root: Path) -> None:
    (root / OTHER).unlink()
    edited = (
        text_of(root).replace("date: 2026-11-24", "date: 2026-11-22").replace("    sign: Hun ringer", "    tegn: Hun")
    )
    (root / FAMILY).write_text(edited, "utf-8")
    checked = json.loads(run("-w", root, "--today", "2026-11-21", "check", "--format", "json").out)["diagnostics"]
    expected = {(item["path"], item["line"], item["column"], item["code"]) for item in checked}
    desk = desk_of(root)
    for path in (FAMILY, "families/hop-2026-009.yaml", "config.yaml"):
        desk.put(path, (root / path).read_bytes())
    told = settle(desk)
    found = {(item.path, item.line, item.column, item.code) for items in told.values() for item in items}
    assert expected == found


def test_an_edit_reads_one_family_again(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    settle(desk)
    desk.work.clear()
    desk.put(FAMILY, text_of(root).replace("Ro om morgenen", "Ro").encode())
    settle(desk)
    assert desk.work == {"judged": 1, "made": 1}


def test_a_file_that_is_opened_while_others_are_read_counts_as_it_is_open(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    while not desk.work["listing"]:
        desk.do_next(may_take_long=True)
    desk.put(OTHER, b"id: HOP-2026-002\nukendt: x\n")
    assert ("HD126", 2) in codes(settle(desk)[OTHER])
    desk.put(OTHER, text_of(root, OTHER).encode())
    settle(desk)
    assert desk.last_read(OTHER) is not None


def test_a_save_while_others_are_read_lets_none_of_them_be_forgotten(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    while not desk.work["listing"]:
        desk.do_next(may_take_long=True)
    desk.look_around()
    settle(desk)
    assert (desk.work["listing"], desk.work["read"]) == (2, 2)


def test_what_shows_in_the_papers_stays_told_while_something_else_is_edited(root: Path) -> None:
    desk = desk_of(root)
    text = text_of(root).replace("    received_by: yym\n", "    received_by: yym\n    form: mangler.pdf\n")
    desk.put(FAMILY, text.encode())
    told = settle(desk)[FAMILY]
    assert [item.params.get("file") for item in told] == ["mangler.pdf"]
    for name in ("Ro", "Ro igen"):
        desk.put(FAMILY, text.replace("Ro om morgenen", name).encode())
        assert settle(desk)[FAMILY] == told


def test_of_several_edits_before_anybody_looked_only_the_last_is_judged(root: Path) -> None:
    desk = desk_of(root)
    for word in ("a", "ab", "abc"):
        desk.put(FAMILY, text_of(root).replace("Ro om morgenen", word).encode())
    settle(desk)
    assert desk.work["judged"] == 1


def test_what_a_build_knows_already_is_not_judged_again(root: Path) -> None:
    (root / OTHER).unlink()
    (root / FAMILY).unlink()
    run("-w", root, "--today", "2026-11-21", "build")
    desk = desk_of(root)
    desk.put("config.yaml", (root / "config.yaml").read_bytes())
    told = settle(desk)
    assert (desk.work["read"], desk.work["remembered"]) == (0, 1)
    assert [item.code for item in told["families/hop-2026-009.yaml"]] == ["HD202"]


def test_another_configuration_is_told_in_every_file_that_it_makes_wrong(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    settle(desk)
    desk.put("config.yaml", (root / "config.yaml").read_bytes().replace(b"\n  ssk:", b"\n  ssx:"))
    told = settle(desk)
    assert {"HD150"} <= {item.code for item in told[FAMILY]}


def test_a_colleague_who_is_asked_to_two_places_is_told_in_both_files(root: Path) -> None:
    twin = text_of(root).replace("id: HOP-2026-007", "id: HOP-2026-008").replace("26-012345", "26-012346")
    (root / "families" / "hop-2026-008.yaml").write_text(twin, "utf-8")
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    told = settle(desk)
    assert (
        {item.code for item in told[FAMILY]} == {item.code for item in told["families/hop-2026-008.yaml"]} == {"HD259"}
    )
    desk.put(
        FAMILY,
        text_of(root).replace("date: 2026-11-24", "date: 2026-11-23").replace("2027-01-19", "2027-01-20").encode(),
    )
    told = settle(desk)
    assert "HD259" not in {item.code for item in told["families/hop-2026-008.yaml"]}


def test_two_files_of_one_family_are_told_while_the_id_is_being_typed(root: Path) -> None:
    desk = desk_of(root)
    desk.put(OTHER, text_of(root, OTHER).replace("id: HOP-2026-002", "id: HOP-2026-007").encode())
    told = settle(desk)
    assert "HD200" in {item.code for item in told[OTHER]}
    assert "HD200" in {item.code for item in told[FAMILY]}


def test_a_configuration_that_cannot_be_used_leaves_the_last_that_could(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    settle(desk)
    desk.put("config.yaml", b"staff: [\n")
    told = settle(desk)
    assert "HD520" in {item.code for item in told["config.yaml"]}
    assert FAMILY not in told or told[FAMILY] == []


def test_without_any_configuration_only_the_yaml_is_looked_at(root: Path) -> None:
    (root / "config.yaml").write_text("staff: [\n", "utf-8")
    desk = desk_of(root)
    desk.put(FAMILY, b"id: HOP-2026-007\nid: x\n")
    told = settle(desk)
    assert {item.code for item in told[FAMILY]} == {"HD109", "HD790"}


def test_what_was_saved_by_others_is_looked_at_again(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    settle(desk)
    (root / OTHER).write_text("id: HOP-2026-002\nukendt: x\n", "utf-8")
    desk.look_around()
    assert any(item.severity is Severity.ERROR for item in settle(desk)[OTHER])
    (root / OTHER).unlink()
    desk.look_around()
    assert settle(desk)[OTHER] == []


def test_of_a_file_that_could_not_be_read_and_is_gone_nothing_stays_told(root: Path) -> None:
    pointing = root / "families" / "hop-2026-003.yaml"
    pointing.symlink_to(root / FAMILY)
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    assert settle(desk)["families/hop-2026-003.yaml"]
    pointing.unlink()
    desk.look_around()
    assert settle(desk)["families/hop-2026-003.yaml"] == []


def test_at_midnight_everything_is_judged_for_the_new_day(root: Path) -> None:
    clock = SetClock()
    desk = Desk(root, clock)
    desk.put(FAMILY, text_of(root).encode())
    settle(desk)
    clock.moment = datetime(2028, 11, 22, 9, 0, tzinfo=UTC)
    assert settle(desk)[FAMILY]


def test_a_workspace_that_is_gone_on_the_next_day_is_looked_for_once(root: Path) -> None:
    clock = SetClock()
    desk = Desk(root, clock)
    desk.put(FAMILY, text_of(root).encode())
    settle(desk)
    (root / "config.yaml").unlink()
    clock.pass_days(1)
    desk.work.clear()
    worked = [desk.do_next(may_take_long=True) for _ in range(9)]
    assert (desk.work["shared"], worked[-1]) == (1, False)


def test_while_somebody_types_nothing_begins_that_takes_long(root: Path) -> None:
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).encode())
    while desk.do_next(may_take_long=False):
        pass
    assert desk.work["judged"] == 1
    assert not desk.work["made"]
    assert not desk.work["read"]


def test_a_familys_name_in_the_project_is_told_while_it_is_being_typed(root: Path) -> None:
    desk = desk_of(root)
    project = b"name: HOP\nrisks:\n  - {name: Familien Zamirandi flytter, action: Ring}\n"
    desk.put("project.yaml", project)
    assert ("HD634", 3) in codes(settle(desk)["project.yaml"])
    desk.put("project.yaml", project.replace(b"Zamirandi", b"X"))
    assert ("HD634", 3) not in codes(settle(desk)["project.yaml"])


def test_a_damaged_cache_costs_no_help(root: Path) -> None:
    (root / ".hopdocs").mkdir(mode=0o700)
    (root / ".hopdocs" / "cache.db").write_bytes(b"no database" * 1000)
    desk = desk_of(root)
    desk.put(FAMILY, text_of(root).replace("staff: ppa", "staff: ppx").encode())
    assert codes(settle(desk)[FAMILY]) == [("HD150", 104)]


HOSTILE = [
    b"",
    b"\x00\xff\xfe",
    b"\xff\xfei\x00d\x00",
    b"a: &a [x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n",
    b"[" * 60_000,
    b"- " * 5_000,
    b"id: HOP-2026-007\r\nname:\tx\r\n",
    b"x" * 300_000,
    b'id: HOP-2026-007\nmembers:\n  a:\n    name: "',
    b"? [a]\n: b\n",
    b"id: !!python/object/apply:os.system [ls]\n",
    "meetings:\n  - date: 99999-01-01\n    id: \ud83d\n".encode("utf-8", "surrogatepass"),
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_stops_it(root: Path, data: bytes) -> None:
    desk = desk_of(root)
    for path in (FAMILY, "config.yaml", "project.yaml", "indikatorer.yaml"):
        desk.put(path, data)
        settle(desk)
        desk.close(path)
    desk.put(FAMILY, text_of(root).replace("staff: ppa", "staff: ppx").encode())
    assert codes(settle(desk)[FAMILY]) == [("HD150", 104)]
