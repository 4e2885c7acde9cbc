"""Consent: per person and per area, dated, never deleted (samarbejdsaftale 2023, Samtykke)."""

from __future__ import annotations

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.moments import DanishDate
from hopdocs.model.scalars.values import AreaRef, MemberRef, StaffRef, Text


class Withdrawal(Entry):
    """Consent taken back, in part or whole."""

    date: DanishDate = keyed("Dato", "Hvornår samtykket blev trukket.")
    areas: tuple[AreaRef, ...] | None = keyed("Fagområder", "Uden fagområder: hele samtykket.", default=None)


class Consent(Entry):
    """One person's answer to one consent form."""

    member: MemberRef = keyed("Person")
    form_given: DanishDate | None = keyed("Udleveret", "Hvornår formularen blev givet.", default=None)
    given: DanishDate | None = keyed("Givet", "Datoen på underskriften.", default=None)
    refused: DanishDate | None = keyed("Afslået", "Hvornår personen sagde nej.", default=None)
    areas: tuple[AreaRef, ...] = keyed("Fagområder", "Hvilke fagområder der må dele oplysninger.", default=())
    until: DanishDate | None = keyed("Til", "Sidste dag. Ellers 12 måneder fra underskriften.", default=None)
    received_by: StaffRef | None = keyed("Modtaget af", default=None)
    form: Text | None = keyed("Formular", "Den underskrevne formular, som fil i familiens mappe.", default=None)
    withdrawn: tuple[Withdrawal, ...] = keyed("Trukket", "Hver gang noget af samtykket er taget tilbage.", default=())
