"""Which way letters reach a person: what the file says, and paper for who can have no mailbox."""

from __future__ import annotations

from datetime import date

import pytest

from hopdocs.model.people import Member
from hopdocs.pages.letters import LetterRoute, route_of

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born", "post", "route"),
    [
        ("1985-01-05", "digital", LetterRoute.DIGITAL_POST),
        ("1985-01-05", "paper", LetterRoute.PAPER),
        ("1985-01-05", None, LetterRoute.UNKNOWN),
        ("2011-11-21", "digital", LetterRoute.DIGITAL_POST),
        ("2011-11-22", "digital", LetterRoute.PAPER),
        ("2011-11-22", None, LetterRoute.PAPER),
    ],
)
def test_from_fifteen_years_on_somebody_has_a_mailbox_unless_exempt(
    born: str, post: str | None, route: LetterRoute
) -> None:
    person = Member.model_validate({"name": "Yasmin", "role": "child", "born": born, "post": post})
    assert route_of(person, TODAY) is route
