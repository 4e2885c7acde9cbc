"""What of a family's file shows in one of its papers: found by trying, not by keeping books. Pure.

No letter says where its words come from: they pass through decisions, sentences and templates. So the paper is asked.
Texts and days that can tell their place (`marking`) are shown there. Of what is left, an entry without which the paper
would be another (a consent, a colleague on the team) belongs to it too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from hopdocs.danish import first_name
from hopdocs.deadlines.course import course_dates
from hopdocs.documents.desired import standing_documents
from hopdocs.documents.kinds.table import find_kind
from hopdocs.domain.family_day import FamilyDay, day_to_show
from hopdocs.model.family import Family
from hopdocs.serving.lines.marking import PLACED, Marking
from hopdocs.sources.references import FAMILY_REFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from hopdocs.diagnostics import DataPath
    from hopdocs.documents.wanted import WantedDocument
    from hopdocs.model.config import Config
    from hopdocs.rendering.checking.template_inputs import Plain
    from hopdocs.sources.yaml.yaml_text import Tree

    Key = tuple[str, str, str, str]

_SHORTEST_TEXT: Final = 3


@dataclass(frozen=True, slots=True)
class Traces:
    """`shown` are the places of values that stand in the paper, `entries` those of what it would be another without.

    `unshown` are the places of texts that stand nowhere in it. `is_whole`: whether everything was tried.
    """

    shown: frozenset[DataPath]
    entries: frozenset[DataPath]
    unshown: frozenset[DataPath] = frozenset()
    is_whole: bool = True


def entry_of(at: DataPath) -> DataPath:
    """The entry that a value stands in: the mapping around it, lists of words between them left out."""
    while at and isinstance(at[-1], int):
        at = at[:-1]
    return at[:-1]


class PaperTrial:
    """One paper of a family on a day, made over and over in thought.

    `show` says what its template can show of it; `may_go_on` is asked before each trial.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - a paper, and what it is made of
        self,
        tree: dict[str, Tree],
        key: Key,
        config: Config,
        today: date,
        show: Callable[[WantedDocument], Plain],
        may_go_on: Callable[[], bool] = lambda: True,
    ) -> None:
        self._tree = tree
        self._key = key
        self._config = config
        self._today = today
        self._show = show
        self._may_go_on = may_go_on

    def find_traces(self) -> Traces | None:
        """What of the file is in the paper; None where the file asks for no such paper."""
        usual = self._try(Family.model_validate(self._tree))
        if usual is None:
            return None
        named = {match.at for match in FAMILY_REFERENCES.walk(self._tree)}
        marking, said = self._say_marked(())
        texts = {at: text for at, text in marking.texts.items() if at not in named and at[-1] != "id"}
        words = _simplify(PLACED.sub("", said))
        likely = tuple(at for at, text in texts.items() if any(_holds(words, way) for way in _ways_to_say(at, text)))
        shown = frozenset(marking.places_in(said)) | frozenset(self._confirm(likely))
        entries, is_whole = self._find_needed(usual, {entry_of(at) for at in shown})
        return Traces(shown, entries, frozenset(texts) - shown, is_whole)

    def _try(self, family: Family) -> Plain:
        """What the paper would show if this were the family; None if there were none."""
        day = FamilyDay.on(family, self._config, self._today)
        kind = find_kind(self._key[1])
        documents = standing_documents(day, day_to_show(day), dates=course_dates, only=kind)
        document = next((item for item in documents if item.key == self._key), None)
        return self._show(document) if document is not None else None

    def _say_marked(self, texts: Collection[DataPath]) -> tuple[Marking, str]:
        """All that the paper says of a family whose days are marked, and some of her texts."""
        marking = Marking(frozenset(texts))
        return marking, "\n".join(_texts_in(self._try(marking.mark_family(Family.model_validate(self._tree)))))

    def _confirm(self, likely: Sequence[DataPath]) -> Iterator[DataPath]:
        """Those of the texts that stand in the paper because they stand here, and not somewhere else as well."""
        try:
            marking, said = self._say_marked(likely)
        except (ValueError, LookupError):  # a text that is taken apart further on, as times of the week are
            if len(likely) == 1:
                yield likely[0]
            else:
                middle = len(likely) // 2
                yield from self._confirm(likely[:middle])
                yield from self._confirm(likely[middle:])
        else:
            yield from set(likely) & marking.places_in(said)

    def _find_needed(self, usual: Plain, seen: Collection[DataPath]) -> tuple[frozenset[DataPath], bool]:
        """The entries of lists, with nothing in them that shows, that the paper is another without."""
        lists: dict[DataPath, list[DataPath]] = defaultdict(list)
        for at in _entries_of_lists(self._tree, ()):
            if not any(other[: len(at)] == at for other in seen):
                lists[at[:-1]].append(at)
        waiting = [tuple(places) for places in lists.values()]
        needed: set[DataPath] = set()
        while waiting and self._may_go_on():
            places = waiting.pop(0)
            is_same = self._is_same_without(places, usual)
            if is_same or (is_same is None and len(places) == 1):
                continue
            if len(places) == 1:
                needed.update(places)
            else:
                middle = len(places) // 2
                waiting += [places[:middle], places[middle:]]
        return frozenset(needed), not waiting

    def _is_same_without(self, places: Sequence[DataPath], usual: Plain) -> bool | None:
        """Whether the paper is the same without some entries; None where nothing can be made of what is left."""
        try:
            return self._try(Family.model_validate(_without(self._tree, (), frozenset(places)))) == usual
        except (ValidationError, LookupError, StopIteration):  # no check has passed them
            return None


def _entries_of_lists(tree: Tree, at: DataPath) -> Iterator[DataPath]:
    """The places of all entries that stand in a list, those in a mapping of their own too."""
    for step, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        if isinstance(tree, list) and isinstance(value, dict):
            yield (*at, step)
        yield from _entries_of_lists(value, (*at, step))


def _without(tree: Tree, at: DataPath, places: frozenset[DataPath]) -> Tree:
    """The same data without what stands at these places."""
    if isinstance(tree, dict):
        return {step: _without(value, (*at, step), places) for step, value in tree.items()}
    if isinstance(tree, list):
        return [_without(value, (*at, n), places) for n, value in enumerate(tree) if (*at, n) not in places]
    return tree


def _texts_in(plain: Plain) -> Iterator[str]:
    """Every text of a document's data. What stands under `~` says what sort of value it is."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for name, value in plain.items():
            if name != "~":
                yield from _texts_in(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts_in(value)


def _ways_to_say(at: DataPath, text: str) -> Iterator[str]:
    """A text as it may stand in a paper: paragraph by paragraph; a person also by the first name."""
    for paragraph in text.split("\n"):
        said = _simplify(paragraph).rstrip(".")
        if len(said) >= _SHORTEST_TEXT:
            yield said
    if at[:1] == ("members",) and at[2:] == ("name",):
        yield _simplify(first_name(text))


def _simplify(text: str) -> str:
    return " ".join(text.casefold().split())


def _holds(words: str, said: str) -> bool:
    """Whether a text stands there as words of its own."""
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", words) is not None
