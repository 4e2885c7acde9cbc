"""A municipality's first `config.yaml`: what it answered, the usual for the rest, and a trial until a person ends it.

What is the same everywhere (deadlines, agendas, law) is the text that hopdocs comes with, comments and all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hopdocs.cli.drafts import NOT_FOR_KEYS, quoted, scalar
from hopdocs.danish import first_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.cli.verbs.init.answers import Answers

_KEY: Final = re.compile(r"([a-z_]+):")
_STAFF_ID: Final = re.compile(r"[a-zæøå][a-zæøå0-9-]{0,15}")
_FIRST_ROOM: Final = "kontoret"
_TRIAL: Final = """\
  # Prøvedrift: alle mails går hertil og ingen andre steder, og de regnes aldrig for sendt til nogen. Slet linjen, når
  # det er alvor; se først med `hopdocs notices preview`, hvad der så går ud.
"""


def draft_config(answers: Answers, sample: str) -> str:
    """The whole file. `sample` is the configuration that hopdocs comes with."""
    shipped = sections(sample)
    own = {
        "municipality": _municipality(answers),
        "timezone": f"timezone: {answers.timezone}\n",
        "areas": _areas(answers),
        "staff": _staff(answers),
        "project_coordinator": f"\nproject_coordinator: {coordinator_id(answers)}\n",
        "places": _places(answers),
        "records": _RECORDS,
        "mail": _mail(answers),
    }
    left_out = {"steering_group", "closed_days"}
    if "BF" not in answers.areas or len(answers.areas) == 1:
        left_out.add("target_group")
    return "".join(own.get(key, text) for key, text in shipped.items() if key not in left_out)


def sample_in_trial(sample: str) -> str:
    """The sample municipality's configuration, with all its mail to its coordinator."""
    release = re.search(r"^  release:", sample, re.MULTILINE)
    coordinator = re.search(r"^project_coordinator: *(\S+)", sample, re.MULTILINE)
    if release is None or coordinator is None:
        msg = "the sample configuration has neither release nor coordinator"
        raise ValueError(msg)
    person = sample[sample.index(f"\n  {coordinator[1]}:\n") :]
    address = person[person.index("email: ") + len("email: ") :].split()[0]
    return f"{sample[: release.start()]}{_TRIAL}  redirect_all_to: {address}\n{sample[release.start() :]}"


def sections(text: str) -> dict[str, str]:
    """By top-level key: its lines, with the comments and blank lines above it. Joined, they are the text again."""
    found: dict[str, str] = {}
    key, begun = "", ""
    for line in text.splitlines(keepends=True):
        name = _KEY.match(line)
        if name is not None:
            key, found[name[1]], begun = name[1], begun + line, ""
        elif line.startswith(("#", "\n")) or not key:
            begun += line
        else:
            found[key] += begun + line
            begun = ""
    if begun:
        found[key] += begun
    return found


def coordinator_id(answers: Answers) -> str:
    """Her initials, where her mail address has them, else her first name: what the families' files call her."""
    local = answers.coordinator_email.partition("@")[0].lower()
    name = re.sub(r"[^a-zæøå0-9]", "", first_name(answers.coordinator).lower())
    return next(
        (word for word in (local, name) if _STAFF_ID.fullmatch(word) and word not in NOT_FOR_KEYS), "koordinator"
    )


def _municipality(answers: Answers) -> str:
    return (
        "# Kommunens egne indstillinger. Alt, hvad breve, regler og mails skal vide om jer, står her.\n"
        "municipality:\n"
        f"  name: {scalar(answers.name)}\n"
        f"  unit: {scalar(answers.unit)}\n"
        f"  address: {scalar(answers.address)}\n"
        f"  phone: {quoted(answers.phone)}\n"
        f"  email: {answers.email}\n"
    )


def _areas(answers: Answers) -> str:
    lines = [
        "",
        "# Fagområderne. `health: true` betyder, at oplysningerne kun vises for dem, de handler om.",
        "# `data_officer: ADRESSE` er den, der trækker tal for fagområdet.",
        "areas:",
    ]
    for code, name in answers.areas.items():
        lines += [f"  {code}:", f"    name: {scalar(name)}"]
        lines += ["    health: true"] if code == "SO" else []
    return "\n".join(lines) + "\n"


def _staff(answers: Answers) -> str:
    area = next(iter(answers.areas))
    domain = answers.email.partition("@")[2]
    return f"""
# Medarbejderne. Filerne nævner dem ved det korte id. `authority: true` er en myndighedsrådgiver: de kan være tovholder.
# Skriv dem, der skal være med om familierne, sådan her:
#
#   rri:
#     name: Rigmor Rimfrost
#     title: familierådgiver
#     area: {area}
#     authority: true
#     email: rri@{domain}
#     phone: "00 00 12 02"
staff:
  {coordinator_id(answers)}:
    name: {scalar(answers.coordinator)}
    title: projektkoordinator
    area: {area}
    authority: true
    email: {answers.coordinator_email}
"""


def _places(answers: Answers) -> str:
    return (
        "\n# Mødesteder. Et møde nævner stedet ved dets korte navn.\n"
        "places:\n"
        f"  {_FIRST_ROOM}:\n"
        f"    text: {scalar(f'{answers.unit}, {answers.address}')}\n"
    )


_RECORDS: Final = """
# Fagsystemet. Med `case_url: "https://…/{case_number}"` bliver sagsnummeret et link.
records:
  name: eDoc

# Dage, hvor kommunen holder lukket, ud over helligdagene.
closed_days: []
"""


def _mail(answers: Answers) -> str:
    server = answers.mail_server
    lines = ["", "# Mails til fagpersoner. Familien får breve, aldrig mail.", "mail:", f"  from: {answers.email}"]
    lines.append(f"  from_name: {scalar(f'{answers.name}, helhedsorienterede planer')}")
    if server is None:
        lines.append("  # Uden mailserver går intet ud. Når I har den, skrives den sådan her:")
        lines += ["  # server:", f"  #   host: mail.{answers.email.partition('@')[2]}", "  #   port: 587"]
    else:
        lines += ["  server:", f"    host: {quoted(server.host)}", f"    port: {server.port}"]
        lines.append(f"    security: {server.security}")
        lines += ["    # user: hop                    # og `password_file:`, hvis serveren vil have en adgangskode"]
    domains = dict.fromkeys(address.partition("@")[2] for address in _addresses(answers))
    lines += ["  allowed_domains:", *(f"    - {domain}" for domain in domains)]
    lines += [_TRIAL.rstrip("\n"), f"  redirect_all_to: {answers.trial_box}"]
    lines += ["  release: automatic                     # automatic, committed eller manual"]
    lines += ["  hold: 10m                              # rettelser inden for denne tid bliver til én mail"]
    lines += ['  hours: "07.00-17.00"                   # hvornår mails går ud; dagens aflysninger venter ikke']
    return "\n".join(lines) + "\n"


def _addresses(answers: Answers) -> Iterator[str]:
    yield from (answers.email, answers.coordinator_email, answers.trial_box)
