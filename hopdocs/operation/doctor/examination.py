"""Everything the doctor looks at, in the order in which it is mended: one cause makes much of what comes after it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from hopdocs import __version__
from hopdocs.cycle.mail.notice_planning import transport_settings
from hopdocs.cycle.shared_inputs import read_shared_inputs
from hopdocs.errors import FaultyInput, HopdocsError, MailFault
from hopdocs.model.config import PdfChoice
from hopdocs.operation.doctor.finding import Finding, Health, worst_of
from hopdocs.operation.doctor.inputs import check_git, check_templates
from hopdocs.operation.doctor.machine import check_clock, check_disk, check_rights
from hopdocs.operation.doctor.mail_server import check_mail
from hopdocs.operation.doctor.office import check_office
from hopdocs.operation.doctor.records import check_ledger, check_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hopdocs.clock import Clock
    from hopdocs.model.config import Config
    from hopdocs.workspace import Workspace


def examine(workspace: Workspace, clock: Clock, *, to: str = "") -> Iterator[Finding]:
    """Look at each thing. Nothing is changed, and nothing sent but the mail to `to`: it may run beside the service."""
    yield Finding.well("hopdocs", f"{__version__}, Python {sys.version.split()[0]}")
    try:
        shared = read_shared_inputs(workspace, clock, writes=False)
    except FaultyInput as fault:
        yield Finding.mend("config", "HD748", count=str(len(fault.diagnostics)))
        rights = list(check_rights(workspace, workspace.root / "out"))
        yield from rights
        yield from check_disk([workspace.root])
        yield check_clock()
        return
    except HopdocsError as fault:
        yield Finding.of("config", fault)
        return
    except PermissionError:  # whose the workspace is says more than which of its files refused
        rights = list(check_rights(workspace, workspace.root / "out"))
        if worst_of(rights) is not Health.BROKEN:
            raise
        yield from rights
        return
    config = shared.config
    yield Finding.well("config", config.municipality.name)
    rights = list(check_rights(workspace, shared.settings.output))
    yield from rights
    yield from check_disk([workspace.state, shared.settings.output])
    yield check_clock()
    yield from check_git(workspace, config.git)
    yield Finding.well("libreoffice", "–") if config.documents.pdf is PdfChoice.NONE else check_office()
    yield check_templates(workspace, shared)
    if all(item.code != "HD718" for item in rights):  # another user's look would leave files beside the ledger
        yield from check_ledger(workspace, clock.now(), sends_mail=config.mail is not None)
    yield check_service(workspace, clock.now())
    yield from _check_mail(config, workspace, clock, to)


def _check_mail(config: Config, workspace: Workspace, clock: Clock, to: str) -> Iterator[Finding]:
    try:
        settings = transport_settings(config, workspace)
    except MailFault as fault:  # no encryption, and the server is another machine
        yield Finding("mail", Health.MEND, fault.code, fault.params)
        return
    yield from check_mail(config.mail, settings, clock.now(), to)
