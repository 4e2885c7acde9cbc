"""One round of planning, or of planning and delivering, without the watcher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.catalogue import choose_language
from hopdocs.cli.console import both
from hopdocs.cli.outbox import open_ledger, refuse_another_day, say_not_started
from hopdocs.cli.workspace_loading import clock_of, read_config
from hopdocs.cycle.mail.answers_folder import say_nothing_came
from hopdocs.cycle.mail.notice_planning import transport_settings
from hopdocs.cycle.run import CycleOptions, Session, run_cycle
from hopdocs.errors import MailFault, WorkspaceFault
from hopdocs.notices.sending.delivery import become_sender, deliver_now
from hopdocs.notices.sending.pause import ServerPause
from hopdocs.watching.mail_sender import SENDER_LOCK

if TYPE_CHECKING:
    from hopdocs.cli.program import Invocation
    from hopdocs.notices.sending.delivery import DeliveryReport


def _pdfs_can_wait() -> bool:
    """A round for mail leaves the slow part to the next build."""
    return True


_PLANNING = CycleOptions(plans_notices=True, should_stop=_pdfs_can_wait)


def plan_notices_now(invocation: Invocation) -> None:
    """Puts what is due into the ledger."""
    workspace, config = read_config(invocation)
    run_cycle(workspace, clock_of(invocation, config), _PLANNING)


def send_due_now(invocation: Invocation, output: str) -> None:
    """Plans, and sends what no gate holds back."""
    _workspace, config = read_config(invocation)
    refuse_another_day(invocation, config)
    console = invocation.console
    was_paused = _end_pause(invocation)
    try:
        _send_round(invocation, output)
    except WorkspaceFault as fault:
        if fault.code != "HD502" or not was_paused:
            raise
        en = "The pause is over: the watcher, which runs here, tries the mail server at once."
        da = "Pausen er slut: vagten, der kører her, prøver mailserveren med det samme."
        console.say(both(en=en, da=da))


def _end_pause(invocation: Invocation) -> bool:
    """A person wants it tried now, whoever sends: the pause that a fault of the server began is over."""
    with open_ledger(invocation, writes=True) as opened:
        return ServerPause(opened.ledger).end()


def _send_round(invocation: Invocation, output: str) -> None:
    workspace, config = read_config(invocation)
    console, clock = invocation.console, clock_of(invocation, config)
    with Session(workspace, clock) as session:
        report = run_cycle(workspace, clock, _PLANNING, session)
        ledger = session.ledger
        if config.mail is None or ledger is None or report.gates is None:
            console.say(both(en="config.yaml has no mail.", da="config.yaml har ingen mail."))
            return
        settings = transport_settings(config, workspace)
        if settings is None:
            raise MailFault("HD713")
        reason = ledger.why_not_started()
        with become_sender(ledger, workspace.state / SENDER_LOCK, clock.now()):
            done = deliver_now(ledger, settings, clock, report.gates)
    if report.nothing:
        console.tell(say_nothing_came(report.nothing, config, choose_language()))
    if output == "json":
        console.emit_json(
            {"sent": done.accepted, "failed": done.failed, "waiting": done.deferred, "in_doubt": done.in_doubt}
        )
    elif done.fault is None or _counts(done):
        console.say(show_delivery(done))
    if reason is not None:
        console.tell(say_not_started(reason))
    if done.fault is not None:
        raise done.fault


def show_delivery(done: DeliveryReport) -> str:
    """What became of a round's mails, in numbers."""
    parts = [f"{number} {word}" for number, word in _counts(done)]
    return (", ".join(parts) or both(en="nothing was due", da="intet skulle ud")) + "."


def _counts(done: DeliveryReport) -> list[tuple[int, str]]:
    counts = [
        (len(done.accepted), both(en="sent", da="sendt")),
        (len(done.failed), both(en="refused", da="afvist")),
        (len(done.deferred), both(en="to be tried again", da="prøves igen")),
        (len(done.in_doubt), both(en="in doubt", da="uvist")),
    ]
    return [item for item in counts if item[0]]
