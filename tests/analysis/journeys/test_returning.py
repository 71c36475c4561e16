"""What a fix would save: as many as come back because of a step, not those who come often anyway."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon import lake
from andon.analysis.journeys import follow
from andon.analysis.journeys.returning import returns
from andon.lake.cells import Factor
from andon.lake.contacts import Contacts, ContactSpec, contacts
from andon.simulate import Sizes, simulate

DAY = 86_400
START = np.datetime64("2026-01-01T00:00:00", "s")


def made(rows, steps=("a", "b")):
    """Contacts of (customer, day, step)."""
    rows = sorted(rows, key=lambda row: (row[0], row[1]))
    at = START + np.array([round(day * DAY) for _, day, _ in rows]).astype("timedelta64[s]")
    none = np.full(len(rows), np.nan)
    codes = np.array([steps.index(step) for *_, step in rows], np.int32)
    customer = np.array([row[0] for row in rows], np.int64)
    return Contacts(customer, at, Factor(codes, list(steps)), none, none, none, none)


def steady(rng, customers, days, rate):
    """Customers who come at random, whatever happened before."""
    counts = rng.poisson(rate * days, customers)
    return [
        (who, rng.uniform(0, days), "ab"[rng.integers(2)])
        for who in range(customers)
        for _ in range(counts[who])
    ]


def saving(found, name):
    return next(one.saving for one in found.steps if one.name == name)


def test_who_comes_often_anyway_is_nothing_that_a_fix_would_save():
    rng = np.random.default_rng(1)
    found = follow(made(steady(rng, 3_000, 300, 0.05)))
    for name in "ab":
        one = saving(found, name)
        assert one.returns == pytest.approx(one.anyway, rel=0.05)
        assert one.saved.low < 0.03 * one.contacts


def test_the_planted_returns_are_found_at_their_step_within_the_interval():
    rng = np.random.default_rng(2)
    rows = steady(rng, 6_000, 300, 0.01)
    at_a = [(who, day) for who, day, step in rows if step == "a"]
    planted = [(who, day + rng.exponential(1.0), "b") for who, day in at_a if rng.random() < 0.2]
    found = follow(made([*rows, *planted]))
    one = saving(found, "a")
    assert one.saved.low < len(planted) / found.months < one.saved.high
    assert one.days.value == pytest.approx(one.saved.value, rel=0.15)  # a day each
    assert one.saved.value > 5 * saving(found, "b").saved.value


def test_one_customer_with_very_many_contacts_does_not_make_a_saving():
    rng = np.random.default_rng(3)
    rows = steady(rng, 200, 300, 0.02)
    caller = [(999, 100 + i / 4, "a") for i in range(86)]
    assert not saving(follow(made([*rows, *caller])), "a").told


def test_customers_who_could_not_be_watched_long_enough_say_nothing():
    rows = [(who, 20 - who / 50, "a") for who in range(50)]
    assert saving(follow(made(rows)), "a") is None


def test_of_a_handful_of_customers_nothing_is_said():
    rows = [(who, day, "a") for who in range(19) for day in (1, 2, 100)]
    assert saving(follow(made(rows)), "a") is None
    rows += [(19, day, "a") for day in (1, 2, 100)]
    assert saving(follow(made(rows)), "a") is not None


def test_contacts_of_one_day_come_back_where_data_know_days_only():
    found = returns(made([(1, 5, "a"), (1, 5, "b"), (2, 5, "a"), (2, 30, "a")]), 7)
    assert found.soon.tolist() == [True, False, False, False]


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 400), st.sampled_from("ab")), min_size=1, max_size=40
    ),
    st.integers(1, 100),
)
@settings(max_examples=60, deadline=None)
def test_windows_are_as_they_would_be_looked_up_one_by_one(rows, tenths):
    gap, rows = tenths / 10, [(who, day / 10, step) for who, day, step in rows]
    many, length = made(rows), round(tenths / 10 * DAY)
    found = returns(many, gap)
    at = (many.at - many.at.min()).astype(int)
    for i in range(len(many)):
        mine = [at[j] - at[i] for j in range(len(many)) if many.customer[j] == many.customer[i] and j > i]
        assert found.soon[i] == any(apart <= length for apart in mine)
        assert found.later[i] == any(length < apart <= 2 * length for apart in mine)
        assert found.watched[i] == (at[i] + 2 * length <= at.max())


@pytest.fixture(scope="module")
def organisation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up") / "out"
    simulate(folder, end=date(2026, 11, 22), sizes=Sizes(interactions=120_000, signals=100))
    return folder / "interactions.parquet"


@pytest.mark.slow
def test_a_made_up_organisation_gives_back_its_returns_at_every_step(organisation):
    """`repeat_contact` says who will come back, and the next contact is theirs; nothing else here reads it."""
    source = lake.open_source(str(organisation))
    found = follow(contacts(source, ContactSpec("at", "customer", ("mechanism",))))
    planted = follow(
        contacts(source, ContactSpec("at", "customer", ("mechanism",), gave_up="repeat_contact"))
    )
    truth = {one.name: one.gave_up.times / planted.months for one in planted.steps}
    told = {one.name: one.saving.saved for one in found.steps}
    assert all(told[name].value == pytest.approx(truth[name], rel=0.2) for name in truth)
    assert (
        max(told, key=lambda name: told[name].value)
        == max(truth, key=lambda name: truth[name])
        == "phone-line"
    )
