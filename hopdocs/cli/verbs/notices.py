"""`hopdocs notices`: what would leave, what waits and why, and a person's hand on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, VerbGroup, format_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from hopdocs.cli.outbox import OpenLedger
    from hopdocs.model.config import Config
    from hopdocs.notices.preview import Preview
    from hopdocs.notices.record import NoticeId


@click.group(
    cls=VerbGroup,
    help=both(
        en="See and steer the mail that is on its way to professionals. A workspace sends nothing before `start`, "
        "a new one no more than another. While `redirect_all_to` stands in config.yaml, as `hopdocs init` writes it, "
        "everything goes to that one address.",
        da="Se og styr de mails, der er på vej til fagpersoner. Et arbejdsområde sender intet før `start`, "
        "heller ikke et nyt. Så længe `redirect_all_to` står i config.yaml, som `hopdocs init` skriver det, går alt "
        "til den ene adresse.",
    ),
)
def command() -> None:
    """Groups what is done with notices."""


_WHICH = click.argument("which", nargs=-1, required=True, metavar="ID|FAMILY|all...")


@command.command(
    "start",
    short_help=both(en="let mail leave from this workspace", da="lad mails gå ud herfra"),
    help=both(
        en="Say that mail may leave from this workspace. What is due goes out with the watcher's next cycle.\n\n"
        "With --known, what is due counts as told already: for a ledger that was lost, or families that were invited "
        "by other means. Only later changes are told then.",
        da="Sig, at mails må gå ud fra dette arbejdsområde. Det, der skal ud, går med næste runde.\n\n"
        "Med --known regnes det, der skal ud, for fortalt: når historien er gået tabt, eller folk er indkaldt på anden "
        "vis. Så fortælles kun senere ændringer.",
    ),
    examples=("hopdocs notices preview && hopdocs notices start", "hopdocs notices start --known"),
)
@click.option("--known", is_flag=True, help=both(en="People know already.", da="Folk ved det allerede."))
@click.pass_obj
def start_notices(invocation: Invocation, *, known: bool) -> None:
    """Starts the ledger, once."""
    from hopdocs.cli.outbox import open_lasting_ledger, refuse_another_day  # noqa: PLC0415 - sqlite and all below
    from hopdocs.cycle.mail.mail_settings import accept_mail_settings  # noqa: PLC0415
    from hopdocs.operator_file import read_config_text, use_config  # noqa: PLC0415

    console = invocation.console
    with open_lasting_ledger(invocation) as opened:
        refuse_another_day(invocation, opened.config)
        if opened.ledger.started:
            console.say(both(en="Mail may leave from here already.", da="Mails må allerede gå ud herfra."))
            if known:
                console.say(
                    both(
                        en="--known has changed nothing: what waits is not counted as told, and leaves.",
                        da="--known har intet ændret: det, der venter, regnes ikke for fortalt og går ud.",
                    )
                )
            return
        if known:
            _refuse_trial(opened.config)
        accept_mail_settings(use_config(read_config_text(opened.workspace)), opened.ledger)
        if known:
            _plan_first(invocation)
            told = opened.ledger.start_known(opened.now)
            console.say(
                both(en=f"Started; {told} notices count as told.", da=f"Sat i gang; {told} mails regnes for sendt.")
            )
        else:
            opened.ledger.start(opened.now)
            console.say(both(en="Started: what is due may leave.", da="Sat i gang: det, der skal ud, må gå."))


def _refuse_trial(config: Config) -> None:
    """Nothing counts as told in a trial: what people know would leave for them once it is over."""
    box = config.mail.redirect_all_to if config.mail else None
    if box is not None:
        msg = both(
            en=f"nothing counts as told while everything goes to {box}: delete the line redirect_all_to in config.yaml",
            da=f"intet regnes for sendt, så længe alt går til {box}: slet linjen redirect_all_to i config.yaml",
        )
        raise click.UsageError(msg)


def _plan_first(invocation: Invocation) -> None:
    """So that all that is due stands in the ledger; a running watcher has seen to it already."""
    from hopdocs.cli.send_round import plan_notices_now  # noqa: PLC0415
    from hopdocs.errors import WorkspaceFault  # noqa: PLC0415

    try:
        plan_notices_now(invocation)
    except WorkspaceFault as err:
        if err.code != "HD502":  # somebody else holds the workspace: the watcher
            raise


@command.command(
    "list",
    short_help=both(en="what waits, and why", da="hvad der venter, og hvorfor"),
    help=both(
        en="Show the notices that wait, each with its reason; with --all also what left and what was dropped.",
        da="Vis de mails, der venter, hver med sin grund; med --all også dem, der er sendt eller faldet bort.",
    ),
    examples=("hopdocs notices list", "hopdocs notices list --all HOP-2026-007", "hopdocs notices list --format json"),
)
@click.argument("families", nargs=-1, metavar="[FAMILY]...")
@click.option("--all", "whole", is_flag=True, help=both(en="Also what is settled.", da="Også det, der er afgjort."))
@format_option("json")
@click.pass_obj
def list_notices(invocation: Invocation, families: tuple[str, ...], *, whole: bool, output: str) -> None:
    """Judges what stands in the ledger against the gates of this moment."""
    from hopdocs.catalogue import choose_language  # noqa: PLC0415
    from hopdocs.cli.outbox import open_ledger, open_outbox, say_not_started  # noqa: PLC0415
    from hopdocs.cli.workspace_loading import find_family  # noqa: PLC0415
    from hopdocs.notices.record import State  # noqa: PLC0415

    language, console = choose_language(), invocation.console
    wanted = {item.lower() for item in families}
    with open_ledger(invocation) as opened:
        outbox = open_outbox(invocation, opened)
        settled = [] if not whole else opened.ledger.in_state(*(state for state in State if state is not State.PENDING))
        unsettled = opened.ledger.in_state(State.FAILED, State.IN_DOUBT, State.DATA_STARTED) if not whole else []
        rows = [*outbox.rows(), *(outbox.judge(record) for record in (*settled, *unsettled))]
        known = {row.record.family.lower() for row in rows}
        for name in families:
            if name.lower() not in known:
                find_family(opened.workspace, name)  # it is there, and nothing of it waits
        shapes = [row.as_json(language) for row in rows if not wanted or row.record.family.lower() in wanted]
        reason = opened.ledger.why_not_started()
    shapes.sort(key=lambda shape: shape["id"])
    if output == "json":
        console.emit_json({"notices": shapes})
        return
    keys = ("id", "family", "meeting", "kind", "recipient", "state", "reason")
    heads = [
        "id",
        both(en="family", da="familie"),
        both(en="meeting", da="møde"),
        both(en="kind", da="slags"),
        both(en="to", da="til"),
        both(en="state", da="tilstand"),
        both(en="why", da="hvorfor"),
    ]
    if shapes:
        console.table([[str(shape[key]) for key in keys] for shape in shapes], heads)
    else:
        console.say(both(en="Nothing waits.", da="Intet venter."))
    if reason is not None:
        console.tell(say_not_started(reason))


@command.command(
    "preview",
    short_help=both(en="exactly what would leave", da="præcis, hvad der ville gå ud"),
    help=both(
        en="Show exactly what would leave for the families' files as they are now, to whom and why. Nothing is written "
        "down and nothing is sent. With --to, each mail is also put there as an .eml file.",
        da="Vis præcis, hvad der ville gå ud for filerne, som de er nu, til hvem og hvorfor. Intet skrives ned, og "
        "intet sendes. Med --to lægges hver mail også dér som en .eml-fil.",
    ),
    examples=("hopdocs notices preview", "hopdocs notices preview --to mails/"),
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=both(en="A folder for .eml files.", da="En mappe til .eml-filer."),
)
@format_option("json")
@click.pass_obj
def preview_all(invocation: Invocation, folder: Path | None, output: str) -> None:
    """Plans as a cycle would, without a ledger to write in."""
    from hopdocs.cli.findings import show_aside  # noqa: PLC0415
    from hopdocs.cli.outbox import open_ledger, wanted_families  # noqa: PLC0415
    from hopdocs.notices.preview import preview_notices  # noqa: PLC0415

    with open_ledger(invocation) as opened:
        wanted, present, faults = wanted_families(invocation, opened)
        channel = (opened.config.mail.redirect_all_to or "") if opened.config.mail else ""
        gone = opened.ledger.families_ahead(opened.now) - set(present)
        preview = preview_notices(wanted, opened.ledger, opened.now, gone=gone, channel=channel)
        if folder is not None:
            _save_mails(folder, preview)
        if output == "json":
            invocation.console.emit_json(
                {
                    "notices": [item.as_json() for item in preview.notices],
                    "dropped": [{"id": record.id, "reason": reason} for record, reason in preview.dropped],
                    "waiting": [record.id for record in preview.waiting],
                }
            )
        else:
            show_aside(faults, opened.workspace, invocation.console)
            _say_preview(invocation, preview)


def _save_mails(folder: Path, preview: Preview) -> None:
    from hopdocs.errors import WorkspaceFault  # noqa: PLC0415

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for item in preview.notices:
            (folder / item.file_name).write_bytes(item.composed.mime)
    except OSError as err:
        raise WorkspaceFault("HD592", path=str(folder), detail=err.strerror or str(err)) from err


def _say_preview(invocation: Invocation, preview: Preview) -> None:
    console = invocation.console
    for item in preview.notices:
        notice = item.composed.notice
        console.say(console.style(f"{notice.email}  {item.composed.subject}", "bold"))
        console.say("\n".join(f"  {line}".rstrip() for line in item.text.splitlines()))
        console.say()
    for record, reason in preview.dropped:
        console.say(
            both(en="no longer leaves", da="går ikke længere ud") + f": {record.email}  {record.subject} ({reason})"
        )
    if preview.waiting:
        count = len(preview.waiting)
        console.say(both(en=f"{count} wait already: hopdocs notices list", da=f"{count} venter: hopdocs notices list"))
    if not preview.notices and not preview.dropped:
        console.say(both(en="Nothing new would leave.", da="Intet nyt ville gå ud."))


@command.command(
    "hold",
    short_help=both(en="keep notices back", da="hold mails tilbage"),
    help=both(
        en="Keep notices back until they are released, by number, by family, or all.",
        da="Hold mails tilbage, til de frigives: efter nummer, efter familie, eller alle.",
    ),
    examples=("hopdocs notices hold 12 13", "hopdocs notices hold HOP-2026-007"),
)
@_WHICH
@click.pass_obj
def hold_notices(invocation: Invocation, which: tuple[str, ...]) -> None:
    """A person wants to look first."""
    count = _mark(invocation, which, lambda opened, number: opened.ledger.hold(number, opened.now))
    invocation.console.say(both(en=f"{count} held back.", da=f"{count} holdt tilbage."))


@command.command(
    "release",
    short_help=both(en="let notices go that wait for a person", da="giv mails fri, der venter på et menneske"),
    help=both(
        en="Let notices go that wait for a person: held by hand, `release: manual`, a mass change, a deleted file. "
        "They no longer wait for the hold either, and leave with the next cycle.",
        da="Giv mails fri, der venter på et menneske: holdt tilbage, `release: manual`, mange aflysninger, en slettet "
        "fil. De venter heller ikke længere på rettelser og går ud i næste runde.",
    ),
    examples=("hopdocs notices release 12", "hopdocs notices release all"),
)
@_WHICH
@click.pass_obj
def release_notices(invocation: Invocation, which: tuple[str, ...]) -> None:
    """A person has looked."""
    count = _mark(invocation, which, lambda opened, number: opened.ledger.release(number, opened.now))
    invocation.console.say(both(en=f"{count} released.", da=f"{count} givet fri."))


def _mark(invocation: Invocation, which: tuple[str, ...], act: Callable[[OpenLedger, NoticeId], None]) -> int:
    from hopdocs.cli.outbox import chosen_notices, open_ledger  # noqa: PLC0415
    from hopdocs.notices.record import State  # noqa: PLC0415

    with open_ledger(invocation, writes=True) as opened:
        numbers = chosen_notices(opened, which, (State.PENDING,))
        for number in numbers:
            act(opened, number)
    return len(numbers)


@command.command(
    "accept",
    short_help=both(
        en="let a pushed change of where mail goes count", da="lad en ændring af, hvor mails går hen, gælde"
    ),
    help=both(
        en="Let what was pushed to config.yaml count that decides where mail goes: sender, allowed domains, release, "
        "hold, redirection, mass limit. Until then they count as they were. With --show, only say what waits.",
        da="Lad det, der er lagt op i config.yaml, gælde, når det afgør, hvor mails går hen: afsender, tilladte "
        "domæner, frigivelse, ventetid, omdirigering, grænse. Indtil da gælder det gamle. Med --show siges kun, hvad "
        "der venter.",
    ),
    examples=("hopdocs notices accept --show", "hopdocs notices accept"),
)
@click.option("--show", is_flag=True, help=both(en="Only say what waits.", da="Sig kun, hvad der venter."))
@click.pass_obj
def accept_settings(invocation: Invocation, *, show: bool) -> None:
    """A person has read the change."""
    from hopdocs.cli.outbox import open_ledger  # noqa: PLC0415
    from hopdocs.cycle.mail.mail_settings import accept_mail_settings, find_waiting  # noqa: PLC0415
    from hopdocs.operator_file import read_config_text, use_config, without_released  # noqa: PLC0415
    from hopdocs.sources.operator import show_setting  # noqa: PLC0415

    console = invocation.console
    with open_ledger(invocation, writes=not show) as opened:
        source = use_config(read_config_text(opened.workspace))
        waiting = find_waiting(source, opened.ledger)
        for name, (before, after) in waiting.items():
            console.say(f"mail.{name}: {show_setting(before)} → {show_setting(after)}")
        if not waiting:
            console.say(both(en="Nothing waits.", da="Intet venter."))
        elif not show:
            use_config(without_released(read_config_text(opened.workspace)))  # before it counts, it must be in order
            accept_mail_settings(source, opened.ledger)
            console.say(both(en="From now on this counts.", da="Fra nu af gælder det."))


@command.command(
    "resolve",
    short_help=both(en="settle what is in doubt or was refused", da="afgør, hvad der er i tvivl eller blev afvist"),
    help=both(
        en="Settle notices of which nobody knows whether they arrived, or that were refused: ask the recipient, then "
        "say --arrived or --again.",
        da="Afgør mails, som ingen ved, om nåede frem, eller som blev afvist: spørg modtageren, og skriv så --arrived "
        "eller --again.",
    ),
    examples=("hopdocs notices resolve 12 --arrived", "hopdocs notices resolve 12 --again"),
)
@_WHICH
@click.option("--arrived", "has_arrived", is_flag=True, help=both(en="It arrived.", da="Den nåede frem."))
@click.option("--again", is_flag=True, help=both(en="Send it once more.", da="Send den igen."))
@click.pass_obj
def resolve_notices(invocation: Invocation, which: tuple[str, ...], *, has_arrived: bool, again: bool) -> None:
    """A person has asked."""
    from hopdocs.cli.outbox import chosen_notices, open_ledger  # noqa: PLC0415
    from hopdocs.notices.record import State  # noqa: PLC0415

    if has_arrived is again:
        raise click.UsageError(both(en="write either --arrived or --again", da="skriv enten --arrived eller --again"))
    with open_ledger(invocation, writes=True) as opened:
        numbers = chosen_notices(opened, which, (State.IN_DOUBT, State.FAILED))
        for number in numbers:
            opened.ledger.resolve(number, opened.now, arrived=has_arrived)
    invocation.console.say(both(en=f"{len(numbers)} settled.", da=f"{len(numbers)} afgjort."))


@command.command(
    "send",
    short_help=both(en="send what is due now", da="send det, der skal ud nu"),
    help=both(
        en="Look at the families once, and send what is due now. The watcher does this by itself; while it runs, it is "
        "the one sender, and this verb steps back.",
        da="Se på familierne én gang, og send det, der skal ud nu. Vagten gør det af sig selv; mens den kører, er det "
        "den, der sender.",
    ),
    examples=("hopdocs notices send",),
)
@format_option("json")
@click.pass_obj
def send_notices(invocation: Invocation, output: str) -> None:
    """One round of planning and delivering."""
    from hopdocs.cli.send_round import send_due_now  # noqa: PLC0415

    send_due_now(invocation, output)
