"""When an item may be used."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.evidence.rules import ItemFacts, usable

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FRESH = ItemFacts(happened_on=date(2026, 2, 1), added_at=NOW - timedelta(days=20))


def facts(**changed):
    return ItemFacts(**{name: getattr(FRESH, name) for name in FRESH.__slots__} | changed)


@pytest.mark.parametrize(
    ("changed", "ok", "sentence"),
    [
        ({}, False, "not been seen"),
        ({"seen_at": NOW - timedelta(days=1)}, False, "6 days left"),
        ({"seen_at": NOW - timedelta(days=6, hours=1)}, False, "1 day left"),
        ({"seen_at": NOW - timedelta(days=7)}, True, "seven days"),
        ({"seen_at": NOW, "replied_at": NOW}, True, "replied"),
        ({"seen_at": NOW - timedelta(days=9), "corrected": True}, False, "corrected"),
        ({"seen_at": NOW - timedelta(days=9), "erased": True}, False, "erased"),
        ({"seen_at": NOW - timedelta(days=9), "happened_on": date(2024, 2, 1)}, False, "older than 2 years"),
        ({"seen_at": NOW + timedelta(days=1)}, False, "not been seen"),
    ],
)
def test_an_item_is_usable_once_it_could_be_answered(changed, ok, sentence):
    found = usable(facts(**changed), NOW)
    assert found.ok is ok
    assert sentence in found.why


moments = st.none() | st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)


@given(moments, moments, st.booleans(), st.booleans())
def test_nothing_unseen_corrected_or_erased_is_ever_usable(seen, replied, corrected, erased):
    found = usable(facts(seen_at=seen, replied_at=replied, corrected=corrected, erased=erased), NOW)
    assert found.why
    if found.ok:
        assert seen is not None
        assert seen <= NOW
        assert not corrected
        assert not erased


@given(moments, st.integers(0, 400))
def test_what_became_usable_stays_so_until_it_is_too_old(seen, days):
    later = NOW + timedelta(days=days)
    if usable(facts(seen_at=seen), NOW).ok:
        assert usable(facts(seen_at=seen), later).ok
