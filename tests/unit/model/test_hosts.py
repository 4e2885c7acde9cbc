"""One answer to whether a host is this machine, and everybody who asks gets it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click
import pytest

from hopdocs.cli.outbox import refuse_another_day
from hopdocs.cycle.mail.notice_planning import transport_settings
from hopdocs.diagnostics import Severity
from hopdocs.errors import MailFault
from hopdocs.model.scalars.hosts import is_this_machine, normalise_host
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.sources.config import parse_config
from hopdocs.workspace import Workspace

if TYPE_CHECKING:
    from hopdocs.cli.program import Invocation

TEXT = (Path(__file__).parents[2] / "data" / "example" / "config.yaml").read_text("utf-8")

HERE = {
    "localhost": "localhost",
    "LOCALHOST": "localhost",
    "localhost.": "localhost",
    "127.0.0.1": "127.0.0.1",
    "127.0.0.1.": "127.0.0.1",
    "127.8.8.8": "127.8.8.8",
    "::1": "::1",
    "[::1]": "::1",
    "0:0:0:0:0:0:0:1": "::1",
    "[0:0:0:0:0:0:0:1]": "::1",
    "::ffff:127.0.0.1": "::ffff:127.0.0.1",
    "[::FFFF:7F00:1]": "::ffff:127.0.0.1",
}
ELSEWHERE = (
    "127.evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "ip6-localhost",
    "mail.vesterlyng.example.",
    "10.0.0.1",
    "[::2]",
    "::ffff:10.0.0.1",
    "0.0.0.0",  # noqa: S104 - refused
)


class _Asked:
    """What `--today` asks of an invocation."""

    today = date(2026, 11, 21)


@pytest.mark.parametrize("host", [*HERE, *ELSEWHERE])
def test_check_transport_and_today_agree_on_which_host_is_this_machine(host: str) -> None:
    is_here = is_this_machine(host)
    assert is_here == (host in HERE)

    plain = parse_config(TEXT.replace("host: localhost", f'host: "{host}"').encode(), "config.yaml")
    assert [item.code for item in plain.diagnostics if item.severity is Severity.ERROR] == (
        [] if is_here else ["HD164"]
    )
    if not is_here:
        with pytest.raises(MailFault):
            TransportSettings(host, 25, "none")
        secured = TEXT.replace("host: localhost", f'host: "{host}"').replace("security: none", "security: tls ")
        plain = parse_config(secured.encode(), "config.yaml")
    config = plain.config
    assert config is not None
    assert config.mail is not None
    settings = transport_settings(config, Workspace(Path("/nowhere")))
    assert settings is not None
    assert settings.host == normalise_host(host)

    asked = cast("Invocation", _Asked())
    if is_here:
        refuse_another_day(asked, config)
    else:
        with pytest.raises(click.UsageError):
            refuse_another_day(asked, config)


@pytest.mark.parametrize(("written", "connected"), HERE.items())
def test_a_host_is_kept_as_a_connection_is_opened_to_it(written: str, connected: str) -> None:
    assert normalise_host(f" {written} ") == connected


def test_a_host_of_which_nothing_is_left_is_told() -> None:
    for text in ("[]", ".", "[.]"):
        found = parse_config(TEXT.replace("host: localhost", f'host: "{text}"').encode(), "config.yaml")
        assert "HD123" in [item.code for item in found.diagnostics]
        assert found.config is None
