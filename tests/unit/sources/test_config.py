from __future__ import annotations

from pathlib import Path

import pytest

from hopdocs.model.config import Config
from hopdocs.sources.config import parse_config, parse_project

TEXT = (Path(__file__).parents[2] / "golden" / "diagnostics" / "config.yaml").read_text("utf-8")


def _codes(text: str) -> list[str]:
    return [fault.code for fault in parse_config(text.encode(), "config.yaml").diagnostics]


def test_good_settings_are_read() -> None:
    read = parse_config(TEXT.encode(), "config.yaml")
    assert read.diagnostics == []
    assert read.config is not None
    assert list(read.config.areas) == ["BF", "BES", "DU"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", '"::1"', '"[::1]"', "LOCALHOST"])
def test_a_mail_server_on_this_machine_needs_no_protection(host: str) -> None:
    assert _codes(TEXT.replace("host: localhost", f"host: {host}")) == []


@pytest.mark.parametrize("host", ["mail.vesterlyng.example", "10.0.0.1", "localhost.vesterlyng.example", "0.0.0.0"])  # noqa: S104 - refused
def test_no_other_mail_server_is_used_unprotected(host: str) -> None:
    assert _codes(TEXT.replace("host: localhost", f"host: {host}")) == ["HD164"]
    assert _codes(TEXT.replace("host: localhost", f"host: {host}").replace("security: none", "security: tls")) == []


def test_a_password_has_no_place_in_the_settings() -> None:
    assert _codes(TEXT.replace("port: 1025", "port: 1025, password: hemmelig")) == ["HD121"]


def test_staff_outside_the_allowed_domains_is_a_warning() -> None:
    read = parse_config(TEXT.replace("ppa@vesterlyng", "ppa@lyngvester").encode(), "config.yaml")
    assert [(fault.code, fault.severity) for fault in read.diagnostics] == [("HD185", "warning")]
    assert read.config is not None


@pytest.mark.parametrize("cut", ["ppa@vesterlyng", "ppa@localhost", "ppa"])
def test_an_address_cut_short_is_told_once(cut: str) -> None:
    assert _codes(TEXT.replace("ppa@vesterlyng.example", cut)) == ["HD141"]


def test_settings_without_mail_are_whole() -> None:
    assert _codes(TEXT[: TEXT.index("\nmail:") + 1] + TEXT[TEXT.index("\nlaw:") + 1 :]) == []


def test_nobody_stands_in_for_oneself() -> None:
    assert _codes(TEXT.replace("authority: true, email: rri", "authority: true, substitute: rri, email: rri")) == [
        "HD184"
    ]


def test_a_law_does_not_end_before_it_begins() -> None:
    assert _codes(TEXT.replace("from: 2020-01-01", "from: 2020-01-01, to: 2019-01-01")) == ["HD159"]


def test_a_project_is_read_with_the_staff_of_the_settings() -> None:
    config = parse_config(TEXT.encode(), "config.yaml").config
    assert isinstance(config, Config)
    good = parse_project(b"risks: [{name: X, likelihood: low, impact: lav, owner: rri}]\n", "project.yaml", config)
    assert good.diagnostics == []
    assert good.project is not None
    assert good.project.risks[0].owner == "rri"
    bad = parse_project(b"risks: [{name: X, likelihood: low, impact: lav, owner: nix}]\n", "project.yaml", config)
    assert [fault.code for fault in bad.diagnostics] == ["HD150"]
    assert bad.project is None


def test_an_agenda_is_named_by_any_word_for_its_meeting() -> None:
    read = parse_config(
        f"{TEXT}\nagendas:\n  Formøde: [Alt]\n  opfølgende møde: [Siden sidst]\n".encode(), "config.yaml"
    )
    assert read.diagnostics == []
    assert read.config is not None
    assert read.config.agendas == {"fagligt formøde": ("Alt",), "opfølgningsmøde": ("Siden sidst",)}


def test_who_writes_a_name_is_shown_the_id_first() -> None:
    (fault,) = parse_config(
        TEXT.replace("project_coordinator: rri", "project_coordinator: Pelle").encode(), "config.yaml"
    ).diagnostics
    assert (fault.code, fault.params["choices"]) == ("HD150", "ppa, rri, iik")


@pytest.mark.parametrize(
    "folder", [".", "..", "./", "../..", "/", "families", "families/ud", "Templates", "out/../.hopdocs"]
)
def test_documents_have_a_folder_of_their_own(folder: str) -> None:
    assert _codes(f'{TEXT}documents: {{output: "{folder}"}}\n') == ["HD149"]


@pytest.mark.parametrize("folder", ["out", "dokumenter/breve", "../out", "/srv/hop/out"])
def test_the_folder_for_documents_may_lie_where_it_is_convenient(folder: str) -> None:
    assert _codes(f"{TEXT}documents: {{output: {folder}}}\n") == []


@pytest.mark.parametrize(("link", "codes"), [("https://survey.example/a", []), ("http://survey.example/a", ["HD648"])])
def test_only_a_safe_link_stands_under_a_letter(link: str, codes: list[str]) -> None:
    assert _codes(f'{TEXT}dispatch: {{survey: {{url: "{link}"}}}}\n') == codes
    assert _codes(f'{TEXT}surveys: {{staff_start: "{link}"}}\n') == codes


@pytest.mark.parametrize(("blank", "codes"), [("{case_number}", []), ("{sag}", ["HD839"]), ("{case_number", ["HD839"])])
def test_a_surveys_link_has_no_blank_that_nobody_fills(blank: str, codes: list[str]) -> None:
    assert _codes(f'{TEXT}surveys: {{family_end: "https://survey.example/a?sag={blank}"}}\n') == codes
