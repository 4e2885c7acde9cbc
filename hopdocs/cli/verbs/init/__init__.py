"""`hopdocs init DIR`: a municipality's own workspace, on trial: nothing leaves before a person says so."""

from __future__ import annotations

import os
import shlex
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hopdocs.cli.console import both
from hopdocs.cli.program import Invocation, verb
from hopdocs.errors import FaultyInput, WorkspaceFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hopdocs.cli.console import Console
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace

_FIRST_COMMIT = "Nyt arbejdsområde"


@verb(
    help=both(
        en="Make a municipality's own workspace in DIR: config, templates, editor settings, README, and git with a "
        "first commit. It asks for what no option gives; Enter takes what stands in brackets. With --sample, and "
        "where nobody can be asked and nothing is given: a made-up municipality with a family, to look around in.\n\n"
        "Nothing leaves from it before `hopdocs notices start`, and then only to one address (`redirect_all_to`), "
        "until that line is deleted in config.yaml.",
        da="Lav kommunens eget arbejdsområde i DIR: config, skabeloner, editorens indstillinger, README, og git med "
        "det første commit. Der spørges om det, ingen option siger; Enter tager det, der står i klammer. Med --sample, "
        "og hvor ingen kan spørges og intet er sagt: en opdigtet kommune med en familie, at se sig om i.\n\n"
        "Intet går ud herfra før `hopdocs notices start`, og så kun til én adresse (`redirect_all_to`), til den linje "
        "slettes i config.yaml.",
    ),
    examples=(
        "hopdocs init hop",
        "hopdocs init prøve --sample",
        'hopdocs init hop --name "Vesterlyng Kommune" --unit Familierådgivningen --phone 00001200 \\',
        '  --address "Opdigtvej 1, 9999 Vesterlyng" --email hop@vesterlyng.example \\',
        '  --coordinator "Kamma Korsedderkop" --coordinator-email kko@vesterlyng.example',
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--sample", is_flag=True, help=both(en="A made-up municipality.", da="En opdigtet kommune."))
@click.option("--name", help=both(en="The municipality.", da="Kommunen."))
@click.option("--unit", help=both(en="Who writes the letters.", da="Hvem der skriver brevene."))
@click.option("--address", help=both(en="Its address.", da="Dens adresse."))
@click.option("--phone", help=both(en="Its phone number.", da="Dens telefonnummer."))
@click.option("--email", help=both(en="Its e-mail address.", da="Dens e-mailadresse."))
@click.option(
    "--areas",
    metavar="CODE=NAME,...",
    help=both(en="The professional areas; else five.", da="Fagområderne; ellers fem."),
)
@click.option("--coordinator", help=both(en="The coordinator's name.", da="Koordinatorens navn."))
@click.option("--coordinator-email", help=both(en="Her e-mail address.", da="Hendes e-mailadresse."))
@click.option("--timezone", help=both(en="Else Europe/Copenhagen.", da="Ellers Europe/Copenhagen."))
@click.option("--mail-server", metavar="HOST[:PORT]", help=both(en='Else "none".', da='Ellers "ingen".'))
@click.option(
    "--trial-box",
    metavar="ADDRESS",
    help=both(
        en="Where all mail goes in the trial; else the coordinator.",
        da="Hvor alle mails går hen i prøvetiden; ellers koordinatoren.",
    ),
)
@click.pass_obj
def command(invocation: Invocation, /, folder: Path, *, sample: bool, **given: str | None) -> None:
    """Makes the workspace, or says why not."""
    from hopdocs.cli.verbs.init.answers import collect_answers  # noqa: PLC0415 - this verb's alone
    from hopdocs.cli.verbs.init.own_config import draft_config, sample_in_trial  # noqa: PLC0415
    from hopdocs.cli.verbs.init.workspace_files import write_files  # noqa: PLC0415
    from hopdocs.package_data import shipped_path  # noqa: PLC0415
    from hopdocs.sources.config import parse_config  # noqa: PLC0415
    from hopdocs.workspace import Workspace, make_private_folder  # noqa: PLC0415

    answered = [f"--{key.replace('_', '-')}" for key, answer in given.items() if answer is not None]
    if sample and answered:
        names = ", ".join(answered)
        en = f"--sample is a made-up municipality; leave it out, or {names}"
        raise click.UsageError(both(en=en, da=f"--sample er en opdigtet kommune; udelad den, eller {names}"))
    is_unasked = not (sample or answered or invocation.console.can_ask())
    sample |= is_unasked
    workspace = Workspace(folder.absolute())
    if workspace.config_path.exists():
        raise WorkspaceFault("HD593", path=str(folder))
    shipped = shipped_path("config.yaml").read_text(encoding="utf-8")
    text = sample_in_trial(shipped) if sample else draft_config(collect_answers(invocation.console, given), shipped)
    read = parse_config(text.encode(), "config.yaml")
    if read.config is None:
        raise FaultyInput(read.diagnostics, {"config.yaml": text.splitlines()})
    with _open_to_nobody_else():
        written = write_files(workspace.root, text, read.config.municipality.name, with_sample=sample)
        make_private_folder(workspace.state)
    with _open_to_nobody_else(0o077):  # git keeps what the families' files ever held
        why_no_commit = _commit(workspace, written, read.config.municipality.email)
    _say_what_comes(invocation.console, folder, read.config, why_no_commit)
    if is_unasked:
        en = "Nobody could be asked here, so it is the made-up municipality; for your own see `hopdocs init --help`."
        da = "Her var ingen at spørge, så det er den opdigtede kommune; til jeres egen, se `hopdocs init --help`."
        invocation.console.say()
        invocation.console.say(both(en=en, da=da))


@contextmanager
def _open_to_nobody_else(taken: int = 0o022) -> Iterator[None]:
    """Whatever the umask was, nobody else writes what is made here."""
    before = os.umask(0o077)
    os.umask(before | taken)
    try:
        yield
    finally:
        os.umask(before)


def _commit(workspace: Workspace, written: Sequence[str], email: str) -> str:
    """Begins git with all that was written; else why not, in words. A workspace without git works all the same."""
    from hopdocs.catalogue import choose_language, fill_message  # noqa: PLC0415
    from hopdocs.git import Checkout, GitFault, find_checkout  # noqa: PLC0415
    from hopdocs.workspace import make_private_folder  # noqa: PLC0415

    around = find_checkout(workspace.root)
    if around is not None:
        en = f"it lies in the git checkout {around.top}, where committing it is up to you"
        return both(en=en, da=f"det ligger i git-arkivet {around.top}, og dér gemmer du det selv")
    own = workspace.root / ".git"
    try:
        make_private_folder(own)
        Checkout(workspace.root, own).begin(written, _FIRST_COMMIT, email)
    except GitFault as err:
        return fill_message(err.code, err.params, choose_language())
    return ""


def _say_what_comes(console: Console, folder: Path, config: Config, why_no_commit: str) -> None:
    """What will leave, when, and how to begin."""
    console.say(both(en=f"A workspace is ready in {folder}.", da=f"Et arbejdsområde er klar i {folder}."))
    if why_no_commit:
        console.say(both(en=f"No git: {why_no_commit}.", da=f"Uden git: {why_no_commit}."))
    console.say()
    console.say(both(en="What leaves, and when:", da="Hvad går ud, og hvornår:"))
    for line in _what_leaves(config):
        console.say(f"  {line}")
    console.say()
    console.say(both(en="To begin:", da="Kom i gang:"))
    begin = (
        (f"cd {shlex.quote(str(folder))}", ""),
        (
            "hopdocs guide",
            both(en="your first family, step by step (in Danish)", da="din første familie, trin for trin"),
        ),
        ("hopdocs check", both(en="every fault, at its line", da="alle fejl, på deres linje")),
        ("hopdocs build", both(en="makes the letters in out/", da="laver brevene i out/")),
    )
    for words, what in begin:
        console.say(f"  {words:<16}{what}".rstrip())


def _what_leaves(config: Config) -> Iterator[str]:
    yield both(
        en="Families get letters that you hand over, never mail.",
        da="Familier får breve, som I giver dem, aldrig mail.",
    )
    yield both(
        en="Mail to professionals: none before `hopdocs notices start`.",
        da="Mails til fagpersoner: ingen før `hopdocs notices start`.",
    )
    mail = config.mail
    if mail is None or mail.redirect_all_to is None:
        return
    if mail.server is None:
        yield both(
            en="There is no mail server yet: then too everything stays here. `hopdocs notices preview` shows it.",
            da="Der er ingen mailserver endnu: også derefter bliver alt her. `hopdocs notices preview` viser det.",
        )
    yield both(
        en=f"It is a trial: after that, all of it goes to {mail.redirect_all_to} alone, and counts as told to nobody.",
        da=f"Det er prøvedrift: derefter går det alt sammen kun til {mail.redirect_all_to} og regnes ikke for sendt.",
    )
    yield both(
        en="In earnest: delete the line redirect_all_to in config.yaml.",
        da="For alvor: slet linjen redirect_all_to i config.yaml.",
    )
