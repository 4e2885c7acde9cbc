"""The people of one family, and those around it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from hopdocs.model.entry import Entry, keyed
from hopdocs.model.scalars.languages import DANISH, LanguageWord, find_language
from hopdocs.model.scalars.moments import DanishDate
from hopdocs.model.scalars.values import AreaRef, MemberRef, PhoneNumber, Postcode, StaffRef, Text, YesNo, closed_list

if TYPE_CHECKING:
    from datetime import date

    from hopdocs.model.scalars.languages import LetterLanguage


class Role(StrEnum):
    """A member's place in the family."""

    PARENT = "parent"
    PARTNER = "partner"
    CHILD = "child"
    OTHER = "other"


class PostRoute(StrEnum):
    """How letters reach a person: Digital Post, or on paper if the person is exempt."""

    DIGITAL = "digital"
    PAPER = "paper"


class Circle(StrEnum):
    """How near a person of the network stands."""

    CLOSE = "close"
    NEAR = "near"
    FAR = "far"


class Source(StrEnum):
    """Where a referral came from."""

    PROFESSIONAL = "professional"
    FAMILY = "family"
    OTHER = "other"


class ChosenBy(StrEnum):
    """Who chose the tovholder: the team at first, the family from the familieplansmøde on."""

    TEAM = "team"
    FAMILY = "family"


RoleWord = Annotated[
    Role,
    closed_list(Role, {"forælder": "parent", "mor": "parent", "far": "parent", "barn": "child", "anden": "other"}),
]
PostWord = Annotated[PostRoute, closed_list(PostRoute, {"papir": "paper", "digital post": "digital"})]
CircleWord = Annotated[Circle, closed_list(Circle, {"meget tæt": "close", "tæt": "near", "længere væk": "far"})]
SourceWord = Annotated[
    Source,
    closed_list(Source, {"fagperson": "professional", "familien": "family", "familie": "family", "andet": "other"}),
]
ChosenByWord = Annotated[ChosenBy, closed_list(ChosenBy, {"familien": "family", "teamet": "team"})]


class Contact(Entry):
    """Where somebody lives."""

    address: Text | None = keyed("Adresse", "Vej, husnummer, etage og dør.", default=None)
    postcode: Postcode | None = keyed("Postnummer", "Fire cifre.", default=None)
    city: Text | None = keyed("By", default=None)
    co: Text | None = keyed("c/o", "Hvem personen bor hos, når navnet ikke står på døren.", default=None)
    phone: PhoneNumber | None = keyed("Telefon", "Otte cifre.", default=None)
    protected: YesNo = keyed("Beskyttet adresse", "ja: adressen vises kun for personen selv.", default=False)


class Member(Entry):
    """One person of the family. A CPR number is never written; forms leave a line for it."""

    name: Text = keyed("Navn", "Fulde navn, som det skal stå i breve.")
    role: RoleWord = keyed("Rolle", "parent, partner, child eller other (forælder, partner, barn, anden).")
    born: DanishDate = keyed("Født", "Fødselsdato. Aldrig CPR-nummer.")
    custody: YesNo = keyed("Forældremyndighed", "ja for hver forælder, der har del i den.", default=False)
    contact: Contact | None = keyed("Kontakt", "Kun når den ikke er familiens.", default=None)
    lives_with: tuple[MemberRef, ...] = keyed("Bor hos", "Et barn i to hjem nævner begge.", default=())
    language: Text = keyed("Sprog", "Modersmål, når det ikke er dansk.", default="dansk")
    reads: LanguageWord | None = keyed(
        "Læser",
        "Det sprog, personen helst læser breve på, når det er et andet: engelsk, let dansk, arabisk … "
        "Det danske brev følger altid med. dansk: ingen oversættelse.",
        default=None,
    )
    interpreter: YesNo = keyed("Tolk", "ja: personen har brug for tolk ved møder.", default=False)
    post: PostWord | None = keyed("Post", "digital (Digital Post) eller paper. Børn under 15 har ingen.", default=None)
    letter: Text | None = keyed(
        "Brevform", "Hvilken udgave af et brev personen får: let, ung … Uden ordet får unge under 18 ung.", default=None
    )

    def age_on(self, day: date) -> int:
        """Whole years on `day`."""
        return age_on(self.born, day)

    @property
    def letter_language(self) -> LetterLanguage:
        """The language in which the person also gets letters: the one she reads, else the one she speaks."""
        return find_language(self.reads or self.language) or DANISH

    @property
    def is_child(self) -> bool:
        """Whether the member counts as one of the family's children, whatever age."""
        return self.role is Role.CHILD


class Referral(Entry):
    """How the family came to the offer (samarbejdsaftale 2023, Rekruttering)."""

    date: DanishDate = keyed("Dato", "Hvornår henvendelsen kom.")
    source: SourceWord = keyed("Kilde", "professional, family eller other.")
    by: StaffRef | None = keyed("Af", "Medarbejderen, når det var en fagperson.", default=None)


class Examination(Entry):
    """A child's own examination (børnefaglig undersøgelse), which an area makes beside this course."""

    since: DanishDate = keyed("Siden", "Hvornår kommunen blev opmærksom på behovet.")
    done: DanishDate | None = keyed("Færdig", default=None)


class Case(Entry):
    """An active case in one professional area."""

    area: AreaRef = keyed("Fagområde")
    for_: tuple[MemberRef, ...] = keyed("Vedrører", "Hvem sagen handler om.", alias="for")
    since: DanishDate = keyed("Siden", "Hvornår sagen begyndte.")
    until: DanishDate | None = keyed("Til", "Hvornår sagen sluttede.", default=None)
    examination: Examination | None = keyed(
        "Børnefaglig undersøgelse",
        "Hvornår kommunen blev opmærksom på behovet (since), og hvornår den er færdig (done).",
        default=None,
    )

    def is_active_on(self, day: date) -> bool:
        """Whether the case runs on `day`; its last day counts."""
        return self.since <= day and (self.until is None or day <= self.until)


class TeamMember(Entry):
    """A professional's time on the family's team. People leave with `to`; the line stays."""

    staff: StaffRef = keyed("Medarbejder", "Det korte id fra config.yaml.")
    from_: DanishDate = keyed("Fra", alias="from")
    to: DanishDate | None = keyed("Til", "Sidste dag på teamet.", default=None)
    for_: tuple[MemberRef, ...] = keyed("For", "Hvem medarbejderen arbejder med.", alias="for", default=())

    def is_on_team(self, day: date) -> bool:
        """Whether the professional is on the team on `day`; the last day counts."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class TovholderPeriod(Entry):
    """Who is tovholder from a day on, until the next line (samarbejdsaftale 2023, Tovholder)."""

    staff: StaffRef = keyed("Medarbejder", "En myndighedsrådgiver på teamet.")
    from_: DanishDate = keyed("Fra", alias="from")
    to: DanishDate | None = keyed("Til", "Kun når ingen tager over dagen efter.", default=None)
    chosen_by: ChosenByWord = keyed("Valgt af", "team eller family.")
    reason: Text | None = keyed("Grund", "Hvorfor rollen skiftede.", default=None)
    substitute: StaffRef | None = keyed("Stedfortræder", "Hvem man ringer til imens.", default=None)


class NetworkPerson(Entry):
    """Somebody around the family: kin, a friend, a club."""

    name: Text = keyed("Navn")
    relation: Text | None = keyed("Relation", default=None)
    circle: CircleWord = keyed("Kreds", "close, near eller far.")
    helps_with: Text | None = keyed("Hjælper med", default=None)
    contact_ok: YesNo = keyed("Må kontaktes", default=False)
    for_: tuple[MemberRef, ...] = keyed("For", "Hvem i familien det er.", alias="for", default=())


def age_on(born: date, day: date) -> int:
    """Whole years of whoever was born on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
