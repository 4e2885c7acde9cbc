from hopdocs.model.indicators import Better, Subject
from hopdocs.sources.indicators import shipped_catalogue


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
