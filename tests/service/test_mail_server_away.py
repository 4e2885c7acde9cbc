"""A mail server that cannot be used: what is said of it, and what ends the wait."""

from __future__ import annotations

import re
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hopdocs.catalogue import fill_message
from hopdocs.notices.sending.pause import ServerPause
from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace
from tests.service.smtp_script import Act
from tests.service.test_delivery import Post, serve, start_post
from tests.unit.notices.samples import RIGMOR, sample_meeting

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.errors import HopdocsError


@pytest.fixture
def post() -> Post:
    post = start_post()
    post.world.save(sample_meeting(attendees=(RIGMOR,)))
    return post


def unused_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


def refused(post: Post) -> HopdocsError:
    """The post's fault, after nobody answered where its server should be."""
    fault = post.send(serve(), port=unused_port()).fault
    assert fault is not None
    return fault


def said(fault: HopdocsError) -> str:
    """What a person reads of it: never a library's own names."""
    shown = fill_message(fault.code, fault.params, "en")
    assert not re.search(r"[{}]|[a-z][A-Z]|Errno|SMTP[A-Z]", shown), shown
    assert fill_message(fault.code, fault.params, "da") != shown
    return shown


def test_a_refused_connection_names_host_and_port_and_that_nobody_answers(post: Post) -> None:
    fault = refused(post)
    port = fault.params["port"]
    expected = f"the mail server 127.0.0.1 port {port} cannot be used right now: nobody answers there"
    assert said(fault) == expected
    (row,) = post.world.outbox(post.gates).rows()
    until = " tried again 2026-11-21 09.01, when mail.server changes, or with hopdocs notices send"
    assert row.as_json("en")["reason"] == f"{expected};{until}"
    assert "der er ingen, der svarer; prøves igen 2026-11-21 09.01" in row.as_json("da")["reason"]


@pytest.mark.parametrize(
    ("greeting", "why"),
    [
        ("421 busy", "it answered 421"),
        ("554 no", "it answered 554"),
        (Act.CLOSE, "the connection broke off"),
        ("* OK IMAP4 ready", "what answers does not speak as a mail server"),
    ],
)
def test_every_bad_beginning_is_told_in_words(post: Post, greeting: str | Act, why: str) -> None:
    fault = post.send(serve({"GREETING": greeting})).fault
    assert fault is not None
    assert fault.code == "HD402"
    assert said(fault).endswith(why)


@pytest.mark.parametrize("host", ["mail.invalid", "a..b.invalid"])
def test_a_name_that_nobody_has_is_told_as_that(post: Post, host: str) -> None:
    fault = post.send(serve(), host=host, security="starttls").fault
    assert fault is not None
    assert said(fault).endswith("there is no such name")


def test_a_connection_that_breaks_off_under_way_is_written_down_in_words(post: Post) -> None:
    post.send(serve({"RCPT": Act.CLOSE}, {"RCPT": Act.CLOSE}))
    rows = post.world.ledger._connection.execute("SELECT text FROM notice_attempt").fetchall()
    assert {text for (text,) in rows} == {"connection lost"}


def test_a_pause_is_over_when_config_names_another_server(post: Post) -> None:
    post.gates = replace(post.gates, policy=replace(post.gates.policy, server="the wrong port"))
    refused(post)
    server = serve()
    assert post.send(server).accepted == []
    post.gates = replace(post.gates, policy=replace(post.gates.policy, server="the right port"))
    assert len(post.send(server).accepted) == 1
    assert ServerPause(post.world.ledger).state() == (None, "", 0)


def test_another_server_that_fails_too_is_first_tried_again_soon(post: Post) -> None:
    for _ in range(3):
        refused(post)
        post.pass_time(hours=2)
    assert ServerPause(post.world.ledger).state()[2] == 3
    for server in ("another", "a third"):
        post.gates = replace(post.gates, policy=replace(post.gates.policy, server=server))
        refused(post)
    assert ServerPause(post.world.ledger).state()[2] == 1


class Office(MailedWorkspace):
    """One whose config names a port on which nobody answers."""

    def __init__(self, root: Path, mailbox: Mailbox) -> None:
        super().__init__(root, mailbox)
        self.right, self.wrong = f"port: {mailbox.port}", unused_port()
        self.edit("config.yaml", self.right, f"port: {self.wrong}")
        self.run("notices", "start")
        self.run("watch", "--once")
        assert mailbox.letters == []


def test_a_mended_port_or_a_persons_word_sends_at_once(tmp_path: Path) -> None:
    """The hour that a pause may last is not waited for by whoever has mended what it waited for."""
    with Mailbox() as mailbox:
        office = Office(tmp_path / "mended", mailbox)
        assert "nobody answers there; tried again" in office.run("notices", "list")
        office.edit("config.yaml", f"port: {office.wrong}", office.right)
        office.run("watch", "--once")
        assert mailbox.letters
    with Mailbox() as mailbox:
        office = Office(tmp_path / "asked", mailbox)
        office.run("notices", "send", status=3)
        with Mailbox(office.wrong) as other:
            office.run("notices", "send")
            assert other.letters
