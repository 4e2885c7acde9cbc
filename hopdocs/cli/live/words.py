"""What the picture says, in the person's language: of rounds, mails that left and that will leave, faults, courses."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hopdocs.catalogue import choose_language, fill_hint, fill_message
from hopdocs.catalogue.report import render_headline
from hopdocs.cli.build_summary import changed_documents, reason_text, summary_of
from hopdocs.cli.console import both
from hopdocs.cli.live.picture import Line, Look, Section
from hopdocs.cli.outbox import say_not_started
from hopdocs.cli.send_round import show_delivery
from hopdocs.cycle.mail.answers_folder import say_nothing_came
from hopdocs.danish import say_clock
from hopdocs.diagnostics import Severity
from hopdocs.freshness.staleness import Action, Format
from hopdocs.notices.ledger.standing import NOT_STARTED, Reason
from hopdocs.notices.reasons import say_params

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from hopdocs.cycle.report import CycleReport, DocumentLine
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.errors import HopdocsError
    from hopdocs.notices.sending.delivery import DeliveryReport
    from hopdocs.notices.sending.outbox import Hold
    from hopdocs.watching.outlook import HeldMails, MailGroup, OpenCourse, Outlook

_MOST_FAMILIES: Final = 6
"""Of more families than this a round is told in one line: their names would push all else away."""
_MOST_WARNINGS: Final = 3
"""They are no hurry, and the same ones for weeks."""
_LOOKS: Final = {Severity.ERROR: Look.BAD, Severity.WARNING: Look.CHANGED, Severity.ADVICE: Look.QUIET}


def tell_round(report: CycleReport, when: str) -> Iterator[Line]:
    """What a round did, as news."""
    changed = changed_documents(report)
    families = list(dict.fromkeys(line.family for line in changed))
    if len(families) > _MOST_FAMILIES:
        count = len(families)
        of_all = both(en=f"of {count} families", da=f"til {count} familier")
        yield Line(f"{summary_of(changed).removesuffix('.')} {of_all}", when=when, look=_look_of(changed))
    else:
        for family in families:
            own = [line for line in changed if line.family == family]
            yield Line(_say_made(own), family or _project(), when, _look_of(own))
    if report.queued:
        count = report.queued
        yield Line(both(en=f"{count} notices planned", da=f"{count} mails lagt klar"), when=when)
    if report.answers or report.bounces:
        answers, bounces = report.answers, report.bounces
        yield Line(
            both(en=f"{answers} answers and {bounces} bounces read", da=f"{answers} svar og {bounces} returmails læst"),
            when=when,
        )
    if report.nothing and report.shared is not None:
        said = say_nothing_came(report.nothing, report.shared.config, choose_language())
        yield Line(said, when=when, look=Look.CHANGED)


def tell_delivery(delivery: DeliveryReport, sent: Sequence[MailGroup], when: str) -> Iterator[Line]:
    """What became of a round of mails: what was sent of which family, else how many."""
    others = any((delivery.failed, delivery.deferred, delivery.in_doubt))
    for group in sent:
        to = _say_recipients(group.recipients)
        yield Line(f"{both(en='sent to', da='sendt til')} {to} – {group.what}", group.family, when, Look.GOOD)
    if others or (delivery.accepted and not sent):
        look = Look.BAD if delivery.failed or delivery.in_doubt else Look.CHANGED if others else Look.GOOD
        yield Line(both(en="mail: ", da="mails: ") + show_delivery(delivery), when=when, look=look)


def tell_mail_fault(fault: HopdocsError, when: str) -> Line:
    """Why no mail can leave."""
    return Line(fill_message(fault.code, fault.params, choose_language()), when=when, look=Look.BAD)


def tell_trouble(diagnostics: Iterable[Diagnostic], when: str) -> Iterator[Line]:
    """What the service itself has to say: a round that could not be, a lock that it waits for."""
    for item in diagnostics:
        yield Line(render_headline(item, choose_language()).removeprefix(": "), when=when, look=_LOOKS[item.severity])


def list_faults(faults: Sequence[Diagnostic], families: int = 0) -> Section:
    """What is wrong in the files: errors with the mend of the first, then a few warnings. `families` have errors."""
    language = choose_language()
    errors = [item for item in faults if item.severity is Severity.ERROR]
    warnings = [item for item in faults if item.severity is Severity.WARNING]
    lines = [_say_fault(item) for item in (*errors, *warnings[:_MOST_WARNINGS])]
    hint = fill_hint(errors[0].code, errors[0].params, language) if errors else ""
    if hint:
        lines.insert(1, Line(f"  {both(en='hint', da='løsning')}: {hint}", look=Look.QUIET))
    if len(warnings) > _MOST_WARNINGS:
        lines.append(Line(both(en="and more: hopdocs check", da="og flere: hopdocs check"), look=Look.QUIET))
    title = both(en="Faults and warnings", da="Fejl og advarsler")
    stopped = both(en=f" · {families} families with errors", da=f" · {families} familier med fejl")
    return Section(title + (stopped if families > 1 else ""), tuple(lines))


def list_mails(outlook: Outlook, now: datetime) -> Section:
    """What leaves when, soonest first, and how much waits for something else."""
    lines = [
        Line(f"{group.what} → {_say_recipients(group.recipients)}", group.family, _say_moment(group.at, now.date()))
        for group in outlook.leaving
    ]
    lines[:0] = [Line(f"{_say_count(held)}: {_say_hold(held.hold)}", look=Look.CHANGED) for held in outlook.held]
    if lines and outlook.has_no_server:
        lines.insert(0, Line(fill_message("HD713", {}, choose_language()), look=Look.CHANGED))
    count = outlook.figures.pending
    return Section(both(en=f"Mail on its way ({count})", da=f"Mails på vej ({count})"), tuple(lines))


def list_courses(outlook: Outlook) -> Section:
    """Courses in which something is late or waits for somebody, those with the most first."""
    count = outlook.open_count
    title = both(en=f"Late, and waiting ({count})", da=f"Overskredet, og hvem der ventes på ({count})")
    return Section(title, tuple(Line(_say_course(item), item.family) for item in outlook.open))


def _say_fault(item: Diagnostic) -> Line:
    return Line(render_headline(item, choose_language()).removeprefix("families/"), look=_LOOKS[item.severity])


def _say_made(lines: Sequence[DocumentLine]) -> str:
    """`18 lavet: familiens fil er ændret (møde) · dagsorden, invitation`; a PDF's reason is only its Word file."""
    kinds = ", ".join(dict.fromkeys(line.kind for line in lines))
    causes = [line for line in lines if line.format != Format.PDF.value] or lines
    why = Counter(map(reason_text, causes)).most_common(1)[0][0]
    return f"{summary_of(lines).removesuffix('.')}: {why} · {kinds}"


def _look_of(lines: Iterable[DocumentLine]) -> Look:
    actions = {line.action for line in lines}
    if Action.FAILED in actions:
        return Look.BAD
    return Look.GOOD if Action.MADE in actions else Look.CHANGED


def _project() -> str:
    return both(en="project", da="projektet")


def _say_count(held: HeldMails) -> str:
    least = both(en="at least ", da="mindst ") if held.is_least else ""
    return f"{least}{held.count} {both(en='wait', da='venter')}"


def _say_hold(hold: Hold) -> str:
    if hold.code == NOT_STARTED:
        return say_not_started(Reason(hold.code))
    language = choose_language()
    return fill_message(hold.code, say_params(hold.params, language), language)


def _say_recipients(recipients: Sequence[str]) -> str:
    count = len(recipients)
    return recipients[0] if count == 1 else both(en=f"{count} people", da=f"{count} personer")


def _say_moment(moment: datetime | None, today: date) -> str:
    """`kl. 12.41`, `i morgen kl. 07.00`, `24.11. kl. 07.00`."""
    if moment is None:
        return both(en="now", da="nu")
    at = both(en=say_clock(moment), da=f"kl. {say_clock(moment)}")
    if moment.date() == today:
        return at
    if moment.date() == today + timedelta(days=1):
        return both(en=f"tomorrow {at}", da=f"i morgen {at}")
    return both(en=f"{moment:%Y-%m-%d} {at}", da=f"{moment.day}.{moment.month}. {at}")


def _say_course(course: OpenCourse) -> str:
    late = both(en="late: ", da="overskredet: ") + ", ".join(course.overdue) if course.overdue else ""
    waits = both(en="waits for ", da="venter på ") + "; ".join(course.waiting_for) if course.waiting_for else ""
    return " · ".join(part for part in (late, waits) if part)
