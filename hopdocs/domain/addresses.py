"""Addresses as people write them: whether two are the same place, and where a text names one.

`Opdigtvej 310` is also `opdigtvej nr. 310`, `Opdigtv. 310`, `Opdigt Vej 310A`; `Opdigtvej 31` is another house. A
letter behind the number counts as the same: it leads to the same door, and what is protected is better found once too
often.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from hopdocs.catalogue.masking import plain_signs

if TYPE_CHECKING:
    from hopdocs.model.family import Family
    from hopdocs.model.people import Member
    from hopdocs.model.scalars.values import MemberKey

_STREET_AND_NUMBER: Final = re.compile(
    r"(?P<street>.*?[^\W\d][^\d]*?)[\s,]*(?:\b(?:hus)?n(?:umme)?r\.?\s*)?(?P<number>\d+)"
)
_NUMBER_WORD: Final = r"\s*,?\s*(?:(?:hus)?n(?:umme)?r\.?\s*)?"
_ENDINGS: Final = (
    ("vej", r"v(?:ej(?:en)?|\.)?"),
    ("gade", r"g(?:ade|d?\.)?"),
    ("allé", r"al(?:l[eé]|\.)"),
    ("alle", r"al(?:l[eé]|\.)"),
    ("plads", r"pl(?:ads|\.)"),
    ("stræde", r"str(?:(?:æ|ae)de|\.)"),
    ("boulevard", r"(?:boulevard|blvd\.?|boul\.)"),
)
"""What street names end with, and how that is shortened."""
_LETTERS: Final = {"å": "(?:å|aa)", "é": "[eé]", "æ": "(?:æ|ae)", "ø": "(?:ø|oe)", "ß": "(?:ß|ss)"}
_AS_ONE_LETTER: Final = (("aa", "å"), ("ae", "æ"), ("oe", "ø"), ("ss", "ß"))
_SURE: Final = re.compile("[a-z]+")
"""Letters that are spelled in one way only."""


@lru_cache(maxsize=512)
def address_regex(address: str) -> str:
    """A pattern for a text that names the address, whatever the case; it begins and ends with a whole word."""
    plain = _plain(address)
    whole = rf"(?<!\w){_spelled(plain)}(?!\w)"
    found = _STREET_AND_NUMBER.match(plain)
    if found is None:
        return whole
    number = found["number"].lstrip("0")
    door = rf"(?<!\w){_street_regex(found['street'])}{_NUMBER_WORD}0*{number}\s?[a-zæøå]?(?!\w)"
    # What goes on in the same word behind the number is no door: then only the whole of it is the address.
    return door if re.search(door, plain, re.IGNORECASE) else whole


@lru_cache(maxsize=512)
def surest_letters(address: str) -> str:
    """Letters in a row that stand in every spelling of the address; '' where there are none to be sure of."""
    plain = _plain(address)
    found = _STREET_AND_NUMBER.match(plain)
    whole, stem = _sure_runs(plain), _sure_runs(_stem_of(found["street"]) if found is not None else plain)
    return max((run for run in stem if any(run in other for other in whole)), key=len, default="")


def _sure_runs(words: str) -> list[str]:
    return _SURE.findall(_as_one_letter(words))


def names_address(text: str, address: str) -> bool:
    """Whether a text names the address, in one spelling or another."""
    return _pattern(address).search(_plain(text)) is not None


@lru_cache(maxsize=512)
def _pattern(address: str) -> re.Pattern[str]:
    return re.compile(address_regex(address), re.IGNORECASE)


def _street_regex(street: str) -> str:
    ending = next((item for item in _ENDINGS if street.endswith(item[0])), None)
    if ending is None:
        return _spelled(street)
    stem = _stem_of(street)
    return rf"{_spelled(stem)}[\s-]*{ending[1]}" if stem else ending[1]


def _stem_of(street: str) -> str:
    """A street's name without the word for street that it ends with."""
    ending = next((word for word, _ in _ENDINGS if street.endswith(word)), "")
    return street.removesuffix(ending).rstrip() if ending else street


def _spelled(words: str) -> str:
    plain = _as_one_letter(words)
    return r"[\s-]+".join("".join(_LETTERS.get(sign, re.escape(sign)) for sign in word) for word in plain.split())


def _as_one_letter(words: str) -> str:
    for two, one in _AS_ONE_LETTER:
        words = words.replace(two, one)
    return words


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", plain_signs(text)).casefold().split())


def protected_addresses(family: Family) -> dict[str, MemberKey]:
    """Each protected address of a family, with the first who lives there; the household's own is the first member's."""
    found: dict[str, MemberKey] = {}
    if family.contact is not None and family.contact.protected and family.contact.address is not None:
        at_home = [key for key, person in family.members.items() if person.contact is None]
        found[family.contact.address] = next(iter([*at_home, *family.members]))
    for key, person in family.members.items():
        if person.contact is not None and person.contact.protected and person.contact.address is not None:
            found.setdefault(person.contact.address, key)
    return found


def is_household_protected(family: Family) -> bool:
    """Whether the family's own address is kept secret, by its own line or because somebody of it keeps the same one."""
    contact = family.contact
    if contact is None:
        return False
    own = contact.address or ""
    return contact.protected or any(names_address(own, item) for item in protected_addresses(family))


def has_no_known_home(family: Family, person: Member) -> bool:
    """Whether nobody can tell where a person lives: a contact without an address, beside a protected household.

    Who has a contact of her own may live elsewhere. A protected address is lent to nobody on a guess.
    """
    contact = person.contact
    is_open = contact is not None and contact.address is None and not contact.protected and not person.lives_with
    return is_open and is_household_protected(family)


def is_home_protected(family: Family, member: MemberKey) -> bool:
    """Whether a person's own address is protected, or the household's if she has none of her own."""
    contact = family.members[member].contact
    if contact is None or (contact.address is None and not contact.protected):
        return is_household_protected(family)
    return contact.protected
