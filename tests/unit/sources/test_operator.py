"""What the operator's file says counts; what others write of the machine does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args, get_type_hints

import pytest

from hopdocs.diagnostics import Severity
from hopdocs.model.config import Access, Config, HostText
from hopdocs.model.entry import Entry
from hopdocs.model.operator import MACHINE_KEYS, MAIL_SETTINGS
from hopdocs.model.scalars.values import MachineName, Reader
from hopdocs.sources.config import ConfigSource, parse_config
from hopdocs.sources.operator import Machine, write_mail_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = (Path(__file__).parents[2] / "golden" / "diagnostics" / "config.yaml").read_text("utf-8")
OPERATOR = """workspace: /srv/hop
documents: {output: /srv/papers, access: inherit}
mail:
  server: {host: mail.vesterlyng.example, security: tls, user: hop, password_file: smtp}
git: {pull: 20s}
"""
_READ_AS_NAMES: Final = tuple(
    part.parse for kind in (MachineName, HostText) for part in get_args(kind) if isinstance(part, Reader)
)
FILE = "/etc/hopdocs/operator.yaml"
PUSHED = {
    "documents.output": ("\nmail:", "\ndocuments: {output: ../elsewhere}\nmail:"),
    "mail.server": ("host: localhost", "host: mail.evil.example"),
    "mail.answers": ("\nmail:", "\nmail:\n  answers: /home/hop/.ssh"),
    "git": ("\nmail:", "\ngit: {branch: evil}\nmail:"),
    "dispatch.recipients": ("\nmail:", "\ndispatch: {recipients: {command: [/bin/sh, evil]}}\nmail:"),
}


def read(text: str = TEXT, operator: str = OPERATOR, released: str = "") -> ConfigSource:
    return parse_config(text.encode(), "config.yaml", Machine(operator.encode(), FILE, released))


def config_of(source: ConfigSource) -> Config:
    assert source.config is not None, source.diagnostics
    return source.config


def test_the_operators_keys_count_and_the_rest_is_the_municipalitys() -> None:
    config = config_of(read())
    assert (config.documents.output, config.documents.access) == ("/srv/papers", Access.INHERIT)
    assert config.mail is not None
    assert config.mail.server is not None
    assert (config.mail.server.host, config.mail.server.password_file) == ("mail.vesterlyng.example", "smtp")
    assert config.mail.allowed_domains == ("vesterlyng.example",)
    assert config.git is not None


@pytest.mark.parametrize("key", PUSHED)
def test_what_config_says_of_the_machine_counts_for_nothing_and_is_told_where_it_stands(key: str) -> None:
    old, new = PUSHED[key]
    assert old in TEXT
    text = TEXT.replace(old, new, 1)
    plain, pushed = read(), read(text)
    assert pushed.config == plain.config
    told = [item for item in pushed.diagnostics if item.code == "HD710" and item.params["key"] == key]
    assert [(item.path, item.severity, item.params["file"]) for item in told] == [
        ("config.yaml", Severity.WARNING, FILE)
    ]
    assert key.rpartition(".")[2] in text.splitlines()[told[0].line - 1]


def test_every_key_that_names_a_path_a_program_or_a_server_is_the_operators() -> None:
    """A new one must be put among them, or here: others may write it, since it is only ever shown."""
    shown = {
        "records.kle.key",
        "records.kle.facet",
        "records.kle.version",
        "dispatch.survey.url",
        "dispatch.file_types",
    }
    own = [".".join(key) for key in MACHINE_KEYS]
    others = [name for name in _machine_names(Config) if not any(f"{name}.".startswith(f"{key}.") for key in own)]
    assert set(others) == shown


def _machine_names(kind: type[Entry], at: str = "") -> Iterator[str]:
    """The keys whose values go to the system, a server or git."""
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if name in kind.model_fields:
            key = f"{at}{kind.model_fields[name].alias or name}"
            for part in _parts_of(hint):
                if isinstance(part, Reader) and part.parse in _READ_AS_NAMES:
                    yield key
                elif isinstance(part, type) and issubclass(part, Entry):
                    yield from _machine_names(part, f"{key}.")


def _parts_of(hint: Any) -> Iterator[Any]:
    yield hint
    for part in (*get_args(hint), *getattr(hint, "__metadata__", ())):
        yield from _parts_of(part)


def test_where_others_may_push_and_there_is_no_operators_file_each_such_key_is_an_error() -> None:
    found = parse_config(f"{TEXT}\ngit: {{pull: 20s}}\n".encode(), "config.yaml")
    assert found.config is None
    assert {item.params["key"] for item in found.diagnostics if item.code == "HD711"} == {"git", "mail.server"}


def test_without_pull_all_of_it_may_stand_in_config() -> None:
    found = parse_config(f"{TEXT}\ngit: {{branch: main}}\n".encode(), "config.yaml")
    assert found.diagnostics == []


def test_a_fault_in_the_operators_file_is_told_at_its_line_there() -> None:
    found = read(operator=OPERATOR.replace("security: tls", "security: ssl"))
    assert found.config is None
    assert [(item.path, item.line, item.code) for item in found.diagnostics] == [(FILE, 4, "HD147")]
    assert found.lines[FILE][3].strip().startswith("server:")
    unprotected = read(operator=OPERATOR.replace("security: tls", "security: none"))
    assert [(item.path, item.line, item.code) for item in unprotected.diagnostics if item.severity == "error"] == [
        (FILE, 4, "HD164")
    ]


def test_a_pushed_change_of_where_mail_goes_waits_while_the_rest_takes_effect() -> None:
    released = write_mail_settings(read().source.tree)
    text = TEXT.replace("[vesterlyng.example]", "[vesterlyng.example, evil.example]", 1).replace(
        "\n  unit: ", "\n  unit: Ny ", 1
    )
    text = text.replace("\nmail:", "\nmail:\n  redirect_all_to: eva@evil.example", 1)
    pushed = read(text, released=released)
    config = config_of(pushed)
    assert config.mail is not None
    assert config.municipality.unit.startswith("Ny ")
    assert (config.mail.allowed_domains, config.mail.redirect_all_to) == (("vesterlyng.example",), None)
    waiting = {item.params["key"]: item.params["after"] for item in pushed.diagnostics if item.code == "HD712"}
    assert waiting == {
        "mail.allowed_domains": "vesterlyng.example, evil.example",
        "mail.redirect_all_to": "eva@evil.example",
    }
    accepted = config_of(read(text, released=write_mail_settings(pushed.source.tree)))
    assert accepted.mail is not None
    assert accepted.mail.allowed_domains == ("vesterlyng.example", "evil.example")


def test_each_setting_of_where_mail_goes_waits() -> None:
    released = write_mail_settings(read().source.tree)
    changes = {
        "from": "from: eva@vesterlyng.example",
        "allowed_domains": "allowed_domains: [evil.example, vesterlyng.example]",
        "release": "release: automatic",
        "hold": "hold: 1m",
        "redirect_all_to": "redirect_all_to: eva@evil.example",
        "mass_limit": "mass_limit: 9999",
    }
    assert set(changes) == set(MAIL_SETTINGS)
    for name, line in changes.items():
        before, _, after = TEXT.partition("\nmail:\n")
        kept = [row for row in after.splitlines() if not row.strip().startswith(f"{name}:")]
        pushed = read(f"{before}\nmail:\n  {line}\n" + "\n".join(kept) + "\n", released=released)
        assert config_of(pushed).mail == config_of(read(released=released)).mail, name


def test_what_the_operator_fixes_no_push_changes_and_nothing_waits() -> None:
    fixed = "mail:\n  allowed_domains: [vesterlyng.example]\n  redirect_all_to: t@vesterlyng.example\n"
    operator = OPERATOR.replace("mail:\n", fixed)
    text = TEXT.replace("[vesterlyng.example]", "[evil.example]", 1)
    pushed = read(text, operator, write_mail_settings(read().source.tree))
    config = config_of(pushed)
    assert config.mail is not None
    assert config.mail.allowed_domains == ("vesterlyng.example",)
    assert config.mail.redirect_all_to == "t@vesterlyng.example"
    assert {item.code for item in pushed.diagnostics} == {"HD710"}


def test_a_checkout_without_a_mail_server_is_in_order_and_says_so() -> None:
    before, _, after = TEXT.partition("\nmail:\n")
    rows = "\n".join(row for row in after.splitlines() if not row.strip().startswith("server:"))
    found = parse_config(f"{before}\nmail:\n{rows}\n".encode(), "config.yaml")
    assert found.config is not None
    assert [item.code for item in found.diagnostics] == ["HD713"]


@pytest.mark.parametrize("released", ["{}", write_mail_settings({"mail": {"allowed_domains": ["vesterlyng.example"]}})])
def test_mail_that_is_pushed_where_none_left_before_waits_and_stops_nothing_else(released: str) -> None:
    source = read(released=released)
    assert config_of(source).mail is None
    assert "HD712" in {item.code for item in source.diagnostics}
    assert not [item for item in source.diagnostics if item.severity is Severity.ERROR]


def test_mail_that_is_the_operators_alone_stays_so_when_more_is_pushed() -> None:
    own = "mail:\n  from: hop@vesterlyng.example\n  allowed_domains: [vesterlyng.example]\n"
    mail = config_of(read(operator=OPERATOR.replace("mail:\n", own), released="{}")).mail
    assert mail is not None
    assert (mail.from_, mail.redirect_all_to) == ("hop@vesterlyng.example", None)
