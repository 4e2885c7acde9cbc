"""Where a meeting is held is read once: whoever asks gets the same answer, however the place is written."""

from __future__ import annotations

import pytest

from hopdocs.documents.desired import wanted_documents
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.scalars.places import Location, locate
from hopdocs.notices.planning.invitations import HOME_VISIT, wanted_meetings
from hopdocs.pages.status import meeting_line
from hopdocs.rules.post import check_protected_home
from hopdocs.sources.families import parse_family
from tests.unit.documents.example import FOLDER, TODAY, load_config, zamirandi

OLD = "place: havoern"


@pytest.mark.parametrize(
    ("written", "location"),
    [
        ("home:nadira", Location("home:nadira", host="nadira")),  # type: ignore[arg-type]
        ("home: nadira", Location("home:nadira", host="nadira")),  # type: ignore[arg-type]
        (" Home :  nadira ", Location("home:nadira", host="nadira")),  # type: ignore[arg-type]
        ("havoern", Location("havoern", room="havoern")),
        ("Biblioteket, Storegade 2", Location("Biblioteket, Storegade 2")),
        ("homerun", Location("homerun")),
    ],
)
def test_a_place_is_a_home_a_room_or_free_text(written: str, location: Location) -> None:
    assert locate(written, load_config().places) == location


@pytest.mark.parametrize(
    "written", ["home: nadira", "home :nadira", "HOME:\N{NO-BREAK SPACE}nadira", " home:  nadira "]
)
def test_a_home_is_the_same_to_letters_pages_mails_and_rules_however_it_is_written(written: str) -> None:
    config, plain, odd = load_config(), zamirandi((OLD, "place: home:nadira")), zamirandi((OLD, f'place: "{written}"'))
    day = FamilyDay.on(odd, config, TODAY)
    assert odd == plain
    assert wanted_documents(FamilyDay.on(odd, config, TODAY)) == wanted_documents(FamilyDay.on(plain, config, TODAY))
    assert HOME_VISIT in {meeting.place for meeting in wanted_meetings(day)}
    assert "hjemme hos Nadira" in {meeting_line(meeting, day).place for meeting in odd.meetings}
    told, wanted = (list(check_protected_home(FamilyDay.on(family, config, TODAY))) for family in (odd, plain))
    assert told == wanted


@pytest.mark.parametrize("written", ["home:nobody", "home: nobody", "Home:nobody"])
def test_the_home_of_nobody_is_told_however_it_is_written(written: str) -> None:
    text = (FOLDER / "families" / "hop-2026-007.yaml").read_text("utf-8").replace(OLD, f'place: "{written}"', 1)
    found = parse_family(text.encode(), "families/hop-2026-007.yaml", load_config()).diagnostics
    assert [item.code for item in found] == ["HD157"]
