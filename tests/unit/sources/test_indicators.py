from decimal import Decimal
from pathlib import Path

from hopdocs.diagnostics import has_errors
from hopdocs.model.indicators import Better, Subject
from hopdocs.package_data import shipped_path
from hopdocs.sources.config import ConfigText
from hopdocs.sources.indicators import parse_catalogue, shipped_catalogue

CONFIG = shipped_path("config.yaml").read_bytes()


def test_the_shipped_catalogue_can_be_read_and_every_key_is_there_once() -> None:
    kinds = shipped_catalogue().kinds
    names = [name.casefold() for kind in kinds for name in (kind.key, *kind.aliases)]
    assert len(names) == len(set(names))
    assert {kind.who for kind in kinds} == set(Subject)


def test_an_indicator_is_found_by_its_key_and_by_an_older_one_whatever_its_letters() -> None:
    catalogue = shipped_catalogue()
    found = catalogue.find("Skolefravær")
    assert found is not None
    assert found is catalogue.find("b_skole_fravaer")
    assert found.better is Better.LAVERE
    assert catalogue.find("noget helt andet") is None


def test_the_childrens_six_groups_and_the_adults_seven_are_all_measured() -> None:
    kinds = shipped_catalogue().kinds
    children = {kind.group for kind in kinds if kind.who in (Subject.BARN, Subject.UNG)}
    adults = {kind.group for kind in kinds if kind.who is Subject.VOKSEN}
    assert (len(children), len(adults)) == (6, 7)


OWN = """\
indicators:
  - key: b_vuggeviser
    label: Vuggeviser om ugen
    who: barn
    unit: antal
    lowest: 0
    rhythm: månedlig
  - key: b_skole_fravaer
    label: Fravær i dage
    who: barn
    unit: dage
    lowest: 0
    highest: 31
    rhythm: månedlig
    better: lavere
"""


def _told(text: str) -> list[tuple[str, int, int, str]]:
    """The faults that the whole configuration is told of, with their places."""
    source = ConfigText(CONFIG, indicators=text.encode()).parse()
    assert (source.config is None) == has_errors(source.diagnostics)
    assert {item.path for item in source.diagnostics} <= set(source.lines)
    return [(item.path, item.line, item.column, item.code) for item in source.diagnostics if item.code != "HD713"]


def test_an_own_entry_is_added_and_one_with_a_known_key_takes_that_ones_place() -> None:
    config = ConfigText(CONFIG, indicators=OWN.encode()).parse().config
    assert config is not None
    catalogue = config.catalogue
    assert len(catalogue.kinds) == len(shipped_catalogue().kinds) + 1
    fresh, changed = catalogue.find("b_vuggeviser"), catalogue.find("b_skole_fravaer")
    assert fresh is not None
    assert changed is not None
    assert (changed.unit, changed.highest) == ("dage", Decimal(31))
    assert catalogue.kinds.index(changed) == [kind.key for kind in shipped_catalogue().kinds].index(changed.key)
    assert catalogue.find("skolefravær") is None


def test_a_fault_in_an_own_entry_is_told_at_its_place_and_the_configuration_is_not_used() -> None:
    assert _told(OWN.replace("who: barn", "who: bran")) == [
        ("indikatorer.yaml", 4, 10, "HD147"),
        ("indikatorer.yaml", 10, 10, "HD147"),
    ]
    assert _told("indicators:\n\t- key: x\n")[0][3] == "HD112"
    assert _told(OWN.replace("lowest: 0\n    highest", "lowest: 40\n    highest")) == [
        ("indikatorer.yaml", 12, 13, "HD802")
    ]


def test_a_name_that_leads_to_two_indicators_is_told_also_where_one_of_them_is_a_shipped_one() -> None:
    twice = OWN.replace("key: b_skole_fravaer", "key: B_Vuggeviser")
    assert _told(twice) == [("indikatorer.yaml", 8, 10, "HD801")]
    assert _told(OWN.replace("key: b_vuggeviser", "key: sdq")) == [("indikatorer.yaml", 2, 10, "HD801")]
    alias = OWN.replace("rhythm: månedlig\n  - key", "rhythm: månedlig\n    aliases: [viser, a_job]\n  - key")
    assert _told(alias) == [("indikatorer.yaml", 8, 22, "HD801")]


def test_a_municipality_that_changes_what_it_measures_has_another_configuration() -> None:
    texts = [ConfigText(CONFIG), ConfigText(CONFIG, indicators=b""), ConfigText(CONFIG, indicators=OWN.encode())]
    assert len({text.as_bytes() for text in texts}) == len(texts)


def test_what_all_families_are_measured_on_must_be_in_the_catalogue_with_the_municipalitys_own() -> None:
    asked = CONFIG + b"\nindicators_used: [b_vuggeviser, skolefrav\xc3\xa6r]\n"
    told = [item.code for item in ConfigText(asked).parse().diagnostics]
    assert told.count("HD800") == 1
    own = OWN.replace("    better: lavere\n", "    better: lavere\n    aliases: [skolefravær]\n")
    assert ConfigText(asked, indicators=own.encode()).parse().config is not None


def test_the_example_of_the_manual_can_be_read_as_it_stands() -> None:
    page = (Path(__file__).parents[3] / "docs" / "indicators.md").read_text("utf-8")
    own, settings = (block.partition("```")[0] for block in page.split("```yaml\n")[1:])
    assert parse_catalogue(own.encode()).diagnostics == ()
    text = CONFIG.decode().replace("\ndeadlines:\n", f"\n{settings}", 1)
    config = ConfigText(text.encode(), indicators=own.encode()).parse().config
    assert config is not None
    assert config.deadlines.monthly_registration
    assert config.indicators_used == ("b_skole_fravaer", "a_job")
