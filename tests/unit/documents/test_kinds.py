from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hopdocs.documents.desired import wanted_documents
from hopdocs.documents.kinds.table import KINDS, name_of_plan, names_of_plan_copies
from hopdocs.documents.wanted import numbered
from hopdocs.domain.family_day import FamilyDay
from hopdocs.model.plan import Decision
from tests.unit.documents.example import TODAY, load_config, on_day, regnbuehoej, wanted, words_of, zamirandi

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.family import Family

MOVED = ('start: "10.00"\n    end: "12.00"', 'start: "12.30"\n    end: "14.30"')
PLAN_PAPERS = ("familieplan", "netvaerkskort")
ADULTS = ("nadira", "tariq", "yasmin")
DELIVERY = "{document: invitation, meeting: familieplan, to: [nadira], date: 2026-11-10, how: paper}"
WITHDRAWN_IN_PART = date(2026, 9, 1)


def kinds_of(documents: Iterable[WantedDocument]) -> set[str]:
    return {document.kind.name for document in documents}


def changed(before: Family, after: Family) -> set[str]:
    old, new = wanted(before), wanted(after)
    assert old.keys() == new.keys()
    return {stem for stem in old if old[stem].context != new[stem].context}


def test_a_family_before_its_plan_meeting_has_letters_meeting_papers_and_a_draft() -> None:
    stems = set(wanted(zamirandi()))
    assert stems == {
        *(f"{kind}-{who}" for kind in ("informationsbrev", "samtykkeerklaering") for who in ADULTS),
        *(f"invitation-{meeting}-{who}" for meeting in ("familieplan", "opfoelgning-1") for who in ADULTS),
        *(
            f"{kind}-{meeting}"
            for kind in ("indkaldelse", "dagsorden")
            for meeting in ("intro", "formoede", "familieplan", "opfoelgning-1")
        ),
        *(f"{kind}-{who}" for kind in PLAN_PAPERS for who in (*ADULTS, "BF", "BES", "SO", "DU")),
        *(f"undersoegelse-{who}" for who in ("nadira", "tariq", "BF", "BES", "SO", "DU")),
        *(f"samlet-familieplan-{who}" for who in (*ADULTS, "BF", "BES", "DU")),
        "koereplan-BES",
        "interviewguide-BES",
        *(f"{kind}-{who}" for kind in ("kvittering-for-samtykke", "ny-tovholder") for who in ADULTS),
    }


def test_the_kinds_say_themselves_which_of_them_are_a_copy_of_the_plan() -> None:
    assert names_of_plan_copies() == ("familieplan", "samlet-familieplan")
    assert name_of_plan() == "familieplan"
    with_facts = {item.kind.name for item in wanted(zamirandi()).values() if item.facts is not None}
    assert with_facts == set(names_of_plan_copies())


def test_documents_are_listed_letters_first_then_meeting_by_meeting_then_reader_by_reader() -> None:
    letters = {f"{kind}-{who}" for kind in ("kvittering-for-samtykke", "ny-tovholder") for who in ADULTS}
    every = list(wanted(zamirandi()))
    assert set(every[6:12]) == letters
    stems = [stem for stem in every if stem not in letters]
    assert stems[:6] == [f"{kind}-{who}" for kind in ("informationsbrev", "samtykkeerklaering") for who in ADULTS]
    assert stems[6:10] == ["indkaldelse-intro", "dagsorden-intro", "indkaldelse-formoede", "dagsorden-formoede"]
    assert stems[10:15] == [
        *(f"invitation-familieplan-{who}" for who in ADULTS),
        "indkaldelse-familieplan",
        "dagsorden-familieplan",
    ]
    of_a_reader = ("familieplan", "samlet-familieplan", "netvaerkskort", "undersoegelse")
    assert stems[20:28] == [f"{kind}-{who}" for who in ADULTS[:2] for kind in of_a_reader]


def test_after_a_withdrawal_only_the_papers_of_consent_and_the_note_that_it_has_ended_are_left() -> None:
    assert kinds_of(wanted(regnbuehoej()).values()) == {
        "informationsbrev",
        "samtykkeerklaering",
        "kvittering-for-tilbagekaldelse",
        "afslutningsnotat",
    }


def test_the_papers_before_consent_show_neither_team_nor_cases_nor_plan() -> None:
    family = regnbuehoej()
    for stem, document in wanted(family).items():
        text = " ".join(words_of(document.context))
        assert document.context.tovholder.name == "Kamma Korsedderkop"
        for secret in ("Mette", "Hanne", "Rusmiddel", "telefoner", "misbrug", "trukket"):
            assert secret not in text, (stem, secret)


def test_without_consents_there_is_nothing_else() -> None:
    unsigned = zamirandi().model_copy(update={"consents": ()})
    assert kinds_of(wanted(unsigned).values()) == {"informationsbrev", "samtykkeerklaering"}


def test_what_only_time_has_closed_is_still_wanted() -> None:
    expired = wanted(zamirandi(), today=date(2027, 10, 1))
    assert "invitation-familieplan-nadira" in expired


def test_a_moved_meeting_changes_exactly_the_papers_that_show_it() -> None:
    assert changed(zamirandi(), zamirandi(MOVED)) == {
        *(f"invitation-familieplan-{who}" for who in ADULTS),
        "indkaldelse-familieplan",
        "dagsorden-familieplan",
        *(f"familieplan-{who}" for who in (*ADULTS, "BF", "BES", "SO", "DU")),
    }


def test_a_later_meeting_is_in_no_paper_but_its_own() -> None:
    later = zamirandi(("date: 2027-01-19", "date: 2027-01-26"))
    assert changed(zamirandi(), later) == {
        *(f"invitation-opfoelgning-1-{who}" for who in ADULTS),
        "indkaldelse-opfoelgning-1",
        "dagsorden-opfoelgning-1",
    }


def test_a_note_on_a_goal_changes_the_copies_that_show_the_goal_alone() -> None:
    noted = zamirandi(("note: Fraværet i november er 22 %.", "note: Fraværet i november er 21 %."))
    assert changed(zamirandi(), noted) == {f"familieplan-{who}" for who in (*ADULTS, "BF", "BES", "DU")}


@pytest.mark.parametrize(
    ("edit", "kinds"),
    [
        (("concerns: Sproget er en barriere.", "concerns: Sproget driller."), {"undersoegelse"}),
        (("value: 31}", "value: 30}"), set()),
        (("counts: {BF: 1, BES: 2, DU: 3, SO: 1}", "counts: {BF: 2, BES: 2, DU: 3, SO: 1}"), set()),
        (("criteria: [langvarig offentlig forsørgelse, ", "criteria: ["), set()),
        (("received_by: yym}", "received_by: iik}"), {"kvittering-for-samtykke"}),
        (("helps_with: Samis fodbold", "helps_with: Samis håndbold"), {"familieplan", "netvaerkskort"}),
        (("shared_goal: Vi vil have", "shared_goal: Vi ønsker"), {"familieplan"}),
        (("what: AKT-forløb", "what: Forløb"), {"familieplan", "undersoegelse"}),
        (("      - Vi vil gerne tale om Samis", "      - Vi vil tale om Samis"), {"invitation", "dagsorden"}),
        (("      - Valg af tovholder", "      - Tovholderen vælges"), {"invitation", "dagsorden"}),
        (("reason: Han er to år.", "reason: Han er kun to år."), {"invitation"}),
    ],
)
def test_an_edit_reaches_only_the_kinds_that_show_it(edit: tuple[str, str], kinds: set[str]) -> None:
    papers = wanted(zamirandi())
    assert kinds_of(papers[stem] for stem in changed(zamirandi(), zamirandi(edit))) == kinds


def test_a_birthday_changes_no_letter_that_was_given_before_it() -> None:
    family, config = zamirandi(), load_config()
    eve, day = (wanted_documents(FamilyDay.on(family, config, date(2027, 4, number))) for number in (17, 18))
    before = {item.stem: item.context for item in eve if item.kind.name in ("informationsbrev", "invitation")}
    assert before == {item.stem: item.context for item in day if item.stem in before}


def test_the_passing_of_time_changes_only_the_plan() -> None:
    family, config = zamirandi(), load_config()
    before = {item.stem: item.context for item in wanted_documents(FamilyDay.on(family, config, TODAY))}
    after = {item.stem: item.context for item in wanted_documents(FamilyDay.on(family, config, date(2026, 12, 10)))}
    assert {stem.split("-")[0] for stem in before if before[stem] != after[stem]} == {
        *("familieplan", "samlet", "koereplan"),
    }


def test_a_cancelled_meeting_leaves_one_letter_a_person_that_says_so() -> None:
    off = zamirandi(('start: "10.00"\n    end: "12.00"', 'start: "10.00"\n    end: "12.00"\n    status: cancelled'))
    papers = {stem: item for stem, item in wanted(off).items() if item.meeting == "familieplan"}
    assert set(papers) == {f"invitation-familieplan-{who}" for who in ADULTS}
    assert {item.title for item in papers.values()} == {"Familieplansmødet er aflyst"}
    assert all(item.final for item in papers.values())


def test_papers_of_meetings_behind_us_and_letters_that_were_delivered_are_final() -> None:
    delivered = zamirandi(
        ("measurements:", f"deliveries:\n  - {DELIVERY}\nmeasurements:"),
    )
    final = {stem for stem, item in wanted(delivered).items() if item.final}
    assert final == {
        "indkaldelse-intro",
        "dagsorden-intro",
        "indkaldelse-formoede",
        "dagsorden-formoede",
        "invitation-familieplan-nadira",
    } | {stem for stem in wanted(delivered) if stem.startswith("undersoegelse-")}


def test_an_agenda_that_somebody_holds_is_final() -> None:
    """It is the same for all, so the first delivery counts: no answer or template makes another one of it."""
    line = "{document: dagsorden, meeting: familieplan, to: [nadira], date: 2026-11-20, how: handed_over}"
    delivered = zamirandi(("measurements:", f"deliveries:\n  - {line}\nmeasurements:"))
    assert not wanted(zamirandi())["dagsorden-familieplan"].final
    assert wanted(delivered)["dagsorden-familieplan"].final
    assert not wanted(delivered)["dagsorden-opfoelgning-1"].final
    assert not wanted(delivered)["invitation-familieplan-nadira"].final


def test_the_plan_is_a_draft_until_the_plan_meeting_was_held() -> None:
    assert wanted(zamirandi())["familieplan-nadira"].context.document.draft
    after = wanted(zamirandi(), today=date(2026, 11, 25))["familieplan-nadira"]
    assert not after.context.document.draft
    assert after.title == "Familieplan"


def test_the_bound_plan_names_its_attachments_at_their_place_in_the_file() -> None:
    binds = wanted(zamirandi())["samlet-familieplan-tariq"].binds
    assert binds is not None
    assert binds.plan_stem == "familieplan-tariq"
    assert [(item.file, item.title, item.at) for item in binds.attachments] == [
        ("min-plan-tariq.pdf", "Min Plan", ("plan", "sector_plans", 0, "file"))
    ]


def test_a_copy_is_bound_only_with_plans_its_reader_may_see() -> None:
    hidden = zamirandi(("file: min-plan-tariq.pdf", "file: min-plan-tariq.pdf, visible_to: [tariq]"))
    assert {stem for stem in wanted(hidden) if stem.startswith("samlet")} == {"samlet-familieplan-tariq"}


def test_an_area_whose_people_have_left_gets_no_copy() -> None:
    stems = set(wanted(regnbuehoej(), today=WITHDRAWN_IN_PART))
    assert {"familieplan-HP", "familieplan-BF", "familieplan-anton"} <= stems
    assert "familieplan-SO" not in stems


def test_an_area_that_nobody_lets_share_gets_no_copy() -> None:
    without = zamirandi(("areas: [BF, BES, DU, SO], received_by: iik", "areas: [BF, BES, DU], received_by: iik"))
    assert "familieplan-SO" not in wanted(without)


def test_letter_dates_come_from_the_file_where_it_has_them() -> None:
    papers = wanted(zamirandi())
    assert papers["informationsbrev-nadira"].date == date(2026, 9, 15)
    assert papers["samtykkeerklaering-tariq"].date == date(2026, 9, 15)
    assert papers["familieplan-tariq"].date is None


def test_a_persons_letter_form_chooses_the_template_variant() -> None:
    easy = zamirandi(("post: paper", "post: paper\n    letter: let"))
    papers = wanted(easy)
    assert papers["invitation-familieplan-tariq"].variant == "let"
    assert papers["invitation-familieplan-tariq"].template == "invitation"
    assert papers["invitation-familieplan-nadira"].variant is None
    assert papers["familieplan-BES"].variant is None


def test_a_youth_gets_the_letters_that_say_du_unless_the_file_asks_for_another_form() -> None:
    papers = wanted(zamirandi())
    assert papers["invitation-familieplan-yasmin"].variant == "ung"
    assert papers["informationsbrev-yasmin"].variant == "ung"
    plain = zamirandi(("role: child, born: 2009-04-18", "role: child, letter: let, born: 2009-04-18"))
    assert wanted(plain)["invitation-familieplan-yasmin"].variant == "let"


def test_keys_that_run_together_still_give_files_of_their_own() -> None:
    twins = zamirandi(
        ("  - id: opfoelgning-1", "  - id: familieplan-x"),
        ("  nadira:\n", "  x-nadira: {name: Xenia, role: parent, born: 1985-01-05}\n  nadira:\n"),
    )
    documents = wanted_documents(on_day(twins))
    assert len({item.stem.casefold() for item in documents}) == len(documents)


def test_the_first_version_replaces_none_and_the_next_its_forerunner() -> None:
    document = wanted(zamirandi())["dagsorden-familieplan"].context.document
    first, third = (numbered(document, version=number, day=TODAY) for number in (1, 3))
    assert (first.version, first.replaces, first.date) == (1, 0, TODAY)
    assert (third.version, third.replaces) == (3, 2)


def test_no_two_kinds_share_a_name_or_a_template() -> None:
    names, templates = [kind.name for kind in KINDS], [kind.template for kind in KINDS if kind.template is not None]
    assert len(set(names)) == len(names)
    assert len(set(templates)) == len(templates)


def test_no_sentence_reads_as_a_decision_of_the_plan_itself() -> None:
    for document in wanted(zamirandi()).values():
        text = " ".join(words_of(document.context)).casefold()
        for word in ("klagevejledning", "afgørelsen er", "vi har besluttet", "vi bevilger"):
            assert word not in text


@pytest.mark.parametrize("decision", [None, *Decision])
def test_every_activity_says_which_area_decides(decision: Decision | None) -> None:
    family = zamirandi()
    assert family.plan is not None
    activities = tuple(item.model_copy(update={"decision": decision}) for item in family.plan.activities)
    decided = family.model_copy(update={"plan": family.plan.model_copy(update={"activities": activities})})
    text = " ".join(words_of(wanted(decided)["familieplan-tariq"].context))
    assert "Beskæftigelse tager stilling" in text or "Beskæftigelse har" in text
