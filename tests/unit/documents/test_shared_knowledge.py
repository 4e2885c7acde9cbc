"""What the areas may know of each other about a person: both must be in the consent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.audience import AreaReader, Audience, Concern
from hopdocs.model.scalars.values import AreaCode, MemberKey
from tests.unit.documents.example import TODAY, on_day, regnbuehoej, zamirandi

if TYPE_CHECKING:
    from hopdocs.model.family import Family


def _knows(family: Family, viewer: str, about: str, member: str, day: date = TODAY) -> bool:
    concern = Concern((MemberKey(member),), AreaCode(about))
    return Audience(on_day(family, day)).may_see(AreaReader(AreaCode(viewer)), concern)


@pytest.mark.parametrize(
    ("viewer", "about", "member", "expected"),
    [
        ("BF", "SO", "nadira", True),
        ("SO", "BF", "nadira", True),
        ("BF", "SO", "tariq", False),
        ("SO", "BF", "tariq", False),
        ("HP", "BF", "nadira", False),
        ("DU", "BF", "sami", True),
        ("SO", "DU", "sami", False),
    ],
)
def test_staff_see_what_both_areas_are_in_the_consent_for(
    viewer: str, about: str, member: str, *, expected: bool
) -> None:
    assert _knows(zamirandi(), viewer, about, member) is expected


def test_health_knowledge_is_hidden_the_day_a_consent_has_expired_and_the_rest_is_not() -> None:
    day = date(2027, 9, 23)
    assert not _knows(zamirandi(), "BF", "SO", "nadira", day)
    assert not _knows(zamirandi(), "SO", "BF", "nadira", day)
    assert _knows(zamirandi(), "BF", "DU", "nadira", day)


def test_what_was_taken_back_is_hidden_from_everyone() -> None:
    assert _knows(regnbuehoej(), "BF", "SO", "anton", date(2026, 8, 17))
    assert not _knows(regnbuehoej(), "BF", "SO", "anton", date(2026, 8, 18))
