"""`hopdocs demo`: the real watcher on sample families, with a mail server of its own on loopback.

What is shown is what happens: the demo starts `hopdocs watch` as a process of its own, runs `hopdocs notices start`,
and saves an edit as an editor does. It only watches and tells.
"""

from __future__ import annotations

import difflib
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hopdocs.cli.console import Console
    from hopdocs.cli.demo_smtp import Letter
    from hopdocs.cli.demo_stage import DemoStage

FAMILY: Final = "HOP-2026-007"
OLD_TIME: Final = ('    start: "10.00"\n    end: "12.00"\n', '    start: "12.30"\n    end: "14.30"\n')
_SHOWN_LETTERS: Final = 3


@verb(
    help=both(
        en="Show the whole thing on sample families, as of 21 November 2026: the first build, the invitations, and "
        "what happens when a tovholder saves a new time for a meeting. It works in a temporary folder, sends to a "
        "mail server of its own on this machine, and ends by itself. With --keep the watcher stays up. --large shows "
        "the reports about all families instead, on sixty invented courses.",
        da="Vis det hele på prøvefamilier, som var det den 21. november 2026: de første breve, indkaldelserne, og "
        "hvad der sker, når en tovholder gemmer en ny tid for et møde. Det foregår i en midlertidig mappe, med en "
        "egen mailserver på samme maskine, og slutter af sig selv. Med --keep bliver vagten kørende. --large viser i "
        "stedet rapporterne om alle familier, på tres opdigtede forløb.",
    ),
    examples=("hopdocs demo", "hopdocs demo --keep", "hopdocs demo --large"),
)
@click.option("--keep", is_flag=True, help=both(en="Stay up until Ctrl-C.", da="Bliv kørende, til Ctrl-C."))
@click.option(
    "--large", is_flag=True, help=both(en="Sixty families over thirty months.", da="Tres familier i tredive måneder.")
)
@click.pass_obj
def command(invocation: Invocation, *, keep: bool, large: bool) -> None:
    """Acts, waits and tells."""
    if large:
        from hopdocs.cli.verbs.demo.large import show_large  # noqa: PLC0415 - for this alone

        show_large(invocation.console)
        return
    from hopdocs.cli.demo_stage import DemoStage  # noqa: PLC0415 - the mail server and all below

    folder = Path(tempfile.mkdtemp(prefix="hopdocs-demo-"))
    console = invocation.console
    with DemoStage(folder) as stage:
        _open(console, stage)
        _build(console, stage)
        _invite(console, stage)
        _move_the_meeting(console, stage)
        _say_where_to_look(console, stage)
        if keep:
            _stay(console, stage)


def _heading(console: Console, text: str) -> None:
    console.say()
    console.say(console.style(text, "bold"))


def _open(console: Console, stage: DemoStage) -> None:
    console.say(console.style(both(en="hopdocs, as of 21 November 2026", da="hopdocs, den 21. november 2026"), "bold"))
    console.say(both(en="  families   ", da="  familier   ") + f"{stage.root}/families")
    console.say(both(en="  mail       ", da="  mail       ") + f"127.0.0.1:{stage.mailbox.port}, {stage.mails}")
    console.say(f"  hopdocs    {' '.join(stage.watch_words)}")


def _build(console: Console, stage: DemoStage) -> None:
    _heading(console, both(en="1. The watcher makes what is missing", da="1. Vagten laver det, der mangler"))
    began = time.monotonic()
    made: list[dict[str, Any]] = []
    stages = {"documents": both(en="  Word files", da="  Word-filer"), "pdf": both(en="  PDFs", da="  PDF'er")}
    with console.progress("") as advance:
        for event in stage.events_until(lambda event: event["event"] == "cycle" and not event["unfinished"]):
            made += [row for row in event.get("documents", ()) if row["action"] == "made"]
            if event["event"] == "progress":
                advance(event["done"], event["total"], stages[event["stage"]])
    seconds = time.monotonic() - began
    counts: dict[str, list[int]] = {}
    for row in made:
        counts.setdefault(row["family"] or "project.yaml", [0, 0])[row["format"] == "pdf"] += 1
    for family, (words, pdfs) in sorted(counts.items()):
        console.say(
            f"  {family}  " + both(en=f"{words} Word files, {pdfs} PDFs", da=f"{words} Word-filer, {pdfs} PDF'er")
        )
    console.say(both(en=f"  {len(made)} files in {seconds:.0f} s", da=f"  {len(made)} filer på {seconds:.0f} s"))
    if not any(row["format"] == "pdf" for row in made):
        console.say(
            both(en="  No PDFs: LibreOffice is not installed.", da="  Ingen PDF'er: LibreOffice er ikke installeret.")
        )


def _invite(console: Console, stage: DemoStage) -> None:
    _heading(console, both(en="2. hopdocs notices start", da="2. hopdocs notices start"))
    waiting = stage.waiting_notices()
    console.say(
        both(
            en=f"  {len(waiting)} notices waited: a new workspace sends nothing before a person says so.",
            da=f"  {len(waiting)} mails ventede: et nyt arbejdsområde sender intet, før et menneske siger til.",
        )
    )
    console.say(f"  {stage.start_notices()}")
    _say_letters(console, stage.letters_after(0, len(waiting)), both(en="left", da="gik ud"), shown=_SHOWN_LETTERS)


def _move_the_meeting(console: Console, stage: DemoStage) -> None:
    _heading(
        console,
        both(
            en="3. A tovholder moves the familieplansmøde and saves",
            da="3. En tovholder flytter familieplansmødet og gemmer",
        ),
    )
    before = len(stage.mailbox.letters)
    old, new = stage.save_edit(FAMILY, "familieplan", OLD_TIME)
    saved = time.monotonic()
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""):
        if line.startswith(("+ ", "- ")):
            console.say(
                f"  {stage.family_file(FAMILY).name}  {console.style(line, 'green' if line[0] == '+' else 'red')}"
            )
    console.say()
    words_after, rows = 0.0, list[dict[str, Any]]()

    def is_whole(event: dict[str, Any]) -> bool:
        """Whether what the save set in motion has come to its end."""
        return event["event"] == "cycle" and bool(rows) and not event["unfinished"]

    for event in stage.events_until(is_whole):
        if event["event"] == "progress" and event["stage"] == "documents":
            words_after = time.monotonic() - saved
        elif event["event"] == "cycle":
            rows += event["documents"]
            _say_made(console, event["documents"])
    pdfs = sum(row["format"] == "pdf" and row["action"] == "made" for row in rows)
    _say_seconds(console, words_after, pdfs, time.monotonic() - saved)
    console.say()
    letters = stage.letters_after(before, len(stage.team(FAMILY)))
    _say_letters(console, letters, both(en="left", da="gik ud"), shown=len(letters))
    console.say(
        both(
            en="  The family gets letters, never mail: the new ones are ready to be delivered.",
            da="  Familien får breve, aldrig mail: de nye ligger klar til at blive afleveret.",
        )
    )
    _say_one_letter(console, letters[0])


def _say_made(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    """Each Word file that was made or removed, and why."""
    for row in rows:
        if row["format"] == "docx":
            sign = {"made": "+", "removed": "-"}.get(row["action"], "!")
            console.say(f"  {sign} {Path(row['path']).name.ljust(38)} {console.style(row['reason'], 'dim')}")


def _say_seconds(console: Console, words: float, pdfs: int, whole: float) -> None:
    console.say(
        both(
            en=f"  Word files {words:.1f} s after the save, their {pdfs} PDFs after {whole:.1f} s",
            da=f"  Word-filer {words:.1f} s efter, at der blev gemt, og deres {pdfs} PDF'er efter {whole:.1f} s",
        )
    )


def _say_letters(console: Console, letters: Sequence[Letter], what: str, *, shown: int) -> None:
    for letter in letters[:shown]:
        console.say(f"  → {letter.recipient.ljust(26)} {letter.subject}")
    if len(letters) > shown:
        console.say(both(en=f"    and {len(letters) - shown} more", da=f"    og {len(letters) - shown} til"))
    count = len(letters)
    console.say(both(en=f"  {count} mails {what}", da=f"  {count} mails {what}"))


def _say_one_letter(console: Console, letter: Letter) -> None:
    _heading(console, both(en="4. One of the mails", da="4. En af mailene"))
    console.say(f"  Subject: {letter.subject}")
    plain = letter.message.get_body(("plain",))
    for line in (plain.get_content() if plain is not None else "").splitlines():
        console.say(f"  | {line}".rstrip())
    for line in letter.calendar_lines("UID", "SEQUENCE", "DTSTART", "DTEND", "LOCATION", "SUMMARY"):
        console.say(f"  {console.style(line, 'dim')}")


def _say_where_to_look(console: Console, stage: DemoStage) -> None:
    _heading(console, both(en="Where to look", da="Her kan du se det"))
    rows = [
        (both(en="all families", da="alle familier"), stage.root / "out" / "overblik.html"),
        (both(en="this family", da="denne familie"), stage.output(FAMILY) / "overblik.html"),
        (both(en="its letters", da="dens breve"), stage.output(FAMILY)),
        (both(en="the mails", da="mailene"), stage.mails),
    ]
    for name, path in rows:
        console.say(f"  {name.ljust(14)} {path}")


def _stay(console: Console, stage: DemoStage) -> None:
    """Until somebody says stop; what happens meanwhile is told as it happens."""
    console.say()
    console.say(
        both(
            en=f"The watcher stays up. Edit {stage.root}/families; stop with Ctrl-C.",
            da=f"Vagten bliver kørende. Ret i {stage.root}/families; stop med Ctrl-C.",
        )
    )
    told = len(stage.mailbox.letters)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while stage.is_running():
            for event in stage.events_for(1.0):
                if event["event"] == "cycle":
                    _say_made(console, event["documents"])
            letters = stage.mailbox.letters[told:]
            told += len(letters)
            for letter in letters:
                console.say(f"  → {letter.recipient.ljust(26)} {letter.subject}")
    except KeyboardInterrupt:
        console.say()
