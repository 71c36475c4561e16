"""When what is found today is the cluster of yesterday."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from andon.watch.clusters.rules import Facts, follows, match, same
from andon.watch.rules import disagree

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)


def facts(days_on: int = 0, terms=("descaling light",), **slice_) -> Facts:
    starts = MONDAY + timedelta(days=days_on)
    return Facts(slice_, terms, starts, starts + timedelta(days=7))


def test_the_next_day_it_is_the_same():
    assert same(facts(product="Kettle"), facts(1, product="Kettle"))


def test_one_more_word_makes_no_new_cluster():
    assert same(facts(), facts(1, ("Descaling Light", "limescale")))


def test_the_slice_may_become_narrower_while_the_words_stay():
    assert same(facts(), facts(1, product="Kettle"))


def test_other_words_are_another_cluster():
    assert not same(facts(product="Kettle"), facts(1, ("lid",), product="Kettle"))


def test_another_product_is_another_cluster_though_the_words_are_the_same():
    assert not same(facts(product="Kettle"), facts(1, product="Toaster"))


def test_without_words_the_slice_decides():
    assert same(facts(terms=(), region="North"), facts(1, (), region="North"))
    assert not same(facts(terms=(), region="North"), facts(1, (), region="North", channel="mail"))


def test_words_and_a_slice_alone_are_not_the_same():
    assert not same(facts(), facts(1, (), product="Kettle"))


def test_a_month_later_it_is_a_new_one():
    assert same(facts(), facts(14))
    assert not same(facts(), facts(15))


def test_the_one_most_alike_is_met():
    known = [facts(terms=("lid", "light")), facts(terms=("descaling light", "light"))]
    assert match(known, [facts(1, ("descaling light", "light"))]) == [1]


def test_no_known_one_is_met_twice():
    assert match([facts()], [facts(1), facts(1)]) == [0, None]


texts = st.lists(st.sampled_from(["a", "b", "c"]), max_size=2, unique=True).map(tuple)
slices = st.dictionaries(st.sampled_from(["product", "region"]), st.sampled_from(["x", "y"]))
any_facts = st.builds(lambda on, terms, slice_: facts(on, terms, **slice_), st.integers(0, 60), texts, slices)


@given(any_facts)
def test_everything_is_itself(one):
    assert same(one, one)


@given(any_facts, any_facts)
def test_it_does_not_matter_which_was_first(one, other):
    assert same(one, other) == same(other, one)


@given(st.lists(any_facts, max_size=5), st.lists(any_facts, max_size=5))
def test_each_found_meets_one_at_most(known, found):
    met = [place for place in match(known, found) if place is not None]
    assert len(met) == len(set(met))
    assert len(match(known, found)) == len(found)


def test_complaints_and_calm_charts_disagree():
    assert disagree(True, [False, False])


def test_a_chart_that_is_out_tells_the_same_as_the_complaints():
    assert not disagree(True, [False, True])


def test_where_nothing_is_measured_no_measure_is_wrong():
    assert not disagree(True, [])


def test_calm_complaints_disagree_with_nothing():
    assert not disagree(False, [False])


def test_a_stretch_that_begins_where_one_ended_goes_on_with_it():
    assert follows(facts(), facts(7))
    assert follows(facts(), facts(14))


def test_two_side_by_side_are_two():
    assert not follows(facts(), facts(3))
