"""What belongs to the machine that hopdocs runs on, and to whoever runs it: paths, programs, servers, rights.

Whoever may change `config.yaml` in a checkout that follows pushes would otherwise choose which file of the service is
read, where it writes and to which server it talks. So these keys have a file of their own, outside the checkout.
"""

from __future__ import annotations

from typing import Final

from hopdocs.model.config import AccessWord, Git, ReleaseWord, Server
from hopdocs.model.dispatch import RecipientSource
from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.values import Duration, EmailAddress, MachineName, Text, WholeNumber

MACHINE_KEYS: Final[tuple[tuple[str, ...], ...]] = (
    ("documents", "output"),
    ("documents", "access"),
    ("documents", "group"),
    ("mail", "server"),
    ("mail", "answers"),
    ("dispatch", "recipients"),
    ("git",),
)
"""The keys of `config.yaml` that the operator's file has instead, where there is one."""
MAIL_SETTINGS: Final = ("from", "allowed_domains", "release", "hold", "redirect_all_to", "mass_limit")
"""Under `mail`: what decides where mail goes, and whether. A pushed change waits for a person."""


class OperatorDocuments(Entry):
    """Where documents go, and who may read them there."""

    output: MachineName | None = keyed("Mappe", "Fra arbejdsområdet, eller en fuld sti.", default=None)
    access: AccessWord | None = keyed("Adgang", "private, group eller inherit.", default=None)
    group: MachineName | None = keyed("Gruppe", "Når access er group.", default=None)


class OperatorMail(Entry):
    """The mail server; and what nobody else may change of where mail goes."""

    server: Server | None = keyed("Mailserver", default=None)
    answers: MachineName | None = keyed("Svarmappe", "Mappe, hvor svar lægges som .eml.", default=None)
    from_: EmailAddress | None = keyed("Fra", "Går forud for config.yaml.", alias="from", default=None)
    allowed_domains: tuple[Text, ...] | None = keyed("Tilladte domæner", "Går forud for config.yaml.", default=None)
    release: ReleaseWord | None = keyed("Frigivelse", "Går forud for config.yaml.", default=None)
    hold: Duration | None = keyed("Vent", "Går forud for config.yaml.", default=None)
    redirect_all_to: EmailAddress | None = keyed("Send alt til", "Går forud for config.yaml.", default=None)
    mass_limit: WholeNumber | None = keyed("Grænse for aflysninger", "Går forud for config.yaml.", default=None)


class OperatorDispatch(Entry):
    """Who knows the recipients' numbers."""

    recipients: RecipientSource | None = keyed("Modtagere", "Hvem der kender CPR-numrene.", default=None)


class Operator(Entry):
    """The operator's file, `/etc/hopdocs/operator.yaml`."""

    workspace: MachineName = keyed("Arbejdsområde", "Fuld sti til den mappe, filen gælder for.")
    documents: OperatorDocuments = keyed("Dokumenter", default=OperatorDocuments())
    mail: OperatorMail = keyed("Mail", default=OperatorMail())
    dispatch: OperatorDispatch = keyed("Udsendelse", default=OperatorDispatch())
    git: Git | None = keyed("Git", default=None)
