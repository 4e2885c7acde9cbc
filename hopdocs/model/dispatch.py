"""How letters leave for the family: who knows the recipients' numbers, what a message may weigh, the window."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.values import DecimalNumber, Duration, MachineName, Text, WholeNumber


class RecipientSource(Entry):
    """Where a recipient's CPR number is asked for, at the moment when a message is made. It is kept nowhere else."""

    command: tuple[MachineName, ...] = keyed(
        "Kommando", "Programmets fulde sti og dets ord, hvert for sig. Uden for arbejdsmappen.", default=()
    )
    file: MachineName | None = keyed("Fil", "Fuld sti til en fil uden for arbejdsmappen.", default=None)
    timeout: Duration = keyed("Vent højst", "30s", default=timedelta(seconds=30))


class EnvelopeWindow(Entry):
    """Where a folded A4 page shows through the envelope, in millimetres from its top left corner."""

    left: WholeNumber = keyed("Fra venstre", "Millimeter.", default=15)
    top: WholeNumber = keyed("Fra oven", "Millimeter.", default=44)
    width: WholeNumber = keyed("Bredde", "Millimeter.", default=105)
    height: WholeNumber = keyed("Højde", "Millimeter.", default=35)


class Survey(Entry):
    """A questionnaire that goes along with letters about a meeting."""

    url: MachineName = keyed("Link", "https://…")
    label: Text = keyed("Tekst", "Hvad der står på knappen.", default="Svar på spørgeskemaet")


class Dispatch(Entry):
    """What is laid ready for the municipality's own sender, and for the printer."""

    recipients: RecipientSource | None = keyed("Modtagere", "Hvem der kender CPR-numrene.", default=None)
    most_attachments: WholeNumber = keyed("Bilag højst", "I én besked i Digital Post.", default=10)
    most_megabytes: DecimalNumber = keyed("MB højst", "For én besked med bilag.", default=Decimal("99.5"))
    file_types: tuple[MachineName, ...] = keyed("Filtyper", "Som Digital Post tager.", default=("pdf",))
    window: EnvelopeWindow = keyed("Rude", "Kuvertens rude; ellers den i en C5-kuvert.", default=EnvelopeWindow())
    survey: Survey | None = keyed("Spørgeskema", "Link, der følger med breve om møder.", default=None)
