"""What comes next, from a real ledger and cache."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from hopdocs.diagnostics import Diagnostic, Severity
from hopdocs.freshness.cache import open_cache
from hopdocs.freshness.fingerprint import Digest
from hopdocs.freshness.signatures import Signature
from hopdocs.notices.ledger.rows import stamp
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from hopdocs.notices.sending.outbox import Gates, MailPolicy
from hopdocs.notices.wanted import PrivateWords, WantedFamily
from hopdocs.pages.views import FamilyRow
from hopdocs.sources.config import parse_config
from hopdocs.watching import outlook as outlooks
from hopdocs.watching.outlook import MOST_SHOWN, Outlook, read_outlook, read_sent
from hopdocs.workspace import Workspace, open_workspace
from tests.unit.cycling import EXAMPLE
from tests.unit.notices.samples import FAMILY, NOW, PELLE, POLICY, RIGMOR, World, sample_meeting

if TYPE_CHECKING:
    from pathlib import Path

    from hopdocs.model.config import Config

HERE = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "config.yaml").touch()
    workspace = open_workspace(tmp_path)
    workspace.state.mkdir()
    return workspace


@pytest.fixture
def world(workspace: Workspace) -> World:
    world = World(ledger=Ledger(connect_ledger(workspace.ledger_path)))
    world.ledger.start(NOW)
    return world


@pytest.fixture
def config() -> Config:
    config = parse_config((EXAMPLE / "config.yaml").read_bytes(), "config.yaml").config
    assert config is not None
    return config


def look(workspace: Workspace, config: Config, policy: MailPolicy = POLICY, **gates: Any) -> Outlook:
    return read_outlook(workspace, config, Gates(policy, **gates), NOW)


def test_mails_that_say_the_same_at_the_same_time_are_one_line(
    workspace: Workspace, world: World, config: Config
) -> None:
    world.save(sample_meeting(attendees=(RIGMOR, PELLE)))
    [group] = look(workspace, config).leaving
    assert group.family == FAMILY
    assert group.what == "indkaldelse: familieplansmøde 24.11.2026 kl. 10.00"
    assert group.recipients == ("Pelle Pærevang", "Rigmor Rimfrost")
    assert group.at == (NOW + timedelta(seconds=POLICY.hold_seconds)).astimezone(HERE)


def test_what_settles_after_the_days_last_mail_leaves_in_the_morning(
    workspace: Workspace, world: World, config: Config
) -> None:
    local = NOW.astimezone(HERE)
    closes = local.hour * 60 + local.minute + 5
    world.save(sample_meeting(attendees=(RIGMOR,)))
    [group] = look(workspace, config, replace(POLICY, hours_start_minute=7 * 60, hours_end_minute=closes)).leaving
    assert group.at == datetime(2026, 11, 22, 7, 0, tzinfo=HERE)


def test_the_soonest_comes_first_and_what_waits_for_a_person_hides_nothing(
    workspace: Workspace, world: World, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlooks, "_MOST_MAILS", 2)
    families = [WantedFamily(f"HOP-2026-{number}", (sample_meeting(family=f"HOP-2026-{number}"),)) for number in "1234"]
    for family in families:
        world.save_families(family)
    for record in world.ledger.in_state(State.PENDING):
        if record.family == "HOP-2026-1":
            world.ledger.hold(record.id, NOW)
    connection = world.ledger._connection
    late, soon = stamp(NOW + timedelta(days=3)), stamp(NOW + timedelta(hours=2))
    connection.execute("UPDATE notice SET not_before = ? WHERE family = 'HOP-2026-2'", (late,))
    connection.execute("UPDATE notice SET not_before = ? WHERE family = 'HOP-2026-4'", (soon,))
    seen = look(workspace, config)
    assert [group.family for group in seen.leaving] == ["HOP-2026-3"]
    monkeypatch.setattr(outlooks, "_MOST_MAILS", 60)
    seen = look(workspace, config)
    assert [group.family for group in seen.leaving] == ["HOP-2026-3", "HOP-2026-4", "HOP-2026-2"]
    assert [(held.count, held.hold.code) for held in seen.held] == [(2, "HD422")]
    assert seen.figures.pending == 8


def test_what_no_time_lets_go_is_told_with_its_reason(workspace: Workspace, config: Config) -> None:
    unstarted = World(ledger=Ledger(connect_ledger(workspace.ledger_path)))
    unstarted.save(sample_meeting())
    seen = look(workspace, config)
    assert seen.leaving == ()
    assert [(held.count, held.hold.code) for held in seen.held] == [(2, "HD420")]


def test_where_not_all_mails_are_asked_what_waits_is_counted_as_the_least(
    workspace: Workspace, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    unstarted = World(ledger=Ledger(connect_ledger(workspace.ledger_path)))
    unstarted.save(sample_meeting())
    monkeypatch.setattr(outlooks, "_MOST_MAILS", 1)
    assert [(held.count, held.is_least) for held in look(workspace, config).held] == [(1, True)]
    monkeypatch.setattr(outlooks, "_MOST_MAILS", 2)
    assert [(held.count, held.is_least) for held in look(workspace, config).held] == [(2, False)]


def test_a_mail_whose_own_words_hold_it_is_not_said_to_leave(
    workspace: Workspace, world: World, config: Config
) -> None:
    world.save(sample_meeting(attendees=(RIGMOR,)))
    at_once = replace(POLICY, hold_seconds=0)
    [group] = look(workspace, config, at_once).leaving
    assert group.at is None
    seen = look(workspace, config, at_once, private={FAMILY: PrivateWords(full_names=("Havørnen",))})
    assert (seen.leaving, [held.hold.code for held in seen.held]) == ((), ["HD427"])


def test_mails_that_left_are_named_by_their_numbers(workspace: Workspace, world: World, config: Config) -> None:
    world.save(sample_meeting())
    numbers = [record.id for record in world.ledger.in_state(State.PENDING)]
    world.deliver()
    [group] = read_sent(workspace, config, numbers)
    assert (group.family, group.recipients) == (FAMILY, ("Pelle Pærevang", "Rigmor Rimfrost"))
    workspace.ledger_path.unlink()
    assert read_sent(workspace, config, numbers) == ()


def test_errors_come_before_warnings_and_late_courses_before_those_that_wait(
    workspace: Workspace, config: Config
) -> None:
    signature = Signature(Digest(""), Digest(""), Digest(""), {}, {}, is_settled=True)
    nothing: dict[str, Any] = {"diagnostics": [], "facts": {}, "figures": {}, "page_row": {}}
    error = Diagnostic("families/z.yaml", 1, 1, "HD203")
    warning = Diagnostic("families/a.yaml", 1, 1, "HD203", severity=Severity.WARNING)
    rows = {
        "a": FamilyRow("A", "A", "", "", "", waiting_for=("familien: svar på samtykket",)),
        "m": FamilyRow("M", "M", "", "", ""),
        "z": FamilyRow("Z", "Z", "", "", "", overdue=("Datatræk",), errors=1),
    }
    found = {"a": [asdict(warning)], "z": [asdict(error)]}
    with closing(open_cache(workspace.cache_path)) as cache:
        for name, row in rows.items():
            path = f"families/{name}.yaml"
            cache.keep_family(path, name.upper(), signature, nothing | {"diagnostics": found.get(name, [])})
            cache.keep_row(path, row.as_json())
        seen = look(workspace, config)
    assert seen.faults == (error, warning)
    assert [(course.family, course.overdue, course.waiting_for) for course in seen.open] == [
        ("Z", ("Datatræk",), ()),
        ("A", (), ("familien: svar på samtykket",)),
    ]
    assert seen.open_count == 2


def test_what_the_disk_has_changed_counts_as_nothing_there_and_the_rest_is_seen(
    workspace: Workspace, config: Config
) -> None:
    signature = Signature(Digest(""), Digest(""), Digest(""), {}, {}, is_settled=True)
    nothing: dict[str, Any] = {"diagnostics": [], "facts": {}, "figures": {}, "page_row": {}}
    whole = Diagnostic("families/z.yaml", 1, 1, "HD203")
    with closing(open_cache(workspace.cache_path)) as cache:
        for name in ("a", "b", "z"):
            fault = asdict(replace(whole, path=f"families/{name}.yaml"))
            cache.keep_family(fault["path"], name, signature, nothing | {"diagnostics": [fault]})
            cache.keep_row(fault["path"], FamilyRow(name, "", "", "", "", overdue=("Datatræk",)).as_json())
    with closing(sqlite3.connect(workspace.cache_path)) as connection, connection:
        spoilt = "replace(diagnostics, 'HD203', 'HD999'), page_row = replace(page_row, 'Data', 'Hund')"
        connection.execute(f"UPDATE family SET diagnostics = {spoilt} WHERE path = 'families/a.yaml'")  # noqa: S608 - ours
        connection.execute("UPDATE family SET diagnostics = 'no JSON' WHERE path = 'families/b.yaml'")
    seen = look(workspace, config)
    assert seen.faults == (whole,)
    assert [course.family for course in seen.open] == ["b", "z"]


def test_of_many_families_no_more_is_unpacked_than_is_shown(
    workspace: Workspace, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = Signature(Digest(""), Digest(""), Digest(""), {}, {}, is_settled=True)
    nothing: dict[str, Any] = {"diagnostics": [], "facts": {}, "figures": {}, "page_row": {}}
    with closing(open_cache(workspace.cache_path)) as cache, cache.transaction():
        for number in range(100):
            path = f"families/{number}.yaml"
            fault = asdict(Diagnostic(path, 1, 1, "HD203"))
            cache.keep_family(path, str(number), signature, nothing | {"diagnostics": [fault]})
            cache.keep_row(path, FamilyRow(str(number), "", "", "", "", overdue=("Datatræk",)).as_json())
    unpacked: list[str] = []
    loads = json.loads

    def load(text: str) -> Any:
        unpacked.append(text)
        return loads(text)

    monkeypatch.setattr(json, "loads", load)
    seen = look(workspace, config)
    assert (len(seen.faults), len(seen.open), seen.open_count) == (MOST_SHOWN, MOST_SHOWN, 100)
    assert len(unpacked) == 2 * MOST_SHOWN


def test_a_machine_without_a_mail_server_is_seen(workspace: Workspace, config: Config) -> None:
    assert config.mail is not None
    without = config.model_copy(update={"mail": config.mail.model_copy(update={"server": None})})
    assert look(workspace, without).has_no_server
    assert not look(workspace, config).has_no_server


def test_where_nothing_is_kept_there_is_nothing_to_see(workspace: Workspace, config: Config) -> None:
    assert read_outlook(workspace, config, None, datetime(2026, 11, 21, tzinfo=UTC)) == Outlook()
    assert look(workspace, config) == Outlook()
    workspace.cache_path.write_bytes(b"no database")
    workspace.ledger_path.write_bytes(b"no database")
    assert look(workspace, config) == Outlook()
    assert {path.name for path in workspace.state.iterdir()} == {"cache.db", "ledger.db"}
