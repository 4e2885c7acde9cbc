"""The last look at a finished mail: does it hold what no mail may hold?

It reads the bytes that would leave, decoded as the recipient's program decodes them (`notices.inbound.decoded`),
and not the data that they were made from: so it also finds what got in by a way that nobody thought of. A finding
never repeats what was found.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from hopdocs.catalogue.masking import UNSEEN, find_cpr_shapes, is_western
from hopdocs.domain.addresses import address_regex, surest_letters
from hopdocs.notices.inbound.decoded import as_seen, normalise_text, readable_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hopdocs.notices.wanted import PrivateWords

LeakKind: TypeAlias = Literal["cpr", "name", "phone", "address", "first_name"]

_BETWEEN_DIGITS: Final = r"[\s./-]{0,2}"
_DANISH_PREFIX: Final = rf"(?:(?:00|\+)?45{_BETWEEN_DIGITS})?"


@dataclass(frozen=True, slots=True)
class Leak:
    """One thing that must not leave; if it only might be a name, it warns and does not stop."""

    kind: LeakKind

    @property
    def blocks(self) -> bool:
        """Whether the mail must stay. A first name alone may be the place's or a colleague's."""
        return self.kind != "first_name"


_VERDICTS: Final[dict[bytes, tuple[Leak, ...]]] = {}
"""What was found in which bytes: a waiting mail is asked about again in every cycle, and its bytes never change."""

_MOST_VERDICTS: Final = 8192


def scan_mail(mime: bytes, words: PrivateWords) -> tuple[Leak, ...]:
    """What the mail holds that it must not; at most one of each kind."""
    key = hashlib.sha256(_digest(words) + mime).digest()
    found = _VERDICTS.get(key)
    if found is None:
        if len(_VERDICTS) >= _MOST_VERDICTS:
            _VERDICTS.clear()
        found = _VERDICTS[key] = _scan(mime, words)
    return found


def scan_text(text: str, words: PrivateWords) -> tuple[Leak, ...]:
    """The same of a text that is to stand in a mail."""
    return tuple(_LEAKS[kind] for kind in _find(as_seen(text), words))


def _scan(mime: bytes, words: PrivateWords) -> tuple[Leak, ...]:
    kinds = (kind for text in readable_text(mime) for kind in _find(text, words))
    return tuple(_LEAKS[kind] for kind in dict.fromkeys(kinds))


_LEAKS: Final[dict[LeakKind, Leak]] = {kind: Leak(kind) for kind in ("cpr", "name", "phone", "address", "first_name")}


@lru_cache(maxsize=64)
def _find(text: str, words: PrivateWords) -> tuple[LeakKind, ...]:
    """The kinds in one text. Everybody who is invited to a meeting gets the same calendar part: it is read once."""
    if UNSEEN not in text:
        return _find_seen(text, words)
    return tuple(dict.fromkeys((*_find_seen(normalise_text(text), words), *_find_across_unseen(text, words))))


def _find_across_unseen(text: str, words: PrivateWords) -> Iterator[LeakKind]:
    """Names and addresses in which something that cannot be seen stands in a word, or in place of a blank."""
    reduced = _loose_pattern(tuple(words.allowed)).sub(" ¤ ", text)
    if _loose_pattern(words.full_names).search(reduced):
        yield "name"
    if words.addresses and _address_pattern(words.addresses).search(reduced.replace(UNSEEN, " ")):
        yield "address"
    if _loose_pattern(words.first_names).search(reduced):
        yield "first_name"


def _find_seen(text: str, words: PrivateWords) -> tuple[LeakKind, ...]:
    """The kinds in a text of which all can be seen.

    Nearly every text holds nothing, and one look at it says so. Only if that look finds something is the text read
    again without what may stand in it, for each kind by itself.
    """
    holds_cpr = _holds_cpr(text)
    if not holds_cpr and not _is_suspect(text, words):
        return ()
    found: list[LeakKind] = []
    reduced = _without(text, words.allowed)
    if holds_cpr and _holds_cpr(reduced):
        found.append("cpr")
    for kind, pattern in _word_patterns(words):
        if pattern.search(reduced):
            found.append(kind)
    if any(_phone_pattern(phone).search(reduced) for phone in words.phones):
        found.append("phone")
    return tuple(found)


def _is_suspect(text: str, words: PrivateWords) -> bool:
    """Whether any kind of word may stand in a text.

    In the small letters of a Western text a plain search for what each word begins with tells nearly always that none
    does: in a tenth of the time that a pattern takes, and most patterns need never be made.
    """
    small = text.casefold() if is_western(text) else None
    return any(
        make_pattern(words).search(text)
        for make_pattern, beginnings in _suspicions(words)
        if small is None or any(beginning in small for beginning in beginnings)
    )


class _Suspicion(NamedTuple):
    """A pattern, and letters of which some stand in small ones in every Western text in which it is found."""

    make_pattern: Callable[[PrivateWords], re.Pattern[str]]
    beginnings: tuple[str, ...]


@lru_cache(maxsize=512)
def _suspicions(words: PrivateWords) -> tuple[_Suspicion, ...]:
    """Patterns of which one is found wherever any kind of word is: names in one, addresses and phones in others."""
    phrases, addresses = _name_phrases(words), _known_addresses(words)
    found = [
        _Suspicion(_any_name, tuple(dict.fromkeys(map(_beginning, phrases)))),
        _Suspicion(_any_address, tuple(dict.fromkeys(map(surest_letters, addresses)))),
        _Suspicion(_any_phone, ("",)),
    ]
    return tuple(item for item, known in zip(found, (phrases, addresses, words.phones), strict=True) if known)


def _name_phrases(words: PrivateWords) -> list[str]:
    phrases = {" ".join(normalise_text(item).split()) for item in (*words.full_names, *words.first_names)}
    return sorted(filter(None, phrases))


def _known_addresses(words: PrivateWords) -> list[str]:
    return [item for item in words.addresses if item.strip()]


@lru_cache(maxsize=512)
def _any_name(words: PrivateWords) -> re.Pattern[str]:
    """Any of the names.

    Taking out what is allowed can make a phrase whole that was not: `(Nadira)` in `Rigmor(Nadira)`. It can't if the
    phrase begins and ends with a letter or a digit, since what is allowed is whole, too. So only such phrases are
    asked to be whole here.
    """
    phrases = _name_phrases(words)
    whole = [item for item in phrases if _is_wordlike(item[0]) and _is_wordlike(item[-1])]
    alternatives = [rf"(?<!\w){_starting(whole)}(?!\w)"] if whole else []
    alternatives += [_phrase(item) for item in phrases if item not in whole]
    return re.compile("|".join(alternatives), re.IGNORECASE)


@lru_cache(maxsize=512)
def _any_address(words: PrivateWords) -> re.Pattern[str]:
    """Any of the addresses. One may begin with a sign as well, so none is asked to be whole here."""
    loose = [address_regex(item).removeprefix(r"(?<!\w)").removesuffix(r"(?!\w)") for item in _known_addresses(words)]
    return re.compile("|".join(loose), re.IGNORECASE)


@lru_cache(maxsize=512)
def _any_phone(words: PrivateWords) -> re.Pattern[str]:
    return re.compile(rf"(?=[\d+])(?:{'|'.join(map(_phone, words.phones))})")


def _beginning(phrase: str) -> str:
    """The first word in small letters; '' where it has letters that other letters may stand for."""
    first = phrase.split(maxsplit=1)[0]
    return first.casefold() if is_western(first) else ""


def _holds_cpr(text: str) -> bool:
    return next(find_cpr_shapes(text), None) is not None


def _starting(phrases: Sequence[str]) -> str:
    """Any of the phrases, after one look at whether the next character begins one."""
    first = "".join(sorted({re.escape(item[0]) for item in phrases}))
    return rf"(?=[{first}])(?:{'|'.join(map(_phrase, phrases))})"


def _is_wordlike(character: str) -> bool:
    return re.match(r"\w", character) is not None


def _word_patterns(words: PrivateWords) -> Iterator[tuple[LeakKind, re.Pattern[str]]]:
    if words.full_names:
        yield "name", _pattern(words.full_names)
    if words.addresses:
        yield "address", _address_pattern(words.addresses)
    if words.first_names:
        yield "first_name", _pattern(words.first_names)


@lru_cache(maxsize=512)
def _address_pattern(addresses: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the addresses, however it is spelled."""
    body = "|".join(address_regex(item) for item in addresses if item.strip())
    return re.compile(body or "(?!)", re.IGNORECASE)


def _without(text: str, allowed: Sequence[str]) -> str:
    return _pattern(tuple(allowed)).sub(" ¤ ", text) if allowed else text


@lru_cache(maxsize=512)
def _pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words or phrases, whole, whatever the case and the white space between."""
    phrases = sorted({normalise_text(item) for item in listed if item.strip()}, key=len, reverse=True)
    body = "|".join(map(_phrase, phrases))
    return re.compile(rf"(?<!\w)(?:{body or '(?!)'})(?!\w)", re.IGNORECASE)


def _phrase(text: str) -> str:
    return r"\s+".join(map(re.escape, normalise_text(text).split()))


@lru_cache(maxsize=64)
def _loose_pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    """The same if `UNSEEN` stands in the text."""
    phrases = sorted({normalise_text(item) for item in listed if item.strip()}, key=len, reverse=True)
    body = "|".join(map(_loose_phrase, phrases))
    return re.compile(rf"(?<!\w)(?:{body or '(?!)'})(?!\w)", re.IGNORECASE)


def _loose_phrase(text: str) -> str:
    return rf"[\s{UNSEEN}]+".join(rf"{UNSEEN}*".join(map(re.escape, word)) for word in text.split())


@lru_cache(maxsize=512)
def _phone_pattern(phone: str) -> re.Pattern[str]:
    return re.compile(_phone(phone))


def _phone(phone: str) -> str:
    """A Danish number with or without the country's, in any grouping."""
    digits = re.sub(r"\D", "", phone)[-8:]
    return rf"(?<!\d){_DANISH_PREFIX}{_BETWEEN_DIGITS.join(digits)}(?!\d)" if digits else "(?!)"


@lru_cache(maxsize=512)
def _digest(words: PrivateWords) -> bytes:
    return hashlib.sha256(repr(words).encode("utf-8", "surrogatepass")).digest()
