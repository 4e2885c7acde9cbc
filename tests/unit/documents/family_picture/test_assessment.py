"""The familiefaglig undersøgelse: who reads which part, which are missing, and what is under way already."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.documents.audience import Audience, MemberReader, Withheld
from hopdocs.documents.kinds.undersoegelse import UndersoegelseContext
from hopdocs.documents.sight import sight_of
from hopdocs.model.scalars.values import MemberKey
from tests.unit.documents.example import TODAY, on_day, regnbuehoej, wanted, words_of, zamirandi
from tests.unit.letters.word_text import all_text, render

if TYPE_CHECKING:
    from hopdocs.model.family import Family

INTERNAL = (
    "works: Tariq har selv søgt tre praktikpladser.",
    "works: Tariq har selv søgt.\n    internal: Nævn ikke lånet",
)
HEALTH_PART = (
    "meetings:\n",
    "  - {area: SO, by: ssk, date: 2026-11-06, file: so.txt, concerns: Smerter hver nat}\n\nmeetings:\n",
)
BEFORE_WITHDRAWAL = date(2026, 8, 1)
THERE_FOR_ALL = "{staff: rri, from: 2026-02-17}"


def copy(family: Family, who: str, today: date = TODAY) -> UndersoegelseContext:
    context = wanted(family, today=today)[f"undersoegelse-{who}"].context
    assert isinstance(context, UndersoegelseContext)
    return context


def readers(family: Family, today: date = TODAY) -> set[str]:
    stems = wanted(family, today=today)
    return {stem.removeprefix("undersoegelse-") for stem in stems if stem.startswith("undersoegelse-")}


def areas(family: Family, who: str, today: date = TODAY) -> list[str]:
    return [part.area for part in copy(family, who, today).parts]


def test_parents_read_their_own_parts_and_their_childrens_and_a_youth_only_her_own() -> None:
    all_three = ["Børn og Familie", "Beskæftigelse", "Dagtilbud og Undervisning"]
    assert areas(zamirandi(), "nadira") == all_three
    assert areas(zamirandi(), "tariq") == all_three
    assert "yasmin" not in readers(zamirandi())
    hers = ("by: ppa\n    date: 2026-11-05", "by: ppa\n    date: 2026-11-05\n    for: [yasmin]")
    assert areas(zamirandi(hers), "yasmin") == ["Dagtilbud og Undervisning"]


def test_a_health_part_is_read_by_whom_it_is_about_and_the_areas_that_her_consent_opens() -> None:
    family = zamirandi(HEALTH_PART)
    assert "Sundhed og Omsorg" in areas(family, "nadira")
    assert "Sundhed og Omsorg" in areas(family, "BF")
    for who in ("tariq", "DU"):
        shown = " ".join(words_of(copy(family, who)))
        assert ("Smerter" in shown) == (who == "DU")
    assert "Skumring" not in " ".join(words_of(copy(family, "tariq")))


def test_the_other_home_reads_nothing_of_a_part_about_both_unless_it_is_told_apart() -> None:
    both = (
        "meetings:",
        (
            "assessment:\n  - {area: BF, by: rri, date: 2026-03-01, works: Om dem begge, for: [karla, anton]}\n"
            "  - {area: BES, by: tta, date: 2026-03-01, works: Kun om Anton, for: [anton]}\n\nmeetings:"
        ),
    )
    assert readers(regnbuehoej(both), BEFORE_WITHDRAWAL) & {"karla", "anton"} == {"anton"}
    assert areas(regnbuehoej(both), "anton", BEFORE_WITHDRAWAL) == ["Beskæftigelse"]


def test_a_part_from_somebody_who_is_there_for_all_is_about_both_homes_though_one_child_has_the_case() -> None:
    part = "assessment:\n  - {area: BF, by: rri, date: 2026-03-01, works: Om dem alle}\n\nmeetings:"
    family = regnbuehoej(("meetings:", part))
    assert readers(family, BEFORE_WITHDRAWAL) >= {"karla", "anton"}
    of_all = regnbuehoej(("meetings:", part), ("{staff: rri, from: 2026-02-17, for: [storm]}", THERE_FOR_ALL))
    assert not readers(of_all, BEFORE_WITHDRAWAL) & {"karla", "anton"}
    assert areas(of_all, "BF", BEFORE_WITHDRAWAL) == ["Børn og Familie"]


def test_what_is_internal_stays_with_the_professionals() -> None:
    assert [part.internal for part in copy(zamirandi(INTERNAL), "BF").parts if part.internal] == ["Nævn ikke lånet"]
    for who in ("nadira", "tariq"):
        assert "lånet" not in " ".join(words_of(copy(zamirandi(INTERNAL), who)))
    assert "Det taler I ikke om på mødet" in all_text(render("undersoegelse", copy(zamirandi(INTERNAL), "BF")))


def test_a_missing_part_is_marked_with_whose_it_is_and_by_when() -> None:
    (missing,) = [status for status in copy(zamirandi(), "BF").statuses if status.written is None]
    assert (missing.area, missing.by, missing.due) == ("Sundhed og Omsorg", "Sofus Skumring", date(2026, 11, 5))
    assert copy(zamirandi(), "BF").document.draft
    assert not copy(zamirandi(HEALTH_PART), "BF").document.draft
    text = all_text(render("undersoegelse", copy(zamirandi(), "BF"))).replace("\u00a0", " ")
    assert "Mangler endnu. Skal være her den 5. november 2026." in text


def test_who_may_not_know_of_an_area_is_not_told_that_its_part_is_missing() -> None:
    assert "Sundhed og Omsorg" not in {status.area for status in copy(zamirandi(), "tariq").statuses}
    assert not copy(zamirandi(), "tariq").document.draft


def test_a_part_that_this_reader_may_not_read_is_said_to_be_elsewhere() -> None:
    statuses = {status.area: status for status in copy(zamirandi(), "SO").statuses}
    assert not statuses["Beskæftigelse"].is_shown
    assert copy(zamirandi(), "SO").parts == ()
    assert "Delen står ikke i denne udgave" in all_text(render("undersoegelse", copy(zamirandi(), "SO")))


def test_a_part_written_elsewhere_names_its_file() -> None:
    text = all_text(render("undersoegelse", copy(zamirandi(HEALTH_PART), "nadira")))
    assert "Teksten ligger i filen so.txt. Spørg Sofus Skumring om den." in text


def test_what_falls_together_is_marked_for_who_sees_both() -> None:
    clash = (
        ("hours_per_week: 20\n", "hours_per_week: 20\n      times: [tirsdag 9.00-12.00]\n"),
        ("start: 2026-12-01", "start: 2026-11-01"),
        (
            "area: SO\n      responsible: ssk\n      for: [nadira]\n      what: Smerte",
            (
                "area: BF\n      responsible: bbl\n      for: [tariq]\n      times: [tirsdag 10.00-11.00]\n"
                "      what: Smerte"
            ),
        ),
    )
    marks = {item.what: item.marks for item in copy(zamirandi(*clash), "nadira").under_way}
    assert marks["Virksomhedspraktik i Vesterlyng Gartneri"] == (
        "Falder sammen med Smertehåndteringsforløb for Tariq: tirsdag 09.00-12.00.",
    )
    assert marks["AKT-forløb med fast voksen"] == ()


def test_what_begins_later_is_not_under_way_on_the_day_of_the_assessment() -> None:
    job = "Virksomhedspraktik i Vesterlyng Gartneri"
    assert job not in [item.what for item in copy(zamirandi(), "nadira").under_way]
    begun = zamirandi(("start: 2026-12-01", "start: 2026-11-01"))
    assert job in [item.what for item in copy(begun, "nadira").under_way]


def test_what_is_done_towards_a_goal_that_is_kept_to_some_is_kept_with_it() -> None:
    kept = ("- id: skole\n", "- id: skole\n      visible_to: [nadira, DU]\n")
    school = "AKT-forløb med fast voksen"
    shown = {who: school in [item.what for item in copy(zamirandi(kept), who).under_way] for who in ("nadira", "BF")}
    assert shown == {"nadira": True, "BF": False}
    assert school in [item.what for item in copy(zamirandi(), "BF").under_way]


def test_two_areas_that_work_towards_one_goal_are_told_of_each_other() -> None:
    same = (
        "goal: helbred\n      area: SO\n      responsible: ssk\n      for: [nadira]",
        "goal: skole\n      area: BF\n      responsible: bbl\n      for: [sami]",
    )
    marks = [mark for item in copy(zamirandi(same), "BF").under_way for mark in item.marks]
    assert marks == [
        "Samme mål arbejder også Børn og Familie med.",
        "Samme mål arbejder også Dagtilbud og Undervisning med.",
    ]


def test_it_says_that_it_is_no_assessment_of_a_child_by_law() -> None:
    assert "Det her er ikke en børnefaglig undersøgelse" in all_text(render("undersoegelse", copy(zamirandi(), "BF")))


def test_who_sees_what_lists_each_part_with_why_it_is_withheld() -> None:
    audience = Audience(on_day(zamirandi()))
    withheld = {entry.key: why for entry, why in sight_of(audience, MemberReader(MemberKey("yasmin"))).withheld}
    assert withheld["assessment:BF"] is Withheld.ABOUT_OTHERS
    assert "assessment:BF" not in {
        entry.key for entry, _ in sight_of(audience, MemberReader(MemberKey("nadira"))).withheld
    }


def test_while_nobody_has_written_there_is_none() -> None:
    assert readers(zamirandi().model_copy(update={"assessment": ()})) == set()
    assert readers(zamirandi().model_copy(update={"meetings": ()})) == set()


def test_an_author_who_also_works_with_the_other_home_is_not_named_to_this_one() -> None:
    other_home = (
        "meetings:",
        "assessment:\n  - {area: HP, by: hha, date: 2026-03-01, works: Om Karla, for: [karla]}\n\nmeetings:",
    )
    (part,) = copy(regnbuehoej(other_home), "karla", BEFORE_WITHDRAWAL).parts
    assert (part.by, part.title) == ("", "")
    assert "Hanne" not in " ".join(words_of(copy(regnbuehoej(other_home), "karla", BEFORE_WITHDRAWAL)))
