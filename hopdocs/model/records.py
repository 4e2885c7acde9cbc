"""The records system: where a case lives, what its subject is there, and how long what is kept here stays."""

from __future__ import annotations

from urllib.parse import quote

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.values import MachineName, StaffRef, Text, WholeNumber


class Kle(Entry):
    """Where the case belongs in KL's plan of subjects (KL Emnesystematik), as every letter and journal row says."""

    key: MachineName = keyed("Emne", "Emnenummeret.")
    facet: MachineName = keyed("Handlingsfacet", "For eksempel G01.")
    version: MachineName = keyed("Udgave", "Hvilken udgave af emneplanen numrene er fra.")
    label: Text = keyed("Tekst", "Emnets navn.")


class RetentionDays(Entry):
    """How long what is kept of a family stays, by how it ended. Without a number nobody is reminded."""

    after_no: WholeNumber | None = keyed("Efter et nej", "Dage efter det sidste nej fra en familie.", default=None)
    after_silence: WholeNumber | None = keyed(
        "Uden svar", "Dage efter det sidste, der skete, når en familie aldrig har sagt ja.", default=None
    )
    after_closing: WholeNumber | None = keyed(
        "Efter et forløb", "Dage efter afslutning, fraflytning eller tilbagekaldt samtykke.", default=None
    )


class Records(Entry):
    """The records system that the shared case lives in."""

    name: Text = keyed("Navn", default="eDoc")
    case_url: Text | None = keyed("Link til sag", "Med {case_number} hvor sagsnummeret skal stå.", default=None)
    kle: Kle | None = keyed("KLE", "Emne og facet til Digital Post og journal.", default=None)
    access_owner: StaffRef | None = keyed(
        "Giver adgang", "Hvem der åbner og lukker sagen for teamet. Ellers koordinatoren.", default=None
    )
    retention_days: RetentionDays = keyed(
        "Gemmes",
        "Hvor længe det gemmes her. Så foreslås det at slette; intet slettes af sig selv.",
        default=RetentionDays(),
    )

    def url_of(self, case_number: str | None) -> str:
        """The link to a case, its number quoted: `26/012345 A` is one part of an address. Empty if there is none."""
        if self.case_url is None or not case_number:
            return ""
        return self.case_url.replace("{case_number}", quote(case_number, safe=""))
