"""What waits for the family lies ready by recipient and route; what was delivered or changed does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hopdocs.catalogue.masking import find_cpr_shapes
from tests.unit.dispatch.office import BORN, FAMILY, MEMO, READY, number_of

if TYPE_CHECKING:
    from tests.unit.cli.running import Run
    from tests.unit.dispatch.office import Office

NADIRA = "digital-post/nadira/invitation-familieplan-nadira"
TARIQ = "papir/tariq/invitation-familieplan-tariq"


def _codes(run: Run) -> set[str]:
    return {item["code"] for item in run.shape["diagnostics"]}


def test_each_letter_lies_under_its_route_and_reader_with_what_it_encloses(office: Office) -> None:
    office.know_numbers()
    ended = office.dispatch()
    assert ended.code == 0, ended.err
    assert office.names() >= {
        f"{NADIRA}/invitation-familieplan-nadira.pdf",
        f"{NADIRA}/dagsorden-familieplan.pdf",
        f"{TARIQ}/invitation-familieplan-tariq.pdf",
        f"{TARIQ}/dagsorden-familieplan.pdf",
        "papir-2026-11-21.pdf",
        "forsendelse.json",
    }
    assert "_udsendelse/papir-2026-11-21.pdf" in office.laid()


def test_without_a_source_of_numbers_everything_but_the_messages_is_made_and_it_says_so(office: Office) -> None:
    office.configure("", has_source=False)
    ended = office.dispatch("--format", "json")
    assert (ended.code, _codes(ended)) == (0, {"HD540"})
    assert not any(name.endswith(".xml") for name in office.names())
    assert office.letter("nadira")["memo"] is None


def test_a_second_run_writes_the_same_and_touches_nothing(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    before = office.laid()
    times = {name: (office.root / "out" / name).stat().st_mtime_ns for name in before}
    office.dispatch()
    assert office.laid() == before
    assert {name: (office.root / "out" / name).stat().st_mtime_ns for name in before} == times


def test_a_number_stands_in_its_own_message_for_its_owner_alone_and_nowhere_else(office: Office) -> None:
    office.know_numbers()
    ended = office.dispatch()
    message = office.root / READY / office.letter("nadira")["memo"]
    assert message.stat().st_mode & 0o777 == 0o600
    assert office.message("nadira").findtext(f".//{MEMO}recipientID") == number_of("nadira")
    messages = [path for path in office.root.rglob("*") if path.name == "besked.xml"]
    others = [path for path in office.root.rglob("*") if path.is_file() and path not in messages]
    numbers = [number_of(member).encode() for member in BORN]
    assert not [path for path in others for number in numbers if number in path.read_bytes()]
    assert not list(find_cpr_shapes(ended.out + ended.err))


def test_files_for_a_group_do_not_open_the_messages_to_it(office: Office) -> None:
    office.desk.edit("access: private", "access: inherit", "config.yaml")
    office.know_numbers()
    office.dispatch()
    message = office.root / READY / office.letter("nadira")["memo"]
    assert message.stat().st_mode & 0o077 == 0
    assert (message.parent / "dagsorden-familieplan.pdf").stat().st_mode & 0o044


def test_an_old_message_goes_when_nobody_vouches_for_its_number_any_more(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    office.answer_with("raise SystemExit(4)")
    ended = office.dispatch("--format", "json")
    assert (ended.code, _codes(ended)) == (1, {"HD540"})
    assert not any(name.endswith(".xml") for name in office.names())
    assert f"{NADIRA}/invitation-familieplan-nadira.pdf" in office.names()


def test_a_letter_that_was_delivered_leaves_the_folder(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    delivery = "{document: invitation, meeting: familieplan, to: [nadira], date: 2026-11-21, how: digital_post}"
    path = office.root / f"families/{FAMILY}.yaml"
    path.write_text(f"{path.read_text('utf-8')}\ndeliveries:\n  - {delivery}\n", "utf-8")
    office.build()
    office.dispatch()
    assert not any(name.startswith(NADIRA) for name in office.names())
    assert not (office.root / READY / NADIRA).exists()
    assert any(name.startswith("digital-post/yasmin") for name in office.names())


def test_a_paper_that_changes_is_taken_back_at_once_and_laid_ready_anew(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    office.desk.edit('start: "10.00"\n    end: "12.00"', 'start: "10.30"\n    end: "12.00"')
    office.build()
    taken_back = office.names()
    assert not any(name.startswith((NADIRA, TARIQ)) for name in taken_back)
    assert "papir-2026-11-21.pdf" not in taken_back
    assert "_udsendelse/papir-2026-11-21.pdf" not in office.laid()
    assert office.dispatch().code == 0
    assert f"{NADIRA}/besked.xml" in office.names()


def test_what_a_build_would_make_anew_stays_behind_and_is_told(office: Office) -> None:
    office.desk.edit("tale om Samis skole", "tale om Samis nye skole")
    ended = office.dispatch("--format", "json")
    assert "HD544" in _codes(ended)
    assert not any("invitation-familieplan" in name for name in office.names())
    assert any("invitation-opfoelgning-1" in name for name in office.names())


def test_a_letter_changed_by_hand_stays_behind(office: Office) -> None:
    path = office.root / f"out/{FAMILY}/invitation-familieplan-yasmin.pdf"
    path.write_bytes(path.read_bytes() + b"%")
    ended = office.dispatch("--format", "json")
    assert "HD544" in _codes(ended)
    assert not any("invitation-familieplan-yasmin" in name for name in office.names())


def test_who_has_no_route_is_told_and_nothing_is_guessed(office: Office) -> None:
    office.desk.edit("born: 2009-04-18, post: digital}", "born: 2009-04-18}")
    office.build()
    ended = office.dispatch("--format", "json")
    (told,) = {(item["path"], item["line"]) for item in ended.shape["diagnostics"] if item["code"] == "HD542"}
    assert told[0] == f"families/{FAMILY}.yaml"
    assert not any("yasmin" in name for name in office.names())
    assert office.manifest()["held_back"][0]["code"] == "HD542"


def test_paper_without_an_address_is_told(office: Office) -> None:
    office.desk.edit("contact: {address: Opdigtvej 44, postcode: 9999, city: Vesterlyng}\n", "")
    office.build()
    assert "HD543" in _codes(office.dispatch("--format", "json"))
    assert not any(name.startswith("papir") for name in office.names())


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("most_attachments: 0", "HD645"),
        ("most_megabytes: 0", "HD646"),
        ("file_types: [html]", "HD647"),
    ],
)
def test_what_digital_post_does_not_take_is_an_error_at_its_meeting(office: Office, setting: str, code: str) -> None:
    office.configure(setting)
    ended = office.dispatch("--format", "json")
    lines = (office.root / f"families/{FAMILY}.yaml").read_text("utf-8").splitlines()
    found = [item for item in ended.shape["diagnostics"] if item["code"] == code]
    assert ended.code == 1
    assert {lines[item["line"] - 1].strip() for item in found} == {"- id: familieplan", "- id: opfoelgning-1"}
    assert not any(name.startswith("digital-post") for name in office.names())
    assert any(name.startswith("papir") for name in office.names())


def test_where_no_pdfs_are_made_one_word_says_so_and_none_is_said_of_each_letter(office: Office) -> None:
    office.desk.edit("pdf: auto ", "pdf: none ", "config.yaml")
    office.build()
    ended = office.dispatch("--format", "json")
    assert [item["code"] for item in ended.shape["diagnostics"] if item["code"] in {"HD647", "HD359"}] == ["HD359"]
    assert {item["code"] for item in office.manifest()["held_back"]} == {"HD647"}


def test_the_hint_mends_what_keeps_the_numbers_away(office: Office) -> None:
    office.answer_with("raise SystemExit(3)")
    (found,) = (item for item in office.dispatch("--format", "json").shape["diagnostics"] if item["code"] == "HD540")
    assert "by hand" in found["hint"] or "i hånden" in found["hint"]


def test_a_family_whose_file_stops_it_has_nothing_lying_ready(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    office.desk.edit("case_number:", "case_nummer:")
    assert "HD546" in _codes(office.dispatch("--format", "json"))
    assert not office.names()


def test_a_family_that_is_gone_leaves_no_message_behind(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    (office.root / f"families/{FAMILY}.yaml").unlink()
    office.build()
    assert not (office.root / "out" / FAMILY / "udsendelse").exists()
    office.dispatch()
    assert not office.laid()


def test_what_somebody_else_put_there_stays(office: Office) -> None:
    office.dispatch()
    note = office.root / READY / NADIRA / "sendt.txt"
    note.write_text("i går", "utf-8")
    office.desk.edit("case_number:", "case_nummer:")
    office.dispatch()
    assert office.names() == {f"{NADIRA}/sendt.txt"}


def test_the_days_before_have_no_print_file(office: Office) -> None:
    office.dispatch()
    office.dispatch(today="2026-11-22")
    printed = [name for name in office.laid() if "/papir-" in name]
    assert printed == ["_udsendelse/papir-2026-11-22.pdf", f"{FAMILY}/udsendelse/papir-2026-11-22.pdf"]


def test_one_family_alone_leaves_the_file_for_all_as_it_is(office: Office) -> None:
    office.dispatch(FAMILY)
    assert not any(name.startswith("_udsendelse") for name in office.laid())
    assert "papir-2026-11-21.pdf" in office.names()


def test_a_paper_that_one_family_alone_needs_no_more_is_in_no_file_for_all(office: Office) -> None:
    office.dispatch()
    office.desk.edit("case_number:", "case_nummer:")
    office.dispatch(FAMILY)
    assert not office.laid()


def test_a_cycle_leaves_what_lies_ready_alone(office: Office) -> None:
    office.know_numbers()
    office.dispatch()
    before = office.laid()
    assert {line.action.value for line in office.build().documents} == {"kept"}
    assert office.laid() == before


def test_the_manifest_says_all_that_another_sender_needs(office: Office) -> None:
    office.dispatch()
    shape = office.manifest()
    assert shape["version"] == 1
    assert shape["case"] == {"number": "26-012345", "system": "eDoc"}
    assert shape["kle"] == {"key": "27.06.00", "facet": "G01", "version": "2026", "label": "Planer"}
    letter = office.letter("tariq")
    assert letter["address"] == ["Tariq Zamirandi", "Opdigtvej 44", "9999 Vesterlyng"]
    assert letter["print"] == {"file": "papir-2026-11-21.pdf", "first_page": 1, "pages": 6}
    assert office.letter("nadira")["calendar"]["start"] == "2026-11-24T09:00:00Z"
    for item in (letter["main"], *letter["attachments"]):
        assert len((office.root / READY / item["file"]).read_bytes()) == item["bytes"]
    assert json.dumps(shape)


def test_a_number_that_cannot_be_hers_is_told_at_her_line_and_not_shown(office: Office) -> None:
    wrong = number_of("tariq")
    entry = {"family": "HOP-2026-007", "member": "nadira", "cpr": wrong}
    office.answer_with(f"print({json.dumps(json.dumps({'recipients': [entry]}))})")
    ended = office.dispatch("--format", "json")
    lines = (office.root / f"families/{FAMILY}.yaml").read_text("utf-8").splitlines()
    told = {item["line"]: item["message"] for item in ended.shape["diagnostics"] if item["code"] == "HD541"}
    assert {lines[line - 1].strip().partition(":")[0] for line in told} == {"name", "yasmin"}
    assert wrong not in ended.out + ended.err
    assert not any(name.endswith(".xml") for name in office.names())
    texts = [item["text"] for item in office.manifest()["held_back"]]
    assert any("en anden fødselsdag" in text for text in texts)


def test_a_paper_that_changes_while_others_are_laid_stays_behind(office: Office) -> None:
    paper = office.root / f"out/{FAMILY}/invitation-familieplan-tariq.pdf"
    office.answer_with(f"open({str(paper)!r}, 'ab').write(b'%'); print('{{\"recipients\": []}}')")
    ended = office.dispatch("--format", "json")
    assert "HD544" in _codes(ended)
    assert not any("invitation-familieplan-tariq" in name for name in office.names())
    assert any("invitation-opfoelgning-1-tariq" in name for name in office.names())
    assert [item["recipient"] for item in office.manifest()["letters"]].count("tariq") == 1


def test_a_link_in_the_folders_place_is_not_followed(office: Office) -> None:
    elsewhere = office.beside / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    (office.root / READY).symlink_to(elsewhere)
    ended = office.dispatch("--format", "json")
    assert "HD511" in _codes(ended)
    assert not list(elsewhere.iterdir())
