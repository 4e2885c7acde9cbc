"""Who a mail about a family is from, and who answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hopdocs.model.config import ReplyTo
from hopdocs.notices.wanted import Attendee

if TYPE_CHECKING:
    from hopdocs.domain.family_day import FamilyDay
    from hopdocs.model.config import Config, Mail, Staff
    from hopdocs.model.scalars.values import StaffId


def mail_of(config: Config) -> Mail:
    """The settings of mail, which must be there: without them nothing is wanted."""
    if config.mail is None:
        msg = "no mail in the configuration: there is nothing to want"
        raise ValueError(msg)
    return config.mail


def responsible_of(day: FamilyDay) -> Staff | None:
    """Who answers questions today: the same person that the letters name."""
    return day.config.staff.get(day.contact.reachable)


def reply_address(day: FamilyDay) -> str:
    """The address that answers to a mail go to (Reply-To), as `mail: reply_to:` says."""
    mail, responsible = mail_of(day.config), responsible_of(day)
    if mail.reply_to is ReplyTo.TOVHOLDER and responsible is not None:
        return responsible.email
    return mail.from_


def contact_line(day: FamilyDay) -> str:
    """`Ingolf Iskrystal, 00 00 12 10, iik@vesterlyng.example`."""
    responsible = responsible_of(day)
    if responsible is None:
        return ""
    return ", ".join(part for part in (responsible.name, responsible.phone, responsible.email) if part)


def signature_of(config: Config) -> str:
    """What a mail ends with: the unit, and the municipality."""
    return f"{config.municipality.unit}, {config.municipality.name}"


def attendee_on_staff(config: Config, staff: StaffId) -> Attendee:
    """Somebody on the staff as a recipient."""
    person = config.staff[staff]
    return Attendee(person.email, person.name, staff)
