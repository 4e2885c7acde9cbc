"""Equal digest, nothing to do: so the quick way must say exactly what the plain one says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hopdocs.freshness.field_digests import digest_sorted
from hopdocs.freshness.fingerprint import digest_plain

_SCALARS = st.none() | st.booleans() | st.integers() | st.text() | st.text(st.characters(), max_size=8)
_PLAIN = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner).map(lambda value: dict(sorted(value.items()))),
    max_leaves=20,
)


@given(_PLAIN)
def test_sorted_data_digest_the_quick_way_as_the_plain_way(value: object) -> None:
    assert digest_sorted(value) == digest_plain(value)


def test_half_of_a_surrogate_pair_digests_too() -> None:
    assert digest_sorted({"name": "\ud83d"}) == digest_plain({"name": "\ud83d"})


def test_the_order_of_keys_makes_no_difference_to_plain_data() -> None:
    assert digest_plain({"b": 1, "a": [2]}) == digest_plain({"a": [2], "b": 1})
