"""The live picture of `hopdocs watch`: hears what the service tells, and shows how it stands.

In a thread of its own: neither a save nor a mail waits for a terminal. How it stands is looked up when something was
told. The picture is composed anew each quarter of a second, for the clock, the bar and the terminal's size; where it is
the same as before, nothing is written.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections import Counter, deque
from typing import TYPE_CHECKING, Final, Protocol, Self

from hopdocs.cli.console import both
from hopdocs.cli.live.picture import Line, Look, Picture, Section, Work
from hopdocs.cli.live.screen import Screen
from hopdocs.cli.live.words import (
    list_courses,
    list_faults,
    list_mails,
    tell_delivery,
    tell_mail_fault,
    tell_round,
    tell_trouble,
)
from hopdocs.danish import say_clock, say_day
from hopdocs.diagnostics import Severity
from hopdocs.freshness.staleness import Action
from hopdocs.watching.outlook import Outlook, read_outlook, read_sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from types import TracebackType
    from zoneinfo import ZoneInfo

    from hopdocs.cli.console import Console
    from hopdocs.clock import Clock
    from hopdocs.cycle.report import CycleReport, Progress
    from hopdocs.diagnostics import Diagnostic
    from hopdocs.model.config import Config
    from hopdocs.notices.sending.outbox import Gates
    from hopdocs.watching.service import ServiceEvent
    from hopdocs.workspace import Workspace

    class Reporter(Protocol):
        """Whoever hears what the service tells."""

        def __call__(self, event: ServiceEvent) -> None:
            """Something happened."""

        def show_progress(self, step: Progress) -> None:
            """Something has come so far."""


LOOK_SECONDS: Final = 0.25
PATIENCE_SECONDS: Final = 1.0
"""Before the first picture, so that a service that cannot start is told of on the screen where it was called; and
before a bar, which quick work needs none of."""
_KEPT: Final = 200
"""News that are remembered; more stand on no terminal."""
_REST: Final = 10
"""So many times as long as a look took until the next: with ten thousand families and 36,000 mails it takes 0.3 s."""
_MOST_LOOKED_UP: Final = 60
"""Mails that left together of which it is told what they were."""


class LivePicture:
    """The reporter of a service that somebody looks at. `otherwise` gets to tell it if nothing can be drawn."""

    def __init__(  # noqa: PLR0913, PLR0917 - whom it is about, and what it works with
        self,
        console: Console,
        workspace: Workspace,
        config: Config,
        clock: Clock,
        zone: ZoneInfo,
        otherwise: Reporter,
    ) -> None:
        self._console = console
        self._workspace = workspace
        self._config = config
        self._clock = clock
        self._zone = zone
        self._otherwise = otherwise
        self._screen = Screen(sys.stdout)
        self._events: deque[ServiceEvent] = deque()
        self._came, self._ended = threading.Event(), threading.Event()
        self._is_broken = False
        self._drawer = threading.Thread(target=self._run, name="live picture", daemon=True)
        self._restore: Callable[[], object] = lambda: None
        self._step: Progress | None = None
        self._step_began = 0.0
        self._news: deque[Line] = deque(maxlen=_KEPT)
        self._report: CycleReport | None = None
        self._trouble: Line | None = None
        self._mail_fault = ""
        self._gates: Gates | None = None
        self._outlook = Outlook()
        self._is_outdated = True  # what the last service left is shown until the first round is through
        self._is_unseen = False  # a round is through, and how it stands since then was not looked up
        self._looks_at = 0.0
        self._sections: tuple[Section, ...] = ()
        self._done: Counter[str] = Counter()
        self._has_errors = False
        self.stop = threading.Event()
        """Set when the service is asked to end."""

    def __enter__(self) -> Self:
        before = signal.signal(signal.SIGTSTP, self._screen.suspend)
        self._restore = lambda: signal.signal(signal.SIGTSTP, before)
        self._drawer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, at: TracebackType | None) -> None:
        """The terminal is given back, whatever ended the service; of what the picture showed one line stays."""
        self._ended.set()
        self._came.set()
        self._drawer.join()
        self._screen.leave()
        self._restore()
        if kind is None and not self._is_broken:
            self._looks_at = 0.0
            self.take_events()
            self._console.say(f"{self._time()}  {self._last_words()}")

    def __call__(self, event: ServiceEvent) -> None:
        """What happened. Called by whoever it happened to, and over at once."""
        if self._is_broken:
            self._otherwise(event)
        else:
            self._events.append(event)
            self._came.set()

    def show_progress(self, step: Progress) -> None:
        """How far a stage has come."""
        if self._is_broken:
            self._otherwise.show_progress(step)
            return
        before = self._step
        if before is None or before.what != step.what or before.done > step.done:
            self._step_began = self._clock.monotonic()
        self._step = step

    def _run(self) -> None:
        try:
            self._ended.wait(PATIENCE_SECONDS)
            while not self._ended.is_set():
                self.take_events()
                self._screen.show(self.compose())
                self._came.wait(LOOK_SECONDS)
                self._came.clear()
        except Exception as err:  # noqa: BLE001 - a picture that fails must not take the service along
            self._give_up(err)

    def _give_up(self, err: Exception) -> None:
        """From here on in lines. Where the terminal is gone nobody reads them, and the service goes on."""
        self._is_broken = True
        with contextlib.suppress(Exception):
            self._screen.leave()
            said = both(
                en=f"the picture cannot be drawn ({type(err).__name__}); in lines from here on",
                da=f"billedet kan ikke tegnes ({type(err).__name__}); herfra kommer det i linjer",
            )
            self._console.tell(f"{self._time()}  {said}")
            while self._events:
                self._otherwise(self._events.popleft())

    def take_events(self) -> None:
        """Make news of what was told, and look at how it stands if that is due."""
        while self._events:
            event = self._events.popleft()
            self._news.extendleft(self._news_of(event))
            self._take_note(event)
            self._is_outdated = True
        if self._is_outdated and self._clock.monotonic() >= self._looks_at:
            began = self._clock.monotonic()
            self._look()
            ended = self._clock.monotonic()
            self._looks_at = ended + _REST * (ended - began)

    def _look(self) -> None:
        self._is_outdated = self._is_unseen = False
        self._outlook = read_outlook(self._workspace, self._config, self._gates, self._clock.now())
        told = {item.sort_key: item for item in (*self._standing_faults(), *self._outlook.faults)}
        self._has_errors = any(item.severity is Severity.ERROR for item in told.values())
        self._sections = (
            list_faults(tuple(told.values()), self._outlook.figures.families_with_errors),
            list_mails(self._outlook, self._now()),
            list_courses(self._outlook),
        )

    def _news_of(self, event: ServiceEvent) -> Iterator[Line]:
        when = self._time()
        if event.report is not None:
            yield from tell_round(event.report, when)
        if event.delivery is not None:
            sent = event.delivery.accepted
            known = read_sent(self._workspace, self._config, sent) if len(sent) <= _MOST_LOOKED_UP else ()
            yield from tell_delivery(event.delivery, known, when)
            fault, before = event.delivery.fault, self._mail_fault
            self._mail_fault = fault.code if fault is not None else ""
            if fault is not None and fault.code != before:  # it is told at each try
                yield tell_mail_fault(fault, when)
        yield from tell_trouble(event.diagnostics, when)

    def _take_note(self, event: ServiceEvent) -> None:
        """What the picture shows until something else is told."""
        report = event.report
        if report is not None:
            self._report, self._trouble, self._gates, self._step = report, None, report.gates, None
            self._is_unseen = True
            if report.shared is not None:
                self._config = report.shared.config
            self._done.update(line.action.value for line in report.documents)
        elif event.diagnostics:
            worst = next((item for item in event.diagnostics if item.severity is Severity.ERROR), None)
            if worst is not None:
                self._step = None
                self._trouble = next(tell_trouble([worst], ""))
        if event.delivery is not None:
            self._done["sent"] += len(event.delivery.accepted)

    def _standing_faults(self) -> tuple[Diagnostic, ...]:
        """What the last round told: of the files it looked at, and of what all share."""
        return tuple(self._report.diagnostics) if self._report is not None else ()

    def compose(self) -> Picture:
        """The picture of this moment."""
        now, count = self._now(), self._outlook.figures.families
        where = [self._config.municipality.name]
        if count:
            where.append(_say_families(count))
        page = self._workspace.output(self._config.documents) / "overblik.html"
        if page.is_relative_to(self._workspace.root):
            page = page.relative_to(self._workspace.root)
        return Picture(
            where=" · ".join(where),
            day=both(en=f"{now:%A %d %B}", da=say_day(now.date())),
            clock=both(en=say_clock(now), da=f"kl. {say_clock(now)}"),
            state=self._state(),
            work=self._work(),
            news=Section(both(en="Latest", da="Sidst"), tuple(self._news)),
            sections=self._sections,
            foot=both(en=f"Ctrl-C ends it · {page}", da=f"Ctrl-C slutter · {page}"),
        )

    def _work(self) -> Work | None:
        """What takes longer than a moment; a stage that is through is none, though the round goes on."""
        step = self._step
        if step is None or self.stop.is_set() or not self._takes_long() or step.done >= step.total:
            return None
        words = {"documents": both(en="Building", da="Bygger"), "pdf": both(en="Making PDFs", da="Laver PDF'er")}
        return Work(words.get(step.what, step.what), step.done, step.total)

    def _takes_long(self) -> bool:
        return self._step is not None and self._clock.monotonic() - self._step_began >= PATIENCE_SECONDS

    def _state(self) -> Line:
        if self.stop.is_set():
            return Line(both(en="Ending: what is begun is finished", da="Slutter: det, der er i gang, gøres færdigt"))
        if self._trouble is not None:
            return self._trouble
        if self._step is not None or self._report is None or self._is_unseen:
            return self._say_what_goes_on()
        if self._report.must_retry:
            return Line(both(en="Something is left, and tried again", da="Noget mangler endnu; det prøves igen"))
        if self._has_errors:
            all_but = both(en="Made, but for what has faults", da="Alt er lavet, undtagen hvor der er fejl")
            return Line(all_but, look=Look.CHANGED)
        all_done = both(en="All is made; waiting for a save", da="Alt er lavet; venter på, at nogen gemmer")
        return Line(all_done, look=Look.GOOD)

    def _say_what_goes_on(self) -> Line:
        """In a round. A person who saved hears at once that her letters are right, while their PDFs are made."""
        step = self._step
        are_made = self._is_unseen if step is None else step.what == "pdf" or step.done >= step.total
        if are_made:
            return Line(both(en="Word files are made; the rest follows …", da="Word-filerne er lavet; resten følger …"))
        return Line(both(en="Going through the files …", da="Ser filerne igennem …"), look=Look.QUIET)

    def _last_words(self) -> str:
        done = self._done
        parts = [
            (done[Action.MADE.value], both(en="made", da="lavet")),
            (done[Action.REMOVED.value], both(en="removed", da="fjernet")),
            (done["sent"], both(en="mails sent", da="mails sendt")),
        ]
        told = ", ".join(f"{number} {word}" for number, word in parts if number)
        left = both(en="; the files have errors: hopdocs check", da="; der er fejl i filerne: hopdocs check")
        return both(en="stopped", da="stoppet") + (f": {told}" if told else "") + (left if self._has_errors else "")

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone)

    def _time(self) -> str:
        return f"{self._now():%H.%M.%S}"


def _say_families(count: int) -> str:
    return both(en="1 family", da="1 familie") if count == 1 else both(en=f"{count} families", da=f"{count} familier")
