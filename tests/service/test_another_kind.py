"""A kind of notice from outside the package goes all the way: planned, gated, sent, logged and shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hopdocs.notices.kinds import table
from hopdocs.notices.kinds.kind import NoticeKind
from hopdocs.notices.kinds.short_mails import (
    case_row,
    end_of_use,
    first_line,
    other_lines,
    say_short_subject,
    wanted_mail,
)
from hopdocs.notices.wanted import WantedReminder
from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace
from tests.unit.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from hopdocs.domain.family_day import FamilyDay
    from tests.service.mailbox import Letter

NAME = "nytovholder"
FAMILY = "HOP-2026-007"


def wanted_welcomes(day: FamilyDay) -> Iterator[WantedReminder]:
    """To whoever is tovholder now, once."""
    if day.tovholder is not None and day.is_running:
        yield wanted_mail(
            day,
            kind=NAME,
            staff=day.tovholder,
            key=f"tovholder-{day.tovholder}",
            due=day.today,
            expires=datetime(day.today.year, day.today.month, day.today.day, tzinfo=UTC) + timedelta(days=3),
            subject="du er tovholder",
            lines=("Du er tovholder i sagen.", "Familien ringer til dig."),
        )


NEW_TOVHOLDER = NoticeKind(
    name=NAME,
    history_label="velkomsten",
    facts=WantedReminder,
    subject=say_short_subject,
    opening=first_line,
    rows=case_row,
    closing=other_lines,
    expires=end_of_use,
    wanted=wanted_welcomes,
    stopped_by_faults=True,
    lets_edits_settle=False,
    repeats_safely=False,
)


def test_a_kind_of_notice_from_outside_is_planned_held_sent_logged_and_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOPDOCS_LANG", "en")
    monkeypatch.setattr(table, "KINDS", (*table.KINDS, NEW_TOVHOLDER))
    with Mailbox() as mailbox:
        workspace = MailedWorkspace(tmp_path / "ws", mailbox)
        words = ("-w", workspace.root, "--today", "2026-11-21")
        assert run(*words, "notices", "send").code == 0
        waits = [row for row in run(*words, "notices", "list", "--format", "json").shape["notices"] if is_new(row)]
        assert [(row["family"], row["code"], row["subject"]) for row in waits] == [
            (FAMILY, "HD420", "Du er tovholder, sag 26-012345")
        ]
        assert run(*words, "notices", "start").code == 0
        assert run(*words, "notices", "hold", str(waits[0]["id"])).code == 0
        assert run(*words, "notices", "send").code == 0
        assert not welcomes(mailbox)
        assert run(*words, "notices", "release", str(waits[0]["id"])).code == 0
        assert run(*words, "notices", "send").code == 0
        assert run(*words, "notices", "send").code == 0
        (letter,) = welcomes(mailbox)
    body = letter.message.get_body(("plain",))
    assert body is not None
    assert "Familien ringer til dig." in body.get_content()
    assert "text/calendar" not in str(letter.message)
    rows = run(*words, "notices", "list", "--all", "--format", "json").shape["notices"]
    assert [row["state"] for row in rows if is_new(row)] == ["accepted"]
    assert "Sendte velkomsten (Du er tovholder, sag 26-012345)" in run(*words, "log", FAMILY).out
    assert run(*words, "build").code == 0
    page = (workspace.root / "out/hop-2026-007/overblik.html").read_text(encoding="utf-8")
    assert "Du er tovholder, sag 26-012345" in page


def is_new(row: dict[str, object]) -> bool:
    return row["kind"] == NAME


def welcomes(mailbox: Mailbox) -> list[Letter]:
    return [item for item in mailbox.letters if "tovholder" in str(item.message["subject"])]
