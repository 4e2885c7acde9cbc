"""What stands on every document: who writes, to whom, about which case, and whom to call.

Absent text is an empty string and an absent list an empty tuple, in all views: a template drops a heading with
`{% if … %}`, and has nothing that could print as "None". Only objects and dates may be `None`, where said.
(No postponed annotations here: templates are checked against these types at run time.)
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """The document itself."""

    title: str
    """The heading, and the subject in Digital Post: "Invitation til familieplansmøde". Never a person's name."""
    kind: str
    """The document's kind in ASCII: `invitation`."""
    version: int
    """1, 2, 3 …; 0 until the build has looked it up."""
    date: date
    """The day of the letter: when its information was right."""
    replaces: int
    """The version that this one replaces; 0 when it is the first."""
    draft: bool
    """True while the document is marked "Udkast"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityBox:
    """The sender, for letterhead and footer."""

    name: str
    unit: str
    address: str
    phone: str
    email: str
    website: str
    """Empty when config names none."""
    cvr: str
    """Empty when config names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whose copy this is: one person of the family, one professional area, or everybody at a table."""

    key: str
    """The member's key or the area's code; empty for a document made for everybody at a table."""
    name: str
    """"Nadira Zamirandi", "Beskæftigelse", "Familieteamet"."""
    first_name: str
    """For "Kære Nadira"; the whole name for an area or a table."""
    address_lines: tuple[str, ...]
    """c/o, street, postcode and town; empty when there is no address, and for professionals."""
    is_professional: bool
    """True for an area's copy and for the team's papers."""
    is_youth: bool
    """True for a person under 18: "du", not "I"."""
    interpreter_language: str
    """The language this person needs an interpreter for; empty when none is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactBox:
    """Whom the reader calls: the tovholder, or the projektkoordinator before there is one."""

    role: str
    """"tovholder" or "projektkoordinator"."""
    name: str
    title: str
    """"familierådgiver"; the role's own word if the title would tell too much."""
    area: str
    """The professional area's name; empty if it would tell something the reader may not know."""
    phone: str
    """Empty when config has none; the municipality's number then stands in the letterhead."""
    email: str
    substitute: str
    """Who answers when the contact does not: "Rigmor Rimfrost, telefon 00 00 12 02". Empty when nobody is named."""
    absences: tuple[str, ...]
    """Ready sentences for the days away that matter to this paper, each naming who to call meanwhile. Often empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every document gets."""

    document: DocumentInfo
    municipality: MunicipalityBox
    case_number: str
    """The shared case; empty before one is made."""
    recipient: Recipient
    tovholder: ContactBox


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """One professional area to tick; every area of the municipality, whether or not it knows the family."""

    code: str
    name: str
    is_health: bool
    """True if consent to share lapses by law after 12 months (sundhedsloven § 44)."""
