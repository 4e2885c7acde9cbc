"""The municipality: everything a template, a rule or a notice must know about the organisation."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from pydantic import PrivateAttr

from hopdocs.model.dispatch import Dispatch
from hopdocs.model.entry import Entry, keyed
from hopdocs.model.indicators import NO_INDICATORS, IndicatorCatalogue
from hopdocs.model.measurement import SurveyLinks
from hopdocs.model.meeting import MEETING_TYPE_WORDS
from hopdocs.model.notice_switches import NoticeSwitches
from hopdocs.model.records import Records
from hopdocs.model.reports import Investment, Reports
from hopdocs.model.scalars.hosts import lies_within, normalise_host
from hopdocs.model.scalars.languages import LanguageCode
from hopdocs.model.scalars.moments import DanishDate
from hopdocs.model.scalars.values import (
    AreaCode,
    AreaRef,
    Duration,
    EmailAddress,
    HoursText,
    HoursWindow,
    KeyText,
    MachineName,
    PhoneNumber,
    Rate,
    RateText,
    Reader,
    StaffId,
    StaffRef,
    Text,
    WholeNumber,
    YesNo,
    closed_list,
    parse_machine_name,
)


class PdfChoice(StrEnum):
    """Whether PDFs are made."""

    AUTO = "auto"
    NONE = "none"


class Access(StrEnum):
    """Who may read what hopdocs makes: owner only, a named group, or the folder's own rules."""

    PRIVATE = "private"
    GROUP = "group"
    INHERIT = "inherit"


class Security(StrEnum):
    """How the connection to the mail server is protected. `none` is for loopback alone."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class Release(StrEnum):
    """When a notice may leave: after the hold, when it stands in git's HEAD, or when a person says so."""

    AUTOMATIC = "automatic"
    COMMITTED = "committed"
    MANUAL = "manual"


class ReplyTo(StrEnum):
    """Who gets the answers to a notice."""

    TOVHOLDER = "tovholder"
    SENDER = "sender"


def _parse_meeting_name(text: str) -> str:
    """The name of a meeting type in any of its words; whether there is such a type is asked with the references."""
    name = " ".join(text.lower().split())
    return MEETING_TYPE_WORDS.get(name, name)


MeetingName = Annotated[str, Reader(_parse_meeting_name, {"type": "string"})]
PdfWord = Annotated[PdfChoice, closed_list(PdfChoice, {"ingen": "none"})]
AccessWord = Annotated[Access, closed_list(Access, {"privat": "private", "gruppe": "group", "arv": "inherit"})]
SecurityWord = Annotated[Security, closed_list(Security, {"ingen": "none"})]
ReleaseWord = Annotated[Release, closed_list(Release, {"automatisk": "automatic", "manuel": "manual"})]
ReplyToWord = Annotated[ReplyTo, closed_list(ReplyTo, {"afsender": "sender"})]


def _parse_host(text: str) -> str:
    return parse_machine_name(normalise_host(text))


HostText = Annotated[str, Reader(_parse_host, {"type": "string"})]
"""A machine's name or address."""


class Municipality(Entry):
    """Who writes the letters."""

    name: Text = keyed("Kommune")
    unit: Text = keyed("Enhed", "Den afdeling, der står som afsender.")
    address: Text = keyed("Adresse")
    phone: PhoneNumber = keyed("Telefon")
    email: EmailAddress = keyed("E-mail")
    website: Text | None = keyed("Hjemmeside", default=None)
    cvr: Text | None = keyed("CVR-nummer", default=None)


class Area(Entry):
    """A professional area (fagområde)."""

    name: Text = keyed("Navn")
    data_officer: EmailAddress | None = keyed("Dataansvarlig", default=None)
    health: YesNo = keyed("Helbred", "ja: oplysningerne ses kun af dem, de handler om.", default=False)


class TargetGroup(Entry):
    """Who the offer is for (samarbejdsaftale 2023, Målgruppe, kriterium 3)."""

    required_area: AreaRef | None = keyed("Fagområde, der skal være med", default=None)
    other_areas: WholeNumber = keyed("Andre fagområder", "Hvor mange der mindst skal være ud over det.", default=1)


_GROUPS: dict[str, tuple[str, ...]] = {
    "Anbragte": ("anbring", "anbragt", "plejefamilie", "opholdssted", "døgninstitution"),
    "Specialundervisning": ("specialunder", "specialskole", "specialklasse", "specialtilbud"),
    "Vidtgående handicap": ("handicap", "autis", "hjælpeordning", "botilbud", "aflastning"),
    "Familiebehandling": ("familiebehandling", "familiehus", "forældreprogram"),
    "Overførselsindkomst": ("kontanthjælp", "uddannelseshjælp", "ressourceforløb", "førtidspension", "ledighedsydelse"),
    "Længerevarende sygdom": ("sygedagpenge", "jobafklaring", "langvarig sygdom"),
}
"""The groups that Næstved chose from, with words for what they get."""


class Candidates(Entry):
    """How the words of other systems' extracts are understood, when the dearest households are found (Projekt 50)."""

    areas: dict[AreaRef, tuple[Text, ...]] = keyed(
        "Fagområder", "Andre navne for et fagområde, som de står i udtræk fra andre systemer.", default={}
    )
    groups: dict[Text, tuple[Text, ...]] = keyed(
        "Grupper", "For hver gruppe de ord, hvoraf ét står i ydelsens navn.", default=_GROUPS
    )


class Staff(Entry):
    """A professional."""

    name: Text = keyed("Navn")
    title: Text = keyed("Titel")
    area: AreaRef = keyed("Fagområde")
    authority: YesNo = keyed("Myndighed", "ja: myndighedsrådgiver. Kun de kan være tovholder.", default=False)
    email: EmailAddress = keyed("E-mail")
    aliases: tuple[EmailAddress, ...] = keyed(
        "Andre adresser", "Adresser på samme postkasse. Svar herfra regnes for personens egne.", default=()
    )
    phone: PhoneNumber | None = keyed("Telefon", default=None)
    substitute: StaffRef | None = keyed("Stedfortræder", default=None)
    weekly_tasks: YesNo = keyed(
        "Ugens opgaver på mail",
        "ja: én mail om ugen med sagsnumre og frister for personens egne opgaver.",
        default=False,
    )
    to: DanishDate | None = keyed("Til", "Sidste arbejdsdag.", default=None)


class Deadlines(Entry):
    """Days, unless a title says otherwise (domain rules; each can be set locally)."""

    follow_up_target: WholeNumber = keyed("Opfølgning, mål", "Dage.", default=56)
    follow_up_limit: WholeNumber = keyed("Opfølgning, senest", "Dage.", default=365)
    consent_reminders: tuple[WholeNumber, ...] = keyed(
        "Rykkere for samtykke", "Dage efter formularen.", default=(14, 28)
    )
    assessment_reminders: tuple[WholeNumber, ...] = keyed(
        "Påmindelser om egen del", "Arbejdsdage før formødet.", default=(10, 3)
    )
    invitation_family: WholeNumber = keyed("Invitation til familien", "Dage før mødet.", default=14)
    invitation_team: WholeNumber = keyed("Indkaldelse til teamet", "Dage før mødet.", default=10)
    invitation_with_interpreter: WholeNumber = keyed("Invitation med tolk", "Dage før mødet.", default=21)
    data_draws_months: tuple[WholeNumber, ...] = keyed("Datatræk", "Måneder efter start.", default=(0, 6, 12, 18))
    introduction: WholeNumber = keyed("Introduktionsmøde", "Dage efter samtykket.", default=21)
    agenda: WholeNumber = keyed("Dagsorden ude", "Arbejdsdage før mødet.", default=5)
    minutes: WholeNumber = keyed("Referat ude", "Arbejdsdage efter mødet.", default=5)
    task_reminder: WholeNumber = keyed(
        "Påmindelse om en aftale",
        "Arbejdsdage før den sidste dag, og igen når den er gået. 0: ingen.",
        default=3,
    )
    waiting_time: WholeNumber = keyed("Ventetid", "Dage, før den skal løftes.", default=56)
    team: WholeNumber = keyed("Team", "Dage efter samtykket.", default=14)
    monthly_registration: YesNo = keyed(
        "Månedlig registrering", "ja: fremdriften skrives hver måned, senest den første arbejdsdag.", default=False
    )


class Place(Entry):
    """A room that meetings are held in."""

    text: Text = keyed("Tekst", "Som det skal stå i breve og kalender.")
    directions: Text | None = keyed("Vejledning", "Indgang, elevator, parkering.", default=None)


class DocumentSettings(Entry):
    """How documents are made."""

    output: MachineName = keyed("Mappe", default="out")
    pdf: PdfWord = keyed("PDF", "auto (når LibreOffice er der) eller none.", default=PdfChoice.AUTO)
    access: AccessWord = keyed("Adgang", "private, group eller inherit.", default=Access.PRIVATE)
    group: MachineName | None = keyed("Gruppe", "Når access er group.", default=None)
    vanish_limit: WholeNumber = keyed(
        "Grænse for slettede familier", "Er flere filer væk på én gang, venter det på et menneske.", default=3
    )
    readability_advice: WholeNumber = keyed("Råd om lix", default=35)
    readability_limit: WholeNumber = keyed("Grænse for lix", "Over den er en tekst svær: en advarsel.", default=45)


class Server(Entry):
    """The mail relay."""

    host: HostText = keyed("Server")
    port: WholeNumber = keyed("Port", default=587)
    security: SecurityWord = keyed("Kryptering", "starttls eller tls; none kun på loopback.", default=Security.STARTTLS)
    user: MachineName | None = keyed("Bruger", default=None)
    password_file: MachineName | None = keyed("Fil med adgangskode", "Aldrig adgangskoden selv.", default=None)
    ca_file: MachineName | None = keyed("Rodcertifikat", "PEM-fil, når serverens udsteder er jeres egen.", default=None)


class Mail(Entry):
    """Notices."""

    from_: EmailAddress = keyed("Fra", alias="from")
    from_name: Text = keyed("Afsendernavn", default="Helhedsorienterede planer")
    server: Server | None = keyed(
        "Mailserver", "Uden den går intet ud fra denne maskine. Driftens fil kan have den.", default=None
    )
    allowed_domains: tuple[Text, ...] = keyed("Tilladte domæner", "Kun hertil må mail gå.", default=())
    release: ReleaseWord = keyed("Frigivelse", "automatic, committed eller manual.", default=Release.AUTOMATIC)
    hold: Duration = keyed("Vent", "Rettelser inden for denne tid bliver til én mail.", default=timedelta(minutes=10))
    hours: HoursText = keyed("Tidsrum", '"07.00-17.00"', default=HoursWindow(0, 1440))
    reply_to: ReplyToWord = keyed("Svar til", default=ReplyTo.TOVHOLDER)
    redirect_all_to: EmailAddress | None = keyed("Send alt til", "Prøvedrift. Tæller aldrig som fortalt.", default=None)
    rate: RateText = keyed("Tempo", "30/min", default=Rate(30, 60))
    mass_limit: WholeNumber = keyed("Grænse for aflysninger", "Flere på én gang venter på et menneske.", default=25)
    answers: MachineName | None = keyed("Svarmappe", "Mappe, hvor svar lægges som .eml.", default=None)
    notices: NoticeSwitches = keyed("Beskeder", "Korte mails, der kan slås fra hver for sig.", default=NoticeSwitches())

    def allows(self, address: str | None) -> bool:
        """Whether mail may go to an address."""
        return address is not None and lies_within(address, self.allowed_domains)


class Law(Entry):
    """A reference to a law, with its validity. Never written into a template."""

    text: Text = keyed("Tekst")
    from_: DanishDate = keyed("Gælder fra", alias="from")
    to: DanishDate | None = keyed("Gælder til", default=None)
    reviewed: DanishDate | None = keyed(
        "Set efter",
        "Hvornår nogen sidst så efter, at henvisningen gælder, når ingen ved, hvornår den slutter.",
        default=None,
    )

    def is_valid_on(self, day: date) -> bool:
        """Whether the reference may be used on `day`."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Absence(Entry):
    """A staff member away; letters and mail name the substitute meanwhile."""

    staff: StaffRef = keyed("Medarbejder")
    from_: DanishDate = keyed("Fra", alias="from")
    to: DanishDate = keyed("Til")


class Git(Entry):
    """How the server follows what people push."""

    pull: Duration | None = keyed("Hent hver", "20s", default=None)
    branch: MachineName = keyed("Gren", default="main")


class Config(Entry):
    """`config.yaml`."""

    municipality: Municipality = keyed("Kommunen")
    language: Text = keyed("Sprog", default="da")
    timezone: Text = keyed("Tidszone", default="Europe/Copenhagen")
    areas: dict[AreaRef, Area] = keyed("Fagområder")
    target_group: TargetGroup = keyed("Målgruppe", default=TargetGroup())
    candidates: Candidates = keyed(
        "Kandidater", "Hvordan udtræk af udgifter og kontakter forstås.", default=Candidates()
    )
    staff: dict[StaffRef, Staff] = keyed("Medarbejdere")
    project_coordinator: StaffRef = keyed("Projektkoordinator")
    steering_group: tuple[StaffRef, ...] = keyed("Styregruppe", default=())
    finance_department: EmailAddress | None = keyed(
        "Økonomiafdeling", "Hertil bedes der om udgifterne, når et forløb er slut.", default=None
    )
    opening_survey: Text | None = keyed(
        "Spørgeskema ved start", "Link til det skema, teamet svarer på, når det har mødtes første gang.", default=None
    )
    closing_survey: Text | None = keyed(
        "Spørgeskema", "Link til det skema, teamet svarer på, når et forløb er slut.", default=None
    )
    surveys: SurveyLinks = keyed(
        "Spørgeskemaer", "Links til de skemaer, der svares på ved start og afslutning.", default=SurveyLinks()
    )
    indicators_used: tuple[KeyText, ...] = keyed(
        "Indikatorer",
        "Nøgler på det, alle familier måles på. Uden: det, den enkelte familie allerede er målt på.",
        default=(),
    )
    deadlines: Deadlines = keyed("Frister", default=Deadlines())
    reports: Reports = keyed("Rapporter", "Reglerne, som tal bedømmes efter.", default=Reports())
    investment: Investment = keyed("Investering", "Hvad udgifterne holdes op mod.", default=Investment())
    places: dict[KeyText, Place] = keyed("Steder", default={})
    agendas: dict[MeetingName, tuple[Text, ...]] = keyed("Dagsordener", "Efter mødetype.", default={})
    translations: dict[LanguageCode, dict[Text, Text]] = keyed(
        "Oversættelser",
        "Efter sprog: jeres egne ord, og hvad de hedder i oversatte breve: fagområder, stillinger, dagsordener.",
        default={},
    )
    absences: tuple[Absence, ...] = keyed("Fravær", default=())
    records: Records = keyed("Fagsystem", default=Records())
    closed_days: tuple[DanishDate, ...] = keyed("Lukkedage", default=())
    documents: DocumentSettings = keyed("Dokumenter", default=DocumentSettings())
    mail: Mail | None = keyed("Mail", default=None)
    dispatch: Dispatch = keyed("Udsendelse", "Breve til familien.", default=Dispatch())
    law: dict[KeyText, Law] = keyed("Lovgrundlag", default={})
    git: Git | None = keyed("Git", default=None)
    _catalogue: IndicatorCatalogue = PrivateAttr(default=NO_INDICATORS)

    @property
    def catalogue(self) -> IndicatorCatalogue:
        """What may be measured, from `indikatorer.yaml`."""
        return self._catalogue

    def with_catalogue(self, catalogue: IndicatorCatalogue) -> Config:
        """The same settings beside that catalogue."""
        other = self.model_copy()
        other._catalogue = catalogue  # noqa: SLF001 - its own kind
        return other

    def is_health(self, area: AreaCode) -> bool:
        """Whether an area's knowledge is health data."""
        return area in self.areas and self.areas[area].health

    def is_absent(self, staff: StaffId, day: date) -> bool:
        """Whether a professional is away on `day`."""
        return any(line.staff == staff and line.from_ <= day <= line.to for line in self.absences)
