"""Every way in which yesterday's ledger comes back: no mail before a person says so, and then under new numbers."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from hopdocs.errors import LedgerFault
from hopdocs.notices.ledger import machine
from hopdocs.notices.ledger.entering import record_wanted
from hopdocs.notices.ledger.store import Ledger, connect_ledger
from hopdocs.notices.record import State
from hopdocs.notices.sending.delivery import become_sender, deliver_now
from hopdocs.notices.sending.outbox import Gates
from hopdocs.notices.sending.transport import TransportSettings
from hopdocs.notices.wanted import WantedFamily
from tests.service.mailbox import Mailbox
from tests.service.mailed import MailedWorkspace
from tests.service.test_delivery import HandClock
from tests.unit.cli.running import run
from tests.unit.notices.ledger.test_shape import SHAPES, restore
from tests.unit.notices.samples import FAMILY, NOW, POLICY, RIGMOR, begin, sample_meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ANOTHER_MACHINE = "0123456789abcdef0123456789abcdef"


@dataclass
class Desk:
    """A workspace's folder with what mail needs of it, a real mail server, and the user's state folder."""

    root: Path
    state: Path
    mailbox: Mailbox
    place: int = 0
    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        (self.root / ".hopdocs").mkdir(parents=True)
        (self.root / "out").mkdir()
        (self.root / ".git").mkdir(exist_ok=True)

    @property
    def ledger_path(self) -> Path:
        return self.root / ".hopdocs" / "ledger.db"

    def git(self, *words: str, folder: Path | None = None) -> None:
        identity = ("-c", "user.name=Rigmor", "-c", "user.email=rri@vesterlyng.example")
        subprocess.run(["git", *identity, *words], cwd=folder or self.root, check=True, capture_output=True)

    def start(self, *, known: bool = False) -> None:
        """A person says that mail may leave, some time later."""
        self.clock.at += timedelta(minutes=5)
        with closing(Ledger(connect_ledger(self.ledger_path))) as ledger:
            if known:
                ledger.start_known(self.clock.at)
            else:
                ledger.start(self.clock.at)

    def edit(self) -> None:
        """Somebody moves the meeting to a place where it never was before; what waits for that is planned."""
        self.place += 1
        with closing(Ledger(connect_ledger(self.ledger_path))) as ledger:
            meeting = sample_meeting(place=f"Lokale {self.place}", attendees=(RIGMOR,))
            record_wanted([WantedFamily(FAMILY, (meeting,))], ledger, self.clock.at, present=[FAMILY])

    def send(self) -> str:
        """One round of the sender's, once the hold is over; the code of what kept it from sending, if anything did."""
        self.clock.at += timedelta(hours=1)
        settings = TransportSettings("127.0.0.1", self.mailbox.port, "none")
        with closing(Ledger(connect_ledger(self.ledger_path))) as ledger:
            try:
                with become_sender(ledger, self.root / ".hopdocs" / "sender.lock", self.clock.at):
                    deliver_now(ledger, settings, self.clock, Gates(POLICY))
            except LedgerFault as fault:
                return fault.code
            reason = ledger.why_not_started()
        return reason.params.get("why", reason.code) if reason else ""

    def edit_and_send(self) -> str:
        self.edit()
        return self.send()

    @property
    def sequences(self) -> list[int]:
        return [int(letter.event["SEQUENCE"]) for letter in self.mailbox.letters]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    identity = tmp_path / "machine-id"
    identity.write_text(ANOTHER_MACHINE[::-1])
    monkeypatch.setattr(machine, "_MACHINE_ID", identity)
    with Mailbox() as mailbox:
        yield Desk(tmp_path / "ws", tmp_path / "state", mailbox)


def copy(source: Path, target: Path, *more: str) -> None:
    target.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", *more, f"{source}/.", str(target)], check=True)


def copied_over(desk: Desk, kept: Path) -> None:
    copy(kept / ".hopdocs", desk.root / ".hopdocs")


def copied_anew(desk: Desk, kept: Path) -> None:
    copy(kept / ".hopdocs", desk.root / ".hopdocs", "--remove-destination")  # what rsync does


def unpacked_over(desk: Desk, kept: Path) -> None:
    with tarfile.open(kept / "all.tar", "w") as packed:
        packed.add(kept / ".hopdocs", ".hopdocs")
    subprocess.run(["tar", "--overwrite", "-xf", str(kept / "all.tar"), "-C", str(desk.root)], check=True)


def folder_rolled_back(desk: Desk, kept: Path) -> None:
    """With `out/` and git's own folder, each file where it was, as a snapshot does."""
    copy(kept, desk.root)


def folder_put_back(desk: Desk, kept: Path) -> None:
    shutil.rmtree(desk.root)
    copy(kept, desk.root)


def state_lost(desk: Desk, kept: Path) -> None:
    """Only the workspace is left of the machine; the documents were on a share."""
    copy(kept / ".hopdocs", desk.root / ".hopdocs")
    shutil.rmtree(desk.state)


def documents_stashed(desk: Desk, kept: Path) -> None:
    """The documents, which were committed, are put away together with the mark among them."""
    copied_over(desk, kept)
    desk.git("init", "-q")
    desk.git("add", "-f", "out")
    desk.git("commit", "-qm", "out")
    (desk.root / "out" / "mere.txt").write_text("")
    desk.git("stash", "-qu", "--", "out")
    shutil.rmtree(desk.root / "out", ignore_errors=True)


def disk_rolled_back_elsewhere(desk: Desk, kept: Path) -> None:
    """Everything that this user has is as it was, on a machine that is another."""
    copy(kept, desk.root)
    shutil.rmtree(desk.state)
    copy(kept.with_name("kept-state"), desk.state)
    machine._MACHINE_ID.write_text(ANOTHER_MACHINE)


def moved_to_another_machine(desk: Desk, kept: Path) -> None:
    copy(kept, desk.root)
    shutil.rmtree(desk.state)
    machine._MACHINE_ID.write_text(ANOTHER_MACHINE)


WAYS = {
    way.__name__: (way, codes)
    for way, codes in (
        (copied_over, {"HD419"}),
        (unpacked_over, {"HD419"}),
        (folder_rolled_back, {"HD419"}),
        (state_lost, {"HD419"}),
        (documents_stashed, {"HD419"}),
        (copied_anew, {"HD419", "HD483"}),  # the file system may give the new file the old one's number
        (folder_put_back, {"HD419", "HD483"}),
        (disk_rolled_back_elsewhere, {"HD484"}),
        (moved_to_another_machine, {"HD484"}),
    )
}


@pytest.mark.parametrize(
    ("way", "codes", "known"),
    [*((way, codes, False) for way, codes in WAYS.values()), (*WAYS["folder_rolled_back"], True)],
    ids=[*WAYS, "counts as known"],
)
def test_what_came_back_tells_nobody_anything_twice(
    desk: Desk,
    way: Callable[[Desk, Path], None],
    codes: set[str],
    known: bool,  # noqa: FBT001 - a case
) -> None:
    desk.start()
    assert desk.edit_and_send() == ""
    desk.edit()  # waits when the backup is made, and leaves after it
    kept = desk.root.with_name("kept")
    copy(desk.root, kept)
    copy(desk.state, kept.with_name("kept-state"))
    assert (desk.send(), desk.edit_and_send(), desk.edit_and_send()) == ("", "", "")
    held = max(desk.sequences)
    sent = len(desk.mailbox.letters)
    assert (sent, held) == (4, 3)

    way(desk, kept)
    assert desk.send() in codes
    assert desk.edit_and_send() in {*codes, "HD482", "HD419"}  # and it stays so, whatever is edited meanwhile
    with closing(Ledger(connect_ledger(desk.ledger_path))) as ledger:
        assert (ledger.why_not_started() or pytest.fail("started")).code == "HD419"
    assert len(desk.mailbox.letters) == sent

    desk.start(known=known)
    assert desk.send() == ""
    assert desk.edit_and_send() == ""
    assert len(desk.mailbox.letters) == sent + (1 if known else 2)
    assert all(number > held for number in desk.sequences[sent:])
    ids = Counter(letter.message["Message-ID"] for letter in desk.mailbox.letters)
    assert set(ids.values()) == {1}
    assert len(set(desk.sequences)) == len(desk.sequences)


def test_a_mail_that_was_under_way_when_the_backup_was_made_leaves_under_other_numbers(desk: Desk) -> None:
    """Its bytes are kept, to be sent again as they are: after a restore they may be the second with these numbers."""
    desk.start()
    desk.edit()
    with closing(Ledger(connect_ledger(desk.ledger_path))) as ledger:
        [record] = ledger.in_state(State.PENDING)
        before = ledger.mime(record.id)
        begin(ledger, record.id, desk.clock.at)
    kept = desk.root.with_name("kept")
    copy(desk.root, kept)
    desk.send()
    assert desk.mailbox.letters[-1].data == before
    copied_over(desk, kept)
    assert desk.send() == "HD419"
    desk.start()
    assert desk.send() == ""
    first, second = desk.mailbox.letters
    assert second.event["SEQUENCE"] > first.event["SEQUENCE"]
    assert second.message["Message-ID"] != first.message["Message-ID"]
    assert second.event["UID"] == first.event["UID"]


def test_a_ledger_that_is_set_back_while_the_sender_has_it_open_sends_nothing_more(desk: Desk) -> None:
    desk.start()
    desk.edit_and_send()
    desk.edit_and_send()
    with closing(Ledger(connect_ledger(desk.ledger_path))) as ledger:
        with ledger.transaction():
            pass
        ledger._connection.execute("DELETE FROM notice_event WHERE seq > 4")  # what a file written over looks like
        with pytest.raises(LedgerFault, match="HD419"):
            ledger.recover(desk.clock.at)


def test_a_clone_by_git_begins_above_what_its_origin_may_have_sent(desk: Desk) -> None:
    desk.start()
    desk.git("init", "-q")
    desk.git("commit", "-q", "--allow-empty", "-m", "first")
    desk.edit_and_send()
    desk.edit_and_send()
    clone = desk.root.with_name("clone")
    desk.git("clone", "-q", str(desk.root), str(clone))
    other = Desk(clone, desk.state, desk.mailbox, clock=desk.clock)
    assert other.edit_and_send() == "HD420"
    other.start()
    assert other.edit_and_send() == ""
    assert len(set(desk.sequences)) == len(desk.sequences) == 3
    assert desk.edit_and_send() == ""  # and the one that sent before goes on


# What is no doubt


def restarted(_desk: Desk) -> None:
    """The same in another process, or after the machine's own restart."""


def folder_moved(desk: Desk) -> None:
    elsewhere = desk.root.with_name("elsewhere")
    desk.root.rename(elsewhere)  # another mount point of the same disk
    desk.root = elsewhere


def documents_removed(desk: Desk) -> None:
    shutil.rmtree(desk.root / "out")


def run_as_a_service(desk: Desk, patch: pytest.MonkeyPatch) -> None:
    """systemd gives a folder of its own, and no home can be seen."""
    folder = desk.state.with_name("var-lib")
    folder.mkdir()
    patch.setenv("STATE_DIRECTORY", str(folder))
    patch.setenv("HOME", "/nonexistent")


def marks_out_of_reach(desk: Desk) -> None:
    shutil.rmtree(desk.state)
    desk.state.write_text("no folder")


@pytest.mark.parametrize("change", [restarted, folder_moved, documents_removed], ids=lambda change: change.__name__)
def test_what_happens_to_every_machine_is_no_doubt(desk: Desk, change: Callable[[Desk], None]) -> None:
    desk.start()
    desk.edit_and_send()
    change(desk)
    assert (desk.edit_and_send(), desk.edit_and_send()) == ("", "")
    assert desk.sequences == [0, 1, 2]


def test_a_service_goes_on_with_what_was_started_from_the_command_line(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.start()
    assert desk.edit_and_send() == ""
    run_as_a_service(desk, monkeypatch)
    assert desk.edit_and_send() == ""
    kept = desk.root.with_name("kept")
    copy(desk.root, kept)
    assert desk.edit_and_send() == ""
    folder_rolled_back(desk, kept)
    assert desk.edit_and_send() == "HD419"


@pytest.mark.parametrize("shape", SHAPES, ids=lambda path: path.stem)
def test_an_upgrade_is_no_doubt_and_its_backup_is_one(desk: Desk, shape: Path) -> None:
    restore(shape, desk.ledger_path)
    with closing(connect_ledger(desk.ledger_path)) as connection:
        here = str(desk.ledger_path.stat().st_ino)
        connection.execute("UPDATE notice_meta SET value = ? WHERE key = 'started_file'", (here,))
    desk.clock.at = NOW + timedelta(days=1)
    old = desk.ledger_path.read_bytes()
    assert desk.send() == ""
    assert (desk.edit_and_send(), desk.sequences) == ("", [1, 2])
    with desk.ledger_path.open("r+b") as file:
        file.write(old)
        file.truncate()
    assert desk.edit_and_send() == "HD419"
    assert desk.sequences == [1, 2]


def test_a_machine_that_lets_nothing_be_kept_outside_still_sends(desk: Desk) -> None:
    desk.state.write_text("no folder")
    desk.start()
    assert (desk.edit_and_send(), desk.edit_and_send()) == ("", "")


def test_marks_tell_nothing_and_are_nobody_elses_to_read(desk: Desk) -> None:
    desk.start()
    desk.edit_and_send()
    marks = [*desk.state.rglob("mail"), desk.root / "out" / ".hopdocs-mail", *desk.root.glob(".git/hopdocs/*")]
    files = [path for path in marks if path.is_file()]
    assert len(files) == 3
    for path in files:
        assert path.stat().st_mode & 0o077 == 0
        assert "vesterlyng" not in path.read_text()
        assert FAMILY not in path.read_text()
    assert all(path.stat().st_mode & 0o077 == 0 for path in desk.state.rglob("*") if path.is_dir())


def test_the_verbs_for_it_send_nothing_before_a_person_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the command line, as a person does it: backup, an edit that is told, restore elsewhere, start."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with Mailbox() as mailbox:
        site = MailedWorkspace(tmp_path / "ws", mailbox)
        for path in (site.root / "families").glob("*.yaml"):
            if path.stem != "hop-2026-007":
                path.unlink()
        site.run("notices", "start")
        site.run("notices", "send")
        sent = len(mailbox.letters)
        assert sent
        site.run("backup", str(tmp_path / "kept"))
        site.edit("families/hop-2026-007.yaml", 'start: "10.00"', 'start: "10.30"')
        site.run("notices", "send")
        told = mailbox.letters[sent:]
        assert told
        shown = site.run("restore", str(tmp_path / "kept"), str(tmp_path / "again"))
        assert f"hopdocs -w {tmp_path / 'again'} notices start --known" in shown
        shutil.rmtree(site.root)
        site.root = tmp_path / "again"
        sent = len(mailbox.letters)
        site.edit("families/hop-2026-007.yaml", 'start: "10.00"', 'start: "11.00"')
        site.run("notices", "send")
        assert len(mailbox.letters) == sent
        rows = json.loads(site.run("notices", "list", "--format", "json"))["notices"]
        assert {row["code"] for row in rows} == {"HD419"}
        assert "HD419" in run("-w", str(site.root), "--today", "2026-11-21", "status").err
        site.run("notices", "start")
        site.run("notices", "send")
    again = [letter for letter in mailbox.letters[sent:] if letter.has_event]
    assert again
    held = max(int(letter.event["SEQUENCE"]) for letter in told if letter.has_event)
    assert all(int(letter.event["SEQUENCE"]) > held for letter in again)
    assert max(Counter(letter.message["Message-ID"] for letter in mailbox.letters).values()) == 1
