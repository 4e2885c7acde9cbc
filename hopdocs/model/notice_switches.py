"""Which short mails a municipality wants: each kind of them can be turned off in config.yaml."""

from __future__ import annotations

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.values import YesNo


class NoticeSwitches(Entry):
    """`mail: notices:`. Calendar invitations are no choice: whoever is invited hears of it, and of what changes."""

    consent_reminder: YesNo = keyed("Samtykke mangler", "Til koordinatoren.", default=True)
    assessment_reminder: YesNo = keyed("Egen del mangler", "Til den, der mangler at skrive.", default=True)
    task_reminder: YesNo = keyed("Opgave fra et møde", "Til den, der lovede den.", default=True)
    new_enquiry: YesNo = keyed("Ny henvendelse", "Til koordinatoren.", default=True)
    refused: YesNo = keyed("Tilbuddet er ikke taget imod", "Til koordinatoren og den, der henvendte sig.", default=True)
    new_course: YesNo = keyed("Nyt forløb", "Til styregruppen, når alle har givet samtykke.", default=True)
    team_change: YesNo = keyed(
        "Teamet er ændret", "Til den nye, tovholderen og den, der giver adgang til sagen.", default=True
    )
    no_team: YesNo = keyed("Teamet mangler", "Til koordinatoren, når der ikke er sat et team.", default=True)
    opening_survey: YesNo = keyed("Spørgeskema ved start", "Til teamet, når det har mødtes første gang.", default=True)
    family_survey: YesNo = keyed(
        "Familiens spørgeskema", "Til tovholderen, med linket, ved start og ved afslutning.", default=True
    )
    absence: YesNo = keyed(
        "To møder i træk uden en fra teamet", "Til den, der var væk, og til tovholderen.", default=True
    )
    new_tovholder: YesNo = keyed("Ny tovholder", "Til den gamle, den nye, teamet og koordinatoren.", default=True)
    stopped: YesNo = keyed("Samtykket er trukket tilbage", "Til hele teamet og koordinatoren, samme dag.", default=True)
    stopped_count: YesNo = keyed("Antal stoppede forløb", "Til styregruppen: kun antallet.", default=True)
    area_stopped: YesNo = keyed("Et fagområde er trukket tilbage", "Til fagområdets egne på teamet.", default=True)
    data_draw: YesNo = keyed("Datatræk", "Til koordinatoren og fagområdernes dataansvarlige.", default=True)
    waiting_time: YesNo = keyed("Ventetid", "Til koordinatoren, som giver den videre til styregruppen.", default=True)
    closed: YesNo = keyed("Forløbet er afsluttet", "Til teamet og tovholderen.", default=True)
    cost_request: YesNo = keyed("Udgifter", "Til økonomiafdelingen, når forløbet er afsluttet.", default=True)
    monthly_registration: YesNo = keyed(
        "Månedlig registrering", "Til tovholderen, den første arbejdsdag i måneden.", default=True
    )
