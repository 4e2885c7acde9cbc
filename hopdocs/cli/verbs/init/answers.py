"""What a new workspace must know about its municipality: given as options, asked for on a terminal, or usual."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from pydantic import TypeAdapter, ValidationError

from hopdocs.cli.console import both
from hopdocs.model.scalars.hosts import is_this_machine
from hopdocs.model.scalars.values import AreaRef, EmailAddress, PhoneNumber, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hopdocs.cli.console import Console

USUAL_AREAS: Final = (
    "BF=Børn og Familie, DU=Dagtilbud og Undervisning, HP=Handicap og Psykiatri, BES=Beskæftigelse, "
    "SO=Sundhed og Omsorg"
)
NO_SERVER: Final = ("none", "ingen", "-")
_SUBMISSION, _RELAY, _TLS_PORT = 587, 25, 465
_HIGHEST_PORT: Final = 65535
_POSTAL_CODE: Final = re.compile(r"(?<!\d)\d{4} +\S")
_SERVER: Final = re.compile(r"([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class MailServer:
    """The relay that takes the municipality's mail."""

    host: str
    port: int

    @property
    def security(self) -> str:
        """`none` never leaves this machine; RFC 8314 3.3 has TLS from the first byte on port 465."""
        if is_this_machine(self.host):
            return "none"
        return "tls" if self.port == _TLS_PORT else "starttls"


@dataclass(frozen=True, slots=True)
class Answers:
    """Who the municipality is, and where its trial's mail goes."""

    name: str
    unit: str
    address: str
    phone: str
    email: str
    areas: Mapping[str, str]
    coordinator: str
    coordinator_email: str
    timezone: str
    mail_server: MailServer | None
    trial_box: str


class Refused(Exception):
    """An answer can't be used; the text says what would be."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to know: the option that gives it, how it is asked, and what it is taken for unless it is said."""

    key: str
    asked: str
    read: Callable[[str], object]
    usual: Callable[[Mapping[str, str]], str] | None = None

    @property
    def option(self) -> str:
        """The option on the command line."""
        return "--" + self.key.replace("_", "-")


def _read_text(text: str) -> str:
    return _typed(Text, text, both(en="an empty answer says nothing", da="et tomt svar siger ikke noget"))


def _read_address(text: str) -> str:
    wish = both(
        en="write street, number, postal code and town, like Opdigtvej 1, 9999 Vesterlyng",
        da="skriv vej, nummer, postnummer og by, som Opdigtvej 1, 9999 Vesterlyng",
    )
    if _POSTAL_CODE.search(text) is None:
        raise Refused(wish)
    return _typed(Text, text, wish)


def _read_email(text: str) -> str:
    wish = both(en="write one address, like hop@vesterlyng.example", da="skriv én adresse, som hop@vesterlyng.example")
    return _typed(EmailAddress, text, wish)


def _read_phone(text: str) -> str:
    return _typed(PhoneNumber, text, both(en="write eight digits", da="skriv otte cifre"))


def _typed(kind: Any, text: str, wish: str) -> str:
    try:
        return str(TypeAdapter[str](kind).validate_python(text))
    except ValidationError as err:
        raise Refused(wish) from err


def _read_areas(text: str) -> dict[str, str]:
    """`BF=Børn og Familie, BES=Beskæftigelse`: the short names stand in the families' files."""
    wish = both(
        en="write a short name and the whole one for each: BF=Børn og Familie, BES=Beskæftigelse",
        da="skriv et kort og et langt navn for hvert: BF=Børn og Familie, BES=Beskæftigelse",
    )
    found: dict[str, str] = {}
    for part in text.split(","):
        code, equals, name = part.partition("=")
        if not equals or code.strip() in found:
            raise Refused(wish)
        found[_typed(AreaRef, code.strip(), wish)] = _typed(Text, name, wish)
    return found


def _read_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as err:
        raise Refused(both(en="write a zone like Europe/Copenhagen", da="skriv en zone som Europe/Copenhagen")) from err
    return text


def _read_server(text: str) -> MailServer | None:
    if text.lower() in NO_SERVER:
        return None
    parts = _SERVER.fullmatch(text)
    if parts is None or (parts[2] and not 0 < int(parts[2]) <= _HIGHEST_PORT):
        wish = both(
            en='write the server, like mail.vesterlyng.example:587, or "none" as long as there is none',
            da='skriv serveren, som mail.vesterlyng.example:587, eller "ingen", så længe der ikke er nogen',
        )
        raise Refused(wish)
    host = parts[1].strip("[]")
    return MailServer(host, int(parts[2]) if parts[2] else _RELAY if is_this_machine(host) else _SUBMISSION)


QUESTIONS: Final = (
    Question("name", both(en="The municipality's name", da="Kommunens navn"), _read_text),
    Question("unit", both(en="The unit that writes the letters", da="Enheden, der skriver brevene"), _read_text),
    Question("address", both(en="Its address", da="Dens adresse"), _read_address),
    Question("phone", both(en="Its phone number", da="Dens telefonnummer"), _read_phone),
    Question("email", both(en="Its e-mail address", da="Dens e-mailadresse"), _read_email),
    Question("areas", both(en="The professional areas", da="Fagområderne"), _read_areas, lambda _given: USUAL_AREAS),
    Question("coordinator", both(en="The coordinator's name", da="Koordinatorens navn"), _read_text),
    Question(
        "coordinator_email", both(en="The coordinator's e-mail address", da="Koordinatorens e-mailadresse"), _read_email
    ),
    Question("timezone", both(en="Time zone", da="Tidszone"), _read_zone, lambda _given: "Europe/Copenhagen"),
    Question(
        "mail_server",
        both(en='Mail server ("none" as long as there is none)', da='Mailserver ("ingen", så længe der ikke er nogen)'),
        _read_server,
        lambda _given: both(en="none", da="ingen"),
    ),
    Question(
        "trial_box",
        both(en="Where all mail goes in the trial", da="Hvor alle mails går hen i prøvetiden"),
        _read_email,
        lambda given: given["coordinator_email"],
    ),
)
"""In the order that they are asked in; the last ones may be answered with Enter."""


def collect_answers(console: Console, given: Mapping[str, str | None]) -> Answers:
    """Asks for what no option gave, where a person sits at the terminal; else says at once all that is missing."""
    texts: dict[str, str] = {}
    read: dict[str, object] = {}
    missing: list[str] = []
    for question in QUESTIONS:
        text = given.get(question.key)
        usual = question.usual(texts) if question.usual is not None and not missing else None
        if text is None and console.can_ask():
            read[question.key] = _ask(console, question, usual, texts)
            continue
        if text is None and question.usual is None:
            missing.append(question.option)
            continue
        texts[question.key] = (text if text is not None else usual or "").strip()
        if text is not None or not missing:
            read[question.key] = _read_option(question, texts[question.key])
    if missing:
        names = ", ".join(missing)
        msg = both(
            en=f"nobody is here to ask; what is missing: {names} (or --sample, to look around first)",
            da=f"her er ingen at spørge; der mangler: {names} (eller --sample, for at se sig om først)",
        )
        raise click.UsageError(msg)
    return Answers(**read)  # type: ignore[arg-type]  # each question reads what its field holds


def _ask(console: Console, question: Question, usual: str | None, texts: dict[str, str]) -> object:
    while True:
        texts[question.key] = console.ask(question.asked, usual).strip()
        try:
            return question.read(texts[question.key])
        except Refused as err:
            console.tell(f"  {err}")


def _read_option(question: Question, text: str) -> object:
    try:
        return question.read(text)
    except Refused as err:
        raise click.BadParameter(f"{text}: {err}", param_hint=question.option) from err
